"""A chart as plain shapes in points from its top left corner, for every format that draws."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from core.i18n import _
from core.money import show_wan
from core.report.model import Chart

COLOURS = ("#9db4d3", "#1f4e8c")  # light and dark, told apart in black and white too
GREY = "#8a8a8a"
_WAN = 1_000_000  # 分
_SIZE, _SMALL = 10.5, 9.0  # of words
_TITLE = 14.0
_ROW, _BAR = 29.0, 10.0  # from label to label of bars, and the height of one
_TOP = 64.0  # title and legend
_BOTTOM = 26.0  # the words of the axis
_PLOT = 230.0  # the height of lines
_RIGHT = 64.0


@dataclass(frozen=True, slots=True)
class Area:
    """A filled rectangle."""

    left: float
    top: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class Path:
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    colour: str
    width: float
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """Words around a middle height; ``share`` 0 begins at ``x``, 0.5 stands around it, 1 ends there."""

    text: str
    x: float
    middle: float
    share: float = 0
    size: float = _SMALL


Shape = Area | Path | Words
Width = Callable[[str, float], float]  # of words in a size


def chart_height(chart: Chart) -> float:
    """How high a chart is, in points."""
    return _TOP + _BOTTOM + (_PLOT if chart.lines else _ROW * len(chart.labels))


def shapes(chart: Chart, width: float, measured: Width) -> Iterator[Shape]:
    """The shapes of a chart of this width."""
    yield Words(chart.title, width / 2, _TITLE, 0.5, _TITLE)
    yield from _legend(chart, width, measured)
    yield from (_lines if chart.lines else _bars)(chart, width, measured)


def _legend(chart: Chart, width: float, measured: Width) -> Iterator[Shape]:
    x, middle = 0.0, _TITLE + 28
    yield Words(_("单位：万元"), width, middle, 1)
    for number, series in enumerate(chart.series):
        if chart.lines:
            yield Path(((x, middle), (x + 22, middle)), _colour(chart, number), 2 - number / 2, number > 0)
        else:
            yield Area(x, middle - _BAR / 2, 22, _BAR, COLOURS[number % 2])
        yield Words(series.name, x + 28, middle, 0, _SIZE)
        x += 28 + measured(series.name, _SIZE) + 24


def _colour(chart: Chart, number: int) -> str:
    return COLOURS[1] if number == 0 else GREY


def _bars(chart: Chart, width: float, measured: Width) -> Iterator[Shape]:
    """Bars from left to right, those of a label below each other, each with its amount."""
    names = min(width * 0.34, max((measured(label, _SMALL) for label in chart.labels), default=0) + 10)
    low, high, step = _scale(chart)
    left, across = names, width - names - _RIGHT
    bottom = _TOP + _ROW * len(chart.labels)

    def at(amount: float) -> float:
        return left + across * (amount - low) / (high - low)

    for tick in _ticks(low, high, step):
        yield Path(((at(tick), _TOP - 4), (at(tick), bottom)), "#d9d9d9" if tick else "#000000", 0.5)
        yield Words(show_wan(int(tick), trim=True), at(tick), bottom + 12, 0.5)
    for row, label in enumerate(chart.labels):
        top = _TOP + _ROW * row + (_ROW - _BAR * len(chart.series)) / 2
        lines = _fitted(label, names - 8, measured)
        for number, text in enumerate(lines):
            middle = _TOP + _ROW * (row + 0.5) + (number - (len(lines) - 1) / 2) * (_SMALL + 2)
            yield Words(text, names - 6, middle, 1)
        for number, series in enumerate(chart.series):
            amount = series.values[row]
            if amount is None:
                continue
            start, end = sorted((at(0), at(amount)))
            yield Area(start, top + _BAR * number, end - start, _BAR - 1, COLOURS[number % 2])
            yield Words(show_wan(amount), end + 4, top + _BAR * (number + 0.5) - 0.5)


def _lines(chart: Chart, width: float, measured: Width) -> Iterator[Shape]:
    """Lines from label to label; the first is drawn full with its last amount, others dashed."""
    low, high, step = _scale(chart)
    ticks = _ticks(low, high, step)
    left = max(measured(show_wan(int(tick), trim=True), _SMALL) for tick in ticks) + 8
    across, bottom = width - left - _RIGHT, _TOP + _PLOT
    gap = across / max(1, len(chart.labels) - 1)

    def at(amount: float) -> float:
        return bottom - _PLOT * (amount - low) / (high - low)

    for tick in ticks:
        yield Path(((left, at(tick)), (left + across, at(tick))), "#d9d9d9" if tick else "#000000", 0.5)
        yield Words(show_wan(int(tick), trim=True), left - 6, at(tick), 1)
    for number, label in enumerate(chart.labels):
        yield Words(label, left + gap * number, bottom + 14, 0.5)
    taken: list[float] = []
    for number, series in enumerate(chart.series):
        points = [(left + gap * n, at(amount)) for n, amount in enumerate(series.values) if amount is not None]
        if not points:
            continue
        yield Path(tuple(points), _colour(chart, number), 2 - number / 2, number > 0)
        last = next(amount for amount in reversed(series.values) if amount is not None)
        middle = points[-1][1]
        for other in taken:  # amounts that end close to each other stand one below the other
            if abs(middle - other) < _SMALL + 3:
                middle = other + (_SMALL + 3) * (1 if middle >= other else -1)
        taken.append(middle)
        yield Words(show_wan(last), points[-1][0] + 5, middle)


def _scale(chart: Chart) -> tuple[float, float, float]:
    """The ends of the axis and its step, in 分: steps of 1, 2 or 5 万元, or of tens or tenths of them."""
    amounts = [amount for series in chart.series for amount in series.values if amount is not None]
    low, high = min([0, *amounts]), max([0, *amounts])
    wanted = max(high - low, _WAN // 100) / 5
    step = next(unit * 10**power for power in range(2, 20) for unit in (1, 2, 5) if unit * 10**power >= wanted)
    return float(low // step * step), float(max(-(-high // step) * step, low // step * step + step)), float(step)


def _ticks(low: float, high: float, step: float) -> list[float]:
    return [low + step * number for number in range(round((high - low) / step) + 1)]


def _fitted(label: str, width: float, measured: Width) -> list[str]:
    """A name in at most two lines; what does not fit ends in … (the tables print it whole)."""
    lines: list[str] = []
    rest = label
    while rest and len(lines) < 2:
        fit = next((n for n in range(len(rest), 0, -1) if measured(rest[:n], _SMALL) <= width), 1)
        lines.append(rest[:fit])
        rest = rest[fit:]
    if rest:
        lines[-1] = lines[-1][:-1] + "…"
    return lines
