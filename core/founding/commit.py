"""A plan stored: everything the officer ticked as one change on a new ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from core import commands, writing
from core.book import Book
from core.change import Change, join
from core.errors import UserError
from core.figures import Ref, figure, token
from core.founding.make import EVENTS, ITEMS
from core.founding.plan import Choices, Chosen, Place, Plan, Taken
from core.founding.unit import post_of
from core.founding.words import parted, squeezed
from core.i18n import _
from core.ledger import Ledger, checker
from core.model import EventKind
from core.newfile import new_ledger
from core.outline import PURPOSE, SENTENCE, Template, part, shown_text, template_of
from core.policy import PERSONNEL, TARGETED, parse_policy
from core.projects import remove_project

_FROM_REPORT = _("据上年报告")
_NAMES = ("duties", "institutions", "head", "finance_head", "preparer", "phone", "filled_on")
# What these rules find of days says nothing here: every total of the report is entered on the year's last day.
_OF_DAYS = ("C-075", "C-076")


def found_ledger(path: Path, plan: Plan, choices: Choices | None = None) -> Ledger:
    """Make a new file of a plan and open it; the report's content is its one step that can be undone.

    Raises ``UserError`` where the unit or the year is not known, or the file exists or cannot be written; then none
    is left.
    """
    choices = choices or Choices()
    name, year = name_and_year(plan, choices)
    short = Chosen(plan, choices).text("unit.short_name")
    new_ledger(path, name, year, choices.policy, short_name=short).close()
    ledger = Ledger.open(path)
    try:
        ledger.commit(change_of(ledger.book, plan, choices))
    except BaseException:
        ledger.close()
        path.unlink(missing_ok=True)
        raise
    return ledger


def check_place(path: Path) -> None:
    """Raise ``UserError`` where a file is already at the place of the new one, or its folder is not there."""
    if path.exists():
        raise UserError(_("“{name}”已经存在，请换一个文件名。没有改动原文件。").format(name=path.name))
    if not path.parent.is_dir():
        raise UserError(_("文件夹“{folder}”不存在，请先建立文件夹。").format(folder=path.parent))


def name_and_year(plan: Plan, choices: Choices) -> tuple[str, int]:
    """What the new ledger is for. Raises ``UserError`` where neither the report nor the officer says it."""
    chosen = Chosen(plan, choices)
    name = (choices.name or chosen.text("unit.name")).strip()
    year = choices.year or chosen.number("year") or 0
    if not name:
        raise UserError(_("报告中没有找到单位名称，请填写单位全称。"))
    if not 2000 <= year <= 2100:
        raise UserError(_("报告中没有找到年度，请填写年度，例如 2023。"))
    return name, year


def change_of(book: Book, plan: Plan, choices: Choices) -> Change:
    """Everything of the plan that is ticked, as one change on a new ledger's book."""
    making = _Making(book, plan, choices)
    making.names()
    making.staff()
    making.basic()
    making.projects()
    making.stated()
    making.texts()
    making.waive_days()
    return join(_("从上年报告建账"), making.changes)


