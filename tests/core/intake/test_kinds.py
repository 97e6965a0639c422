"""Budget events, projects, indicators and stated figures from sheets."""

from pathlib import Path
from typing import Any

import pytest

from core import commands
from core.goals import Indicator
from core.model import ProjectYear, Stated
from tests.builders import do, event, payment
from tests.core.intake.ugly import HEAD, LINES, amounts, events, ledger, payments, plan_of, reasons, write

QUOTAS = ("指标文号", "指标文标题", "发文时间", "项目名称", "资金性质", "指标类型", "指标金额(元)")


def where(name: str) -> int:
    return next(row.project for row in ledger().project_years(2023) if row.name == name)


def test_budget_documents_with_every_kind(tmp_path: Path) -> None:
    rows = [QUOTAS,
            ("示财预〔2023〕1号", "关于批复2023年部门预算的通知", "2023-01-15", "业务性专项经费", "一般公共预算资金",
             "年初指标", 30000),
            ("示财预〔2022〕9号", "上年结转", "2023-01-05", "换届大会费用", "1", "上年结转", 30000),
            ("示财社〔2023〕5号", "下达省级专项", "2023-03-01", "三八活动", "政府性基金", "上级转移支付", 56600),
            ("示财预〔2023〕8号", "收回", "2023-12-20", "业务性专项经费", None, "财政收回", -9300),
            ("示财预〔2023〕6号", "核减经费", "2023-09-01", "三八活动", None, "追减", 600)]  # fmt: skip
    plan = plan_of(write(tmp_path / "a.xlsx", rows, name="指标"))
    assert plan.kind == "events" and not plan.doubts
    found = [(one.kind, one.amount, one.fund) for one in events(plan)]
    assert found == [
        ("initial", 3_000_000, "general"), ("opening", 3_000_000, "general"), ("transfer", 5_660_000, "government"),
        ("recovered", 930_000, "general"), ("supplement", -60_000, "general"),
    ]  # fmt: skip
    assert events(plan)[0].doc_no == "示财预〔2023〕1号" and events(plan)[0].date == "2023-01-15"


def test_two_sides_of_a_reallocation_name_each_other(tmp_path: Path) -> None:
    rows = [
        QUOTAS,
        ("A1", "调剂", "2023-06-01", "业务性专项经费", None, "调剂", -500),
        ("A1", "调剂", "2023-06-01", "三八活动", None, "调剂", 500),
    ]
    one, two = events(plan_of(write(tmp_path / "a.xlsx", rows)))
    assert (one.pair, two.pair) == (two.id, one.id)
    alone = plan_of(write(tmp_path / "b.xlsx", rows[:2]))
    assert alone.held == {2} and "另一方" in reasons(alone)[2]


def test_kind_from_the_title_of_the_document_of_the_sheet_or_asked_for(tmp_path: Path) -> None:
    head = ("文号", "文件标题", "项目名称", "金额(万元)")
    line = ("A1", "关于追加工作经费的通知", "三八活动", 1)
    blank = ("A2", "关于工作经费的函", "三八活动", 1)
    titled = events(plan_of(write(tmp_path / "a.xlsx", [head, line]), kind="events"))
    assert [one.kind for one in titled] == ["supplement"]
    asked = plan_of(write(tmp_path / "b.xlsx", [head, blank], name="Sheet1"), kind="events")
    assert asked.held == {2} and "哪一类" in reasons(asked)[2]
    told = plan_of(tmp_path / "b.xlsx", kind="events", event_kind="transfer")
    assert [one.kind for one in events(told)] == ["transfer"]
    sheet = plan_of(write(tmp_path / "c.xlsx", [head, blank], name="上年结转"), kind="events")
    assert [one.kind for one in events(sheet)] == ["opening"]


