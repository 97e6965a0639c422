"""对账单: control totals and every difference with both sides, as printed."""

from core.batches import EXPORTS
from core.matching.compare import compare
from core.matching.model import Answers
from core.matching.quotas import compare_quotas
from core.report.matching_paper import matching_paper, quota_paper
from core.report.model import Heading, SignatureBlock, Table
from tests.builders import WAN, YEAR, event, payment, project, with_year
from tests.core.matching.exports import TODAY, exported, payments_of, row_of


def ledger():
    book, where = project(with_year(), "普法宣传经费")
    for number in range(4):
        book = payment(
            book, where, 10_000 + number, f"2023-03-1{number}", payee=f"供应商{number}", purpose=f"图书{number}",
            voucher=f"PZ{number}", economic_code="30201",
        )  # fmt: skip
    return book


def tables(document) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    title = ""
    for block in document.blocks:
        if isinstance(block, Heading):
            title = "".join(run.text for run in block.runs)
        elif isinstance(block, Table):
            rows = [["".join(run.text for run in cell.runs) for cell in row.cells] for row in block.rows]
            found.setdefault(title, []).extend(rows)
    return found


def test_every_difference_is_printed_with_both_sides() -> None:
    book = ledger()
    rows = [row_of(book, one) for one in payments_of(book)]
    rows[0][7], rows[1][6] = "200.00", "30299"
    rows[2][1] = ""  # its number is lost: the rest is alike
    last = rows.pop()
    rows.append(["2023-03-30", "PZ9", "新华书店", "购书", *last[4:7], "7.00"])
    found = compare(book, exported(book, rows), "2023-12-31", Answers(accepted={((2,), (4,)): "次月更正"}))
    paper = matching_paper(book, found, TODAY)
    printed = tables(paper)
    different = printed["二、两边不一致（2笔）"]
    assert different[0][:5] == ["03-10", "PZ0", "供应商0", "普法宣传经费", "200.00"]
    assert different[0][9] == "100.00" and different[0][10].startswith("金额不同")
    assert "科目导出30299，台账30201" in different[1][10]
    assert printed["三、只在一体化系统导出（1笔）"][0][2:4] == ["新华书店", "购书"]
    assert printed["四、只在台账（1笔）"][0][:2] == ["03-13", "PZ3"]
    assert [row[5] for row in printed["一、控制总数"]] == ["6.97"] * 4
    assert any(isinstance(block, SignatureBlock) for block in paper.blocks)


def test_quotas_are_printed_by_project() -> None:
    book, where = project(with_year(), "普法宣传经费")
    book = event(book, where, "initial", 3 * WAN)
    export = exported(book, [["普法宣传经费", "20000", "0"]], ("项目名称", "指标金额(元)", "已支付(元)"))
    assert export.kind in EXPORTS
    [row] = tables(quota_paper(book, compare_quotas(book, export), TODAY))["指标余额对账单"]
    assert row[:4] == ["普法宣传经费", "全部资金", "20,000.00", "30,000.00"]
    assert row[8] == "-10,000.00" and row[9].startswith("不一致")
    assert book.year(YEAR) is not None
