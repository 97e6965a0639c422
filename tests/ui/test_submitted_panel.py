"""报送存档 over the real sample: recording what was handed in, comparing it with now, removing a record."""

import pytest
from PySide6.QtCore import Qt

from core import commands
from core.check import About
from core.closing import lock
from core.ledger import Ledger
from core.outline import SENTENCE
from core.report.as_submitted import submissions
from core.writing import write_section
from tests.builders import WAN
from tests.ui.reports import YEAR, go, lines, opened_page, project_named, settle
from ui.tasks import paper_lane


@pytest.fixture
def page(qtbot, sample_desk):
    yield from opened_page(qtbot, sample_desk)


def show(page, qtbot):
    page.show_submitted()
    rest(page, qtbot)
    return page.submitted


def rest(page, qtbot):
    qtbot.waitUntil(lambda: not page.submitted.is_busy)
    settle(page, qtbot)


def hand_in(page, qtbot, to="区财政局"):
    panel = show(page, qtbot)
    panel.add.click()
    panel.form.to.setText(to)
    qtbot.keyClick(panel.form.to, Qt.Key.Key_Return)
    rest(page, qtbot)
    return panel


def spend(page, qtbot, desk):
    where = project_named(desk, "业务性专项经费")
    desk.commit(commands.add_payment(desk.book, YEAR, where, "2023-12-01", WAN // 10, purpose="资料费"))
    rest(page, qtbot)
    return where


def test_nothing_was_handed_in_yet(page, qtbot):
    panel = show(page, qtbot)
    assert page.shows_submitted
    assert panel.summary.text() == "2023年度还没有登记报送。"
    assert panel.list.isHidden() and panel._table_card.isHidden()


def test_recording_is_one_step_that_can_be_undone(page, qtbot, sample_desk):
    before = lines(sample_desk)
    panel = hand_in(page, qtbot)
    [kept] = submissions(sample_desk.book, YEAR)
    assert (kept.recipient, kept.date, kept.journal) == ("区财政局", sample_desk.today().isoformat(), before)
    assert lines(sample_desk) == before + 1
    assert panel.form.isHidden() and panel.list.count() == 1
    assert "区财政局" in panel.list.item(0).text() and "附件4项" in panel.list.item(0).text()
    assert panel.summary.text().startswith("报送后没有变化：")
    sample_desk.undo()
    rest(page, qtbot)
    assert panel.list.count() == 0


def test_what_is_wrong_is_said_in_the_line(page, qtbot, sample_desk):
    panel = show(page, qtbot)
    panel.add.click()
    panel.form.yes.click()
    assert panel.form.fault == "请填写报送对象，例如区财政局。"
    panel.form.to.setText("区财政局")
    panel.form.day.setText("13-40")
    panel.form.yes.click()
    assert "不是日期" in panel.form.fault
    panel.form.no.click()
    assert panel._form_card.isHidden() and submissions(sample_desk.book, YEAR) == []


def test_changed_figures_are_shown_with_both_and_their_difference(page, qtbot, sample_desk):
    panel = hand_in(page, qtbot)
    where = spend(page, qtbot, sample_desk)
    rows = {
        one.label: [panel.model.text(one, key) for key in ("then", "now", "difference")] for one in panel.model.rows
    }
    assert rows["业务性专项经费·实际支出"] == ["2.07", "2.17", "+0.10"]
    assert f"有{len(rows)}项数据与报送时不同" in panel.summary.text()
    assert panel.model.rows[0].ref.about == where
    assert "新增支出 1,000.00" in panel.behind.text()


def test_a_figure_is_framed_on_its_page_and_opened(page, qtbot, sample_desk):
    panel = hand_in(page, qtbot)
    where = spend(page, qtbot, sample_desk)
    asked = []
    sample_desk.asked.connect(asked.append)
    spent = next(one for one in panel.model.rows if one.label == "业务性专项经费·实际支出")
    panel.grid.stand_at(spent.ref)
    framed = [mark for mark in page.preview.view.highlights if mark.chosen]
    assert len(framed) == len(page.preview.paper.info.figure(spent.ref)) >= 2
    panel.grid.setFocus()
    panel.grid.activated.emit(panel.grid.currentIndex())
    assert asked == [About("section", where, SENTENCE)]
    group = next(one for one in panel.model.rows if one.ref.about < 0)
    panel._open(panel.model.index(panel.model.row_of(group.ref), 0))
    assert asked[-1].kind == "stated"


def test_changed_words_alone_are_told(page, qtbot, sample_desk):
    panel = hand_in(page, qtbot)
    sample_desk.commit(write_section(sample_desk.book, YEAR, "other", 0, "无其他需要说明的情况。"))
    rest(page, qtbot)
    assert panel.summary.text().endswith("项数据都与报送时相同，文字有改动。")
    assert panel._table_card.isHidden()


def test_removing_asks_in_the_page(page, qtbot, sample_desk):
    panel = hand_in(page, qtbot)
    qtbot.keyClick(panel.list, Qt.Key.Key_Delete)
    assert "区财政局" in panel.ask.question
    panel.ask.give_up()
    assert len(submissions(sample_desk.book, YEAR)) == 1
    panel.remove.click()
    panel.ask.yes.click()
    rest(page, qtbot)
    assert submissions(sample_desk.book, YEAR) == [] and panel.list.isHidden()


def test_the_latest_stands_first_and_each_can_be_chosen(page, qtbot, sample_desk):
    hand_in(page, qtbot, "区财政局")
    spend(page, qtbot, sample_desk)
    panel = hand_in(page, qtbot, "区审计局")
    assert [panel.list.item(n).text().split("　")[1] for n in range(2)] == ["报送区审计局", "报送区财政局"]
    assert panel.summary.text().startswith("报送后没有变化")
    panel.list.setCurrentRow(1)
    rest(page, qtbot)
    assert "项数据与报送时不同" in panel.summary.text()


def test_choosing_a_section_goes_back_to_the_text(page, qtbot):
    show(page, qtbot)
    go(page, "problems")
    assert not page.shows_submitted
    show(page, qtbot).done.click()
    assert not page.shows_submitted


def test_a_read_only_file_shows_but_records_nothing(qtbot, sample_desk):
    path = sample_desk.ledger.path
    sample_desk.show_ledger(Ledger.open(path, readonly=True), YEAR)
    for page in opened_page(qtbot, sample_desk):
        panel = show(page, qtbot)
        assert not panel.add.isEnabled()
    paper_lane.finish()


def test_it_works_in_a_locked_year(page, qtbot, sample_desk):
    sample_desk.commit(lock(sample_desk.book, sample_desk.ledger.findings, YEAR))
    rest(page, qtbot)
    hand_in(page, qtbot)
    assert len(submissions(sample_desk.book, YEAR)) == 1
