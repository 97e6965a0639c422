"""The report's outline: what stands in each place, and figures in place of tokens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import commands, writing
from core.errors import UserError
from core.outline import (
    PURPOSE,
    SENTENCE,
    default_template_text,
    outline,
    parse_template,
    part,
    print_name,
    purpose_sentence,
    render,
    section_keys,
    shown_text,
)
from tests.builders import WAN, YEAR, do, event, payment, project, with_year


def test_every_place_that_holds_text_is_named() -> None:
    book, where = project(with_year(), "甲")
    book, below = project(book, "甲一", parent=where)
    book, _basic = project(book, "人员经费", "人员经费")
    named = list(section_keys(book, YEAR))
    assert sorted(named) == sorted((p.key, p.about) for p in outline(book, YEAR) if p.mode != "heading")
    assert (PURPOSE, below) in named and ("project.text", where) in named
    for key, about in named:
        place = part(book, YEAR, key, about)
        assert place is not None and place in outline(book, YEAR)


def test_the_project_sentence_prints_brackets_only_when_needed() -> None:
    book, where = project(with_year(), "业务性专项经费")
    book = event(book, where, "initial", 3 * WAN)
    book = payment(book, where, 207 * WAN // 100)
    place = part(book, YEAR, SENTENCE, where)
    assert place is not None
    assert shown_text(book, YEAR, place).text == (
        "项目“业务性专项经费”年初预算金额3万元，上级转移支付0万元，年中调增（减）0万元，追加（减）0万元，"
        "实际支出2.07万元，结余结转0.93万元。"
    )
    book = event(book, where, "recovered", 93 * WAN // 100, "2023-12-31")
    book = event(book, where, "opening", WAN, "2023-01-01")
    place = part(book, YEAR, SENTENCE, where)
    assert place is not None
    text = shown_text(book, YEAR, place).text
    assert text.startswith("项目“业务性专项经费”上年结转1万元，年初预算金额3万元，")
    assert text.endswith("结余结转1万元（剩余资金0.93万元由财政收回）。")


def test_quotes_inside_a_name_become_single() -> None:
    assert print_name("“三八”节") == "‘三八’节"
    assert print_name('"三八"节') == "‘三八’节"


def test_a_purpose_is_printed_behind_the_spending() -> None:
    book, where = project(with_year(), "甲")
    book, below = project(book, "甲一", parent=where)
    book = payment(book, below, 186 * WAN // 100)
    row = book.project_year(YEAR, below)
    assert row is not None
    assert render(book, YEAR, purpose_sentence(book, row, "宣传活动。")).text == "项目支出1.86万元，主要用于宣传活动。"
    assert render(book, YEAR, purpose_sentence(book, row, "")).text == "项目支出1.86万元。"


def test_stated_figures_are_printed_before_computed_ones() -> None:
    book = do(with_year(), commands.state, YEAR, "预算收入", 10109 * WAN // 100)
    assert render(book, YEAR, "{unit.预算收入}/{unit.支出}/{unit.执行率}/{unit.预算收入|2}").text == "101.09/0/—/101.09"


def test_unknown_tokens_stay_as_written() -> None:
    book = with_year()
    text = "{unit.没有}{p77.实际支出}{prev.unit.支出}{其他}"
    assert render(book, YEAR, text).text == text


def test_figures_of_the_year_before() -> None:
    book, where = project(with_year(), "甲")
    book = payment(book, where, 2 * WAN)
    book = with_year(book, 2024)
    assert render(book, 2024, "上年支出{prev.unit.支出}万元").text == "上年支出2万元"


PIECES = st.lists(
    st.sampled_from(["{unit.预算收入}", "{unit.支出|2}", "{unit.没有}", "中文，", "a{b}", "𬭚", "\n", "12.5万元"]),
    max_size=8,
)


@given(PIECES, st.data())
def test_words_of_the_shown_text_are_found_in_the_stored_one(pieces: list[str], data: st.DataObject) -> None:
    book = do(with_year(), commands.state, YEAR, "预算收入", 10109 * WAN // 100)
    raw = "".join(pieces)
    prose = render(book, YEAR, raw)
    assert "".join(p.text for p in prose.pieces) == prose.text
    assert "".join(raw[p.raw_start : p.raw_end] for p in prose.pieces) == raw
    if prose.text:
        start = data.draw(st.integers(0, len(prose.text) - 1))
        end = data.draw(st.integers(start + 1, len(prose.text)))
        left, right = prose.raw_range(start, end)
        shown = render(book, YEAR, raw[left:right]).text
        assert prose.text[start:end] in shown


def test_a_template_survives_writing_and_reading() -> None:
    template = parse_template(default_template_text())
    assert parse_template(writing.dump_template(template)) == template
    with pytest.raises(UserError, match="模板无法读取"):
        parse_template("[[section]]\ncolour = 1")


def test_retitling_changes_this_year_only() -> None:
    book = with_year(with_year(), 2024)
    book = do(book, writing.retitle, YEAR, "other", "5、其他“情况”")
    titles = {y: next(p.title for p in outline(book, y) if p.key == "other") for y in (YEAR, 2024)}
    assert titles == {YEAR: "5、其他“情况”", 2024: "五、其他需要说明的情况"}


def test_writing_the_template_text_is_no_change_and_reset_goes_back() -> None:
    book = with_year()
    place = part(book, YEAR, "other")
    assert place is not None and place.default
    assert not writing.write_section(book, YEAR, "other", 0, place.raw)
    book = do(book, writing.write_section, YEAR, "other", 0, "另有说明。")
    changed = part(book, YEAR, "other")
    assert changed is not None and not changed.default and changed.raw == "另有说明。"
    assert part(do(book, writing.reset_section, YEAR, "other"), YEAR, "other") == place


def test_replacing_words_that_have_moved_is_refused() -> None:
    book = do(with_year(), writing.write_section, YEAR, "other", 0, "一二三四")
    book = do(book, writing.replace_words, YEAR, "other", 0, 1, "二三", "乙丙")
    place = part(book, YEAR, "other")
    assert place is not None and place.raw == "一乙丙四"
    with pytest.raises(UserError, match="已经改动"):
        writing.replace_words(book, YEAR, "other", 0, 1, "二三", "x")
    book = do(book, writing.append_sentence, YEAR, "other", 0, "补充。")
    place = part(book, YEAR, "other")
    assert place is not None and place.raw == "一乙丙四\n补充。"


def test_how_far_the_report_is_written() -> None:
    book = with_year()
    filled, of, empty = writing.progress(book, YEAR)
    assert (filled, of) == (3, 5)
    assert empty == ["（一）整体支出绩效情况", "四、绩效管理存在的问题及下一步改进措施"]


def test_the_default_text_takes_names_and_staff() -> None:
    book = do(with_year(), commands.set_staff, YEAR, "行政编制", actual=2)
    book = do(book, commands.set_staff, YEAR, "事业编制", actual=1)
    book = do(book, commands.set_names, YEAR, institutions="属于全额拨款行政单位，下无二级机构，")
    place = part(book, YEAR, "basics")
    assert place is not None
    assert "示范区妇女联合会属于全额拨款行政单位，下无二级机构，截至2023年末" in place.raw
    assert place.raw.endswith("本单位实有人数3人，其中：行政编制2人，事业编制1人。")
