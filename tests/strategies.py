"""Random work on a small ledger: every command a user has, in any order, for the properties of the spine."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import TypeVar

from hypothesis import strategies as st

from core import attachments, carrying, closing, commands, commitments, next_year, projects, refunds, writing
from core.book import Book
from core.change import Change
from core.check import Findings
from core.draft import Draft
from core.errors import UserError
from core.figures import items
from core.model import Attachment, BudgetEvent, Commitment, EventKind, Fund, Payment
from core.outline import PURPOSE, SENTENCE, STORY, default_template_text, section_keys
from core.policy import default_policy_text
from tests.entry_steps import ENTRY_VERBS, with_faulty_entries
from tests.form_steps import FORM_VERBS, with_faulty_forms
from tests.goal_steps import GOAL_VERBS, with_faulty_indicators
from tests.total_steps import TOTAL_VERBS, with_wrong_totals

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
    "支付活动项目项目的余款。[bookmark: _GoBack]",
    "实有人数4人，其中：行政编制2人，事业编制1人。",
    "剩余资金由财政收回。",
    "2022年活动的剩余支出，上年支出{prev.unit.支出}万元，上年结转{prev.p8.结余结转}万元。",
    "1.追加{p10.追加减}万元。\n3.另一项目结转{p12.结余结转}万元，决算口径与指标口径不同，结转{unit.结余结转}万元。",
    "2023年预算收入3万元。2023年支出3.50万元，较上年增加0万元，其中项目支出1.2万元，占120%。项目“业务经费”实际支出0.55万元。"
    '组织适龄妇女“两癌”免费检查2790人，，我局己完成“三八"活动，预算与目标存在细微偏差，结转结余为零。\n'
    "全年宣讲30场，组织适龄妇女“两癌”免费检查2780人，执行率偏低",
)
POLICIES = (
    default_policy_text(),
    default_policy_text().replace("reason_required = false", "reason_required = true"),
    default_policy_text() + '\n"C-021" = "error"\n',
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

    def contents(self) -> dict[str, bytes]:
        """The bytes of the files that the change attaches."""
        return attachments.contents([_source(self)]) if self.verb == "attach" else {}

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


def _commit(book: Book, step: Step) -> Change:
    details = {"fund": step.one(tuple(Fund)), "purpose": step.text}
    events = [0, *(event.id for event in book.all(BudgetEvent))]
    day, project = step.day.isoformat(), _project(book, step)
    return commitments.add_commitment(
        book, step.year, project, day, abs(step.amount), event=step.one(events), **details
    )


def _commitment(book: Book, step: Step) -> int:
    return step.one([commitment.id for commitment in book.all(Commitment)])


def _pay(book: Book, step: Step) -> Change:
    held, day = _commitment(book, step), step.day.isoformat()
    return commitments.pay_commitment(book, held, day, abs(step.amount), rest_stays=step.pick % 2 == 0)


def _pair(book: Book, step: Step) -> Change:
    """Make an event name any other one as its pair: what a broken import might hold."""
    draft = Draft(book)
    draft.replace(step.one(list(book.all(BudgetEvent))), pair=_event(book, replace(step, pick=step.pick // 2)))
    return draft.change("pair")


def _waive(book: Book, step: Step) -> Change:
    return commands.waive(book, step.year, step.one(("C-001", "C-019")), "stated:0:支出", "", "理由", TODAY)


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


def _dispose(book: Book, step: Step) -> Change:
    """As proposed, where by hand the officer carries everything."""
    lines = closing.proposals(book, step.year)
    return closing.dispose(
        book, step.year, [replace(line, kind=line.kind or EventKind.CARRIED) for line in lines[: 1 + step.pick % 3]]
    )


def _refund(book: Book, step: Step) -> Change:
    choice = step.one(tuple(refunds.CHOICES))
    day = step.day.replace(year=YEARS[1]).isoformat()
    return refunds.refund_earlier(book, YEARS[1], _payment(book, step), day, abs(step.amount), choice)


def _source(step: Step) -> attachments.Source:
    data = step.text.encode()
    return attachments.Source("发票.pdf", data, sha256(data).hexdigest())


# The way of a year to its end, see core.closing: no rule is asked here, so only the money can hinder a lock.
ENDING: Mapping[str, Callable[[Book, Step], Change]] = {
    "dispose": _dispose,
    "lock": lambda b, s: closing.lock(b, Findings(), s.year),
    "finalise": lambda b, s: closing.finalise(b, Findings(), s.year),
    "unlock": lambda b, s: closing.unlock(b, s.year, "更正"),
    "unfinalise": lambda b, s: closing.unfinalise(b, s.year, "更正"),
    "lock month": lambda b, s: closing.lock_month(b, s.year, 1 + s.pick % 12),
    "unlock month": lambda b, s: closing.unlock_month(b, s.year, 1 + s.pick % 12, "更正"),
    "carry over": lambda b, s: carrying.carry_over(b, s.year),
    "adjust opening": lambda b, s: carrying.adjust_opening(
        b, s.year, _project(b, s), Fund.GENERAL, s.amount, s.day.isoformat()
    ),
    "approve": lambda b, s: commands.set_names(b, s.year, approved_on=s.one(("", "2023-04-20"))),
    "refund earlier": _refund,
    "open next year": lambda b, s: next_year.open_next_year(b, s.year, default_policy_text(), texts=s.pick % 2 == 0),
    "take over": lambda b, s: next_year.take_over(b, s.year, texts=s.pick % 2 == 0),
    "confirm": lambda b, s: next_year.confirm_taken_over(b, s.year),
}

VERBS: Mapping[str, Callable[[Book, Step], Change]] = {
    **ENDING,
    "open year": _open_year,
    "names": lambda b, s: commands.set_names(b, s.year, short_name=s.text[:4]),
    "staff": lambda b, s: commands.set_staff(b, s.year, s.one(("行政编制", "事业编制")), actual=s.pick),
    "unit": lambda b, s: commands.found_unit(b, basis=s.one(("paid", "allotted"))),
    "add project": _add_project,
    "rename": lambda b, s: commands.set_project(b, s.year, _project(b, s), name=s.one(NAMES)),
    "kind": lambda b, s: commands.set_project(b, s.year, _project(b, s), kind=s.one(KINDS)),
    "continue": lambda b, s: commands.continue_project(b, s.year, _project(b, replace(s, year=s.year - 1))),
    "code": lambda b, s: commands.set_project(b, s.year, _project(b, s), code=s.one(("", "019100", "019101"))),
    "overspent": lambda b, s: commands.set_project(b, s.year, _project(b, s), overspent_note=s.text),
    "policy": lambda b, s: commands.set_year(b, s.year, policy=s.one(POLICIES)),
    "year": lambda b, s: commands.set_year(b, s.year, settling=s.pick % 2 == 0, note=s.text),
    "pair": _pair,
    "waive": _waive,
    "reason": lambda b, s: commands.set_project(b, s.year, _project(b, s), execution_reason=s.text),
    "remove project": lambda b, s: projects.remove_project(b, s.year, _project(b, s)),
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
    "commit": _commit,
    "set commitment": lambda b, s: commitments.set_commitment(b, _commitment(b, s), amount=s.amount, memo=s.text),
    "move commitment": lambda b, s: commitments.set_commitment(b, _commitment(b, s), project=_project(b, s)),
    "drop": lambda b, s: commitments.drop_commitment(b, _commitment(b, s)),
    "take up": lambda b, s: commitments.take_up_commitment(b, _commitment(b, s)),
    "remove commitment": lambda b, s: commitments.remove_commitment(b, _commitment(b, s)),
    "pay": _pay,
    "state": _state,
    "unstate": _unstate,
    "write": _write,
    "retitle": lambda b, s: writing.retitle(b, s.year, "other", s.one(("5、其他情况", "五、其他情况"))),
    **ENTRY_VERBS,
    **GOAL_VERBS,
    **FORM_VERBS,
    **TOTAL_VERBS,
    "reconcile": lambda b, s: commands.set_year(b, s.year, reconciled_to=s.day.isoformat()),
    "attach": lambda b, s: attachments.attach(b, s.year, f"payment:{_payment(b, s)}:", [_source(s)], s.day),
    "annotate": lambda b, s: attachments.annotate(b, s.one([one.id for one in b.all(Attachment)]), s.text),
    "detach": lambda b, s: attachments.remove_attachment(b, s.one([one.id for one in b.all(Attachment)])),
}


OFTEN = ["add event", "add payment", "set payment", "commit", "state", "write", "add indicator", "answer indicator"]
OFTEN += ["set fact", "economic code"]


def steps(most: int = 14) -> st.SearchStrategy[list[Step]]:
    """Sequences of steps. Days may lie outside the year and amounts may be zero: 阻止 must be met too."""
    step = st.builds(
        Step,
        pick=st.integers(0, 40),
        verb=st.sampled_from([*sorted(VERBS), *3 * OFTEN]),
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
    return opened + [Step(pick, "add project", 0, "", year, day) for year in YEARS for pick in (2, 7)]


def lively() -> Book:
    """Two years in which most rules find something: figures that do not meet, texts with faults, names with years."""
    book = Book()
    for step in beginning():
        book = book.apply(step.change(book) or Change(""))

    def do(command: Callable[..., Change], *args: object, **fields: object) -> None:
        nonlocal book
        book = book.apply(command(book, *args, **fields))

    before, where = (book.projects(year)[0].project for year in YEARS)
    do(commands.add_project, 2023, "2022年活动尾款", parent=where)
    do(commands.add_project, 2023, "人员经费", "人员经费")
    below, basic = book.children(2023, where)[0].project, book.projects(2023)[-1].project
    do(commands.add_event, 2022, before, EventKind.CARRIED, "2022-12-31", 700_000)
    do(commands.continue_project, 2023, before)
    for project, kind, amount in (
        (where, EventKind.INITIAL, 3_000_000),
        (where, EventKind.RECOVERED, 930_000),
        (before, EventKind.OPENING, 600_000),
        (before, EventKind.CARRIED, 500_000),
        (basic, EventKind.INITIAL, 9_000_000),
    ):
        do(commands.add_event, 2023, project, kind, "2023-12-31", amount)
    for project, amount in ((where, 1_000_000), (below, 580_000), (basic, 9_100_000)):
        do(commands.add_payment, 2023, project, "2023-06-01", amount, purpose="支付2022年剩余支出")
    for item, amount in (
        ("预算收入", 10_680_000),
        ("年初预算", 12_000_000),
        ("调整追加", -1_300_000),
        ("支出", 10_690_000),
        ("基本支出", 9_100_000),
        ("项目支出", 1_600_000),
        ("结余结转", 0),
    ):
        do(commands.state, 2023, item, amount)
    do(commands.state, 2023, "实际支出", 1_600_000, where)
    do(commands.set_staff, 2023, "行政编制", actual=3)
    repeated = "围绕国际妇女节和家庭教育周，组织先进典型评选、优秀女性观摩学习、亲子阅读和家庭教育讲座等系列活动，"
    repeated += "激励全区妇女立足岗位建功立业。"
    texts = {
        "basics": TEXTS[6],
        "income": TEXTS[1] + "拨付3万元，其中印刷费2000元。",
        "overall": f"1.{TEXTS[3]}\n3.支付活动项目项目的余款。{repeated}",
        "other": TEXTS[4],
        SENTENCE: "项目年初预算金额3万元。",
        STORY: f"[bookmark: _GoBack]{TEXTS[2]}{TEXTS[7]}",
        PURPOSE: repeated,
    }
    for key, about in section_keys(book, 2023):
        if key in texts:
            do(writing.write_section, 2023, key, about, f"支出{{p{basic}.实际支出}}万元。{texts[key]}")
    for year in YEARS:
        do(writing.write_section, year, "problems", 0, TEXTS[10])
    do(writing.write_section, 2022, "other", 0, "")
    book = with_faulty_entries(book, 2023)
    book = with_wrong_totals(with_faulty_indicators(book, 2023, where), 2023)
    return with_faulty_forms(book, 2023, where)