class _Making:
    """Applies commands one after the other."""

    def __init__(self, book: Book, plan: Plan, choices: Choices) -> None:
        self.book = book
        self.plan = plan
        self.chosen = Chosen(plan, choices)
        self.year = name_and_year(plan, choices)[1]
        self.changes: list[Change] = []
        self.ids: dict[str, int] = {}  # key of a project in the plan -> its id
        self.template = template_of(book, self.year)

    def do(self, change: Change) -> None:
        self.book = self.book.apply(change)
        self.changes.append(change)

    def names(self) -> None:
        """Names, duties and institutions, the outline, and where all this comes from."""
        given = {name: self.chosen.text(f"unit.{name}") for name in _NAMES}
        self.do(commands.set_names(self.book, self.year, **{name: text for name, text in given.items() if text}))
        if self.plan.places:
            self.do(commands.set_year(self.book, self.year, template=writing.dump_template(self._template())))
        note = _(
            "本年度据上年报告“{name}”建账：预算变动和支出是报告中的合计数，逐笔明细和日期不详，"
            "年初数记在1月1日，其余记在12月31日；报告没有写出的数字没有登记。"
        ).format(name=self.plan.name)
        self.do(commands.set_year(self.book, self.year, note=note))

    def _template(self) -> Template:
        """The outline of the report; amounts with two decimals where it prints whole 万元 so."""
        sums = [one for one in self.plan.taken if one.printed_unit == "万元" and not one.derived]
        ends = [self.plan.text[one.start : one.end].replace("万元", "").strip() for one in sums]
        style = "2" if any(words.endswith(".00") for words in ends) else "trim"
        template = self.plan.template
        return Template(template.name, template.title, style, template.sections)

    def staff(self) -> None:
        posts: dict[str, dict[str, object]] = {}
        for one in self.plan.taken:
            if one.key.startswith("staff.") and self.chosen.has(one.key):
                field = one.key.rpartition(".")[2]
                posts.setdefault(post_of(one), {})[field] = int(self.chosen.value(one.key))
        for post, counts in posts.items():
            self.do(commands.set_staff(self.book, self.year, post, **counts))

    def basic(self) -> None:
        """基本支出 as one project of 人员类, in place of the two empty ones that a new ledger has."""
        if self.chosen.has("basic"):
            for row in self.book.projects(self.year):
                self.do(remove_project(self.book, self.year, row.project))
            self._add_project("basic", self._kind(PERSONNEL))
            self._money("basic")

    def projects(self) -> None:
        for one in self.plan.taken:
            if one.key.startswith("p") and "." not in one.key and self.chosen.has(one.key):
                self._add_project(one.key, self._kind(TARGETED))
                for sub in self._subs(one.key):
                    self._add_project(sub.key, "", self.ids[one.key])
                    self._money(sub.key)
                self._money(one.key)
                self._state_what_differs(one.key)

    def _subs(self, key: str) -> Iterator[Taken]:
        return (one for one in self.chosen.below(key) if one.key.startswith(f"{key}.s") and one.key[-1].isdigit())

    def _kind(self, group: str) -> str:
        """The first kind of the policy that is of a class."""
        record = self.book.year(self.year)
        kinds = parse_policy(record.policy).kinds if record else {}
        return next((kind for kind, held in kinds.items() if held == group), "")

    def _add_project(self, key: str, kind: str, parent: int = 0) -> None:
        wanted = str(self.chosen.value(key)).strip() or _("未命名项目")
        names = {row.name for row in self.book.project_years(self.year)}
        name = next(one for n in range(1, 999) if (one := wanted if n == 1 else f"{wanted}（{n}）") not in names)
        self.do(commands.add_project(self.book, self.year, name, kind, parent))
        self.ids[key] = max(row.project for row in self.book.project_years(self.year))

    def _money(self, key: str) -> None:
        """Budget events and one payment; of a project with sub-projects what these do not account for."""
        project = self.ids[key]
        for role, kind in EVENTS.items():
            value = self.chosen.number(f"{key}.{role}")
            if value and (kind not in (EventKind.RECOVERED, EventKind.CARRIED) or value > 0):
                day = f"{self.year}-01-01" if role in ("opening", "start") else f"{self.year}-12-31"
                origin = self.year - 1 if role == "opening" else 0
                memo = self._memo(f"{key}.{role}")
                change = commands.add_event(
                    self.book,
                    self.year,
                    project,
                    kind,
                    day,
                    value,
                    doc_title=_FROM_REPORT,
                    memo=memo,
                    origin_year=origin,
                )
                self.do(change)
        spent = self.chosen.number(f"{key}.spent")
        below = sum(self.chosen.number(f"{sub.key}.spent") or 0 for sub in self._subs(key))
        if spent is not None and spent - below > 0:
            self.do(
                commands.add_payment(
                    self.book,
                    self.year,
                    project,
                    f"{self.year}-12-31",
                    spent - below,
                    purpose=_FROM_REPORT,
                    memo=self._memo(f"{key}.spent"),
                )
            )

    def _memo(self, key: str) -> str:
        one = self.plan.by_key[key]
        return f"{_FROM_REPORT}，{one.derived}" if one.derived else _("据上年报告，日期和明细不详")

    def _state_what_differs(self, key: str) -> None:
        """A printed figure that the entries do not give is stated, so that the report prints it and it is found."""
        for role, item in ITEMS.items():
            one = self.plan.by_key.get(f"{key}.{role}")
            if one is None or one.derived or not self.chosen.has(one.key):
                continue
            value = int(self.chosen.value(one.key))
            found = figure(self.book, Ref(self.year, self.ids[key], item))
            if found is not None and found.computed != value:
                self._state(item, value, one, self.ids[key])

    def stated(self) -> None:
        """The unit's own figures."""
        for one in self.plan.taken:
            if one.key.startswith("stated.") and self.chosen.has(one.key):
                self._state(one.key.partition(".")[2], int(self.chosen.value(one.key)), one)

    def _state(self, item: str, value: int, one: Taken, about: int = 0) -> None:
        unit = "元" if one.printed_unit == "元" else "万元"
        details = {"printed_unit": unit, "source_table": _FROM_REPORT, "source_column": one.what}
        self.do(commands.state(self.book, self.year, item, value, about, **details))

    def waive_days(self) -> None:
        """Accept what is found of the days of payments: they are not the real ones."""
        reason = _("支出按上年报告的合计数登记在12月31日，不是实际支付日期。")
        for found in checker().check(self.book, [self.year]):
            if found.rule in _OF_DAYS:
                about, facts = found.about.key(), found.facts()
                self.do(commands.waive(self.book, self.year, found.rule, about, facts, reason, date.today()))

    # Texts

    def texts(self) -> None:
        for place in self.plan.places:
            key = f"text.{place.project or place.key}" + (f".{place.key}" if place.project else "")
            if self.chosen.has(key) and (not place.project or place.project in self.ids):
                self._write(place)

    def _write(self, place: Place) -> None:
        about = self.ids[place.project] if place.project else 0
        text = self._with_tokens(place)
        held = part(self.book, self.year, place.key, about)
        if held is None:
            return
        if place.key in (SENTENCE, PURPOSE):
            text = text.strip()
        shown = shown_text(self.book, self.year, held).text
        if held.raw and squeezed(shown) == squeezed(place.text):
            return  # the template says the same, and follows the figures
        self.do(writing.write_section(self.book, self.year, place.key, about, text))

    def _with_tokens(self, place: Place) -> str:
        """The words with a token for every number that is the figure of the ledger it is said to be."""
        pieces = parted(self.plan.text, place.start, place.end, self._figures(place))
        text, at = "", 0
        for words, key in pieces:
            if not key:
                continue
            before = words_before(pieces, words, key)
            found = place.text.find(before + words, at)
            found = found + len(before) if found >= 0 else -1
            new = self._token(key, words)
            if found < 0 or not new:
                continue
            text += place.text[at:found] + new
            at = found + len(words)
        return text + place.text[at:]

    def _figures(self, place: Place) -> Iterator[tuple[int, int, str]]:
        for one in self.plan.taken:
            if one.printed_unit == "万元" and not one.derived and place.start <= one.start < place.end:
                yield one.start, one.end, one.key
        yield from (one for one in self.plan.echoes if place.start <= one[0] < place.end)

    def _token(self, key: str, printed: str) -> str:
        """The token of a figure that prints as the report does; empty where it does not."""
        holder, _dot, role = key.rpartition(".")
        item, about = (role, 0) if holder == "stated" else (ITEMS.get(role, ""), self.ids.get(holder, -1))
        if not item or about < 0:
            return ""
        ref = Ref(self.year, about, item)
        found = figure(self.book, ref)
        style = template_of(self.book, self.year).amounts
        for one in ("", "trim", "2"):
            if found is not None and found.text(one or style) == printed:
                return token(ref, self.year, one)
        return ""


def words_before(pieces: list[tuple[str, str]], words: str, key: str) -> str:
    """The few characters before a number, so that it is found again where lines were joined."""
    at = next(n for n, piece in enumerate(pieces) if piece == (words, key))
    return pieces[at - 1][0][-2:].strip() if at else ""
