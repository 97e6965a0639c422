"""Random work on a small ledger: every command a user has, in any order, for the properties of the spine."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from hypothesis import strategies as st

from core import commands, writing
from core.book import Book
from core.change import Change
from core.errors import UserError
from core.figures import items
from core.model import BudgetEvent, EventKind, Fund, Payment
from core.outline import default_template_text, section_keys
from core.policy import default_policy_text

T = TypeVar("T")
TODAY = date(2023, 11, 23)
YEARS = (2022, 2023)
KINDS = ("人员经费", "公用经费", "业务工作专项", "上级专项", "没有的类别")
NAMES = ("业务经费", "大会费用", "“三八”活动", "2022年尾款", "培训项目", "业务经费")
TEXTS = (
    "",
    "预算收入{unit.预算收入}万元，调整追加{unit.调整追加|2}万元。",
    "该项目年底追加，金额结转至下一年度。",
    "募集善款87663.43万元，较上年增加26000余元。",
    "没有请写明“无其他需要说明的情况”。",
    "完成活动项目项目五场。[bookmark: _GoBack]",
    "实有人数4人，其中：行政编制2人，事业编制1人。",
    "剩余资金由财政收回。",
)


@dataclass(frozen=True)
class Step:
    """One random intention; what it does depends on the book it meets."""

    pick: int
    verb: str
    amount: int
    text: str
    year: int
    day: date

    def change(self, book: Book) -> Change | None:
        """The change this step means in that book; None where it means nothing."""
        try:
            return VERBS[self.verb](book, self)
        except UserError:
            return None

    def one(self, things: Sequence[T]) -> T:
        """One of the things; raises ``UserError`` where there is none."""
        if not things:
            raise UserError("nothing to pick")
        return things[self.pick % len(things)]


def _project(book: Book, step: Step) -> int:
    return step.one([row.project for row in book.project_years(step.year)])


def _open_year(book: Book, step: Step) -> Change:
    return commands.open_year(book, step.year, default_policy_text(), default_template_text(), name="示范区妇女联合会")


def _add_project(book: Book, step: Step) -> Change:
    parents = [0, 0, *(row.project for row in book.project_years(step.year))]
    return commands.add_project(book, step.year, step.one(NAMES), step.one(KINDS), step.one(parents))


def _add_event(book: Book, step: Step) -> Change:
    kind, fund = step.one(tuple(EventKind)), step.one(tuple(Fund))
    day = step.day.isoformat()
    return commands.add_event(book, step.year, _project(book, step), kind, day, step.amount, fund=fund)


def _add_payment(book: Book, step: Step) -> Change:
    day = step.day.isoformat()
    return commands.add_payment(book, step.year, _project(book, step), day, step.amount, purpose=step.text)


def _event(book: Book, step: Step) -> int:
    return step.one([event.id for event in book.all(BudgetEvent)])


def _payment(book: Book, step: Step) -> int:
    return step.one([payment.id for payment in book.all(Payment)])


def _write(book: Book, step: Step) -> Change:
    key, about = step.one(list(section_keys(book, step.year)))
    return writing.write_section(book, step.year, key, about, step.text)


def _state(book: Book, step: Step) -> Change:
    about = step.one([0, 0, *(row.project for row in book.projects(step.year))])
    item = step.one([name for name in items(about) if name != "执行率"])
    return commands.state(book, step.year, item, step.amount, about)


def _unstate(book: Book, step: Step) -> Change:
    held = step.one(book.stated_all(step.year))
    return commands.unstate(book, step.year, held.item, held.about)


VERBS: Mapping[str, Callable[[Book, Step], Change]] = {
    "open year": _open_year,
    "names": lambda b, s: commands.set_names(b, s.year, short_name=s.text[:4]),
    "staff": lambda b, s: commands.set_staff(b, s.year, s.one(("行政编制", "事业编制")), actual=s.pick),
    "unit": lambda b, s: commands.found_unit(b, basis=s.one(("paid", "allotted"))),
    "add project": _add_project,
    "rename": lambda b, s: commands.set_project(b, s.year, _project(b, s), name=s.one(NAMES)),
    "kind": lambda b, s: commands.set_project(b, s.year, _project(b, s), kind=s.one(KINDS)),
    "reason": lambda b, s: commands.set_project(b, s.year, _project(b, s), execution_reason=s.text),
    "remove project": lambda b, s: commands.remove_project(b, s.year, _project(b, s)),
    "add event": _add_event,
    "set event": lambda b, s: commands.set_event(b, _event(b, s), amount=s.amount),
    "move event": lambda b, s: commands.set_event(b, _event(b, s), project=_project(b, s), year=s.year),
    "remove event": lambda b, s: commands.remove_event(b, _event(b, s)),
    "reallocate": lambda b, s: commands.reallocate(
        b, s.year, _project(b, s), b.project_years(s.year)[0].project, s.day.isoformat(), s.amount
    ),
    "cell": lambda b, s: commands.set_cell(b, s.year, _project(b, s), s.one(tuple(EventKind)), s.amount, TODAY).change,
    "add payment": _add_payment,
    "set payment": lambda b, s: commands.set_payment(b, _payment(b, s), amount=s.amount, date=s.day.isoformat()),
    "move payment": lambda b, s: commands.set_payment(b, _payment(b, s), project=_project(b, s), year=s.year),
    "reverse": lambda b, s: commands.reverse_payment(b, _payment(b, s), s.day.isoformat(), abs(s.amount)),
    "remove payment": lambda b, s: commands.remove_payment(b, _payment(b, s)),
    "state": _state,
    "unstate": _unstate,
    "write": _write,
    "retitle": lambda b, s: writing.retitle(b, s.year, "other", s.one(("5、其他情况", "五、其他情况"))),
}


def steps(most: int = 14) -> st.SearchStrategy[list[Step]]:
    """Sequences of steps. Days may lie outside the year and amounts may be zero: 阻止 must be met too."""
    step = st.builds(
        Step,
        pick=st.integers(0, 40),
        verb=st.sampled_from(sorted(VERBS)),
        amount=st.sampled_from([0, 1, -500, 10_000, 1_000_000, 5_660_000]) | st.integers(-(10**10), 10**10),
        text=st.sampled_from(TEXTS),
        year=st.sampled_from(YEARS),
        day=st.dates(date(2021, 12, 30), date(2024, 1, 2)),
    )
    return st.lists(step, max_size=most)


def beginning() -> list[Step]:
    """A unit with two years and two projects in each: without it most random steps mean nothing."""
    day = date(2023, 5, 4)
    opened = [Step(0, "unit", 0, "", 2022, day), *(Step(0, "open year", 0, "", year, day) for year in YEARS)]
    return opened + [Step(pick, "add project", 0, "", year, day) for year in YEARS for pick in (0, 6)]
