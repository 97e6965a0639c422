"""Each construct of running text: totals, balances, percentages, changes, counts, products, restatements."""

import pytest

from core.audit.judge import audit
from core.audit.reading import read


def right(text: str) -> set[str]:
    return {f"{one.kind} {' '.join(one.figures)}" for one in audit(text).relations if one.holds}


def wrong(text: str) -> set[str]:
    return {f"{one.kind} {' '.join(one.figures)}" for one in audit(text).relations if not one.holds and one.trust > 1}


def loud(text: str) -> list[tuple[str, str]]:
    return [(one.rule, one.severity) for one in audit(text).loud]


def test_items_know_their_words() -> None:
    (spent, cap, rate) = read("全年支出101.5万元（预算120万元），执行率84.58%。").items
    assert (spent.label, spent.sort, spent.depth) == ("全年支出", "money", 0)
    assert (cap.label, cap.depth, int(cap.value)) == ("预算", 1, 1_200_000)
    assert (rate.sort, rate.label) == ("%", "执行率")


def test_years_documents_and_names_are_no_items() -> None:
    text = "根据财预〔2020〕12号文件，2021年第3季度C25路面1-4级病害处置完毕，电话0731-1234567。"
    assert read(text).items == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("支出10万元，其中基本支出8万元，项目支出2万元，结余1万元。", "sum 8 2 10"),
        ("支出10.5万元（基本支出8.1万元、项目支出2.4万元）。", "sum 8.1 2.4 10.5"),
        ("支出30万元：甲类20万元，其中子类12万元、另一子类8万元；乙类10万元。", "sum 20 10 30"),
        ("甲项目12.3万元、乙项目4.5万元，合计16.8万元。", "sum 12.3 4.5 16.8"),
        ("甲项目12.3万元、乙项目4.5万元，共安排16.8万元。", "sum 12.3 4.5 16.8"),
        ("资金36.5万元，分为两部分。\n1.甲项目20.25万元。\n2.乙项目16.25万元。", "sum 20.25 16.25 36.5"),
        ("职工46人。按编制分：行政30人，事业16人。", "sum 30 16 46"),
        ("收入434.72万元，其中拨款434.16万元，利息0.55万元。", "sum 434.16 0.55 434.72"),
    ],
)
def test_totals(text: str, expected: str) -> None:
    assert expected in right(text)
    assert loud(text) == []


@pytest.mark.parametrize(
    ("text", "trusted"),
    [
        ("支出10.00万元，其中基本支出8.00万元，项目支出2.02万元。", True),
        ("支出10.00万元，其中基本支出8.00万元，项目支出2.01万元。", False),  # rounding
        ("资金500万元，具体为：道路200万元、桥梁180万元、护坡100万元。", True),
        ("支出500万元，其中设备购置200万元、培训180万元。", False),  # 其中 names some only
        ("支出500万元，其中主要包括设备购置200万元、培训180万元。", False),
        ("职工20人，其中女职工12人，党员15人。", False),
        ("支出约500万元，其中道路200万元，桥梁350万元。", False),
        ("全年收入60万元。另有其他资金50万元、捐赠30万元。", False),
        ("三项工作甲12万元、乙13万元、丙14万元，三项合计45万元。", True),
    ],
)
def test_totals_that_do_not_come_out(text: str, trusted: bool) -> None:
    assert bool([rule for rule, _severity in loud(text) if rule == "T-01"]) is trusted


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("预算收入60.5万元，支出52.3万元，结余8.2万元。", {"balance 60.5 52.3 8.2"}),
        ("上年结转5.5万元，本年下达60万元，支出52.3万元，年末结转13.2万元。", {"balance 60 5.5 52.3 13.2"}),
        ("年初预算300万元，年中追加45万元，核减15万元，调整后预算330万元。", {"balance 300 45 15 330"}),
    ],
)
def test_balances(text: str, kinds: set[str]) -> None:
    assert kinds <= right(text) and loud(text) == []


def test_balances_that_do_not_come_out() -> None:
    assert loud("下达资金60万元，实际支出52万元，结余18万元。") == [("T-02", "warning")]
    assert loud("下达资金60万元，实际支出52万元，结余0万元（剩余资金财政收回）。") == []
    assert loud("下达资金60万元，实际支出52万元，结余2万元，财政收回6万元。") == []
    assert loud("下达资金60万元，实际支出52万元，剩余18万元由财政收回。") == [("T-02", "warning")]
    assert wrong("年初预算300万元，年中追加45万元，调整后预算355万元。") == {"sum 300 45 355"}


