"""Blocks on their way to other programs."""

import csv
import io
from decimal import Decimal

from core.copying import Block
from core.pasting import read_block

ROWS = (("0301", "=1+1", Decimal("20700.00")), ("制表\n两行", "他说“好”", Decimal("-0.5")))


def test_text_has_plain_numbers_and_no_formulas():
    assert Block(ROWS, ("编号", "摘要", "金额")).text() == (
        '编号\t摘要\t金额\n0301\t\'=1+1\t20700.00\n"制表\n两行"\t他说“好”\t-0.5'
    )


def test_text_reads_back_as_it_was():
    rows = list(csv.reader(io.StringIO(Block(ROWS).text()), delimiter="\t"))
    assert rows[1] == ["制表\n两行", "他说“好”", "-0.5"]
    sheet = read_block(Block(ROWS).text())
    assert [sheet.cell(0, place) for place in range(3)] == ["0301", "=1+1", "20700.00"]


def test_html_keeps_text_text_and_numbers_numbers():
    html = Block((("0301", "=1+1", "<b>", Decimal("20700.00")), ("", "", "", Decimal("2.070001"))), ("编\n号",)).html()
    assert "<th>编<br>号</th>" in html
    assert "<td style=\"mso-number-format:'\\@'\">0301</td>" in html
    assert "'=1+1</td>" in html and "&lt;b&gt;" in html
    assert r"'\#\,\#\#0\.00'" in html and ">20700.00</td>" in html
    assert r"'\#\,\#\#0\.000000'" in html and ">2.070001</td>" in html