def test_a_table_of_projects_with_a_column_per_kind(tmp_path: Path) -> None:
    head = ("项目名称", "上年结转", "年初预算数", "追加(减)", "财政收回", "实际支出", "执行率")
    rows = [["单位：万元"], head, ("业务性专项经费", 0, 3, None, 0.93, 2.07, "69.00%"),
            ("三八活动", "—", None, 5.66, 0.62, 5.04, 0.89),
            ("项目支出小计", 0, 3, 5.66, 1.55, 7.11, None), ("合计", 0, 3, 5.66, 1.55, 7.11, None)]  # fmt: skip
    plan = plan_of(write(tmp_path / "a.xlsx", rows, name="预算执行"), kind="events")
    assert [(one.kind, one.amount) for one in events(plan)] == [
        ("initial", 3_000_000), ("recovered", 930_000), ("supplement", 5_660_000), ("recovered", 620_000),
    ]  # fmt: skip
    assert plan.difference == 0 and plan.total == plan.sheet_total


def test_events_that_are_known_are_left_out_by_document(tmp_path: Path) -> None:
    book = event(ledger(), where("三八活动"), "initial", 3_000_000, "2023-02-01", doc_no="示财预〔2023〕1号")
    row = ("示财预[2023]1号", "批复", "2023-01-15", "三八活动", None, "年初预算", 30000)
    plan = plan_of(write(tmp_path / "a.xlsx", [QUOTAS, row, row]), book)
    assert (plan.new, [one.row for one in plan.duplicates]) == (1, [2])  # the second is as often as the sheet has it


def test_projects_with_codes_kinds_budgets_and_sub_projects(tmp_path: Path) -> None:
    head = ("项目代码", "项目名称", "子项目名称", "项目类别", "年初预算数(万元)")
    rows = [
        head,
        ("430201230001", "妇女儿童关爱", None, "上级专项", 3),
        (None, "妇女儿童关爱", "走访慰问", None, None),
        (None, "三八活动", None, None, None),
    ]
    plan = plan_of(write(tmp_path / "a.xlsx", rows))
    assert plan.kind == "projects"
    found = {one.record.name: one.record for one in plan.records if isinstance(one.record, ProjectYear)}
    assert found["妇女儿童关爱"].code == "430201230001" and found["妇女儿童关爱"].kind == "上级专项"
    assert amounts(plan) == [3_000_000] and [one.row for one in plan.duplicates] == [4]
    parents = {one.record.id: one.record for one in plan.records if one.record.table == "project"}
    assert parents[found["走访慰问"].project].parent == found["妇女儿童关爱"].project  # type: ignore[attr-defined]


def test_evaluation_form_with_merged_levels(tmp_path: Path) -> None:
    def more(book: Any, sheet: Any) -> None:
        sheet.merge_range(0, 0, 0, 7, "2023年项目支出绩效自评表")
        sheet.merge_range(4, 0, 6, 0, "产出指标\n（50分）")
        sheet.merge_range(4, 1, 5, 1, "数量指标")

    rows = [[], ["项目名称", "三八活动"], ["主管部门", "示范区妇女联合会"],
            ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"),
            (None, None, "指标1：宣讲场次", "≥30场", "32场", 10, 10),
            (None, None, "指标2：参与人数", "≥100人", 100, 20, 20),
            (None, "质量指标", "合格率", "＝100%", "100%", 20, 20),
            ("效益指标", "社会效益指标", "影响力", "定性：有效提升", "达成", 30, 28, "略有不足"),
            ("总分", None, None, None, None, 100, 98)]  # fmt: skip
    plan = plan_of(write(tmp_path / "a.xlsx", rows, more))
    found = [one.record for one in plan.records if isinstance(one.record, Indicator)]
    assert plan.kind == "indicators" and not plan.doubts and {one.about for one in found} == {where("三八活动")}
    first, second, third, fourth = found
    assert (first.level1, first.level2, first.name, first.operator) == ("产出指标", "数量指标", "宣讲场次", "≥")
    assert (first.target, first.unit, first.actual, first.weight, first.version) == ("30", "场", "32", "10", "self")
    assert (second.level2, third.level2, third.operator) == ("数量指标", "质量指标", "＝")
    assert (fourth.operator, fourth.target, fourth.score) == ("定性", "有效提升", "28")


