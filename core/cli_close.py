"""Closing a year on the command line: its checklist and proposals, and each step on its own."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import asdict
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

from core.backups import Why
from core.book import Book
from core.carrying import carry_over
from core.change import Change
from core.check import Findings
from core.checklist import StepState, checklist
from core.closing import dispose, finalise, lock, proposals, unfinalise, unlock
from core.database import copy_checked
from core.errors import UserError
from core.i18n import _
from core.labels import place_name, project_name
from core.ledger import Ledger
from core.model import EVENT_LABELS, FUND_LABELS, YEAR_STATE_LABELS, YearState
from core.money import show_yuan
from core.next_year import open_next_year
from core.terminal import line, pad, width, wrapped

Act = Callable[[Book, Findings, int, str], Change]


def _unlock(book: Book, _findings: Findings, year: int, reason: str) -> Change:
    record = book.year(year)
    back = unfinalise if record and record.state == YearState.FINAL else unlock
    return back(book, year, reason)


def _open_next(book: Book, _findings: Findings, year: int, _reason: str) -> Change:
    record = book.year(year)
    return open_next_year(book, year, record.policy if record else "")


# The steps by the name of their option, see core.cli.
_ACTS: Mapping[str, Act] = {
    "unlock": _unlock,
    "dispose": lambda book, _findings, year, _reason: dispose(book, year, proposals(book, year)),
    "lock": lambda book, findings, year, _reason: lock(book, findings, year),
    "final": lambda book, findings, year, _reason: finalise(book, findings, year),
    "open-next": _open_next,
    "carry": lambda book, _findings, year, _reason: carry_over(book, year),
}


def close_year(
    path: Path, year: int, acts: Iterable[str], reason: str, dry_run: bool
) -> tuple[Book, Findings, list[str]]:
    """Carry out these steps of closing a year, each saved on its own; returns the book, its findings and what was done.

    With ``dry_run`` on a copy of the file. Raises ``UserError`` at the first step that cannot be done; the steps
    before it stay.
    """
    wanted = list(acts)
    with TemporaryDirectory() as folder:
        used = Path(folder) / path.name if dry_run and wanted else path
        if used != path:
            copy_checked(path, used)
        with closing(Ledger.open(used, readonly=not wanted)) as ledger:
            if ledger.book.year(year) is None:
                raise UserError(_("文件中没有{year}年度。").format(year=year))
            if used == path and {"lock", "final"} & set(wanted):
                ledger.back_up(Why.YEAR_END)
            done = []
            for name in wanted:
                outcome = ledger.commit(_ACTS[name](ledger.book, ledger.findings, year, reason))
                done += [outcome.change.label] if outcome else []
            return ledger.book, ledger.findings, done


def print_closing(book: Book, findings: Findings, year: int, done: Iterable[str], today: date, out: TextIO) -> None:
    """Print what was done, the checklist, and what is proposed for the money that is left."""
    record = book.year(year)
    state = YEAR_STATE_LABELS[record.state] if record else ""
    lines = [_("已完成：{what}").format(what=label) for label in done]
    lines += [_("{name} {year}年度：{state}").format(name=book.unit_year(year).name, year=year, state=state), ""]
    marks = {StepState.DONE: _("完成"), StepState.TODO: _("待办"), StepState.BLOCKED: _("未到")}
    steps = checklist(book, findings, year, today)
    columns = max(width(step.title) for step in steps)
    for step in steps:
        named = step.about and step.about.kind != "year" and step.state != StepState.DONE
        where = f"（{place_name(book, year, step.about)}）" if named and step.about else ""
        lines += wrapped(f"{marks[step.state]}  {pad(step.title, columns)}  ", step.detail + where)
    lines += ["", *_proposed(book, year)]
    print("\n".join(lines), file=out)


def _proposed(book: Book, year: int) -> list[str]:
    rows = [
        (
            project_name(book, one.project, year),
            FUND_LABELS.get(one.fund, one.fund),
            str(one.origin_year),
            show_yuan(one.amount),
            EVENT_LABELS.get(one.kind, _("请选择")),
            one.why,
        )
        for one in proposals(book, year)
    ]
    if not rows:
        return [_("没有需要处置的资金。")]
    head = (_("项目"), _("资金性质"), _("资金年度"), _("金额（元）"), _("建议"), _("理由"))
    widths = [max(map(width, column)) for column in zip(head, *rows, strict=True)]
    return [line(row, widths) for row in (head, *rows)]


def closing_data(book: Book, findings: Findings, year: int, done: Iterable[str], today: date) -> dict[str, object]:
    """The same as plain data for JSON, amounts in 分."""
    record = book.year(year)
    return {
        "year": year,
        "state": str(record.state) if record else "",
        "done": list(done),
        "steps": [
            {"key": s.key, "title": s.title, "state": str(s.state), "detail": s.detail, "count": s.count}
            for s in checklist(book, findings, year, today)
        ],
        "proposals": [asdict(one) | {"name": project_name(book, one.project, year)} for one in proposals(book, year)],
    }
