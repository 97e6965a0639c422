"""The sheet that is imported as it stands in its file: every row named and coloured, what each column is above it."""

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QAbstractItemModel, QSize, Qt
from PySide6.QtWidgets import QHeaderView, QWidget

from core.i18n import _
from core.intake.cells import column_letters, text_of
from core.intake.preview import State
from ui.fields import Pick
from ui.intake import ImportWork
from ui.tables import Column, RecordTable
from ui.widgets.grid import GridView

ROW = "row"
MOST_COLUMNS = 120  # shown of a sheet
_HEIGHT, _PICK = 60, 29  # of the header and of a pick in it
LOWEST = 20  # rows that may be chosen for headings by number
_GROUNDS = {
    State.TITLE: "info_soft",
    State.UNIT: "warning_soft",
    State.HEADER: "accent_soft",
    State.TOTAL: "good_soft",
    State.DOUBTFUL: "error_soft",
    State.DUPLICATE: "page",
    State.SKIPPED: "page",
}
_TONES = {State.DOUBTFUL: "error", State.TOTAL: "good", State.UNIT: "warning", State.HEADER: "accent"}
_FAINT = (State.TITLE, State.DUPLICATE, State.SKIPPED, State.BLANK)


class SheetModel(RecordTable):
    """The rows of the sheet as they stand in the file; the first column says what each row is."""

    def __init__(self, work: ImportWork, parent: QWidget | None = None) -> None:
        sheet = work.one.sheet
        assert sheet is not None
        width = min(sheet.width, MOST_COLUMNS)
        columns = [Column(str(place), column_letters(place), self._width(work, place)) for place in range(width)]
        super().__init__((Column(ROW, _("行"), 104), *columns), parent)
        self._sheet = sheet
        self._labels = work.labels
        self._states: list[State] = []
        self._taken: frozenset[int] = frozenset()

    @staticmethod
    def _width(work: ImportWork, place: int) -> int:
        """Room for the texts of the first rows from the headings on, within reason."""
        sheet, header = work.one.sheet, work.header
        assert sheet is not None
        first = header.first if header else 0
        texts = (sheet.text(row, place) for row in range(first, min(first + 40, len(sheet.rows))))
        longest = max((sum(13 if ord(letter) > 255 else 7 for letter in text) for text in texts), default=0)
        return max(96, min(230, 18 + longest))

    def show_plan(self, work: ImportWork) -> None:
        """Colour the rows by the plan, or by the headings alone while there is none."""
        header = work.header
        count = len(self._sheet.rows)
        if work.now is not None:
            self._states = list(work.now.preview.states)
        else:
            self._states = [State.BLANK] * count
            for row in range(header.first, header.last + 1) if header else ():
                self._states[row] = State.HEADER
        self._taken = frozenset(c.place for c in header.columns if c.field) if header else frozenset()
        if len(self.rows) != count:
            self.reset_rows(range(count))
        self.tell_all()

    def key(self, record: int) -> int:
        return record

    @property
    def states(self) -> Sequence[State]:
        """What becomes of each row."""
        return self._states

    def titles(self) -> Iterator[tuple[int, int]]:
        """Rows above the headings that hold one text alone, and its column."""
        for row, state in enumerate(self._states[:LOWEST]):
            if state == State.TITLE:
                filled = [
                    place for place in range(len(self._sheet.rows[row])) if self._sheet.cell(row, place) is not None
                ]
                if len(filled) == 1 and filled[0] < len(self.columns) - 1:
                    yield row, filled[0]

    def text(self, record: int, column: str) -> str:
        if column == ROW:
            return f"{record + 1}　{self._labels[self._states[record]]}"
        if self._states[record] in (State.TITLE, State.UNIT):  # a merged title is shown once
            return text_of(self._sheet.cell(record, int(column)))
        return self._sheet.text(record, int(column))

    def tone(self, record: int, column: str) -> str:
        state = self._states[record]
        if column == ROW:
            return _TONES.get(state, "faint" if state in _FAINT else "good")
        if state in _FAINT or (int(column) not in self._taken and state != State.HEADER):
            return "faint"
        return ""

    def ground(self, record: int, column: str) -> str:
        return _GROUNDS.get(self._states[record], "")

    def is_strong(self, record: int) -> bool:
        return self._states[record] in (State.HEADER, State.TOTAL)

    def tip(self, record: int, column: str) -> str:
        return self.text(record, column)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        return super().headerData(section, way, role)


class PickHeader(QHeaderView):
    """The letters of the columns, and over each what the column is taken for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.picks: dict[int, Pick] = {}
        for signal in (self.sectionResized, self.sectionMoved, self.geometriesChanged):
            signal.connect(self._place)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), _HEIGHT)

    def show_picks(self, picks: Mapping[int, Pick]) -> None:
        """Show these picks over their sections instead of those before."""
        for pick in self.picks.values():
            pick.deleteLater()
        self.picks = dict(picks)
        for pick in self.picks.values():
            pick.setParent(self.viewport())
            pick.show()
        self._place()

    def _place(self, *_changes: int) -> None:
        for section, pick in self.picks.items():
            left = self.sectionViewportPosition(section)
            pick.setGeometry(left + 2, 3, max(40, self.sectionSize(section) - 4), _PICK)


class PickGrid(GridView):
    """The grid of the sheet under its picks."""

    has_own_columns = False

    def setModel(self, model: QAbstractItemModel | None) -> None:
        self.setHorizontalHeader(PickHeader(self))
        super().setModel(model)
        self.horizontalScrollBar().valueChanged.connect(self.pick_header._place)

    @property
    def pick_header(self) -> PickHeader:
        """The header, which holds the picks."""
        header = self.horizontalHeader()
        assert isinstance(header, PickHeader)
        return header
