"""Head counts and their parts."""

import pytest

from core.text.headcount import headcounts


@pytest.mark.parametrize(
    ("text", "total", "parts"),
    [
        ("年末实有人数7人，其中：行政编制4人，事业编制3人。", 7, [4, 3]),
        ("年末实有人数７人，其中：行政编制４人，事业编制２人。", 7, [4, 2]),
        ("编制12名：行政6名、后勤事业编制2名、事业编制4名。", 12, [6, 2, 4]),
        ("在职9人(管理2人、专技5人、工勤2人)", 9, [2, 5, 2]),
        ("年末在职20人，政法专项15人加工勤5人。", 20, [15, 5]),
        ("实有人数5人。其中：在职人员4人，离休0人，退休1人。", 5, [4, 0, 1]),
        ("离退休6人（离休1人、退休5人）", 6, [1, 5]),
        ("在职14人，行政8人（内含工勤2人）、事业6人。", 14, [8, 6]),
        ("实有人数3人，其中：行政编制2人，事业编制2人，退休人员5人。", 3, [2, 2]),
        ("实有人数4人，其中：行政编制2人，事业编制1人，其中女1人。", 4, [2, 1]),
    ],
)
def test_a_division(text: str, total: int, parts: list[int]) -> None:
    (count,) = headcounts(text)
    assert (count.total.number, [part.number for part in count.parts]) == (total, parts)
    assert count.difference == total - sum(parts)
    assert text[count.start : count.end] == count.text
    assert all(text[part.start :].startswith(part.label) for part in (count.total, *count.parts))


@pytest.mark.parametrize(
    "text",
    [
        "编制数5人，实有5人",
        "实有人数5人，其中女3人，党员4人",
        "实有人数5人，其中：行政编制5人",
        "在职15人，离休1人，退休8人",
        "行政编制2人，事业编制1人，工勤编制1人",
        "实有45人，工勤编制4名，事业编制2名",
        "实有9人（行政4人，事业4人，借调1人）",
        "培训300人次，行政5人次",
    ],
)
def test_no_division(text: str) -> None:
    assert headcounts(text) == ()


def test_two_divisions_side_by_side() -> None:
    text = "编制8名(行政5名,事业3名),实有7人(行政5人,事业2人)。"
    assert [(count.total.label, count.difference) for count in headcounts(text)] == [("编制", 0), ("实有", 0)]
