"""Pinyin initials of names, without a dictionary."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.initials import fit, initials, readings


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("中国电信集团", "zgdxjt"),
        ("办公用品", "bgyp"),
        ("差旅费", "clf"),
        ("印刷服务企业", "ysfwqy"),
        ("公务接待", "gwjd"),
        ("上级转移支付", "sjzyzf"),
        ("3月 A类（甲）", "3yalj"),
    ],
)
def test_initials_of_a_name(name, expected):
    assert initials(name)[0] == expected


def test_every_reading_is_accepted():
    assert {"gsyx", "gsyh"} <= set(initials("工商银行"))
    assert fit("gsyh", "工商银行") == fit("GSYX", "工商银行") == 2
    assert fit("cq", "重庆出版社") == fit("zq", "重庆出版社") == 2


def test_what_fits_better_stands_before():
    names = ["邮政电信公司", "电信公司", "大型会议公司"]
    ranks = {name: fit("电信", name) for name in names}
    assert ranks == {"邮政电信公司": 1, "电信公司": 0, "大型会议公司": None}
    assert fit("dx", "邮政电信公司") == 3 and fit("dx", "电信公司") == 2
    assert fit("电信 公司", "电信公司") == 1 and fit("电信 学校", "电信公司") is None
    assert fit("", "电信公司") == 0


def test_rare_characters_answer_to_themselves():
    assert readings("喆") == "喆"
    assert fit("喆", "张喆") == 1 and fit("z", "张喆") == 2


@given(st.text(max_size=30))
def test_any_name_has_few_readings_of_one_length(name):
    found = initials(name)
    assert 1 <= len(found) <= 16 and len({len(one) for one in found}) == 1
