"""Count, sum and average of the chosen cells, for the bar at the bottom; a large block is summed in slices."""

from collections.abc import Iterator
from decimal import Decimal
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from core.i18n import _
from core.money import half_up, show_wan, show_yuan

if TYPE_CHECKING:
    from ui.widgets.grid import GridView

SLICE = 0.006  # seconds of one slice: keys and painting go on in between
AT_ONCE = 500  # cells that are summed without a word


class Tally(QObject):
    """Begins anew whenever other cells are chosen. ``text`` is what is said; empty while fewer than two are."""

    def __init__(self, view: "GridView") -> None:
        super().__init__(view)
        self._view = view
        self._steps: Iterator[None] | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go_on)
        self.text = ""
        self.is_many = False  # whether more than one cell is chosen

    def begin(self) -> None:
        """Count the cells that are chosen now."""
        parts = self._view.selectionModel().selection()
        cells = sum(part.width() * part.height() for part in parts)
        if self.is_many != (cells > 1):
            self.is_many = cells > 1
            self._view.viewport().update()
        if cells < 2:
            self.end()
            return
        self._steps = self._sum([(p.top(), p.bottom(), p.left(), p.right()) for p in parts])
        self._timer.start(0)

    def end(self) -> None:
        """Say no more."""
        self._timer.stop()
        self._steps = None
        self._say("")

    @property
    def is_counting(self) -> bool:
        """Whether cells are still being summed."""
        return self._steps is not None

    def _go_on(self) -> None:
        begun = perf_counter()
        while self._steps is not None and perf_counter() - begun < SLICE:
            if next(self._steps, self) is self:
                self._steps = None
        if self._steps is not None:
            self._timer.start(0)

    def _sum(self, parts: list[tuple[int, int, int, int]]) -> Iterator[None]:
        """Sum slice by slice, and say it at the end."""
        table, view = self._view.table, self._view
        cells = 0
        amounts: dict[int, tuple[int, int]] = {}  # by tier: how many, and their sum in 分
        numbers, plain = 0, Decimal()
        if sum((bottom - top + 1) * (right - left + 1) for top, bottom, left, right in parts) > AT_ONCE:
            self._say(_("正在合计所选单元格…"))
        rows = table.rows
        for top, bottom, left, right in parts:
            keys = [table.columns[n].key for n in range(left, right + 1) if not view.isColumnHidden(n)]
            summed = [key for key in keys if table.is_summed(key)]
            for row in range(top, min(bottom + 1, len(rows))):
                cells += len(keys)
                for key in summed:
                    amount = table.amount(rows[row], key)
                    if amount is not None:
                        tier = table.tier(rows[row])
                        count, fen = amounts.get(tier, (0, 0))
                        amounts[tier] = count + 1, fen + amount
                    elif (number := table.number(rows[row], key)) is not None:
                        plain += number
                        numbers += 1
                if row % 64 == 0:
                    yield
        self._say("　".join((_("已选{count}格").format(count=f"{cells:,}"), *self._words(amounts, numbers, plain))))

    def _words(self, amounts: dict[int, tuple[int, int]], numbers: int, plain: Decimal) -> list[str]:
        """Sum and average; nothing where amounts of money and other numbers are chosen together."""
        if amounts and not numbers:
            count, fen = amounts[max(amounts)]
            unit = self._view.table.unit
            show = show_yuan if unit == "元" else show_wan
            text = _("合计 {sum}{unit}").format(sum=show(fen), unit=unit)
            text += _("（不重复计分类和明细）") if len(amounts) > 1 else ""
            mean = _("平均 {mean}{unit}").format(mean=show(half_up(fen, count)), unit=unit)
            return [text, mean] if count > 1 else [text]
        if numbers and not amounts:
            mean = _("平均 {mean}").format(mean=f"{plain / numbers:,.2f}")
            return [_("合计 {sum}").format(sum=f"{plain:,f}"), *([mean] if numbers > 1 else [])]
        return []

    def _say(self, text: str) -> None:
        if text != self.text:
            self.text = text
            if self._view.table.desk is not None:
                self._view.table.desk.tallied.emit(text)
