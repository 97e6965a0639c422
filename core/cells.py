"""The cells that the sums of a book are made of: what entries of a kind, fund and month come to."""

import re

from core.model import BudgetEvent, Commitment, CommitmentState, Payment

# Kinds of cell beside the EventKind values: payments, and open commitments.
SPENT, COMMITTED = "spent", "committed"
Entry = BudgetEvent | Payment | Commitment
ENTRIES = (BudgetEvent, Payment, Commitment)
Cell = tuple[str, str, int]  # kind, fund, month

# What names a year in the purpose of a payment; core.text judges which one it is.
_NAMES_YEAR = re.compile(r"(?:19|20|１９|２０)\d\d|[上去往]一?年|以前年度")


def names_other_year(payment: Payment) -> bool:
    """True where the purpose names a year that is not the payment's own."""
    if "年" not in payment.purpose:
        return False
    return any(found != str(payment.year) for found in _NAMES_YEAR.findall(payment.purpose))


def cell_of(entry: Entry) -> Cell:
    """The cell an entry is summed in."""
    return cell_kind(entry), entry.fund, int(entry.date[5:7] or 0)


def cell_kind(entry: Entry) -> str:
    """The kind of its cell."""
    return SPENT if isinstance(entry, Payment) else entry.kind if isinstance(entry, BudgetEvent) else COMMITTED


def cell_amount(entry: Entry) -> int:
    """What an entry adds to its cell, in 分: a commitment only while it is open."""
    return 0 if isinstance(entry, Commitment) and entry.state != CommitmentState.OPEN else entry.amount
