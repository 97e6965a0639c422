"""Numbering and repeated passages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.structure import heading_numbers, repeated_paragraphs


def faults(*headings: str) -> list[tuple[int, str, str, str | None]]:
    return [(f.index, f.spot.kind, f.spot.text, f.spot.suggestion) for f in heading_numbers(headings)]


@pytest.mark.parametrize(
    "headings",
    [
        ["一、基本情况", "1、宣传", "2、培训", "二、收支情况", "1、收入", "三、其他"],
        ["一、（一）职责", "（二）人员", "二、收支", "（一）收入", "1.拨款", "（1）本级", "（2）上级", "2.其他"],
        ["一、概况", "（一）甲", "1.子", "2.丑", "（二）乙", "3.寅", "4.卯"],
        ["九、绩效", "十、其他", "十一、附件"],
        ["1.问题一", "2.问题二", "措施如下", "1.措施一", "2.措施二"],
        ["第一部分 概况", "一、职责", "第二部分 决算", "一、收入", "二、支出", "附件1", "一、表"],
        ["①甲", "②乙"],
        ["5.15家庭教育周", "2.5万元", "3、4月份活动", "一、二级机构", "1.2023年工作", "2.2022年工作"],
        ["没有编号", "", "  "],
    ],
)
def test_regular(headings: list[str]) -> None:
    if headings[0].startswith("九"):
        headings = [f"{n}、" for n in "一二三四五六七八"] + headings
    assert faults(*headings) == []


def test_another_style_at_the_first_level() -> None:
    headings = ["一、概况", "1、甲", "2、乙", "二、收支", "三、绩效", "1.甲", "四、问题", " 5、 其他", "六、附件"]
    assert faults(*headings) == [(7, "style", "5、", "五、")]


def test_a_missing_number() -> None:
    assert faults("一、甲", "二、乙", "四、丁") == [(2, "gap", "四、", "三、")]
    assert faults("一、甲", "（二）乙") == [(1, "gap", "（二）", "（一）")]
    assert faults("1.甲", "2.乙", "4.丁", "5.戊") == [(2, "gap", "4.", "3.")]


def test_a_number_twice() -> None:
    assert faults("1.甲", "2.乙", "2.丙", "3.丁") == [(2, "repeat", "2.", "3.")]
    assert faults("一、甲", "一、乙") == [(1, "repeat", "一、", "二、")]
    assert faults(*[f"{n}、" for n in "一二三四五六七八九十"], "十、又") == [(10, "repeat", "十、", "十一、")]


def test_a_mark_unlike_the_others() -> None:
    assert faults("1．甲", "2.乙", "3．丙") == [(1, "mark", "2.", "2．")]
    assert faults("（一）甲", "(二)乙") == [(1, "mark", "(二)", "（二）")]


def test_a_level_left_out() -> None:
    assert faults("一、甲", "（1）乙", "（2）丙") == [(1, "skip", "（1）", None)]


def test_the_place_of_the_number() -> None:
    (fault,) = heading_numbers(["一、甲", " 二、（一）乙", "（三）丙"])
    assert (fault.index, fault.spot.start, fault.spot.end) == (2, 0, 3)


@given(st.lists(st.text(alphabet="一二三十、（）1234.．①② 甲", max_size=8), max_size=12))
def test_any_headings(headings: list[str]) -> None:
    for fault in heading_numbers(headings):
        assert headings[fault.index][fault.spot.start : fault.spot.end] == fault.spot.text != fault.spot.suggestion


PASSAGE = (
    "组织各村巾帼志愿队深入田间地头宣讲惠农政策，邀请农技专家现场答疑，帮助留守妇女学会直播带货，"
    "并为行动不便的老人送去米面粮油和防寒衣物，受到群众好评"
)


def test_a_passage_in_two_places() -> None:
    first, second = f"一是{PASSAGE}。二是做好总结。", f"主要用于{PASSAGE}，共举办十二场。"
    (repeat,) = repeated_paragraphs(["开头", first, "中间", second])
    assert (repeat.first, repeat.second, repeat.text) == (1, 3, PASSAGE)
    assert first[repeat.first_start :].startswith(PASSAGE)
    assert second[repeat.second_start :].startswith(PASSAGE)


def test_three_places_make_two_pairs() -> None:
    assert [(r.first, r.second) for r in repeated_paragraphs([PASSAGE, PASSAGE + "。", PASSAGE])] == [(0, 1), (0, 2)]


def test_two_passages_of_one_paragraph() -> None:
    other = PASSAGE[::-1]
    repeats = repeated_paragraphs([PASSAGE, other, f"{PASSAGE}；此外，{other}"])
    assert [(r.first, r.second, r.text) for r in repeats] == [(0, 2, PASSAGE), (1, 2, other)]


def test_shorter_passages_are_no_repeat() -> None:
    assert repeated_paragraphs([PASSAGE[:59], PASSAGE[:59]]) == ()
    assert len(repeated_paragraphs([PASSAGE[:60], PASSAGE[:60]])) == 1
    assert len(repeated_paragraphs([PASSAGE[:20], PASSAGE[:20]], at_least=20)) == 1


def test_figures_in_the_same_sentence_are_no_repeat() -> None:
    figures = (
        "年初预算金额3万元，上级转移支付0万元，年中调增（减）0万元，追加（减）0万元，实际支出0万元，"
        "结余结转3万元。项目实施及绩效情况如下："
    )
    assert repeated_paragraphs([f"1.项目“甲”{figures}", f"2.项目“乙”{figures}"]) == ()


@given(st.text(alphabet="甲乙丙，", max_size=30), st.text(alphabet="丁戊己。", max_size=30), st.integers(0, 20))
def test_a_passage_is_found_wherever_it_stands(before: str, after: str, cut: int) -> None:
    shared = PASSAGE[cut:] if len(PASSAGE) - cut >= 60 else PASSAGE
    (repeat,) = repeated_paragraphs([before + shared + "子", after + shared + "丑"])
    assert repeat.text.endswith(shared)
