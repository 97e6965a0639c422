"""The report as a whole."""

from core import writing
from core.outline import PURPOSE, STORY, template_of
from tests.builders import WAN, YEAR, do, payment, project, with_year
from tests.findings import found, repaired, says

PASSAGE = "围绕国际妇女节和家庭教育周，组织先进典型评选、优秀女性观摩学习、亲子阅读和家庭教育讲座等系列活动，激励全区妇女立足岗位建功立业，营造尊重妇女的良好风尚。"  # fmt: skip  # noqa: E501


def test_c055_fires_on_a_heading_and_mends_it() -> None:
    book = do(with_year(), writing.retitle, YEAR, "other", "5、 其他需要说明的情况")
    (finding,) = found(book, "C-055")
    assert finding.severity == "warning" and "应为“五、”" in says(finding)
    mended = repaired(book, finding)
    assert template_of(mended, YEAR).sections[-1].title == "五、其他需要说明的情况"
    assert not found(mended, "C-055")


def test_c055_fires_on_a_paragraph_behind_figures_and_mends_it() -> None:
    text = "1.支出{unit.支出}万元。\n3.开展活动。"
    book = do(with_year(), writing.write_section, YEAR, "overall", 0, text)
    (finding,) = found(book, "C-055")
    assert finding.words == "3." and "跳号" in says(finding)
    mended = repaired(book, finding)
    section = mended.section(YEAR, "overall")
    assert section is not None and section.text == text.replace("3.", "2.")


def test_c055_silent_on_the_template_and_on_well_numbered_paragraphs() -> None:
    assert not found(with_year(), "C-055")
    text = "1.开展宣讲。\n围绕中心工作。\n2.开展活动。"
    assert not found(do(with_year(), writing.write_section, YEAR, "overall", 0, text), "C-055")


def test_c056_fires_at_the_second_place_behind_a_figure() -> None:
    book, top = project(with_year(), "活动经费")
    book, below = project(book, "系列活动", parent=top)
    book = do(payment(book, below, WAN), writing.write_section, YEAR, "overall", 0, f"一是办活动。{PASSAGE}")
    book = do(book, writing.write_section, YEAR, PURPOSE, below, f"支出{{unit.支出}}万元。{PASSAGE}")
    (finding,) = found(book, "C-056")
    assert finding.about.id == below and finding.words == PASSAGE
    assert finding.about.start == len("支出1万元。")
    assert "整体支出绩效情况" in says(finding)


def test_c056_silent_on_short_and_on_different_passages() -> None:
    book, top = project(with_year(), "活动经费")
    book = do(book, writing.write_section, YEAR, "overall", 0, PASSAGE)
    assert not found(do(book, writing.write_section, YEAR, STORY, top, PASSAGE[:40]), "C-056")
    assert not found(do(book, writing.write_section, YEAR, STORY, top, PASSAGE[::-1]), "C-056")
