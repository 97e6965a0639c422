"""The tour of the sample by keys: each step stands beside its place, notices what is put right, and is gone on with."""

import pytest
from PySide6.QtCore import QRect, Qt

from core import commands
from core.sample import sample_book
from core.tour import is_sample, open_item, tour_steps, tour_year
from tests.ui.conftest import TODAY
from tests.ui.keyboard import Keyboard
from tests.ui.windows import opened
from ui.widgets.tour_card import place_of_keys

Key = Qt.Key


@pytest.fixture
def keys(window):
    window.resize(1366, 768)
    keys = Keyboard(window)
    keys.search("示例导览")
    return keys


def card(window, qtbot):
    found = window.guidance.card
    qtbot.waitUntil(lambda: found.isVisible() and found.next.hasFocus())
    return found


def number(window) -> int:
    return window.guidance._step + 1


def test_every_step_is_an_open_finding_of_the_sample(window):
    review = window.desk.review()
    assert 6 <= len(tour_steps()) <= 8 and window.desk.year == tour_year()
    for step in tour_steps():
        assert open_item(step, window.desk.book, review.open) is not None, step.rule


def test_it_is_gone_through_with_enter_alone(window, keys, qtbot):
    pages = []
    for place, step in enumerate(tour_steps(), 1):
        shown = card(window, qtbot)
        assert number(window) == place and step.title in shown.text and step.do in shown.text
        assert "已经改好" not in shown.text
        assert window.rect().contains(shown.geometry())
        pages.append(window.current.name)
        keys.press(Key.Key_Return)
    assert {"projects", "report"} <= set(pages)
    assert not shown.isVisible() and "导览结束" in window.notice.text
    assert window.settings.tour_step == 0


def test_the_card_leaves_its_place_free_and_the_keys_get_there(window, keys, qtbot):
    for _step in tour_steps():
        shown = card(window, qtbot)
        keys.tab_to("去处理")
        keys.press(Key.Key_Space)
        assert not shown.isAncestorOf(keys.place) and window.current.isAncestorOf(keys.place)
        assert not shown.geometry().intersects(place_of_keys(window).intersected(QRect(window.rect())))
        keys.area(shown.next.text())
        keys.press(Key.Key_Return)


def test_what_is_put_right_is_noticed(window, keys, qtbot):
    shown = card(window, qtbot)
    keys.tab_to("去处理")
    keys.press(Key.Key_Space)
    keys.row_of("调整追加")
    keys.type("31.11")
    keys.press(Key.Key_Return)
    assert "已经改好" in shown.text
    window.undo()
    assert "已经改好" not in shown.text


def test_it_is_left_with_esc_and_gone_on_with_from_the_note(window, keys, qtbot):
    card(window, qtbot)
    keys.press(Key.Key_Return)
    shown = card(window, qtbot)
    keys.press(Key.Key_Escape)
    assert not shown.isVisible() and window.current.isAncestorOf(keys.place)
    keys.press(Key.Key_1, held=Qt.KeyboardModifier.ControlModifier)
    keys.tab_to("示例导览")
    keys.press(Key.Key_Space)
    assert card(window, qtbot) is shown and number(window) == 2


def test_another_file_gives_way_to_the_sample(desk, qtbot, settings, tmp_path, monkeypatch):
    assert is_sample(sample_book()) and not is_sample(desk.book)
    monkeypatch.setattr("ui.files.documents", lambda: tmp_path)
    window = opened(qtbot, settings, TODAY)
    window.guidance.start_tour()
    assert is_sample(window.desk.book)
    assert card(window, qtbot).isVisible()
    window.desk.commit(commands.set_year(window.desk.book, tour_year(), note=""))
    window.close()
