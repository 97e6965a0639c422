"""Tables as spreadsheets: read back as they were, formulas stay text."""

import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from core.errors import UserError
from core.export.sheet import Column, SheetTable, write_tables

COLUMNS = (Column("项目"), Column("金额（元）", "money"), Column("笔数", "count"))
ROWS = (("业务性专项经费", 207_000_1, 3), ('=HYPERLINK("x")', -500, 0), ("@求和", None, None), ("0" * 21, 10, 1))
TABLE = SheetTable("项目预算", COLUMNS, ROWS)
TABLE_2 = SheetTable("支出", COLUMNS[:1], (("甲",),))
SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells(path: Path) -> dict[str, ElementTree.Element]:
    with zipfile.ZipFile(path) as parts:
        tree = ElementTree.fromstring(parts.read("xl/worksheets/sheet1.xml"))
    return {cell.attrib["r"]: cell for cell in tree.iter(f"{SPACE}c")}


def strings(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as parts:
        tree = ElementTree.fromstring(parts.read("xl/sharedStrings.xml"))
    return ["".join(t.text or "" for t in item.iter(f"{SPACE}t")) for item in tree.iter(f"{SPACE}si")]


def test_numbers_are_numbers_and_text_is_text(tmp_path: Path) -> None:
    write_tables(tmp_path / "表.xlsx", [TABLE, TABLE_2])
    found = cells(tmp_path / "表.xlsx")
    assert [found[name].findtext(f"{SPACE}v") for name in ("B2", "B3", "C2")] == ["20700.01", "-5.00", "3"]
    assert not [cell for cell in found.values() if cell.find(f"{SPACE}f") is not None]
    texts = strings(tmp_path / "表.xlsx")
    with zipfile.ZipFile(tmp_path / "表.xlsx") as parts:
        assert "支出" in parts.read("xl/workbook.xml").decode()
    assert {'=HYPERLINK("x")', "@求和", "0" * 21} <= set(texts)


def test_csv_is_read_by_spreadsheet_programs_without_formulas(tmp_path: Path) -> None:
    write_tables(tmp_path / "表.csv", [TABLE])
    content = (tmp_path / "表.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    lines = content.decode("utf-8-sig").splitlines()
    assert lines[1] == "业务性专项经费,20700.01,3"
    assert lines[2] == '"\'=HYPERLINK(""x"")",-5.00,0'
    assert lines[3].startswith("'@求和,,")


def test_an_unwritable_place_keeps_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "表.xlsx"
    target.mkdir()
    with pytest.raises(UserError, match="无法写入"):
        write_tables(target, [TABLE])
    assert [p.name for p in tmp_path.iterdir()] == ["表.xlsx"]
