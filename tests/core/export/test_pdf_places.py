"""Where words and figures stand: what a window highlights and what a click means."""

import pytest

from core.outline import part, shown_text
from core.report.model import About, Ref
from core.report.submission import submission
from tests.core.export.pages import Printed
from tests.core.report.ledger_2023 import YEAR, build

BOOK = build()


@pytest.fixture(scope="module")
def report() -> Printed:
    return Printed(submission(BOOK, YEAR))


def about(key: str, words: str, project: int = 0) -> About:
    place = part(BOOK, YEAR, key, project)
    assert place is not None
    start = shown_text(BOOK, YEAR, place).text.index(words)
    return About("section", project, key, start, start + len(words))


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("income", "其他资金来源15.16万元"),
        ("overall", "募集善款8.77万元"),
        ("overall", "“春风行动”"),
        ("problems", "绩效指标的量化程度不够。"),
    ],
)
def test_words_of_a_section_are_found_on_paper(report: Printed, key: str, words: str) -> None:
    boxes = report.info.words(about(key, words))
    assert "".join("".join(report.inside(box).split()) for box in boxes) == words


def test_words_over_two_lines_have_two_boxes(report: Printed) -> None:
    words = "一是依托68个妇女儿童之家开展宣讲30余场，覆盖妇女群众3000余人次。"
    boxes = report.info.words(about("overall", words))
    assert len(boxes) >= 2


def test_a_section_without_words_is_where_it_begins(report: Printed) -> None:
    (box,) = report.info.words(About("section", 0, "income"))
    assert report.inside(box) == "二、预算收支情况（按单位预算口径）"
    assert report.info.words(About("section", 0, "没有")) == []


def test_a_click_on_a_figure_finds_it(report: Printed) -> None:
    ref = Ref(YEAR, 0, "调整追加")
    (box,) = report.info.figure(ref)
    found = report.info.at(box.page, (box.left + box.right) / 2, (box.top + box.bottom) / 2)
    assert found is not None and found.ref == ref and found.text == "31.14"
    assert found.anchor == About("section", 0, "income")


def test_a_click_on_words_finds_their_section_and_offset(report: Printed) -> None:
    wanted = about("overall", "募")
    (box,) = report.info.words(wanted)
    found = report.info.at(box.page, (box.left + box.right) / 2, (box.top + box.bottom) / 2)
    assert found is not None and found.ref is None and found.anchor == wanted


def test_a_click_on_a_row_finds_the_project(report: Printed) -> None:
    project = BOOK.projects(YEAR)[0].project
    (box,) = report.info.words(About("project", project))
    found = report.info.at(box.page, box.left + 1, box.top + 1)
    assert found is not None and found.anchor == About("project", project)


def test_a_click_beside_the_text_finds_nothing(report: Printed) -> None:
    assert report.info.at(1, 5, 5) is None
    assert report.info.at(99, 300, 300) is None
