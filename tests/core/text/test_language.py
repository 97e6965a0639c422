"""Decimals, endings, years, names, slips, likeness and causes."""

from hypothesis import given
from hypothesis import strategies as st

from core.text.causes import fine_claims, slow_claims
from core.text.decimals import odd_decimals
from core.text.endings import unended
from core.text.likeness import likeness
from core.text.slips import slips, stock_phrases, word_orders
from core.text.unit_names import foreign_names, misspelt_names, self_names, wrong_kinds
from core.text.wrong_year import wrong_years

OWN = ("示范区妇女联合会", "区妇联")


def test_odd_decimals() -> None:
    found = odd_decimals("拨付3.25万元，支付2.5万元，结余1万元，执行率88.5%，完成率103.33%。")
    assert [(spot.kind, spot.text, spot.suggestion) for spot in found] == [
        ("money", "2.5万元", "2.50万元"),
        ("percent", "88.5%", None),
    ]
    assert odd_decimals("拨付3.5万元，支付2.5万元，执行率88.5%。") == ()  # one style throughout
    assert odd_decimals("得分率98.50%，目标不低于95.5%。") == ()


def test_unended() -> None:
    text = (
        "1.活动如期举办。妇女踊跃参加\n（1）志愿服务，家庭教育系列活动项目\n姓名|3，职务|主任，今年以来全部到位完成了"
    )
    assert [(spot.text, spot.suggestion) for spot in unended(text)] == [("加", "加。")]
    assert unended("妇女踊跃参加。”") == unended("重点工作如下：") == ()


def test_wrong_years() -> None:
    (spot,) = wrong_years("截至2022年末，本单位实有人数3人。", 2023, OWN)
    assert (spot.text, spot.suggestion) == ("2022年", "2023年")
    assert wrong_years("2022年，区妇联加强管理。", 2023, OWN) and not wrong_years("2022年，区妇联加强管理。", 2023)
    assert wrong_years("以“2022年预算收入”为题。", 2023, OWN) == ()


def test_names() -> None:
    assert [spot.text for spot in foreign_names("邻水区妇联实有3人。", OWN)] == ["邻水区妇联"]
    assert foreign_names("邻水区妇联实有3人。", ("第一中学",)) == ()
    assert misspelt_names("示范区妇女联会和示范区妇女联合会。", OWN[0])[0].suggestion == OWN[0]
    assert misspelt_names("示范区妇女联合大会。", OWN[0])
    for other in ("示范区妇女儿童工作委员会。", "示范区妇女联谊会。", "示范区妇女"):
        assert misspelt_names(other, OWN[0]) == ()
    assert misspelt_names("示范区第十一中学、示范区第二中学。", "示范区第一中学") == ()
    assert [spot.text for spot in wrong_kinds("我局、本会、本会议。", OWN[0])] == ["我局"]
    assert [number for number, _spot in self_names(("本单位、本单位", "本部门"))] == [1]


def test_slips_put_in_place_are_no_slips() -> None:
    text = "预算收支出情况。截止2023年末，己完成，拔款及时，按排得当，部份项目末完成。"
    found = slips(text)
    assert [spot.text for spot in found] == ["预算收支出", "截止", "己", "拔", "按排", "部份", "末"]
    for spot in reversed(found):
        text = text[: spot.start] + (spot.suggestion or "") + text[spot.end :]
    assert text == "预算收支情况。截至2023年末，已完成，拨款及时，安排得当，部分项目未完成。" and slips(text) == ()


def test_slips_leave_right_words_alone() -> None:
    for text in (
        "年末完成支付",
        "期末安排",
        "自己完成",
        "选拔干部",
        "其它",
        "截止时间为12月",
        "蚊帐和帐篷",
        "反应良好",
    ):
        assert slips(text) == (), text


def test_stock_phrases_and_word_orders() -> None:
    assert [spot.text for spot in stock_phrases("一是预算编制工作有待细化，二是杜绝超支现象的发生。")] == [
        "预算编制工作有待细化",
        "杜绝超支现象",
    ]
    found = word_orders(("结余结转3万元，结余结转0万元。", "结转结余{unit.结余结转}万元，《结转结余办法》。"))
    assert [(number, spot.text, spot.suggestion) for number, spot in found] == [(1, "结转结余", "结余结转")]
    often = ("结余结转3万元。", "结转结余0万元，结转结余0万元。")
    assert [number for number, _spot in word_orders(often)] == [0]
    assert [number for number, _spot in word_orders(often, "结余结转")] == [1, 1]


@given(st.text("一二三四五六七八九十百千万甲乙丙丁", min_size=1, max_size=80))
def test_likeness_to_itself_is_whole(text: str) -> None:
    assert likeness(text, text) == likeness(text + "2022", text + " 2023.5") == 100
    assert likeness(text, "") == 0


def test_likeness() -> None:
    assert likeness("一二三四五六七八九十", "一二三四五六七八九百") == 90
    assert likeness("一二三四五", "甲乙丙丁戊") == 0


def test_causes() -> None:
    assert [spot.text for spot in slow_claims("部分项目支出进度较慢，执行率偏低。")] == ["支出进度较慢", "执行率偏低"]
    assert slow_claims("避免支出进度较慢，没有执行率偏低的项目，执行率较高。") == ()
    assert [spot.text for spot in fine_claims("不可避免地存在细微偏差，预算执行情况良好，执行率较高。")] == [
        "细微偏差",
        "预算执行情况良好",
        "执行率较高",
    ]
    assert fine_claims("确保预算执行到位，资金使用效果良好。") == ()
