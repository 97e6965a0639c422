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
from core.outline import (
    PURPOSE,
    SENTENCE,
    STORY,
    SectionSpec,
    Template,
    offered_templates,
    parse_template,
    template_text,
)
from core.text.structure import numeral
from core.writing import dump_template

_NUMBERED = {1: re.compile(r"^[一二三四五六七八九十]+、"), 2: re.compile(r"^（[一二三四五六七八九十]+）")}
_MISNUMBERED = re.compile(r"^(?:\d{1,2}[、.．]|[（(]\d{1,2}[）)])\s*")  # numbers of levels below
LEVELS = (1, 2)
MODES = ("text", "heading", "projects")

# What the program fills into a default text beside figures: as stored, and as an officer reads and writes it.
FILLED = {
    "{year}": _("【年度】"),
    "{name}": _("【单位名称】"),
    "{short_name}": _("【单位简称】"),
    "{duties}": _("【主要职责】"),
    "{institutions}": _("【机构情况】"),
    "{staff}": _("【实有人数】"),
}


def use_template(book: Book, year: int, text: str) -> Change:
    """Give a year another template, or its original one back. Raises ``UserError`` when it cannot be read."""
    template = parse_template(text)
    return _changed(book, year, template, _("更换报告模板：{name}").format(name=template.name))


def original_text(book: Book, year: int) -> str:
    """The program's template of the same name as the year's; the default one where there is none such."""
    held = parse_template(_year(book, year).template)
    name = next((stem for stem, name in offered_templates().items() if name == held.name), "")
    return template_text(name) if name else template_text()


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
    new = SectionSpec(key, with_number(words, level), level, mode)
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
    """Move a section, with those below it, to a place among all others, 0 being the first."""
    template = parse_template(_year(book, year).template)
    title = _spec(template, key).title
    moved, others = _parted(template, key)
    place = max(0, min(to, len(others)))
    sections = (*others[:place], *moved, *others[place:])
    return _changed(book, year, _numbered(template, sections), _("移动章节：{title}").format(title=title))


def step_section(book: Book, year: int, key: str, by: int) -> Change:
    """Move a section one place up (``by`` -1) or down (1): a chapter past the whole chapter beside it."""
    template = parse_template(_year(book, year).template)
    spec = _spec(template, key)
    moved, others = _parted(template, key)
    at = template.sections.index(moved[0])
    if spec.level == 1:
        starts = [place for place, one in enumerate(others) if one.level == 1] + [len(others)]
        beside = [place for place in starts if (place < at if by < 0 else place > at)]
        to = (beside[-1] if by < 0 else beside[0]) if beside else at
    else:
        to = max(1, at + by)  # a part of a chapter stays behind the first one's heading
    return move_section(book, year, key, to)


def _parted(template: Template, key: str) -> tuple[list[SectionSpec], list[SectionSpec]]:
    """A section with those below it, and the others."""
    start = template.sections.index(_spec(template, key))
    end = start + 1
    while end < len(template.sections) and template.sections[end].level > template.sections[start].level:
        end += 1
    return list(template.sections[start:end]), [*template.sections[:start], *template.sections[end:]]


def set_section(book: Book, year: int, key: str, **fields: object) -> Change:
    """Change title, level, mode, text (with tokens) or hint of a section."""
    template = parse_template(_year(book, year).template)
    given = {name: clean_text(value) if isinstance(value, str) else value for name, value in fields.items()}
    if not str(given.get("title", "x")).strip():
        raise UserError(_("请填写标题。"))
    held = _spec(template, key)
    if given.get("mode") == "projects" and any(one.mode == "projects" and one != held for one in template.sections):
        raise UserError(_("报告中已经有列出项目的部分。"))
    new = replace(held, **given)  # type: ignore[arg-type]
    if new.level != held.level and is_numbered(held):
        new = replace(new, title=with_number(bare_title(held), new.level))
    sections = tuple(new if one.key == key else one for one in template.sections)
    return _changed(book, year, _numbered(template, sections), _("修改章节：{title}").format(title=held.title))


def below(template: Template, key: str) -> list[SectionSpec]:
    """The sections under a chapter, which move with it."""
    return _parted(template, key)[0][1:]


def not_in(book: Book, year: int, text: str) -> list[str]:
    """The headings of sections with the officer's words that another template has no place for."""
    kept = {_words_key(one) for one in parse_template(text).sections}
    held = parse_template(_year(book, year).template).sections
    return [bare_title(one) for one in held if _words_key(one) not in kept and written_in(book, year, one.key)]


def written_in(book: Book, year: int, key: str) -> bool:
    """Whether the officer has written in a section, so that taking it out is worth a question."""
    spec = _spec(parse_template(_year(book, year).template), key)
    keys = (SENTENCE, STORY, PURPOSE) if spec.mode == "projects" else (key,)
    return any(one.year == year and one.key in keys and one.text.strip() for one in book.all(Section))


def section_of(book: Book, year: int, key: str) -> str:
    """The section of the template that a place of the report belongs to, by key; empty if it has none such."""
    specs = parse_template(_year(book, year).template).sections
    if key in (SENTENCE, STORY, PURPOSE):
        return next((spec.key for spec in specs if spec.mode == "projects"), "")
    return next((spec.key for spec in specs if spec.key == key), "")


def _words_key(spec: SectionSpec) -> str:
    """What a section's words are kept under: those of projects belong to the projects."""
    return STORY if spec.mode == "projects" else spec.key


def is_numbered(spec: SectionSpec) -> bool:
    """Whether a heading carries a number, which then follows its place."""
    pattern = _NUMBERED.get(spec.level)
    return bool(pattern and pattern.match(spec.title))


def read_filled(text: str) -> str:
    """A default text with what the program fills in by name: 【单位名称】."""
    for stored, read in FILLED.items():
        text = text.replace(stored, read)
    return text


def store_filled(text: str) -> str:
    """The text as stored; takes back what ``read_filled`` did."""
    for stored, read in FILLED.items():
        text = text.replace(read, stored)
    return text


def bare_title(spec: SectionSpec) -> str:
    """A heading without its number."""
    pattern = _NUMBERED.get(spec.level)
    return pattern.sub("", spec.title) if pattern else spec.title


def with_number(title: str, level: int) -> str:
    """A heading as one that is numbered; the right number comes when it is put into its place."""
    if level not in _NUMBERED or _NUMBERED[level].match(title):
        return title
    words = _MISNUMBERED.sub("", title)
    return f"一、{words}" if level == 1 else f"（一）{words}"


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
    held = _year(book, year)
    if template != parse_template(held.template):
        draft.replace(held, template=dump_template(template))
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
