"""实时核对: cards come and go while the officer works, and stay calm when nothing is wrong."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QScrollArea

from core import commands as c
from core.check import About
from core.ledger import Ledger
from core.outline import default_template_text
from core.policy import default_policy_text
from tests.builders import YEAR
from tests.ui.keys import press, type_text
from ui.widgets.dock import MOST, Dock
from ui.widgets.finding_card import FindingCard

Key = Qt.Key


def shown(desk, qtbot):
    dock = Dock(desk)
    qtbot.addWidget(dock)
    dock.resize(292, 600)
    with qtbot.waitExposed(dock):
        dock.show()
    qtbot.waitUntil(lambda: bool(dock._open.cards()) or dock._calm.isVisible())
    return dock


@pytest.fixture
def sample_dock(sample_desk, qtbot):
    return shown(sample_desk, qtbot)


def rules(dock):
    return [card.item.rule.id for card in dock._open.cards()]


def link(card, text):
    return next(b for b in card.findChildren(QPushButton) if b.text() == text and b.isVisibleTo(card))


def card_of(dock, rule):
    return next(card for card in dock._open.cards() if card.item.rule.id == rule)


def quiet(desk):
    """A year in which nothing is wrong: it has just begun."""
    year = date.today().year
    desk.commit(c.open_year(desk.book, year, default_policy_text(), default_template_text()))
    desk.set_year(year)


def test_all_open_findings_gravest_first(sample_dock):
    dock = sample_dock
    items = dock.desk.review().open
    assert rules(dock) == [item.rule.id for item in items]
    assert (dock._errors.text(), dock._warnings.text()) == (
        str(dock.desk.review().errors),
        str(dock.desk.review().warnings),
    )
    assert rules(dock)[0] == "C-001"


def test_a_card_shows_both_figures_the_difference_and_the_suspects(sample_dock):
    card = card_of(sample_dock, "C-001")
    text = (card._figures.text() + card._suspects.text()).replace("\u2060", "")
    for words in ("101.09", "101.12", "0.03", "31.14 → <b>31.11</b>", "69.98 → <b>69.95</b>"):
        assert words in text
    link(card, "怎么办").click()
    assert card._remedy.isVisibleTo(card) and card._remedy.text()


def test_cards_that_stay_are_the_same_widgets_and_the_place_is_kept(sample_dock, qtbot):
    dock, desk = sample_dock, sample_dock.desk
    area = dock.findChild(QScrollArea)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 300)
    area.verticalScrollBar().setValue(200)
    before = {card.item.finding.about: card for card in dock._open.cards()}
    where = next(p.project for p in desk.book.projects(YEAR) if p.name == "业务性专项经费")
    desk.commit(c.set_project(desk.book, YEAR, where, execution_reason="活动推迟，资金未全部使用。"))
    after = {card.item.finding.about: card for card in dock._open.cards()}
    assert len(after) == len(before) - 1
    assert all(before[about] is card for about, card in after.items())
    qtbot.wait(20)
    assert area.verticalScrollBar().value() == 200


def test_only_those_of_the_row_the_officer_is_at(sample_dock):
    dock, desk = sample_dock, sample_dock.desk
    where = next(p.project for p in desk.book.projects(YEAR) if p.name == "第五次换届大会费用")
    desk.selected.emit(About("project", where))
    dock._row.click()
    assert set(rules(dock)) == {"C-046", "C-021"}
    clean = next(p.project for p in desk.book.projects(YEAR) if p.name == "人员经费")
    desk.selected.emit(About("project", clean))
    assert rules(dock) == []
    assert dock._calm.isVisible() and "这一行没有问题" in dock._calm.text()
    dock._all.click()
    assert len(rules(dock)) == len(desk.review().open)


def test_nothing_wrong_is_said_calmly(desk, qtbot):
    quiet(desk)
    dock = shown(desk, qtbot)
    assert desk.review().open == ()
    assert "没有需要处理的问题" in dock._calm.text()
    assert not dock._errors.isVisible()


def test_locating_asks_for_the_place(sample_dock, qtbot):
    card = card_of(sample_dock, "C-001")
    with qtbot.waitSignal(sample_dock.desk.asked) as asked:
        link(card, "定位").click()
    assert asked.args == [card.item.finding.about]


def test_a_repair_is_offered_where_it_helps_taken_and_undone(sample_dock, qtbot):
    desk = sample_dock.desk
    card = card_of(sample_dock, "C-042")
    qtbot.waitUntil(lambda: card._repair.isVisibleTo(card))
    card._repair.click()
    assert "C-042" not in rules(sample_dock)
    desk.undo()
    assert "C-042" in rules(sample_dock)
    assert not card_of(sample_dock, "C-001")._repair.isVisibleTo(card_of(sample_dock, "C-001"))


def test_a_reason_is_written_in_the_card_and_withdrawn(sample_dock):
    dock = sample_dock
    card = card_of(dock, "C-077")
    link(card, "写说明").click()
    press(card._input, Key.Key_Return)
    assert "请写明" in card._fault.text()
    type_text(card._input, "经批准用当年预算支付上年尾款")
    press(card._input, Key.Key_Return)
    assert "C-077" not in rules(dock)
    dock._waived._head.click()
    (waived,) = dock._waived._cards.cards()
    assert "经批准用当年预算支付上年尾款" in waived._reason.text()
    link(waived, "撤回说明").click()
    assert "C-077" in rules(dock)
    assert not dock._waived.isVisible()


def test_to_dos_are_folded_until_asked_for(sample_desk, qtbot):
    sample_desk.today = lambda: date(2023, 3, 15)
    dock = shown(sample_desk, qtbot)
    todo = sample_desk.review().todo
    assert todo and str(len(todo)) in dock._todo._head.text()
    assert dock._todo._cards.cards() == []
    dock._todo._head.click()
    assert len(dock._todo._cards.cards()) == min(len(todo), MOST)


def test_too_many_findings_are_counted_not_shown(desk, qtbot):
    where = desk.book.projects(YEAR)[0].project
    for number in range(MOST + 5):
        desk.commit(c.add_project(desk.book, YEAR, f"超支{number}", "业务工作专项"))
        where = desk.book.projects(YEAR)[-1].project
        desk.commit(c.add_payment(desk.book, YEAR, where, "2023-05-05", 100))
    dock = shown(desk, qtbot)
    assert len(dock._open.cards()) == MOST
    assert dock._more.isVisible()
    with qtbot.waitSignal(dock.more_asked):
        dock._more.click()


def test_a_read_only_file_offers_no_reasons(desk, qtbot):
    where = desk.book.projects(YEAR)[0].project
    desk.commit(c.add_payment(desk.book, YEAR, where, "2023-05-05", 5_000_000))
    path = desk.ledger.path
    desk.close()
    desk.show_ledger(Ledger.open(path, readonly=True), YEAR)
    card = FindingCard(desk.review().open[0], desk)
    qtbot.addWidget(card)
    assert not card._waive.isVisibleTo(card)
