"""From fields to a saved change: what it would do is said while typing, what forbids it when it is tried."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from core.change import Change
from core.check import Finding, Severity, is_due, stage_of
from core.errors import UserError
from core.i18n import _
from core.ledger import Outcome, Refused, describe
from core.rules import BY_ID
from ui.desk import Desk

LOUD = (Severity.ERROR, Severity.WARNING)  # what is worth saying while typing


class Forecast(NamedTuple):
    """What saving would do, in words; ``tone`` is error, warning or good, empty if nothing is to be said."""

    text: str = ""
    tone: str = ""


def forecast(desk: Desk, make: Callable[[], Change]) -> Forecast:
    """What a change would raise and clear. What cannot be made is said as it will be when it is saved."""
    try:
        outcome = desk.try_(make())
    except UserError as error:
        return Forecast(str(error), "error")
    return worded(outcome, desk.year, desk.today()) if outcome else Forecast()


def worded(outcome: Outcome, year: int, today: date) -> Forecast:
    """What a change that was tried would raise and clear, in words."""
    if outcome.blocking:
        return Forecast("\n".join(_unique(map(describe, outcome.blocking))[:4]), "error")
    stage = stage_of(outcome.after, year, today)
    raised = [f for f in outcome.raised if f.severity in LOUD and is_due(BY_ID[f.rule], stage, f)]
    cleared = [f for f in outcome.cleared if f.severity in LOUD and is_due(BY_ID[f.rule], stage, f)]
    lines = _unique(_("保存后将出现：{what}").format(what=_brief(f)) for f in raised)
    lines += _unique(_("保存后将消除：{what}").format(what=BY_ID[f.rule].title) for f in cleared)
    tones = {f.severity for f in raised}
    tone = "error" if Severity.ERROR in tones else "warning" if tones else "good"
    return Forecast("\n".join(lines[:4]), tone) if lines else Forecast()


def save(desk: Desk, make: Callable[[], Change]) -> str:
    """Commit a change; returns what forbids it, for the field to say: a rule, or the file itself."""
    try:
        desk.ledger.commit(make())
    except Refused as refusal:
        return "\n".join(_unique(map(describe, refusal.findings)))
    except UserError as error:
        return str(error)
    return ""


def _brief(finding: Finding) -> str:
    return f"{BY_ID[finding.rule].title}。{describe(finding)}"


def _unique(lines: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(lines))
