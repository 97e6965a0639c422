"""The help: found by words, opened at a rule from its card, and told by the policy of the year on show."""

import inspect
import re
from dataclasses import fields

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import QPushButton

from core import commands
from core.help_topics import HOWTOS, examples, topics
from core.policy import Policy, default_policy_text, parse_policy
from core.rule_table import THRESHOLDS, table, thresholds
from core.rules import BY_ID, RULES
from tests.ui.keys import press, replace_text
from ui.actions import COMMANDS, PLACE_KEYS, REPORT_KEYS
from ui.guidance import START, topic_of
from ui.places import PLACES
from ui.widgets.finding_card import FindingCard

Key = Qt.Key


def shown(window) -> str:
    return window.guidance.help.title.text() + "\n" + window.guidance.help.text.toPlainText()


@pytest.fixture
def opened(window, qtbot):
    press(window, Key.Key_F1)
    qtbot.waitUntil(lambda: window.guidance.help is not None and window.guidance.help.isVisible())
    yield window.guidance.help
    window.guidance.help.close()


def items(dialog) -> list[str]:
    found, item = [], dialog.tree.topLevelItem(0)
    while item is not None:
        if item.data(0, Qt.ItemDataRole.UserRole):
            found.append(item.text(0))
        item = dialog.tree.itemBelow(item)
    return found


def test_f1_opens_it_with_the_how_tos_first(window, opened):
    assert opened.text.hasFocus() and opened.key() == "01-overview"
    assert "总览" in items(opened)[:2]
    opened.show_topic("01-start")
    assert "决算口径" in shown(window)
    assert len(list(HOWTOS.glob("*.md"))) >= 13


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_f1_opens_the_topic_of_every_page(window, place):
    window.show_page(place.name)
    assert topic_of(place.name) != START, "the page has no help of its own"
    press(window, Key.Key_F1)
    assert window.guidance.help.key() == topic_of(place.name)
    assert place.title in shown(window)
    window.guidance.help.close()


def test_f1_knows_the_part_of_a_page(window):
    window.show_page("projects")
    press(window.current.grid, Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    press(window.current.details.stated.view, Key.Key_F1)
    assert window.guidance.help.key() == "04-stated"
    window.show_page("findings")
    card = window.findChildren(FindingCard)[0]
    card.findChild(QPushButton).setFocus()
    assert window.guidance.topic_here() == card.item.rule.id
    window.guidance.help.close()


def test_it_is_found_by_words_and_gone_through_by_keys(window, opened, qtbot):
    replace_text(opened.filter, "连续两年")
    found = items(opened)
    assert any(title.startswith("C-014") for title in found) and "常用名词" in found
    first = opened.key()
    press(opened.filter, Key.Key_Down)
    assert opened.key() != first
    assert opened.title.text() in found
    replace_text(opened.filter, "没有这样的词语")
    assert items(opened) == [] and opened._none.isVisible()


def test_a_card_opens_the_rule_with_this_years_threshold(window, qtbot):
    window.show_page("findings")
    item = next(one for one in window.desk.review().open if one.rule.id == "C-019")
    card = FindingCard(item, window.desk)
    qtbot.addWidget(card)
    card.show()
    link = next(b for b in card.findChildren(QPushButton) if b.accessibleName().startswith("这条规则"))
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert window.guidance.help.isVisible() and window.guidance.help.key() == "C-019"
    text = shown(window)
    rule = BY_ID["C-019"]
    assert rule.title in text and rule.why in text and rule.remedy in text
    assert "2023年度的标准" in text and "执行率低于90%的要说明原因" in text
    window.guidance.help.close()


def test_the_thresholds_follow_the_policy_of_the_year(window, opened):
    opened.show_topic("C-019")
    assert "低于90%" in shown(window)
    desk = window.desk
    text = desk.book.year(desk.year).policy.replace("reason_below = 90", "reason_below = 85")
    desk.commit(commands.set_year(desk.book, desk.year, policy=text))
    assert "低于85%" in shown(window)
    desk.set_year(2024)
    assert "2024年度的标准" in shown(window) and "低于90%" in shown(window)


def test_a_link_in_a_text_goes_to_the_rule(window, opened):
    opened.show_topic("07-report")
    assert "rule:C-044" in opened.text.toHtml()
    opened.text.anchorClicked.emit(QUrl("rule:C-044"))
    assert opened.key() == "C-044"
    assert opened.title.text().endswith(BY_ID["C-044"].title)


def test_the_keys_are_listed(window, opened):
    opened.show_topic("keys")
    text = shown(window)
    for command in COMMANDS:
        assert command.keys in text
    for what, keys in (*PLACE_KEYS, *REPORT_KEYS):
        assert what in text and keys in text
    assert "项目预算" in text and "Ctrl+2" in text


def test_no_key_of_any_page_is_left_out(window):
    for place in PLACES:
        window.show_page(place.name)
    window.guidance.show_help("keys")
    text = shown(window)
    shortcuts = [one.key().toString() for one in window.findChildren(QShortcut)]
    shortcuts += [action.shortcut().toString() for action in window.findChildren(QAction)]
    words = {"PgDown": "PageDown", "PgUp": "PageUp", "Ins": "Insert", "Return": "Enter"}
    named = {"+".join(words.get(part, part) for part in key.split("+")) for key in shortcuts}
    assert sorted(key for key in named if key and key not in text) == []
    window.guidance.help.close()


def test_every_rule_has_its_page_and_the_readme_the_same_words():
    found = {topic.key: topic for topic in topics(Policy(), 2023, {})}
    readme = table()
    for rule in RULES:
        assert rule.why in found[rule.id].text and rule.remedy.split("。")[0] in found[rule.id].text.replace("[", "")
        assert f"| {rule.id} |" in readme and rule.why in readme


def test_every_rule_has_an_example_of_its_own():
    assert set(examples()) == {rule.id for rule in RULES}
    assert len(set(examples().values())) == len(RULES)
    found = {topic.key: topic.text for topic in topics(Policy(), 2023, {})}
    for rule, (wrong, right) in examples().items():
        assert wrong.endswith(("。", "。”")) and right.endswith(("。", "。”")) and wrong != right, rule
        assert wrong in found[rule] and right in found[rule], rule


def test_what_a_rule_reads_from_the_policy_is_told():
    names = {one.name for one in fields(Policy)}
    for rule in RULES:
        source = inspect.getsource(rule.run)
        read = set(re.findall(r"policy(?:\([a-z_.]*\))?\.([a-z_]+)", source)) & names
        assert read <= set(THRESHOLDS.get(rule.id, ())), rule.id
    assert set(THRESHOLDS) <= set(BY_ID)
    policy = parse_policy(default_policy_text())
    assert all(thresholds(rule, policy) for rule in THRESHOLDS)


def test_another_policy_tells_other_thresholds():
    text = '[execution]\nreason_below = 80\nreason_required = true\n[severities]\n"C-019" = "error"\n'
    assert thresholds("C-019", parse_policy(text))[:2] == ["执行率低于80%的要说明原因", "必须填写原因"]
    assert thresholds("C-019", parse_policy(text))[-1] == "本年口径定为错误"


def test_what_the_how_tos_link_to_is_there():
    for path in HOWTOS.glob("*.md"):
        for rule in re.findall(r"\(rule:([^)]+)\)", path.read_text(encoding="utf-8")):
            assert rule in BY_ID, path.name
