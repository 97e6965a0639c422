"""Lists of classification codes from sheets, and what the user's own lists do."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core import codes
from core.codes import OWN_PLACE, CodeKind
from core.errors import UserError
from core.intake.classes import code_of
from core.intake.code_lists import read_codes
from core.intake.sheet import open_workbook
from core.own_codes import OwnCode, add_codes, forget_codes, own_codes
from tests.core.intake.ugly import HEAD, LINES, write

ROWS = [("2023年政府收支分类科目",), ("科目编码", "科目名称", "说明"), ("201", "一般公共服务支出", None),
        ("2012988", "妇女儿童专项", "本省增设"), (2012901, "行政运行", None), ("2012988", "重复", None),
        ("99", "不是科目", None), ("30201", "办公费用", None), ("2012950", None, None)]  # fmt: skip


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of own lists for this test alone."""
    monkeypatch.setenv(OWN_PLACE, str(tmp_path / "codes"))
    codes.forget_lists()
    yield tmp_path / "codes"
    monkeypatch.undo()
    codes.forget_lists()
    code_of.cache_clear()


def listed(path: Path, rows=ROWS):
    return read_codes(open_workbook(write(path, rows)).read("支付明细"))


def test_codes_of_a_sheet(own: Path, tmp_path: Path) -> None:
    found = listed(tmp_path / "a.xlsx")
    assert found and found.kinds == (CodeKind.FUNCTIONAL, CodeKind.DEPARTMENT)
    assert [(one.row, one.code.code, one.is_new, one.is_known) for one in found.listed] == [
        (3, "201", False, True), (4, "2012988", True, False), (5, "2012901", False, True), (8, "30201", False, True),
    ]  # fmt: skip
    assert [(one.row, one.reason) for one in found.skipped] == [
        (6, "与第4行代码相同"), (7, "不是功能分类或经济分类科目代码"), (9, "没有名称"),
    ]  # fmt: skip


def test_levels_in_columns_of_their_own(own: Path, tmp_path: Path) -> None:
    rows = [("类", "款", "项", "科目名称"), ("201", None, None, "一般公共服务支出"),
            ("201", "29", None, "群众团体事务"), ("201", "29", "88", "妇女儿童专项")]  # fmt: skip
    found = listed(tmp_path / "a.xlsx", rows)
    assert found and [one.code.code for one in found.listed] == ["201", "20129", "2012988"]


def test_other_lists_are_none_of_codes(own: Path, tmp_path: Path) -> None:
    assert listed(tmp_path / "a.xlsx", [HEAD, *LINES]) is None
    assert (
        listed(tmp_path / "b.xlsx", [("项目编码", "项目名称"), ("201", "甲"), ("20129", "乙"), ("301", "丙")]) is None
    )
    assert listed(tmp_path / "c.xlsx", [("编码", "名称"), ("201", "一般公共服务支出")]) is None


def test_own_codes_are_known_everywhere_until_forgotten(own: Path) -> None:
    assert (
        not codes.known("2012988", CodeKind.FUNCTIONAL) and code_of("妇女儿童专项", CodeKind.FUNCTIONAL, 2023)[0] == ""
    )
    given = [
        OwnCode(CodeKind.FUNCTIONAL, "2012988", "妇女儿童专项"),
        OwnCode(CodeKind.DEPARTMENT, "30201", "办公费（省）"),
    ]
    assert add_codes(given) == {CodeKind.FUNCTIONAL: 1, CodeKind.DEPARTMENT: 1}
    assert codes.name_of("2012988", CodeKind.FUNCTIONAL, 2023) == "妇女儿童专项"
    assert code_of("妇女儿童专项", CodeKind.FUNCTIONAL, 2023) == ("2012988", True)
    assert codes.find("fnet", CodeKind.FUNCTIONAL, 2023)[0].code == "2012988"
    renamed = codes.known("30201", CodeKind.DEPARTMENT)[-1]
    assert renamed.name == "办公费（省）" and renamed.office  # and keeps its government code
    add_codes([OwnCode(CodeKind.FUNCTIONAL, "2012989", "另一项")])
    assert set(own_codes(CodeKind.FUNCTIONAL)) == {"2012988", "2012989"}
    assert [one.code for one in codes.codes(CodeKind.FUNCTIONAL)] == sorted(
        one.code for one in codes.codes(CodeKind.FUNCTIONAL)
    )
    forget_codes()
    assert not codes.known("2012988", CodeKind.FUNCTIONAL)
    assert codes.name_of("30201", CodeKind.DEPARTMENT, 2023) == "办公费"


def test_a_spoilt_list_or_folder_does_no_harm(own: Path) -> None:
    own.mkdir()
    (own / "functional.csv").write_bytes(b"\xff\xfe\x00nothing")
    codes.forget_lists()
    assert codes.known("201", CodeKind.FUNCTIONAL) and own_codes(CodeKind.FUNCTIONAL) == {}
    (own / "functional.csv").unlink()
    own.rmdir()
    own.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(UserError, match="无法写入科目代码文件夹"):
        add_codes([OwnCode(CodeKind.FUNCTIONAL, "2012988", "妇女儿童专项")])
