"""What an entry would break stands under the field while it is typed, before it is saved."""

from PySide6.QtCore import Qt

from tests.builders import YEAR
from tests.ui.keys import press, replace_text

Key = Qt.Key


def under(form, key):
    """What is said under a field, once the keys have paused."""
    label = form._faults[key]
    return label.text() if label.isVisibleTo(form) else ""


def test_a_day_before_the_year_is_over_is_said_while_it_is_typed(window, qtbot):
    window.show_page("basic_data")
    page = window.current
    before = page.desk.book
    day = page.form.fields["filled_on"]
    day.setFocus()
    replace_text(day, "2023-11-01")
    qtbot.waitUntil(lambda: under(page.form, "filled_on").startswith("保存后将出现"), timeout=2000)
    assert page.desk.book is before, "nothing is saved yet"
    replace_text(day, "2024-04-30")
    qtbot.wait(200)
    assert under(page.form, "filled_on") == ""
    press(day, Key.Key_Return)
    assert page.desk.book.unit_year(YEAR).filled_on == "2024-04-30"


def test_a_field_that_must_be_filled_says_so_at_once(window, qtbot):
    window.show_page("unit")
    page = window.current
    name = page.form.fields["name"]
    name.setFocus()
    press(name, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(name, Key.Key_Delete)
    qtbot.waitUntil(lambda: "不能为空" in under(page.form, "name"), timeout=2000)
    assert page.form._faults["name"].property("role") == "error"


def test_what_is_typed_back_says_nothing_any_more(window, qtbot):
    window.show_page("unit")
    page = window.current
    head = page.form.fields["head"]
    held = head.text()
    head.setFocus()
    press(head, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(head, Key.Key_Delete)
    qtbot.waitUntil(lambda: under(page.form, "head").startswith("保存后将出现"), timeout=2000)
    replace_text(head, held)
    qtbot.wait(200)
    assert under(page.form, "head") == ""


def test_the_reason_of_a_project_is_tried_while_it_is_typed(window, qtbot):
    window.show_page("projects")
    page, desk = window.current, window.desk
    project = next(row.project for row in desk.book.projects(YEAR) if row.name == "业务性专项经费")
    page._show_project(project)
    page.details.show_tab(2)
    reason = page.details.form.fields["execution_reason"]
    reason.setFocus()
    before = desk.book
    replace_text(reason, "项目分两年实施，尾款待验收后支付。")
    qtbot.waitUntil(lambda: "保存后将消除" in under(page.details.form, "execution_reason"), timeout=2000)
    assert desk.book is before
