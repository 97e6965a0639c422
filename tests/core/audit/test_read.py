"""Reports from files: Word with tables, text in any code, web pages, PDF; and files that are none."""

import time
from pathlib import Path

import pytest

from core.audit.read import read_report
from core.errors import UserError

LINE = "2023年支出101.09万元，其中基本支出93.98万元，项目支出7.11万元。"


def _docx(path: Path) -> Path:
    import docx

    document = docx.Document()
    document.add_paragraph("一、基本情况")
    table = document.add_table(rows=2, cols=3)
    for row, words in enumerate((("资金", "预算数", "执行数"), ("合计", "30", "27"))):
        for column, word in enumerate(words):
            table.cell(row, column).text = word
    inner = table.cell(1, 2).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "其中", "7"
    document.add_paragraph(LINE)
    document.save(str(path))
    return path


def test_word_with_tables_in_their_order(tmp_path: Path) -> None:
    lines = [line for line in read_report(_docx(tmp_path / "a.docx")).split("\n") if line]
    assert lines == ["一、基本情况", "资金 | 预算数 | 执行数", "合计 | 30 | 27", "其中 | 7", LINE]


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_in_any_code(tmp_path: Path, code: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(("一、基本情况\r\n" + LINE).encode(code))
    assert read_report(path) == "一、基本情况\n" + LINE


def test_web_page(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<!DOCTYPE html><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><html><head><title>题</title>"
        f"<script>1万元</script></head><body><p>{LINE}</p><table><tr><td>合计</td><td>30</td></tr></table>&e;</body>",
        encoding="utf-8",
    )
    lines = [line for line in read_report(path).split("\n") if line]
    assert LINE in lines and "合计 | 30" in lines and not any("root:" in line or line == "1万元" for line in lines)


def test_pdf_of_our_own(tmp_path: Path) -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path))
    canvas.setFont("STSong-Light", 12)
    canvas.drawString(72, 700, LINE)
    for place, words in ((72, "合计"), (200, "30"), (300, "27")):
        canvas.drawString(place, 600, words)
    canvas.save()
    text = read_report(path)
    assert "合计 | 30 | 27" in text and "93.98万元" in text


def _scan(path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path))
    canvas.rect(100, 100, 200, 200, fill=1)
    canvas.save()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.txt", b"", "空文件"),
        ("a.txt", b"  \n ", "空文件"),
        ("a.txt", bytes(range(256)) * 8, "不是文本文件"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "密码"),
        ("a.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "另存为 .docx"),
        ("a.docx", b"PK\x03\x04 no zip at all", "已损坏"),
        ("a.docx", "一些文字".encode(), "已损坏"),
        ("a.pdf", b"%PDF-1.7 broken", "已损坏"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UserError, match=words):
        read_report(path)


def test_scanned_missing_and_folder(tmp_path: Path) -> None:
    _scan(tmp_path / "scan.pdf")
    with pytest.raises(UserError, match="扫描件"):
        read_report(tmp_path / "scan.pdf")
    with pytest.raises(UserError, match="打不开"):
        read_report(tmp_path / "none.txt")
    with pytest.raises(UserError, match="文件夹"):
        read_report(tmp_path)


def test_damaged_word_file(tmp_path: Path) -> None:
    path = _docx(tmp_path / "a.docx")
    data = path.read_bytes()
    for cut in (len(data) // 2, len(data) - 40):
        path.write_bytes(data[:cut])
        with pytest.raises(UserError, match="已损坏"):
            read_report(path)
    path.write_bytes(data.replace(b"document", b"dacument"))
    with pytest.raises(UserError, match="已损坏"):
        read_report(path)


def test_a_deep_page_and_a_long_text_are_read_in_time(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html>" + "<div>" * 1500 + LINE + "</div>" * 1500, encoding="utf-8")
    start = time.perf_counter()
    assert read_report(path).strip()
    path = tmp_path / "b.txt"
    path.write_text(LINE * 60_000, encoding="utf-8")
    assert len(read_report(path)) == len(LINE) * 60_000
    assert time.perf_counter() - start < 5
