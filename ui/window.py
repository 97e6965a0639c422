"""The frame: bars, pages and dock put together over one desk. Composition only."""

from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLayout, QMainWindow, QVBoxLayout, QWidget

from core.check import About
from core.i18n import _
from ui import years
from ui.actions import enable_actions, make_actions
from ui.desk import Desk
from ui.files import Files
from ui.guidance import Guidance
from ui.page import Page
from ui.pages.start import StartPage
from ui.places import BY_NAME, PLACES, page_for
from ui.settings import Settings
from ui.style import scaled
from ui.widgets.areas import focus_next, focus_page
from ui.widgets.dock import Dock, FoldedDock
from ui.widgets.navigation import START, Navigation
from ui.widgets.notice import NoticeBar
from ui.widgets.operator_bar import OperatorBar
from ui.widgets.page_stack import PageStack
from ui.widgets.state_bar import StateBar
from ui.widgets.status import StatusBar
from ui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from ui.widgets.search_panel import SearchPanel
    from ui.widgets.take_over_bar import TakeOverRow

WIDE = 1230  # pixels that the widest page and the unfolded warnings need side by side
NARROW = 1000  # pixels below which the names of the pages give way to their icons


class Window(QMainWindow):
    """The main window. ``slots`` of the actions are its methods."""

    def __init__(self, desk: Desk, settings: Settings, begins: bool = True) -> None:
        super().__init__()
        self.desk = desk
        self.settings = desk.settings = settings
        self.files = Files(desk, settings, self)
        self.setWindowTitle(_("单位预算台账"))
        # A page that is being made asks for more room than it needs: the window keeps the size it has.
        self.layout().setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setMinimumSize(900, 500)
        self._pages: dict[str, Page] = {}
        self._search: SearchPanel | None = None
        self._take_over: TakeOverRow | None = None
        self._gives_up = False  # the user closes though something is not saved
        self.guidance = Guidance(self, desk)
        self.actions_by_name = make_actions(self, self.guidance)
        self.top = TopBar(desk, settings, self.actions_by_name)
        self.navigation = Navigation(PLACES)
        self.notice, self.stack = NoticeBar(), PageStack()
        self.state = StateBar(desk)
        self.dock, self.folded = Dock(desk), FoldedDock(desk)
        self.status = StatusBar(desk)
        self._build()
        self._connect()
        if begins:  # else a file is opened next
            self._show_start()
        if not settings.geometry or not self.restoreGeometry(settings.geometry):
            self.resize(1440, 900)

    # Pages

    @cached_property
    def start(self) -> StartPage:
        """The start page, made when it is first shown."""
        made = StartPage(self.files, self.settings)
        made.file_chosen.connect(self.open_file)
        made.open_asked.connect(self.open_other)
        made.founded.connect(self.open_founded)
        self.stack.addWidget(made)
        return made

    def page(self, name: str) -> Page:
        """A page by name, made when first asked for."""
        if name not in self._pages:
            page = getattr(import_module(f"ui.pages.{name}"), BY_NAME[name].kind)(self.desk)
            self._pages[name] = page
            self.stack.addWidget(page)
        return self._pages[name]

    def _make_anew(self, *_args: object) -> None:
        """Have the other pages made in the colours, font and layout of now, when they are shown next."""
        for name, page in list(self._pages.items()):
            if page is self.current:
                page.invalidate()
            elif page.leave() is not False:
                self.stack.removeWidget(self._pages.pop(name))
                page.deleteLater()

    @property
    def current(self) -> Page | None:
        """The page on show; None at the start."""
        page = self.stack.currentWidget()
        return page if isinstance(page, Page) else None

    def show_page(self, name: str) -> None:
        """Show a page; the one before saves what is being typed."""
        if not self.desk.is_open and BY_NAME[name].needs_file:
            return
        page = self.page(name)
        if page is not self.current:
            self.leave()
            self.stack.setCurrentWidget(page)
        self.navigation.show_page(name)
        self.state.show_page(name)
        self._show_dock()
        focus_page(page, page.areas(), self.navigation)

    def leave(self) -> None:
        """Let the page on show save what is being typed."""
        if self.current:
            self.current.leave()

    def show_year(self, year: int) -> None:
        """Show another year."""
        self.leave()
        self.desk.set_year(year)

    def go(self, about: About) -> None:
        """Show the place a finding is about, or a whole page (kind ``page``)."""
        shown = self.current.name if self.current else ""
        name = about.field if about.kind == "page" else page_for(about.kind, shown)
        self.show_page(name)
        self.page(name).locate(about)

    # Actions

    def new_unit(self) -> None:
        """Back to the start page, where a unit is made or another file opened."""
        self.leave()
        self._show_start()

    def open_other(self) -> None:
        """Ask for a file and open it."""
        if path := self.files.ask_open(self):
            self.open_file(path)

    def open_file(self, path: Path, readonly: bool = False) -> bool:
        """Open a file; a message says why if it cannot be."""
        self.leave()
        if not self.files.open(path, readonly):
            return False
        if self.current is None:
            self._on_opened()
        return True

    def open_founded(self, path: Path) -> None:
        """Show a ledger that was made of last year's report, and offer the year after it."""
        if self.open_file(path):
            words = _("已建账。核对无误后，可以开启下一年。")
            self.notice.tell(words, False, _("新建下一年度…"), self.new_year)

    def open_sample(self) -> None:
        """Show the sample."""
        self.leave()
        self.files.open_sample()

    def take_over(self, handed: Path) -> None:
        """Ask where a hand-over file goes, and for its password."""
        from ui.widgets.take_over_bar import TakeOverRow

        if self._take_over is None:
            self._take_over = TakeOverRow(self.files)
            self._middle.insertWidget(1, self._take_over)
        self._take_over.ask(handed)

    def save_copy(self) -> None:
        """Ask for a place and copy the file there."""
        self.leave()
        self.files.ask_copy(self)

    def export_tables(self) -> None:
        """Ask for a place and write the year as spreadsheet tables there."""
        self.leave()
        self.files.ask_tables(self)

    def back_up(self) -> None:
        """Copy the file into its backup folder."""
        self.leave()
        self.files.back_up()

    def undo(self) -> None:
        """Take back the last step."""
        self.leave()
        self.desk.undo()

    def redo(self) -> None:
        """Repeat the step taken back last."""
        self.leave()
        self.desk.redo()

    def print_report(self) -> None:
        """Show the report and its print dialog."""
        self.show_page("report")
        page = self.page("report")
        page.print_()

    def new_year(self) -> None:
        """Ask for the policy of the year after the last one and what it takes over, and open it."""
        from ui.dialogs.new_year import NewYearDialog

        self.leave()
        dialog = NewYearDialog(self.desk, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self._show_new_year)
        dialog.open()

    def _show_new_year(self) -> None:
        year = self.desk.book.years()[-1].year
        self.desk.set_year(year)
        self.notice.tell(_("已新建{year}年度。").format(year=year), False)

    def take_over_projects(self) -> None:
        """Bring the projects of the year before into the year on show."""
        self.leave()
        if not years.take_over(self.desk):
            self.notice.tell(_("上年度的项目已全部沿用。"), False)

    def search(self) -> None:
        """Ask for words and go to what they find."""
        from ui.widgets.search_panel import SearchPanel

        self.leave()
        if self._search is None:
            self._search = SearchPanel(self.desk, self.actions_by_name, self.show_page, self.go_in, self)
        self._search.ask()

    def go_in(self, year: int, about: About) -> None:
        """Show a place of a year."""
        if year != self.desk.year:
            self.show_year(year)
        self.go(about)

    def switch_unit(self) -> None:
        """Show amounts in the other unit."""
        self.desk.set_money_unit("元" if self.desk.money_unit == "万元" else "万元")

    def toggle_dock(self) -> None:
        """Fold or unfold the warnings."""
        if self.width() < scaled(WIDE):
            self.notice.tell(_("窗口较窄，加宽后可以展开实时核对；全部问题见“核对”。"), False)
            return
        self.settings.dock_open = not self.settings.dock_open
        self._show_dock()

    def next_area(self) -> None:
        """Move the focus to the next part of the window."""
        page = self.current.areas() if self.current else [self.start]
        focus_next([*page, *self.guidance.areas(), self.dock, self.navigation, self.top])

    # Put together

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.navigation.set_narrow(self.width() < scaled(NARROW))
        self._show_dock()

    def closeEvent(self, event: QCloseEvent) -> None:
        # A page that is hidden may still hold what was refused when it was left.
        if any(page.leave() is False for page in self._pages.values()) and not self._gives_up:
            self.notice.tell(
                _("{reason}刚才输入的文字还没有保存，窗口没有关闭。").format(reason=self.notice.text),
                True,
                _("放弃这些文字并关闭"),
                self._give_up,
            )
            event.ignore()
            return
        self.settings.geometry = self.saveGeometry()
        self.files.finish()
        self.desk.close()
        super().closeEvent(event)

    def _give_up(self) -> None:
        """Close though something typed is not saved."""
        self._gives_up = True
        self.desk.keep_unsaved(None)
        self.close()

    def _build(self) -> None:
        middle = self._middle = QVBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        notice_row = QWidget()
        row = QVBoxLayout(notice_row)
        row.setContentsMargins(16, 10, 16, 0)
        row.addWidget(self.notice)
        notice_row.hide()
        self.notice.toggled.connect(notice_row.setVisible)
        middle.addWidget(notice_row)
        middle.addWidget(OperatorBar(self.desk, self.settings))
        middle.addWidget(self.state)
        middle.addWidget(self.stack, 1)
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self.navigation)
        body.addLayout(middle, 1)
        body.addWidget(self.dock)
        body.addWidget(self.folded)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.top)
        layout.addLayout(body, 1)
        layout.addWidget(self.status)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        desk, files = self.desk, self.files
        desk.opened.connect(self._on_opened)
        desk.asked.connect(self.go)
        desk.told.connect(self.notice.tell)
        desk.unit_changed.connect(lambda unit: setattr(self.settings, "money_unit", unit))
        desk.report_folder = self.settings.report_folder
        desk.layouts = self.settings.layouts
        desk.layout_changed.connect(self.settings.keep_layout)
        desk.import_layouts = self.settings.import_layouts
        desk.import_layouts_changed.connect(self.settings.keep_import_layouts)
        desk.look_changed.connect(self._make_anew)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._make_anew)
        desk.folder_chosen.connect(lambda folder: setattr(self.settings, "report_folder", folder))
        desk.explained.connect(self.guidance.show_help)
        for signal in (desk.changed, desk.year_changed):
            signal.connect(self._count)
        files.told.connect(lambda text: self.notice.tell(text, False))
        files.refused.connect(self._on_refused)
        files.backup_changed.connect(self.status.show_backup)
        files.take_over_asked.connect(self.take_over)
        files.taken_over.connect(self.open_file)
        files.copies.told.connect(lambda text: self.notice.tell(text, False))
        files.copies.refused.connect(lambda text: self.notice.tell(text, True))
        files.copies.offered.connect(lambda text, what, act: self.notice.tell(text, False, what, act))
        files.copies.lost.connect(self._show_start)
        self.navigation.chosen.connect(self.show_page)
        self.navigation.start_asked.connect(self.new_unit)
        self.top.file_chosen.connect(self.open_file)
        self.top.year_chosen.connect(self.show_year)
        self.dock.fold_asked.connect(self.toggle_dock)
        self.folded.unfold_asked.connect(self.toggle_dock)
        self.dock.more_asked.connect(lambda: self.show_page("findings"))
        for number, place in enumerate(PLACES[:10], 1):
            key = QShortcut(QKeySequence(f"Ctrl+{number % 10}"), self)
            key.activated.connect(lambda name=place.name: self.show_page(name))
        desk.set_money_unit(self.settings.money_unit)

    def _on_opened(self) -> None:
        enable_actions(self.actions_by_name, True, not self.desk.file_readonly)
        name = self.desk.book.unit_year(self.desk.year).name or self.desk.ledger.path.stem
        self.setWindowTitle(_("{name} — 单位预算台账").format(name=name))
        is_first = not self.navigation.has_file
        self.navigation.show_file(True)
        self.status.show()
        self.notice.hide()
        if self.current is None or is_first:
            self.show_page(PLACES[0].name)
        else:
            self._show_dock()
        self._count()

    def _on_refused(self, text: str, path: Path | None) -> None:
        if path is None:
            self.notice.tell(text, True)
        else:
            self.notice.tell(text, True, _("只读打开"), lambda: self.open_file(path, readonly=True))

    def _show_start(self) -> None:
        self.stack.setCurrentWidget(self.start)
        is_open = self.desk.is_open
        enable_actions(self.actions_by_name, is_open, is_open and not self.desk.file_readonly)
        self.navigation.show_file(is_open)
        if not is_open:
            self.navigation.show_page(START)
        self.status.setVisible(is_open)
        self.start.begin()
        self._show_dock()

    def _show_dock(self) -> None:
        name = next((n for n, page in self._pages.items() if page is self.current), "")
        wanted = bool(name) and BY_NAME[name].has_dock
        unfolded = self.settings.dock_open and self.width() >= scaled(WIDE)
        self.dock.setVisible(wanted and unfolded)
        self.folded.setVisible(wanted and not unfolded)

    def _count(self, *_args: object) -> None:
        self.navigation.show_errors(self.desk.review().errors)
        self.status.show_check()
