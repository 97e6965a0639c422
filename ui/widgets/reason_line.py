"""A reason asked for in the page itself: a line, a button, and what is wrong under them. No dialog."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.widgets.parts import button, label


class ReasonLine(QWidget):
    """Enter or the button acts; ``act`` takes the reason and returns what forbids it."""

    def __init__(self, hint: str, yes: str, act: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._act = act
        self.input = QLineEdit()
        self.input.setPlaceholderText(hint)
        self.input.setAccessibleName(hint)
        self.input.setMinimumWidth(220)
        self.input.returnPressed.connect(self.accept)
        self.input.textEdited.connect(lambda _text: self._say(""))
        self.button = button(yes, self.accept)
        self._fault = label("", "error", wraps=True)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addWidget(self.input, 1)
        self._row.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self._row)
        layout.addWidget(self._fault)
        self._fault.hide()
        self.setFocusProxy(self.input)

    def name(self, hint: str, yes: str) -> None:
        """Ask for the reason of something else."""
        self.input.setPlaceholderText(hint)
        self.input.setAccessibleName(hint)
        self.button.setText(yes)

    def add(self, widget: QWidget) -> None:
        """Put another button behind the first."""
        self._row.addWidget(widget)

    def accept(self) -> None:
        """Act, or say what is wrong."""
        if problem := self._act(self.input.text()):
            self._say(problem)
            self.input.setFocus()
            return
        self.clear()

    def clear(self) -> None:
        """Forget what was typed."""
        self.input.clear()
        self._say("")

    @property
    def fault(self) -> str:
        """What is wrong; empty if nothing."""
        return self._fault.text()

    def _say(self, problem: str) -> None:
        self._fault.setText(problem)
        self._fault.setVisible(bool(problem))
