"""The habits of real sheets, one workbook each, and what it must give."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from core.intake.header import find_header, header_at, remapped
from core.intake.sheet import open_workbook
from tests.core.intake.biff_writer import xls
from tests.core.intake.ugly import HEAD, LINES, TOTAL, amounts, ledger, payments, plan_of, reasons, write


def test_plain_list(tmp_path: Path) -> None:
    plan = plan_of(write(tmp_path / "a.xlsx", [HEAD, *LINES]))
    assert (plan.kind, plan.year, plan.unit, plan.unit_from) == ("payments", 2023, "元", "column")
    assert (plan.read, plan.new, plan.total) == (3, 3, TOTAL)
    first = payments(plan)[0]
    assert (first.date, first.amount, first.payee, first.purpose, first.voucher) == (
        "2023-03-08", 120050, "示例文印店", "三八活动材料印制", "P001",
    )  # fmt: skip


def test_title_merged_over_the_table_and_a_unit_row(tmp_path: Path) -> None:
    head = (*HEAD[:-1], "支付金额")

    def more(book: Any, sheet: Any) -> None:
        sheet.merge_range(0, 0, 0, 5, "2023年度支付明细表")

    rows = [
        [],
        ["编制单位：示范区妇女联合会", None, None, None, None, "单位：万元"],
        head,
        *((*x[:-1], x[-1] / 1000) for x in LINES),
    ]
    plan = plan_of(write(tmp_path / "a.xlsx", rows, more))
    assert (plan.header.first, plan.unit, plan.unit_from) == (2, "万元", "row")
    assert amounts(plan)[1] == 20_700_000


def test_unit_beside_the_last_column(tmp_path: Path) -> None:
    rows = [(*HEAD[:-1], "金额", None, "单位:元"), *LINES]
    plan = plan_of(write(tmp_path / "a.xlsx", rows))
    assert (plan.unit, plan.unit_from, plan.total) == ("元", "row", TOTAL)


def test_column_heading_beats_the_unit_row(tmp_path: Path) -> None:
    rows = [["单位：元"], (*HEAD[:-1], "支付金额(万元)"), (*LINES[1][:-1], 2.07)]
    plan = plan_of(write(tmp_path / "a.xlsx", rows))
    assert (plan.unit, plan.unit_from, amounts(plan)) == ("万元", "column", [2_070_000])


def test_no_unit_anywhere_is_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", [(*HEAD[:-1], "金额"), *LINES])
    plan = plan_of(path)
    assert (plan.unit_from, plan.unit) == ("guess", "元")
    assert any("没有写明金额单位" in note for note in plan.notes)
    told = plan_of(path, unit="万元")
    assert (told.unit_from, told.total) == ("given", TOTAL * 10_000)


def test_a_unit_in_the_cell_beats_all(tmp_path: Path) -> None:
    plan = plan_of(write(tmp_path / "a.xlsx", [HEAD, (*LINES[1][:-1], "2.07万元")]))
    assert amounts(plan) == [2_070_000]


@pytest.mark.parametrize("word", ["合计", "合　计", "总 计", "合计：", "合计（大写）", "小  计"])
def test_total_rows_with_inner_blanks_at_the_bottom(tmp_path: Path, word: str) -> None:
    plan = plan_of(write(tmp_path / "a.xlsx", [HEAD, *LINES, [word, None, None, None, None, TOTAL / 100]]))
    assert (plan.new, [one.row for one in plan.skipped]) == (3, [5])
    assert plan.difference == 0
    assert plan.sheet_total == (None if "小" in word else TOTAL)


def test_total_row_at_the_top_and_one_that_does_not_agree(tmp_path: Path) -> None:
    plan = plan_of(write(tmp_path / "a.xlsx", [HEAD, ["合计", None, None, None, None, TOTAL / 100 + 1], *LINES]))
    assert (plan.new, plan.sheet_total, plan.difference) == (3, TOTAL + 100, -100)
    assert any("相差-1.00元" in note for note in plan.notes)


def test_subtotals_are_compared_with_the_rows_they_stand_by(tmp_path: Path) -> None:
    def subtotal(amount: float) -> list[Any]:
        return ["小 计", None, None, None, None, amount]

    good = [HEAD, LINES[0], LINES[1], subtotal(21900.5), LINES[2], subtotal(99.99)]
    assert plan_of(write(tmp_path / "a.xlsx", good)).notes == ()
    above = [HEAD, subtotal(21900.5), LINES[0], LINES[1], subtotal(99.99), LINES[2]]
    assert plan_of(write(tmp_path / "b.xlsx", above)).notes == ()
    wrong = plan_of(write(tmp_path / "c.xlsx", [HEAD, LINES[0], LINES[1], subtotal(21900), LINES[2]]))
    assert wrong.notes == ("第4行小计21,900.00元与所列各行之和21,900.50元不符",)


def test_two_level_header_with_merged_cells(tmp_path: Path) -> None:
    def more(book: Any, sheet: Any) -> None:
        sheet.merge_range(0, 0, 1, 0, "支付日期")
        sheet.merge_range(0, 1, 0, 2, "收款人")
        sheet.merge_range(0, 4, 0, 5, "支付")

    rows = [[None, None, None, "用途", None, None, "项目名称"], [None, "全称", "账号", None, "方式", "金额(元)"],
            ["2023-03-08", "示例文印店", "622", "印制", "直接支付", 1200.5, "三八活动"]]  # fmt: skip
    plan = plan_of(write(tmp_path / "a.xlsx", rows, more))
    assert (plan.header.first, plan.header.last) == (0, 1)
    one = payments(plan)[0]
    assert (one.payee, one.amount, one.method, one.purpose) == ("示例文印店", 120050, "直接支付", "印制")


def test_two_level_header_in_a_text_file_has_no_merged_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "项目名称,指标金额,,单位：万元\n,年初预算数,追加(减)\n业务性专项经费,3,0.5\n三八活动,,5.66\n", encoding="utf-8"
    )
    plan = plan_of(path, kind="events")
    assert sorted(amounts(plan)) == [500_000, 3_000_000, 5_660_000]


def test_three_level_header(tmp_path: Path) -> None:
    def more(book: Any, sheet: Any) -> None:
        sheet.merge_range(0, 0, 2, 0, "项目名称")
        sheet.merge_range(0, 1, 0, 3, "预算情况（万元）")
        sheet.merge_range(1, 1, 2, 1, "年初预算数")
        sheet.merge_range(1, 2, 1, 3, "调整")

    rows = [[], [], [None, None, "追加(减)", "年中调增(减)"], ["三八活动", 1, 5.66, -0.5]]
    plan = plan_of(write(tmp_path / "a.xlsx", rows, more), kind="events")
    assert (plan.header.first, plan.header.last) == (0, 2)
    assert amounts(plan) == [1_000_000, -500_000, 5_660_000]


def test_group_rows_give_the_project_where_no_column_does(tmp_path: Path) -> None:
    head = ("支付日期", "支付凭证号", "收款人", "用途", "金额(元)")
    rows = [
        head,
        ["一、三八活动"],
        ["2023-03-08", "1", "甲店", "印制", 5],
        ["二、业务性专项经费"],
        ["2023-03-09", "2", "乙店", "书", 6],
    ]
    plan = plan_of(write(tmp_path / "a.xlsx", rows))
    book = ledger()
    names = {row.project: row.name for row in book.project_years(2023)}
    assert [names[one.project] for one in payments(plan)] == ["三八活动", "业务性专项经费"]
    assert [one.reason for one in plan.skipped] == ["只有名称的分组行"] * 2


def test_footers_blank_rows_and_repeated_headers(tmp_path: Path) -> None:
    rows = [HEAD, LINES[0], [], ["第1页 共2页"], HEAD, LINES[1], ["填表人：", None, "复核：", None, "单位负责人："],
            ["打印日期：2024-01-05"], ["注：本表含退款。"]]  # fmt: skip
    plan = plan_of(write(tmp_path / "a.xlsx", rows))
    assert (plan.new, plan.read, len(plan.skipped), len(plan.doubts)) == (2, 7, 5, 0)


def test_row_that_numbers_the_columns(tmp_path: Path) -> None:
    plan = plan_of(write(tmp_path / "a.xlsx", [HEAD, [1, 2, 3, 4, 5, 6], *LINES]))
    assert (plan.new, plan.skipped[0].reason) == (3, "栏次行")


@pytest.mark.parametrize(
    ("cell", "fen"),
    [("１２３．４５", 12345), ("1,234.50", 123450), ("¥ 1，234.50元", 123450), ("'99", 9900), ("1.2E+3", 120000),
     (" 5 ", 500), (0.1 + 0.2, 30), (1234567.89, 123456789)],
)  # fmt: skip
def test_amounts_in_any_dress(tmp_path: Path, cell: object, fen: int) -> None:
    assert amounts(plan_of(write(tmp_path / "a.xlsx", [HEAD, (*LINES[0][:-1], cell)]))) == [fen]


def test_numbers_kept_as_text(tmp_path: Path) -> None:
    def more(book: Any, sheet: Any) -> None:
        sheet.write_string(1, 5, "1200.50")

    assert amounts(plan_of(write(tmp_path / "a.xlsx", [HEAD, LINES[0]], more))) == [120050]


@pytest.mark.parametrize(
    "cell",
    ["2023-3-8", "2023/03/08", "2023.3.8", "20230308", 20230308, "2023年3月8日", 44993, date(2023, 3, 8),
     "2023-03-08 10:15:00", datetime(2023, 3, 8, 9, 30), "3月8日", "２０２３－３－８"],
)  # fmt: skip
def test_days_in_any_dress(tmp_path: Path, cell: object) -> None:
    def more(book: Any, sheet: Any) -> None:
        if isinstance(cell, date):
            sheet.write_datetime(1, 0, cell, book.add_format({"num_format": "yyyy/m/d"}))

    row = (None if isinstance(cell, date) else cell, *LINES[0][1:])
    assert [one.date for one in payments(plan_of(write(tmp_path / "a.xlsx", [HEAD, row], more)))] == ["2023-03-08"]


@pytest.mark.parametrize(
    ("cell", "word"),
    [("2023-02-30", "没有这一天"), ("2023年3月", "没有日"), ("1998-03-08", "不合理"), ("2022-12-31", "不在2023年度"),
     ("待定", "不是日期"), (None, "没有日期")],
)  # fmt: skip
def test_a_day_that_cannot_be_holds_the_row(tmp_path: Path, cell: object, word: str) -> None:
    plan = plan_of(write(tmp_path / "a.xlsx", [HEAD, *LINES[1:], (cell, *LINES[0][1:])]), year=2023)
    assert (plan.new, plan.held) == (2, {4})
    assert word in reasons(plan)[4]


def test_refund_in_brackets_is_linked_to_its_payment(tmp_path: Path) -> None:
    rows = [HEAD, *LINES, ("2023-07-01", "P009", "示例书店", "退图书款", "业务性专项经费", "（99.99）")]
    plan = plan_of(write(tmp_path / "a.xlsx", rows))
    paid, back = payments(plan)[2:]
    assert (back.amount, back.reverses) == (-9999, paid.id)


def test_refund_that_fits_none_or_two_is_a_doubt(tmp_path: Path) -> None:
    twice = (*LINES[2][:1], "P004", *LINES[2][2:])
    rows = [HEAD, *LINES, twice, ("2023-07-01", "P009", "示例书店", "退款", "业务性专项经费", -99.99),
            ("2023-07-01", "P010", "无名", "退回", "三八活动", -1)]  # fmt: skip
    plan = plan_of(write(tmp_path / "a.xlsx", rows))
    assert plan.held == {6, 7}
    assert "2笔" in reasons(plan)[6] and "没有对应的原支出" in reasons(plan)[7]


def test_codes_keep_their_zeros_and_their_21_digits(tmp_path: Path) -> None:
    head = (*HEAD, "项目代码", "部门支出经济分类", "功能分类科目")
    rows = [head, (*LINES[0], "430201230000012345678", "30202 印刷费", "2012902-一般行政管理事务"),
            (*LINES[1][:1], "000019", *LINES[1][2:], None, "办公费", None)]  # fmt: skip
    plan = plan_of(write(tmp_path / "a.xlsx", rows))
    one, two = payments(plan)
    assert (one.economic_code, one.functional_code, two.economic_code, two.voucher) == (
        "30202",
        "2012902",
        "30201",
        "000019",
    )
    assert not plan.held


def test_a_code_kept_as_a_number_is_a_doubt(tmp_path: Path) -> None:
    plan = plan_of(write(tmp_path / "a.xlsx", [(*HEAD, "项目代码"), (*LINES[0], 430201230000012345678)]))
    assert "第15位以后" in reasons(plan)[2]
    assert plan.new == 1  # the name says which project it is


def test_zeros_that_only_the_format_shows(tmp_path: Path) -> None:
    def more(book: Any, sheet: Any) -> None:
        sheet.write_number(1, 1, 19100, book.add_format({"num_format": "000000"}))

    assert payments(plan_of(write(tmp_path / "a.xlsx", [HEAD, LINES[0]], more)))[0].voucher == "019100"


def test_a_number_format_that_scales_is_a_doubt(tmp_path: Path) -> None:
    def more(book: Any, sheet: Any) -> None:
        sheet.write_number(1, 5, 120050, book.add_format({"num_format": "0!.0,"}))

    plan = plan_of(write(tmp_path / "a.xlsx", [HEAD, *LINES], more))
    assert plan.held == {2} and "数字格式" in reasons(plan)[2]


def test_off_a_whole_fen_is_a_doubt_that_may_be_taken(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", [HEAD, (*LINES[0][:-1], 33.3333333)])
    plan = plan_of(path)
    assert plan.held == {2} and plan.doubts[0].may_take
    assert amounts(plan_of(path, taken=frozenset({2}))) == [3333]


def test_code_and_name_of_the_project_in_one_cell(tmp_path: Path) -> None:
    rows = [HEAD, (*LINES[0][:4], "430201230001 三八活动", 5), (*LINES[1][:4], "三八活动（430201230001）", 6)]
    plan = plan_of(write(tmp_path / "a.xlsx", rows))
    assert len({one.project for one in payments(plan)}) == 1 and not plan.held


def test_project_names_in_other_widths_and_quotes(tmp_path: Path) -> None:
    plan = plan_of(write(tmp_path / "a.xlsx", [HEAD, (*LINES[0][:4], " 三八 活动 ", 5)]))
    assert plan.new == 1


def test_unknown_project_is_offered_its_like_and_can_be_made(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", [HEAD, LINES[0], (*LINES[1][:4], "业务专项经费", 6)])
    plan = plan_of(path)
    names = {row.project: row.name for row in ledger().project_years(2023)}
    assert plan.held == {3}
    assert [(one.name, one.rows, names[one.like]) for one in plan.unknown] == [("业务专项经费", (3,), "业务性专项经费")]
    assert plan_of(path, create_all=True).new == 2
    known = plan_of(path, matched={plan.unknown[0].key: plan.unknown[0].like})
    assert names[payments(known)[1].project] == "业务性专项经费"


def test_several_sheets_the_best_visible_one_is_taken(tmp_path: Path) -> None:
    def more(book: Any, sheet: Any) -> None:
        other = book.add_worksheet("说明")
        other.write(0, 0, "填表说明")
        old = book.add_worksheet("旧")
        for column, (heading, cell) in enumerate(zip(HEAD, LINES[0], strict=True)):
            old.write(0, column, heading)
            old.write(1, column, cell)
        old.hide()

    path = write(tmp_path / "a.xlsx", [HEAD, *LINES], more)
    assert plan_of(path).sheet == "支付明细"
    assert [one.hidden for one in open_workbook(path).sheets] == [False, False, True]
    assert any("隐藏" in note for note in plan_of(path, sheet="旧").notes)


def test_hidden_rows_are_read_and_told(tmp_path: Path) -> None:
    plan = plan_of(
        write(tmp_path / "a.xlsx", [HEAD, *LINES], lambda _b, sheet: sheet.set_row(2, None, None, {"hidden": True}))
    )
    assert plan.new == 3 and any("第3行" in note for note in plan.notes)


def test_blank_columns_and_a_table_that_begins_further_in(tmp_path: Path) -> None:
    rows = [[None] * 3, *([None, None, x[0], None, *x[1:]] for x in (HEAD, *LINES))]
    assert plan_of(write(tmp_path / "a.xlsx", rows)).total == TOTAL


def test_void_rows_other_units_and_zero_amounts_are_left_out(tmp_path: Path) -> None:
    own, other = "019100 示范区妇女联合会", "019200 另一个单位"
    rows = [(*HEAD, "支付状态", "预算单位"), (*LINES[0], "已支付", own), (*LINES[1], "已作废", own),
            (*LINES[2][:-1], 0, "已支付", own), (*LINES[2], "已支付", other)]  # fmt: skip
    plan = plan_of(write(tmp_path / "a.xlsx", rows))
    assert plan.new == 1 and [one.row for one in plan.skipped] == [3, 4, 5]
    assert "其他单位" in plan.skipped[2].reason
    alone = plan_of(write(tmp_path / "b.xlsx", [rows[0], rows[4]]))
    assert alone.new == 1  # there the unit may only be called otherwise


def test_merged_project_cells_in_the_body(tmp_path: Path) -> None:
    rows = [HEAD, LINES[1], (*LINES[2][:4], None, LINES[2][-1])]
    path = write(tmp_path / "a.xlsx", rows, lambda _b, sheet: sheet.merge_range(1, 4, 2, 4, "业务性专项经费"))
    plan = plan_of(path)
    assert plan.new == 2 and len({one.project for one in payments(plan)}) == 1


def test_the_same_in_every_kind_of_file(tmp_path: Path) -> None:
    lines = [[str(cell) for cell in row] for row in (HEAD, *LINES)]
    texts = {
        encoding: "\n".join(",".join(line) for line in lines)
        for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16")
    }
    files = {f"{encoding}.csv": text.encode(encoding) for encoding, text in texts.items()}
    files["tabs.txt"] = "\n".join("\t".join(line) for line in lines).encode("gb18030")
    files["semicolons.csv"] = "\n".join(";".join(line) for line in lines).encode()
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in line) + "</tr>" for line in lines)
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><table>{cells}'
    files["page.xls"] = page.encode("gb18030")
    files["real.xls"] = xls({"支付明细": [HEAD, *LINES]})
    files["wps.et"] = files["real.xls"]
    files["wrong.csv"] = write(tmp_path / "a.xlsx", [HEAD, *LINES]).read_bytes()
    spreadsheet = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in line) + "</Row>"
        for line in lines
    )
    files["excel2003.xls"] = (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="支付"><Table>'
        f"{spreadsheet}</Table></Worksheet></Workbook>"
    ).encode()
    files["open.ods"] = ods(lines)
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
        plan = plan_of(tmp_path / name)
        assert (plan.new, plan.total, plan.doubts) == (3, TOTAL, ()), name


def ods(lines: list[list[str]]) -> bytes:
    """A small document in the open format, with blank columns repeated to the right as programs write them."""
    import io
    import zipfile

    table, text = "urn:oasis:names:tc:opendocument:xmlns:table:1.0", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    rows = "".join(
        "<t:table-row>"
        + "".join(f'<t:table-cell o:value-type="string"><x:p>{cell}</x:p></t:table-cell>' for cell in line)
        + '<t:table-cell t:number-columns-repeated="16000"/></t:table-row>'
        for line in lines
    )
    rows += (
        '<t:table-row t:number-rows-repeated="1048000"><t:table-cell t:number-columns-repeated="16384"/></t:table-row>'
    )
    content = (
        f'<o:document-content xmlns:o="{office}" xmlns:t="{table}" xmlns:x="{text}"><o:body><o:spreadsheet>'
        f'<t:table t:name="支付">{rows}</t:table></o:spreadsheet></o:body></o:document-content>'
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("content.xml", content)
    return packed.getvalue()


def test_old_workbook_with_merges_hidden_rows_and_days(tmp_path: Path) -> None:
    rows = [["2023年支付明细"], HEAD, ((44993.0,), *LINES[0][1:]), *LINES[1:], ["合　计", "", "", "", "", TOTAL / 100]]
    path = tmp_path / "旧.xls"
    path.write_bytes(xls({"甲": rows, "乙": [["x"]]}, [(0, 0, 0, 5)], [3], ["乙"]))
    plan = plan_of(path)
    assert (plan.new, plan.total, plan.sheet_total) == (3, TOTAL, TOTAL)
    assert payments(plan)[0].date == "2023-03-08" and any("第4行" in note for note in plan.notes)
    assert [(one.name, one.hidden) for one in open_workbook(path).sheets] == [("甲", False), ("乙", True)]


def test_the_user_may_point_at_another_header_and_mapping(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", [HEAD, *LINES])
    sheet = open_workbook(path).read("支付明细")
    found = find_header(sheet)
    assert found and found.layout == header_at(sheet, "payments", 0, 0).layout
    moved = remapped(found, {3: "memo", 2: ""})
    assert [column.field for column in moved.columns] == ["date", "voucher", "", "memo", "project", "amount"]
