"""年度锁定与定稿 worked with keys and clicks: the whole cycle of a year's end, and back, on a real ledger."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from core import commands as c
from core.balance import unit_balance
from core.model import EventKind, YearState
from core.seal import locked_months
from tests.builders import WAN, YEAR
from tests.ui.closing import (
    NEXT,
    TODAY,
    cell,
    click,
    click_box,
    page_of,
    panel,
    states,
    type_in,
    waive_errors,
    year_to_close,
)
from tests.ui.keys import press, type_text
from tests.ui.windows import opened
from ui.widgets.closing_steps import CARRY, CHECK, DISPOSE, FINAL, LOCK
from ui.widgets.disposal_model import LATER

Key = Qt.Key


@pytest.fixture
def path(tmp_path):
    year_to_close(tmp_path / "年终.ysz")
    return tmp_path / "年终.ysz"


@pytest.fixture
def window(qapp, qtbot, settings, path):
    window = opened(qtbot, settings, TODAY, path)
    window.show_page("closing")
    yield window
    window.close()


# The whole cycle


def test_the_whole_cycle_on_screen(window):
    desk = window.desk
    assert page_of(window).chosen in (CHECK, DISPOSE)
    # Dispose
    dispose = panel(window, DISPOSE)
    assert dispose.confirm.text() == "登记2笔处置，共30,000.00元"
    click(dispose.confirm)
    assert unit_balance(desk.book, YEAR).undisposed == 0
    assert unit_balance(desk.book, YEAR).carried == 3 * WAN
    assert desk.ledger.undo_label == "年终处置 30,000.00"
    assert not dispose.confirm.isVisible() and dispose.done.isVisible()
    # Lock
    lock = panel(window, LOCK)
    click(lock.lock)
    assert desk.book.year(YEAR).state == YearState.LOCKED
    assert not lock.lock.isVisible() and lock.unlock.isVisible()
    assert "资金锁定" in window.top._year.text()
    seal = page_of(window).seal.text
    assert "封存校验相符" in seal and "锁定" in seal and "由" in seal
    # Carry
    carry = panel(window, CARRY)
    assert carry.open.text() == "新建2024年度"
    click(carry.open)
    brought = [e for row in desk.book.projects(NEXT) for e in desk.book.events(NEXT, row.project)]
    assert [(e.kind, e.amount, e.origin_year) for e in brought] == [
        (EventKind.OPENING, 2 * WAN, YEAR),
        (EventKind.OPENING, WAN, YEAR),
    ]
    assert desk.ledger.undo_label == "新建2024年度", "the year and its money are one step"
    assert "✓ 结转已全部带入2024年度" in carry._said.text()
    # Final
    final = panel(window, FINAL)
    assert not final.final.isEnabled()
    waive_errors(desk)
    click(final.final)
    assert desk.book.year(YEAR).state == YearState.FINAL
    assert desk.readonly and "已定稿" in window.top._year.text()
    # 反定稿 and unlocking, each with its reason
    press(final.back.input, Key.Key_Return)
    assert "请写明原因" in final.back.fault
    assert desk.book.year(YEAR).state == YearState.FINAL
    type_text(final.back.input, "支付凭证有误")
    press(final.back.input, Key.Key_Return)
    assert desk.book.year(YEAR).state == YearState.LOCKED
    lock = panel(window, LOCK)
    click(lock.unlock.button)
    assert "请写明原因" in lock.unlock.fault
    type_text(lock.unlock.input, "支付凭证有误")
    click(lock.unlock.button)
    assert desk.book.year(YEAR).state == YearState.OPEN
    assert "反定稿：支付凭证有误" in page_of(window).seal.text
    # Edit where it is edited, then lock again
    office = next(row.project for row in desk.book.projects(YEAR) if row.name == "公用经费")
    paid = desk.book.payments(YEAR, office)[0]
    desk.commit(c.set_payment(desk.book, paid.id, amount=paid.amount - WAN // 2))
    lock = panel(window, LOCK)
    assert not lock.lock.isEnabled() and "还有1项没有处置" in lock.lines.text("money")
    click(lock.lines.link("money"))
    assert page_of(window).chosen == DISPOSE
    click(page_of(window).panels[DISPOSE].confirm)
    carry = panel(window, CARRY)
    assert carry.carry.text() == "更新1笔上年结转，相差5,000.00元"
    click(carry.carry)
    assert sum(e.amount for e in desk.book.events(NEXT, office)) == 15_000_00
    click(panel(window, LOCK).lock)
    assert desk.book.year(YEAR).state == YearState.LOCKED
    assert states(window)[CARRY] == states(window)[DISPOSE] == states(window)[LOCK] == "done"


def test_the_cycle_by_keyboard_alone(window):
    """Arrow keys along the steps, Tab into the step, Space or Enter on what it offers."""
    desk, page = window.desk, page_of(window)
    page.steps.setFocus()
    first = QApplication.focusWidget()
    for _step in range(5):
        press(QApplication.focusWidget(), Key.Key_Up)
    press(QApplication.focusWidget(), Key.Key_Down)
    assert page.chosen == DISPOSE and first in page.steps.rows.values()

    def tab_to(wanted):
        for _step in range(30):
            if QApplication.focusWidget() is wanted:
                return
            press(QApplication.focusWidget(), Key.Key_Tab)
        raise AssertionError(f"Tab never reaches {wanted.text()}")

    tab_to(page.panels[DISPOSE].confirm)
    press(QApplication.focusWidget(), Key.Key_Space)
    assert unit_balance(desk.book, YEAR).undisposed == 0
    page.steps.setFocus()
    press(QApplication.focusWidget(), Key.Key_Down)
    assert page.chosen == LOCK
    tab_to(page.panels[LOCK].lock)
    press(page.panels[LOCK].lock, Key.Key_Space)
    assert desk.book.year(YEAR).state == YearState.LOCKED
    assert QApplication.focusWidget() is page.panels[LOCK].unlock.input, "the way back is where the focus goes"


# Steps


def test_a_line_is_changed_and_split_before_it_is_entered(window):
    desk, dispose = window.desk, panel(window, DISPOSE)
    view, model = dispose.view, dispose.model
    assert [cell(view, row, "kind") for row in (0, 1)] == ["结转下年", "结转下年"]
    first = model.rows[0].number
    type_in(view, first, "amount", "15000")
    assert [cell(view, row, "amount") for row in range(3)] == ["15,000.00", "5,000.00", "10,000.00"]
    assert not dispose.confirm.isEnabled() and "还有1行没有选择处理方式" in dispose._said.text()
    rest = model.rows[1].number
    view.stand_at(rest, "kind")
    view.setFocus()
    press(view, Key.Key_F2)
    press(view.cells.editor, Key.Key_Down)
    assert cell(view, 1, "kind") == "财政收回"
    type_in(view, first, "amount", "30000")
    assert "只剩20,000.00元" in view.cells._hint.text()
    press(view.cells.editor, Key.Key_Escape)
    click(dispose.confirm)
    assert (unit_balance(desk.book, YEAR).recovered, unit_balance(desk.book, YEAR).carried) == (WAN // 2, 25_000_00)
    desk.undo()
    assert unit_balance(desk.book, YEAR).undisposed == 3 * WAN
    assert [line.amount for line in model.rows] == [15_000_00, 5_000_00, WAN], "what was chosen stays to be entered"
    click(dispose.restore)
    assert [line.amount for line in model.rows] == [2 * WAN, WAN]


def test_the_lines_of_a_place_always_make_up_what_is_left(window):
    model = panel(window, DISPOSE).model
    line = model.rows[0]
    assert "应大于零" in model.set_amount(line, 0)
    for amount in (15_000_00, 12_000_00, 20_000_00):
        assert model.set_amount(model.rows[0], amount) == ""
        assert sum(one.amount for one in model.rows if one.place == line.place) == 2 * WAN
    model.set_amount(model.rows[0], 5_000_00)
    model.set_amount(model.rows[1], 5_000_00)
    assert [one.amount for one in model.rows if one.place == line.place] == [15_000_00, 5_000_00]
    model.set_amount(model.rows[1], 0)
    assert [one.amount for one in model.rows if one.place == line.place] == [2 * WAN]


def test_a_line_left_for_later_is_not_entered(window):
    desk, dispose = window.desk, panel(window, DISPOSE)
    dispose.model.set_kind(dispose.model.rows[0], LATER)
    assert dispose.confirm.text() == "登记1笔处置，共10,000.00元"
    click(dispose.confirm)
    assert unit_balance(desk.book, YEAR).undisposed == 2 * WAN
    assert states(window)[DISPOSE] == "todo" and states(window)[LOCK] == "blocked"


def test_links_of_the_checklist_go_where_it_is_done(window):
    check = panel(window, CHECK)
    assert "✓ 已完成" in check.lines.text("commitments")
    if "待办" in check.lines.text("errors"):
        click(check.lines.link("errors"))
        assert window.current.name == "findings"


def test_overspent_money_is_named_with_the_way_there(window):
    desk = window.desk
    office = next(row.project for row in desk.book.projects(YEAR) if row.name == "公用经费")
    desk.commit(c.add_payment(desk.book, YEAR, office, "2023-07-01", 2 * WAN))
    dispose = panel(window, DISPOSE)
    assert "“公用经费”超支10,000.00元" in dispose._over.text()
    click(dispose._over_link)
    assert window.current.name == "projects"


def test_a_year_that_is_not_over_asks_before_it_is_locked(window):
    desk = window.desk
    desk.today = lambda: date(YEAR, 11, 23)
    click(panel(window, DISPOSE).confirm)
    check = panel(window, CHECK)
    assert check.early.isVisible()
    click_box(check.early)
    assert desk.book.year(YEAR).settling
    lock = panel(window, LOCK)
    assert "年度还没有结束" in lock._note.text()
    click(lock.lock)
    assert "还没有结束" in lock.ask.question and desk.book.year(YEAR).state == YearState.OPEN
    press(lock.ask, Key.Key_Escape)
    assert desk.book.year(YEAR).state == YearState.OPEN
    click(lock.lock)
    press(lock.ask, Key.Key_Return)
    assert desk.book.year(YEAR).state == YearState.LOCKED


def test_months_are_locked_with_a_press_and_opened_with_a_reason(window):
    desk, months = window.desk, panel(window, LOCK).months
    assert months.toggles[6].text() == "6月 未锁定"
    click(months.toggles[6])
    assert locked_months(desk.book.year(YEAR)) == {6}
    assert months.toggles[6].text() == "6月 已锁定"
    window.show_page("projects")
    assert window.state.text == "6月已锁定，这些月份的记录不能修改。"
    window.show_page("closing")
    click(months.toggles[6])
    assert months.reason.isVisible() and locked_months(desk.book.year(YEAR)) == {6}
    press(months.reason.input, Key.Key_Return)
    assert "请写明原因" in months.reason.fault
    type_text(months.reason.input, "补记一笔")
    press(months.reason.input, Key.Key_Return)
    assert not locked_months(desk.book.year(YEAR)) and not months.reason.isVisible()


def test_what_the_next_year_takes_over_is_chosen(window):
    desk, carry = window.desk, panel(window, CARRY)
    assert not carry.money.isVisible(), "there is nothing to carry yet"
    names = {box.text(): box for box in carry.projects.values()}
    click_box(names["业务性专项经费"])
    carry.template.set_value("narrative-c")
    carry.policy.pick.set_value("hubei")
    click(carry.open)
    assert [row.name for row in desk.book.projects(NEXT)] == ["大会费用", "公用经费"]
    assert desk.book.policy(NEXT).execution_points == 20
    assert desk.book.year(NEXT).template != desk.book.year(YEAR).template
    assert not desk.book.events(NEXT, desk.book.projects(NEXT)[0].project)
    desk.set_year(NEXT)
    check = panel(window, CHECK)
    assert "2处沿用上年的内容没有确认" in check.lines.text("taken_over")
    click(check.lines.link("taken_over", more=True))
    assert not any(row.taken_over for row in desk.book.project_years(NEXT))


def test_after_the_approval_a_difference_becomes_an_adjustment(window):
    desk = window.desk
    click(panel(window, DISPOSE).confirm)
    click(panel(window, LOCK).lock)
    click(panel(window, CARRY).open)
    desk.commit(c.set_names(desk.book, YEAR, approved_on="2024-09-10"))
    lock = panel(window, LOCK)
    type_text(lock.unlock.input, "决算批复有差异")
    press(lock.unlock.input, Key.Key_Return)
    meeting = next(row.project for row in desk.book.projects(YEAR) if row.name == "大会费用")
    (carried,) = [e for e in desk.book.events(YEAR, meeting) if e.kind == EventKind.CARRIED]
    desk.commit(c.set_event(desk.book, carried.id, amount=carried.amount - 1000))
    click(panel(window, DISPOSE).split)
    press(panel(window, DISPOSE).view.cells.editor, Key.Key_Escape)
    model = panel(window, DISPOSE).model
    model.set_kind(model.rows[0], EventKind.RECOVERED)
    click(panel(window, DISPOSE).confirm)
    click(panel(window, LOCK).lock)
    carry = panel(window, CARRY)
    assert carry.carry.text() == "把1笔差额记为年初余额调整"
    click(carry.carry)
    kinds = [(e.kind, e.amount) for e in desk.book.events(NEXT, meeting)]
    assert kinds == [(EventKind.OPENING, 2 * WAN), (EventKind.OPENING_ADJUST, -1000)]
    assert not carry.carry.isVisible()
