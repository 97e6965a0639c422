"""月度对账: an export chosen, differences looked at, mended as one step by keys and clicks, and the day set."""

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from core import commands
from core.balance import project_balance
from core.matching.model import Kind
from core.model import Payment
from core.money import show_yuan
from tests.ui.keys import press, replace_text, type_text
from ui.dialogs.paper import MonthPaperDialog, PaperDialog
from ui.pages.matching import FILE, RESULT, SHEET, MatchingPage
from ui.widgets.grid_blocks import row_menu
from ui.widgets.grid_paper import document_of
from ui.widgets.lamps import Lamps
from ui.widgets.matching_result import TOTALS

HEADINGS = ("支付日期", "支付凭证号", "收款人全称", "用途", "项目名称", "部门支出经济分类", "支付金额(元)")
YEAR = 2023


def rows_of(desk) -> list[list[str]]:
    book = desk.book
    return [
        [one.date, one.voucher, one.payee, one.purpose, row.name, one.economic_code, show_yuan(one.amount, False)]
        for row in book.project_years(YEAR)
        for one in book.payments(YEAR, row.project)
    ]


def export(path: Path, rows, headings=HEADINGS) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows([headings, *rows])
    return path


@pytest.fixture
def page(sample_desk, qtbot):
    page = MatchingPage(sample_desk)
    qtbot.addWidget(page)
    page.resize(1180, 700)
    page.show()
    return page


def read(page, qtbot, path: Path) -> None:
    with qtbot.waitSignal(page.work.planned, timeout=8000):
        page.work.open(path)


def settled(page, qtbot) -> None:
    qtbot.waitUntil(lambda: not page.work.is_planning, timeout=8000)


def planted(desk, tmp_path) -> Path:
    """One difference of amount, one of date, one left out, one too many."""
    rows = rows_of(desk)
    rows[4][6] = "1.01"
    rows[6][0] = rows[6][0][:8] + "28"
    rows.append(["2023-08-08", "900-1", "新华书店", "购书", rows[0][4], "30201", "777.00"])
    return export(tmp_path / "支付明细.csv", rows[:2] + rows[3:])


def counts(page) -> dict[str, str]:
    return {kind: card.count for kind, card in page.result.cards.items()}


def test_equal_sides(page, qtbot, tmp_path) -> None:
    read(page, qtbot, export(tmp_path / "a.csv", rows_of(page.desk)))
    assert page.stack.currentIndex() == RESULT
    assert counts(page)[Kind.MATCHED] == "204笔"
    assert "两边相等" in page.result.balance.text()
    assert page.result.kind == Kind.MATCHED


