"""The navigation: all pages in sight on a small screen, icons alone where it is narrow, scrolling where it is low."""

import pytest

from ui.places import GROUPS, PLACES, Place
from ui.style import Look, apply_style
from ui.widgets.navigation import Navigation

ROOM = 698 - 48 - 27  # of a window that fills 1366×768 beside its title and the task bar, without top and status bar


@pytest.fixture
def full(qtbot):
    """Every page the program is to have, under a title as long as the longest."""
    held = Navigation([Place(name, "年度锁定与定稿", "home", "", False) for group in GROUPS for name in group])
    qtbot.addWidget(held)
    held.show_file(True)
    held.resize(held.width(), ROOM)
    held.show()
    return held


def test_every_page_stands_in_a_group_in_the_order_of_the_groups():
    order = [name for group in GROUPS for name in group]
    assert [place.name for place in PLACES] == [name for name in order if name in {p.name for p in PLACES}]


def test_seventeen_pages_are_in_sight_on_a_small_screen(full):
    assert len([made for made in full._buttons.values() if made.isVisible()]) == 17
    assert full._scroll.verticalScrollBar().maximum() == 0
    assert {made.height() for made in full._buttons.values() if made.isVisible()} <= {33, 34, 35, 36}


def test_a_low_window_scrolls_to_the_page_on_show(full, qtbot):
    full.resize(full.width(), 300)
    full.show_page("settings")
    qtbot.waitUntil(lambda: full._scroll.verticalScrollBar().value() > 0)
    assert not full._buttons["settings"].visibleRegion().isEmpty()


def test_a_narrow_window_keeps_the_names_for_readers(full):
    wide = full.width()
    full.set_narrow(True)
    made = full._buttons["closing"]
    assert full.width() < 80 and made.text() == "" and made.accessibleName() == made.toolTip() == "年度锁定与定稿"
    full.set_narrow(False)
    assert full.width() == wide and made.text() == "年度锁定与定稿"


def test_larger_letters_ask_for_more_room(full, qapp):
    before = full.width()
    try:
        apply_style(qapp, Look(size=17))
        assert full.width() > before
        metrics = full.fontMetrics()
        assert full.width() > metrics.horizontalAdvance("年度锁定与定稿") + metrics.height()
    finally:
        apply_style(qapp, Look())
