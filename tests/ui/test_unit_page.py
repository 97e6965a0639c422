"""单位信息: fields that save themselves, staff typed in place."""

from PySide6.QtCore import Qt

from tests.builders import YEAR
from tests.ui.keys import press, replace_text, type_text

Key = Qt.Key


def test_the_unit_page_saves_fields_when_they_are_left(window, qtbot):
    window.show_page("unit")
    page, desk = window.current, window.desk
    other = desk.book.unit_year(2022)
    name = page.form.fields["name"]
    name.setFocus()
    replace_text(name, "示范区妇联")
    press(name, Key.Key_Tab)
    assert desk.book.unit_year(YEAR).name == "示范区妇联"
    assert desk.book.unit_year(2022) == other, "another year keeps its name"
    replace_text(name, "")
    name.setFocus()
    press(name, Key.Key_Return)
    assert "不能为空" in page.form._faults["name"].text()
    assert desk.book.unit_year(YEAR).name == "示范区妇联"
    duties = page.texts.fields["duties"]
    duties.setFocus()
    replace_text(duties, "1.第一条\n2.第二条")
    page.form.fields["head"].setFocus()
    assert desk.book.unit_year(YEAR).duties == "1.第一条\n2.第二条"
    window.undo()
    assert "宣传党的理论" in duties.toPlainText()
    page.form.fields["other_counts"].click()
    assert desk.book.unit.other_counts


def test_staff_are_counted_in_place(window):
    window.show_page("unit")
    staff, desk = window.current.staff, window.desk
    staff.view.stand_at("行政编制", "actual")
    staff.view.setFocus()
    press(staff.view, Key.Key_F2)
    replace_text(staff.view.cells.editor, "3.5")
    press(staff.view.cells.editor, Key.Key_Return)
    assert "不是人数" in staff.view.cells._hint.text()
    replace_text(staff.view.cells.editor, "3")
    press(staff.view.cells.editor, Key.Key_Return)
    assert {s.type: s.actual for s in desk.book.staff(YEAR)} == {"行政编制": 3, "事业编制": 1}
    type_text(staff.type, "工勤编制")
    press(staff.type, Key.Key_Return)
    press(staff.type, Key.Key_Return)
    assert "请填写编制类型" in staff._fault.text()
    assert staff.view.current.type == "工勤编制"
    staff.view.setFocus()
    press(staff.view, Key.Key_Delete)
    press(staff.ask, Key.Key_Return)
    assert [s.type for s in desk.book.staff(YEAR)] == ["行政编制", "事业编制"]
