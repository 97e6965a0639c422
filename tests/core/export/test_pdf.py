"""The PDF measured as it lies on the page: margins, lines, numbers, tables, fonts, and every figure in its place."""

import re
import sys
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest

from core.book import Book
from core.export.pdf import page_numbers, write_pdf
from core.export.pdf_page import LEADING, PITCH
from core.report.model import (
    Align,
    Cell,
    Column,
    Contents,
    Cover,
    Document,
    Field,
    Heading,
    Kind,
    PageBreak,
    Paragraph,
    Role,
    Row,
    Run,
    SignatureBlock,
    Style,
    Table,
)
from core.report.submission import submission
from core.report.working import working_paper
from core.sample import SHOWN_YEAR, sample_book
from tests.core.export.pages import META, MM, Printed
from tests.core.report.ledger_2023 import YEAR, build
from tests.core.report.test_working import NOTHING, STATE
from tests.golden import assert_golden

WORDS = "预算单位应当按照批准的用途和标准使用资金，不得虚列支出；"


def paragraph(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def cell(text: str, role: Role = Role.BODY) -> Cell:
    return Cell((Run(text),), role)


def table(rows: list[str], notes: str = "") -> Table:
    columns = (Column(1), Column(1, Align.RIGHT))
    top = (Row((cell("项目", Role.HEADER), cell("金额", Role.HEADER))),)
    return Table(columns, top, tuple(Row((cell(text), cell("1.00"))) for text in rows), left_note=notes)


@pytest.fixture(scope="module")
def report() -> Printed:
    return Printed(submission(build(), YEAR))


@pytest.fixture(scope="module")
def pages() -> Printed:
    """Nothing but text, over several pages."""
    return Printed.of(paragraph(WORDS * 60))


@pytest.mark.skipif(sys.platform == "win32", reason="the fonts of Windows break lines elsewhere")
def test_golden(report: Printed, update_golden: bool) -> None:
    text = "".join(f"=== {n + 1}\n{report.text(n)}\n" for n in range(report.info.pages))
    assert_golden(text, Path(__file__).parent / "golden" / "submission.txt", update_golden)


@pytest.mark.parametrize("make", [build, sample_book])
@pytest.mark.parametrize("kind", list(Kind))
def test_every_figure_is_read_back_where_it_is_said_to_be(make: Callable[[], Book], kind: Kind) -> None:
    book = make()
    document = submission(book, YEAR) if kind is Kind.SUBMISSION else working_paper(book, YEAR, NOTHING, STATE)
    printed = Printed(document)
    places = [place for place in printed.info.places if place.ref is not None]
    assert [(place.ref, place.text) for place in places] == [(one.ref, one.text) for one in document.figures()]
    for place in places:
        assert printed.inside(place.box) == place.text


def test_all_words_are_printed_and_searchable(report: Printed) -> None:
    found = report.texts()
    for block in report.document.blocks:
        if isinstance(block, Heading | Paragraph):
            words = "".join("".join(run.text for run in block.runs).split())
            assert words in re.sub("—[0-9]+—", "", found)


def test_margins_and_grid(pages: Printed) -> None:
    assert [round(size) for size in pages.info.sizes[0]] == [595, 842]
    full = pages.lines(1)[:-1]  # without the page number
    assert len(full) == 22
    baselines = [line[0].baseline for line in full]
    assert baselines == pytest.approx([baselines[0] + n * LEADING for n in range(22)], abs=0.1)
    middle = baselines[0] - 0.38 * 16  # of the characters: the em box is 0.88 high and 0.12 deep
    assert middle == pytest.approx(37 * MM + LEADING / 2, abs=0.1)
    assert baselines[-1] + 0.12 * 16 <= (297 - 35) * MM
    assert min(line[0].x for line in full) == pytest.approx(28 * MM, abs=0.5)
    assert max(one.right for line in full for one in line) == pytest.approx((210 - 26) * MM, abs=0.5)


def test_twenty_eight_characters_a_line() -> None:
    lines = Printed.of(paragraph("预" * 280)).lines(0)
    assert [len(line) for line in lines[:3]] == [26, 28, 28]
    assert lines[0][0].x == pytest.approx(28 * MM + 2 * PITCH, abs=0.5)


def test_page_numbers_stand_outside_and_not_on_cover_and_contents(report: Printed) -> None:
    assert "—" not in report.text(0) + report.text(1)
    upright = [page for page, (width, height) in enumerate(report.info.sizes) if page > 1 and width < height]
    assert len(upright) > 4
    for page in upright:
        number = report.lines(page)[-1]
        assert "".join(one.text for one in number) == f"—{page - 1}—"
        assert number[0].baseline - 0.38 * 14 == pytest.approx((297 - 35 + 7) * MM, abs=0.1)  # the middle of the dash
        if (page - 1) % 2:
            assert number[-1].right == pytest.approx((210 - 26) * MM - 14, abs=2)
        else:
            assert number[0].left == pytest.approx(28 * MM + 14, abs=2)


def test_the_number_of_a_landscape_page_stands_as_if_the_sheet_were_upright() -> None:
    printed = Printed.of(PageBreak(True), table(["甲"]), PageBreak(True), table(["乙"]))
    odd, even = ([one for one in printed.characters(page) if one.right < 35 * MM] for page in (0, 1))
    for number, text in ((odd, "—1—"), (even, "—2—")):
        assert "".join(one.text for one in number) == text
        # Turned to the right: what is the baseline of an upright page is the left end of a character here.
        assert [one.x for one in number] == pytest.approx([(35 - 7) * MM - 0.38 * 14] * 3, abs=0.1)
    assert max(one.bottom for one in odd) == pytest.approx((210 - 26) * MM - 14, abs=2)
    assert min(one.top for one in even) == pytest.approx(28 * MM + 14, abs=2)


def test_numbers_may_stand_in_the_middle() -> None:
    printed = Printed(Document("试印", Kind.WORKING, META, (paragraph(WORDS),), centred_numbers=True))
    number = printed.lines(0)[-1]
    assert (number[0].left + number[-1].right) / 2 == pytest.approx((28 + 156 / 2) * MM, abs=1)


def test_a_long_name_goes_on_below_itself_on_the_cover() -> None:
    name = "示范市示范区人民政府某某街道办事处社会事务综合服务中心"
    printed = Printed.of(Cover(("2023年度", "报告"), (Field("部门（单位）名称（公章）", name), Field("联系电话"))))
    assert name in "".join(printed.text(0).split())
    assert max(one.right for one in printed.characters(0)) <= (210 - 26) * MM


def test_every_style_has_its_font(report: Printed) -> None:
    fonts = set(re.findall(rb"/BaseFont /[A-Z]{6}\+(\S+)", report.bytes))
    assert {b"UBLSong-Bold", b"UBLHei-Bold", b"UBLKai-Regular", b"UBLFangSong-Regular", b"UBLSong-Regular"} <= fonts
    assert b"Helvetica" not in report.bytes, "every font is embedded"


def test_a_rare_name_is_printed_and_its_font_read_only_then() -> None:
    plain = Printed.of(paragraph("王明"))
    rare = Printed.of(paragraph("喆、龘、𬭚"), table(["翀㛃"]))
    assert b"UBLRare" in rare.bytes and b"UBLRare" not in plain.bytes
    assert "喆、龘、𬭚" in rare.text(0) and "翀㛃" in rare.text(0)


def test_what_no_font_has_is_printed_as_a_mark_and_never_as_a_box() -> None:
    found = Printed.of(paragraph("甲\U0001f600乙\u200b丙\u00a0丁")).texts()
    assert found.startswith("甲〓乙丙丁")


def test_a_heading_does_not_stand_alone_at_the_end_of_a_page() -> None:
    heading = Heading(1, (Run("四、存在的问题"),))
    printed = Printed.of(*[paragraph("行")] * 21, heading, paragraph("正文"))
    assert "四、存在的问题" in printed.text(1) and "正文" in printed.text(1)
    wide = Printed.of(*[paragraph("行")] * 19, heading, Heading(2, (Run("（一）明细"),)), table(["甲"]))
    assert "四、存在的问题" in wide.text(1)


def test_header_rows_repeat_and_rows_stay_whole() -> None:
    names = [f"第{n}项" + "名称很长的项目" * (n % 5) for n in range(1, 80)]
    printed = Printed.of(table(names))
    assert printed.info.pages > 3
    for page in range(printed.info.pages):
        assert printed.text(page).startswith("项目 金额")
    for name in names:
        assert any(name in "".join(printed.text(page).split()) for page in range(printed.info.pages))


def test_a_row_taller_than_a_page_is_parted_rather_than_lost() -> None:
    text = "".join(f"第{n}句。" for n in range(700))
    printed = Printed.of(table(["甲", text, "乙"]))
    found = "".join(printed.texts().replace("项目金额", "").split())
    assert all(f"第{n}句" in re.sub("—[0-9]+—|1.00", "", found) for n in range(700))
    assert "乙" in found


def test_a_row_that_names_a_group_stays_with_the_next() -> None:
    group = Row((Cell((Run("业务性专项经费"),), Role.HEADER, Align.LEFT, 2),))
    for before in range(20, 34):
        plain = table([f"第{n}行" for n in range(before)])
        rows = (*plain.rows, group, Row((cell("之后"), cell("2.00"))))
        printed = Printed.of(Table(plain.columns, plain.head, rows))
        page = next(n for n in range(printed.info.pages) if "业务性专项经费" in printed.text(n))
        assert "之后" in printed.text(page)


def test_a_heading_goes_with_the_first_rows_of_its_table() -> None:
    group = Row((Cell((Run("业务性专项经费"),), Role.HEADER, Align.LEFT, 2),))
    plain = table(["之后"])
    whole = Table(plain.columns, plain.head, (group, *plain.rows))
    for before in range(15, 22):
        printed = Printed.of(*[paragraph("行")] * before, Heading(1, (Run("五、来源"),)), whole)
        page = next(n for n in range(printed.info.pages) if "五、来源" in printed.text(n))
        assert "之后" in printed.text(page)


def test_the_contents_say_on_which_page_everything_begins(report: Printed) -> None:
    listed = report.document.listed()
    printed = ["".join(line.split()) for line in report.text(1).splitlines() if line.strip()][1:]
    assert len(listed) == 11 and {one.level for one in listed} == {1, 2}
    for one, line in zip(listed, printed, strict=True):
        words = "".join(one.text.split())
        assert line.startswith(words)
        page = int(line.removeprefix(words)) + 1  # cover and contents come before page 1
        begins = "附件" + words[2] if words.startswith("附件") else words
        assert begins in "".join(report.text(page).split())
    links = [mark for mark in report.pdf.get_toc() if mark.get_dest()]
    assert len(links) >= len(listed)


def test_long_contents_go_on_to_another_page() -> None:
    headings = [Heading(1, (Run(f"{n}、" + "很长的标题" * (1 + n % 8)),)) for n in range(40)]
    printed = Printed.of(Contents("目录"), PageBreak(), *headings)
    text = "".join(printed.text(page) for page in range(3))
    assert printed.info.pages > 4 and "39、" in text
    assert page_numbers(printed.document)[41] == printed.info.pages - len({0, 1, 2})


def test_the_list_of_annexes_and_the_signatures_stay_together_with_a_line_of_the_text() -> None:
    signatures = next(b for b in submission(build(), YEAR).blocks if isinstance(b, SignatureBlock))
    listed = [Paragraph((Run(f"{n}.附件"),), Style.LIST) for n in range(4)]
    for before in range(8, 22):
        ending = (paragraph("末段" * 30), Paragraph(()), *listed, signatures)
        printed = Printed.of(*[paragraph("行")] * before, *ending)
        page = next(n for n in range(printed.info.pages) if "（单位盖章）" in printed.text(n))
        assert all(f"{n}.附件" in printed.text(page) for n in range(4))
        assert "末段" in printed.text(page)
    short = Printed.of(*[paragraph("行")] * 14, Heading(1, (Run("五、其他"),)), paragraph("无。"), *listed, signatures)
    assert "五、其他" in short.text(1) and "行" not in short.text(1)


def test_totals_stay_with_the_row_above_them() -> None:
    plain = table([f"行{n}" for n in range(40)])
    total = Row((cell("合计", Role.TOTAL), cell("40.00", Role.TOTAL)))
    for rows in range(15, 40):
        printed = Printed.of(Table(plain.columns, plain.head, (*plain.rows[:rows], total, total)))
        last = printed.text(printed.info.pages - 1)
        assert f"行{rows - 1}" in last and last.count("合计") == 2


def test_nothing_is_printed_in_the_room_of_the_seal(report: Printed) -> None:
    page = next(n for n in range(report.info.pages) if "（单位盖章）" in report.text(n))
    found = report.characters(page)
    right = (210 - 26) * MM
    middle = next(one.baseline for one in found if one.text == "盖")
    room = [one for one in found if one.x > right - 40 * MM and abs(one.baseline - middle) < 15 * MM]
    assert "".join(one.text for one in room) == "（单位盖章）"


def test_title_author_and_bookmarks(report: Printed) -> None:
    about = report.pdf.get_metadata_dict()
    assert (about["Title"], about["Author"]) == ("2023年度部门整体支出绩效自评报告", "示范区妇女联合会")
    marks = [(mark.level, mark.get_title()) for mark in report.pdf.get_toc()]
    assert marks[0] == (0, "示范区妇女联合会2023年度部门整体支出绩效自评报告")
    assert (1, "二、预算收支情况（按单位预算口径）") in marks
    assert (2, "（二）项目支出绩效情况") in marks
    assert (3, "第五次换届大会费用") in marks
    assert marks[-1] == (0, "附件4\u3000项目支出执行情况表")
    forms = marks[marks.index((0, "附件3\u3000项目支出绩效自评表")) + 1 : -1]
    assert [title for level, title in forms if level == 1][:2] == ["业务性专项经费", "第五次换届大会费用"]


def test_the_same_document_gives_the_same_bytes_and_a_date_only_when_told(report: Printed) -> None:
    again = BytesIO()
    write_pdf(report.document, again)
    assert again.getvalue() == report.bytes
    dated = BytesIO()
    write_pdf(report.document, dated, datetime(2024, 4, 30, 9, 15))
    assert b"D:20240430091500" in dated.getvalue() and b"D:20240430" not in report.bytes


def test_a_place_that_cannot_be_written_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        write_pdf(Document("试印", Kind.SUBMISSION, META, (paragraph("甲"),)), tmp_path / "没有" / "甲.pdf")


def test_an_empty_document_is_one_empty_page() -> None:
    assert Printed.of().info.pages == 1


def test_a_ref_of_the_sample_is_found_on_its_page() -> None:
    printed = Printed(submission(sample_book(), SHOWN_YEAR))
    pages = {place.box.page for place in printed.info.places if place.ref and place.ref.item == "调整追加"}
    assert pages == {2}  # behind cover and contents
