"""What a user can do with performance indicators (绩效指标), each a pure function from a book to a change.

Numbers are stored as plain decimal text. A value typed with its sign or unit is parted: ``≥30场`` becomes
operator ≥, target 30, unit 场.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from core.book import Book
from core.change import Change
from core.draft import Draft
from core.errors import UserError
from core.goals import Indicator, Operator, Version
from core.i18n import _
from core.model import clean_text
from core.quantities import comparison, parse_quantity, parse_value, plain_decimal

_NUMBERS: Mapping[str, str] = {"weight": _("分值"), "score": _("得分")}
# What a year takes from the year before, and the self-evaluation from the targets.
_TAKEN = ("level1", "level2", "name", "operator", "target", "unit", "weight", "method")
_SAME = ("level1", "level2", "name")


def add_indicator(
    book: Book, year: int, about: int, version: str = Version.SELF, name: str = "", **fields: object
) -> Change:
    """Add an indicator to a project or the unit (``about`` 0), as the last one. ``fields`` are those of Indicator.

    Raises ``UserError`` for points that are no number.
    """
    draft = Draft(book)
    given = _given({"name": name, **fields})
    position = _last(book, year, about, version) + 1
    draft.add(Indicator(id=0, year=year, about=about, version=version, position=position, **given))  # type: ignore[arg-type]
    return draft.change(_("新增绩效指标：{name}").format(name=given["name"]))


def set_indicator(book: Book, indicator: int, **fields: object) -> Change:
    """Change fields of an indicator. Raises ``UserError`` for points that are no number."""
    record = _held(book, indicator)
    draft = Draft(book)
    new = draft.replace(record, **_given(fields, record))
    if set(fields) == {"actual"}:
        return draft.change(_("填写完成值：{name}").format(name=new.name))
    if set(fields) == {"score"}:
        return draft.change(_("填写得分：{name}").format(name=new.name))
    return draft.change(_("修改绩效指标：{name}").format(name=new.name))


def score_by_formula(book: Book, indicator: int) -> Change:
    """Take back the score an indicator was given: the computed one holds."""
    return set_indicator(book, indicator, score="")


def remove_indicator(book: Book, indicator: int) -> Change:
    """Remove an indicator; one of the self-evaluation that answers it stays, without its target."""
    record = _held(book, indicator)
    draft = Draft(book)
    draft.remove(record)
    for one in book.indicators(record.year, record.about):
        if one.goal == indicator and one.id != indicator:
            draft.replace(one, goal=0)
    for noted in book.monitors(record.year, record.about):
        if noted.indicator == indicator:
            draft.remove(noted)
    return draft.change(_("删除绩效指标：{name}").format(name=record.name))


def move_indicator(book: Book, indicator: int, to: int) -> Change:
    """Move an indicator to a place among its table's rows, 0 being the first."""
    record = _held(book, indicator)
    rows = [one for one in book.indicators(record.year, record.about, record.version) if one.id != indicator]
    rows.insert(max(0, to), record)
    draft = Draft(book)
    for position, one in enumerate(rows, 1):
        draft.replace(one, position=position)
    return draft.change(_("移动绩效指标：{name}").format(name=record.name))


def copy_goals_to_self(book: Book, year: int, about: int) -> Change:
    """Put every indicator of the 绩效目标表 that is not there yet into the 绩效自评表, to be answered."""
    answered = {one.goal for one in book.indicators(year, about)}
    rows = [one for one in book.indicators(year, about, Version.GOAL) if one.id not in answered]
    return _copied(book, rows, year, about, Version.SELF, _("目标转入自评表"))


def take_over_indicators(book: Book, year: int, about: int, version: str = Version.GOAL) -> Change:
    """Take over last year's indicators without their results, marked 「沿用上年」 until confirmed.

    They come from the same table of the year before, or from its other one where that is empty; an indicator of
    the same levels and name is not taken twice.
    """
    other = Version.SELF if version == Version.GOAL else Version.GOAL
    source = book.indicators(year - 1, about, version) or book.indicators(year - 1, about, other)
    here = {_key(one) for one in book.indicators(year, about, version)}
    rows = [one for one in source if _key(one) not in here]
    return _copied(book, rows, year, about, version, _("沿用{year}年度绩效指标").format(year=year - 1))


def confirm(book: Book, indicators: Iterable[int]) -> Change:
    """Confirm indicators that were taken over from the year before."""
    draft = Draft(book)
    for number in indicators:
        draft.replace(_held(book, number), taken_over=False)
    return draft.change(_("确认沿用的绩效指标"))


