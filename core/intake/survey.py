"""What is in a workbook, sheet by sheet: which kind of list each one holds, before anything is chosen."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from core.batches import KINDS
from core.errors import UserError
from core.intake.cells import Sheet, Workbook
from core.intake.code_lists import CodeList, read_codes
from core.intake.header import Header, find_header
from core.intake.layouts import Layout, recalled
from core.jobs import Progress


@dataclass(frozen=True, slots=True)
class Found:
    """One sheet as it was recognised. ``problem``: why it cannot be read; then there is no ``sheet``."""

    name: str
    is_hidden: bool
    sheet: Sheet | None = None
    header: Header | None = None
    layout: Layout | None = None  # remembered for these headings
    codes: CodeList | None = None  # where it is a list of classification codes (科目代码)
    problem: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it."""
        return self.sheet is not None and not self.sheet.rows

    @property
    def rows(self) -> int:
        """How many rows stand below its headings."""
        if self.sheet is None:
            return 0
        return len(self.sheet.rows) - (self.header.last + 1 if self.header else 0)


def survey(
    workbook: Workbook,
    layouts: Iterable[Layout] = (),
    progress: Progress | None = None,
    kinds: Collection[str] = KINDS,
) -> tuple[Found, ...]:
    """Every sheet of a workbook, each as the likeliest of ``kinds``. One that cannot be read does not keep the others
    from being read. Raises ``Cancelled`` as ``progress`` does."""
    kept = tuple(layouts)
    found: list[Found] = []
    for number, info in enumerate(workbook.sheets):
        if progress:
            progress.step(number, len(workbook.sheets))
        try:
            found.append(_recognised(workbook.read(info.name), info.hidden, kept, kinds))
        except UserError as error:
            found.append(Found(info.name, info.hidden, problem=str(error)))
    return tuple(found)


def _recognised(sheet: Sheet, is_hidden: bool, layouts: Sequence[Layout], kinds: Collection[str]) -> Found:
    known = [one for one in layouts if one.kind in kinds]
    header, layout = recalled(sheet, find_header(sheet, among=kinds), known)
    codes = read_codes(sheet) if layout is None and kinds is KINDS else None
    return Found(sheet.name, is_hidden, sheet, None if codes else header, layout, codes)


def likeliest(found: Sequence[Found]) -> int:
    """The place of the sheet that is probably meant: a visible one before a hidden one, a header that is surely known
    before another."""

    def rank(one: Found) -> tuple[bool, bool, int, int]:
        known = one.header is not None or one.codes is not None
        score = one.header.score if one.header else 0
        return known and one.rows > 0, not one.is_hidden, score, one.rows

    return max(range(len(found)), key=lambda place: (rank(found[place]), -place), default=0)
