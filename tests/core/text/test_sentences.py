"""Paragraphs and sentences."""

from hypothesis import given
from hypothesis import strategies as st

from core.text.sentences import paragraphs, sentences


def texts(text: str) -> list[str]:
    return [sentence.text for sentence in sentences(text)]


def test_paragraphs_without_blank_lines() -> None:
    text = "\u3000\u3000一、基本情况 \r\n\n  \n无。"
    assert [(span.start, span.text) for span in paragraphs(text)] == [(2, "一、基本情况"), (text.index("无"), "无。")]


def test_sentences_end_at_their_marks() -> None:
    assert texts("支出平稳。是否超支？没有；继续执行！\n下一段") == [
        "支出平稳。",
        "是否超支？",
        "没有；",
        "继续执行！",
        "下一段",
    ]


def test_a_mark_inside_quotes_or_brackets_ends_nothing() -> None:
    assert texts("以“学法。用法”为题（见附件；略）开展宣讲。完") == ["以“学法。用法”为题（见附件；略）开展宣讲。", "完"]


def test_a_closing_quote_belongs_to_its_sentence() -> None:
    assert texts("请写“没有。”随后签字。") == ["请写“没有。”", "随后签字。"]


def test_an_open_quote_swallows_nothing() -> None:
    assert texts("开展“清风活动。收效明显。") == ["开展“清风活动。", "收效明显。"]


@given(st.text(alphabet="支出。；！“”（）《》\n a", max_size=60))
def test_nothing_is_lost(text: str) -> None:
    spans = sentences(text)
    assert all(text[span.start : span.end] == span.text for span in spans)
    assert "".join("".join(span.text for span in spans).split()) == "".join(text.split())
