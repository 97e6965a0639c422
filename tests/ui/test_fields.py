"""Amounts, days and choices as they are typed."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from core.days import DayError
from core.money import AmountError
from tests.ui.keys import press, replace_text, type_text
from ui.fields import DayEdit, MoneyEdit, Pick, full_amount

Key = Qt.Key


@pytest.mark.parametrize(
    ("fen", "unit", "text"),
    [
        (5_660_000, "元", "56,600.00"),
        (-1, "元", "-0.01"),
        (5_660_000, "万元", "5.66"),
        (30_000_000, "万元", "30.00"),
        (1_234_567, "万元", "1.234567"),
        (-50, "万元", "-0.00005"),
    ],
)
def test_an_editor_opens_with_nothing_rounded_away(qapp, fen, unit, text):
    assert full_amount(fen, unit) == text
    field = MoneyEdit(unit=unit)
    field.set_amount(fen)
    assert field.amount() == fen
    assert not field.is_changed


@pytest.fixture
def money(qapp, qtbot):
    field = MoneyEdit(required=True)
    qtbot.addWidget(field)
    field.show()
    return field


@pytest.mark.parametrize(
    ("text", "fen"), [("12,000", 1_200_000), ("1.2万", 1_200_000), ("１２", 1_200), ("（123.45）", -12_345)]
)
def test_amounts_are_read_as_they_are_written(money, text, fen):
    type_text(money, text)
    assert money.amount() == fen
    assert money.problem() == ""


def test_a_wrong_amount_says_what_to_type(money):
    assert "金额为空" in money.problem()
    type_text(money, "12a")
    assert "“a”不是数字" in money.problem()
    with pytest.raises(AmountError):
        money.amount()
    money.mark(money.problem())
    assert money.property("wrong") is True
    type_text(money, "1")
    assert money.property("wrong") is False, "typing takes the mark away"


def test_an_amount_that_may_be_missing(qapp):
    field = MoneyEdit()
    assert (field.amount(), field.problem()) == (None, "")


@pytest.fixture
def day(qapp, qtbot):
    field = DayEdit(2023)
    qtbot.addWidget(field)
    field.show()
    field.set_day("2023-02-28")
    return field


def test_days_are_typed_shortly_and_stepped_with_arrows(day):
    press(day, Key.Key_Up)
    assert day.day() == "2023-03-01"
    press(day, Key.Key_Down)
    press(day, Key.Key_Down)
    assert day.day() == "2023-02-27"
    assert day.is_changed
    replace_text(day, "11月3日")
    assert day.day() == "2023-11-03"


def test_a_wrong_day_says_what_to_type(day):
    replace_text(day, "2-30")
    assert "不是日期" in day.problem()
    press(day, Key.Key_Up)
    assert day.text() == "2-30", "nothing is guessed"
    with pytest.raises(DayError):
        day.day()


def test_a_day_is_chosen_in_the_calendar(day):
    heard = []
    day.edited.connect(lambda: heard.append(day.text()))
    calendar = day.calendar()
    assert calendar.selectedDate().toString(Qt.DateFormat.ISODate) == "2023-02-28"
    calendar.activated.emit(calendar.selectedDate().addDays(3))
    assert (day.day(), heard) == ("2023-03-03", ["2023-03-03"])


def test_a_choice_is_not_changed_by_the_wheel(qapp, qtbot):
    pick = Pick({"a": "甲", "b": "乙"})
    qtbot.addWidget(pick)
    pick.give("b")
    pick.show()
    nothing, turned = QPointF(5, 5), QPoint(0, 120)
    buttons, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    phase = Qt.ScrollPhase.NoScrollPhase
    QApplication.sendEvent(pick, QWheelEvent(nothing, nothing, QPoint(), turned, buttons, keys, phase, False))
    assert pick.value() == "b"
    with qtbot.waitSignal(pick.picked):
        press(pick, Key.Key_Up)
    assert (pick.value(), pick.is_changed) == ("a", True)


def test_new_options_keep_the_choice(qapp):
    pick = Pick({"a": "甲", "b": "乙"})
    pick.set_value("b")
    pick.set_options({"b": "乙", "c": "丙"})
    assert pick.value() == "b"
    pick.set_options({"c": "丙"})
    assert pick.value() == "c"


def test_what_letters_choose_is_the_choice_once_it_is_left(qapp, qtbot):
    whole = QWidget()
    layout = QVBoxLayout(whole)
    pick, other = Pick({"a": "年初预算", "b": "上级转移支付", "c": "追加（减）"}), MoneyEdit()
    for field in (pick, other):
        layout.addWidget(field)
    qtbot.addWidget(whole)
    with qtbot.waitExposed(whole):
        whole.show()
    whole.activateWindow()
    pick.setFocus()
    qtbot.waitUntil(pick.hasFocus)
    chosen: list[str] = []
    pick.picked.connect(chosen.append)
    press(pick, Key.Key_Z)
    assert (pick.value(), chosen) == ("c", [])
    other.setFocus()
    assert chosen == ["c"]
    pick.setFocus()
    press(pick, Key.Key_S)
    press(pick, Key.Key_Return)
    assert chosen == ["c", "b"], "letters of the visit before are forgotten"
    other.setFocus()
    assert chosen == ["c", "b"], "told once"
