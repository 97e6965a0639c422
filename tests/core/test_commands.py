"""What a user can do, and the words it leaves in the undo menu."""

from datetime import date

import pytest

from core import commands as c
from core.balance import project_balance
from core.errors import UserError
from core.model import Payment
from core.projects import remove_project
from core.writing import write_section
from tests.builders import WAN, YEAR, do, event, payment, project, with_year

TODAY = date(2023, 6, 15)


def test_days_of_new_entries() -> None:
    assert c.entry_day(2023, "initial", TODAY) == "2023-01-01"
    assert c.entry_day(2023, "opening", TODAY) == "2023-01-01"
    assert c.entry_day(2023, "recovered", TODAY) == "2023-12-31"
    assert c.entry_day(2023, "supplement", TODAY) == "2023-06-15"
    assert c.entry_day(2022, "supplement", TODAY) == "2022-12-31"
    assert c.entry_day(2024, "supplement", TODAY) == "2024-01-01"


def test_typing_into_an_empty_cell_enters_the_event_behind_it() -> None:
    book, where = project(with_year(), "甲")
    edit = c.set_cell(book, YEAR, where, "supplement", 566 * WAN // 100, TODAY)
    book = book.apply(edit.change)
    (entry,) = book.events(YEAR, where)
    assert (entry.date, entry.amount, edit.events) == ("2023-06-15", 566 * WAN // 100, 0)
    assert edit.change.label == "新增追加（减） 56,600.00"


def test_typing_over_one_event_edits_it_and_zero_removes_it() -> None:
    book, where = project(with_year(), "甲")
    book = event(book, where, "supplement", 566 * WAN // 100, "2023-02-01", doc_no="示财预〔2023〕7号")
    edit = c.set_cell(book, YEAR, where, "supplement", 560 * WAN // 100, TODAY)
    assert edit.change.label == "修改追加（减） 56,600.00→56,000.00"
    (entry,) = book.apply(edit.change).events(YEAR, where)
    assert (entry.date, entry.doc_no, entry.amount) == ("2023-02-01", "示财预〔2023〕7号", 560 * WAN // 100)
    assert book.apply(c.set_cell(book, YEAR, where, "supplement", 0, TODAY).change).events(YEAR, where) == []


def test_typing_over_several_events_enters_the_difference() -> None:
    book, where = project(with_year(), "甲")
    book = event(book, where, "supplement", 2 * WAN, "2023-02-01")
    book = event(book, where, "supplement", 3 * WAN, "2023-04-01")
    edit = c.set_cell(book, YEAR, where, "supplement", 4 * WAN, TODAY)
    assert (edit.events, edit.difference) == (2, -WAN)
    after = book.apply(edit.change)
    assert [e.amount for e in after.events(YEAR, where)] == [2 * WAN, 3 * WAN, -WAN]
    assert project_balance(after, YEAR, where).supplement == 4 * WAN


def test_the_same_amount_again_changes_nothing() -> None:
    book, where = project(with_year(), "甲")
    book = event(book, where, "initial", 3 * WAN)
    assert not c.set_cell(book, YEAR, where, "initial", 3 * WAN, TODAY).change


def test_reallocation_is_a_pair_that_sums_to_zero_and_goes_together() -> None:
    book, first = project(with_year(), "甲")
    book, second = project(book, "乙")
    book = do(book, c.reallocate, YEAR, first, second, "2023-08-01", WAN, doc_no="调1号")
    (out,), (into,) = book.events(YEAR, first), book.events(YEAR, second)
    assert (out.amount, into.amount, out.pair, into.pair) == (-WAN, WAN, into.id, out.id)
    book = do(book, c.remove_event, out.id)
    assert book.events(YEAR, first) == book.events(YEAR, second) == []


def test_a_reversal_takes_the_rest_and_names_its_original() -> None:
    book, where = project(with_year(), "甲")
    book = payment(book, where, 1000, payee="会务服务商")
    original = book.payments(YEAR, where)[0].id
    book = do(book, c.reverse_payment, original, "2023-07-01", 400)
    book = do(book, c.reverse_payment, original, "2023-07-02")
    assert [p.amount for p in book.reversals(original)] == [-400, -600]
    assert project_balance(book, YEAR, where).spent == 0
    with pytest.raises(UserError, match="红字"):
        c.remove_payment(book, original)


def test_renaming_leaves_other_years_alone() -> None:
    book, where = project(with_year(), "甲")
    book = with_year(book, 2024)
    row = book.project_year(YEAR, where)
    assert row is not None
    book = do(book, c.set_project, YEAR, where, name="乙")
    renamed = book.project_year(YEAR, where)
    assert renamed is not None and renamed.name == "乙"
    assert c.set_project(book, YEAR, where, name="丙").label == "项目改名：乙→丙"


def test_a_project_with_entries_is_not_removed() -> None:
    book, where = project(with_year(), "甲")
    book, below = project(book, "甲一", parent=where)
    paid = payment(book, below, 100)
    with pytest.raises(UserError, match="已有预算变动、支出或在途"):
        remove_project(paid, YEAR, where)
    assert do(book, remove_project, YEAR, where).project_years(YEAR) == []


def test_what_was_told_of_a_project_goes_with_it() -> None:
    book, where = project(with_year(), "甲")
    book = do(book, c.state, YEAR, "实际支出", WAN, where)
    book = do(book, write_section, YEAR, "project.text", where, "如期完成。")
    book = do(book, remove_project, YEAR, where)
    assert book.stated_all(YEAR) == [] and book.section(YEAR, "project.text", where) is None


def test_stating_a_figure_and_taking_it_back_to_unknown() -> None:
    book = with_year()
    book = do(book, c.state, YEAR, "预算收入", 10109 * WAN // 100)
    change = c.state(book, YEAR, "预算收入", 10112 * WAN // 100)
    assert change.label == "修改填报数预算收入 1,010,900.00→1,011,200.00"
    book = do(book, c.unstate, YEAR, "预算收入")
    assert book.stated(YEAR, "预算收入") is None


def test_a_year_takes_its_names_from_the_one_before() -> None:
    book = with_year()
    book = do(book, c.open_year, 2024, "", "")
    assert book.unit_year(2024).name == book.unit_year(2023).name
    with pytest.raises(UserError, match="已经存在"):
        c.open_year(book, 2024, "", "")


def test_commands_about_what_is_gone_say_so() -> None:
    book = with_year()
    for command in (c.set_event, c.set_payment, c.remove_event, c.remove_payment, c.unwaive):
        with pytest.raises(UserError, match="已不存在"):
            command(book, 99)
    with pytest.raises(UserError):
        c.set_project(book, YEAR, 99, name="无")
    with pytest.raises(UserError, match="没有2030年度"):
        c.set_year(book, 2030, note="")


def test_a_waiver_needs_a_reason_and_replaces_the_one_before() -> None:
    book = with_year()
    with pytest.raises(UserError, match="理由"):
        c.waive(book, YEAR, "C-021", "project:5:", "1", "  ", TODAY)
    book = do(book, c.waive, YEAR, "C-021", "project:5:", "1", "按计划下年召开", TODAY)
    book = do(book, c.waive, YEAR, "C-021", "project:5:", "2", "仍按计划", TODAY)
    assert [(w.facts, w.reason) for w in book.waivers(YEAR)] == [("2", "仍按计划")]


def test_control_characters_never_reach_the_book() -> None:
    book, where = project(with_year(), "甲\x00")
    book = payment(book, where, 100, purpose="买\x07纸\r\n笔")
    assert next(book.all(Payment)).purpose == "买纸\n笔"


def test_a_cell_leaves_its_companions_and_the_sub_projects_alone() -> None:
    book, where = project(with_year(), "甲")
    book, below = project(book, "甲之一", parent=where)
    book, other = project(book, "乙")
    book = event(book, where, "adjust", 2 * WAN)
    book = event(book, below, "adjust", WAN)
    book = do(book, c.reallocate, YEAR, other, where, "2023-05-01", 4 * WAN)
    assert project_balance(book, YEAR, where).midyear == 7 * WAN
    edit = c.set_cell(book, YEAR, where, "adjust", 10 * WAN, TODAY)
    assert (edit.events, edit.difference) == (1, 3 * WAN)
    after = book.apply(edit.change)
    assert project_balance(after, YEAR, where).midyear == 10 * WAN
    assert [e.amount for e in after.events(YEAR, where) if e.kind == "adjust"] == [5 * WAN]


def test_editing_one_side_of_a_reallocation_edits_the_other() -> None:
    book, source = project(with_year(), "甲")
    book, target = project(book, "乙")
    book = do(book, c.reallocate, YEAR, source, target, "2023-05-01", 4 * WAN)
    (held,) = book.events(YEAR, target)
    book = do(book, c.set_event, held.id, amount=WAN, date="2023-06-01", memo="减少")
    (other,) = book.events(YEAR, source)
    assert (other.amount, other.date, other.memo) == (-WAN, "2023-06-01", "")


def test_a_post_type_can_be_removed() -> None:
    book = do(with_year(), c.set_staff, YEAR, "行政编制", established=3)
    assert book.staff(YEAR)
    assert do(book, c.remove_staff, YEAR, "行政编制").staff(YEAR) == []
