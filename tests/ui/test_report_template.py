"""The template of a year is changed beside its pages: sections added, moved, renamed, taken out; every step undone."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from core.ledger import Ledger
from core.outline import offered_templates, template_of
from core.writing import write_section
from tests.ui.keys import press, replace_text
from tests.ui.reports import YEAR, go, opened_page, printed, settle, stored, write
from ui.desk import Desk

Key = Qt.Key
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot, sample_desk):
    yield from opened_page(qtbot, sample_desk)


@pytest.fixture
def panel(page, qtbot):
    page.edit_template()
    assert page.template.isVisible()
    return page.template


def titles(desk) -> list[str]:
    return [spec.title for spec in template_of(desk.book, YEAR).sections]


def click(qtbot, button) -> None:
    qtbot.mouseClick(button, LEFT)


def test_it_opens_at_the_section_being_written(page, qtbot):
    go(page, "problems")
    page.edit_template()
    assert page.template.order.key() == "problems"
    go(page, "overall")
    assert page.template.order.key() == "overall"
    go(page, "project.text", next(p.about for p in page._parts if p.key == "project.text"))
    assert page.template.order.key() == "projects"
    click(qtbot, page.template.done)
    assert page.section.isVisible() and page.section.place[0] == "project.text"


def test_a_section_is_added_named_and_numbered(page, panel, qtbot, sample_desk):
    panel.choose("basics")
    click(qtbot, panel.add)
    title = panel.form.fields["title"]
    assert title.hasFocus() and title.selectedText() == "新的部分"
    replace_text(title, "自评得分情况")
    press(title, Key.Key_Return)
    assert titles(sample_desk)[:3] == ["一、预算单位基本情况", "二、自评得分情况", "三、预算收支情况（按单位预算口径）"]
    assert "二、自评得分情况" in [page.sections.item(i).text() for i in range(page.sections.count())]
    settle(page, qtbot)
    assert "二、自评得分情况" in printed(page)
    sample_desk.undo()
    sample_desk.undo()
    assert titles(sample_desk)[1] == "二、预算收支情况（按单位预算口径）"
    assert panel.order.count() == len(titles(sample_desk))


def test_sections_move_by_keys_and_buttons(panel, qtbot, sample_desk):
    panel.choose("problems")
    panel.order.setFocus()
    press(panel.order, Key.Key_Up, ALT)
    assert titles(sample_desk)[2] == "三、绩效管理存在的问题及下一步改进措施"
    assert titles(sample_desk)[4] == "（一）整体支出绩效情况", "a chapter moves past a whole chapter"
    assert panel.order.key() == "problems"
    click(qtbot, panel.down)
    assert titles(sample_desk)[5] == "四、绩效管理存在的问题及下一步改进措施"
    sample_desk.undo()
    assert titles(sample_desk)[2] == "三、绩效管理存在的问题及下一步改进措施"


def test_a_section_is_dragged(panel, qtbot, sample_desk):
    panel.choose("other")
    first = panel.order.visualItemRect(panel.order.item(0))
    drop = QDropEvent(
        QPointF(40, first.top() + 3), Qt.DropAction.MoveAction, QMimeData(), LEFT, Qt.KeyboardModifier.NoModifier
    )
    panel.order.dropEvent(drop)
    assert titles(sample_desk)[:2] == ["5、其他需要说明的情况", "一、预算单位基本情况"]
    assert panel.order.key() == "other" and panel.order.count() == 7


def test_a_written_section_is_asked_about_before_it_goes(page, panel, qtbot, sample_desk):
    panel.choose("problems")
    panel.order.setFocus()
    press(panel.order, Key.Key_Delete)
    assert "已经写了文字" in panel.ask.question
    press(panel.ask.yes, Key.Key_Escape)
    assert any("问题" in title for title in titles(sample_desk))
    click(qtbot, panel.remove)
    press(panel.ask.yes, Key.Key_Return)
    assert not any("问题" in title for title in titles(sample_desk))
    assert len(titles(sample_desk)) == 6
    settle(page, qtbot)
    assert "细化预算编制" not in printed(page)
    sample_desk.undo()
    assert "细化预算编制" in stored(sample_desk, "problems")


def test_an_empty_section_goes_without_a_question(panel, qtbot, sample_desk):
    panel.choose("problems")
    click(qtbot, panel.add)
    count = panel.order.count()
    panel.order.setFocus()
    press(panel.order, Key.Key_Delete)
    assert panel.order.count() == count - 1 and not panel.ask.question


def test_level_kind_and_number(panel, qtbot, sample_desk):
    panel.choose("problems")
    level, mode = panel.form.fields["level"], panel.form.fields["mode"]
    level.set_value("2")
    level.picked.emit("2")
    assert titles(sample_desk)[5] == "（三）绩效管理存在的问题及下一步改进措施"
    press(panel.form.fields["numbered"], Key.Key_Space)
    assert titles(sample_desk)[5] == "绩效管理存在的问题及下一步改进措施"
    mode.set_value("projects")
    mode.picked.emit("projects")
    assert "已经有列出项目" in panel.form._faults["mode"].text()
    mode.set_value("heading")
    mode.picked.emit("heading")
    assert template_of(sample_desk.book, YEAR).sections[5].mode == "heading"
    assert not panel.text.isVisible()


def test_a_wrong_number_is_mended_by_numbering(panel, sample_desk):
    panel.choose("other")
    numbered = panel.form.fields["numbered"]
    assert panel.form.fields["title"].text() == "5、其他需要说明的情况" and not numbered.isChecked()
    press(numbered, Key.Key_Space)
    assert titles(sample_desk)[-1] == "五、其他需要说明的情况"
    assert "C-055" not in [item.rule.id for item in sample_desk.review().open]


def test_a_default_text_keeps_its_figures_and_what_is_filled_in(page, panel, qtbot, sample_desk):
    panel.choose("basics")
    before = template_of(sample_desk.book, YEAR).sections[0].text
    assert panel.text.text().shown.startswith("【单位简称】主要职责是")
    panel.choose("other")
    panel.text.setFocus()
    replace_text(panel.text, "全年支出{unit.支出}")
    assert len(panel.text.figures()) == 1
    panel._insert_fill("【单位名称】")
    click(qtbot, panel.done)
    assert template_of(sample_desk.book, YEAR).sections[-1].text == "全年支出{unit.支出}{name}"
    assert template_of(sample_desk.book, YEAR).sections[0].text == before


def test_a_field_that_is_being_typed_into_is_saved_with_done(panel, qtbot, sample_desk):
    panel.choose("other")
    hint = panel.form.fields["hint"]
    hint.setFocus()
    replace_text(hint, "没有的写“无”。")
    click(qtbot, panel.done)
    assert template_of(sample_desk.book, YEAR).sections[-1].hint == "没有的写“无”。"


def test_a_title_is_never_left_without_words(panel, qtbot, sample_desk):
    panel.choose("other")
    title = panel.form.fields["title"]
    title.setFocus()
    press(title, Key.Key_A, CTRL)
    press(title, Key.Key_Delete)
    press(title, Key.Key_Return)
    assert "请填写标题" in panel.form._faults["title"].text()
    assert titles(sample_desk)[-1].endswith("其他需要说明的情况")


def test_another_outline_is_looked_at_and_taken(page, panel, qtbot, sample_desk):
    click(qtbot, panel.change)
    choice = panel.choice
    assert choice.list.count() == len(offered_templates()) == 5
    assert "本年所用" in choice.list.currentItem().text()
    press(choice.list, Key.Key_Down)
    press(choice.list, Key.Key_Down)
    assert "十、其他需要说明的情况" in choice.headings.text()
    click(qtbot, choice.use)
    assert panel.ask.question == "", "every written section has its place there"
    assert titles(sample_desk)[-1] == "十、其他需要说明的情况"
    settle(page, qtbot)
    assert "六、部门整体支出绩效情况" in printed(page)
    assert "87663.43" in stored(sample_desk, "overall"), "what was written stays"
    sample_desk.undo()
    assert len(titles(sample_desk)) == 7


def test_an_outline_without_room_for_written_words_is_asked_about(panel, qtbot, sample_desk):
    panel.choose("basics")
    click(qtbot, panel.add)
    key = panel.order.key()
    sample_desk.commit(write_section(sample_desk.book, YEAR, key, 0, "本年自评得分98分。"))
    click(qtbot, panel.reset)
    assert "新的部分" in panel.ask.question
    press(panel.ask.yes, Key.Key_Return)
    assert len(titles(sample_desk)) == 7


def test_going_elsewhere_saves_and_a_finding_closes_the_template(page, panel, qtbot, sample_desk):
    panel.choose("other")
    hint = panel.form.fields["hint"]
    hint.setFocus()
    replace_text(hint, "写明口径。")
    finding = next(i.finding for i in sample_desk.review().open if i.rule.id == "C-042")
    assert page.locate(finding.about)
    assert page.section.isVisible() and page.section.place == ("overall", 0)
    assert template_of(sample_desk.book, YEAR).sections[-1].hint == "写明口径。"


def test_a_file_opened_for_reading_keeps_its_template(qtbot, sample_file, tmp_path):
    desk = Desk()
    desk.show_ledger(Ledger.open(sample_file, readonly=True), YEAR)
    for page in opened_page(qtbot, desk):
        page.edit_template()
        for widget in (page.template.add, page.template.remove, page.template.change):
            assert not widget.isEnabled()
        before = titles(desk)
        press(page.template.order, Key.Key_Delete)
        press(page.template.order, Key.Key_Down, ALT)
        assert titles(desk) == before
    desk.close()


def test_typed_text_is_saved_before_the_template_opens(page, qtbot, sample_desk):
    go(page, "other")
    write(page, qtbot, "打开模板前写的。")
    page.edit_template()
    assert stored(sample_desk, "other").endswith("打开模板前写的。")
    assert QApplication.focusWidget() is page.template.order
