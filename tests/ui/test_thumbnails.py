"""The pages at the side of a preview, and the forms of the annex that lead to what they were filled from."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from core import commands
from core.check import About
from core.figures import Ref
from core.form_items import RATE, TOTAL, WHOLE_INITIAL
from tests.ui.keys import press
from tests.ui.reports import YEAR, go, opened_page, settle
from ui.widgets.preview import FIT_PAGE, FIT_WIDTH

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot, sample_desk):
    yield from opened_page(qtbot, sample_desk)


def with_thumbnails(page, qtbot):
    qtbot.mouseClick(page.preview._toggle, LEFT)
    thumbnails = page.preview.thumbnails
    qtbot.waitUntil(lambda: thumbnails.is_drawn and page.preview.view.is_drawn)
    return thumbnails


def test_they_are_shown_when_asked_for(page, qtbot):
    assert page.preview.thumbnails.isHidden() and page.preview.thumbnails.pages == 0, "nothing is drawn in secret"
    thumbnails = with_thumbnails(page, qtbot)
    assert thumbnails.pages == page.preview.view.pages > 10
    image = thumbnails.viewport().grab().toImage()
    box = thumbnails._boxes[0]
    inks = {image.pixelColor(x, y).lightness() for x in range(box.left(), box.right()) for y in range(20, box.bottom())}
    assert min(inks) < 160, "the cover is drawn, small"
    qtbot.mouseClick(page.preview._toggle, LEFT)
    assert thumbnails.isHidden()


def test_a_click_and_the_arrow_keys_choose_a_page(page, qtbot):
    thumbnails = with_thumbnails(page, qtbot)
    view = page.preview.view
    place = thumbnails._boxes[2].center() - QPoint(0, thumbnails.verticalScrollBar().value())
    qtbot.mouseClick(thumbnails.viewport(), LEFT, pos=place)
    assert view.page == 2
    thumbnails.setFocus()
    press(thumbnails, Key.Key_Down)
    assert view.page == 3
    press(thumbnails, Key.Key_End)
    assert view.page == view.pages - 1
    box = thumbnails._boxes[-1].translated(0, -thumbnails.verticalScrollBar().value())
    assert thumbnails.viewport().rect().contains(box), "the framed page is in view"
    press(thumbnails, Key.Key_Home)
    assert view.page == 0


def test_they_follow_the_page_and_the_text(page, qtbot):
    thumbnails = with_thumbnails(page, qtbot)
    press(page.preview.view, Key.Key_PageDown)
    assert thumbnails._chosen == page.preview.view.page == 1
    go(page, "overall")
    page.section.editor.setFocus()
    page.section.editor.insert_raw("补充说明。\n" * 60)
    before = thumbnails.pages
    settle(page, qtbot)
    assert thumbnails.pages == page.preview.view.pages > before


def test_the_keys_of_the_preview(page, qtbot):
    view = page.preview.view
    view.setFocus()
    press(view, Key.Key_T)
    assert not page.preview.thumbnails.isHidden()
    press(view, Key.Key_T)
    assert page.preview.thumbnails.isHidden()
    press(view, Key.Key_9)
    assert view.zoom == FIT_PAGE and page.preview._zoom.text() == "整页"
    press(view, Key.Key_0)
    assert view.zoom == FIT_WIDTH and page.preview._zoom.text() == "适合宽度"
    before = view.percent
    centre = QPointF(view.viewport().rect().center())
    wheel = QWheelEvent(
        centre,
        QPointF(view.viewport().mapToGlobal(centre.toPoint())),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), wheel)
    assert view.percent > before
    press(view, Key.Key_End)
    assert page.preview._number.text() == f"{view.pages} / {view.pages}"


# Forms


def press_on(page, ref) -> None:
    place = next(one for one in page.preview.paper.info.places if one.ref == ref and one.anchor is None)
    box = place.box
    page.preview.view.clicked.emit(box.page, (box.left + box.right) / 2, (box.top + box.bottom) / 2)


def lines(page) -> list[list[str]]:
    return [list(line.texts) for line in page.sources.model.rows]


def test_a_figure_of_a_form_shows_its_sources(page, qtbot):
    press_on(page, Ref(YEAR, 0, RATE))
    assert page.sources.isVisible()
    assert page.sources._title.text() == "数据来源：自评执行率 95.69"
    assert lines(page)[0][0] == "年度资金总额：全年执行数 1,010,900.00 ÷ 全年预算数 1,056,400.00"
    assert ["按台账计算", "", "95.69"] in lines(page)
    chosen = [mark for mark in page.preview.view.highlights if mark.chosen]
    assert len(chosen) == 1
    press_on(page, Ref(YEAR, 0, WHOLE_INITIAL))
    assert page.sources._title.text().startswith("数据来源：年度资金总额年初预算数 ")
    assert "金额（万元）" in page.sources.model.headerData(2, Qt.Orientation.Horizontal)


def test_a_stated_figure_of_a_form_is_told_apart(page, qtbot, sample_desk):
    change = commands.state(sample_desk.book, YEAR, TOTAL, 9500, printed_unit="分", source_table="整体自评表")
    sample_desk.commit(change)
    settle(page, qtbot)
    press_on(page, Ref(YEAR, 0, TOTAL))
    assert ["填报数", "整体自评表", "95.00"] in lines(page)


def test_from_the_sources_to_the_page_of_the_form(page, qtbot, sample_desk):
    press_on(page, Ref(YEAR, 0, RATE))
    grid = page.sources.grid
    with qtbot.waitSignal(sample_desk.asked) as asked:
        grid.setCurrentIndex(page.sources.model.index(len(page.sources.model.rows) - 1, 0))
        qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert asked.args[0] == About("evaluation", 0)


@pytest.mark.parametrize("kind", ["evaluation", "fact"])
def test_the_title_of_a_form_leads_to_where_it_is_filled_in(page, qtbot, sample_desk, kind):
    info = page.preview.paper.info
    place = next(one for one in info.places if one.anchor and one.anchor.kind == kind)
    with qtbot.waitSignal(sample_desk.asked) as asked:
        page.preview.view.clicked.emit(place.box.page, place.box.left + 150, (place.box.top + place.box.bottom) / 2)
    assert asked.args[0].kind == kind


def test_the_cursor_takes_the_sources_back(page, qtbot):
    go(page, "income")
    press_on(page, Ref(YEAR, 0, RATE))
    assert "自评执行率" in page.sources._title.text()
    page.section.editor.go_to_figure(0, "支出")
    assert "自评执行率" not in page.sources._title.text()
