"""A user without a mouse: keys go to what has the focus; places are reached by Tab, F6, Ctrl+K and shortcuts."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QWidget

Key = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier
FAR = 120  # presses of Tab after which a place counts as out of reach


def name_of(part: QWidget) -> str:
    """What a screen reader says of a widget."""
    words = part.accessibleName()
    return words or (part.text() if isinstance(part, QAbstractButton) else "")


class Keyboard:
    """Presses keys in a window; looks at nothing but where the focus is."""

    def __init__(self, window: QWidget) -> None:
        self.window = window

    @property
    def place(self) -> QWidget:
        """The widget that has the focus."""
        focus = QApplication.focusWidget()
        assert focus is not None, "the keys go nowhere"
        return focus

    def press(self, *keys: Qt.Key, times: int = 1, held: Qt.KeyboardModifier = NONE) -> None:
        """Press keys one after the other, each with the same modifier."""
        for key in keys * times:
            QTest.keyClick(self.place, key, held)

    def type(self, text: str) -> None:
        """Type a text; what is not ASCII comes from the input method phrase by phrase."""
        phrase = ""
        for character in text:
            if character.isascii():
                self._commit(phrase)
                phrase = ""
                if character == "\n":
                    self.press(Key.Key_Return)
                else:
                    QTest.keyClicks(self.place, character)
            else:
                phrase += character
        self._commit(phrase)

    def over(self, text: str) -> None:
        """Type over what stands in a field."""
        self.press(Key.Key_A, held=CTRL)
        self.type(text)

    def tab_to(self, name: str, back: bool = False) -> None:
        """Go on with Tab until something of this name has the focus."""
        passed = []
        for _step in range(FAR):
            if name_of(self.place) == name:
                return
            passed.append(name_of(self.place))
            self.press(Key.Key_Backtab if back else Key.Key_Tab)
        raise AssertionError(f"Tab does not reach {name}: {passed}")

    def area(self, name: str) -> None:
        """Go on with F6 until an area of this name has the focus."""
        passed = []
        for _step in range(12):
            if name_of(self.place) == name:
                return
            passed.append(name_of(self.place))
            self.press(Key.Key_F6)
        raise AssertionError(f"F6 does not reach {name}: {passed}")

    def row_of(self, text: str) -> None:
        """Go down a list or grid until the row that begins with this text."""
        view = self.place
        assert isinstance(view, QAbstractItemView)
        column = view.currentIndex().column()
        self.press(Key.Key_Home, held=CTRL)
        self.press(Key.Key_Right, times=max(0, column))
        passed = []
        for _row in range(view.model().rowCount()):
            words = str(view.currentIndex().siblingAtColumn(0).data())
            if words.startswith(text):
                return
            passed.append(words)
            self.press(Key.Key_Down)
        raise AssertionError(f"no row {text}: {passed}")

    def search(self, words: str) -> None:
        """Go to the first thing that Ctrl+K finds."""
        self.press(Key.Key_K, held=CTRL)
        self.over(words)
        self.press(Key.Key_Return)

    def _commit(self, phrase: str) -> None:
        if phrase:
            event = QInputMethodEvent()
            event.setCommitString(phrase)
            QApplication.sendEvent(self.place, event)