def spread_weights(book: Book, year: int, about: int, version: str = Version.SELF) -> Change:
    """Share the points of the policy's scheme out evenly among the indicators of each first level.

    In whole points, the first ones taking what is left over; in tenths where there are more indicators than points.
    Indicators of a first level that the scheme does not know keep their points.
    """
    draft = Draft(book)
    for level, points in book.policy(year).weights.items():
        rows = [one for one in book.indicators(year, about, version) if one.level1 == level]
        for row, share in zip(rows, shares(points, len(rows)), strict=True):
            draft.replace(row, weight=plain_decimal(share))
    return draft.change(_("按方案分配分值"))


def shares(points: int, parts: int) -> Sequence[Decimal]:
    """``points`` in so many parts that add up to it and differ by one step at most, the larger ones first."""
    if not parts:
        return ()
    step = 1 if parts <= points else 10
    each, rest = divmod(points * step, parts)
    return [Decimal(each + (number < rest)) / step for number in range(parts)]


def weights_left(book: Book, year: int, about: int, version: str = Version.SELF) -> dict[str, Decimal]:
    """Points of the scheme not given out yet by first level; negative where too many are. Σ 0 for a good table."""
    left = {level: Decimal(points) for level, points in book.policy(year).weights.items()}
    for one in book.indicators(year, about, version):
        left[one.level1] = left.get(one.level1, Decimal(0)) - (parse_value(one.weight) or 0)
    return left


def _copied(book: Book, rows: Sequence[Indicator], year: int, about: int, version: str, label: str) -> Change:
    draft = Draft(book)
    last = _last(book, year, about, version)
    for position, row in enumerate(rows, last + 1):
        taken = {name: getattr(row, name) for name in _TAKEN}
        within = row.year == year
        draft.add(
            Indicator(
                id=0,
                year=year,
                about=about,
                version=version,
                position=position,
                goal=row.id if within else 0,
                taken_over=row.taken_over if within else True,
                **taken,
            )
        )
    return draft.change(label)


def _given(fields: Mapping[str, object], held: Indicator | None = None) -> dict[str, object]:
    """Fields as they are stored: text cleaned, numbers plain, target and result parted from their sign and unit."""
    held = held or Indicator(id=0)
    given = {name: clean_text(value).strip() if isinstance(value, str) else value for name, value in fields.items()}
    for name, label in _NUMBERS.items():
        if text := str(given.get(name, "")):
            given[name] = _number(text, label)
    if "operator" in given:
        given["operator"] = _operator(str(given["operator"]))
    if given.get("operator", held.operator) == Operator.QUALITATIVE:
        return given
    if "target" in given:
        number, unit, operator = _parted(str(given["target"]), str(given.get("unit", held.unit)))
        parts = {"unit": unit, "operator": operator}
        given = {**{name: part for name, part in parts.items() if part}, **given, "target": number}
    if "actual" in given:
        whole = str(given.get("unit", held.unit))
        number, unit, _typed = _parted(str(given["actual"]), whole)
        # A result typed without a unit is in that of the target, whatever the one before was in.
        given = {"actual_unit": unit if unit != whole else "", **given, "actual": number}
    return given


def _number(text: str, label: str) -> str:
    value = parse_value(text)
    if value is None:
        raise UserError(_("{label}应为数字，例如 10 或 8.5。").format(label=label))
    return plain_decimal(value)


def _operator(text: str) -> str:
    found = text if text in tuple(Operator) else comparison(text)
    if not found:
        raise UserError(_("计算符号应为 ≥、≤、＝、＞、＜ 或 定性。"))
    return found


def _parted(text: str, unit: str) -> tuple[str, str, str]:
    """Number, unit and comparison of a value; the text itself where it is not one number."""
    found = parse_quantity(text)
    if found is None:
        return text, "", ""
    if found.unit not in ("万", "亿"):
        return plain_decimal(found.number), found.unit, found.operator
    number = found.number if unit.startswith(found.unit) else parse_value(text)
    assert number is not None
    return plain_decimal(number), "", found.operator


def _key(one: Indicator) -> tuple[str, ...]:
    return tuple(getattr(one, name) for name in _SAME)


def _last(book: Book, year: int, about: int, version: str) -> int:
    return max((one.position for one in book.indicators(year, about, version)), default=0)


def _held(book: Book, indicator: int) -> Indicator:
    record = book.get(Indicator, indicator)
    if record is None:
        raise UserError(_("这个指标已不存在，可能已被撤销或删除。"))
    return record