def test_differences_are_mended_by_keys_as_one_step(page, qtbot, tmp_path) -> None:
    desk = page.desk
    before = set(desk.book.records())
    read(page, qtbot, planted(desk, tmp_path))
    assert counts(page) == {
        Kind.DIFFERENT: "2笔", Kind.THERE: "1笔", Kind.HERE: "1笔", Kind.DOUBTFUL: "0笔", Kind.MATCHED: "201笔",
    }  # fmt: skip
    result = page.result
    for kind in (Kind.DIFFERENT, Kind.THERE, Kind.HERE):
        qtbot.mouseClick(result.cards[kind], Qt.MouseButton.LeftButton)
        assert result.kind == kind
        press(result.grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        press(result.grid, Qt.Key.Key_Space)
    assert result.run.text() == "执行所选处理（4项）"
    assert result.grid.table.text(result.grid.table.rows[0], "todo") == "→ 从台账删除"
    with qtbot.waitSignal(page.work.planned, timeout=8000):
        qtbot.mouseClick(result.run, Qt.MouseButton.LeftButton)
    assert counts(page)[Kind.MATCHED] == "204笔" and not page.work.result.open
    assert desk.ledger.undo_label == "对账处理4项"
    desk.undo()
    assert set(desk.book.records()) == before


def test_a_mark_is_taken_away_by_the_same_key(page, qtbot, tmp_path) -> None:
    read(page, qtbot, planted(page.desk, tmp_path))
    page.result.grid.stand_at(page.result.grid.table.rows[0].key)
    press(page.result.grid, Qt.Key.Key_Space)
    assert len(page.work.orders) == 1
    press(page.result.grid, Qt.Key.Key_Space)
    assert not page.work.orders and page.result.run.isHidden()


def test_a_difference_is_accepted_with_a_reason_and_taken_back(page, qtbot, tmp_path) -> None:
    read(page, qtbot, planted(page.desk, tmp_path))
    result = page.result
    result.grid.stand_at(result.grid.table.rows[0].key)
    result.reason.input.setFocus()
    press(result.reason.input, Qt.Key.Key_Return)
    assert result.reason.fault == "请写明接受差异的原因。"
    with qtbot.waitSignal(page.work.planned, timeout=8000):
        type_text(result.reason.input, "次日到账\n")
    assert result.grid.table.rows[0].reason == "次日到账"
    assert len(page.work.result.open) == 3
    result.grid.stand_at(result.grid.table.rows[0].key)
    result._show_actions()
    with qtbot.waitSignal(page.work.planned, timeout=8000):
        qtbot.mouseClick(result.actions["back"], Qt.MouseButton.LeftButton)
    assert len(page.work.result.open) == 4


def test_a_proposal_is_confirmed_or_refused(page, qtbot, tmp_path) -> None:
    rows = rows_of(page.desk)
    rows[0][1] = "另号"
    read(page, qtbot, export(tmp_path / "a.csv", rows))
    result = page.result
    assert result.kind == Kind.DOUBTFUL
    with qtbot.waitSignal(page.work.planned, timeout=8000):
        qtbot.mouseClick(result.actions["apart"], Qt.MouseButton.LeftButton)
    rows_apart = {(one.key, one.kind) for one in page.work.result.open}
    assert not any(kind == Kind.DOUBTFUL for _key, kind in rows_apart)
    assert (counts(page)[Kind.THERE], counts(page)[Kind.HERE]) == ("1笔", "1笔")
    page.begin()
    read(page, qtbot, export(tmp_path / "a.csv", rows))
    with qtbot.waitSignal(page.work.planned, timeout=8000):
        press(result.grid, Qt.Key.Key_Space)
    assert counts(page)[Kind.MATCHED] == "204笔"


def test_the_day_is_set_and_what_is_open_is_said_first(page, qtbot, tmp_path) -> None:
    read(page, qtbot, planted(page.desk, tmp_path))
    replace_text(page.until, "10-31")
    with qtbot.waitSignal(page.work.planned, timeout=8000):
        press(page.until, Qt.Key.Key_Return)
    assert page.mark.text() == "标为已对账至10月31日"
    qtbot.mouseClick(page.mark, Qt.MouseButton.LeftButton)
    assert "还有4项没有处理也没有接受" in page.ask.question
    press(page.ask.yes, Qt.Key.Key_Return)
    assert page.desk.book.year(YEAR).reconciled_to == "2023-10-31"
    assert page.desk.ledger.journal()[-1].label.startswith("已对账至10月31日（支付明细.csv：相符")
    assert page.state.text() == "已对账至 10月31日"


def test_a_project_the_ledger_does_not_have_is_asked_for(page, qtbot, tmp_path) -> None:
    rows = [*rows_of(page.desk), ["2023-08-08", "900-1", "新华书店", "购书", "没有的项目", "30201", "777.00"]]
    read(page, qtbot, export(tmp_path / "a.csv", rows))
    result = page.result
    press(result.grid, Qt.Key.Key_Space)
    qtbot.mouseClick(result.run, Qt.MouseButton.LeftButton)
    assert "请先选定它对应台账的哪个项目" in result.fault.text()
    where = page.desk.book.projects(YEAR)[0]
    with qtbot.waitSignal(page.work.planned, timeout=8000):
        result.projects.pick.picked.emit(str(where.project))
    assert result.projects.isHidden()
    with qtbot.waitSignal(page.work.planned, timeout=8000):
        qtbot.mouseClick(result.run, Qt.MouseButton.LeftButton)
    added = [one for one in page.desk.book.all(Payment) if one.voucher == "900-1"]
    assert [(one.project, one.amount) for one in added] == [(where.project, 77_700)]


@pytest.mark.parametrize(
    ("rows", "headings", "said"),
    [
        ([["2021-08-08", "1", "书", "7"]], ("支付日期", "支付凭证号", "用途", "支付金额(元)"), "2021年度"),
        ([], ("支付日期", "支付凭证号", "用途", "支付金额(元)"), "没有支付明细的记录"),
        ([["2023-08-08", "市文化馆", "书", "7"]], ("支付日期", "单位名称", "用途", "支付金额(元)"), "市文化馆"),
    ],
)
def test_wrong_exports_change_nothing(page, qtbot, tmp_path, rows, headings, said) -> None:
    before = page.desk.book
    read(page, qtbot, export(tmp_path / "a.csv", rows, headings))
    assert page.stack.currentIndex() == FILE and said in page.file.fault.text()
    assert page.file.insist.isHidden() == (said != "市文化馆")
    assert page.desk.book is before
    if said == "市文化馆":
        with qtbot.waitSignal(page.work.planned, timeout=8000):
            qtbot.mouseClick(page.file.insist, Qt.MouseButton.LeftButton)
        assert page.stack.currentIndex() == RESULT


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 not a table", b"\x00\x01\x02" * 50, "只有一行字".encode()])
def test_foreign_files_are_said(page, qtbot, tmp_path, content) -> None:
    path = tmp_path / "别的.xlsx"
    path.write_bytes(content)
    page.work.open(path)
    qtbot.waitUntil(lambda: not page.work.is_busy and not page.work.is_planning, timeout=8000)
    assert page.file.fault.text() or page.stack.currentIndex() == SHEET
    assert page.work.result is None


def test_quotas_stand_by_project(page, qtbot, tmp_path) -> None:
    rows = []
    for row in page.desk.book.projects(YEAR):
        held = project_balance(page.desk.book, YEAR, row.project)
        rows.append([row.name, show_yuan(held.budget - held.disposed, False), show_yuan(held.spent, False)])
    rows[0][1] = "1.00"
    read(page, qtbot, export(tmp_path / "指标.csv", rows, ("项目名称", "指标金额(元)", "已支付(元)")))
    assert page.result.kind == "quotas"
    assert [row.kind for row in page.work.result.open] == [Kind.DIFFERENT]
    assert page.mark.isHidden()
    assert page.paper().title == "指标余额对账单"


def test_the_paper_and_every_format(page, qtbot, tmp_path) -> None:
    read(page, qtbot, planted(page.desk, tmp_path))
    page.result.show_kind(TOTALS)
    page.print()
    [dialog] = page.findChildren(PaperDialog)
    qtbot.waitUntil(lambda: bool(dialog.papers), timeout=20_000)
    text = "".join(run.text for run, _about in dialog.papers[0].document.runs())
    assert "只在台账（1笔）" in text and "新华书店" in text
    targets = [tmp_path / f"对账单.{suffix}" for suffix in ("pdf", "docx", "xlsx")]
    for target in targets:
        dialog.save([target])
        qtbot.waitUntil(lambda: not dialog.is_busy, timeout=20_000)
    assert all(target.stat().st_size > 3_000 for target in targets)
    dialog.reject()


def test_the_bar_leads_here_and_a_grid_is_printed(window, qtbot, tmp_path) -> None:
    lamp = window.findChild(Lamps).reconciled
    qtbot.waitUntil(lambda: lamp.text() == "未对账", timeout=5000)
    qtbot.mouseClick(lamp, Qt.MouseButton.LeftButton)
    page = window.findChild(MatchingPage)
    assert page is not None and page.isVisible()
    read(page, qtbot, planted(window.desk, tmp_path))
    paper = document_of(page.result.grid, window.desk, is_part=False)
    assert paper.title == "不一致"
    assert "777.00" not in "".join(run.text for run, _about in paper.runs())


def test_the_month_is_chosen(sample_desk, qtbot) -> None:
    dialog = MonthPaperDialog(sample_desk)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: bool(dialog.papers), timeout=20_000)
    assert dialog.papers[0].document.title == "2023年12月支出进度表"
    dialog.month.set_value("6")
    dialog.month.picked.emit("6")
    qtbot.waitUntil(lambda: bool(dialog.papers) and "6月" in dialog.papers[0].document.title, timeout=20_000)
    dialog.reject()


