"""The outline of a report: which sections a year's template has, and the text that stands in each.

A template is TOML text copied into the year. A section is ``heading`` (no text), ``text`` (the officer's
text, with the template's as default) or ``projects`` (expanded to one sentence and one text for each
project and a purpose for each sub-project). Text may hold figure tokens, see core.figures.
"""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from core.balance import is_basic, project_balance
from core.book import Book
from core.errors import UserError
from core.figures import TOKEN, Figure, Ref, figure, find_ref, label
from core.i18n import _
from core.model import ProjectYear, Year

TEMPLATES = Path(__file__).resolve().parent.parent / "resources" / "templates"
DEFAULT_TEMPLATE = "narrative-a"

# Section keys of the parts a ``projects`` section expands to; ``about`` is the project.
SENTENCE, STORY, PURPOSE = "project.sentence", "project.text", "project.purpose"


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """One section of a template."""

    key: str
    title: str
    level: int = 1
    mode: str = "text"  # heading | text | projects
    text: str = ""
    hint: str = ""  # what belongs here, shown while the section is empty; never printed


@dataclass(frozen=True, slots=True)
class Template:
    """An outline with its title and how amounts are printed."""

    name: str
    title: str
    amounts: str = "trim"  # trim: 3万元; 2: 3.00万元
    sections: tuple[SectionSpec, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One place of the report: a heading, or a text with its tokens still in it."""

    key: str
    about: int
    title: str  # heading text; empty for the second part under one heading
    level: int
    mode: str  # heading | text | sentence | story | purpose
    raw: str = ""
    default: bool = True  # the template's text, not the officer's
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of shown text: plain words, or a figure with what it stands for."""

    text: str
    start: int  # in the shown text
    raw_start: int
    raw_end: int
    figure: Figure | None = None
    name: str = ""  # the figure by name


@dataclass(frozen=True, slots=True)
class Prose:
    """A text with its tokens replaced by figures."""

    text: str
    pieces: tuple[Piece, ...]

    def raw_range(self, start: int, end: int) -> tuple[int, int]:
        """Where words of the shown text stand in the stored text; a figure is taken whole."""
        touched = [p for p in self.pieces if p.start < end and p.start + len(p.text) > start]
        if not touched:
            return 0, 0
        first, last = touched[0], touched[-1]
        left = first.raw_start if first.figure else first.raw_start + max(0, start - first.start)
        right = last.raw_end if last.figure else last.raw_start + (end - last.start)
        return left, right


@lru_cache(maxsize=64)
def parse_template(text: str) -> Template:
    """The template written in ``text``. Raises ``UserError`` when it cannot be used."""
    try:
        data = tomllib.loads(text)
        specs = tuple(SectionSpec(**section) for section in data["section"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise UserError(_("报告模板无法读取（{error}），请在设置中恢复模板。").format(error=error)) from error
    return Template(data.get("name", ""), data.get("title", ""), data.get("amounts", "trim"), specs)


def template_text(name: str = DEFAULT_TEMPLATE) -> str:
    """The TOML text of a template that comes with the program, by file name."""
    return (TEMPLATES / f"{name}.toml").read_text(encoding="utf-8")


def default_template_text() -> str:
    """The TOML text of the template a year gets without a choice."""
    return template_text()


def offered_templates() -> dict[str, str]:
    """The templates that come with the program: file name -> what it is called."""
    return {path.stem: parse_template(template_text(path.stem)).name for path in sorted(TEMPLATES.glob("*.toml"))}


def template_of(book: Book, year: int) -> Template:
    """The template of a year; an empty one where the year has none."""
    record = book.year(year)
    return parse_template(record.template) if record and record.template else Template("", "")


def outline(book: Book, year: int) -> list[Part]:
    """Every place of the report in order."""
    return list(_parts(book, year))


def section_keys(book: Book, year: int) -> Iterable[tuple[str, int]]:
    """Key and project of every place that holds text."""
    for spec in template_of(book, year).sections:
        if spec.mode == "projects":
            for row in reported_projects(book, year):
                yield from ((key, row.project) for key in (SENTENCE, STORY))
                yield from ((PURPOSE, child.project) for child in book.children(year, row.project))
        elif spec.mode == "text":
            yield spec.key, 0


def part(book: Book, year: int, key: str, about: int = 0) -> Part | None:
    """One place of the report; None where this year's report has none such."""
    row = book.project_year(year, about) if about else None
    if key in (SENTENCE, STORY, PURPOSE):
        return _project_part(book, row, key) if row else None
    spec = next((s for s in template_of(book, year).sections if s.key == key and s.mode == "text"), None)
    return _text_part(book, year, spec) if spec else None


def reported_projects(book: Book, year: int) -> list[ProjectYear]:
    """The projects the report lists: 项目支出, not 基本支出."""
    return [row for row in book.projects(year) if not is_basic(book, row)]


def _parts(book: Book, year: int) -> Iterator[Part]:
    for spec in template_of(book, year).sections:
        if spec.mode == "text":
            yield _text_part(book, year, spec)
            continue
        yield Part(spec.key, 0, spec.title, spec.level, "heading")
        if spec.mode == "projects":
            for row in reported_projects(book, year):
                yield _project_part(book, row, SENTENCE)
                yield from (_project_part(book, child, PURPOSE) for child in book.children(year, row.project))
                yield _project_part(book, row, STORY)


def _text_part(book: Book, year: int, spec: SectionSpec) -> Part:
    held = book.section(year, spec.key)
    default = fill_template(spec.text, book, year)
    return Part(spec.key, 0, spec.title, spec.level, "text", held.text if held else default, held is None, spec.hint)


def fill_template(text: str, book: Book, year: int) -> str:
    """Put the year and the unit's names into a template's text; figure tokens stay."""
    record: Year | None = book.year(year)
    names = book.unit_year(year)
    return (
        text.replace("{year}", str(record.year if record else year))
        .replace("{name}", names.name)
        .replace("{short_name}", names.short_name or names.name)
        .replace("{duties}", names.duties)
        .replace("{institutions}", names.institutions)
        .replace("{staff}", headcount(book, year))
    )


def headcount(book: Book, year: int) -> str:
    """实有人数 with its parts as the report words it: 3人，其中：行政编制2人，事业编制1人."""
    posts = [post for post in book.staff(year) if post.actual]
    total = _("{n}人").format(n=sum(post.actual for post in posts))
    parts = "，".join(_("{type}{n}人").format(type=post.type, n=post.actual) for post in posts)
    return _("{total}，其中：{parts}").format(total=total, parts=parts) if parts else total


def _project_part(book: Book, row: ProjectYear, key: str) -> Part:
    held = book.section(row.year, key, row.project)
    modes = {SENTENCE: "sentence", STORY: "story", PURPOSE: "purpose"}
    default = project_sentence(book, row) if key == SENTENCE else ""
    hints = {STORY: _("写明项目实施情况、完成的工作和取得的效果。"), PURPOSE: _("写明资金的具体用途。")}
    return Part(
        key, row.project, row.name, 3, modes[key], held.text if held else default, held is None, hints.get(key, "")
    )


def print_name(name: str) -> str:
    """A project name as it stands inside “ ”: double quotes within become single ones."""
    for opening, closing in (("“", "‘"), ("”", "’")):
        name = name.replace(opening, closing)
    while '"' in name:
        name = name.replace('"', "‘", 1).replace('"', "’", 1)
    return name


def project_sentence(book: Book, row: ProjectYear) -> str:
    """The amounts of a project as the report words them; bracketed parts only when not 0."""
    balance = project_balance(book, row.year, row.project)
    place = f"{{p{row.project}."
    opening = _("上年结转{o}万元，").format(o=place + "上年结转}") if balance.brought else ""
    recalled = _("（剩余资金{r}万元由财政收回）").format(r=place + "财政收回}") if balance.recovered else ""
    return _(
        "项目“{name}”{opening}年初预算金额{a}万元，上级转移支付{b}万元，年中调增（减）{c}万元，"
        "追加（减）{d}万元，实际支出{e}万元，结余结转{f}万元{recalled}。"
    ).format(
        name=print_name(row.name),
        opening=opening,
        a=place + "年初预算}",
        b=place + "上级转移支付}",
        c=place + "年中调增减}",
        d=place + "追加减}",
        e=place + "实际支出}",
        f=place + "结余结转}",
        recalled=recalled,
    )


def purpose_sentence(book: Book, row: ProjectYear, purpose: str) -> str:
    """What a sub-project spent and on what; ``purpose`` is the officer's text, tokens and all."""
    spent = f"{{p{row.project}.实际支出}}"
    if not purpose.strip():
        return _("项目支出{spent}万元。").format(spent=spent)
    return _("项目支出{spent}万元，主要用于{purpose}").format(spent=spent, purpose=purpose)


def render(book: Book, year: int, raw: str) -> Prose:
    """Replace the tokens of a text. A token that names nothing stays as written, for a rule to report."""
    style = template_of(book, year).amounts
    pieces: list[Piece] = []
    shown = last = 0
    for match in TOKEN.finditer(raw):
        ref: Ref = find_ref(match, year)
        found = figure(book, ref)
        if found is None:
            continue
        if match.start() > last:
            pieces.append(Piece(raw[last : match.start()], shown, last, match.start()))
            shown += match.start() - last
        text = found.text(match["style"] or style)
        pieces.append(Piece(text, shown, match.start(), match.end(), found, label(book, ref)))
        shown += len(text)
        last = match.end()
    if last < len(raw):
        pieces.append(Piece(raw[last:], shown, last, len(raw)))
    return Prose("".join(piece.text for piece in pieces), tuple(pieces))


def shown_text(book: Book, year: int, one: Part) -> Prose:
    """What a part prints, figures in place."""
    return render(book, year, one.raw)
