"""The pages of the program at the left, with the number of errors beside 核对."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from core.i18n import _
from ui.places import Place, group_of
from ui.style import icon
from ui.widgets.parts import badge, line, set_count

START = "start"  # the start page: only in the list while no file is open
EDGE = 8  # pixels beside the buttons; a scroll bar takes them and two more


class Navigation(QFrame):
    """One button for each page, in groups; it scrolls where the window is too low for all of them."""

    chosen = Signal(str)
    start_asked = Signal()

    def __init__(self, places: Iterable[Place], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "side")
        self.setAccessibleName(_("页面"))
        self._places = {place.name: place for place in places}
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._list = QWidget()
        self._list.setProperty("role", "side-list")
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(EDGE, 6, EDGE, 6)
        self._rows.setSpacing(0)
        self._is_narrow = False
        self._scroll = QScrollArea()
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._list)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addWidget(self._scroll)
        self._build()
        self.show_file(False)

    @property
    def has_file(self) -> bool:
        """Whether the pages of an open file are in the list."""
        return self._buttons[START].isHidden()

    def show_file(self, is_open: bool) -> None:
        """Offer all pages over an open file; else the start page and those that need no file."""
        for name, place in self._places.items():
            offered = is_open or not place.needs_file
            self._buttons[name].setEnabled(offered)
            self._buttons[name].setVisible(offered)
        self._buttons[START].setVisible(not is_open)
        for separator in self._separators:
            separator.setVisible(is_open)

    def show_page(self, name: str) -> None:
        """Mark the page that is shown."""
        self._buttons[name].setChecked(True)
        self._scroll.ensureWidgetVisible(self._buttons[name], 0, 0)

    def show_errors(self, count: int) -> None:
        """The number of errors that are open."""
        set_count(self._errors, count)
        self._buttons["findings"].setAccessibleDescription(_("{count}项错误").format(count=count) if count else "")

    def set_narrow(self, is_narrow: bool) -> None:
        """Icons alone, where the window is narrow; the names stand in their tool tips."""
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _build(self) -> None:
        self._add(START, _("开始"), "home").clicked.connect(lambda _checked: self.start_asked.emit())
        self._separators: list[QWidget] = []
        before = 0
        for name, place in self._places.items():
            if group_of(name) != before:
                before = group_of(name)
                self._separators.append(self._separator())
            made = self._add(name, place.title, place.icon)
            made.clicked.connect(lambda _checked, name=name: self.chosen.emit(name))
        self._rows.addStretch(1)
        self._errors = badge("badge-error")
        inside = QHBoxLayout(self._buttons["findings"])
        inside.setContentsMargins(0, 0, 4, 0)
        inside.addWidget(self._errors, 0, Qt.AlignmentFlag.AlignRight)
        self._fit()

    def _add(self, name: str, title: str, picture: str) -> QPushButton:
        made = QPushButton(icon(picture), title)
        made.setProperty("role", "nav")
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click goes on to the page
        made.setToolTip(title)
        made.setAccessibleName(title)
        self._group.addButton(made)
        self._rows.addWidget(made)
        self._buttons[name] = made
        return made

    def _separator(self) -> QWidget:
        held = QWidget()
        layout = QVBoxLayout(held)
        layout.setContentsMargins(4, 3, 4, 3)
        layout.addWidget(line())
        self._rows.addWidget(held)
        return held

    def _fit(self) -> None:
        """As wide and the rows as high as the font asks for."""
        metrics = self.fontMetrics()
        for button in self._buttons.values():
            button.setFixedHeight(metrics.height() + 15)
            button.setIconSize(QSize(metrics.height() - 2, metrics.height() - 2))
            button.setText("" if self._is_narrow else button.toolTip())
        names = [button.toolTip() for button in self._buttons.values()]
        longest = 0 if self._is_narrow else max(map(metrics.horizontalAdvance, names))
        least = 0 if self._is_narrow else 152
        self.setFixedWidth(max(least, longest + metrics.height() + 2 * EDGE + 30))