def test_one_field_alone_is_taken(page, qtbot, tmp_path) -> None:
    rows = rows_of(page.desk)
    rows[4][6], rows[4][0] = "1.01", rows[4][0][:8] + "28"
    read(page, qtbot, export(tmp_path / "a.csv", rows))
    result = page.result
    result.grid.stand_at(result.grid.table.rows[0].key)
    actions = dict(result.grid.actions_of())
    assert list(actions) == ["只把金额改为导出数", "只把日期改为导出数"]
    actions["只把日期改为导出数"]()
    assert result.grid.table.text(result.grid.table.rows[0], "todo") == "→ 改日期"
    with qtbot.waitSignal(page.work.planned, timeout=8000):
        qtbot.mouseClick(result.run, Qt.MouseButton.LeftButton)
    [one] = page.work.result.open
    assert one.fields == ("amount",)


def test_a_row_is_paired_with_a_payment_by_hand(page, qtbot, tmp_path) -> None:
    rows = rows_of(page.desk)
    rows[4][1:4] = ["900-1", "无关的收款人", "无关的用途"]
    rows[4][6] = "1.01"
    read(page, qtbot, export(tmp_path / "a.csv", rows))
    result = page.result
    assert (result.kind, counts(page)[Kind.HERE]) == (Kind.THERE, "1笔")
    result.grid.stand_at(result.grid.table.rows[0].key)
    qtbot.mouseClick(result.actions["pair"], Qt.MouseButton.LeftButton)
    assert result.kind == Kind.HERE and result.actions["pair"].text() == "与导出第6行配对"
    result.grid.stand_at(result.grid.table.rows[0].key)
    with qtbot.waitSignal(page.work.planned, timeout=8000):
        qtbot.mouseClick(result.actions["pair"], Qt.MouseButton.LeftButton)
    [one] = page.work.result.open
    assert (one.kind, one.fields) == (Kind.DIFFERENT, ("amount", "payee"))


