"""Amounts and codes read back what was written, however it was written."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.intake.values import read_amount, read_code
from core.money import show_yuan

FEN = st.integers(-(10**13), 10**13)


@given(FEN)
def test_an_amount_in_yuan_reads_back(fen: int) -> None:
    text = show_yuan(fen)
    brackets = f"（{show_yuan(-fen)}）" if fen < 0 else text
    wide = text.translate({ord("0") + digit: ord("０") + digit for digit in range(10)} | {ord(","): "，"})
    for written in (text, text.replace(",", ""), f"¥{text}", f"{text}元", brackets, wide, f" {text}\u00a0", fen / 100):
        if isinstance(written, float) and abs(fen) > 10**12:
            continue
        found = read_amount(written)
        assert (found.fen, found.doubt) == (fen, "")


@given(st.integers(-(10**9), 10**9))
def test_an_amount_in_wan_reads_back(hundredths: int) -> None:
    value = Decimal(hundredths) / 100
    assert read_amount(str(value), "万元").fen == hundredths * 10_000
    assert read_amount(float(value), "万元").fen == hundredths * 10_000
    assert read_amount(f"{value}万元").fen == hundredths * 10_000


@given(st.integers(1, 10**9), st.integers(1, 9))
def test_parts_of_a_fen_are_never_dropped_in_silence(fen: int, tenth: int) -> None:
    found = read_amount(f"{fen // 100}.{fen % 100:02d}{tenth}")
    assert found.doubt and found.rounded and abs(Decimal(found.fen or 0) - fen - Decimal(tenth) / 10) <= Decimal("0.5")


@given(st.text("0123456789", min_size=1, max_size=21))
def test_a_code_kept_as_text_keeps_every_digit(code: str) -> None:
    found, doubt = read_code(code, code)
    assert found == code
    assert not doubt or (len(code) > 15 and code.endswith("000000"))
