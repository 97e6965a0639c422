"""The contents of a Word file: a field that Word and WPS bring up to date, with its lines already filled in."""

import re
from typing import Any

# Headings of two levels, and the annexes, which name themselves in hidden fields; lines are links.
_FIELD = r'TOC \o "1-2" \f \h \z'


def add_contents(paragraphs: list[Any], entries: list[tuple[str, int, int]]) -> None:
    """Fill paragraphs with the lines of the contents: title, the block it leads to, and its page number."""
    for place, (paragraph, (text, block, number)) in enumerate(zip(paragraphs, entries, strict=True)):
        if place == 0:
            _begin(paragraph._p, _FIELD)
        link = _element("w:hyperlink", anchor=_name(block), history="1")
        for part in (_run(text), _run("", "w:tab"), *_field(f"PAGEREF {_name(block)} \\h", str(number))):
            link.append(part)
        paragraph._p.append(link)
        if place == len(entries) - 1:
            paragraph._p.append(_mark("end"))


def mark_place(paragraph: Any, block: int) -> None:
    """Make a paragraph the place a line of the contents leads to."""
    start = _element("w:bookmarkStart", id=str(block), name=_name(block))
    first = next((n for n, part in enumerate(paragraph._p) if part.tag.endswith("}r")), len(paragraph._p))
    paragraph._p.insert(first, start)
    paragraph._p.append(_element("w:bookmarkEnd", id=str(block)))


def add_entry(paragraph: Any, text: str) -> None:
    """A hidden entry for the contents, for a paragraph that is no heading."""
    quoted = re.sub(r'([\\"“”])', r"\\\1", text)  # Word takes Chinese quotation marks for the end of the text too
    for part in (_mark("begin"), _instruction(f' TC "{quoted}" \\l 1 '), _mark("end")):
        hidden = _element("w:rPr")
        hidden.append(_element("w:vanish"))
        part.insert(0, hidden)
        paragraph._p.append(part)


def _name(block: int) -> str:
    return f"_Toc{block:08d}"


def _begin(paragraph: Any, instruction: str) -> None:
    for part in (_mark("begin"), _instruction(f" {instruction} "), _mark("separate")):
        paragraph.append(part)


def _field(instruction: str, text: str) -> list[Any]:
    return [_mark("begin"), _instruction(f" {instruction} "), _mark("separate"), _run(text), _mark("end")]


def _mark(kind: str) -> Any:
    run = _element("w:r")
    run.append(_element("w:fldChar", fldCharType=kind))
    return run


def _instruction(text: str) -> Any:
    return _run(text, "w:instrText")


def _run(text: str, tag: str = "w:t") -> Any:
    from docx.oxml.ns import qn

    run, part = _element("w:r"), _element(tag)
    if text:
        part.text = text
        part.set(qn("xml:space"), "preserve")
    run.append(part)
    return run


def _element(tag: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made