def test_indicator_targets_without_results_are_the_goal_table_and_known_ones_are_left_out(tmp_path: Path) -> None:
    rows = [("项目名称", "一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "分值"),
            ("三八活动", "产出指标", "数量指标", "场次", "≥", 3, "场", "10"),
            ("三八活动", None, None, "场次", "≥", 3, "场", "10"),
            ("三八活动", None, None, "册数", "≥", 5, "册", "好")]  # fmt: skip
    plan = plan_of(write(tmp_path / "a.xlsx", rows))
    assert [one.record.version for one in plan.records if isinstance(one.record, Indicator)] == ["goal"]
    assert [one.row for one in plan.duplicates] == [3] and plan.held == {4}


def test_stated_figures_one_a_row(tmp_path: Path) -> None:
    rows = [["单位：万元"], ("填报项", "填报数", "来源表", "来源栏"), ("一、预算收入", 101.09, "决算公开表1", "决算数"),
            ("其中：年初预算", 69.98), ("调整追加（减）", 31.14), ("不相干", 5), ("支出合计", 101.09)]  # fmt: skip
    plan = plan_of(write(tmp_path / "a.xlsx", rows, name="填报"))
    found = [one.record for one in plan.records if isinstance(one.record, Stated)]
    assert [(one.item, one.amount, one.printed_unit) for one in found] == [
        ("预算收入", 101_090_000, "万元"), ("年初预算", 69_980_000, "万元"), ("调整追加", 31_140_000, "万元"),
        ("支出", 101_090_000, "万元"),
    ]  # fmt: skip
    assert (found[0].source_table, found[1].source_table, plan.held) == ("决算公开表1", "填报", {6})


def test_stated_figures_a_project_a_row_and_what_is_stated_already(tmp_path: Path) -> None:
    book = do(ledger(), commands.state, 2023, "实际支出", 2_070_000, where("业务性专项经费"))
    book = do(book, commands.state, 2023, "实际支出", 5_000_000, where("三八活动"))
    rows = [("项目名称", "年初预算(万元)", "实际支出(万元)", "自评总分"), ("业务性专项经费", None, 2.07, None),
            ("三八活动", None, 5.04, None), ("换届大会费用", 3, 0, 96.5)]  # fmt: skip
    path = write(tmp_path / "a.xlsx", rows)
    plan = plan_of(path, book, kind="stated")
    assert ([one.row for one in plan.duplicates], plan.held) == ([2], {3})
    found = [(one.record.item, one.record.amount) for one in plan.records if isinstance(one.record, Stated)]
    assert found == [("年初预算", 3_000_000), ("实际支出", 0), ("自评总分", 9650)]
    taken = plan_of(path, book, kind="stated", taken=frozenset({3}))
    assert [one.replaces for one in taken.records if one.row == 3] == [
        book.stated(2023, "实际支出", where("三八活动")).id
    ]  # type: ignore[union-attr]


def test_duplicates_by_number_and_by_content(tmp_path: Path) -> None:
    book = payment(
        ledger(),
        where("三八活动"),
        120_050,
        "2023-03-08",
        voucher="P001",
        payee="示例文印店",
        purpose="三八活动材料印制",
    )
    book = payment(book, where("业务性专项经费"), 500, "2023-04-01", payee="甲", purpose="乙")
    other = (*LINES[0][:3], "改了用途", *LINES[0][4:])
    lines = [
        LINES[0],
        other,
        ("2023-04-01", None, "甲", "乙", "业务性专项经费", 5),
        ("2023-04-01", None, "甲", "乙", "业务性专项经费", 5),
    ]
    path = write(tmp_path / "a.xlsx", [HEAD, *lines])
    plan = plan_of(path, book)
    assert [one.row for one in plan.duplicates] == [2, 4]
    assert plan.held == {3} and "内容不同" in reasons(plan)[3]
    assert amounts(plan) == [500]  # a second like it is another payment
    assert plan_of(path, book, taken=frozenset({2, 3, 4})).new == 4


def test_one_voucher_with_several_lines_is_several_payments(tmp_path: Path) -> None:
    lines = [LINES[0], (*LINES[0][:-1], 7), LINES[0]]
    plan = plan_of(write(tmp_path / "a.xlsx", [HEAD, *lines]))
    assert (plan.new, [one.row for one in plan.duplicates]) == (2, [4])
    monthly = [(*LINES[0][:1], "记-1", *LINES[0][2:]), ("2023-04-08", "记-1", *LINES[0][2:])]
    assert len(payments(plan_of(write(tmp_path / "b.xlsx", [HEAD, *monthly])))) == 2


@pytest.mark.parametrize("year", [0, 2023])
def test_no_such_year_is_said(tmp_path: Path, year: int) -> None:
    from core.errors import UserError

    path = write(tmp_path / "a.xlsx", [HEAD, ("2021-03-08", *LINES[0][1:])])
    if year:
        assert plan_of(path, year=year).held == {2}
    else:
        with pytest.raises(UserError, match="没有2021年度"):
            plan_of(path)


SYSTEM_HEADINGS = {
    "payments": (
        "支付申请编号 申请日期 支付申请金额 用途 结算方式 支付业务类型 付款人全称 付款人账号 "
        "收款人全称 收款人账号 收款人开户行 项目类别",
        "支付凭证号 凭证日期 支付金额 实际支付金额 实际支付日期 银行交易流水号 用途 摘要 支票号 实际收款人",
        "单位名称 项目名称 用途 支付申请单号 付款方账户名称 付款方账号 收款方账户名称 收款方账号 支付金额 付款日期",
        "支付凭证号 指标文号 预算项目 付款账户名称 支付方式 资金性质 资金用途 结算方式 金额(元)",
        "姓名* 证件号码* 应发金额(元)*",
    ),
    "events": (
        "财政区划代码 预算年度 本级指标文号 指标文标题 发文时间 指标说明 预算级次代码 项目代码 "
        "单位名称 资金性质代码 指标类型 指标金额 指标余额  "
        "调减（追减）金额 支付方式",
        "指标明细号 资金管理处室 指标文号 预算单位 支付方式 支出项目 政采标识 指标金额 资金性质 "
        "指标来源 功能分类 指标摘要 预算级次 指标类型 录入时间",
        "预算单位 收支类型 支出项目名称 指标金额 指标文号 资金性质 功能分类 部门预算经济科目分类 政府预算经济科目分类",
        "预算单位 部门支出经济分类 政府支出经济分类 支出功能分类科目 总金额 额度余额 "
        "可挂接指标/计划 执行进度 指标文号 支付方式 文号名称",
        "指标文号 项目分类 预算项目 指标金额 指标余额 功能分类 经济分类 资金性质 指标来源 预算单位 业务处室 指标摘要",
        "预算指标编码 名称 批复总额[万元] 部门批复金额 批复日期 状态",
        "项目名称 年初预算数 调整后预算数 追加后预算数 预算追加数 实际发生数 可用预算数 执行占比",
    ),
    "projects": (
        "序号 项目编码 项目名称 项目类别 年初预算数",
        "项目代码 项目名称 项目负责人 联系电话 绩效目标 预算金额(万元)",
    ),
    "indicators": (
        "单位编码 单位（专项）名称 资金总额 绩效目标 一级指标 二级指标 三级指标 指标值 指标值内容 评（扣）分标准 备注",
        "指标名称 计算符号 指标值 实际完成值(必填) 计量单位 权重设定值 分值 得分 偏差原因分析及改进措施",
    ),
    "stated": ("项目 填报数", "填报项 填报数 来源表 来源栏"),
}


@pytest.mark.parametrize(("kind", "headings"), [(kind, one) for kind, all_ in SYSTEM_HEADINGS.items() for one in all_])
def test_headings_of_systems_are_known_for_what_they_are(kind: str, headings: str) -> None:
    from core.intake.cells import Sheet
    from core.intake.header import find_header

    words = headings.split()
    found = find_header(Sheet("Sheet1", [["2023年"], words, ["x"] * len(words)]))
    assert found and found.kind == kind