@pytest.mark.parametrize(
    "text",
    [
        "预算330万元，支付312.9万元，执行率94.8%。",  # cut, not rounded
        "预算65.66万元，支付65.07万元，执行率99%。",
        "收入247.24万元，较2021年减少44.32万元，降幅15.2%。",
        "由5万元增加到6万元，增长20%。",
        "检查2790人，完成年度任务2700人的103.33%。",
        "支出100.5万元，其中基本支出80.4万元，占80%，项目支出20.1万元，占20%。",
        "硬化道路23.6公里，完成率118%（计划20公里）。",
        "采购预算85万元，采购81.6万元，节约率4%。",
    ],
)
def test_percentages(text: str) -> None:
    assert any(one.startswith(("ratio", "growth")) for one in right(text))
    assert loud(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "预算330万元，支付312.9万元，执行率92.8%。",
        "收入247.24万元，较2021年减少44.32万元，降幅17.93%。",
        "检查2790人，完成年度任务2700人的105.33%。",
        "支出100.5万元，其中基本支出80.4万元，占82%，项目支出20.1万元，占20%。",
    ],
)
def test_wrong_percentages(text: str) -> None:
    assert [rule for rule, _severity in loud(text)] in (["T-03"], ["T-04"])


def test_percentages_without_figures_say_nothing() -> None:
    assert loud("资金到位率100%，合格率98%，满意度95.5%，失业率控制在3.5%以内，支出12万元。") == []


def test_differences() -> None:
    assert "balance 752.3 698.5 53.8" in right("2023年支出752.3万元，上年支出698.5万元，增加53.8万元。")


def test_counts() -> None:
    assert "count 3" in right("内设机构3个：办公室、业务科（挂安全科牌子）、财务科。")
    assert "count 5" in right("内设办公室、教务科、总务科、信息科、培训科5个科室。")
    assert "count 2" in right("做好两个方面：一是抓紧；二是抓实。")
    assert loud("内设机构4个：办公室、业务科、财务科。") == [("T-06", "warning")]
    assert loud("内设机构3个：办公室、人大、政协联络科、财务科。") == []  # a 、 inside a name


def test_products() -> None:
    assert "product 8755 75 65.66" in right("参合8755人，每人每年75元，共筹资65.66万元。")
    assert loud("为20人发放慰问金，每人500元，共2万元。") == [("T-07", "warning")]
    assert loud("为20人发放补贴，每人每月500元，共12万元。") == []


def test_restatements() -> None:
    text = "一、概况。桥梁加固工程安排86万元。\n二、实施。桥梁加固工程安排68万元，全部完工。"
    assert loud(text) == [("T-05", "warning")]
    assert loud("甲项目实际支出86万元。\n乙项目实际支出68万元。") == []
    assert loud("小学安排86.5万元。\n小学安排86.5万元已拨付。") == []


def test_one_division_under_two_sets_of_names() -> None:
    text = (
        "资金中央60.5万元、省级20.5万元、县级配套9万元，共90万元。\n"
        "到位90万元（中央60.5万元、县级20.5万元、其他9万元）。"
    )
    assert ("T-13", "warning") in loud(text)


def test_projects() -> None:
    text = (
        "2023年支出30万元，其中基本支出24万元，项目支出6万元，结余结转0万元。\n"
        "1.项目“甲”年初预算金额4万元，上级转移支付0万元，年中调增（减）0万元，追加（减）0万元，实际支出3.5万元，"
        "结余结转0万元（剩余资金财政收回）。\n（1）印刷。\n项目支出2万元，主要用于印刷。\n（2）会议。\n项目支出1.5万元，"
        "主要用于会议。\n2.项目“乙”年初预算金额3万元，实际支出2.5万元，结余结转0.5万元。\n"
    )
    assert {"sum 2 1.5 3.5", "sum 3.5 2.5 6", "balance 3 2.5 0.5"} <= right(text)
    assert wrong(text) == {"equal 0 0.5 0"}


def test_suspects_and_vouchers_are_named() -> None:
    text = "支出645.7万元，其中工资428.3万元，商品和服务支出172.6万元，补助76.5万元，资本性支出13.3万元。"
    (doubt,) = audit(text).loud
    assert "172.60万元可能应为127.60万元" in doubt.message and doubt.difference == "45万元"


def test_marks_of_the_figures() -> None:
    text = "支出10万元，其中基本支出8万元，项目支出2万元。走访36户。预算330万元，支付312.9万元，执行率92.8%。"
    states = {text[start:end]: state for start, end, state in audit(text).marks()}
    assert states["10万元"] == "right" and states["36户"] == "unknown" and states["92.8%"] == "wrong"
