"""A new ledger file: what stands in it, and that a failure leaves none."""

from pathlib import Path

import pytest

from core.balance import is_basic, unit_balance
from core.errors import UserError
from core.newfile import new_ledger


def test_a_new_file_has_its_unit_year_and_basic_projects(tmp_path: Path) -> None:
    ledger = new_ledger(tmp_path / "新.ysz", " 示范区妇女联合会 ", 2024, short_name="区妇联")
    try:
        book = ledger.book
        names = book.unit_year(2024)
        assert (names.name, names.short_name) == ("示范区妇女联合会", "区妇联")
        assert [row.name for row in book.projects(2024)] == ["人员经费", "公用经费"]
        assert all(is_basic(book, row) for row in book.projects(2024))
        assert unit_balance(book, 2024).budget == 0
        assert [line.label for line in ledger.journal()][:2] == ["设置单位", "新建2024年度"]
    finally:
        ledger.close()


@pytest.mark.parametrize("name", ["", "　 "])
def test_a_unit_has_a_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match="单位全称"):
        new_ledger(tmp_path / "新.ysz", name, 2024)
    assert not list(tmp_path.iterdir())


def test_an_existing_file_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "旧.ysz"
    path.write_bytes(b"old")
    with pytest.raises(UserError, match="已经存在"):
        new_ledger(path, "示范区妇女联合会", 2024)
    assert path.read_bytes() == b"old"


def test_a_failure_on_the_way_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        new_ledger(tmp_path / "新.ysz", "示范区妇女联合会", 2024, no_such_field="x")
    assert not list(tmp_path.iterdir())
