"""Forms of the unit's own kept in the ledger: taken in, looked through, replaced, filled in."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from core.attachments import contents, remove_attachment
from core.errors import UserError
from core.ledger import Ledger
from core.own_forms import add_form, fill_forms, own_forms, preview_form, read_form
from core.sample import build_sample

YEAR = 2023
TODAY = date(2024, 3, 1)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    made = build_sample(tmp_path_factory.mktemp("own") / "a.ysz")
    yield made
    made.close()


def form(path: Path, *cells: str) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "自评表"
    for number, text in enumerate(cells, 1):
        book.active.cell(number, 2, text)
    book.save(path)
    return path


def keep(ledger: Ledger, path: Path, replaces: int = 0) -> None:
    source = read_form(path)
    ledger.commit(add_form(ledger.book, YEAR, source, TODAY, replaces), contents([source]))


def clear(ledger: Ledger) -> None:
    for one in own_forms(ledger.book, YEAR):
        ledger.commit(remove_attachment(ledger.book, one.id))


def test_a_form_is_kept_and_shows_what_it_gets_cell_by_cell(ledger: Ledger, tmp_path: Path) -> None:
    clear(ledger)
    keep(ledger, form(tmp_path / "区局自评表.xlsx", "{单位名称}", "收入{预算收入}万元", "{预算收人}", "不填"))
    [held] = own_forms(ledger.book, YEAR)
    assert held.name == "区局自评表.xlsx" and own_forms(ledger.book, YEAR - 1) == []
    found = preview_form(ledger, YEAR, held)
    assert [(one.place, one.name, one.text) for one in found.asked] == [
        ("自评表!B1", "单位名称", "示范区妇女联合会"),
        ("自评表!B2", "预算收入", "101.09"),
        ("自评表!B3", "预算收人", None),
    ]
    assert [one.place for one in found.unknown] == ["自评表!B3"] and not found.by_project


def test_a_form_for_each_project_shows_one_of_them(ledger: Ledger, tmp_path: Path) -> None:
    clear(ledger)
    keep(ledger, form(tmp_path / "项目表.xlsx", "{项目名称}", "{实际支出}", "{三级指标}"))
    [held] = own_forms(ledger.book, YEAR)
    first = preview_form(ledger, YEAR, held)
    assert first.by_project and first.owner and first.asked[0].text == first.owner
    assert first.asked[2].of_row and first.asked[2].text is not None
    other = ledger.book.projects(YEAR)[-1].project
    assert preview_form(ledger, YEAR, held, other).owner == ledger.book.projects(YEAR)[-1].name


def test_kept_forms_are_filled_and_what_is_not_understood_is_said(ledger: Ledger, tmp_path: Path) -> None:
    clear(ledger)
    keep(ledger, form(tmp_path / "表一.xlsx", "{预算收入}", "{没有}"))
    keep(ledger, form(tmp_path / "表二.xlsx", "{支出}"))
    written = fill_forms(ledger, YEAR, own_forms(ledger.book, YEAR), tmp_path / "out")
    assert [one.path.name for one in written] == ["区妇联2023年度表一.xlsx", "区妇联2023年度表二.xlsx"]
    assert openpyxl.load_workbook(written[0].path).active["B1"].value == 101.09
    assert written[0].problems == ("自评表!B2：没有“没有”这个名称。",) and written[1].problems == ()


def test_a_form_is_replaced_in_one_step_that_can_be_undone(ledger: Ledger, tmp_path: Path) -> None:
    clear(ledger)
    keep(ledger, form(tmp_path / "旧.xlsx", "{支出}"))
    [old] = own_forms(ledger.book, YEAR)
    keep(ledger, form(tmp_path / "新.xlsx", "{支出}", "{预算收入}"), replaces=old.id)
    assert [one.name for one in own_forms(ledger.book, YEAR)] == ["新.xlsx"]
    assert ledger.undo_label == "更换本单位表样：新.xlsx"
    ledger.undo()
    assert own_forms(ledger.book, YEAR) == [old] and preview_form(ledger, YEAR, old).asked
    with pytest.raises(UserError, match="已经在这里了"):
        keep(ledger, tmp_path / "旧.xlsx")


def test_what_cannot_be_a_form_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"没有要填写的名称.*\{预算收入\}"):
        read_form(form(tmp_path / "空.xlsx", "预算收入"))
    (tmp_path / "假.xlsx").write_bytes(b"not a workbook")
    with pytest.raises(UserError, match="无法作为表格读取"):
        read_form(tmp_path / "假.xlsx")
