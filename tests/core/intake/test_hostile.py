"""Files that are damaged, locked, foreign or built to do harm: a message that says what to do, fast and small."""

import io
import random
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import UserError
from core.intake.make import best_sheet
from core.intake.sheet import open_workbook, workbook_of
from tests.core.intake.biff_writer import compound, xls
from tests.core.intake.test_habits import ods
from tests.core.intake.ugly import HEAD, LINES, write

SECONDS, MEGABYTES = 2.0, 300


def opened(data: bytes, name: str = "支付.xlsx") -> None:
    book = workbook_of(data, name)
    for sheet in book.sheets:
        book.read(sheet.name)


def refused(data: bytes, word: str, name: str = "支付.xlsx") -> None:
    """Opening fails in words, in time and in little memory."""
    tracemalloc.start()
    begun = time.perf_counter()
    with pytest.raises(UserError, match=word):
        opened(data, name)
    spent, (_now, peak) = time.perf_counter() - begun, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert spent < SECONDS and peak < MEGABYTES << 20


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return write(tmp_path_factory.mktemp("good") / "a.xlsx", [HEAD, *LINES * 20]).read_bytes()


def changed(workbook: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            new.writestr(entry.filename, change(content) if entry.filename == part else content)
    return target.getvalue()


def test_zip_bomb(workbook: bytes) -> None:
    refused(changed(workbook, "xl/worksheets/sheet1.xml", lambda _x: b" " * (300 << 20)), "解压后过大")


def test_zip_bomb_that_lies_about_its_size(workbook: bytes) -> None:
    data = bytearray(changed(workbook, "xl/sharedStrings.xml", lambda x: x + b" " * (100 << 20)))
    real = struct.pack("<I", zipfile.ZipFile(io.BytesIO(bytes(data))).getinfo("xl/sharedStrings.xml").file_size)
    while (place := data.find(real)) >= 0:
        data[place : place + 4] = struct.pack("<I", 1000)
    refused(bytes(data), "损坏")


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"]
)
def test_billion_laughs(workbook: bytes, part: str) -> None:
    laughs = b'<!DOCTYPE l [<!ENTITY a "ha">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(10)
    )
    refused(changed(workbook, part, lambda x: x.replace(b"?>", b"?>" + laughs + b"]>", 1)), "实体")


