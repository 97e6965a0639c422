"""The small pieces of the overview: a card with one figure, a step of the year's work, a line of 待办."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from core.i18n import _
from core.overview import Step, StepState
from ui.style import colours, severity_colours
from ui.widgets.parts import button, elided, label, set_role

_LARGEST, _SMALLEST = 26, 14  # pixels of a card's figure


class BigFigure(QWidget):
    """A figure as large as the width allows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._role = "text"
        self.setFixedHeight(36)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_figure(self, text: str, role: str = "text") -> None:
        """Show a text in the colour of a role."""
        self._text, self._role = text, role
        self.setAccessibleName(text)
        self.setToolTip("")
        self.update()

    @property
    def text(self) -> str:
        """What is shown."""
        return self._text

    def fitting_font(self) -> QFont:
        """The largest bold font the text fits in."""
        font = QFont(self.font())
        font.setBold(True)
        for size in range(_LARGEST, _SMALLEST - 1, -1):
            font.setPixelSize(size)
            if QFontMetrics(font).horizontalAdvance(self._text) <= self.width():
                break
        return font

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.fitting_font())
        painter.setPen(QColor(getattr(colours(), self._role)))
        text = painter.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, text)


class FigureCard(QFrame):
    """A name, a figure, and a line about it."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._figure = BigFigure()
        self._note = label(role="second", wraps=True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._title = label(title, "second")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 12, 12)
        layout.setSpacing(2)
        layout.addWidget(self._title)
        layout.addWidget(self._figure)
        layout.addWidget(self._note, 1)

    def show_figure(self, figure: str, note: str, role: str = "text", note_role: str = "second") -> None:
        """Show a figure in the colour of a role, and what belongs to it."""
        self._figure.show_figure(figure, role)
        set_role(self._note, note_role)
        self._note.setText(note)
        self.setAccessibleName(f"{self._title.text()} {figure}")
        self.setAccessibleDescription(note)

    @property
    def figure(self) -> str:
        """The figure shown."""
        return self._figure.text

    @property
    def note(self) -> str:
        """The line below it."""
        return self._note.text()


class StepButton(QAbstractButton):
    """A step of the year's work: done, current or ahead. A click goes to the page where it is done."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = number
        self._step: Step | None = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_step(self, step: Step) -> None:
        """Show how far the step is."""
        self._step = step
        self.setText(step.title)
        states = {StepState.DONE: _("已完成"), StepState.CURRENT: _("进行中"), StepState.AHEAD: _("未开始")}
        self.setAccessibleName(f"{step.title}：{states[step.state]}，{step.hint}")
        self.setToolTip(f"{step.title}：{step.hint}")
        self.updateGeometry()
        self.update()

    @property
    def step(self) -> Step | None:
        """The step on show."""
        return self._step

    def sizeHint(self) -> QSize:
        words = [self._step.title, self._step.hint] if self._step else [""]
        width = max(self.fontMetrics().horizontalAdvance(text) for text in words)
        return QSize(26 + 8 + width + 8, 42)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._step is None:
            return
        c, state = colours(), self._step.state
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QColor(c.accent))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        disc = QRectF(3, 9, 24, 24)
        painter.setPen(Qt.PenStyle.NoPen)
        fill = {StepState.DONE: c.good, StepState.CURRENT: c.accent, StepState.AHEAD: c.line}[state]
        painter.setBrush(QColor(fill))
        painter.drawEllipse(disc)
        mark = QColor(c.surface if state != StepState.AHEAD else c.second)
        if state == StepState.DONE:
            painter.setPen(QPen(mark, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPolyline([QPointF(9.5, 21.5), QPointF(13.5, 25.5), QPointF(20.5, 17)])
        else:
            painter.setPen(mark)
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(self._number))
        painter.setPen(QColor(c.text if state != StepState.AHEAD else c.second))
        width = self.width() - 34
        painter.drawText(QRect(34, 2, width, 20), Qt.AlignmentFlag.AlignVCenter, self._step.title)
        painter.setPen(QColor(c.faint if state != StepState.CURRENT or not self.underMouse() else c.accent))
        painter.drawText(QRect(34, 20, width, 20), Qt.AlignmentFlag.AlignVCenter, self._step.hint)


class TodoRow(QAbstractButton):
    """One finding in a line; a click goes there."""

    HEIGHT = 28

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = ""
        self._severity = "info"
        self.setFixedHeight(self.HEIGHT)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_finding(self, severity: str, title: str, place: str, message: str) -> None:
        """Show a finding: its title, where it is, and the full words when pointed at."""
        self._severity, self._place = severity, place
        self.setText(title)
        self.setToolTip(message)
        self.setAccessibleName(f"{title}，{place}")
        self.setAccessibleDescription(message)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        c = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect()
        if self.underMouse() or self.hasFocus():
            painter.setPen(QColor(c.accent) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.accent_soft) if self.underMouse() else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(severity_colours(self._severity)[0]))
        painter.drawEllipse(QPointF(9, box.height() / 2), 4, 4)
        act = _("处理")
        metrics = self.fontMetrics()
        link = metrics.horizontalAdvance(act)
        painter.setPen(QColor(c.accent))
        flags = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box.adjusted(0, 0, -6, 0), flags | Qt.AlignmentFlag.AlignRight, act)
        room = box.width() - 20 - link - 18
        title = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.setPen(QColor(c.text))
        painter.drawText(QRect(20, 0, room, box.height()), flags, title)
        used = metrics.horizontalAdvance(title) + 10
        if room - used > 40:
            place = metrics.elidedText(self._place, Qt.TextElideMode.ElideRight, room - used)
            painter.setPen(QColor(c.faint))
            painter.drawText(QRect(20 + used, 0, room - used, box.height()), flags, place)


class NoteBar(QFrame):
    """The year's note: its beginning in one line, and all of it when asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice-warning")
        self._note = ""
        self._is_open = False
        self._text = label(wraps=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._more = button("", self._toggle, "link")
        self.tour = QPushButton(_("示例导览"))  # the page says what it does
        self.tour.setProperty("role", "link")
        self.tour.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 5, 12, 5)
        layout.setSpacing(12)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.tour, 0, Qt.AlignmentFlag.AlignBottom)
        layout.addWidget(self._more, 0, Qt.AlignmentFlag.AlignBottom)

    def show_note(self, note: str, has_tour: bool = False) -> None:
        """Show a note; nothing if it is empty. ``has_tour``: with a link to the tour of the sample."""
        self.tour.setVisible(has_tour)
        if note.strip() != self._note:
            self._note, self._is_open = note.strip(), False
        self.setVisible(bool(self._note))
        self._show()

    @property
    def text(self) -> str:
        """What is shown of the note."""
        return self._text.text() if not self.isHidden() else ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    def _toggle(self) -> None:
        self._is_open = not self._is_open
        self._show()

    def _show(self) -> None:
        room = self.width() - self.fontMetrics().horizontalAdvance(_("展开说明")) - 40
        if not self.tour.isHidden():
            room -= self.tour.sizeHint().width() + 12
        line = elided(self._note.replace("\n", " "), self._text, room)
        self._text.setWordWrap(self._is_open)
        self._text.setText(self._note if self._is_open else line)
        self._more.setText(_("收起说明") if self._is_open else _("展开说明"))
        self._more.setVisible(line != self._note)
