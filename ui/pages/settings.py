"""设置: who works here, how the window looks, where copies are kept. Everything takes effect at once."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFileDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from core.backups import MOST_BYTES
from core.check import About
from core.i18n import _
from core.ledger import Outcome
from core.lock import operator
from core.thinning import ALL_DAYS, LEAST
from ui.desk import Desk
from ui.fields import TextEdit
from ui.page import Page
from ui.places import BY_NAME
from ui.style import SIZES, Look, apply_style, look, scaled
from ui.widgets.about_card import AboutCard
from ui.widgets.parts import button, label
from ui.widgets.segments import Segments
from ui.widgets.settings_card import PathLabel, SettingsCard

TWO_COLUMNS = 900  # pixels from which the cards stand in two columns
NAME_LENGTH = 40  # characters of a name


class SettingsPage(Page):
    """Shown with or without a file."""

    name = "settings"
    title = _("设置")
    icon = "settings"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        assert desk.settings is not None
        self.settings = desk.settings
        self.operator = TextEdit()
        self.operator.setMaxLength(NAME_LENGTH)
        self.operator.setAccessibleName(_("操作人姓名"))
        self.operator.setPlaceholderText(_("电脑账户：{name}").format(name=operator()))
        self.scheme = Segments(_("颜色"), {"system": _("跟随系统"), "light": _("浅色"), "dark": _("深色")})
        self.size_pick = Segments(_("字号"), {str(size): text for size, text in SIZES.items()})
        self.unit = Segments(_("金额单位"), {"万元": _("万元"), "元": _("元")})
        self.backups = PathLabel(_("备份文件夹"))
        self.second = PathLabel(_("第二备份文件夹"))
        self.reports = PathLabel(_("报告文件夹"))
        self._fault = label("", "error", wraps=True)
        self._said = label("", "good", wraps=True)
        self._open_backups = button(_("打开"), self._show_backups, "link")
        self._all_backups = button(_("查看和恢复"), lambda: desk.go(About("page", field="backups")), "link")
        self._choose_second = button(_("选择…"), self._ask_second)
        self._drop_second = button(_("不再使用"), lambda: self.use_second_folder(None), "link")
        self._choose_reports = button(_("选择…"), self._ask_reports)
        self.reset = button(_("恢复默认布局"), self._reset_layout)
        self.about = AboutCard(self.settings.folder)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._build()
        self.operator.editingFinished.connect(self._keep_operator)
        self.scheme.picked.connect(self._choose_look)
        self.size_pick.picked.connect(self._choose_look)
        self.unit.picked.connect(desk.set_money_unit)
        desk.folder_chosen.connect(lambda _folder: self.invalidate())

    def refresh(self, outcome: Outcome | None) -> None:
        desk, settings = self.desk, self.settings
        if not self.operator.hasFocus():
            self.operator.give(settings.operator)
        self.scheme.give(look().scheme)
        self.size_pick.give(str(min(SIZES, key=lambda size: abs(size - look().size))))
        self.unit.give(desk.money_unit)
        self.backups.give(str(desk.ledger.backup_folder) if desk.is_open else _("文件旁边的“备份”文件夹"))
        self._open_backups.setEnabled(desk.is_open and desk.ledger.backup_folder.is_dir())
        self._all_backups.setVisible(desk.is_open and "backups" in BY_NAME)
        second = settings.second_backup_folder
        self.second.give(str(second) if second else _("没有设置"))
        self._drop_second.setVisible(second is not None)
        self.reports.give(str(desk.report_folder) if desk.report_folder else _("与台账文件在一起"))

    def leave(self) -> None:
        self._keep_operator()

    def use_second_folder(self, folder: Path | None) -> None:
        """Keep every backup in this folder too; what is wrong with it is said under it."""
        fault = ""
        if folder is not None and not folder.is_dir():
            fault = _("文件夹“{folder}”不存在或现在不能使用，请插好U盘或连接网络后再选。").format(folder=folder)
        elif folder is not None and self.desk.is_open and folder == self.desk.ledger.backup_folder:
            fault = _("这就是第一个备份文件夹，请选另一处，最好是U盘、移动硬盘或网络共享。")
        self._fault.setText(fault)
        self._fault.setVisible(bool(fault))
        if not fault:
            assert self.desk.copies is not None
            self.desk.copies.choose_second_folder(folder)
            self.refresh(None)

    def _keep_operator(self) -> None:
        name = " ".join(self.operator.text().split())
        if name != self.settings.operator:
            self.settings.operator = name
            self.desk.sign()

    def _choose_look(self, _value: str) -> None:
        app = QApplication.instance()
        self.settings.scheme, self.settings.font_size = self.scheme.value(), int(self.size_pick.value())
        if isinstance(app, QApplication):
            apply_style(app, Look(self.settings.scheme, self.settings.font_size))
        self.desk.look_changed.emit()
        self._arrange()

    def _reset_layout(self) -> None:
        self.settings.forget_layout()
        self.desk.layouts = {}
        self.desk.look_changed.emit()
        self._said.setText(_("各表的列宽、列序、显示的列和窗口的布局已恢复默认。"))
        self._said.show()

    def _ask_second(self) -> None:
        held = self.settings.second_backup_folder
        chosen = QFileDialog.getExistingDirectory(self, _("第二备份文件夹"), str(held or Path.home()))
        if chosen:
            self.use_second_folder(Path(chosen))

    def _ask_reports(self) -> None:
        held = self.desk.report_folder or Path.home()
        chosen = QFileDialog.getExistingDirectory(self, _("报告文件夹"), str(held))
        if chosen:
            self.desk.choose_folder(Path(chosen))

    def _show_backups(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.desk.ledger.backup_folder)))

    def _build(self) -> None:
        for note in (self._fault, self._said):
            note.hide()
        who = SettingsCard(_("操作人"))
        who.add_row(_("姓名"), self.operator)
        who.add_note(label(_("操作日志记载是谁修改的。不填写时记电脑账户。"), "faint"))
        looks = SettingsCard(_("外观"))
        looks.add_row(_("颜色"), self.scheme)
        looks.add_row(_("字号"), self.size_pick)
        looks.add_row(_("布局"), self.reset)
        looks.add_note(self._said)
        amounts = SettingsCard(_("金额和报告"))
        amounts.add_row(_("金额单位"), self.unit)
        amounts.add_note(label(_("列表和图表的单位，随时可以用 Ctrl+M 切换；录入和打印不受影响。"), "faint"))
        amounts.add_row(_("报告保存到"), self.reports, self._choose_reports)
        copies = SettingsCard(_("备份"))
        copies.add_row(_("备份文件夹"), self.backups, self._open_backups, self._all_backups)
        copies.add_row(_("第二处"), self.second, self._choose_second, self._drop_second)
        copies.add_note(self._fault)
        copies.add_note(label(_("每次备份同时保存到第二处，例如U盘或网络共享；不在时，下次能用时补上。"), "faint"))
        keeps = _(
            "最近{days}天的备份全部保留，更早的每天、每周、每月各留一份；合计超过{size} GB时先删最早的，"
            "最近{least}份和升级前、年度锁定前的始终保留。"
        )
        copies.add_note(label(keeps.format(days=ALL_DAYS, size=MOST_BYTES >> 30, least=LEAST), "faint"))
        for cards in ((who, looks, amounts), (copies, self.about)):
            column = QVBoxLayout()
            column.setSpacing(12)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            self._columns.addLayout(column, 1)
        self._columns.setSpacing(12)
        self._columns.setContentsMargins(18, 0, 18, 14)
        inside = QWidget()
        inside.setLayout(self._columns)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        head = label(self.title, "title")
        head.setContentsMargins(18, 12, 18, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(head)
        layout.addWidget(area, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Two columns where there is room."""
        wide = self.width() >= scaled(TWO_COLUMNS)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(direction)
