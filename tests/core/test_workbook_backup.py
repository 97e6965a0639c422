"""The whole ledger as a workbook and back: equal, whatever the texts and amounts; readable in between."""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core.book import Book
from core.change import Change
from core.errors import UserError
from core.jobs import Cancelled, Progress
from core.ledger import Ledger
from core.model import RECORDS, Fact, Payment, Project, ProjectYear, Record, Section, Stated
from core.sample import sample_book
from core.verify import verify
from core.workbook_backup import export_workbook
from core.workbook_columns import PIECE, cell_of, columns, value_of
from core.workbook_reader import read_workbook, restore_workbook
from tests.builders import on_disk
from tests.strategies import Step, beginning, lively, steps

CHARACTERS = st.characters(exclude_categories=("Cs",)) | st.sampled_from(
    "=+-@'？\"_x0041_\n\t\r \x00\x7f\ufffe\uffff亿"
)
TEXTS = st.text(CHARACTERS, max_size=12) | st.sampled_from(
    [
        "=1+1",
        "+86",
        "-5",
        "@x",
        "_x000D_",
        "_x005F_x0041_",
        '？"',
        "2023/1/5",
        "2023-01-15",
        "年初预算",
        "initial",
        " ",
        "\n",
    ]
)
NUMBERS = st.integers(1 - 2**63, 2**63 - 1) | st.sampled_from([0, 1, -1, 10**15, 10**15 - 1, 1 - 10**15, -(10**15)])


def round_trip(book: Book, folder: Path) -> Book:
    export_workbook(book, folder / "a.xlsx")
    returned = read_workbook(folder / "a.xlsx")
    assert not returned.is_altered and not returned.notes
    return returned.book


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("workbooks")


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps())
def test_random_work_comes_back_equal(folder: Path, taken: list[Step]) -> None:
    book = Book()
    for step in [*beginning(), *taken]:
        change = step.change(book) or Change("")
        if all(_can_be_stored(book.apply(change), diff.after) for diff in change.diffs):
            book = book.apply(change)
    assert round_trip(book, folder) == book


def _can_be_stored(book: Book, record: Record | None) -> bool:
    """A file refuses what belongs to a project that is not there."""
    return not hasattr(record, "project") or book.get(Project, record.project) is not None


def test_a_lively_book_and_the_sample_come_back_equal(folder: Path) -> None:
    for book in (lively(), sample_book(), Book()):
        assert round_trip(book, folder) == book


def values_for(kind: type[Record], project: int) -> st.SearchStrategy[dict[str, object]]:
    """Whatever a field of its type can hold, likely or not."""
    made: dict[str, st.SearchStrategy[object]] = {}
    for field in fields(kind):
        if field.name == "id":
            continue
        if field.name == "project":
            made[field.name] = st.just(project)
        elif isinstance(field.default, bool):
            made[field.name] = st.booleans()
        elif isinstance(field.default, str):
            made[field.name] = TEXTS
        else:
            made[field.name] = NUMBERS | st.none() if field.default is None else NUMBERS
    return st.fixed_dictionaries(made)


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.table)
def test_every_cell_gives_its_value_back(kind: type[Record]) -> None:
    @settings(max_examples=60, deadline=None)
    @given(values_for(kind, 7))
    def check(found: dict[str, object]) -> None:
        if kind is Stated:
            found = {**found, "printed_unit": "万元"}
        record = kind(id=1, **found)  # type: ignore[arg-type]
        for column in columns(kind):
            if column.field:
                cell = cell_of(column, record)
                assert value_of(column, cell) == getattr(record, column.field)

    check()


def anything() -> Iterator[Record]:
    """A record of every kind with texts and amounts that are hard on a workbook."""
    yield Project(id=1)
    awkward = [
        "=SUM(A1)",
        '？"x"',
        "_x0041_",
        "\ufffe",
        "a\r\nb\n",
        " x ",
        "0012",
        "1e5",
        "2023-01-15",
        "\x00",
        "TRUE",
        "#N/A",
    ]
    for number, text in enumerate(awkward, start=10):
        yield Payment(id=number, year=2023, project=1, date="", amount=-number, fund=text, payee=text, purpose=text)
    yield Section(id=100, year=2023, key="long", text="长" * (PIECE * 3 + 5) + "\n")
    yield Section(id=101, year=2023, key="awkward", text="\x01" * PIECE)
    yield ProjectYear(id=102, year=2023, project=1, name="=cmd|' /C calc'!A0", code="0" * 21)
    yield Stated(id=103, year=2023, item="评定等级", amount=2, printed_unit="级")
    yield Stated(id=104, year=2023, item="自评总分", amount=9690, printed_unit="分")
    yield Fact(id=105, year=2023, item="公务接待", last_actual=None, budget=0, actual=1)


