"""The project grid worked with in blocks: amounts pasted with a preview, filled down, summed without counting twice."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from core import commands as c
from core.balance import project_balance
from tests.builders import WAN, YEAR
from tests.ui.keys import press, replace_text
from ui.dialogs.paste import PasteDialog
from ui.pages.projects import ProjectsPage

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(desk, qtbot):
    """Two projects more, the first with a sub-project."""
    for name in ("第二个项目", "第三个项目"):
        desk.commit(c.add_project(desk.book, YEAR, name, "业务工作专项"))
    desk.commit(c.add_project(desk.book, YEAR, "子项目", "", project(desk, "第二个项目")))
    page = ProjectsPage(desk)
    qtbot.addWidget(page)
    page.resize(1100, 800)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    desk.changed.connect(page.refresh)
    return page


def project(desk, name):
    return next(p.project for p in desk.book.project_years(YEAR) if p.name == name)


def at(page, name, column):
    assert page.grid.stand_at(("project", project(page.desk, name)), column)
    page.grid.setFocus()


def balance(desk, name):
    return project_balance(desk.book, YEAR, project(desk, name))


def pasted(page, text):
    QGuiApplication.clipboard().setText(text)
    press(page.grid, Key.Key_V, CTRL)
    return page.window().findChild(PasteDialog)


def test_a_block_goes_into_the_cells_from_the_chosen_one_on(page, desk):
    at(page, "业务性专项经费", "initial")
    dialog = pasted(page, "40000\t5000\r\n20000\t\r\n1\t\r\n10000\t2000\r\n")
    assert [pick.currentText() for pick in dialog.picks] == ["年初预算", "上级转移支付"]
    assert "子项目" in dialog.model.reason(2) and dialog._said.text() == "将修改5个金额；1行不粘贴。"
    press(dialog, Key.Key_Return)
    found = [balance(desk, name) for name in ("业务性专项经费", "第二个项目", "第三个项目")]
    assert [(b.initial, b.transfer) for b in found] == [(4 * WAN, WAN // 2), (2 * WAN, 0), (WAN, WAN // 5)]
    assert desk.ledger.undo_label == "粘贴5个金额"
    desk.undo()
    assert balance(desk, "第二个项目").initial == 0 and balance(desk, "业务性专项经费").initial == 3 * WAN


def test_a_block_with_titles_and_names_finds_its_places(page, desk):
    at(page, "业务性专项经费", "brought")
    dialog = pasted(page, "项目\t追加（万元）\n第三个项目\t1.5\n第二个项目\t0.8")
    press(dialog, Key.Key_Return)
    assert [balance(desk, n).supplement for n in ("第二个项目", "第三个项目")] == [800_000, 1_500_000]


def test_the_unit_is_chosen_before_anything_is_saved(page, desk):
    at(page, "第二个项目", "initial")
    dialog = pasted(page, "1.5\t2.5")
    assert dialog.unit.value() == "万元"
    dialog.unit.setCurrentIndex(0)
    dialog.unit.activated.emit(0)
    assert dialog.model.reason(0) == "年初预算 0.00→1.50元，上级转移支付 0.00→2.50元"
    press(dialog, Key.Key_Return)
    assert balance(desk, "第二个项目").initial == 150


def test_what_was_copied_here_comes_back_the_same(page, desk):
    at(page, "业务性专项经费", "name")
    press(page.grid, Key.Key_Space, SHIFT)
    press(page.grid, Key.Key_C, CTRL | SHIFT)
    text = QGuiApplication.clipboard().text()
    assert "年初预算（万元）" in text.split("\n")[0]
    dialog = pasted(page, text)
    assert dialog.unit.value() == "万元" and dialog.pasted.count == 0 and not dialog._paste.isEnabled()


def test_one_amount_is_pasted_without_a_question_and_filled_down(page, desk):
    at(page, "第二个项目", "initial")
    QGuiApplication.clipboard().setText("1.2万")
    press(page.grid, Key.Key_V, CTRL)
    assert balance(desk, "第二个项目").initial == 1_200_000
    press(page.grid, Key.Key_Down, SHIFT)
    press(page.grid, Key.Key_Down, SHIFT)
    press(page.grid, Key.Key_D, CTRL)
    assert balance(desk, "第三个项目").initial == 1_200_000, "the sub-project between them takes nothing"
    assert desk.ledger.undo_label == "向下填充，1格"


def test_groups_and_what_they_hold_are_not_summed_twice(page, desk, qtbot):
    said = [""]
    desk.tallied.connect(said.append)
    page.grid.stand_at(("group", "special"), "initial")
    page.grid.setFocus()
    for _step in range(4):
        press(page.grid, Key.Key_Down, SHIFT)
    qtbot.waitUntil(lambda: not page.grid.tally.is_counting)
    assert said[-1] == "已选5格　合计 3.00万元（不重复计分类和明细）　平均 1.00万元"
    page.grid.stand_at(("group", "special"), "initial")
    press(page.grid, Key.Key_Right, SHIFT)
    qtbot.waitUntil(lambda: not page.grid.tally.is_counting)
    assert said[-1] == "已选2格　合计 3.00万元　平均 1.50万元"


def test_equals_uses_up_what_is_not_disposed_of(page, desk):
    desk.commit(
        c.set_event(
            desk.book,
            next(e.id for e in desk.book.events(YEAR, project(desk, "业务性专项经费")) if e.kind == "recovered"),
            amount=300_000,
        )
    )
    at(page, "业务性专项经费", "carried")
    press(page.grid, Key.Key_F2)
    replace_text(page.grid.cells.editor, "=")
    assert page.grid.cells.editor.text() == "6,300.00"
    press(page.grid.cells.editor, Key.Key_Return)
    assert balance(desk, "业务性专项经费").undisposed == 0


def test_the_total_follows_the_columns(page, qtbot):
    header, foot = page.grid.horizontalHeader(), page.grid.foot.horizontalHeader()
    number = page.model.column_of("transfer")
    header.moveSection(header.visualIndex(number), 1)
    header.resizeSection(number, 140)
    assert foot.visualIndex(number) == 1 and foot.sectionSize(number) == 140
    page.grid.arranged.reset()
    assert foot.visualIndex(number) == number and foot.sectionSize(number) == header.sectionSize(number) < 140
