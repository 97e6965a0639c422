"""The program itself: its version, where it keeps what, and the licences of what it comes with."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from core import __version__
from core.i18n import _
from ui import crash
from ui.style import RESOURCES
from ui.widgets.parts import button, label
from ui.widgets.settings_card import PathLabel, SettingsCard

# What comes with the program, and the text of its licence.
LICENCES = {
    _("本程序"): RESOURCES.parent / "LICENSE",
    _("宋体（Noto Serif SC）"): RESOURCES / "fonts" / "LICENSE-NotoSerifSC.txt",
    _("黑体（Noto Sans SC）"): RESOURCES / "fonts" / "LICENSE-NotoSansSC.txt",
    _("楷体（LXGW WenKai）"): RESOURCES / "fonts" / "LICENSE-LXGWWenKai.txt",
    _("仿宋（FandolFang）"): RESOURCES / "fonts" / "LICENSE-FandolFang.txt",
    _("图标（Fluent UI）"): RESOURCES / "icons" / "LICENSE.txt",
}
_LINES = 9  # of a licence seen at once


class AboutCard(SettingsCard):
    """Licences unfold below their names."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        """``folder``: where the settings are."""
        super().__init__(_("关于程序"), parent)
        self._folder = folder
        place = PathLabel(_("设置的位置"))
        place.give(str(folder))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(_LINES * self.fontMetrics().lineSpacing() + 14)
        self.text.hide()
        self._shown = ""
        self.add_row(_("版本"), label(_("单位预算台账 {version}").format(version=__version__)))
        self.add_row(_("设置的位置"), place, button(_("打开"), self._open_folder, "link"))
        if crash.log_path() is not None:
            log = PathLabel(_("错误记录"))
            log.give(str(crash.log_path()))
            self.add_row(_("错误记录"), log)
        self.add_note(label(_("程序不连接网络，数据只在您的文件里。"), "faint"))
        names = list(LICENCES)
        for number, pair in enumerate((names[:2], names[2:4], names[4:])):
            held = QWidget()
            row = QHBoxLayout(held)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(14)
            for name in pair:
                row.addWidget(button(name, lambda name=name: self.show_licence(name), "link"))
            row.addStretch(1)
            self.add_row(_("许可") if number == 0 else "", held)
        self.add_whole(self.text)

    def show_licence(self, name: str) -> None:
        """Unfold the text of a licence; the same one again folds it."""
        self._shown = "" if self._shown == name else name
        self.text.setVisible(bool(self._shown))
        if self._shown:
            self.text.setPlainText(LICENCES[name].read_text(encoding="utf-8"))
            self.text.setAccessibleName(_("{name}的许可").format(name=name))

    def _open_folder(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
