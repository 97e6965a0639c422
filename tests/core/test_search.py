"""Finding a record by a few words, an amount or a number."""

import pytest

from core.sample import sample_book
from core.search import search


def titles(text: str, year: int = 2023) -> list[str]:
    return [hit.title for hit in search(sample_book(), year, text)]


def test_projects_are_found_by_a_part_of_their_name() -> None:
    assert titles("业务性")[0] == "业务性专项经费"
    assert "第五次换届大会费用" in titles("换届")


def test_every_word_must_be_there_in_any_width_and_case() -> None:
    hits = search(sample_book(), 2023, "公务接待 ０８")
    assert hits and all("公务接待" in hit.title and "-08-" in hit.detail for hit in hits if hit.kind == "支出")
    assert titles("公务接待 没有的词") == []


@pytest.mark.parametrize("text", ["9300", "9,300.00", "0.93", "0.93万元", "9300元"])
def test_an_amount_is_found_in_yuan_and_in_wan(text: str) -> None:
    hits = search(sample_book(), 2023, text)
    assert any(hit.title == "财政收回 9,300.00元" and hit.about.kind == "event" for hit in hits)


def test_vouchers_documents_and_indicators_are_found() -> None:
    assert search(sample_book(), 2023, "03-001")[0].about.kind == "payment"
    assert any(hit.kind == "预算变动" for hit in search(sample_book(), 2023, "示例〔2023〕1号"))
    assert any(hit.kind == "指标" for hit in search(sample_book(), 2023, "宣讲活动场次"))
    assert any(hit.kind == "报告文字" for hit in search(sample_book(), 2023, "招聘"))


def test_the_year_on_show_comes_first_and_nothing_finds_nothing() -> None:
    assert search(sample_book(), 2022, "业务性专项经费")[0].year == 2022
    assert {hit.year for hit in search(sample_book(), 2022, "业务性专项经费")} == {2022, 2023, 2024}
    assert search(sample_book(), 2022, "  ") == []
    assert len(search(sample_book(), 2023, "1", most=5)) == 5
