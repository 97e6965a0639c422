"""The text of a report is shown before its annexes are printed, so that it follows what is typed at once."""

import pytest

from core import commands
from core.check import About
from tests.ui.reports import YEAR, go, opened_page, printed, settle, write


@pytest.fixture
def page(qtbot, sample_desk):
    yield from opened_page(qtbot, sample_desk)


def test_the_text_is_shown_before_the_annexes_are_printed(page, qtbot, sample_desk):
    preview, order = page.preview, []
    preview.text_printed.connect(lambda: order.append("text"))
    preview.printed.connect(lambda: order.append("all"))
    before = preview.paper
    go(page, "other")
    settle(page, qtbot)
    write(page, qtbot, "补充说明。")
    qtbot.waitUntil(lambda: "text" in order)
    about = About("section", 0, "other")
    shown = preview.paper.info
    assert shown.sizes == before.info.sizes
    assert len(shown.words(About("section", 0, "other", 0, 100))) > 0
    assert [one for one in shown.places if one.box.page >= shown.text_pages.stop] == [
        one for one in before.info.places if one.box.page >= shown.text_pages.stop
    ], "the annexes are still those of before"
    settle(page, qtbot)
    assert order[-1] == "all" and order.count("text") >= 1
    assert preview.paper.info.words(about)[0].page in preview.view._visible()
    assert "补充说明。" in printed(page)


def test_a_text_that_needs_another_page_comes_with_all_pages(page, qtbot, sample_desk):
    preview, order = page.preview, []
    pages = preview.view.pages
    preview.text_printed.connect(lambda: order.append("text"))
    go(page, "overall")
    settle(page, qtbot)
    order.clear()
    write(page, qtbot, "补充说明。\n" * 40)
    settle(page, qtbot)
    assert order == [] and preview.view.pages > pages


def test_an_annex_that_is_looked_at_is_printed_at_once(page, qtbot, sample_desk):
    preview, order = page.preview, []
    preview.text_printed.connect(lambda: order.append("text"))
    preview.view.go_to_page(preview.view.pages - 2)
    sample_desk.commit(commands.state(sample_desk.book, YEAR, "支出", 100 * 1_000_000))
    settle(page, qtbot)
    assert order == []
    assert "2023年支出100万元" in printed(page)
