"""The outline of a year's report is changed section by section, and the five that come with the program are whole."""

import pytest

from core import templates, writing
from core.book import Book
from core.errors import UserError
from core.ledger import checker
from core.outline import offered_templates, outline, parse_template, template_of, template_text
from core.sample import sample_book
from core.text.structure import numeral
from tests.builders import YEAR, do, with_year


def titles(book: Book, year: int = YEAR) -> list[str]:
    return [spec.title for spec in template_of(book, year).sections]


@pytest.mark.parametrize("name", list(offered_templates()))
def test_a_template_of_the_program_prints_the_sample(name: str) -> None:
    book = do(sample_book(), templates.use_template, 2024, template_text(name))
    template = template_of(book, 2024)
    assert template == parse_template(template_text(name))
    keys = [spec.key for spec in template.sections]
    assert len(set(keys)) == len(keys)
    assert sum(spec.mode == "projects" for spec in template.sections) == 1
    text = "".join(writing.part(book, 2024, p.key, p.about).raw for p in outline(book, 2024) if p.mode == "text")  # type: ignore[union-attr]
    assert "{unit.支出" in text
    from core.outline import render

    assert "{" not in render(book, 2024, text).text
    structure = [f for f in checker().check(book, [2024]) if f.rule == "C-055"]
    assert not structure, "the headings of a template are numbered in order"


def test_the_five_outlines_are_offered_with_names() -> None:
    offered = offered_templates()
    assert list(offered) == [f"narrative-{letter}" for letter in "abcde"]
    assert len(set(offered.values())) == 5


def test_a_section_is_added_where_it_is_wanted_and_the_rest_is_numbered_anew() -> None:
    book = do(with_year(), templates.add_section, YEAR, "自评得分情况", "basics")
    assert titles(book)[:3] == ["一、预算单位基本情况", "二、自评得分情况", "三、预算收支情况（按单位预算口径）"]
    assert titles(book)[-1] == "六、其他需要说明的情况"
    book = do(book, templates.add_section, YEAR, "重点工作", "overall", 2)
    assert [t for t in titles(book) if t.startswith("（")] == [
        "（一）整体支出绩效情况",
        "（二）重点工作",
        "（三）项目支出绩效情况",
    ]


def test_a_section_taken_out_leaves_its_words_behind() -> None:
    book = do(with_year(), writing.write_section, YEAR, "problems", 0, "预算编制不够细。")
    assert templates.written_in(book, YEAR, "problems") and not templates.written_in(book, YEAR, "other")
    gone = do(book, templates.remove_section, YEAR, "problems")
    assert "四、其他需要说明的情况" in titles(gone) and not any("问题" in title for title in titles(gone))
    back = do(gone, templates.use_template, YEAR, templates.original_text(gone, YEAR))
    assert titles(back) == titles(with_year())
    assert writing.part(back, YEAR, "problems").raw == "预算编制不够细。"  # type: ignore[union-attr]


def test_a_section_is_moved_and_renamed() -> None:
    book = do(with_year(), templates.move_section, YEAR, "other", 0)
    assert titles(book)[0] == "一、其他需要说明的情况" and titles(book)[1] == "二、预算单位基本情况"
    book = do(book, templates.set_section, YEAR, "other", title="说明", hint="写明口径。")
    assert titles(book)[0] == "说明" and titles(book)[1] == "一、预算单位基本情况"
    book = do(book, templates.set_section, YEAR, "problems", level=2)
    assert titles(book)[-1] == "（三）绩效管理存在的问题及下一步改进措施"


def test_a_chapter_moves_with_its_parts() -> None:
    book = do(with_year(), templates.move_section, YEAR, "performance", 0)
    assert titles(book)[:4] == [
        "一、资金使用及绩效情况（包含单位管理的公共专项）",
        "（一）整体支出绩效情况",
        "（二）项目支出绩效情况",
        "二、预算单位基本情况",
    ]
    assert titles(do(book, templates.move_section, YEAR, "performance", 2)) == titles(with_year())


def test_a_step_up_or_down() -> None:
    book = do(with_year(), templates.step_section, YEAR, "problems", -1)
    assert titles(book)[2:6] == [
        "三、绩效管理存在的问题及下一步改进措施",
        "四、资金使用及绩效情况（包含单位管理的公共专项）",
        "（一）整体支出绩效情况",
        "（二）项目支出绩效情况",
    ]
    assert titles(do(book, templates.step_section, YEAR, "problems", 1)) == titles(with_year())
    swapped = do(with_year(), templates.step_section, YEAR, "overall", 1)
    assert titles(swapped)[3:5] == ["（一）项目支出绩效情况", "（二）整体支出绩效情况"]
    for key, by in (("basics", -1), ("other", 1)):
        assert not templates.step_section(with_year(), YEAR, key, by)


def test_a_heading_without_a_number_stays_without() -> None:
    book = do(with_year(), templates.set_section, YEAR, "problems", title="问题")
    assert not templates.is_numbered(template_of(book, YEAR).sections[5])
    book = do(book, templates.set_section, YEAR, "problems", level=2)
    assert titles(book)[5] == "问题"


def test_a_number_of_another_kind_gives_way() -> None:
    book = do(with_year(), writing.retitle, YEAR, "other", "5、其他需要说明的情况")
    spec = template_of(book, YEAR).sections[-1]
    assert not templates.is_numbered(spec)
    title = templates.with_number(templates.bare_title(spec), spec.level)
    assert titles(do(book, templates.set_section, YEAR, "other", title=title))[-1] == "五、其他需要说明的情况"


def test_what_the_program_fills_in_is_read_by_name() -> None:
    stored = template_of(with_year(), YEAR).sections[0].text
    read = templates.read_filled(stored)
    assert read.startswith("【单位简称】主要职责是") and "{" not in read
    assert templates.store_filled(read) == stored


def test_what_cannot_be_is_said() -> None:
    book = with_year()
    with pytest.raises(UserError, match="标题"):
        templates.add_section(book, YEAR, "  ")
    with pytest.raises(UserError, match="列出项目"):
        templates.add_section(book, YEAR, "项目", mode="projects")
    with pytest.raises(UserError, match="列出项目"):
        templates.set_section(book, YEAR, "overall", mode="projects")
    with pytest.raises(UserError, match="没有这一部分"):
        templates.remove_section(book, YEAR, "nothing")
    for spec in template_of(book, YEAR).sections[1:]:
        book = do(book, templates.remove_section, YEAR, spec.key)
    with pytest.raises(UserError, match="至少"):
        templates.remove_section(book, YEAR, template_of(book, YEAR).sections[0].key)


def test_numerals() -> None:
    assert [numeral(n) for n in (1, 9, 10, 11, 19, 20, 21, 35, 90)] == list(
        ("一", "九", "十", "十一", "十九", "二十", "二十一", "三十五", "九十")
    )
