"""The columns of a workbook backup: how each field of a record stands in a cell, and how a cell is read back.

Nothing is lost on the way. What a cell cannot hold as it is (characters that no workbook may contain, a word that the
program does not know) stands there between quotation marks behind a full-width question mark.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache

from core.errors import UserError
from core.goals import CAUSE_LABELS
from core.i18n import _
from core.intake.cells import Cell, text_of
from core.labels import RECORD_LABELS, WORDS, field_label
from core.model import (
    RECORDS,
    BudgetEvent,
    Commitment,
    Fact,
    Monitor,
    Payment,
    Project,
    ProjectYear,
    Record,
    Stated,
    Waiver,
)

PIECE = 16_000  # characters of a text in one cell, which a cell holds in any alphabet; the rest goes beside it
SAFE_DIGITS = 10**15  # numbers below keep every digit in a cell
_LARGEST = 2**63 - 1  # what a file can store
_MARK = "？"
_AWKWARD = re.compile('_x[0-9A-Fa-f]{4}_|[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|^？"')
_DAY = re.compile(r"(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2}) ?日?|(\d{4})(\d{2})(\d{2})")
_YES, _NO = _("是"), _("否")


class Shape(StrEnum):
    """What kind of cell a field stands in."""

    TEXT = "text"
    WORD = "word"  # one of some words
    CAUSES = "causes"  # several of some words
    DAY = "day"
    NUMBER = "number"
    LINK = "link"  # the number of another record, or a year: empty for none
    AMOUNT = "amount"  # hundredths in the book, whole ones with two decimals in the cell
    FLAG = "flag"
    NAME = "name"  # only to be read by people: the name of a project


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet. ``field`` is empty where nothing is read back."""

    field: str
    heading: str
    shape: Shape
    words: Mapping[str, str]  # what a value is called
    values: Mapping[str, str]  # and back
    optional: bool  # an empty cell means "not known"


class CellError(UserError):
    """A cell that cannot be read; the message says why, without the place."""


_DAYS = ("date", "filled_on", "approved_on", "disclosed_on", "reconciled_to")
_LINKS = {"project", "parent", "event", "pair", "reverses", "payment", "indicator", "goal", "about", "batch"}
_LINKS |= {"origin_year", "last", "year"}
_AMOUNTS = ("amount", "forecast")
_IN_YUAN = (BudgetEvent, Payment, Commitment, Monitor)


def sheet_title(kind: type[Record]) -> str:
    """The name of the sheet that holds the records of a kind."""
    return _("核对说明") if kind is Waiver else RECORD_LABELS[kind]


def columns(kind: type[Record]) -> tuple[Column, ...]:
    """The columns of a kind's sheet, with the names of projects beside their numbers."""
    return _COLUMNS[kind]


def _made(kind: type[Record]) -> tuple[Column, ...]:
    found: list[Column] = []
    for field in fields(kind):
        found.append(_column(kind, field.name, field.default))
        names_project = field.name == "project" and kind is not ProjectYear
        about_project = field.name == "about" and field.default == 0
        if names_project or about_project or (kind is Project and field.name == "id"):
            found.append(Column("", _("项目名称（参考）"), Shape.NAME, {}, {}, False))
    return tuple(found)


def _column(kind: type[Record], name: str, default: object) -> Column:
    heading, words = field_label(kind, name), WORDS.get((kind, name), {})
    if isinstance(default, str):
        shape = Shape.WORD if words else Shape.DAY if name in _DAYS else Shape.TEXT
        if name == "causes":
            shape, words = Shape.CAUSES, CAUSE_LABELS
    elif isinstance(default, bool):
        shape = Shape.FLAG
    elif name in _AMOUNTS or default is None:
        shape = Shape.AMOUNT
        unit = _("（元、%、分或等次）") if kind is Stated else _("（元或㎡）") if kind is Fact else _("（元）")
        heading += unit
    else:
        shape = Shape.LINK if name in _LINKS else Shape.NUMBER
    values: dict[str, str] = {}
    for value, word in words.items():
        values.setdefault(word, str(value))
    return Column(name, heading, shape, words, values, default is None)


