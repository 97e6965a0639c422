"""The text of a report from its file: .docx, .txt, .html, .pdf. Tables become lines with | between the cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zipfile import BadZipFile, ZipFile, is_zipfile

from core.errors import UserError
from core.i18n import _

if TYPE_CHECKING:
    from lxml.etree import _Element

SUFFIXES: Final = (".docx", ".txt", ".html", ".htm", ".pdf")
LARGEST: Final = 30_000_000  # bytes of a file
_LARGEST_PART: Final = 60_000_000  # bytes of a .docx unpacked
_MOST_PAGES: Final = 300
_CELL_MARK: Final = " | "
_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BLOCK: Final = re.compile(
    r"p|div|h1|h2|h3|h4|h5|h6|li|tr|table|ul|ol|br|section|article|header|footer|blockquote|pre|title|dd|dt"
)
_SILENT: Final = frozenset(("script", "style", "noscript", "template", "head"))
_COLUMN_GAP: Final = 0.8  # heights of a line between two of its pieces that stand in different columns
_USUAL: Final = re.compile(
    r"[\n\r\t\x20-\x7e\u00a0-\u00ff\u2000-\u206f\u2100-\u27ff\u3000-\u303f\u4e00-\u9fff\uff00-\uffef\ufeff]"
)
_NUMBERED: Final = re.compile(r"(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[.．、](?!\d))")
_SPACES: Final = re.compile(r"[ \t\u00a0]+")


def read_report(path: Path) -> str:
    """The text of a report, its paragraphs and rows of tables as lines.

    Raises ``UserError`` with what to do where the file cannot be read as text: damaged, encrypted, an old .doc,
    a scanned .pdf, nothing in it.
    """
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise UserError(_("“{name}”是文件夹，请选择一个报告文件。").format(name=path.name))
        if size > LARGEST:
            raise UserError(
                _("“{name}”有{mb}MB，超出可核查的大小；请只保留报告正文后再试。").format(
                    name=path.name, mb=size // 1_000_000
                )
            )
        data = path.read_bytes()
    except OSError as error:
        raise UserError(_("“{name}”打不开：文件不存在，或正被其他程序占用。").format(name=path.name)) from error
    text = _text_of(path, data)
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    if not text.strip():
        raise UserError(_("“{name}”里没有文字。").format(name=path.name))
    return text


def _text_of(path: Path, data: bytes) -> str:
    if not data.strip():
        raise UserError(_("“{name}”是空文件。").format(name=path.name))
    if data.startswith(b"%PDF") or path.suffix.lower() == ".pdf":
        return _pdf(path, data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _old_word(path)
    if data.startswith(b"PK") or path.suffix.lower() == ".docx":
        return _docx(path)
    if path.suffix.lower() in (".html", ".htm") or re.match(
        rb"\s*(?:\xef\xbb\xbf)?<(?:!doctype html|html)", data[:200], re.I
    ):
        return _html(data)
    return decoded(path.name, data)


def decoded(name: str, data: bytes) -> str:
    """Bytes as text: UTF-8, GB18030 or UTF-16, whichever gives words. Raises ``UserError`` where none does."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        codes = ["utf-16"]
    else:
        codes = ["utf-8-sig", "gb18030", "utf-16-le", "utf-16-be"]
    for code in codes:
        try:
            text = data.decode(code)
        except UnicodeDecodeError:
            continue
        sample = text[:4000]
        if len(_USUAL.findall(sample)) >= len(sample) * 0.85:
            return text
    raise UserError(_("“{name}”不是文本文件，无法识别其中的文字；请另存为 .docx 或 .txt 后再试。").format(name=name))


# Word


def _old_word(path: Path) -> str:
    """An old .doc, or a .docx with a password: both are compound files."""
    if path.suffix.lower() == ".docx":
        raise UserError(_("“{name}”设有打开密码，请在 Word 或 WPS 中取消密码后再试。").format(name=path.name))
    raise UserError(_("“{name}”是旧格式的 Word 文件，请在 Word 或 WPS 中另存为 .docx 后再试。").format(name=path.name))


