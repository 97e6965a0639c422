"""The preview of printed pages: drawn in the worker, keeps its place, marks stand on the screen only."""

from functools import partial
from io import BytesIO

import pypdfium2
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor

from core.figures import Ref
from core.jobs import Progress
from core.report.choice import USUAL_CHOICE
from core.sample import SHOWN_YEAR, sample_book
from ui.paper import draw_page, joined, links_of, page_images, print_submission
from ui.tasks import paper_lane
from ui.widgets.preview import FIT_PAGE, FIT_WIDTH, Highlight, PdfPreview
from ui.widgets.preview_pane import PreviewPane


@pytest.fixture(scope="module")
def paper():
    return print_submission(sample_book(), SHOWN_YEAR, USUAL_CHOICE, Progress())


@pytest.fixture
def view(qtbot, paper):
    view = PdfPreview()
    qtbot.addWidget(view)
    view.resize(500, 600)
    view.show()
    view.show_pdf(paper.pdf, paper.info.sizes)
    qtbot.waitUntil(lambda: view.is_drawn)
    yield view
    view.hide()
    paper_lane.finish()


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(document[n].get_textpage().get_text_bounded() for n in range(len(document)))
    finally:
        document.close()


def darkness(image, rect) -> int:
    """How many pixels of an area are not white."""
    left, top, right, bottom = rect
    return sum(image.pixelColor(x, y) != QColor("white") for x in range(left, right, 2) for y in range(top, bottom, 2))


def test_a_page_is_drawn_at_the_wanted_width(paper):
    drawn = draw_page(paper.pdf, 1, 300, Progress())
    assert (drawn.page, drawn.image.width(), drawn.image.height()) == (1, 300, 425)
    assert darkness(drawn.image, (0, 0, 300, 425)) > 500
    assert drawn.image.pixelColor(2, 2) == QColor("white")


def test_pages_for_a_printer_come_in_order_with_progress(paper):
    steps = []
    images = list(
        page_images(paper.pdf, [0, paper.info.pages - 1], 72, Progress(lambda done, total: steps.append((done, total))))
    )
    assert [(i.width(), i.height()) for i in images] == [(595, 842), (842, 596)]
    assert steps == [(0, 2), (1, 2), (2, 2)]


def test_joined_pdfs_have_all_pages(paper):
    both = pypdfium2.PdfDocument(BytesIO(joined([paper.pdf, paper.pdf])))
    assert len(both) == 2 * paper.info.pages
    both.close()


def test_every_page_is_as_wide_as_the_window(view, paper):
    room = view.viewport().width()
    assert {box.width() for box in view._boxes} == {view._boxes[0].width()}
    assert room - 40 <= view._boxes[0].width() < room
    assert view.pages == paper.info.pages


def test_a_new_pdf_keeps_the_place_on_show_and_only_redraws(view, qtbot):
    view.verticalScrollBar().setValue(777)
    qtbot.waitUntil(lambda: view.is_drawn)
    again = print_submission(sample_book(), SHOWN_YEAR - 1, USUAL_CHOICE, Progress())
    view.show_pdf(again.pdf, again.info.sizes)
    assert view.verticalScrollBar().value() == 777
    assert not view.is_drawn
    assert view._images, "the old pictures stay until the new ones are drawn"
    qtbot.waitUntil(lambda: view.is_drawn)


def test_page_by_page_and_its_number(view, qtbot):
    with qtbot.waitSignal(view.page_changed) as told:
        view.go_to_page(3)
    assert told.args == [4, view.pages]
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert view.page == 4
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.page == view.pages - 1
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.page == 0


def test_zoom_keeps_the_place_and_resizing_fits_again(view, qtbot):
    view.go_to_page(2)
    before = view._anchor()
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom > 0
    assert view._anchor()[0] == before[0]
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.zoom == FIT_WIDTH
    view.set_zoom(FIT_PAGE)
    assert all(box.height() <= view.viewport().height() for box in view._boxes)
    view.set_zoom(FIT_WIDTH)
    view.resize(800, 600)
    assert view._boxes[0].width() > 700
    assert view._anchor()[0] == before[0]


def test_a_click_tells_page_and_point(view, qtbot, paper):
    view.go_to_page(1)
    box = paper.info.figure(Ref(SHOWN_YEAR, 0, "调整追加"))[0]
    view.show_place(*box[:1], box.top, box.bottom)
    scale = view._scale(box.page)
    corner = view._boxes[box.page].topLeft() - view._offset()
    at = corner + QPoint(round((box.left + box.right) / 2 * scale), round((box.top + box.bottom) / 2 * scale))
    with qtbot.waitSignal(view.clicked) as told:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    place = paper.info.at(*told.args)
    assert place is not None and place.ref == Ref(SHOWN_YEAR, 0, "调整追加")


