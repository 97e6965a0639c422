"""指标余额 against the ledger, by project and fund source."""

from core.matching.model import Kind
from core.matching.quotas import compare_quotas
from tests.builders import WAN, event, payment, project, with_year
from tests.core.matching.exports import exported

HEADINGS = ("项目名称", "资金性质", "指标金额", "已支付", "指标余额")
GENERAL = "一般公共预算资金"


def ledger():
    book, first = project(with_year(), "普法宣传经费")
    book, second = project(book, "运行维护经费")
    for where in (first, second):
        book = event(book, where, "initial", 3 * WAN)
        book = payment(book, where, WAN, payee="新华书店")
    return book, first


def compared(book, rows):
    export = exported(book, rows, HEADINGS)
    assert export.kind == "quotas"
    return compare_quotas(book, export)


def test_equal_balances_agree() -> None:
    book, _first = ledger()
    rows = [[name, GENERAL, "30000", "10000", "20000"] for name in ("普法宣传经费", "运行维护经费")]
    found = compared(book, rows)
    assert [one.kind for one in found.rows] == [Kind.MATCHED] * 2 and found.open == ()


def test_quotas_of_one_project_are_added_up() -> None:
    book, _first = ledger()
    rows = [["普法宣传经费", GENERAL, "20000", "10000", "10000"], ["普法宣传经费", GENERAL, "10000", "0", "10000"]]
    rows.append(["运行维护经费", GENERAL, "30000", "10000", "20000"])
    assert compared(book, rows).open == ()


def test_differences_are_named_with_what_may_explain_them() -> None:
    book, first = ledger()
    book = event(book, first, "supplement", WAN // 2, "2023-05-06")
    rows = [["普法宣传经费", GENERAL, "30000", "20000", "10000"], ["运行维护经费", GENERAL, "30000", "10000", "20000"]]
    [one] = compared(book, rows).open
    assert one.fields == ("budget", "spent", "left") and one.difference == -3 * WAN // 2
    assert "2023-05-06追加（减）5,000.00元，导出中可能还没有" in one.why
    assert "可能漏记同样的一笔" in one.why


def test_projects_on_one_side_only() -> None:
    book, _first = ledger()
    rows = [["普法宣传经费", GENERAL, "30000", "10000", "20000"], ["没有的项目", GENERAL, "100", "0", "100"]]
    found = compared(book, rows)
    assert [(one.kind, one.name) for one in found.open] == [(Kind.HERE, "运行维护经费"), (Kind.THERE, "没有的项目")]


def test_what_was_recalled_is_no_quota_any_more() -> None:
    book, first = ledger()
    book = event(book, first, "recovered", WAN, "2023-12-31")
    rows = [["普法宣传经费", GENERAL, "20000", "10000", "10000"], ["运行维护经费", GENERAL, "30000", "10000", "20000"]]
    assert compared(book, rows).open == ()
