"""Layouts that are remembered, sheets as they are recognised, and cells that are typed over."""

from pathlib import Path

from core.intake.corrections import corrected
from core.intake.header import find_header, header_at, remapped
from core.intake.layouts import MOST, Layout, dumps, keep, layout_of, loads, recalled, renamed, without
from core.intake.plan import Choices
from core.intake.sheet import open_workbook
from core.intake.survey import likeliest, survey
from tests.core.intake.ugly import HEAD, LINES, write

ODD = ("日子", "单子", "谁", "什么", "项目名称", "数额")  # headings nobody knows


def header_of(path: Path):
    sheet = open_workbook(path).read("支付明细")
    header = find_header(sheet)
    assert header
    return sheet, header


def test_a_layout_is_recalled_by_its_headings_wherever_they_stand(tmp_path: Path) -> None:
    sheet, header = header_of(write(tmp_path / "a.xlsx", [HEAD, *LINES]))
    chosen = remapped(header, {3: "memo"})
    held = keep((), layout_of("财政系统明细", chosen, Choices(unit="万元")))
    again, found = recalled(sheet, header, held)
    assert found == held[0] and again and [c.field for c in again.columns][3] == "memo"
    lower, other = header_of(write(tmp_path / "b.xlsx", [("2023年",), (None,), HEAD, *LINES]))
    again, found = recalled(lower, other, held)
    assert found == held[0] and again and (again.first, [c.field for c in again.columns][3]) == (2, "memo")
    assert found.choices() == Choices(unit="万元")
    strange, unlike = header_of(write(tmp_path / "c.xlsx", [(*HEAD[:-1], "支付金额"), *LINES]))
    assert recalled(strange, unlike, held) == (unlike, None)


def test_headings_nobody_knows_are_recalled(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", [ODD, *LINES])
    sheet = open_workbook(path).read("支付明细")
    assert find_header(sheet, "payments") is None
    fields = dict(enumerate(("date", "voucher", "payee", "purpose", "project", "amount")))
    held = keep((), layout_of("老系统", remapped(header_at(sheet, "payments", 0, 0), fields), Choices()))
    found = survey(open_workbook(path), loads(dumps(held)))[0]
    assert found.layout == held[0] and found.header and found.header.column("amount")


def test_names_are_kept_apart_and_can_be_changed() -> None:
    one = Layout("明细", "k1", "payments", 0, 0, {0: "date"})
    two = Layout("明细", "k2", "events", 0, 1, {0: "amount"}, "万元")
    held = keep(keep((), one), two)
    assert [(o.name, o.key) for o in held] == [("明细 2", "k2"), ("明细", "k1")]
    assert keep(held, Layout("", "k1", "payments", 0, 0, {}))[0].name == "明细"
    assert [o.name for o in renamed(held, "k1", " 支付  明细 ")] == ["明细 2", "支付 明细"]
    assert [o.name for o in renamed(held, "k1", "")] == ["明细 2", "明细"]
    assert without(held, "k2") == (one,)
    many = held
    for number in range(MOST + 5):
        many = keep(many, Layout("多", f"m{number}", "payments", 0, 0, {}))
    assert len(many) == MOST and len({o.name for o in many}) == MOST


def test_what_is_kept_comes_back_and_what_is_spoilt_is_left_out() -> None:
    held = (Layout("明细", "k1", "payments", 0, 1, {0: "date", 3: ""}, "元", "", ""),)
    assert loads(dumps(held)) == held
    assert loads("") == loads("{") == loads("{}") == loads('[1, {"name": "x"}, null]') == ()
    assert loads(dumps(held).replace("payments", "nothing")) == ()
    assert loads(dumps(held).replace('"date"', '"unheard"')) == ()


def test_sheets_are_recognised_one_by_one(tmp_path: Path) -> None:
    def sheets(book, sheet) -> None:
        budget = book.add_worksheet("指标")
        for column, text in enumerate(("指标文号", "项目名称", "指标类型", "指标金额(万元)")):
            budget.write(0, column, text)
        book.add_worksheet("空表")
        book.add_worksheet("藏").hide()

    found = survey(open_workbook(write(tmp_path / "a.xlsx", [HEAD, *LINES], sheets)))
    assert [one.name for one in found] == ["支付明细", "指标", "空表", "藏"]
    assert [one.header.kind if one.header else "" for one in found] == ["payments", "events", "", ""]
    assert (found[0].rows, found[2].is_empty, found[3].is_hidden, likeliest(found)) == (3, True, True, 0)


def test_a_cell_typed_over_leaves_the_sheet_as_it_is(tmp_path: Path) -> None:
    sheet, _header = header_of(write(tmp_path / "a.xlsx", [HEAD, *LINES]))
    typed = corrected(sheet, {(1, 5): "7", (2, 9): "备注", (3, 2): ""})
    assert (typed.text(1, 5), typed.text(2, 9), typed.cell(3, 2)) == ("7", "备注", None)
    assert sheet.text(1, 5) == "1200.5" and corrected(sheet, {}) is sheet