_COLUMNS = {kind: _made(kind) for kind in RECORDS}


# Into cells


def cell_of(column: Column, record: Record) -> Cell:
    """What stands in the cell of a field: None for an empty cell."""
    value = getattr(record, column.field)
    if column.shape == Shape.AMOUNT and isinstance(record, Stated) and _is_whole(record.printed_unit):
        value *= 100
    return _WRITERS[column.shape](column, value)


def _is_whole(unit: str) -> bool:
    """Whether a stated figure is a place among grades, which has no hundredths."""
    return unit == "级"


def safe_text(text: str) -> str:
    """A text as a cell can hold it."""
    return _quoted(text) if _AWKWARD.search(text) else text


def _quoted(text: str) -> str:
    return _MARK + json.dumps(text).replace("_", "\\u005f")


def _text_cell(_column: Column, value: str) -> Cell:
    return safe_text(value) or None


def _word_cell(column: Column, value: str) -> Cell:
    if value == "" and "" not in column.words:
        return None
    word = column.words.get(value)
    return word if word is not None and column.values[word] == value else _quoted(value)


def _causes_cell(column: Column, value: str) -> Cell:
    keys = value.split(",")
    if value and all(key in column.words for key in keys):
        return "、".join(column.words[key] for key in keys)
    return _quoted(value) if value else None