def _docx(path: Path) -> str:
    """The paragraphs and tables of a Word file, in their order."""
    damaged = UserError(
        _("“{name}”已损坏或不是 Word 文档，请用 Word 或 WPS 打开后另存为 .docx 再试。").format(name=path.name)
    )
    if not is_zipfile(path):
        raise damaged
    try:
        with ZipFile(path) as packed:
            if any(one.filename.startswith("xl/") for one in packed.infolist()):
                raise UserError(
                    _("“{name}”是表格文件；请选择报告文件（.docx、.txt、.html、.pdf）。").format(name=path.name)
                )
            if sum(one.file_size for one in packed.infolist()) > _LARGEST_PART:
                raise UserError(
                    _("“{name}”解压后过大；请删去图片等附件，只保留报告正文后再试。").format(name=path.name)
                )
        import docx

        document = docx.Document(str(path))
        return "\n".join(_word_lines(document.element.body))
    except (BadZipFile, KeyError, ValueError, AttributeError, SyntaxError, OSError) as error:
        raise damaged from error


def _word_lines(parent: Any) -> Iterator[str]:
    for child in parent.iterchildren():
        if child.tag == _WORD + "p":
            yield _word_text(child)
        elif child.tag == _WORD + "tbl":
            yield ""
            yield from _word_rows(child)
            yield ""
        elif child.tag == _WORD + "sdt":
            for content in child.iterchildren(_WORD + "sdtContent"):
                yield from _word_lines(content)


def _word_rows(table: Any) -> Iterator[str]:
    """A row as a line; a cell's paragraphs are joined, a table inside a cell stands behind its row."""
    for row in table.iterchildren(_WORD + "tr"):
        cells, inner = [], []
        for cell in row.iterchildren(_WORD + "tc"):
            words = [text for one in cell.iterchildren(_WORD + "p") if (text := _word_text(one).strip())]
            cells.append(_SPACES.sub(" ", " ".join(words)).replace("|", "｜"))
            cells += [""] * (_span(cell) - 1)
            inner += list(cell.iterchildren(_WORD + "tbl"))
        yield _CELL_MARK.join(cells)
        for one in inner:
            yield from _word_rows(one)


def _span(cell: Any) -> int:
    """How many columns a cell of a Word table takes."""
    span = cell.find(f"{_WORD}tcPr/{_WORD}gridSpan")
    value = span.get(_WORD + "val", "1") if span is not None else "1"
    return min(int(value), 60) if value.isdecimal() else 1


def _word_text(paragraph: Any) -> str:
    """The words of a paragraph as they stand: with what was inserted, without what was deleted or is a field's code."""
    words = []
    for node in paragraph.iter():
        if node.tag == _WORD + "t":
            words.append(node.text or "")
        elif node.tag in (_WORD + "tab", _WORD + "ptab"):
            words.append(" ")
        elif node.tag in (_WORD + "br", _WORD + "cr"):
            words.append("\n")
    return "".join(words)


# Web pages


def _html(data: bytes) -> str:
    """The visible words of a web page. No entities are expanded from outside, nothing is fetched."""
    from lxml import html

    head = data[:2048].lower()
    named = re.search(rb"charset=[\"']?([a-z0-9_-]+)", head)
    code = named[1].decode("ascii") if named else ""
    source = decoded("html", data) if code in ("", "utf-8", "utf8") else data.decode(_known(code), "replace")
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", source.replace("\0", ""))
    if not source.strip():
        return ""
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    root = html.document_fromstring(source, parser=parser)
    lines = "".join(_html_words(root)).split("\n")
    return "\n".join(_SPACES.sub(" ", line).strip() for line in lines)


def _known(code: str) -> str:
    return "gb18030" if code.startswith("gb") else code if code in ("utf-16", "big5") else "utf-8"