def test_awkward_texts_and_long_ones_come_back_through_the_file(folder: Path) -> None:
    book = Book.of(anything(), 5000)
    assert round_trip(book, folder) == book


def test_a_person_can_read_it(tmp_path: Path) -> None:
    book = sample_book()
    exported = export_workbook(book, tmp_path / "a.xlsx", 5, "abc")
    workbook = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert workbook.sheetnames[:4] == ["说明", "单位", "单位信息", "年度"]
    first = {row[0].value: row[1].value for row in reversed(list(workbook["说明"].iter_rows()))}
    assert first["单位"] == "示范区妇女联合会" and first["年度"] == "2022、2023、2024" and first["支出"] == 589
    assert exported.rows["支出"] == 589 and first["数据校验码"] == exported.header.digest
    rows = workbook["支出"].iter_rows(values_only=True)
    head = next(rows)
    row = dict(zip(head, next(rows), strict=True))
    assert {"编号", "项目名称（参考）", "金额（元）", "资金性质", "凭证号"} <= set(head)
    assert isinstance(row["金额（元）"], int | float) and row["资金性质"] == "一般公共预算资金"
    assert row["项目名称（参考）"] in {p.name for p in book.project_years(row["年度"])}
    assert (row["日期"].year == row["年度"] and row["凭证号"] is None) or isinstance(row["凭证号"], str)
    kinds = {cell.data_type for sheet in workbook for line in sheet.iter_rows() for cell in line}
    assert "f" not in kinds, "no cell is a formula"


def test_large_amounts_and_long_codes_are_text(tmp_path: Path) -> None:
    code = "420000000000000000001"
    records = [
        Project(id=1),
        ProjectYear(id=2, year=2023, project=1, code=code),
        Payment(id=3, year=2023, project=1, amount=9_999_999_999_999_99, memo="=1+1"),
        Payment(id=4, year=2023, project=1, amount=92_000_000_000_000_000),
    ]
    export_workbook(Book.of(records), tmp_path / "a.xlsx")
    workbook = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert workbook["项目"]["E2"].value == code
    amounts = [workbook["支出"][place].value for place in ("F2", "F3")]
    assert amounts == [9_999_999_999_999.99, "920000000000000.00"]
    assert workbook["支出"]["R2"].value == "=1+1" and workbook["支出"]["R2"].data_type == "s"


def test_more_rows_than_one_sheet_takes_go_on_in_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.workbook_backup.ROWS", 3)
    book = Book.of([Project(id=1), *(Payment(id=n, project=1, amount=n) for n in range(2, 10))])
    assert round_trip(book, tmp_path) == book
    assert {"支出", "支出（2）", "支出（3）"} <= set(openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames)


def test_a_restored_file_is_equal_and_proven(tmp_path: Path) -> None:
    ledger = on_disk(tmp_path / "a.ysz")
    ledger.undo()  # an id is given out that no record has
    book = ledger.book
    ledger.close()
    export_workbook(book, tmp_path / "a.xlsx")
    restore_workbook(tmp_path / "a.xlsx", tmp_path / "b.ysz")
    again = Ledger.open(tmp_path / "b.ysz")
    assert again.book == book and [line.label for line in again.journal()] == ["从工作簿“a.xlsx”恢复"]
    again.close()
    assert all(proof.good for proof in verify(tmp_path / "b.ysz"))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.xlsx", "a.ysz", "b.ysz"]


def test_an_export_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.xlsx"
    target.write_text("old")
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        export_workbook(sample_book(), target, progress=progress)
    with pytest.raises(UserError, match="无法写入"):
        export_workbook(Book(), tmp_path / "nowhere" / "a.xlsx")
    monkeypatch.setattr("core.workbook_backup.MOST_RECORDS", 10)
    with pytest.raises(UserError, match="请改用备份"):
        export_workbook(sample_book(), target)
    assert target.read_text() == "old" and [p.name for p in tmp_path.iterdir()] == ["a.xlsx"]


@example(0.07)
@given(st.integers(-(10**15) + 1, 10**15 - 1).map(lambda fen: fen / 100))
def test_what_a_cell_shows_is_the_exact_amount(number: float) -> None:
    """A workbook keeps 16 digits of a number; that is enough for every amount written as one."""
    column = next(one for one in columns(Payment) if one.field == "amount")
    fen = value_of(column, number)
    assert value_of(column, float(f"{number:.16G}")) == fen == round(number * 100)
