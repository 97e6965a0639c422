"""总览: its figures are the ledger's, everything on it leads somewhere, and many projects scroll."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea

from core import commands
from core.check import About
from core.ledger import Ledger
from core.model import EventKind, YearState
from core.outline import default_template_text
from core.overview import StepState
from core.policy import default_policy_text
from core.rules import BY_ID
from tests.builders import WAN, YEAR
from ui.desk import Desk
from ui.pages.overview import OverviewPage
from ui.settings import Settings
from ui.widgets.cards import BigFigure
from ui.widgets.chart import round_step
from ui.window import Window


@pytest.fixture
def page(sample_desk, qtbot):
    return shown(OverviewPage(sample_desk), qtbot)


def shown(page, qtbot, width=1214, height=676):
    qtbot.addWidget(page)
    page.resize(width, height)
    page.show()
    qtbot.waitExposed(page)
    return page


def figures(page):
    return {name: card.figure for name, card in page.cards.items()}


def test_cards_of_the_sample(page) -> None:
    got = figures(page)
    assert (got["budget"], got["spent"], got["rate"], got["carried"], got["recovered"]) == (
        "105.64", "101.09", "95.69%", "3.00", "1.55")  # fmt: skip
    assert page.cards["budget"].note == "年初 69.98 · 调整 35.66"
    assert page.cards["spent"].note == "基本 93.98 · 项目 7.11"
    assert page.cards["recovered"].note == "2个项目"
    assert got["findings"] == str(len(page.desk.review().open))
    assert page.note.text.startswith("本年度为示例")


def test_cards_in_yuan_fit_their_width(page, qtbot) -> None:
    page.desk.set_money_unit("元")
    page.resize(922, 676)
    assert figures(page)["budget"] == "1,056,400.00"
    for card in page.cards.values():
        shown_as = card.findChild(BigFigure)
        assert QFontMetrics(shown_as.fitting_font()).horizontalAdvance(card.figure) <= shown_as.width()
    assert page.chart._labels()[-1] == "1,250,000"


def test_pace_is_told_only_while_the_year_is_executed(desk, qtbot) -> None:
    desk.today = lambda: date(YEAR, 6, 10)
    page = shown(OverviewPage(desk), qtbot)
    assert page.cards["rate"].note == "序时进度 50.0%，快19.0个百分点"
    desk.commit(commands.set_year(desk.book, YEAR, state=YearState.LOCKED))
    assert page.cards["rate"].note == "未支出 0.93"


def test_an_edit_shows_at_once(page) -> None:
    desk = page.desk
    where = desk.book.projects(2023)[2].project
    desk.commit(commands.add_payment(desk.book, 2023, where, "2023-12-30", WAN))
    assert figures(page)["spent"] == "102.09"
    desk.undo()
    assert figures(page)["spent"] == "101.09"


def test_a_todo_leads_to_what_it_is_about(page, qtbot) -> None:
    first = page.desk.review().open[0]
    assert page.todos[0].text() == BY_ID[first.finding.rule].title
    with qtbot.waitSignal(page.desk.asked) as asked:
        QTest.mouseClick(page.todos[0], Qt.MouseButton.LeftButton)
    assert asked.args == [first.finding.about]
    with qtbot.waitSignal(page.desk.asked) as asked:
        page.todos[0].setFocus()
        QTest.keyClick(page.todos[0], Qt.Key.Key_Space)
    assert asked.args == [first.finding.about]


def test_a_click_on_the_chart_goes_to_the_projects(page, qtbot) -> None:
    with qtbot.waitSignal(page.desk.asked) as asked:
        QTest.mouseClick(page.chart, Qt.MouseButton.LeftButton)
    assert asked.args == [About("page", field="projects")]


def test_the_chart_says_the_figures_of_a_month(page, qtbot) -> None:
    chart = page.chart
    area = chart._area()
    QTest.mouseMove(chart, QPoint(int(area.right()) - 2, 60))
    qtbot.waitUntil(lambda: chart.month == 11)
    assert ("累计支出", "101.09") in chart.figures(11)
    assert ("序时进度", "105.64") in chart.figures(11)
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.month == 10
    assert chart.accessibleDescription().startswith("11月：当月支出")


def test_the_curve_of_a_running_year_ends_today(desk, qtbot) -> None:
    desk.today = lambda: date(YEAR, 6, 10)
    page = shown(OverviewPage(desk), qtbot)
    assert page.chart.figures(5)[1] == ("累计支出", "2.07")
    assert page.chart.figures(6) == [("序时进度", "1.75")]


def test_bars_lead_to_their_project_by_mouse_and_by_key(page, qtbot) -> None:
    third = page.desk.book.projects(2023)[2].project
    with qtbot.waitSignal(page.desk.asked) as asked:
        QTest.mouseClick(page.bars, Qt.MouseButton.LeftButton, pos=page.bars.row_rect(2).center())
    assert asked.args == [About("project", third)]
    page.bars.setFocus()
    QTest.keyClick(page.bars, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.desk.asked) as asked:
        QTest.keyClick(page.bars, Qt.Key.Key_Return)
    assert asked.args == [About("project", page.desk.book.projects(2023)[3].project)]
    assert "结转 3.00" in page.bars.accessibleDescription()


def test_steps_lead_to_their_pages(page, qtbot) -> None:
    assert [made.step.state for made in page.steps][:3] == [StepState.DONE, StepState.DONE, StepState.CURRENT]
    with qtbot.waitSignal(page.desk.asked) as asked:
        QTest.mouseClick(page.steps[2], Qt.MouseButton.LeftButton)
    assert asked.args == [About("page", field="findings")]


def test_the_note_opens(page) -> None:
    assert "报告文字有意保留" not in page.note.text
    QTest.mouseClick(page.note._more, Qt.MouseButton.LeftButton)
    assert "报告文字有意保留" in page.note.text


def test_a_year_without_projects_says_what_to_do(qapp, tmp_path, qtbot) -> None:
    ledger = Ledger.create(tmp_path / "空.ysz")
    ledger.commit(commands.found_unit(ledger.book))
    ledger.commit(commands.open_year(ledger.book, YEAR, default_policy_text(), default_template_text()))
    desk = Desk()
    desk.today = lambda: date(YEAR, 1, 10)
    desk.show_ledger(ledger, YEAR)
    page = shown(OverviewPage(desk), qtbot)
    assert page._start.isVisible() and not page._figures.isVisible()
    with qtbot.waitSignal(desk.asked) as asked:
        QTest.mouseClick(page._start.findChildren(type(page._all))[0], Qt.MouseButton.LeftButton)
    assert asked.args == [About("page", field="projects")]
    assert page._start_title.text() == "这个年度还没有项目。"
    desk.commit(commands.add_project(desk.book, YEAR, "业务费", "业务工作专项"))
    assert page._start.isVisible() and page._start_title.text() == "这个年度还没有录入预算。"
    project = desk.book.projects(YEAR)[0].project
    desk.commit(commands.add_event(desk.book, YEAR, project, EventKind.INITIAL, f"{YEAR}-01-01", 100))
    assert page._figures.isVisible() and not page._start.isVisible()
    desk.close()


def test_fifty_projects_scroll_and_nothing_is_cut_off(desk, qtbot) -> None:
    for number in range(50):
        name = f"第{number}个名称相当长的年度重点工作专项经费项目"
        desk.commit(commands.add_project(desk.book, YEAR, name, "业务工作专项"))
    page = shown(OverviewPage(desk), qtbot, 922, 600)
    scroll = page.findChild(QScrollArea)
    qtbot.waitUntil(lambda: scroll.verticalScrollBar().maximum() > 1000)
    assert scroll.horizontalScrollBar().maximum() == 0
    for width in (1214, 1288, 922):
        page.resize(width, 676)
        for widget in (*page.cards.values(), page.chart, page.bars, *page.steps):
            left = widget.mapTo(page, QPoint(0, 0)).x()
            assert left >= 0 and left + widget.width() <= page.width()


@pytest.mark.parametrize(("top", "step"), [(0, 100), (501, 200), (10_564_0000, 25_000_000), (100 * WAN, 20 * WAN)])
def test_grid_lines_are_round(top, step) -> None:
    assert round_step(top, 5) == step


def test_in_the_window_everything_leads_to_its_page(sample_desk, tmp_path, qtbot) -> None:
    window = Window(sample_desk, Settings(tmp_path))
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.show_page("overview")
    page = window.current

    def leads(widget, **where) -> str:
        window.show_page("overview")
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, **where)
        return window.current.name

    assert leads(page.chart) == "projects"
    assert leads(page.bars, pos=page.bars.row_rect(1).center()) == "projects"
    assert [leads(made) for made in page.steps] == ["projects", "projects", "findings", "report"]
    window.show_page("overview")
    listed = [made for made in page.todos if made.isVisible()]
    assert len(listed) == 6
    expected = {"stated": "projects", "project": "projects", "section": "report"}
    kinds = [item.finding.about.kind for item in sample_desk.review().open[:6]]
    assert [leads(made) for made in listed] == [expected[kind] for kind in kinds]