def test_a_line_of_the_contents_goes_to_its_page(view, qtbot, paper):
    listed = paper.document.listed()
    assert len(paper.info.links) == len(listed) > 5
    view.set_links(paper.info.links)
    told = []
    view.clicked.connect(lambda *spot: told.append(spot))
    for link, one in zip(paper.info.links, listed, strict=True):
        view.go_to_page(link.box.page)
        scale = view._scale(link.box.page)
        corner = view._boxes[link.box.page].topLeft() - view._offset()
        at = corner + QPoint(round((link.box.left + 60) * scale), round((link.box.top + link.box.bottom) / 2 * scale))
        qtbot.mouseMove(view.viewport(), at)
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
        assert view.page == link.page
        words = paper.info.words(one_anchor) if (one_anchor := paper.document.blocks[one.block].anchor) else []
        assert not words or words[0].page == link.page
    assert told == [], "the click is not one on the text as well"


def test_the_links_of_a_second_paper_lead_behind_the_first(paper):
    once, twice = links_of([paper]), links_of([paper, paper])
    assert twice[: len(once)] == once
    assert [link.page for link in twice[len(once) :]] == [link.page + paper.info.pages for link in once]


def test_the_pdf_has_the_same_links(paper):
    document = pypdfium2.PdfDocument(paper.pdf)
    raw = pypdfium2.raw
    try:
        page = document[1]
        found = []
        for link in paper.info.links:
            box = link.box
            middle = page.get_height() - (box.top + box.bottom) / 2
            held = raw.FPDFLink_GetLinkAtPoint(page.raw, box.left + 60, middle)
            found.append(raw.FPDFDest_GetDestPageIndex(document.raw, raw.FPDFLink_GetDest(document.raw, held)))
    finally:
        document.close()
    assert found == [link.page for link in paper.info.links]


def test_marks_are_painted_on_the_screen_and_not_in_the_pdf(view, qtbot, paper):
    view.go_to_page(0)
    qtbot.waitUntil(lambda: view.is_drawn)
    plain = view.grab().toImage()
    view.set_highlights([Highlight(0, (60, 60, 200, 90), "error"), Highlight(0, (60, 200, 90, 230), chosen=True)])
    marked = view.grab().toImage()
    scale, corner = view._scale(0), view._boxes[0].topLeft() - view._offset()
    inside = corner + QPoint(round(100 * scale), round(70 * scale))
    assert plain.pixelColor(inside) == QColor("white")
    assert marked.pixelColor(inside) != QColor("white")
    assert view._pdf == paper.pdf


def test_answers_for_an_old_pdf_are_dropped(view, qtbot, paper):
    other = print_submission(sample_book(), SHOWN_YEAR + 1, USUAL_CHOICE, Progress())
    view.show_pdf(other.pdf, other.info.sizes)
    view.show_pdf(paper.pdf, paper.info.sizes)
    qtbot.waitUntil(lambda: view.is_drawn)
    wanted = draw_page(paper.pdf, 0, view._pixels(0), Progress()).image
    assert view._images[0].image == wanted


def test_drawing_is_the_same_from_the_lane(view, qtbot, paper):
    answers = []
    paper_lane.start(partial(draw_page, paper.pdf, 2, 200)).done.connect(answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers[0].image == draw_page(paper.pdf, 2, 200, Progress()).image


def test_the_bar_turns_pages_and_tells_the_zoom(qtbot, paper):
    pane = PreviewPane()
    qtbot.addWidget(pane)
    pane.resize(500, 600)
    pane.show()
    pane.view.show_pdf(paper.pdf, paper.info.sizes)
    assert pane._number.text() == f"1 / {paper.info.pages}"
    assert not pane._back.isEnabled()
    qtbot.mouseClick(pane._forth, Qt.MouseButton.LeftButton)
    assert pane._number.text() == f"2 / {paper.info.pages}"
    assert pane._zoom.text() == "适合宽度"
    pane.view.set_zoom(0.75)
    assert pane._zoom.text() == "75%"
    pane.say("报告模板无法读取")
    assert pane._note.isVisible()
    paper_lane.finish()


def test_the_printed_text_can_be_read_back(paper):
    assert "调整追加（减）31.14万元" in text_of(paper.pdf).replace("\r\n", "")
