"""在途 in the list of entries: entered, paid in part, dropped, taken up, changed and deleted."""

import pytest
from PySide6.QtCore import Qt

from core import commitments as k
from core.balance import project_balance
from core.entries import entries_of
from core.model import Commitment
from tests.builders import WAN, YEAR
from tests.ui.entries import offered, only, shown, stand_at, text
from tests.ui.keys import press, replace_text, type_text

Key = Qt.Key


@pytest.fixture
def panel(desk, qtbot):
    return shown(desk, qtbot, only(desk))


def commitment(desk) -> Commitment:
    return desk.book.commitments(YEAR, only(desk))[0]


def test_a_commitment_is_entered_and_paid_by_keys(panel):
    desk, line, bar = panel.desk, panel.line, panel.bar
    line.begin("commitment", "5000")
    assert not line.number.isVisible() and line.payee.isVisible()
    press(line.amount, Key.Key_Return)
    type_text(line.payee, "会议服务企业")
    press(line.payee, Key.Key_Return)
    type_text(line.purpose, "会议场地")
    press(line.purpose, Key.Key_Return)
    held = commitment(desk)
    assert (held.amount, held.payee, held.purpose, held.state) == (500_000, "会议服务企业", "会议场地", "open")
    assert text(panel, held, "kind") == "在途"
    assert project_balance(desk.book, YEAR, only(desk)).available == -500_000
    stand_at(panel, held)
    assert offered(panel) == {"pay", "drop", "change", "delete"}
    panel._actions["pay"].click()
    assert bar.question == "支付在途 5,000.00元（会议服务企业）" and not bar.box.isVisible()
    replace_text(bar.amount, "2000")
    assert bar.box.isVisible() and bar.box.isChecked()
    press(bar.amount, Key.Key_Return)
    paid = desk.book.payments(YEAR, only(desk))[-1]
    assert (paid.amount, paid.payee, paid.purpose) == (200_000, "会议服务企业", "会议场地")
    states = [(one.state, one.amount) for one in desk.book.commitments(YEAR, only(desk))]
    assert states == [("paid", 200_000), ("open", 300_000)]
    assert text(panel, commitment(desk), "kind") == "在途（已支付）"
    assert panel.model.rows == entries_of(desk.book, YEAR, [only(desk)])
    stand_at(panel, paid)
    press(panel.view, Key.Key_Delete)
    assert panel.asked.question.endswith("它来自一笔在途，删除后恢复为在途。")
    press(panel.asked, Key.Key_Return)
    assert [one.state for one in desk.book.commitments(YEAR, only(desk))] == ["open", "open"]


def test_a_commitment_is_dropped_taken_up_edited_and_deleted(panel):
    desk = panel.desk
    desk.commit(k.add_commitment(desk.book, YEAR, only(desk), "2023-10-12", WAN, payee="会议服务企业"))
    stand_at(panel, commitment(desk))
    panel._actions["drop"].click()
    assert text(panel, commitment(desk), "kind") == "在途（已取消）"
    stand_at(panel, commitment(desk))
    assert offered(panel) == {"take_up", "change", "delete"}
    panel._actions["take_up"].click()
    assert commitment(desk).state == "open"
    stand_at(panel, commitment(desk), "amount")
    press(panel.view, Key.Key_F2)
    replace_text(panel.view.cells.editor, "0")
    press(panel.view.cells.editor, Key.Key_Return)
    assert "大于零" in panel.view.cells._hint.text()
    replace_text(panel.view.cells.editor, "12000")
    press(panel.view.cells.editor, Key.Key_Return)
    assert commitment(desk).amount == 1_200_000
    stand_at(panel, commitment(desk))
    press(panel.view, Key.Key_F4)
    type_text(panel.line.more.fields["memo"], "合同二")
    press(panel.line.more.fields["memo"], Key.Key_Return)
    assert commitment(desk).memo == "合同二"
    stand_at(panel, commitment(desk))
    press(panel.view, Key.Key_Delete)
    press(panel.asked, Key.Key_Return)
    assert not desk.book.commitments(YEAR, only(desk))
    assert desk.ledger.undo_label == "删除在途 12,000.00"


def test_the_bar_says_what_is_wrong_and_goes_with_escape(panel):
    desk, bar = panel.desk, panel.bar
    desk.commit(k.add_commitment(desk.book, YEAR, only(desk), "2023-10-12", WAN))
    stand_at(panel, commitment(desk))
    panel._actions["pay"].click()
    before = desk.book
    replace_text(bar.day, "2024-01-02")
    press(bar.day, Key.Key_Return)
    assert "不在2023年度内" in bar._said.text() and bar.isVisible()
    replace_text(bar.amount, "")
    press(bar.amount, Key.Key_Return)
    assert "金额为空" in bar._said.text()
    press(bar.amount, Key.Key_Escape)
    assert not bar.isVisible() and panel.line.isVisible() and panel.view.hasFocus()
    assert desk.book is before