def test_billion_laughs_in_excel_xml_and_a_page(workbook: bytes) -> None:
    head = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    refused(head + b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">&b;</Workbook>', "实体", "a.xls")
    refused(head + b"<html><table></table></html>", "没有表格", "a.xls")
    survives(b"<html>" + b"<table><tr><td>" * 3000 + b"x", "a.xls")


def test_a_cell_far_away_does_not_fill_the_memory(workbook: bytes) -> None:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    refused(changed(workbook, "xl/worksheets/sheet1.xml", lambda x: x.replace(b"</sheetData>", far)), "XFD1048576")
    odd = far.replace(b'r="XFD1048576"', b"r = 'XFD1048576'")
    refused(changed(workbook, "xl/worksheets/sheet1.xml", lambda x: x.replace(b"</sheetData>", odd)), "范围过大")
    styled = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    opened(changed(workbook, "xl/worksheets/sheet1.xml", lambda x: x.replace(b"</sheetData>", styled)))


def test_repeated_cells_of_an_open_document_do_not_fill_the_memory() -> None:
    data = ods([["a", "b"]])
    content = zipfile.ZipFile(io.BytesIO(data)).read("content.xml")
    again = b'<t:table-row t:number-rows-repeated="1048576"><t:table-cell t:number-columns-repeated="16384" o:'
    many = content.replace(b"<t:table-row><t:table-cell o:", again, 1)
    assert many != content
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        file.writestr("content.xml", many)
    refused(target.getvalue(), "范围过大", "a.ods")


def test_spans_of_a_page_do_not_fill_the_memory() -> None:
    cells = b'<td colspan="16000" rowspan="65000">x</td>' * 50
    refused(b"<html><table><tr>" + cells + b"</tr></table></html>", "范围过大", "a.xls")


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "空文件"),
        (b"\0" * 5000, "空文件"),
        (b"%PDF-1.7 something", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "图片"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "网页"),
        (bytes(range(256)) * 40, "不是能识别的表格"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "损坏"),
        (b"PK\x03\x04" + b"\0" * 600, "损坏"),
        (b"<?xml version='1.0'?><a/>", "不是表格"),
    ],
)
def test_what_is_no_table(data: bytes, word: str, tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(data)
    with pytest.raises(UserError, match=word):
        open_workbook(path)


def test_word_documents_and_locked_files() -> None:
    word = io.BytesIO()
    with zipfile.ZipFile(word, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/document.xml", "<w/>")
    refused(word.getvalue(), "Word", "a.xlsx")
    refused(compound("EncryptedPackage", b"x" * 5000), "密码", "a.xlsx")
    refused(compound("WordDocument", b"x" * 5000), "文字", "a.xls")
    refused(xls({"甲": [HEAD]}, password=True), "密码", "a.xls")


def test_missing_folders_and_too_large(tmp_path: Path) -> None:
    for path, word in ((tmp_path / "无.xlsx", "找不到"), (tmp_path, "文件夹")):
        with pytest.raises(UserError, match=word):
            open_workbook(path)
    large = tmp_path / "大.csv"
    with large.open("wb") as file:
        file.truncate(65 << 20)
    with pytest.raises(UserError, match="超过64MB"):
        open_workbook(large)


def damaged_copies(good: bytes, count: int, seed: int) -> list[bytes]:
    rng = random.Random(seed)
    copies = []
    for number in range(count):
        copy = bytearray(good)
        if number % 3 == 0:
            copy = copy[: rng.randrange(len(copy))]
        else:
            for _flip in range(rng.choice((1, 4, 30))):
                copy[rng.randrange(len(copy))] = rng.randrange(256)
        copies.append(bytes(copy))
    return copies


def survives(data: bytes, name: str) -> None:
    """Whatever is in the file: it is read, or refused in words; and a header is sought in what was read."""
    try:
        best_sheet(workbook_of(data, name))
    except UserError as error:
        assert str(error).startswith("“")


def test_fuzzed_files_of_every_kind(workbook: bytes) -> None:
    lines = [[str(cell) for cell in row] for row in (HEAD, *LINES)]
    page = "<table>" + "".join("<tr>" + "".join(f"<td>{cell}" for cell in line) for line in lines) + "</table>"
    good = {
        "a.xls": xls({"支付": [HEAD, *LINES * 30], "乙": [["x", 1, 2.5]]}, [(0, 0, 0, 3)], [4]),
        "a.xlsx": workbook,
        "a.ods": ods(lines),
        "a.csv": "\n".join(",".join(line) for line in lines).encode("gb18030"),
        "b.xls": page.encode("gb18030"),
    }
    for seed, (name, data) in enumerate(good.items()):
        for copy in damaged_copies(data, 120, seed):
            survives(copy, name)


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"]
)
def test_fuzzed_parts_inside_a_sound_container(workbook: bytes, part: str) -> None:
    content = zipfile.ZipFile(io.BytesIO(workbook)).read(part)
    for copy in damaged_copies(content, 60, len(part)):
        survives(changed(workbook, part, lambda _x, copy=copy: copy), "a.xlsx")  # type: ignore[misc]


def test_a_binary_workbook_is_not_read() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        file.writestr("xl/workbook.bin", b"x" * 4000)
    refused(target.getvalue(), "xlsb", "a.xlsb")


def test_a_locked_open_document() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        file.writestr("content.xml", random.Random(1).randbytes(4000))
    refused(target.getvalue(), "密码", "a.ods")
