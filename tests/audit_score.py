"""Measures the audit of report texts against judged cases: `python -m tests.audit_score`.

A case (tests/core/audit/cases/NAME.toml) holds a text, the figures of the statements in it that hold and of those that
do not, and the words of its defects. Four figures come of them: how many statements are understood, how many defects
are found, how many findings are false alarms, and on how many texts without a defect nothing is said.
"""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from core.audit.judge import audit
from core.audit.model import Relation

CASES = Path(__file__).resolve().parent / "core" / "audit" / "cases"


@dataclass
class Score:
    """The four figures, and in words what was missed."""

    statements: int = 0
    understood: int = 0
    defects: int = 0
    found: int = 0
    alarms: int = 0
    reports: int = 0
    clean: int = 0
    silent: int = 0
    missed: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The figures as they are printed."""
        return [
            f"reports {self.reports}",
            f"understood   {self.understood}/{self.statements} = {self.understood / self.statements:.1%}",
            f"recall       {self.found}/{self.defects} = {self.found / self.defects:.1%}",
            f"false alarms {self.alarms} = {self.alarms / self.reports:.2f} a report",
            f"silent       {self.silent}/{self.clean} texts without a defect",
        ]


def score(folder: Path = CASES) -> Score:
    """The figures over all cases of a folder."""
    total = Score()
    for path in sorted(folder.glob("*.toml")):
        add_case(total, path.stem, tomllib.loads(path.read_text(encoding="utf-8")))
    return total


def add_case(total: Score, name: str, case: dict[str, object]) -> None:
    """Judge one case and add it to the score."""
    text = str(case["text"])
    result = audit(text)
    total.reports += 1
    known = [(set(one.figures), one) for one in result.relations]
    for key, holds in (("holds", True), ("fails", False)):
        for wanted in case[key]:  # type: ignore[attr-defined]
            total.statements += 1
            need = _numbers(wanted.split())
            if any(_is(need, _numbers(have), one, holds) for have, one in known):
                total.understood += 1
            else:
                total.missed.append(f"{name} not understood: {wanted} ({key})")
    places = []
    for words in case["defects"]:  # type: ignore[attr-defined]
        start = text.index(words)
        places.append((start, start + len(words)))
        total.defects += 1
        if any(one.start < start + len(words) and start < one.end for one in result.loud):
            total.found += 1
        else:
            total.missed.append(f"{name} missed: {words}")
    wrong = [one for one in result.loud if not any(one.start < end and start < one.end for start, end in places)]
    total.alarms += len(wrong)
    total.missed += [f"{name} false alarm: {one.rule} {one.message} | {one.quote}" for one in wrong]
    if not places:
        total.clean += 1
        total.silent += not result.loud


def _numbers(figures: object) -> set[Decimal]:
    return {Decimal(one).normalize() for one in figures if Decimal(one)}  # type: ignore[attr-defined]


def _is(need: set[Decimal], have: set[Decimal], one: Relation, holds: bool) -> bool:
    if one.holds != holds or (not holds and not one.trust):
        return False
    return need <= have and len(have) <= len(need) + 1


if __name__ == "__main__":
    measured = score()
    if "--verbose" in sys.argv:
        print("\n".join(measured.missed))
    print("\n".join(measured.lines()))
