"""Cover and foot of the forms: who signs, when it was filed and disclosed."""

from datetime import date

import pytest

from core import commands
from core.book import Book
from core.facts import set_fact
from core.policy import default_policy_text
from core.questions import answer
from core.rules.cover import disclosed
from tests.builders import WAN, YEAR, do, project, with_year
from tests.findings import found, says

FILLED = {"head": "〔示例〕负责人", "preparer": "〔示例〕填报人", "phone": "0000-0000000", "filled_on": "2024-04-30"}


def signed(**names: str) -> Book:
    return do(with_year(), commands.set_names, YEAR, **{**FILLED, **names})


def answering(book: Book, choice: str, note: str = "") -> Book:
    place = "cover:0:disclosed_on"
    return do(book, answer, disclosed, YEAR, place, choice, note, date(2024, 11, 23))


def test_c079_fires_once_for_all_that_is_blank() -> None:
    (finding,) = found(with_year(), "C-079")
    assert finding.severity == "error" and finding.about.kind == "cover"
    assert "没有填写单位负责人、填报人、联系电话、填报日期" in says(finding)
    (finding,) = found(signed(preparer=" ×××", head="　"), "C-079")
    assert "没有填写单位负责人、填报人。" in says(finding) and finding.about.field == "head"


@pytest.mark.parametrize("phone", ["12345", "办公室", "见封面0731-2345678", "abc-1234567"])
def test_c079_fires_on_what_is_no_telephone(phone: str) -> None:
    (finding,) = found(signed(phone=phone), "C-079")
    assert finding.about.field == "phone" and phone in says(finding)


@pytest.mark.parametrize(
    "phone",
    [
        "0000-0000000",
        "（0731）2345678",
        "13800000000",
        "0731—2345678转801",
        "0731-2345678、0731-2345679",
        "0000-0000000〔示例〕",
    ],
)
def test_c079_silent_where_everything_is_filled(phone: str) -> None:
    assert not found(signed(phone=phone), "C-079")


def test_c079_fires_one_hint_where_the_basic_data_form_is_not_used() -> None:
    book, _where = project(signed(), "活动经费")
    (finding,) = found(book, "C-079")
    assert finding.severity == "info" and finding.about.kind == "fact"


def test_c079_silent_once_the_basic_data_form_is_begun() -> None:
    book, _where = project(signed(), "活动经费")
    assert not found(do(book, set_fact, YEAR, "公务接待", budget=WAN), "C-079")


@pytest.mark.parametrize(("day", "words"), [("2023-12-30", "早于年度终了"), ("2024-07-01", "晚于报送期限2024-06-30")])
def test_c080_fires(day: str, words: str) -> None:
    (finding,) = found(signed(filled_on=day), "C-080")
    assert finding.severity == "warning" and words in says(finding)


@pytest.mark.parametrize("day", ["2023-12-31", "2024-06-30", ""])
def test_c080_silent(day: str) -> None:
    assert not found(signed(filled_on=day), "C-080")


def test_c080_silent_within_the_limit_of_the_policy() -> None:
    text = default_policy_text().replace('filing_limit = "06-30"', 'filing_limit = "09-15"')
    book = do(signed(filled_on="2024-09-15"), commands.set_year, YEAR, policy=text)
    assert not found(book, "C-080")


def test_c083_fires_as_a_question_until_it_is_answered() -> None:
    (finding,) = found(signed(), "C-083")
    assert finding.severity == "info" and "请回答决算是否在批复后20天内公开" in says(finding)
    (finding,) = found(signed(approved_on="2024-08-01"), "C-083")
    assert "是否在2024-08-21前公开" in says(finding)


def test_c083_fires_where_the_dates_or_the_answer_say_late() -> None:
    late = signed(approved_on="2024-08-01", disclosed_on="2024-08-22")
    (finding,) = found(late, "C-083")
    assert finding.severity == "warning" and "第21天" in says(finding)
    assert found(answering(late, "in_time"), "C-083")  # the dates know better
    (finding,) = found(answering(signed(), "late"), "C-083")
    assert finding.severity == "warning" and "还没有写明原因" in says(finding)
    (finding,) = found(signed(approved_on="2024-08-01", disclosed_on="2024-07-22"), "C-083")
    assert "早于决算批复日期" in says(finding)


def test_c083_silent_in_time_or_answered() -> None:
    assert not found(signed(approved_on="2024-08-01", disclosed_on="2024-08-21"), "C-083")
    for choice, note in (("in_time", ""), ("exempt", ""), ("late", "网站改版，已补公开")):
        assert not found(answering(signed(), choice, note), "C-083")
