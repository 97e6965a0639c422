"""Changing the outline of a year's report (报告模板): its sections added, removed, moved and renamed.

A year has its own copy of a template. Headings that carry a number (一、 or （一）) are numbered anew in their order;
the officer's texts belong to the keys of their sections and come back when a section of that key does.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from core.book import Book
from core.change import Change
from core.draft import Draft
from core.errors import UserError
from core.i18n import _
from core.model import Section, Year, clean_text
from core.outline import SectionSpec, Template, parse_template, template_text
from core.writing import dump_template

_NUMERALS = "一二三四五六七八九十"
_NUMBERED = {1: re.compile(r"^[一二三四五六七八九十]+、"), 2: re.compile(r"^（[一二三四五六七八九十]+）")}
LEVELS = (1, 2)
MODES = ("text", "heading", "projects")


def use_template(book: Book, year: int, text: str) -> Change:
    """Give a year another template, or its first one back. Raises ``UserError`` when it cannot be read."""
    template = parse_template(text)
    return _changed(book, year, template, _("更换报告模板：{name}").format(name=template.name))


def reset_template(book: Book, year: int) -> Change:
    """Give a year the program's template of the same name back; the default one where there is none such."""
    from core.outline import offered_templates

    held = parse_template(_year(book, year).template)
    name = next((stem for stem, name in offered_templates().items() if name == held.name), "")
    return use_template(book, year, template_text(name) if name else template_text())


def add_section(book: Book, year: int, title: str, after: str = "", level: int = 1, mode: str = "text") -> Change:
    """Add a section behind that of key ``after`` (empty: at the end). Raises ``UserError`` without a title."""
    template = parse_template(_year(book, year).template)
    words = clean_text(title).strip()
    if not words:
        raise UserError(_("请填写标题。"))
    if mode == "projects" and any(one.mode == "projects" for one in template.sections):
        raise UserError(_("报告中已经有列出项目的部分。"))
    keys = [one.key for one in template.sections]
    key = "projects" if mode == "projects" else next(f"own{n}" for n in range(1, 1000) if f"own{n}" not in keys)
    place = keys.index(after) + 1 if after in keys else len(keys)
    new = SectionSpec(key, _with_number(words, level), level, mode)
    sections = (*template.sections[:place], new, *template.sections[place:])
    return _changed(book, year, _numbered(template, sections), _("增加章节：{title}").format(title=words))


def remove_section(book: Book, year: int, key: str) -> Change:
    """Take a section out of the outline; what was written in it is kept for the case that it comes back.

    Raises ``UserError`` for the last section.
    """
    template = parse_template(_year(book, year).template)
    title = _spec(template, key).title
    sections = tuple(one for one in template.sections if one.key != key)
    if not sections:
        raise UserError(_("报告至少要有一个部分。"))
    return _changed(book, year, _numbered(template, sections), _("删除章节：{title}").format(title=title))


def move_section(book: Book, year: int, key: str, to: int) -> Change:
    """Move a section to a place among all, 0 being the first."""
    template = parse_template(_year(book, year).template)
    moved = _spec(template, key)
    sections = [one for one in template.sections if one.key != key]
    sections.insert(max(0, to), moved)
    return _changed(book, year, _numbered(template, sections), _("移动章节：{title}").format(title=moved.title))


def set_section(book: Book, year: int, key: str, **fields: object) -> Change:
    """Change title, level, mode, text (with tokens) or hint of a section."""
    template = parse_template(_year(book, year).template)
    given = {name: clean_text(value) if isinstance(value, str) else value for name, value in fields.items()}
    if not str(given.get("title", "x")).strip():
        raise UserError(_("请填写标题。"))
    held = _spec(template, key)
    new = replace(held, **given)  # type: ignore[arg-type]
    if new.level != held.level:
        new = replace(new, title=_with_number(bare_title(held), new.level))
    sections = tuple(new if one.key == key else one for one in template.sections)
    return _changed(book, year, _numbered(template, sections), _("修改章节：{title}").format(title=held.title))


def written_in(book: Book, year: int, key: str) -> bool:
    """Whether the officer has written in a section, so that taking it out is worth a question."""
    return any(one.year == year and one.key == key and one.text.strip() for one in book.all(Section))


def bare_title(spec: SectionSpec) -> str:
    """A heading without its number."""
    pattern = _NUMBERED.get(spec.level)
    return pattern.sub("", spec.title) if pattern else spec.title


def numeral(number: int) -> str:
    """1 to 99 in Chinese: 十二."""
    tens, ones = divmod(number, 10)
    lead = "" if tens < 2 else _NUMERALS[tens - 1]
    return lead + ("十" if tens else "") + (_NUMERALS[ones - 1] if ones else "")


def _with_number(title: str, level: int) -> str:
    """A heading as one that is numbered; the right number comes with the others."""
    if level not in _NUMBERED or _NUMBERED[level].match(title):
        return title
    return f"一、{title}" if level == 1 else f"（一）{title}"


def _numbered(template: Template, sections: Sequence[SectionSpec]) -> Template:
    """The template with its numbered headings in order; headings without a number stay without."""
    found = []
    first = second = 0
    for spec in sections:
        pattern = _NUMBERED.get(spec.level)
        second = 0 if spec.level == 1 else second
        if pattern is None or not pattern.match(spec.title):
            found.append(spec)
            continue
        if spec.level == 1:
            first += 1
            number = f"{numeral(first)}、"
        else:
            second += 1
            number = f"（{numeral(second)}）"
        found.append(replace(spec, title=number + bare_title(spec)))
    return replace(template, sections=tuple(found))


def _changed(book: Book, year: int, template: Template, label: str) -> Change:
    draft = Draft(book)
    draft.replace(_year(book, year), template=dump_template(template))
    return draft.change(label)


def _spec(template: Template, key: str) -> SectionSpec:
    found = next((one for one in template.sections if one.key == key), None)
    if found is None:
        raise UserError(_("报告模板中没有这一部分。"))
    return found


def _year(book: Book, year: int) -> Year:
    record = book.year(year)
    if record is None:
        raise UserError(_("没有{year}年度。").format(year=year))
    return record
