"""核对: all findings with their ways out, by mouse and by key, and the choice outlives every edit."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from core import commands
from core.check import About
from core.rules import RULES
from ui.pages.findings import FindingsPage


@pytest.fixture
def page(sample_desk, qtbot):
    page = FindingsPage(sample_desk)
    qtbot.addWidget(page)
    page.resize(1214, 676)
    page.show()
    qtbot.waitExposed(page)
    return page


def listed(page):
    return [item.rule.id for item in page.list.items()]


def choose(page, rule):
    assert page.list.choose(lambda item: item.rule.id == rule)


def press(widget, text):
    """Click the visible button with this text."""
    made = next(b for b in widget.findChildren(QPushButton) if b.text() == text and b.isVisible())
    QTest.mouseClick(made, Qt.MouseButton.LeftButton)


def write(line, text):
    """Chinese text as an input method brings it."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(line, event)


def texts(widget):
    return [made.text() for made in widget.findChildren(QLabel) if made.isVisible()]


def test_the_gravest_is_chosen_first_with_its_figures(page) -> None:
    assert listed(page)[0] == page.list.item().rule.id == "C-001"
    assert page.kinds["error"].text() == "错误 5"
    assert page.kinds[""].text() == f"全部 {len(listed(page))}"
    shown = texts(page.detail)
    for figure in ("101.09", "1,010,900.00", "101.12", "0.03", "填报数“预算收入”"):
        assert figure in shown
    assert any("31.11" in text for text in shown) and any("69.95" in text for text in shown)


def test_arrow_keys_pass_over_headings_and_enter_goes_there(page, qtbot) -> None:
    page.list.setFocus()
    seen = [page.list.item()]
    for _step in range(len(listed(page)) - 1):
        QTest.keyClick(page.list, Qt.Key.Key_Down)
        seen.append(page.list.item())
    assert [item.rule.id for item in seen] == listed(page)
    for _step in range(len(seen)):
        QTest.keyClick(page.list, Qt.Key.Key_Up)
    assert page.list.item() == seen[0]
    with qtbot.waitSignal(page.desk.asked) as asked:
        QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert asked.args == [seen[0].finding.about]


def test_search_by_typing_then_down_to_the_list(page) -> None:
    page.search.setFocus()
    QTest.keyClicks(page.search, "87663")
    assert listed(page) == ["C-042"]
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    assert page.list.hasFocus()
    page.search.setFocus()
    write(page.search, "没有")
    assert listed(page) == [] and page._nothing.isVisible()
    assert "没有符合条件" in page._nothing.text()
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    assert len(listed(page)) > 10


def test_narrowed_by_severity_and_subject(page) -> None:
    QTest.mouseClick(page.kinds["error"], Qt.MouseButton.LeftButton)
    assert set(listed(page)) == {"C-001", "C-042", "C-046", "C-050", "C-051"}
    page.subject.setFocus()
    page.subject.set_value("stated")
    page.subject.picked.emit("stated")
    assert listed(page) == ["C-001"]
    assert page.locate(About("stated", 0, "结余结转"))  # a place that is asked for is shown whatever the filter
    assert page.list.item().rule.id == "C-005"
    assert not page.locate(About("payment", 999_999))


def test_a_repair_is_taken_with_one_click_and_undone(page, qtbot) -> None:
    choose(page, "C-050")
    row = listed(page).index("C-050")
    after = listed(page)[row + 1]
    label = page.list.item().finding.repair.label
    qtbot.waitUntil(lambda: any(b.text() == label and b.isVisible() for b in page.detail.findChildren(QPushButton)))
    press(page.detail, label)
    assert "C-050" not in listed(page)
    assert page.list.item().rule.id == after  # the next one takes its place
    page.desk.undo()
    assert "C-050" in listed(page)


def test_a_reason_is_written_and_withdrawn(page) -> None:
    choose(page, "C-021")
    press(page.detail, "写说明")
    line = next(made for made in page.detail.findChildren(QLineEdit) if made.isVisible())
    write(line, "换届大会推迟到2024年")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert page.kinds["waived"].text() == "已说明 1"
    assert page.list.item().rule.id == "C-021" and page.list.item().waiver
    assert any("换届大会推迟到2024年" in text and "2024-01-20" in text for text in texts(page.detail))
    press(page.detail, "撤回说明")
    assert page.kinds["waived"].text() == "已说明 0"
    assert page.list.item().waiver is None


def test_the_choice_and_the_reason_being_typed_outlive_an_edit(page) -> None:
    choose(page, "C-046")
    press(page.detail, "写说明")
    line = next(made for made in page.detail.findChildren(QLineEdit) if made.isVisible())
    write(line, "待核实")
    desk = page.desk
    desk.commit(commands.state(desk.book, 2023, "调整追加", 31_110_000))
    assert "C-001" not in listed(page)
    assert page.list.item().rule.id == "C-046"
    assert line.isVisible() and line.text() == "待核实"


def test_before_their_time_findings_stand_apart(page) -> None:
    page.desk.today = lambda: date(2023, 3, 10)
    page.refresh(None)
    assert page.kinds["error"].text() != "错误 5"
    QTest.mouseClick(page.kinds["todo"], Qt.MouseButton.LeftButton)
    assert "C-001" in listed(page)


def test_a_clean_year_says_so(page) -> None:
    page.desk.set_year(2024)
    assert page._title.text() == "2024年度核对"
    assert listed(page) == []
    assert page._nothing.isVisible() and "没有需要处理的问题" in page._nothing.text()
    assert page.detail.card is None


def test_every_rule_is_explained(page) -> None:
    assert not page.rules.isVisible()
    QTest.mouseClick(page.rules_button, Qt.MouseButton.LeftButton)
    assert page.rules.isVisible()
    for rule in RULES:
        assert rule.id in page.rules.text() and rule.why in page.rules.text() and rule.remedy in page.rules.text()
    QTest.mouseClick(page.rules_button, Qt.MouseButton.LeftButton)
    assert not page.rules.isVisible()


def test_a_readonly_file_offers_no_edit(sample_file, qapp, qtbot) -> None:
    from core.ledger import Ledger
    from ui.desk import Desk

    desk = Desk()
    desk.today = lambda: date(2024, 1, 20)
    desk.show_ledger(Ledger.open(sample_file, readonly=True), 2023)
    page = FindingsPage(desk)
    qtbot.addWidget(page)
    page.show()
    choose(page, "C-050")
    qtbot.wait(20)
    assert [b.text() for b in page.detail.findChildren(QPushButton) if b.isVisible()] == ["C-050", "定位"]
    desk.close()


def test_the_chosen_subject_is_not_cut_off(page) -> None:
    words = page.subject.fontMetrics().horizontalAdvance(page.subject.currentText())
    assert page.subject.width() >= words + page.subject.LEFT + page.subject.RIGHT


def test_findings_are_copied_to_other_programs(page) -> None:
    page.list.setFocus()
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(page.list, Qt.Key.Key_C, control)
    item = page.list.item()
    assert QApplication.clipboard().text().split("\t")[:3] == [item.rule.id, "错误", item.rule.title]
    QTest.keyClick(page.list, Qt.Key.Key_C, control | Qt.KeyboardModifier.ShiftModifier)
    text = QApplication.clipboard().text()
    assert text.startswith("编号\t级别\t事项\t位置\t说明\t怎么办\n") and len(text.split("\n")) == len(listed(page)) + 1
