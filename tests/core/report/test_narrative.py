"""The narrative: numbering, sentences, and where every word stands in its section's shown text."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import commands
from core.book import Book
from core.outline import PURPOSE, SENTENCE, STORY, outline, part, render, shown_text
from core.report.model import Heading, Paragraph
from core.report.narrative import lines, narrative
from core.sample import SHOWN_YEAR, sample_book
from core.writing import write_section
from tests.core.report.ledger_2023 import YEAR, build

BOOK = build()


def texts(book: Book, year: int = YEAR) -> list[str]:
    return ["".join(run.text for run in b.runs) for b in narrative(book, year) if isinstance(b, Heading | Paragraph)]


def written(book: Book, key: str, text: str, about: int = 0) -> Book:
    return book.apply(write_section(book, YEAR, key, about, text))


def project(name: str) -> int:
    return next(row.project for row in BOOK.project_years(YEAR) if row.name == name)


@pytest.mark.parametrize(("make", "year"), [(build, YEAR), (sample_book, SHOWN_YEAR)])
def test_every_word_stands_where_it_says_in_the_shown_text(make: Callable[[], Book], year: int) -> None:
    book = make()
    count = 0
    for block in narrative(book, year):
        if not isinstance(block, Paragraph) or block.anchor is None:
            continue
        place = part(book, year, block.anchor.field, block.anchor.id)
        assert place is not None
        shown = shown_text(book, year, place).text
        for run in block.runs:
            if run.start >= 0:
                assert shown[run.start : run.start + len(run.text)] == run.text
                count += 1
    assert count > 50


@given(st.lists(st.sampled_from(["{unit.支出}", "\n", " ", "\u3000", "支出", "万元。", "{unit.无此项}"])).map("".join))
def test_lines_keep_all_words_and_their_places(raw: str) -> None:
    prose = render(BOOK, YEAR, raw)
    found = lines(prose)
    assert ["".join(run.text for run in line) for line in found] == [
        line.strip() for line in prose.text.split("\n") if line.strip()
    ]
    for line in found:
        for run in line:
            assert prose.text[run.start : run.start + len(run.text)] == run.text


def test_all_sections_are_printed_in_the_order_of_the_outline() -> None:
    blocks = [b for b in narrative(BOOK, YEAR) if isinstance(b, Heading) and b.level < 3]
    headings = ["".join(r.text for r in b.runs) for b in blocks]
    titles = [one.title for one in outline(BOOK, YEAR) if one.mode in ("heading", "text")]
    assert headings == ["示范区妇女联合会\n2023年度部门整体支出绩效自评报告", *titles]


def test_projects_and_sub_projects_are_numbered() -> None:
    found = texts(BOOK)
    sentences = [text for text in found if "年初预算金额" in text]
    assert [text[:2] for text in sentences] == ["1.", "2.", "3."]
    assert all(text.endswith("。项目实施及绩效情况如下：") for text in sentences)
    assert [text for text in found if text.startswith("（")][2:] == [
        "（1）业务性专项经费项目",
        "（2）财务代理管理服务项目",  # not 项目项目
        "（1）“三八”国际妇女节系列活动项目",
        "（2）2022年“三八”活动项目",
        "（3）家庭教育周活动项目",
    ]


def test_double_quotes_in_a_name_become_single_ones_within_the_sentence() -> None:
    assert any(text.startswith("3.项目“‘三八’国际妇女节、家庭教育周系列活动”年初") for text in texts(BOOK))


def test_purpose_follows_what_was_spent_and_ends_with_a_full_stop() -> None:
    assert "项目支出0.21万元，主要用于支付财务代理管理服务费。" in texts(BOOK)
    assert "项目支出0.62万元，主要用于家庭教育讲座40余场的场地和资料费用。" in texts(BOOK)


@pytest.mark.parametrize("purpose", ["  宣传\n和培训 ", "", "支付{unit.支出}万元，含支付{unit.支出}万元"])
def test_words_of_a_purpose_keep_their_places_however_it_is_written(purpose: str) -> None:
    child = project("财务代理管理服务项目")
    book = written(BOOK, PURPOSE, purpose, child)
    place = part(book, YEAR, PURPOSE, child)
    assert place is not None
    shown = shown_text(book, YEAR, place).text
    printed = [
        run
        for block in narrative(book, YEAR)
        if isinstance(block, Paragraph) and block.anchor and (block.anchor.field, block.anchor.id) == (PURPOSE, child)
        for run in block.runs
        if run.start >= 0
    ]
    assert "".join(run.text for run in printed) == "".join(shown.split())
    assert all(shown[run.start : run.start + len(run.text)] == run.text for run in printed)


def test_an_officers_own_sentence_that_ends_as_ours_is_not_closed_twice() -> None:
    congress = project("第五次换届大会费用")
    book = written(BOOK, SENTENCE, "项目未实施。项目实施及绩效情况如下：", congress)
    assert "2.项目未实施。项目实施及绩效情况如下：" in texts(book)


def test_an_empty_section_prints_its_heading_alone_and_never_the_hint() -> None:
    congress = project("第五次换届大会费用")
    book = written(written(BOOK, "problems", ""), STORY, "", congress)
    found = texts(book)
    at = found.index("四、绩效管理存在的问题及下一步改进措施")
    assert found[at + 1] == "五、其他需要说明的情况"
    assert not any("先写存在的问题" in text or "写明项目实施情况" in text for text in found)


def test_a_year_without_projects_and_texts_still_prints() -> None:
    book = BOOK.apply(commands.open_year(BOOK, 2024, "", BOOK.years()[0].template))
    assert texts(book, 2024)[0] == "示范区妇女联合会\n2024年度部门整体支出绩效自评报告"
