"""The payment of an earlier year that money comes back for, found by date, payee, purpose or amount."""

from PySide6.QtWidgets import QWidget

from core.i18n import _
from core.model import Payment
from core.money import show_yuan
from ui.desk import Desk
from ui.suggest import Offer, SuggestEdit

MOST = 60


class PastPayment(SuggestEdit):
    """Offers the payments of a project in the years before the one on show, the newest first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(self._matching, parent)
        self.desk = desk
        self.required = True
        self._projects: tuple[int, ...] = ()
        self.setPlaceholderText(_("原支出：日期、收款人、用途或金额"))

    def show_project(self, project: int) -> None:
        """Offer the payments of this project and of its sub-projects."""
        book = self.desk.book
        earlier = [y.year for y in book.years() if y.year < self.desk.year]
        below = {child.project for year in earlier for child in book.children(year, project)} if project else set()
        self._projects = (project, *sorted(below)) if project else ()

    @property
    def has_any(self) -> bool:
        """Whether there is a payment to choose."""
        book = self.desk.book
        years = (y.year for y in book.years() if y.year < self.desk.year)
        return any(any(book.entry_ids(Payment, year, one)) for year in years for one in self._projects)

    def payment(self) -> int:
        """The chosen payment; 0 if none is."""
        if (offer := self.chosen) is not None:
            return int(offer.value)
        text = self.text().strip()
        return next((int(offer.value) for offer in self._matching(text) if offer.text == text), 0)

    def problem(self) -> str:
        return "" if self.payment() else _("请选择以前年度的原支出，可输入收款人、用途或金额查找。")

    def _matching(self, text: str) -> list[Offer]:
        book, words = self.desk.book, text.replace(",", "").split()
        found: list[Offer] = []
        for year in sorted((y.year for y in book.years() if y.year < self.desk.year), reverse=True):
            paid = [one for project in self._projects for one in book.payments(year, project)]
            for one in sorted(paid, key=lambda p: (p.date, p.id), reverse=True):
                if one.amount <= 0:
                    continue
                shown = " ".join(filter(None, (one.date, show_yuan(one.amount), one.payee, one.purpose)))
                if all(word in shown.replace(",", "") for word in words):
                    found.append(Offer(str(one.id), shown))
                if len(found) == MOST:
                    return found
        return found