def _html_words(root: _Element) -> Iterator[str]:
    """The words in the order of the page, without recursion: pages nest deeper than Python calls do."""
    from lxml.etree import iterwalk

    silent = 0
    for event, node in iterwalk(root, events=("start", "end")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            silent += tag in _SILENT
            if _BLOCK.fullmatch(tag):
                yield "\n"
            elif tag in ("td", "th") and node.getprevious() is not None:
                yield _CELL_MARK
            if not silent and node.text:
                yield re.sub(r"\s+", " ", node.text)
        else:
            silent -= tag in _SILENT
            if tag in ("td", "th") and (span := str(node.get("colspan", "1"))).isdecimal():
                yield _CELL_MARK * min(int(span) - 1, 60)
            if _BLOCK.fullmatch(tag):
                yield "\n"
            if not silent and node.tail:
                yield re.sub(r"\s+", " ", node.tail)


# PDF


def _pdf(path: Path, data: bytes) -> str:
    """The text of a PDF: lines of one paragraph joined, columns of a table parted."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UserError(_("“{name}”设有打开密码，请取消密码后再试。").format(name=path.name)) from error
        raise UserError(_("“{name}”已损坏或不是 PDF 文件。").format(name=path.name)) from error
    try:
        pages = [_page_lines(document[number]) for number in range(min(len(document), _MOST_PAGES))]
    finally:
        document.close()
    text = "\n".join(line for page in pages for line in _paragraphs(page))
    if len(re.findall(r"[\u3400-\u9fffA-Za-z0-9]", text)) < 10:
        raise UserError(
            _("“{name}”是扫描件，里面没有文字，无法核查；请用原来的 Word 文件，或先做文字识别。").format(name=path.name)
        )
    return text


_Piece = tuple[float, float, float, float, str]  # left, bottom, right, top, words
_Line = tuple[float, float, float, str]  # left, right, height, words


def _page_lines(page: Any) -> list[_Line]:
    """The lines of a page from the places of its pieces: pieces of one line far apart are columns."""
    words = page.get_textpage()
    try:
        pieces: list[_Piece] = []
        for number in range(words.count_rects()):
            left, bottom, right, top = words.get_rect(number)
            text = " ".join(words.get_text_bounded(left, bottom, right, top).split())
            if text:
                pieces.append((left, bottom, right, top, text))
    finally:
        words.close()
        page.close()
    lines: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda one: (-one[1] - one[3], one[0])):
        if lines and _beside(lines[-1], piece):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [_line(one) for one in lines]


def _beside(line: list[_Piece], piece: _Piece) -> bool:
    """Whether a piece stands on a line: its middle is within the height of the tallest piece, or a little below, as
    that of a comma is."""
    tallest = max(line, key=lambda one: one[3] - one[1])
    height = max(tallest[3] - tallest[1], piece[3] - piece[1])
    return abs((piece[1] + piece[3]) - (tallest[1] + tallest[3])) < height


def _line(pieces: list[_Piece]) -> _Line:
    height = max(top - bottom for _left, bottom, _right, top, _words in pieces)
    text, last = "", 0.0
    ordered = sorted(pieces)
    for left, _bottom, right, _top, words in ordered:
        mark = text and left - last > _COLUMN_GAP * height and not re.fullmatch(r"[，。、；：]+", words)
        text, last = text + (_CELL_MARK if mark else "") + words, right
    return ordered[0][0], max(one[2] for one in ordered), height, text


def _paragraphs(lines: list[_Line]) -> Iterator[str]:
    """The lines of a page joined: one that reaches the right margin goes on in the next, unless that is indented,
    numbered or a row of a table. Page numbers are left out."""
    prose = [line for line in lines if _CELL_MARK not in line[3]]
    edge = max((right for _left, right, _height, _text in prose), default=0.0)
    left_edge = min((left for left, _right, _height, _text in prose), default=0.0)
    text, full = "", False
    for left, right, height, words in lines:
        if re.fullmatch(r"[-—\s]*\d{1,3}[-—\s]*", words):
            continue
        table = _CELL_MARK in words
        if full and not table and left < left_edge + 1.5 * height and not _NUMBERED.match(words):
            text += words
        else:
            if text:
                yield text
            text = words
        full = not table and right > edge - 2.5 * height
    if text:
        yield text
