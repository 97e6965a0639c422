"""Constructs around the figures: averages, months, units, claims in words, dates, points, goals, named shares."""

import pytest

from core.audit.judge import audit
from core.text.dates import impossible_dates


def wrong(text: str) -> set[str]:
    return {f"{one.kind} {' '.join(one.figures)}" for one in audit(text).relations if not one.holds and one.trust > 1}


def rules(text: str) -> list[str]:
    return [one.rule for one in audit(text).loud]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("举办24期，培训3,120人次，平均每期150人次。", "product 24 150 3120"),
        ("聘用15名，每人每月补助2000元，按12个月计算，共发放34万元。", "product 15 2000 12 34"),
        ("加工档案12,600页，按每页1.2元结算，支付加工费1.612万元。", "product 12600 1.2 1.612"),
        ("新建3所，每所建筑面积120平方米，总建筑面积420平方米。", "product 3 120 420"),
        ("预算执行10分得10分，产出50分得38分，效益40分得27分，总得分86分。", "sum 10 38 27 86"),
        ("满分100分，进度扣2分，量化扣3.5分，最终得分95.5分。", "balance 100 2 3.5 95.5"),
        ("任务1,500名，覆盖学生1,560名，完成任务的102%。", "ratio 1560 1500 102"),
        ("总支出310万元，其中基本支出186万元，基本支出占总支出的62%。", "ratio 186 310 62"),
        ("采购预算60万元，中标金额52.8万元，节约率14%。", "ratio 52.8 60 14"),
        ("上年结转12.6万元，本年拨款85.4万元，本年支出79.5万元，年末结转19.5万元。", "balance 85.4 12.6 79.5 19.5"),
        ("年初预算480万元，追加32.5万元，调减15万元，调整后预算527.5万元。", "balance 480 32.5 15 527.5"),
        ("服务2,480人次，较2023年的2,150人次增长14.35%。", "growth 2480 2150 14.35"),
        ("全年106批，上年为84批，是上年的2倍。", "ratio 106 84 2"),
        ("项目支出42万元。\n项目支出中，甲项目26万元，乙项目18万元。", "sum 26 18 42"),
    ],
)
def test_relations_that_do_not_hold(text: str, expected: str) -> None:
    assert expected in wrong(text)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("计划培训400人次，实际培训352人次，超额完成任务。", "C-046"),
        ("年初预算15万元，支出12.4万元，剩余2.6万元。年末无结转结余。", "C-046"),
        ("预算48万元，实际支出53.2万元，无超预算支出情况。", "C-046"),
        ("到位资金22万元，支出19.7万元，资金已全部使用完毕。", "C-046"),
        ("预算36.5万元，支出36.5万元。资金未执行完毕。", "C-046"),
        ("2024年预算82.3万元，2024年支出76.9万元，2022年度执行率93.44%。", "C-057"),
        ("自评时段为1月1日至2月31日。", "C-091"),
        ("基本支出218.6万元，其中人员经费180万元，公用经费38.6元。", "C-042"),
        ("年初预算12万元，追加3万元，拨付救助款46800万元。", "C-042"),
    ],
)
def test_words_against_figures(text: str, rule: str) -> None:
    assert rule in rules(text)


@pytest.mark.parametrize(
    "text",
    [
        "计划培训300人次，实际培训326人次，超额完成任务。",
        "预算18万元，支出14.8万元，结余3.2万元已由财政收回，目前无结余。",
        "预算48万元，实际支出45.2万元，未超预算。",
        "年初预算60万元，全年支出60万元，资金全部支付完毕，无结余。",
        "初评88分，加分项5分，最终得分93分。",
        "开班4期，每期50人，第4期仅45人，合计195人。",
        "每名特困人员按月发放生活费，月人均780元，全年发放42.1万元。",
        "收入总计4,862.35万元。\n本年收入合计4,710.20万元。",
        "业务收入1.24亿元，比上年1.16亿元增长6.9%。",
        "支付讲课费350元，餐费128元，共计478元。",
    ],
)
def test_silent(text: str) -> None:
    assert rules(text) == []


def test_a_contradiction_close_by_is_one_mark() -> None:
    text = "全年总支出428.6万元，执行较好。\n在全年总支出482.6万元中，人员类占比最大。"
    (doubt,) = audit(text).loud
    assert (doubt.rule, "428.6" in doubt.quote, "482.6" in doubt.quote) == ("T-05", True, True)


def test_leap_years() -> None:
    assert [spot.text for spot in impossible_dates("2023年2月29日、2024年2月29日、6月31日、13月1日")] == [
        "2023年2月29日",
        "6月31日",
        "13月1日",
    ]
