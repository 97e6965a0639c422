"""What a text states of the budget in figures, and the same stated twice."""

from core.text.restated import restated
from core.text.statements import statements

NAMES = ("业务性专项经费", "‘三八’国际妇女节，家庭教育周系列活动")


def said(text: str, own: int = -1) -> list[tuple[int, str, int, str]]:
    return [(one.project, one.item, one.year, one.text) for one in statements(text, NAMES, own)]


def test_the_units_lines() -> None:
    text = "2023年预算收入101.09万元，其中：年初预算69.98万元，调整追加（减）31.14万元。其他资金来源15.16万元。"
    assert said(text) == [
        (-1, "预算收入", 2023, "101.09万元"),
        (-1, "年初预算", 2023, "69.98万元"),
        (-1, "调整追加", 2023, "31.14万元"),
        (-1, "其他资金", 0, "15.16万元"),
    ]
    text = "2023年支出101.09万元，其中基本支出93.98万元，项目支出7.11万元，结余结转0万元。预算执行率95.69%。"
    assert [item for _project, item, _year, _text in said(text)] == [
        "支出",
        "基本支出",
        "项目支出",
        "结余结转",
        "执行率",
    ]


def test_a_projects_sentence_with_a_comma_in_its_name() -> None:
    text = f"3.项目“{NAMES[1]}”年初预算金额0万元，年中追加5.66万元，实际支出5.04万元，结余结转0万元（财政收回）。"
    assert said(text) == [
        (1, "年初预算", 0, "0万元"),
        (1, "追加减", 0, "5.66万元"),
        (1, "实际支出", 0, "5.04万元"),
        (1, "结余结转", 0, "0万元"),
    ]
    assert said("该项目实际支出2万元（剩余资金0.93万元由财政收回）。", own=0)[1] == (0, "财政收回", 0, "0.93万元")
    assert len(said("该项目实际支出2万元，剩余资金0.93万元。", own=0)) == 1
    assert said("该项目年初预算3万元，实际支出2万元。", own=0)[1] == (0, "实际支出", 0, "2万元")


def test_years() -> None:
    assert said("2023年支出101万元，较2022年支出90万元增加11万元。") == [(-1, "支出", 2023, "101万元")]
    assert said("上年结余结转3万元。") == [(-1, "结余结转", -1, "3万元")]
    assert said("较2022年有所增加，2023年预算收入5万元。")[0][2] == 2023


def test_what_is_not_stated() -> None:
    for text in (
        "公务接待费年初预算0.5万元，实际支出0.3万元。",
        "项目“妇女发展”年初预算金额3万元。",
        "全区财政支出101万元，上半年支出3万元。",
        "预算收入约101万元，预计2024年支出5万元。",
        "（1）宣传活动项目\n项目支出1.86万元，主要用于印刷。",
        "业务性专项经费执行良好。\n年初预算3万元。",
    ):
        assert said(text) == [], text


def test_restated() -> None:
    (pair,) = restated(("2023年预算收入3万元。", "全年工作完成。2023年预算收入5万元，其中年初预算5万元。"))
    assert (pair.first, pair.second, pair.item) == (0, 1, "预算收入")
    (pair,) = restated(("组织适龄妇女“两癌”免费检查2790人。组织适龄妇女“两癌”免费检查2780人。",))
    assert (pair.first_amount.text, pair.second_amount.text, pair.item) == ("2790人", "2780人", "")


def test_not_restated() -> None:
    for text in (
        "2023年预算收入5.00万元。2023年预算收入5万元。",
        "中央水利发展中小河流治理资金2263万元。自治区水利：中央水利发展中小河流治理资金5万元、其他1万元。",
        "一季度走访慰问困难妇女儿童家庭12户。二季度走访慰问困难妇女儿童家庭15户。",
        "走访慰问困难妇女儿童家庭12户。走访慰问困难妇女儿童家庭60人。",
        "评选最美家庭11户。评选最美家庭12户。",
    ):
        assert restated((text,)) == (), text
