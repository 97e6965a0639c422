"""报告模板: the sections of a year's report, their headings, kinds and default texts. Every step is saved at once."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QScrollArea, QVBoxLayout, QWidget

from core import templates
from core.change import Change
from core.i18n import _
from core.model import YearState
from core.outline import SectionSpec, Template, template_of, template_text
from ui.desk import Desk
from ui.form import save
from ui.style import icon
from ui.widgets.ask_bar import AskBar
from ui.widgets.field_form import FieldForm
from ui.widgets.parts import button, label
from ui.widgets.template_choice import TemplateChoice
from ui.widgets.template_order import MODE_LABELS, TemplateOrder
from ui.widgets.token_editor import TokenEditor

_LEVELS = {"1": _("一级标题：一、"), "2": _("二级标题：（一）")}


class TemplatePanel(QWidget):
    """The template is that of the year on show; other years keep theirs."""

    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setProperty("help", "08-template")
        self._template = Template("", "")
        self._loaded = ""  # the default text as it is shown
        self.name = label(role="second", wraps=True)
        self.change = button(_("更换模板…"), self._offer_templates, "quiet")
        self.reset = button(_("恢复原样"), self._ask_reset, "quiet")
        self.reset.setToolTip(_("恢复程序所带的同名模板，已写的文字保留（可撤销）"))
        self.done = button(_("完成"), self._finish, "primary")
        self.ask = AskBar()
        self.choice = TemplateChoice()
        self.choice.taken.connect(self._ask_use)
        self.choice.closed.connect(self._close_choice)
        self.order = TemplateOrder()
        self.order.chosen.connect(self._show_section)
        self.order.stepped.connect(self._step)
        self.order.dropped.connect(self._drop)
        self.order.removed.connect(self._ask_remove)
        self.add = QPushButton(icon("add"), _("添加章节"))
        self.add.setProperty("role", "quiet")
        self.add.clicked.connect(self._add)
        self.up = self._small("chevron_up", _("上移（Alt+↑）"), lambda: self._step(self.order.key(), -1))
        self.down = self._small("chevron_down", _("下移（Alt+↓）"), lambda: self._step(self.order.key(), 1))
        self.remove = self._small("dismiss", _("删除章节（Delete）"), lambda: self._ask_remove(self.order.key()))
        self.form = FieldForm(self._save_field)
        self.form.add_line("title", _("标题"))
        self.form.add_check("numbered", "", _("按顺序编号"))
        self.form.add_pick("level", _("层次"), _LEVELS)
        self.form.add_pick("mode", _("内容"), MODE_LABELS)
        self.form.add_line("hint", _("填写提示"), _("没有写文字时显示，不打印"))
        self.text = TokenEditor()
        self.text.setAccessibleName(_("默认文字"))
        self.text.setFixedHeight(106)
        self.text.setPlaceholderText(_("新年度报告里自动写好的文字；输入“{”插入台账数据"))
        self.text.left.connect(self._save_text)
        self.text.save_asked.connect(self._save_text)
        self._insert = QPushButton(icon("add"), _("插入数据"))
        self._insert.setProperty("role", "quiet")
        self._insert.clicked.connect(self.text.offer_figures)
        self._fill = QPushButton(_("插入单位信息"))
        self._fill.setProperty("role", "quiet")
        self._fill.setMenu(self._fill_menu())
        self._text_row = QWidget()
        self._build()

    # What is shown

    def refresh(self) -> None:
        """Show the template of the year as it is now."""
        self._template = template_of(self.desk.book, self.desk.year)
        self.name.setText(self._template.name)
        self.order.show_sections(self._template.sections)
        editable = self.is_editable
        for widget in (self.change, self.reset, self.add, self.up, self.down, self.remove, self._insert, self._fill):
            widget.setEnabled(editable)
        self.order.setDragEnabled(editable)
        self._show_section(self.order.key())

    @property
    def is_editable(self) -> bool:
        """Whether the report of the year may still be changed."""
        record = self.desk.book.year(self.desk.year)
        return not self.desk.readonly and record is not None and record.state != YearState.FINAL

    def choose(self, key: str) -> bool:
        """Show a section; False where the template has none such."""
        return self.order.choose(key)

    def finish(self) -> bool:
        """Save the field that is being typed into; False: it was refused."""
        fault = self.form.finish()
        if self.text.hasFocus():
            self._save_text()
        return not fault

    def _show_section(self, key: str) -> None:
        spec = self._spec(key)
        if spec is None:
            return
        values = {
            "title": templates.bare_title(spec),
            "numbered": templates.is_numbered(spec),
            "level": str(spec.level),
            "mode": spec.mode,
            "hint": spec.hint,
        }
        self._key = key
        self.form.show_values(values, self.is_editable)
        self.text.setReadOnly(not self.is_editable)
        raw = templates.read_filled(spec.text)
        if raw != self._loaded or not self.text.hasFocus():
            self.text.load(self.desk.book, self.desk.year, 0, raw)
            self._loaded = self.text.text().raw
        self._text_row.setVisible(spec.mode == "text")
        self.text.setVisible(spec.mode == "text")

    def _spec(self, key: str) -> SectionSpec | None:
        return next((spec for spec in self._template.sections if spec.key == key), None)

    # Steps

    def _commit(self, make: Callable[..., Change], *args: object, **fields: object) -> str:
        """Save a step; what forbids it is told."""
        problem = save(self.desk, partial(make, self.desk.book, self.desk.year, *args, **fields))
        if problem:
            self.desk.told.emit(problem, True)
        return problem

    def _save_field(self, key: str, value: object) -> str:
        spec = self._spec(self._key)
        if spec is None:
            return ""
        fields: dict[str, object] = {key: value}
        if key == "title":
            words = str(value)
            numbered = words and templates.is_numbered(spec)
            fields = {"title": templates.with_number(words, spec.level) if numbered else words}
        elif key == "numbered":
            bare = templates.bare_title(spec)
            fields = {"title": templates.with_number(bare, spec.level) if value else bare}
        elif key == "level":
            fields = {"level": int(str(value))}
        step = partial(templates.set_section, self.desk.book, self.desk.year, self._key, **fields)
        return save(self.desk, step)

    def _save_text(self) -> None:
        raw = self.text.text().raw
        if raw != self._loaded and self._spec(self._key) is not None:
            self._loaded = raw
            self._commit(templates.set_section, self._key, text=templates.store_filled(raw))

    def _add(self) -> None:
        held = self._spec(self.order.key())
        before = {spec.key for spec in self._template.sections}
        level = held.level if held else 1
        if not self._commit(templates.add_section, _("新的部分"), self.order.key(), level):
            new = next(spec.key for spec in self._template.sections if spec.key not in before)
            self.order.choose(new)
            self.form.focus("title")
            self.form.fields["title"].selectAll()

    def _step(self, key: str, by: int) -> None:
        if self.is_editable and key:
            self._commit(templates.step_section, key, by)

    def _drop(self, key: str, row: int) -> None:
        if not self.is_editable:
            return
        keys = [spec.key for spec in self._template.sections]
        moved = {key, *(spec.key for spec in templates.below(self._template, key))}
        self._commit(templates.move_section, key, sum(one not in moved for one in keys[:row]))

    def _ask_remove(self, key: str) -> None:
        spec = self._spec(key)
        if spec is None or not self.is_editable:
            return
        if templates.written_in(self.desk.book, self.desk.year, key):
            self.order.choose(key)
            question = _("“{title}”已经写了文字。删除后不再打印，文字保留，换回模板时恢复。")
            self.ask.ask(question.format(title=spec.title), _("删除"), lambda: self._remove(key), is_grave=True)
        else:
            self._remove(key)

    def _remove(self, key: str) -> None:
        self._commit(templates.remove_section, key)
        self.order.setFocus()

    # The program's templates

    def _offer_templates(self) -> None:
        self.finish()
        self._show_choice(True)
        self.choice.offer(self._template.name)

    def _close_choice(self) -> None:
        self._show_choice(False)
        self.order.setFocus()

    def _show_choice(self, shown: bool) -> None:
        """The outlines to choose from stand in place of the sections."""
        self.choice.setVisible(shown)
        for widget in (self._sections, self._fields):
            widget.setVisible(not shown)
        for made in (self.change, self.reset, self.done):
            made.setEnabled(not shown and (made is self.done or self.is_editable))

    def _ask_use(self, name: str) -> None:
        self._close_choice()
        self._use(template_text(name), _("更换"))

    def _ask_reset(self) -> None:
        self._use(templates.original_text(self.desk.book, self.desk.year), _("恢复"))

    def _use(self, text: str, yes: str) -> None:
        """Take another template; where written sections would not print any more, that is asked first."""
        lost = templates.not_in(self.desk.book, self.desk.year, text)
        if lost:
            names = "、".join(f"“{title}”" for title in lost)
            question = _("模板里没有{names}：已写的文字会保留，但不再打印。").format(names=names)
            self.ask.ask(question, yes, lambda: self._commit(templates.use_template, text), is_grave=True)
        else:
            self._commit(templates.use_template, text)

    def _finish(self) -> None:
        if self.finish():
            self.closed.emit()

    # Parts

    def _small(self, name: str, tip: str, action: Callable[[], object]) -> QPushButton:
        made = button("", action, "quiet")
        made.setIcon(icon(name))
        made.setToolTip(tip)
        made.setAccessibleName(tip)
        return made

    def _fill_menu(self) -> QMenu:
        menu = QMenu(self)
        for read in templates.FILLED.values():
            action = QAction(read.strip("【】"), menu)
            action.triggered.connect(lambda _checked=False, read=read: self._insert_fill(read))
            menu.addAction(action)
        return menu

    def _insert_fill(self, read: str) -> None:
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.text.insert_raw(read)

    def _build(self) -> None:
        self._key = ""
        self.choice.hide()
        head = QHBoxLayout()
        head.addWidget(label(_("报告模板"), "heading"), 1)
        head.addWidget(self.done)
        named = QHBoxLayout()
        named.addWidget(self.name, 1)
        for widget in (self.change, self.reset):
            named.addWidget(widget)
        card = self._sections = QFrame()
        card.setProperty("role", "card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(6, 8, 6, 6)
        tools = QHBoxLayout()
        tools.setContentsMargins(6, 0, 4, 0)
        tools.addWidget(self.add)
        tools.addStretch(1)
        for widget in (self.up, self.down, self.remove):
            tools.addWidget(widget)
        self.order.setMinimumHeight(96)
        inner.addWidget(self.order, 1)
        inner.addLayout(tools)
        fields = self._fields = QFrame()
        fields.setProperty("role", "card")
        below = QVBoxLayout(fields)
        below.setContentsMargins(14, 12, 14, 12)
        below.addWidget(self.form)
        row = QHBoxLayout(self._text_row)
        row.setContentsMargins(0, 4, 0, 0)
        row.addWidget(label(_("默认文字"), "second"), 1)
        row.addWidget(self._insert)
        row.addWidget(self._fill)
        below.addWidget(self._text_row)
        below.addWidget(self.text)
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(16, 0, 14, 16)
        inside.setSpacing(10)
        inside.addWidget(self.ask)
        inside.addWidget(self.choice, 1)
        inside.addWidget(card, 1)
        inside.addWidget(fields)
        inside.addStretch(0)
        area = QScrollArea(widgetResizable=True)  # in a low window the fields scroll instead of being squeezed
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 14, 0, 0)
        layout.setSpacing(10)
        for above in (head, named):
            above.setContentsMargins(16, 0, 14, 0)
            layout.addLayout(above)
        layout.addWidget(area, 1)
