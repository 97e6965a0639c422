"""Which findings stand beside which text of the report, and which figures they doubt."""

from datetime import date

import pytest

from core import commands
from core.check import About
from core.figures import Ref
from core.ledger import checker
from core.outline import PURPOSE, SENTENCE, STORY, outline
from core.report_findings import doubted, map_of
from core.review import Item, review
from core.sample import SHOWN_YEAR, sample_book

YEAR = SHOWN_YEAR


@pytest.fixture(scope="module")
def open_items() -> tuple[Item, ...]:
    book = sample_book()
    return review(book, checker().check(book, [YEAR]), YEAR, date(2024, 1, 20)).open


def the_map():
    return map_of(YEAR, outline(sample_book(), YEAR))


def project_named(words: str) -> int:
    return next(row.project for row in sample_book().project_years(YEAR) if words in row.name)


def test_a_section_is_its_own_place_headings_too() -> None:
    places = the_map()
    assert places.place_of(About("section", 0, "overall", 3, 5)) == ("overall", 0)
    assert places.place_of(About("section", 0, "performance")) == ("performance", 0)
    story = project_named("业务性")
    assert places.place_of(About("section", story, STORY)) == (STORY, story)
    assert places.place_of(About("section", 0, "gone")) is None
    assert places.place_of(About("section", 99_999, STORY)) is None


def test_a_figure_is_met_in_the_text_that_prints_it() -> None:
    places = the_map()
    project = project_named("业务性")
    assert places.place_of(About("stated", 0, "结余结转")) == ("income", 0)
    assert places.place_of(About("project", project, "追加减")) == (SENTENCE, project)
    assert places.place_of(About("stated", 0, "人员经费")) is None


def test_a_project_is_met_in_its_sentence_a_sub_project_in_its_purpose() -> None:
    places = the_map()
    project, child = project_named("业务性"), project_named("财务代理")
    assert places.place_of(About("project", project, "execution_reason")) == (SENTENCE, project)
    assert places.place_of(About("project", child, "spent")) == (PURPOSE, child)


def test_entries_and_people_have_no_place_in_the_report() -> None:
    for kind in ("event", "payment", "staff", "year"):
        assert the_map().place_of(About(kind, 1, "amount")) is None


def test_every_loud_finding_of_the_sample_stands_somewhere(open_items) -> None:
    found = the_map().by_place(open_items)
    shown = [item.finding for group in found.values() for item in group]
    loud = [item.finding for item in open_items if item.finding.severity in ("error", "warning")]
    assert loud
    assert all(finding in shown for finding in loud)
    assert {item.rule.id for item in found[("overall", 0)]} == {"C-042"}


def test_the_suspect_that_differs_from_the_ledger_is_doubted_and_not_the_total(open_items) -> None:
    unbalanced = next(item.finding for item in open_items if item.rule.id == "C-001")
    assert doubted(sample_book(), unbalanced) == (Ref(YEAR, 0, "调整追加"),)


def test_without_such_a_suspect_all_suspects_are_doubted(open_items) -> None:
    book = sample_book()
    unbalanced = next(item.finding for item in open_items if item.rule.id == "C-001")
    agreeing = book.apply(commands.unstate(book, YEAR, "调整追加"))
    assert doubted(agreeing, unbalanced) == (Ref(YEAR, 0, "调整追加"), Ref(YEAR, 0, "年初预算"))


def test_a_finding_without_suspects_doubts_its_own_figure_and_one_about_words_none(open_items) -> None:
    by_rule = {item.rule.id: item.finding for item in open_items}
    assert doubted(sample_book(), by_rule["C-005"]) == (Ref(YEAR, 0, "结余结转"),)
    assert doubted(sample_book(), by_rule["C-042"]) == ()
