"""What the rules find in a book, for tests: every finding is worded too, so that a missing value shows."""

from functools import cache
from string import Formatter

from core.book import Book
from core.change import Change
from core.check import Finding, message, remedy
from core.checker import Checker
from core.ledger import checker
from core.repairs import REPAIRS
from core.rules import BY_ID
from tests.builders import YEAR


@cache
def all_rules() -> Checker:
    return checker()


def found(book: Book, rule: str, year: int = YEAR) -> list[Finding]:
    """The findings of one rule in a year."""
    findings = all_rules().check(book, (y.year for y in book.years())).of_year(year)
    return [_worded(finding) for finding in findings if finding.rule == rule]


def edited(book: Book, change: Change, rule: str) -> list[Finding]:
    """What a rule about edits says of a change."""
    after = book.apply(change)
    return [_worded(finding) for finding in all_rules().edits(book, after, change) if finding.rule == rule]


def rules_found(book: Book, year: int = YEAR) -> list[str]:
    """The ids of all rules that find something above 提示 in a year."""
    findings = all_rules().check(book, (y.year for y in book.years())).of_year(year)
    return [finding.rule for finding in findings if _worded(finding).severity != "info"]


def says(finding: Finding) -> str:
    """The finding in words."""
    return message(BY_ID[finding.rule], finding)


def repaired(book: Book, finding: Finding) -> Book:
    """The book after the repair of a finding."""
    assert finding.repair is not None
    return book.apply(REPAIRS[finding.repair.command](book, *finding.repair.args))


def _worded(finding: Finding) -> Finding:
    one = BY_ID[finding.rule]
    fields = {name for _text, name, _spec, _conversion in Formatter().parse(one.message) if name}
    assert fields == {name for name, _value in finding.values}, f"{finding.rule} fills {finding.values}"
    assert message(one, finding) and remedy(one, finding).endswith("。")
    return finding
