"""How often the culprit is found: a thousand books with one figure spoiled, told by the identities alone.

The rates are printed, kind by kind. A slip so small that rounding hides it breaks no identity and cannot be seen;
these are counted apart.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from random import Random

import pytest

from core.explain import Explanation, Known, explain
from core.money import WAN_CENT
from tests.culprit import SLIPS, Figures, Key, as_printed, consistent, only_unit, spoiled, without_a_payment

CASES = 1_000
SEED = 2023
BUDGET = 20.0  # seconds for all cases of one run, on a slow machine


@dataclass
class Tally:
    """How many slips were made, could be seen, and had their culprit found."""

    counts: Counter[str] = field(default_factory=Counter)

    def add(self, place: int | None, exact: bool) -> None:
        """One case: the culprit's place among the suspects (None: unseen), and whether its amount was told right."""
        self.counts["made"] += 1
        if place is not None:
            self.counts.update(seen=1, first=place == 0, three=place < 3, exact=exact)

    def rate(self, what: str) -> float:
        """Per cent of the slips that could be seen."""
        return 100 * self.counts[what] / max(self.counts["seen"], 1)

    def line(self, name: str) -> str:
        """A row of the table."""
        unseen = self.counts["made"] - self.counts["seen"]
        rates = "".join(f"{self.rate(what):8.1f}" for what in ("first", "three", "exact"))
        return f"{name:<{12 - _wide(name)}}{self.counts['made']:>7}{unseen:>7}{rates}"


def _wide(text: str) -> int:
    return sum(ord(character) > 0x2E80 for character in text)


# What a run knows beside the printed figures.
UNKNOWN, LEDGER, FAULTY_LEDGER = "台账数未知", "台账数已知", "台账数已知但漏记一笔支出"


def cases(ledger: str, thin: bool) -> Iterator[tuple[str, Figures, Key, dict[Key, Known]]]:
    """Spoiled books, every kind of slip as often, alike from run to run."""
    random = Random(SEED)
    for number in range(CASES):
        kind = list(SLIPS)[number % len(SLIPS)]
        figures = consistent(random, random.randint(1, 10), random.randint(2, 3))
        if thin:
            figures = only_unit(figures)
        culprit, printed = spoiled(random, figures, SLIPS[kind])
        if ledger != UNKNOWN:
            own = (figures if ledger == LEDGER else without_a_payment(random, figures)).printed()
            printed = {key: replace(one, own=own[key].amount) for key, one in printed.items()}
        yield kind, figures, culprit, printed


def found(ledger: str, thin: bool) -> tuple[dict[str, Tally], dict[str, Tally], float]:
    """The tallies by kind of slip and by how many identities the figure stands in, and seconds spent explaining."""
    kinds: dict[str, Tally] = {}
    depths: dict[str, Tally] = {}
    spent = 0.0
    for kind, figures, culprit, printed in cases(ledger, thin):
        place, exact = None, False
        if not all(one.holds(printed) for one in figures.identities):
            start = time.perf_counter()
            explanation = explain(None, figures.identities, printed)
            spent += time.perf_counter() - start
            place, exact = judged(explanation, printed[culprit], as_printed(figures.true[culprit]))
        kinds.setdefault(kind, Tally()).add(place, exact)
        depths.setdefault(f"{min(figures.depth(culprit), 3)}个等式", Tally()).add(place, exact)
    return kinds, depths, spent


def judged(explanation: Explanation, culprit: Known, true: int) -> tuple[int, bool]:
    """The culprit's place among the suspects, and whether it is told to be what it was, but for rounding."""
    for place, suspect in enumerate(explanation.suspects):
        if suspect.figure == culprit.name:
            return place, abs(suspect.should_be - true) <= WAN_CENT
    return len(explanation.suspects), False


def total(tallies: dict[str, Tally]) -> Tally:
    """All kinds together."""
    return Tally(sum((one.counts for one in tallies.values()), Counter()))


@pytest.fixture
def tell(pytestconfig: pytest.Config) -> Callable[[str], None]:
    """Prints a line in the test's output, whatever is captured."""
    reporter = pytestconfig.pluginmanager.get_plugin("terminalreporter")
    capture = pytestconfig.pluginmanager.get_plugin("capturemanager")

    def line(text: str) -> None:
        with capture.global_and_fixture_disabled():
            reporter.write_line(text)

    return line


def table(tell: Callable[[str], None], title: str, run: tuple[dict[str, Tally], dict[str, Tally], float]) -> None:
    """Print the rates of a run."""
    kinds, depths, spent = run
    tell(f"\n{title}（{CASES}例，种子{SEED}，每例{1000 * spent / CASES:.2f}毫秒）")
    tell("差错种类       例数 看不出 排第一%  前三%  金额对%")
    for name, tally in (*kinds.items(), *sorted(depths.items()), ("合计", total(kinds))):
        tell(tally.line(name))


@pytest.mark.parametrize(
    ("ledger", "thin"), [(UNKNOWN, False), (LEDGER, False), (FAULTY_LEDGER, False), (UNKNOWN, True)]
)
def test_the_culprit_is_found(tell: Callable[[str], None], ledger: str, thin: bool) -> None:
    run = found(ledger, thin)
    title = f"查找差错：{'只有单位数' if thin else '单位数和项目数'}，{ledger}"
    table(tell, title, run)
    kinds, depths, spent = run
    assert set(kinds) == set(SLIPS) and len(depths) >= 2
    assert sum(tally.counts["made"] for tally in kinds.values()) == CASES
    whole = total(kinds)
    assert whole.counts["seen"] >= 0.95 * CASES
    assert whole.rate("three") >= 95 and whole.rate("first") >= 80
    for name, tally in kinds.items():
        assert tally.rate("three") >= 95 and tally.rate("first") >= 80, name
    assert spent < BUDGET


def test_books_are_consistent_before_they_are_spoiled() -> None:
    for number in range(50):
        figures = consistent(Random(number), 1 + number % 10, 2 + number % 2)
        assert all(one.residual(exact(figures)) == 0 for one in figures.identities)
        assert all(one.holds(figures.printed()) for one in figures.identities)
        assert {1, 2, 3} <= {figures.depth(key) for key in figures.true}


def exact(figures: Figures) -> dict[Key, Known]:
    """The figures to the 分."""
    return {key: Known(str(key), amount, 1) for key, amount in figures.true.items()}


def test_a_slip_spoils_one_figure_and_is_no_other_slip() -> None:
    random = Random(1)
    for slip in SLIPS.values():
        figures = consistent(random, 5, 2)
        culprit, printed = spoiled(random, figures, slip)
        changed = [key for key, one in figures.printed().items() if printed[key] != one]
        assert changed == [culprit]


def test_two_hundred_projects_take_no_time_to_speak_of() -> None:
    random = Random(SEED)
    figures = consistent(random, 200, 2)
    for slip in SLIPS.values():
        _culprit, printed = spoiled(random, figures, slip)
        start = time.perf_counter()
        explain(None, figures.identities, printed)
        assert time.perf_counter() - start < 0.5  # about 0.01 on an idle machine
