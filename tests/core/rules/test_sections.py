"""What stands in the sections of the report."""

from dataclasses import replace

from core import commands
from core.book import Book
from core.outline import PURPOSE, STORY, template_of
from core.writing import dump_template, retitle, write_section
from tests.builders import YEAR, do, event, payment, project, with_year
from tests.findings import found, repaired, says

PROBLEM = "项目启动偏晚，活动结算周期估计不足，有的款项未能在年底前付清，绩效目标不够具体。"


def whole() -> tuple[Book, int]:
    """A report with all its sections filled in."""
    book, where = project(with_year(), "大会费用")
    book = do(book, write_section, YEAR, STORY, where, "大会如期召开。")
    for key in ("overall", "problems"):
        book = do(book, write_section, YEAR, key, 0, "全年工作按计划完成。")
    return book, where


def templated(book: Book, keys: list[str]) -> Book:
    """The report with these sections of its template, in this order."""
    template = template_of(book, YEAR)
    by_key = {spec.key: spec for spec in template.sections}
    changed = replace(template, sections=tuple(by_key[key] for key in keys))
    return do(book, commands.set_year, YEAR, template=dump_template(changed))


def test_c059_fires_on_an_empty_section() -> None:
    book, where = whole()
    book = do(book, write_section, YEAR, "problems", 0, "　\n")
    (finding,) = found(book, "C-059")
    assert finding.severity == "error" and finding.about.field == "problems" and "还没有写" in says(finding)
    book = do(whole()[0], write_section, YEAR, STORY, where, "")
    (finding,) = found(book, "C-059")
    assert finding.about.id == where and "大会费用" in says(finding)


def test_c059_fires_on_a_section_gone_or_moved() -> None:
    book, _where = whole()
    keys = [spec.key for spec in template_of(book, YEAR).sections]
    (finding,) = found(templated(book, [key for key in keys if key != "other"]), "C-059")
    assert finding.about.kind == "year" and "五、其他需要说明的情况" in says(finding)
    (finding,) = found(templated(book, [*keys[1:], keys[0]]), "C-059")
    assert finding.about.field == "income" and "次序" in says(finding)


def test_c059_silent_on_a_whole_report() -> None:
    assert not found(whole()[0], "C-059")
    book, where = whole()
    book = do(book, retitle, YEAR, "overall", "（一）总体情况")
    assert not found(book, "C-059")  # a title of one's own
    book, below = project(do(book, write_section, YEAR, STORY, where, ""), "会场布置", parent=where)
    assert not found(do(book, write_section, YEAR, PURPOSE, below, "租用场地。"), "C-059")


def test_c082_fires_where_the_template_says_none() -> None:
    book = do(whole()[0], write_section, YEAR, "other", 0, "")
    (finding,) = found(book, "C-082")
    assert finding.severity == "warning" and "没有写明“无”" in says(finding)
    assert not found(repaired(book, finding), "C-082") and not found(book, "C-059")
    template = template_of(book, YEAR)
    worded = [replace(spec, text=spec.text.replace("无其他", "{name}{year}年没有其他")) for spec in template.sections]
    changed = dump_template(replace(template, sections=tuple(worded)))
    assert found(do(book, commands.set_year, YEAR, template=changed), "C-082")


def test_c082_fires_on_a_mere_mark_and_on_no_projects() -> None:
    (finding,) = found(do(whole()[0], write_section, YEAR, "problems", 0, "／"), "C-082")
    assert "“／”" in says(finding) and finding.repair is None
    (finding,) = found(with_year(), "C-082")
    assert finding.about.field == "projects"


def test_c082_silent_on_none_and_on_words() -> None:
    assert not found(whole()[0], "C-082")
    assert not found(do(whole()[0], write_section, YEAR, "other", 0, "无。"), "C-082")
    assert not found(do(with_year(), retitle, YEAR, "projects", "（二）项目支出绩效情况（无）"), "C-082")


def two_years(before: str, now: str, key: str = "problems") -> Book:
    book = do(with_year(year=YEAR - 1), write_section, YEAR - 1, key, 0, before)
    return do(with_year(book), write_section, YEAR, key, 0, now)


def test_c085_fires_on_last_years_words() -> None:
    (finding,) = found(two_years(PROBLEM, PROBLEM), "C-085")
    assert finding.severity == "warning" and "100%" in says(finding)
    years = two_years(f"2022年支出3.25万元。{PROBLEM}", f"2023年支出4.50万元。{PROBLEM}")
    assert "100%" in says(found(years, "C-085")[0])  # only the figures are new


def test_c085_fires_by_the_policys_similarity() -> None:
    before = "一二三四五六七八九十" * 10
    for changed, fires in ((10, True), (11, False)):  # 90 and 89 characters in common
        now = before[: 100 - changed] + "甲" * changed
        assert bool(found(two_years(before, now), "C-085")) == fires


def test_c085_fires_as_a_hint_on_stock_phrases() -> None:
    stock = "预算编制工作有待细化、项目资金支出进度分配不均。下一步加强资金使用管理，杜绝超支现象。"
    book = do(with_year(), write_section, YEAR, "problems", 0, stock)
    (finding,) = found(book, "C-085")
    assert finding.severity == "info" and "套话" in says(finding)
    detailed = do(with_year(), write_section, YEAR, "problems", 0, stock + "执行率为69%。")
    assert not found(detailed, "C-085")


def test_c085_silent_on_new_words_and_standing_ones() -> None:
    other = "户外活动受天气影响的预案准备不足，个别绩效指标难以量化，日常监控不够及时。"
    assert not found(two_years(PROBLEM, other), "C-085")
    assert not found(two_years(PROBLEM * 2, PROBLEM * 2, "basics"), "C-085")  # duties stay
    assert not found(two_years("活动如期举办。", "活动如期举办。", "overall"), "C-085")  # too short to tell


def rated(spent: int, text: str, key: str = "problems") -> Book:
    """A project of 100元 with ``spent`` 元 spent, and a text."""
    book, where = project(with_year(), "大会费用")
    book = (
        payment(event(book, where, "initial", 10_000), where, spent * 100)
        if spent
        else event(book, where, "initial", 10_000)
    )
    return do(book, write_section, YEAR, key, where if key == STORY else 0, text)


def test_c086_fires_on_slowness_where_all_is_spent() -> None:
    (finding,) = found(rated(95, "部分项目执行进度较慢。"), "C-086")
    assert finding.severity == "warning" and "95.00%" in says(finding)
    assert not found(rated(94, "部分项目执行进度较慢。"), "C-086")


def test_c086_fires_on_fine_words_where_little_is_spent() -> None:
    (finding,) = found(rated(0, "预算执行与绩效目标存在细微偏差。"), "C-086")
    assert "“大会费用”的执行率只有0.00%" in says(finding)
    assert found(rated(59, "预算执行情况良好。", STORY), "C-086")
    assert not found(rated(60, "预算执行情况良好。", STORY), "C-086")


def test_c086_silent_on_plans_and_denials() -> None:
    for text in ("加强调度，避免支出进度缓慢。", "没有执行率偏低的项目。", "加快支出进度。"):
        assert not found(rated(99, text), "C-086"), text
    for text in ("下一步确保预算执行到位。", "基本支出预算执行良好。", "活动效果良好。"):
        assert not found(rated(10, text), "C-086"), text
