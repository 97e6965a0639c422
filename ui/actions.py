"""Everything the window can be told to do by menu, button or key, in one table."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from core.i18n import _


@dataclass(frozen=True, slots=True)
class Command:
    """One line of the table. ``name`` is a method of the window or its guidance; ``needs`` says when it makes sense."""

    name: str
    text: str
    keys: str = ""
    needs: str = "file"  # file: one is open; edit: and it may be changed; nothing: always


COMMANDS = (
    Command("new_unit", _("新建单位…"), "Ctrl+N", "nothing"),
    Command("open_other", _("打开文件…"), "Ctrl+O", "nothing"),
    Command("open_sample", _("打开示例"), "", "nothing"),
    Command("save_copy", _("另存副本…"), "Ctrl+Shift+S"),
    Command("back_up", _("立即备份"), "Ctrl+B"),
    Command("search", _("搜索"), "Ctrl+K"),
    Command("undo", _("撤销"), "Ctrl+Z", "edit"),
    Command("redo", _("重做"), "Ctrl+Y", "edit"),
    Command("export_tables", _("导出年度表格…"), "Ctrl+E"),
    Command("print_report", _("打印报告"), "Ctrl+P"),
    Command("new_year", _("新建下一年度…"), "", "edit"),
    Command("take_over_projects", _("沿用上年度的项目"), "", "edit"),
    Command("switch_unit", _("元/万元切换"), "Ctrl+M"),
    Command("toggle_dock", _("展开或收起实时核对"), "Ctrl+Shift+D"),
    Command("next_area", _("到下一区域"), "F6"),
    Command("start_tour", _("示例导览"), "", "nothing"),
    Command("print_guide", _("打印快速入门…"), "", "nothing"),
    Command("show_help", _("帮助"), "F1", "nothing"),
)

# Keys that belong to a grid or a line: no QAction, but listed with the others.
PLACE_KEYS = (
    (_("编辑单元格"), "F2"),
    (_("保存并到下一行 / 右边一格"), "Enter / Tab"),
    (_("放弃修改"), "Esc"),
    (_("选择一块单元格 / 整行 / 全部"), "Shift+方向键 / Shift+空格 / Ctrl+A"),
    (_("复制 / 连同表头复制 / 粘贴"), "Ctrl+C / Ctrl+Shift+C / Ctrl+V"),
    (_("向下填充"), "Ctrl+D"),
    (_("输入的内容填入所选各行"), "Ctrl+Enter"),
    (_("金额：填入剩余数"), "="),
    (_("摘要、用途、收款人：同上一笔"), ".."),
    (_("下拉选项、收款人：按名称或拼音首字母选择"), "字母"),
    (_("筛选明细"), "Ctrl+F"),
    (_("最后一行：登记下一笔"), "Enter"),
    (_("粘贴预览：不粘贴或恢复所选行"), "空格"),
    (_("删除选中的记录"), "Delete"),
    (_("录入行：保存并录下一笔"), "Ctrl+Enter"),
    (_("录入行：更多字段；明细：修改全部字段"), "F4"),
    (_("新增项目 / 子项目；新增绩效指标"), "Insert / Alt+Insert；Insert"),
    (_("项目上移 / 下移"), "Alt+↑ / Alt+↓"),
    (_("展开或收起子项目"), "空格"),
    (_("项目预算：下一个 / 上一个标签页（明细、填报数、项目信息）"), "Ctrl+PageDown / Ctrl+PageUp"),
    (_("多单位汇总：重新读取文件夹"), "F5"),
    (_("日期加一天 / 减一天"), "↑ / ↓"),
    (_("日期：打开日历"), "Alt+↓"),
)


# Keys of the report page: its template and its preview.
REPORT_KEYS = (
    (_("插入台账数据"), "{"),
    (_("章节上移 / 下移（报告模板）"), "Alt+↑ / Alt+↓"),
    (_("删除章节（报告模板）"), "Delete"),
    (_("预览：放大 / 缩小"), "+ / -，Ctrl+滚轮"),
    (_("预览：适合宽度 / 整页"), "0 / 9"),
    (_("预览：上一页 / 下一页"), "PageUp / PageDown"),
    (_("预览：首页 / 末页"), "Home / End"),
    (_("预览：显示或收起缩略图"), "T"),
    (_("报告文字核查：下一项 / 上一项问题"), "F3 / Shift+F3"),
    (_("报告文字核查：下一个 / 上一个数字"), "F4 / Shift+F4"),
)


def make_actions(window: QWidget, guidance: QObject) -> dict[str, QAction]:
    """The actions by name, each with its key; it calls the method of the same name of the window or its guidance."""
    actions = {}
    for command in COMMANDS:
        action = QAction(command.text, window)
        if command.keys:
            action.setShortcut(QKeySequence(command.keys))
        slot = getattr(window if hasattr(window, command.name) else guidance, command.name)
        action.triggered.connect(lambda _checked=False, slot=slot: slot())
        window.addAction(action)
        actions[command.name] = action
    return actions


def enable_actions(actions: Mapping[str, QAction], is_open: bool, is_editable: bool) -> None:
    """Grey out what makes no sense now. Undo and redo have their own state."""
    allowed = {"nothing": True, "file": is_open, "edit": is_editable}
    for command in COMMANDS:
        if command.name not in ("undo", "redo"):
            actions[command.name].setEnabled(allowed[command.needs])
