"""What a user does to the report's text: write, reset, and the repairs that findings offer."""

import json
from dataclasses import replace

from core.book import Book
from core.change import Change
from core.draft import Draft
from core.errors import UserError
from core.i18n import _
from core.model import Section, clean_text
from core.outline import Part, Template, outline, parse_template, part


def write_section(book: Book, year: int, key: str, about: int, text: str) -> Change:
    """Set the text of a section, with its figure tokens; the same text again is no change."""
    draft = Draft(book)
    held = book.section(year, key, about)
    place = part(book, year, key, about)
    cleaned = clean_text(text)
    if held:
        draft.replace(held, text=cleaned, taken_over=held.taken_over and held.text == cleaned)
    elif place is None or place.raw != cleaned:
        draft.add(Section(id=0, year=year, key=key, about=about, text=cleaned))
    title = place.title if place else key
    return draft.change(_("修改文字：{title}").format(title=title))


def confirm_section(book: Book, year: int, key: str, about: int) -> Change:
    """Say that a text taken over from the year before (沿用上年) holds for this year as it stands."""
    draft = Draft(book)
    held = book.section(year, key, about)
    if held:
        draft.replace(held, taken_over=False)
    return draft.change(_("确认沿用的文字"))


def reset_section(book: Book, year: int, key: str, about: int = 0) -> Change:
    """Go back to the template's text of a section."""
    draft = Draft(book)
    held = book.section(year, key, about)
    if held:
        draft.remove(held)
    return draft.change(_("恢复模板文字"))


def replace_words(book: Book, year: int, key: str, about: int, start: int, old: str, new: str) -> Change:
    """Replace words of a section's stored text at ``start``. Raises ``UserError`` if they are not there."""
    place = part(book, year, key, about)
    if place is None or place.raw[start : start + len(old)] != old:
        raise UserError(_("这段文字已经改动，请重新核对。"))
    return write_section(book, year, key, about, place.raw[:start] + new + place.raw[start + len(old) :])


def append_sentence(book: Book, year: int, key: str, about: int, sentence: str) -> Change:
    """Add a sentence as a paragraph of its own at the end of a section."""
    place = part(book, year, key, about)
    if place is None:
        raise UserError(_("报告中没有这一部分。"))
    text = place.raw.rstrip()
    return write_section(book, year, key, about, f"{text}\n{sentence}" if text else sentence)


def retitle(book: Book, year: int, key: str, title: str) -> Change:
    """Change the heading of a section in this year's own template."""
    record = book.year(year)
    if record is None:
        raise UserError(_("没有{year}年度。").format(year=year))
    template = parse_template(record.template)
    sections = tuple(replace(s, title=clean_text(title)) if s.key == key else s for s in template.sections)
    draft = Draft(book)
    draft.replace(record, template=dump_template(replace(template, sections=sections)))
    return draft.change(_("修改标题：{title}").format(title=title))


def dump_template(template: Template) -> str:
    """A template as TOML text; ``parse_template`` reads it back equal."""
    lines = [f"{name} = {_quote(getattr(template, name))}" for name in ("name", "title", "amounts")]
    for section in template.sections:
        lines += ["", "[[section]]", f"key = {_quote(section.key)}", f"title = {_quote(section.title)}"]
        lines += [f"level = {section.level}", f"mode = {_quote(section.mode)}"]
        lines += [f"{name} = {_quote(value)}" for name in ("text", "hint") if (value := getattr(section, name))]
    return "\n".join(lines) + "\n"


def progress(book: Book, year: int) -> tuple[int, int, list[str]]:
    """How many places of the report are filled, of how many, and the titles of the empty ones."""
    parts, empty = written_parts(book, year), [part.title for part in empty_parts(book, year)]
    return len(parts) - len(empty), len(parts), empty


def written_parts(book: Book, year: int) -> list[Part]:
    """The places of a report that the officer writes."""
    return [one for one in outline(book, year) if one.mode in ("text", "story", "purpose")]


def empty_parts(book: Book, year: int) -> list[Part]:
    """Those of them in which nothing is written yet."""
    return [one for one in written_parts(book, year) if not one.raw.strip()]


def length(text: str) -> int:
    """How many characters a text has as bureaus count them (字数): marks count, blanks and line ends do not."""
    return sum(not character.isspace() for character in text)


def most_characters(book: Book, year: int, key: str) -> int:
    """The most characters that the year's policy allows a section; 0: no limit."""
    return book.policy(year).limits.get(key, 0)


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # every JSON string is a TOML basic string
