"""A step of the tour: a small card beside the place it is about. Everything else goes on working."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from core.i18n import _
from core.tour import TourStep
from ui.style import scaled
from ui.widgets.parts import button, label, set_role

WIDTH, GAP, EDGE = 340, 14, 12  # pixels: of the card, to the place, to the edge of the window
NAME = 130  # pixels at the left of a field where its name may stand


class TourCard(QFrame):
    """Enter goes on, Esc leaves; F6 and 去处理 go to the place."""

    step_asked = Signal(int)  # 1: the next one, -1: the one before
    place_asked = Signal()
    left = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("role", "search")
        self.setAccessibleName(_("示例导览"))
        self._count, self._title = label(role="faint"), label(role="heading", wraps=True)
        self._wrong, self._found, self._do = label(wraps=True), label(role="second", wraps=True), label(wraps=True)
        self._state = label(role="good", wraps=True)
        self._back = button(_("上一步"), lambda: self.step_asked.emit(-1))
        self._go = button(_("去处理"), self.place_asked.emit)
        self.next = button(_("下一步"), lambda: self.step_asked.emit(1), "primary")
        leave = button(_("离开导览（Esc）"), self.left.emit, "link")
        self._go.setToolTip(_("键盘到这一处；按 F6 可以回到这张卡片"))
        head = QHBoxLayout()
        head.addWidget(self._count, 1)
        head.addWidget(leave)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._back)
        foot.addStretch(1)
        foot.addWidget(self._go)
        foot.addWidget(self.next)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 14, 14)
        layout.setSpacing(7)
        layout.addLayout(head)
        for part in (self._title, self._wrong, self._found, self._do, self._state):
            layout.addWidget(part)
        layout.addLayout(foot)
        for before, after in ((self.next, self._go), (self._go, self._back), (self._back, leave)):
            QWidget.setTabOrder(before, after)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFocusProxy(self.next)
        window.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """Everything that is said, line by line."""
        parts = (self._count, self._title, self._wrong, self._found, self._do, self._state)
        return "\n".join(part.text() for part in parts if not part.isHidden())

    def show_step(self, step: TourStep, number: int, count: int, is_right: bool) -> None:
        """Show a step; ``is_right``: its error is there no more."""
        self._count.setText(_("示例导览　{number} / {count}").format(number=number, count=count))
        self._title.setText(step.title)
        self._wrong.setText(step.wrong)
        self._found.setText(_("怎么发现的：{text}").format(text=step.found))
        self._do.setText(_("怎么办：{text}").format(text=step.do))
        self._state.setText(_("✓ 这一处已经改好了。"))
        self._state.setVisible(is_right)
        set_role(self._state, "good")
        self._back.setEnabled(number > 1)
        self.next.setText(_("下一步") if number < count else _("完成"))

    def stand_beside(self, place: QRect) -> None:
        """Lie where the place (in the window's coordinates) is not covered."""
        self.setFixedWidth(scaled(WIDTH))
        self.layout().activate()
        size = QSize(self.width(), max(self.layout().heightForWidth(self.width()), self.sizeHint().height()))
        self.resize(size)
        room = self.parentWidget().rect().adjusted(EDGE, EDGE, -EDGE, -EDGE)
        tops = [max(room.top(), min(top, room.bottom() - size.height())) for top in (place.top(), place.bottom())]
        wanted = [
            QPoint(place.right() + GAP, tops[0]),
            QPoint(place.left() - GAP - size.width(), tops[0]),
            QPoint(place.left(), place.bottom() + GAP),
            QPoint(place.left(), place.top() - GAP - size.height()),
            QPoint(room.right() - size.width(), room.bottom() - size.height()),
            QPoint(room.right() - size.width(), room.top()),
        ]
        boxes = [QRect(point, size) for point in wanted]
        fitting = [box for box in boxes if room.contains(box) and not box.intersects(place)]
        self.move((fitting or boxes[-2:])[0].topLeft())
        self.show()
        self.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focus = self.focusWidget()
            (focus if focus in (self._back, self._go) else self.next).click()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The card stays inside a window that is made smaller."""
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget() and self.isVisible():
            room = self.parentWidget().rect().adjusted(EDGE, EDGE, -EDGE, -EDGE)
            self.move(min(self.x(), room.right() - self.width()), min(self.y(), room.bottom() - self.height()))
        return super().eventFilter(watched, event)


def place_of_keys(window: QWidget) -> QRect:
    """What the keys are at, in the window's coordinates: a row of a grid, a line of a text, or a whole field."""
    focus = QApplication.focusWidget()
    if focus is None or focus is window or not window.isAncestorOf(focus):
        return QRect(window.rect().center(), QSize(1, 1))
    inside: QWidget = focus
    box = focus.rect().adjusted(-scaled(NAME), 0, 0, 0)
    if isinstance(focus, QAbstractItemView):
        inside, row = focus.viewport(), focus.visualRect(focus.currentIndex())
        box = QRect(0, row.top(), focus.viewport().width(), row.height())
    elif isinstance(focus, QTextEdit | QPlainTextEdit):
        inside = focus.viewport()
        box = focus.cursorRect().adjusted(-focus.viewport().width(), -24, focus.viewport().width(), 24)
        box = box.intersected(focus.viewport().rect())
    return QRect(inside.mapTo(window, box.topLeft()), box.size())