@lru_cache(maxsize=4096)
def _day_of(value: str) -> date | None:
    """The date of an ISO text that a workbook can hold as a date."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if day.isoformat() == value and day.year > 1900 else None


def _day_cell(column: Column, value: str) -> Cell:
    day = _day_of(value)
    if day is not None or not value:
        return day
    return _quoted(value) if _day_text(value) != value else _text_cell(column, value)


def _number_cell(_column: Column, value: int | None) -> Cell:
    return value if value is None or -SAFE_DIGITS < value < SAFE_DIGITS else str(value)


def _link_cell(column: Column, value: int) -> Cell:
    return _number_cell(column, value) if value else None


def _amount_cell(_column: Column, value: int | None) -> Cell:
    if value is None:
        return None
    if -SAFE_DIGITS < value < SAFE_DIGITS:
        return value / 100
    whole, rest = divmod(abs(value), 100)
    return f"{'-' if value < 0 else ''}{whole}.{rest:02d}"


_WRITERS: Mapping[Shape, Callable[..., Cell]] = {
    Shape.TEXT: _text_cell,
    Shape.WORD: _word_cell,
    Shape.CAUSES: _causes_cell,
    Shape.DAY: _day_cell,
    Shape.NUMBER: _number_cell,
    Shape.LINK: _link_cell,
    Shape.AMOUNT: _amount_cell,
    Shape.FLAG: lambda _column, value: _YES if value else _NO,
}


# Out of cells


def value_of(column: Column, cell: Cell) -> object:
    """The value of a field in a cell. Raises ``CellError``."""
    if isinstance(cell, str) and cell[:1] == _MARK and cell[1:2] == '"':
        try:
            cell = json.loads(cell[1:])
        except ValueError:
            raise CellError(_("引号中的内容不完整，请恢复导出时的内容")) from None
        if column.shape not in (Shape.TEXT, Shape.WORD, Shape.CAUSES, Shape.DAY) or not isinstance(cell, str):
            raise CellError(_("不能识别“{text}”").format(text=_short(cell)))
        return cell
    return _READERS[column.shape](column, cell)


def stated_amount(amount: int, unit: str) -> int:
    """The amount of a stated figure read as hundredths. Raises ``CellError`` for a part of a grade."""
    if not _is_whole(unit):
        return amount
    if amount % 100:
        raise CellError(_("等次应为整数"))
    return amount // 100


def _short(cell: object) -> str:
    text = str(cell)
    return text if len(text) <= 30 else text[:30] + "…"


def _text_value(_column: Column, cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, int | float) and abs(cell) >= SAFE_DIGITS:
        text = _("数字超过15位，末尾几位已被表格软件改动，请把单元格设为文本后重新填写")
        raise CellError(text)
    return text_of(cell)


def _word_value(column: Column, cell: Cell) -> str:
    word = text_of(cell)
    if word in column.values:
        return column.values[word]
    if word:
        text = _("“{text}”不在可填的内容中（{words}）")
        raise CellError(text.format(text=_short(word), words="、".join(column.values)))
    return ""


def _causes_value(column: Column, cell: Cell) -> str:
    return ",".join(_word_value(column, word) for word in re.split("[、，,]", text_of(cell)) if word.strip())


def _day_text(text: str) -> str:
    """A date written in one of the usual forms as ISO text; other text as it is."""
    found = _DAY.fullmatch(text.strip())
    if not found:
        return text
    try:
        return date(*(int(part) for part in found.groups() if part)).isoformat()
    except ValueError:
        return text


def _day_value(column: Column, cell: Cell) -> str:
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    if isinstance(cell, int | float) and 19000101 <= cell <= 99991231:
        cell = str(int(cell))
    if cell is None or isinstance(cell, str):
        return _day_text(cell or "")
    raise CellError(_("“{text}”不是日期，请写成 2023-01-15").format(text=_short(text_of(cell))))


def _decimal(cell: Cell) -> Decimal:
    """The number in a cell, exactly as it is written there."""
    if cell is None or isinstance(cell, bool | date | time):
        raise CellError(_("“{text}”不是数字").format(text=_short(text_of(cell))))
    try:
        number = Decimal(repr(cell)) if isinstance(cell, int | float) else Decimal(str(cell).replace(",", "").strip())
    except InvalidOperation:
        raise CellError(_("“{text}”不是数字").format(text=_short(cell))) from None
    if not number.is_finite() or abs(number) > _LARGEST:
        raise CellError(_("“{text}”超出可登记的范围").format(text=_short(cell)))
    return number


def _number_value(column: Column, cell: Cell) -> int | None:
    if cell is None or cell == "":
        return None if column.optional else 0
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < SAFE_DIGITS:
        return int(cell)
    number = _decimal(cell)
    if number != number.to_integral_value():
        raise CellError(_("“{text}”应为整数").format(text=_short(text_of(cell))))
    return int(number)


def _amount_value(column: Column, cell: Cell) -> int | None:
    if cell is None or cell == "":
        if column.optional:
            return None
        raise CellError(_("金额为空，没有金额请填0"))
    hundredths = _decimal(cell) * 100
    whole = hundredths.to_integral_value()
    # A sum that a spreadsheet program worked out may miss the 分 by its own rounding, never by more.
    if abs(hundredths - whole) > Decimal("0.0001") or abs(whole) > _LARGEST:
        raise CellError(_("“{text}”最多两位小数").format(text=_short(text_of(cell))))
    return int(whole)


def _flag_value(_column: Column, cell: Cell) -> bool:
    text = text_of(cell).upper()
    if text in (_YES, "TRUE", "1"):
        return True
    if text in (_NO, "FALSE", "0", ""):
        return False
    raise CellError(_("“{text}”应为是或否").format(text=_short(text)))


_READERS: Mapping[Shape, Callable[[Column, Cell], object]] = {
    Shape.TEXT: _text_value,
    Shape.WORD: _word_value,
    Shape.CAUSES: _causes_value,
    Shape.DAY: _day_value,
    Shape.NUMBER: _number_value,
    Shape.LINK: _number_value,
    Shape.AMOUNT: _amount_value,
    Shape.FLAG: _flag_value,
}
