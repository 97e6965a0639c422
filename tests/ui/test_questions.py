"""Questions of the rules: answered on the card, listed where they can be changed and taken back."""

import pytest
from PySide6.QtCore import Qt

from core import commands
from core.ledger import Ledger
from tests.builders import YEAR
from tests.ui.keys import press, replace_text, type_text
from ui.pages.findings import FindingsPage
from ui.widgets.finding_card import FindingCard

Key = Qt.Key


@pytest.fixture
def sample_desk(sample_desk):
    """The sample before the dates of approval and disclosure were filled in: C-083 asks."""
    desk = sample_desk
    desk.commit(commands.set_names(desk.book, YEAR, approved_on="", disclosed_on=""))
    return desk


@pytest.fixture
def page(sample_desk, qtbot):
    page = FindingsPage(sample_desk)
    qtbot.addWidget(page)
    page.resize(1180, 700)
    sample_desk.changed.connect(page.refresh)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.refresh(None)
    return page


def asked(page, rule):
    assert page.list.choose(lambda item: item.rule.id == rule)
    return page.detail.card


def click(qtbot, card, choice):
    qtbot.mouseClick(card.choices.buttons[choice], Qt.MouseButton.LeftButton)


def answers(desk):
    return [(item.rule.id, item.answer.answer, item.answer.note) for item in desk.review().answered]


def test_a_question_shows_its_answers_and_no_other_way_out(page):
    card = asked(page, "C-083")
    texts = [made.text() for made in card.choices.buttons.values()]
    assert texts == ["已按时公开", "没有按时公开", "按规定不公开"]
    assert all(made.isVisible() for made in card.choices.buttons.values())
    assert not card._waive.isVisible() and not card.choices.withdraw.isVisible()
    other = asked(page, "C-001")
    assert not other.choices.isVisible() and other._waive.isVisible()


def test_answering_settles_it_and_lists_it_as_answered(page, qtbot):
    desk = page.desk
    click(qtbot, asked(page, "C-083"), "in_time")
    assert answers(desk) == [("C-083", "in_time", "")]
    assert desk.ledger.undo_label == "回答：决算是否按时公开"
    assert not [item for item in desk.review().open if item.rule.id == "C-083"]
    page.kinds["answered"].click()
    (item,) = page.list.items()
    assert (item.rule.id, item.message) == ("C-083", "已回答：已按时公开")
    assert page.kinds["answered"].text() == "已回答 1"
    card = page.detail.card
    assert card.choices.buttons["in_time"].property("role") == "choice-given"
    assert card.choices.withdraw.isVisible()


def test_an_answer_is_changed_with_a_note_and_taken_back(page, qtbot):
    desk = page.desk
    click(qtbot, asked(page, "C-083"), "in_time")
    page.kinds["answered"].click()
    card = page.detail.card
    card.choices.note.setFocus()
    type_text(card.choices.note, "系统故障，已向财政说明")
    click(qtbot, card, "late")
    assert answers(desk) == [("C-083", "late", "系统故障，已向财政说明")]
    assert page.list.item().message == "已回答：没有按时公开（系统故障，已向财政说明）"
    card = page.detail.card
    card.choices.note.setFocus()
    replace_text(card.choices.note, "网站故障")
    press(card.choices.note, Key.Key_Return)
    assert answers(desk) == [("C-083", "late", "网站故障")]
    qtbot.mouseClick(card.choices.withdraw, Qt.MouseButton.LeftButton)
    assert answers(desk) == []
    assert [item for item in desk.review().open if item.rule.id == "C-083"]
    desk.undo()
    assert answers(desk) == [("C-083", "late", "网站故障")]


def test_an_answer_that_does_not_settle_it_stays_with_its_finding(page, qtbot):
    desk = page.desk
    card = asked(page, "C-078")
    place = card.item.finding.about
    click(qtbot, card, "apart")
    assert answers(desk) == []
    (item,) = [i for i in desk.review().open if i.finding.about == place and i.rule.id == "C-078"]
    assert item.answer.answer == "apart" and "已回答不属于本项目" in item.message
    held = asked(page, "C-078")
    assert held.choices.buttons["apart"].property("role") == "choice-given"
    click(qtbot, held, "belongs")
    assert [(rule, choice) for rule, choice, _note in answers(desk)] == [("C-078", "belongs")]


def test_a_note_without_an_answer_asks_for_one(page):
    before, card = page.desk.book, asked(page, "C-083")
    card.choices.note.setFocus()
    type_text(card.choices.note, "说明")
    press(card.choices.note, Key.Key_Return)
    assert "请点选一个答案" in card.choices._fault.text() and card.choices._fault.isVisible()
    assert page.desk.book is before


def test_in_a_narrow_card_the_answers_take_two_rows(sample_desk, qtbot):
    item = next(i for i in sample_desk.review().open if i.rule.id == "C-083")
    card = FindingCard(item, sample_desk)
    qtbot.addWidget(card)
    card.setFixedWidth(270)
    with qtbot.waitExposed(card):
        card.show()
    rights = {key: made.geometry().right() for key, made in card.choices.buttons.items()}
    tops = [made.geometry().top() for made in card.choices.buttons.values()]
    assert max(rights.values()) < card.choices.width()
    assert tops[0] == tops[1] < tops[2]
    card.setFixedWidth(600)
    qtbot.waitUntil(lambda: len({made.geometry().top() for made in card.choices.buttons.values()}) == 1)
    card.setFixedWidth(270)
    qtbot.waitUntil(lambda: len({made.geometry().top() for made in card.choices.buttons.values()}) == 2)
    assert max(made.geometry().right() for made in card.choices.buttons.values()) < card.choices.width() < 270


def test_a_file_that_cannot_be_written_shows_its_answers_only(sample_desk, qtbot):
    path = sample_desk.ledger.path
    sample_desk.close()
    sample_desk.show_ledger(Ledger.open(path, readonly=True), YEAR)
    item = next(i for i in sample_desk.review().open if i.rule.choices)
    card = FindingCard(item, sample_desk)
    qtbot.addWidget(card)
    card.show()
    assert not any(made.isEnabled() for made in card.choices.buttons.values())
