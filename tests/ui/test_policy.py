"""评分与核对口径: chosen for a new unit and for a new year, looked at and changed on the unit page."""

import shutil

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from core import commands
from core.ledger import Ledger
from core.policy import offered_policies, policy_text
from tests.builders import YEAR
from tests.ui.conftest import TODAY
from tests.ui.keys import press, replace_text, type_text
from tests.ui.windows import opened
from ui.dialogs.new_year import NewYearDialog
from ui.widgets.policy_pick import HELD, PolicyPick

Key = Qt.Key


def choose(pick, name):
    """Choose with the keys, as a user does who does not open the list."""
    pick.setFocus()
    pick.setCurrentIndex(pick.findData(name) - 1)
    press(pick, Key.Key_Down)


def test_the_unit_page_shows_the_policy_and_changes_it_for_this_year_alone(window):
    window.show_page("unit")
    page, desk = window.current, window.desk
    assert page.policy.pick.value() == "national"
    assert "预算执行率10分，产出指标50分" in page.policy.summary.text()
    choose(page.policy.pick, "hubei")
    assert desk.book.policy(YEAR).execution_points == 20
    assert desk.book.policy(2022).execution_points == desk.book.policy(2024).execution_points == 10
    assert "预算执行率20分" in page.policy.summary.text()
    assert desk.ledger.undo_label == "修改2023年度设置"
    window.undo()
    assert page.policy.pick.value() == "national"
    assert "预算执行率10分" in page.policy.summary.text()


def test_a_policy_of_the_file_s_own_stays_to_be_chosen(window):
    desk = window.desk
    own = policy_text().replace("reason_below = 90", "reason_below = 85")
    desk.commit(commands.set_year(desk.book, YEAR, policy=own))
    window.show_page("unit")
    page = window.current
    assert page.policy.pick.value() == HELD
    assert "（本文件所存）" in page.policy.pick.currentText()
    assert "低于85%" in page.policy.summary.text()
    choose(page.policy.pick, "sichuan")
    assert desk.book.policy(YEAR).reason_required
    assert page.policy.pick.findData(HELD) < 0


def test_in_a_final_year_the_policy_is_looked_at_and_fixed(window):
    desk = window.desk
    desk.commit(commands.set_year(desk.book, YEAR, state="final"))
    window.show_page("unit")
    page = window.current
    assert not page.policy.pick.isEnabled() and "预算执行率10分" in page.policy.summary.text()


def test_a_new_unit_begins_with_the_policy_chosen(qapp, qtbot, settings, tmp_path):
    window = opened(qtbot, settings, TODAY)
    start = window.start
    type_text(start.name, "某单位")
    replace_text(start.year, "2020")
    assert start.policy.pick.findData("national-cost") < 0, "not in force yet"
    replace_text(start.year, "2024")
    replace_text(start.place, str(tmp_path / "某单位.ysz"))
    choose(start.policy.pick, "national-cost")
    assert "成本指标20分" in start.policy.summary.text()
    press(start.place, Key.Key_Return)
    assert window.desk.book.policy(2024).weights["成本指标"] == 20
    kinds = {row.kind for row in window.desk.book.projects(2024)}
    assert kinds == {"人员经费", "公用经费"}
    window.close()


def test_a_new_year_takes_the_policy_and_the_contents_chosen(qapp, qtbot, settings, sample_file, tmp_path):
    path = tmp_path / "示例台账.ysz"
    shutil.copy(sample_file, path)
    window = opened(qtbot, settings, TODAY, path)
    window.new_year()
    dialog = window.findChild(NewYearDialog)
    assert dialog.isVisible() and dialog.windowTitle() == "新建2025年度"
    assert dialog.policy.pick.value() == "national"
    choose(dialog.policy.pick, "capped")
    assert dialog.projects.isChecked() and dialog.indicators.isChecked() and not dialog.texts.isChecked()
    press(dialog, Key.Key_Return)
    book = window.desk.book
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert window.desk.year == 2025 and "已新建2025年度" in window.notice.text
    assert book.policy(2025).caps and not book.policy(2024).caps
    assert [row.name for row in book.projects(2025)] == [row.name for row in book.projects(2024)]
    window.undo()
    assert window.desk.book.year(2025) is None
    window.close()
    assert Ledger.open(path).book.year(2025) is None


def test_the_next_year_has_the_present_edition_of_the_same_policy(qapp, qtbot):
    pick = PolicyPick()
    qtbot.addWidget(pick)
    older = policy_text("hubei").replace("duplicate_days = 7", "duplicate_days = 5")
    pick.show_policies(2024, older)
    assert pick.pick.value() == HELD
    pick.show_policies(2025, older, renews=True)
    assert pick.pick.value() == "hubei" and pick.pick.findData(HELD) < 0


def test_a_policy_that_cannot_be_read_is_said_to_be(qapp, qtbot):
    pick = PolicyPick()
    qtbot.addWidget(pick)
    pick.show_policies(2024, "name = ")
    assert "无法读取" in pick.pick.currentText() and "无法读取" in pick.summary.text()
    assert pick.pick.count() == len(offered_policies(2024)) + 1
