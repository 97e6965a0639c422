"""Blocks from the clipboard: what columns become, what is doubtful, and the one change."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import commands as c
from core.batches import EVENTS, PAYMENTS
from core.book import Book
from core.pasting import CELLS, FIELDS, Mapped, Target, guess, paste, read_block
from tests.builders import WAN, YEAR, event, payment, project, with_year

TODAY = date(2023, 8, 1)
TITLED = "日期\t收款人\t用途\t金额\n2023-05-01\t印刷企业\t资料\t1,200.00\n2023-05-02\t邮政公司\t邮寄\t80"


@pytest.fixture
def book() -> Book:
    book, where = project(with_year(), "甲项目")
    book, _other = project(book, "乙项目")
    book, _sub = project(book, "子项", parent=where)
    return event(book, where, "initial", 10 * WAN)


def ids(book):
    return [p.project for p in book.projects(YEAR)]


def target(book, **fields):
    return Target(YEAR, ids(book)[0], **fields)


def pasted(book, text, kind="", **changes):
    sheet = read_block(text)
    mapped = guess(book, sheet, target(book), kind)
    mapped = Mapped(**{**{name: getattr(mapped, name) for name in mapped.__slots__}, **changes})
    return paste(book, sheet, target(book), mapped, TODAY)


def test_titles_say_what_columns_become(book):
    sheet = read_block(TITLED + "\r\n")
    mapped = guess(book, sheet, target(book))
    assert (mapped.kind, mapped.fields, mapped.first) == (PAYMENTS, ("date", "payee", "purpose", "amount"), 1)
    found = paste(book, sheet, target(book), mapped, TODAY)
    assert (found.count, found.total, found.change.label) == (2, 128_000, "粘贴2笔支出")
    after = book.apply(found.change)
    made = after.payments(YEAR, ids(book)[0])
    assert [(p.date, p.payee, p.purpose, p.amount) for p in made] == [
        ("2023-05-01", "印刷企业", "资料", 120_000),
        ("2023-05-02", "邮政公司", "邮寄", 8_000),
    ]
    assert {found.sources[p.id] for p in made} == {1, 2}


def test_without_titles_the_look_of_columns_says_it(book):
    sheet = read_block("2023-05-01\t05-001\t印刷企业\t资料\t1200\n2023-05-02\t05-002\t邮政\t邮寄\t80.5")
    mapped = guess(book, sheet, target(book))
    assert (mapped.kind, mapped.first) == (PAYMENTS, 0)
    assert mapped.fields == ("date", "voucher", "payee", "purpose", "amount")
    events = guess(book, read_block("2023-05-01\t追加\t10000\t示财〔2023〕5号"), target(book))
    assert (events.kind, events.fields) == (EVENTS, ("date", "kind", "amount", "document"))


def test_errors_are_told_at_their_cells_and_keep_their_row_out(book):
    text = TITLED + "\n5月32日\t甲\t乙\t80\n2024-06-01\t甲\t乙\t5\n2023-06-03\t甲\t乙\tabc\n合计\t\t\t1,280"
    found = pasted(book, text)
    assert found.count == 2
    assert {place: reason for place, reason in found.wrong.items()} == {
        (3, 0): "没有这一天",
        (4, 0): "日期不在2023年度内",
        (5, 3): "不是金额",
    }
    assert found.left_out == {6: "合计行"}


def test_doubts_that_lose_nothing_do_not_hold_a_row(book):
    found = pasted(book, "日期\t用途\t经济分类\t金额\n2023-05-01\t资料\t没有的科目\t10")
    assert found.count == 1 and found.unsure == {(1, 2): "科目无法识别，未登记"}


def test_another_choice_of_columns(book):
    found = pasted(book, TITLED, fields=("date", "purpose", "memo", "amount"))
    made = book.apply(found.change).payments(YEAR, ids(book)[0])
    assert [(p.payee, p.purpose, p.memo) for p in made] == [("", "印刷企业", "资料"), ("", "邮政公司", "邮寄")]
    assert not pasted(book, TITLED, fields=("date", "payee", "purpose", "")).change


def test_amounts_in_the_unit_that_is_chosen(book):
    assert (
        pasted(book, TITLED.replace("金额", "金额（万元）").replace("1,200.00", "0.12").replace("80", "0.008")).total
        == 128_000
    )
    assert pasted(book, TITLED, unit="万元").total == 128_000 * 10_000


def test_rows_that_repeat_an_entry_wait_for_an_answer(book):
    book = payment(book, ids(book)[0], 120_000, "2023-05-01", payee="印刷企业", purpose="资料")
    found = pasted(book, TITLED)
    assert found.count == 1 and found.answerable == {1}
    assert "都相同" in found.left_out[1]
    assert pasted(book, TITLED, taken=frozenset({1})).count == 2


def test_rows_that_are_not_wanted(book):
    assert pasted(book, TITLED, skipped=frozenset({1})).total == 8_000


def test_rows_that_name_a_project_go_there(book):
    rows = ("乙项目\t2023-05-01\t资料\t10", "没有的\t2023-05-01\t资料\t10", "\t2023-05-01\t资料\t20")
    text = "\n".join(("项目名称\t支付日期\t用途\t支付金额", *rows))
    found = pasted(book, text)
    after = book.apply(found.change)
    assert [p.amount for p in after.payments(YEAR, ids(book)[1])] == [1000]
    assert [p.amount for p in after.payments(YEAR, ids(book)[0])] == [2000]
    assert "没有项目“没有的”" in found.wrong[2, 0]


def test_budget_events_say_their_kind_or_are_asked_for_it(book):
    text = "发文日期\t文号\t下达金额\n2023-06-01\t示财〔2023〕8号\t5000"
    found = pasted(book, text, kind=EVENTS)
    assert found.count == 0 and "看不出是哪一类" in found.wrong[1, 2]
    made = book.apply(pasted(book, text, kind=EVENTS, event_kind="supplement").change).events(YEAR, ids(book)[0])[-1]
    assert (made.kind, made.date, made.doc_no, made.amount) == ("supplement", "2023-06-01", "示财〔2023〕8号", 500_000)


# Cells of the project grid


def cells(book, text, **fields):
    where = target(book, rows=(*ids(book), 0), kinds=("initial", "transfer", "", "supplement"), **fields)
    sheet = read_block(text)
    mapped = guess(book, sheet, where, CELLS)
    return mapped, paste(book, sheet, where, mapped, TODAY)


def test_cells_go_where_the_chosen_one_begins(book):
    mapped, found = cells(book, "120000\t1\t7\t20000\n\t30000")
    assert (mapped.fields, mapped.unit) == (("initial", "transfer", "", "supplement"), "元")
    after = book.apply(found.change)
    assert [(e.kind, e.amount) for e in after.events(YEAR, ids(book)[0])] == [
        ("initial", 12 * WAN),
        ("transfer", 100),
        ("supplement", 2 * WAN),
    ]
    assert [(e.kind, e.amount) for e in after.events(YEAR, ids(book)[1])] == [("transfer", 3 * WAN)]
    assert found.count == 4
    assert found.notes[0].startswith("年初预算 100,000.00→120,000.00元，上级转移支付 0.00→1.00元")


def test_names_say_the_project_and_titles_the_column(book):
    mapped, found = cells(
        book, "项目名称\t追加（万元）\t年初预算（万元）\n乙项目\t0.5\t3\n没有的\t1\t1\n子项\t1\t\n合计\t1.5\t4"
    )
    assert (mapped.fields, mapped.unit, mapped.first) == (("project", "supplement", "initial"), "万元", 1)
    after = book.apply(found.change)
    assert {e.kind: e.amount for e in after.events(YEAR, ids(book)[1])} == {"supplement": WAN // 2, "initial": 3 * WAN}
    assert set(found.left_out) == {2, 3, 4} and "没有项目“没有的”" in found.left_out[2]


def test_small_amounts_with_decimals_are_likely_wan(book):
    assert cells(book, "3.5\t1.2")[0].unit == "万元"
    assert cells(book, "35000.00\t12000")[0].unit == "元"


def test_a_wrong_cell_is_marked_and_the_others_are_pasted(book):
    _mapped, found = cells(book, "120000\tabc")
    assert found.wrong == {(0, 1): "不是金额"} and found.count == 1


def test_cells_that_stay_as_they_are_are_not_counted(book):
    _mapped, found = cells(book, "100000")
    assert found.count == 0 and not found.change


def test_several_events_behind_a_cell_get_a_new_one(book):
    for day in ("2023-03-01", "2023-04-01"):
        book = book.apply(c.add_event(book, YEAR, ids(book)[0], "transfer", day, WAN))
    _mapped, found = cells(book, "100000\t50000")
    assert found.unsure == {(0, 1): "已有2笔，差额将新增一笔上级转移支付"}
    assert sum(e.amount for e in book.apply(found.change).events(YEAR, ids(book)[0]) if e.kind == "transfer") == 5 * WAN


def test_the_same_cell_twice_is_an_error(book):
    _mapped, found = cells(book, "项目名称\t年初预算\n乙项目\t10000\n乙项目\t20000")
    assert found.count == 1 and "前面已有" in found.wrong[2, 1]


# Anything at all


_CELL = st.one_of(
    st.sampled_from(
        ["", "2023-05-01", "5月1日", "1200", "1,200.00", "-5", "甲项目", "合计", "追加", "'001", "=1", '"']
    ),
    st.text(max_size=8),
)


@given(st.lists(st.lists(_CELL, min_size=1, max_size=5), min_size=1, max_size=6), st.sampled_from(["", *FIELDS]))
def test_any_block_can_be_looked_at_and_saved(rows, kind):
    book, where = project(with_year(), "甲项目")
    place = Target(YEAR, where, (where,), ("initial", "", "carried"))
    sheet = read_block("\n".join("\t".join(row) for row in rows))
    mapped = guess(book, sheet, place, kind)
    assert len(mapped.fields) == sheet.width
    found = paste(book, sheet, place, mapped, TODAY)
    after = book.apply(found.change)
    assert after.next_id >= book.next_id
    assert not {row for row, _column in found.wrong} & set(found.sources.values())
