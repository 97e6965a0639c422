"""Leftovers, doubled words and punctuation."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.defects import artefacts, doubled_words, placeholders, punctuation
from core.text.spots import Spot

FINDERS: list[Callable[[str], tuple[Spot, ...]]] = [placeholders, artefacts, doubled_words, punctuation]


def mended(text: str, finder: Callable[[str], tuple[Spot, ...]]) -> str:
    """The text with every suggestion put in, from the end to the beginning."""
    for spot in reversed(finder(text)):
        assert text[spot.start : spot.end] == spot.text
        if spot.suggestion is not None:
            text = text[: spot.start] + spot.suggestion + text[spot.end :]
    return text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("根据XX局文件", "XX"),
        ("截至××年末", "××"),
        ("20xx年工作总结", "20xx"),
        ("202X年预算", "202X"),
        ("截至X年末，", "X"),
        ("共×人参加", "×"),
        ("由○○街道承办", "○○"),
        ("{单位}主要职责是", "{单位}"),
        ("按照某某局要求", "某某"),
        ("负责人：待填写", "待填写"),
        ("绩效目标（待补充）", "（待补充）"),
        ("附表（略）", "（略）"),
    ],
)
def test_a_blank_never_filled_in(text: str, left: str) -> None:
    assert [spot.text for spot in placeholders(text)] == [left]


@pytest.mark.parametrize(
    ("text", "left", "suggestion"),
    [
        ("六、其他\n没有请填写“本单位无此类情况”。", "没有请填写“本单位无此类情况”。", "本单位无此类情况。"),
        ("主要成效（200字以内）：", "（200字以内）", ""),
        ("存在问题（请简述三条）", "（请简述三条）", None),
        ("请列明资金来源。", "请列明资金来源", None),
        ("指标2：……", "指标2：……", None),
    ],
)
def test_an_instruction_never_removed(text: str, left: str, suggestion: str | None) -> None:
    assert [(spot.text, spot.suggestion) for spot in placeholders(text)] == [(left, suggestion)]


@pytest.mark.parametrize(
    "text",
    [
        "年初预算{unit.年初预算}万元，{p12.实际支出|2}万元，上年{prev.unit.支出|trim}万元",
        "帮扶困难妇女王某某一家，慰问李××同志",
        "二○○八年成立，一○○周年，二〇〇〇年",
        "邀请填写问卷的群众，申请填报资格",
        "档案有待填写完善之处已补齐",
        "型号XXL，尺寸0.6×0.6米，MAXX",
        "内容从略，略有增长",
        "共印发5000字材料（12号字）",
        "指标1：培训2场；指标2：／",
        "水**管理工程",
    ],
)
def test_no_leftover(text: str) -> None:
    assert placeholders(text) == ()


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("[bookmark: _GoBack]3．项目", "3．项目"),
        ("见_Toc152345678目录", "见目录"),
        ("合计&nbsp;12万元", "合计12万元"),
        ("标题\u200b一", "标题一"),
        ("第{ PAGEREF _Toc12 \\h }页", "第页"),
    ],
)
def test_a_hidden_mark_can_go(text: str, rest: str) -> None:
    assert mended(text, artefacts) == rest


@pytest.mark.parametrize(
    "text",
    [
        "见错误!未找到引用源。",
        "支出#REF!万元",
        "合计########",
        "单\ufffd\ufffd名称",
        "Error! Reference source not found.",
    ],
)
def test_something_was_lost(text: str) -> None:
    (spot,) = artefacts(text)
    assert spot.suggestion is None


def test_no_artefact() -> None:
    assert artefacts("工作中没有出现错误！群众满意\t。#妇联在身边#") == ()


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("（2）端午节活动项目项目", "（2）端午节活动项目"),
        ("重阳节活动项目项目\n项目支出1万元", "重阳节活动项目\n项目支出1万元"),
        ("进一步进一步加强管理", "进一步加强管理"),
        ("为完成任务的的同志", "为完成任务的同志"),
        ("支出3万元元，", "支出3万元，"),
        ("支出3万元万元。", "支出3万元。"),
        ("执行率95%%", "执行率95%"),
        ("开展妇女节妇女节。", "开展妇女节。"),
        ("资金资金资金。", "资金。"),
        ("资金全部用于用于慰问", "资金全部用于慰问"),
        ("按时拨付专项资金；按时拨付专项资金；", "按时拨付专项资金；"),
    ],
)
def test_a_doubled_word(text: str, right: str) -> None:
    assert len(doubled_words(text)) == 1
    assert mended(text, doubled_words) == right


@pytest.mark.parametrize(
    "text",
    [
        "常常、天天、人人、家家、年年、种种、多多、一一、历历在目",
        "高高兴兴、干干净净、踏踏实实、方方面面",
        "研究研究再定，大家讨论讨论",
        "一项一项核对，一户一户走访，逐条逐条落实",
        "二〇二〇年，二〇二〇。",
        "非常非常感谢，很多很多。",
        "委员会委员会议",
        "各项目项目资金到位",
        "该项目项目负责人",
        "以服务群众为目的的活动，有的的确困难",
        "为了了解情况，取得了了不起的成绩",
        "1010.10，8080",
        "常务委员会委员",
        "数量指标：合格；质量指标：合格",
        "无；无；无",
        "项目 | 项目 | 880 | 880 | 880",
        "单元元素，5元旦",
    ],
)
def test_doubled_on_purpose(text: str) -> None:
    assert doubled_words(text) == ()


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("执行良好。。下一步", "执行良好。下一步"),
        ("宣传，，培训", "宣传，培训"),
        ("宣传、，培训", "宣传、培训"),
        ("资金到位，。", "资金到位。"),
        ("加强管理,提高效率;完善制度", "加强管理，提高效率；完善制度"),
        ("慰问12户,发放物资", "慰问12户，发放物资"),
        ("评选先进8 名，优秀10个，家庭5户", "评选先进8名，优秀10个，家庭5户"),
    ],
)
def test_punctuation(text: str, right: str) -> None:
    assert mended(text, punctuation) == right


@pytest.mark.parametrize(
    "text",
    [
        "等等……——完",
        "共计1,234.56元",
        "上午8:30集合",
        "评选 8 名，优秀 10 个，家庭 5 户",
        "http://a.b?c=d,e;f",
        "一、基本情况......3",
        "Word, Excel; PDF",
    ],
)
def test_regular_punctuation(text: str) -> None:
    assert punctuation(text) == ()


@pytest.mark.parametrize("finder", FINDERS)
@given(text=st.text(alphabet="项目的了元万%8 名户，。；,;（）{}XX×某待填写略……字内指标2：[]_\n", max_size=40))
def test_spots_are_true_and_apart(finder: Callable[[str], tuple[Spot, ...]], text: str) -> None:
    end = 0
    for spot in finder(text):
        assert end <= spot.start < spot.end
        assert text[spot.start : spot.end] == spot.text != spot.suggestion
        end = spot.end
