"""The phrase bank (常用语): problems (存在的问题), each with what is done about it (改进措施); on request only."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from core.i18n import _
from core.outline import Part

PHRASES = Path(__file__).resolve().parent.parent / "resources" / "phrases.toml"
PROBLEM, MEASURE = _("问题"), _("措施")


@dataclass(frozen=True, slots=True)
class Pair:
    """A problem and the measure against it; ``rules`` are the findings that speak for the problem."""

    topic: str
    problem: str
    measure: str
    rules: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def pairs() -> tuple[Pair, ...]:
    """All pairs by topic, in the order of the file."""
    data = tomllib.loads(PHRASES.read_text(encoding="utf-8"))
    return tuple(
        Pair(one["topic"], one["problem"], one["measure"], tuple(one.get("rules", ()))) for one in data["pair"]
    )


def is_offered(part: Part) -> bool:
    """Whether a section is one for problems or measures."""
    return part.mode == "text" and any(word in part.title for word in (PROBLEM, MEASURE))


def matching(rules: Iterable[str]) -> tuple[Pair, ...]:
    """The pairs that this year's findings speak for."""
    raised = set(rules)
    return tuple(pair for pair in pairs() if raised.intersection(pair.rules))
