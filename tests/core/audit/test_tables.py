"""Tables and forms: totals of columns and rows, rates, points, rows that contradict themselves."""

from core.audit.judge import audit
from core.audit.reading import read
from core.audit.tables import nested, tables

FORM = """单位：万元
项目资金 | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
年度资金总额 | 50 | 62 | 58.9 | 10 | 95% | 9.5
其中：财政拨款 | 50 | 56 | 52.9 | - | 94.46% | -
其他资金 | 0 | 6 | 6 | - | 100% | -"""


def right(text: str) -> set[str]:
    return {f"{one.kind} {' '.join(one.figures)}" for one in audit(text).relations if one.holds}


def loud(text: str) -> list[str]:
    return [one.rule for one in audit(text).loud]


def test_a_form() -> None:
    assert {"sum 56 6 62", "sum 52.9 6 58.9", "ratio 58.9 62 95", "ratio 52.9 56 94.46"} <= right(FORM)
    assert loud(FORM) == []
    assert loud(FORM.replace("95%", "92%")) == ["T-03"]
    assert loud(FORM.replace("52.9", "51.9")) != []


def test_framed_and_tabbed_rows() -> None:
    framed = "\n".join(f"| {line} |" for line in FORM.split("\n")[1:])
    assert "ratio 58.9 62 95" in right("单位：万元\n" + framed)
    assert "ratio 58.9 62 95" in right(FORM.replace(" | ", "\t"))


def test_rows() -> None:
    text = "项目 | 合计 | 甲 | 乙\n支出 | 30 | 12.5 | 17.5\n收入 | 31 | 12.5 | 17.5"
    assert "sum 12.5 17.5 30" in right(text) and loud(text) == ["T-01"]
    text = "项目 | 预算 | 支出 | 结余\n办公费 | 12000 | 11856.5 | 143.5\n会议费 | 8000 | 7500 | 400"
    assert "balance 12000 11856.5 143.5" in right(text) and loud(text) == ["T-02"]


def test_columns_above_and_below_their_total() -> None:
    below = "来源 | 预算数（万元）\n合计 | 100\n中央 | 60\n省级 | 40"
    above = "来源 | 预算数（万元）\n中央 | 60\n省级 | 40\n合计 | 100"
    assert "sum 60 40 100" in right(below) & right(above)
    assert "sum 5 5 10" in right(
        "指标 | 分值 | 得分\n甲 | 10 | 9\n其中：子 | 5 | 5\n丑 | 5 | 4\n乙 | 90 | 80\n合计 | 100 | 89"
    )


def test_nested_rows_are_found() -> None:
    reading = read("指标 | 分值\n甲 | 10\n其中：子 | 5\n丑 | 5\n乙 | 20\n合计 | 30")
    relations, lines = nested(tables(reading)[0])
    assert [one.figures for one in relations] == [("5", "5", "10")] and lines == {2, 3}


def test_points() -> None:
    text = (
        "指标 | 指标值 | 完成值 | 分值 | 得分\n甲 | ≥5场 | 6场 | 60 | 60\n"
        "乙 | ≥90% | 92% | 40 | 38\n总分 | | | 100 | 98"
    )
    assert {"sum 60 40 100", "sum 60 38 98"} <= right(text) and loud(text) == []
    assert loud(text.replace("| 98", "| 97")) == ["T-01"]
    assert loud(text.replace("6场", "4场")) == ["T-09"]
    assert loud(text.replace("| 40 | 38", "| 40 | 42").replace("| 98", "| 102")) == ["T-11", "T-11"]


def test_rates_of_nothing_and_missing_rates() -> None:
    head = "资金（万元） | 全年预算数 | 全年执行数 | 执行率 | 得分\n"
    assert loud(head + "年度资金总额 | 30 | 30 | 100% | 10\n其他资金 | 0 | 0 | 100% | -") == ["T-08"]
    assert loud(head + "年度资金总额 | 30 | 30 | 100% | 10\n其他资金 | 0 | 0 | — | -") == []
    assert loud(head + "年度资金总额 | 30 | 30 | | 10") == ["T-10"]
    assert loud(head + "年度资金总额 | 30 | 33 | 110% | 10") == ["T-12"]


def test_a_row_of_another_width_raises_nothing() -> None:
    assert loud("资金 | 预算数 | 执行数 | 执行率 | 得分\n总额 | 30 | 10 | 95%") == []
