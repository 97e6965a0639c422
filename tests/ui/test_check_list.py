"""核对: filters that stay, the history, and the list as a table and on paper."""

import csv
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from core import commands
from ui.dialogs.check_list import CheckListDialog
from ui.pages.findings import FindingsPage
from ui.tasks import paper_lane
from ui.widgets.finding_history import history_lane


@pytest.fixture
def page(sample_desk, qtbot):
    page = FindingsPage(sample_desk)
    qtbot.addWidget(page)
    page.resize(1214, 676)
    page.show()
    qtbot.waitExposed(page)
    yield page
    page.history.stop()
    history_lane.finish()


def listed(page):
    return [item.rule.id for item in page.list.items()]


def pick(field, text):
    row = next(row for row in range(field.count()) if text in field.itemText(row))
    field.setCurrentIndex(row)
    field.activated.emit(row)


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_list_is_narrowed_by_project_and_rule(page):
    every = listed(page)
    pick(page.project, "业务性专项经费")
    assert 0 < len(listed(page)) < len(every)
    assert all("业务性专项经费" in page._place(item) or item.finding.about.id for item in page.list.items())
    pick(page.project, "全部项目")
    pick(page.rule, "C-019")
    assert set(listed(page)) == {"C-019"}
    page.refresh(None)
    assert set(listed(page)) == {"C-019"}
    page._show_all()
    assert listed(page) == every


def test_severity_and_subject_stay_until_the_next_start(page, sample_desk, qtbot):
    page.kinds["warning"].click()
    pick(page.subject, "台账")
    narrowed = listed(page)
    again = FindingsPage(sample_desk)
    qtbot.addWidget(again)
    again.show()
    assert listed(again) == narrowed and again.narrowed.kind == "warning"
    sample_desk.layouts["findings"] = "{broken"
    whole = FindingsPage(sample_desk)
    qtbot.addWidget(whole)
    whole.show()
    assert len(listed(whole)) > len(narrowed)


def test_the_history_says_when_each_came_and_who_accepted_it(page, qtbot):
    desk = page.desk
    item = next(item for item in page.list.items() if item.rule.id == "C-021")
    place, facts = item.finding.about.key(), item.finding.facts()
    desk.ledger.operator = "Li Hong"
    desk.commit(commands.waive(desk.book, desk.year, "C-021", place, facts, "已附说明材料。", date(2024, 1, 20)))
    page.history_button.click()
    qtbot.waitUntil(lambda: page.history.trace is not None, timeout=20_000)
    held = page.history.list
    assert held.topLevelItemCount() == len(page.history.trace.stories) > len(listed(page)) - 1
    gone = [held.topLevelItem(row) for row in range(held.topLevelItemCount())]
    assert any("仍在" in row.text(4) for row in gone) and any("撰写2023年度报告" in row.text(4) for row in gone)
    page.kinds["waived"].click()
    said = [made.text() for made in page.detail.findChildren(QLabel)]
    assert "已附说明材料。（2024-01-20　Li Hong）" in said
    page.history_button.click()
    assert page.history.isHidden() and page.history.trace is None


def test_what_is_on_show_is_exported(page, tmp_path):
    page.kinds["error"].click()
    page.export(tmp_path / "清单.csv")
    rows = rows_of(tmp_path / "清单.csv")
    assert [row["编号"] for row in rows] == listed(page) and {row["状态"] for row in rows} == {"未处理"}
    page.export(tmp_path / "清单")
    assert (tmp_path / "清单.xlsx").read_bytes()[:2] == b"PK"
    told = []
    page.desk.told.connect(lambda text, refused: told.append((text, refused)))
    (tmp_path / "占用.csv").mkdir()
    page.export(tmp_path / "占用.csv")
    assert told and told[-1][1] and "无法写入" in told[-1][0]


def test_the_list_is_printed_with_what_it_was_narrowed_to(page, qtbot):
    page.kinds["error"].click()
    page.print_list()
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, CheckListDialog))
    qtbot.waitUntil(lambda: bool(dialog.papers), timeout=20_000)
    words = "".join(run.text for run, _place in dialog.papers[0].document.runs())
    assert "2023年度核对清单" in words and "共5项（错误）" in words
    assert all(rule in words for rule in listed(page)) and "C-019" not in words
    dialog.close()
    paper_lane.finish()
