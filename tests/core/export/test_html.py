"""The HTML: every figure an element, links that lead to the sources, nothing from outside, nothing unescaped."""

from html.parser import HTMLParser
from pathlib import Path

import pytest

from core import commands
from core.export.html import html_text, write_html
from core.report.model import Document
from core.report.submission import submission
from core.report.working import working_paper
from tests.core.report.ledger_2023 import YEAR, build
from tests.core.report.test_working import NOTHING, STATE

BOOK = build()


class Reader(HTMLParser):
    """Collects figures, ids, links, text, and tags left open."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.figures: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words = ""
        self.open: list[str] = []
        self.sources: list[str] = []
        self._figure = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag not in ("meta", "col"):
            self.open.append(tag)
        self._figure = found.get("data-ref", "")
        if "id" in found:
            self.ids.append(found["id"])
        if "href" in found:
            self.links.append(found["href"])
        self.sources += [found[name] for name in ("src", "srcset", "action") if name in found]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self._figure = ""

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.words += data
        if self._figure:
            self.figures.append((self._figure, data))


def documents() -> list[Document]:
    return [submission(BOOK, YEAR), working_paper(BOOK, YEAR, NOTHING, STATE)]


@pytest.mark.parametrize("document", documents(), ids=lambda d: d.kind)
def test_every_figure_is_an_element_with_its_reference(document: Document) -> None:
    found = Reader(html_text(document)).figures
    assert found == [(f"{one.ref.year}.{one.ref.about}.{one.ref.item}", one.text) for one in document.figures()]


@pytest.mark.parametrize("document", documents(), ids=lambda d: d.kind)
def test_every_word_is_there_and_every_tag_closed(document: Document) -> None:
    reader = Reader(html_text(document))
    assert reader.open == []
    for run, _anchor in document.runs():
        assert run.text in reader.words
    assert document.title in reader.words


def test_figures_of_the_working_paper_lead_to_their_sources() -> None:
    reader = Reader(html_text(working_paper(BOOK, YEAR, NOTHING, STATE)))
    printed = {one.ref for one in submission(BOOK, YEAR).figures()}
    assert len(reader.ids) == len(set(reader.ids)) == len(printed)
    assert reader.links and {link.removeprefix("#") for link in reader.links} <= set(reader.ids)
    handed_in = submission(BOOK, YEAR)
    reader = Reader(html_text(handed_in))
    assert reader.links == [f"#block{one.block}" for one in handed_in.listed()]  # of the contents alone
    assert [f"#{one}" for one in reader.ids] == reader.links


def test_it_needs_nothing_from_outside() -> None:
    text = html_text(submission(BOOK, YEAR))
    assert "http" not in text and "url(" not in text and "<script" not in text
    assert Reader(text).sources == []


def test_text_is_escaped() -> None:
    business = BOOK.projects(YEAR)[2].project
    book = BOOK.apply(commands.set_project(BOOK, YEAR, business, name='<b>甲&乙</b>"'))
    text = html_text(submission(book, YEAR))
    assert "<b>" not in text and "&lt;b&gt;甲&amp;乙" in text


def test_the_file_is_utf_8(tmp_path: Path) -> None:
    document = submission(BOOK, YEAR)
    write_html(document, tmp_path / "报告.html")
    assert (tmp_path / "报告.html").read_bytes().decode("utf-8") == html_text(document)