def test_a_remembered_layout_is_used_again(page, qtbot, tmp_path) -> None:
    rows = [["普法", "1", "2", "3"]]
    read(page, qtbot, export(tmp_path / "a.csv", rows, ("项目名称", "甲", "已支付(元)", "指标余额(元)")))
    page.show_step(SHEET)
    page.work.set_field(1, "budget")
    qtbot.waitUntil(lambda: not page.work.is_planning, timeout=8000)
    page.work.remember("指标表")
    page.begin()
    read(page, qtbot, export(tmp_path / "b.csv", rows, ("项目名称", "甲", "已支付(元)", "指标余额(元)")))
    assert page.work.header.column("budget").heading == "甲"
    assert page.work.layout.name == "指标表"


def test_a_locked_month_refuses_the_mends_and_keeps_the_marks(page, qtbot, tmp_path) -> None:
    desk = page.desk
    desk.commit(commands.set_year(desk.book, YEAR, locked_months=",".join(map(str, range(1, 13)))))
    before, told = desk.book, []
    desk.told.connect(lambda text, _bad: told.append(text))
    read(page, qtbot, planted(desk, tmp_path))
    press(page.result.grid, Qt.Key.Key_Space)
    qtbot.mouseClick(page.result.run, Qt.MouseButton.LeftButton)
    assert desk.book is before and len(page.work.orders) == 1
    assert "不能修改" in told[-1]


def test_the_menu_of_a_grid_prints_it(page, qtbot, tmp_path) -> None:
    read(page, qtbot, planted(page.desk, tmp_path))
    grid = page.result.grid
    grid.selectAll()
    menu = row_menu(grid)
    texts = {action.text(): action for action in menu.actions()}
    assert "导出本表…" in texts and "打印所选2行…" in texts
    texts["打印本表…"].trigger()
    [dialog] = page.window().findChildren(PaperDialog)
    qtbot.waitUntil(lambda: bool(dialog.papers), timeout=20_000)
    assert dialog.papers[0].document.title == "不一致"
    dialog.reject()
