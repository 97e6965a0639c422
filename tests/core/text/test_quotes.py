"""Quotes and brackets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.quotes import quotes


def found(text: str) -> list[tuple[str, str, str | None]]:
    return [(spot.kind, spot.text, spot.suggestion) for spot in quotes(text)]


@pytest.mark.parametrize(
    "text",
    [
        "项目“重阳节活动”（五场）、《条例（试行）》、‘内’",
        "举办“‘三八’妇女节”活动",
        "1）宣传；2）培训\na)走访",
        "单位(盖章)：预算数(A)",
        "“第一段没有完\n“第二段完了。”",
        "’98北京，it’s",
        '型号"A-12"',
    ],
)
def test_regular(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "piece", "suggestion"),
    [
        ("开展“清风活动。", "unclosed", "“", None),
        ("开展清风”活动。", "unopened", "”", None),
        ("合计（万元，", "unclosed", "（", None),
        ("合计万元）", "unopened", "）", None),
        ("项目“迎“重阳”活动”", "nested", "“重阳”", "‘重阳’"),
        ('项目“"重阳”节活动”', "half_width", '"重阳”', "‘重阳’"),
        ('“重阳"节活动', "half_width", '“重阳"', "“重阳”"),
        ('开展"重阳节"活动', "half_width", '"重阳节"', "“重阳节”"),
        ("（试行)", "half_width", "（试行)", "（试行）"),
        ("开展”重阳”活动", "turned", "”重阳”", "“重阳”"),
        ("开展“重阳“活动", "turned", "“重阳“", "“重阳”"),
        ("关于（“重阳）的通知", "unclosed", "“", None),
    ],
)
def test_a_defect(text: str, kind: str, piece: str, suggestion: str | None) -> None:
    assert found(text) == [(kind, piece, suggestion)]


def test_what_follows_an_open_quote_is_not_called_nested() -> None:
    assert found("开展“清风活动，推进“家教”“家风”建设") == [("unclosed", "“", None)]


def test_places_count_from_the_beginning_of_the_text() -> None:
    text = "第一段。\n  第二段（未完"
    (spot,) = quotes(text)
    assert text[spot.start :] == "（未完"


@given(st.text(alphabet="“”‘’\"（）()《》重阳。\n1", max_size=30))
def test_any_text(text: str) -> None:
    for spot in quotes(text):
        assert text[spot.start : spot.end] == spot.text


def bracketed(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(inner, max_size=2).map(lambda parts: f"（{''.join(parts)}）")


@given(st.recursive(st.just("重阳"), bracketed))
def test_balanced_brackets_are_regular(text: str) -> None:
    assert quotes(text) == ()
