"""Columns of a terminal: wide characters count twice, lines break at the right places."""

from core.terminal import COLUMNS, line, pad, width, wrapped


def test_wide_characters_take_two_columns() -> None:
    assert width("差额a，") == 7
    assert pad("差额", 6) == "差额  "
    assert pad("差额", 2) == "差额"
    assert line(("差额", "元"), (6, 4)) == "差额    元"


def test_a_long_text_keeps_its_indent_and_every_character() -> None:
    text = "预算收入101.09万元，" * 20
    lines = list(wrapped("  说明：", text))
    assert len(lines) > 2
    assert all(width(one) <= COLUMNS + 2 for one in lines)
    assert all(one.startswith(" " * 8) for one in lines[1:])
    assert "".join(one[8 if place else 5 :] for place, one in enumerate(lines)) == text


def test_a_number_with_its_unit_stays_whole_and_no_line_begins_with_a_mark() -> None:
    for shift in range(60):
        lines = list(wrapped("", "数" * shift + "为101.09万元，" * 30))
        assert all(not one.startswith(("，", "。")) for one in lines)
        assert sum(one.count("101.09万元") for one in lines) == 30


def test_a_word_wider_than_the_terminal_does_not_hang() -> None:
    assert "".join(wrapped("", "a" * 500)) == "a" * 500
