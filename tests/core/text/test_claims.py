"""What the text says of money added, carried over or paid for an earlier year."""

import pytest

from core.text.claims import carry_claims, earlier_years, supplement_claims


@pytest.mark.parametrize(
    ("text", "claim", "denied", "fen"),
    [
        ("该经费年底追加，未及使用。", "年底追加", False, None),
        ("年中财政追加预算用于慰问", "年中财政追加", False, None),
        ("11月份追加的活动经费", "11月份追加", False, None),
        ("区财政追加3.5万元用于维修", "追加3.5万元", False, 3_500_000),
        ("年中追加项目资金12.3万元", "年中追加项目资金12.3万元", False, 12_300_000),
        ("调整追加（减）-1.20万元", "追加（减）-1.20万元", False, -1_200_000),
        ("调整追加(减)2万元", "追加(减)2万元", False, 2_000_000),
        ("后来追加了经费", "追加了", False, None),
        ("追加（减）0万元", "追加（减）0万元", True, 0),
        ("本年没有追加预算", "没有追加", True, None),
        ("年度执行中未追加资金", "未追加", True, None),
        ("年内无财政追加", "无财政追加", True, None),
    ],
)
def test_money_added(text: str, claim: str, denied: bool, fen: int | None) -> None:
    (found,) = supplement_claims(text)
    assert (found.text, found.denied, found.fen) == (claim, denied, fen)
    assert text[found.start : found.end] == claim


@pytest.mark.parametrize(
    "text",
    [
        "严格控制年中追加",
        "规范预算追加程序",
        "拟申请追加3万元",
        "如需追加3万元，另行报批",
        "杜绝随意追加",
        "追加人员2人",
    ],
)
def test_no_money_added(text: str) -> None:
    assert supplement_claims(text) == ()


@pytest.mark.parametrize(
    ("text", "claim", "denied", "fen"),
    [
        ("余款结转至下一年度。", "结转至下一年度", False, None),
        ("未使用的资金结转下年继续使用", "结转下年继续使用", False, None),
        ("余款留待下年使用", "留待下年使用", False, None),
        ("剩余部分转入次年", "转入次年", False, None),
        ("结余结转3万元", "结余结转3万元", False, 3_000_000),
        ("年末结转资金1.5万元", "年末结转资金1.5万元", False, 1_500_000),
        ("结转结余0万元", "结转结余0万元", True, 0),
        ("全部支出，无结转。", "无结转", True, None),
        ("没有资金结转", "没有资金结转", True, None),
        ("年末未形成结余结转", "未形成结余结转", True, None),
    ],
)
def test_money_carried(text: str, claim: str, denied: bool, fen: int | None) -> None:
    (found,) = carry_claims(text)
    assert (found.text, found.denied, found.fen) == (claim, denied, fen)


@pytest.mark.parametrize(
    "text",
    [
        "上年结转2万元",
        "年初结转2万元",
        "加强结转结余资金管理",
        "逾期不得结转下年",
        "如有余款，可结转下年使用",
        "结转项目3个",
    ],
)
def test_no_money_carried(text: str) -> None:
    assert carry_claims(text) == ()


def named(text: str, year: int = 2024) -> list[str]:
    return [spot.text for spot in earlier_years(text, year)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2023年重阳节活动项目", ["2023年"]),
        ("主要用于支付2022年宣传栏制作费", ["2022年"]),
        ("支付上年活动尾款", ["上年活动尾款"]),
        ("补付往年培训未付费用", ["往年培训未付"]),
        ("2024年重阳节活动", []),
        ("2025年预备工作", []),
        ("较2023年增加两场", []),
        ("自2021年起连续举办", []),
        ("2021年以来", []),
        ("2022年至2024年三年行动", []),
        ("2022—2024年三年行动", []),
        ("落实《2021年妇女儿童工作要点》", []),
        ("按〔2022〕8号文执行", []),
        ("较上年增加", []),
    ],
)
def test_an_earlier_year(text: str, found: list[str]) -> None:
    assert named(text) == found


def test_only_earlier_years_count() -> None:
    assert named("2023年活动与2024年活动", 2023) == []
    assert named("2022年活动、2023年活动", 2023) == ["2022年"]
