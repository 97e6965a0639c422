"""The amount tokenizer."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import show_wan, show_yuan
from core.text.amounts import amounts, years
from core.text.plain import plain


def shown(text: str) -> list[tuple[str, str, str]]:
    return [(amount.text, str(amount.number), amount.unit) for amount in amounts(text)]


@pytest.mark.parametrize(
    ("text", "number", "unit", "fen", "decimals"),
    [
        ("全年支出101.09万元。", "101.09", "万元", 101_090_000, 2),
        ("收到捐款26,000元", "26000", "元", 2_600_000, 0),
        ("收到捐款2，600.50元", "2600.50", "元", 260_050, 2),
        ("总投资1.5亿元", "1.5", "亿元", 15_000_000_000, 1),
        ("拨款１２．３４万元", "12.34", "万元", 12_340_000, 2),
        ("调整追加（减）-1.20万元", "-1.20", "万元", -1_200_000, 2),
        ("调整追加（减）－1.20万元", "-1.20", "万元", -1_200_000, 2),
        ("到位资金19204.096万，其中", "19204.096", "万元", 19_204_096_000, 3),
        ("执行率95.69%", "95.69", "%", None, 2),
        ("完成率９５％", "95", "%", None, 0),
        ("优秀干部8 名", "8", "名", None, 0),
        ("走访12户", "12", "户", None, 0),
        ("救助11万人次", "11", "万人次", None, 0),
        ("提高3.4个百分点", "3.4", "个百分点", None, 1),
        ("为期3个月", "3", "个月", None, 0),
        ("低保标准530元/人*月", "530", "元/人*月", None, 0),
        ("绿化36.5亩", "36.5", "亩", None, 1),
        ("全县人口12万，", "12", "万", None, 0),
    ],
)
def test_an_amount(text: str, number: str, unit: str, fen: int | None, decimals: int) -> None:
    (amount,) = amounts(text)
    assert (amount.number, amount.unit, amount.fen, amount.decimals) == (Decimal(number), unit, fen, decimals)
    assert text[amount.start : amount.end] == amount.text


@pytest.mark.parametrize(
    ("text", "approx"),
    [
        ("募集26000余元", "余"),
        ("服务100多名妇女", "多"),
        ("约30场", "约"),
        ("大约30场", "约"),
        ("近200人", "近"),
        ("超过200人", "超"),
        ("不足10万元", "不足"),
        ("200人左右", "左右"),
        ("200人", ""),
        ("节约3万元", ""),
        ("最近3个月", ""),
        ("签约12户", ""),
    ],
)
def test_about(text: str, approx: str) -> None:
    (amount,) = amounts(text)
    assert amount.approx == approx


def test_a_rounded_ten_thousand() -> None:
    (money, people) = amounts("筹集8万余元，惠及3万多人")
    assert (money.text, money.unit, money.fen, money.approx) == ("8万余元", "万元", 8_000_000, "余")
    assert (people.text, people.unit, people.fen) == ("3万多人", "万人", None)


@pytest.mark.parametrize(
    "text",
    [
        "2024年",
        "2024年3月15日",
        "6月初",
        "〔2024〕12号",
        "【2024】9号文件",
        "第5次会议",
        "第3届",
        "5.15家庭教育周",
        "3.8妇女节",
        "1.着力加强宣传",
        "（1）项目概况",
        "联系电话：0731-22334455",
        "合计880",
        "混凝土C25",
        "规格0.6*0.6米",
        "20083月",
        "12345热线",
        "1.2.3个",
        "1·5公顷",
    ],
)
def test_no_amount(text: str) -> None:
    assert amounts(text) == ()


def test_ranges_and_lists() -> None:
    assert shown("10万-20万元") == [("10万", "10", "万"), ("20万元", "20", "万元")]
    assert shown("3%～5%") == [("3%", "3", "%"), ("5%", "5", "%")]
    assert shown("编制3，100人参加") == [("100人", "100", "人")]
    assert shown("其中，12人获奖") == [("12人", "12", "人")]


def test_a_heading_number_is_not_part_of_the_count() -> None:
    assert shown("工作如下：\n1.3个社区建成阵地") == [("3个", "3", "个")]
    assert shown("1.5万元用于培训") == [("1.5万元", "1.5", "万元")]


def test_the_place_of_the_last_digit() -> None:
    units = [amount.printed_unit for amount in amounts("5.66万元，3万元，12.50元，1.5亿元，95.1%，3元/人")]
    assert units == [10_000, 1_000_000, 1, 1_000_000_000, 0, 0]


def test_years() -> None:
    text = "2021年至2023年、2019—2020年度（2024年），按〔2018〕5号文于2022 年12月实施，2017家"
    assert [year.year for year in years(text)] == [2021, 2023, 2019, 2020, 2024, 2022]
    assert all(text[year.start : year.end] == year.text for year in years(text))


@given(st.integers(-(10**15), 10**15), st.sampled_from(["", "共计", "，其中", "（减）"]))
def test_what_money_prints_is_read_back(fen: int, before: str) -> None:
    (yuan,) = amounts(f"{before}{show_yuan(fen)}元。")
    (wan,) = amounts(f"{before}{show_wan(fen, decimals=6)}万元。")
    assert yuan.fen == wan.fen == fen


@given(st.text(alphabet="0123456789.,，-（）万亿元余多约人个年〔〕 \n第%", max_size=40))
def test_places_are_in_order_and_true(text: str) -> None:
    end = 0
    for amount in amounts(text):
        assert end <= amount.start < amount.end
        assert text[amount.start : amount.end] == amount.text
        end = amount.end


@given(st.text(max_size=60))
def test_plain_keeps_the_places(text: str) -> None:
    assert len(plain(text)) == len(text)
