"""Money carried from year to year."""

import pytest

from core import commands
from core.book import Book
from core.model import EventKind, YearState
from core.outline import part, shown_text
from core.sample import sample_book
from core.writing import write_section
from tests.builders import WAN, YEAR, do, event, payment, project, with_year
from tests.findings import found, repaired, rules_found, says


def carrying(stated: int | None = 0) -> tuple[Book, int]:
    """A project that carries 3万元, and a unit that states another carry (分)."""
    book, where = project(with_year(), "大会费用")
    book = event(event(book, where, "initial", 3 * WAN), where, "carried", 3 * WAN, "2023-12-31")
    book = book if stated is None else do(book, commands.state, YEAR, "结余结转", stated)
    return book, where


def test_c005_fires_as_a_warning_with_the_whole_set_of_figures_on_the_sample() -> None:
    (finding,) = found(sample_book(), "C-005")
    assert finding.severity == "warning" and finding.difference == 3 * WAN
    for words in ("预算收入104.09万元", "调整追加（减）34.11万元", "结余结转3.00万元", "口径不同"):
        assert words in says(finding)


def test_c005_fires_as_an_error_where_the_basis_does_not_explain_it() -> None:
    book, _where = carrying(2 * WAN)
    (finding,) = found(book, "C-005")
    assert finding.severity == "error" and finding.repair is None
    book, _where = carrying(0)
    (finding,) = found(do(book, commands.set_unit, basis="allotted"), "C-005")
    assert finding.severity == "error"


def test_c005_silent_after_its_repair_which_explains_the_two_bases() -> None:
    book, where = carrying(0)
    (finding,) = found(book, "C-005")
    assert finding.repair is not None and finding.repair.command == "replace_words"  # in place of 无其他…
    mended = repaired(book, finding)
    assert not found(mended, "C-005")
    place = part(mended, YEAR, "other")
    assert place is not None
    text = shown_text(mended, YEAR, place).text
    assert "单位结余结转0万元按决算口径" in text and "“大会费用”结余结转3万元，按指标口径" in text
    assert "无其他需要说明" not in text
    # The sentence follows the figures: it never explains another amount than the one that is carried.
    less = do(mended, commands.set_event, mended.events(YEAR, where)[-1].id, amount=2 * WAN)
    assert "结余结转3万元" in shown_text(less, YEAR, place).text  # 1万元 is still undisposed of


def test_c005_silent_after_its_repair_beside_other_words() -> None:
    book, _where = carrying(0)
    book = do(book, write_section, YEAR, "other", 0, "附表随文报送。")
    (finding,) = found(book, "C-005")
    assert finding.repair is not None and finding.repair.command == "append_sentence"
    mended = repaired(book, finding)
    assert "附表随文报送。\n" in (mended.section(YEAR, "other").text if mended.section(YEAR, "other") else "")
    assert "C-005" not in rules_found(mended)


def test_c005_silent_where_both_agree_or_nothing_is_stated() -> None:
    assert not found(carrying(3 * WAN)[0], "C-005")
    assert not found(carrying(None)[0], "C-005")


def test_c005_fires_again_when_the_explained_amount_is_typed_and_another_one_is_carried() -> None:
    book, where = carrying(0)
    words = "结余结转3万元为指标口径，单位数为决算口径。"
    book = do(book, write_section, YEAR, "other", 0, words)
    assert not found(book, "C-005")
    assert found(event(book, where, "supplement", WAN), "C-005")


def two_years(carried: int, opening: int, fund: str = "general") -> Book:
    book, where = project(with_year(with_year(), 2024), "大会费用")
    if carried:
        book = event(book, where, EventKind.CARRIED, carried, "2023-12-31")
    if opening:
        book = do(book, commands.continue_project, 2024, where)
        book = event(book, where, EventKind.OPENING, opening, "2024-01-01", fund=fund)
    return book


def test_c013_fires_on_a_difference() -> None:
    (finding,) = found(two_years(3 * WAN, 2 * WAN), "C-013", 2024)
    assert finding.difference == WAN and "2023年末结转下年3.00万元，本年上年结转2.00万元" in says(finding)


def test_c013_fires_fund_by_fund() -> None:
    findings = found(two_years(3 * WAN, 3 * WAN, "government"), "C-013", 2024)
    assert len(findings) == 2 and "政府性基金预算资金" in says(findings[1])


def test_c013_fires_on_a_project_that_was_not_continued() -> None:
    (finding,) = found(two_years(3 * WAN, 0), "C-013", 2024)
    assert "大会费用" in says(finding)


def test_c013_silent_where_the_years_meet_and_on_a_later_adjustment() -> None:
    book = two_years(3 * WAN, 3 * WAN)
    assert not found(book, "C-013", 2024)
    where = book.projects(2024)[0].project
    assert not found(event(book, where, EventKind.OPENING_ADJUST, -WAN, "2024-03-31"), "C-013", 2024)


@pytest.mark.parametrize(("carried", "opening"), [(3 * WAN, 2 * WAN), (3 * WAN, 0), (0, 2 * WAN)])
def test_c013_offers_to_renew_the_opening(carried: int, opening: int) -> None:
    book = two_years(carried, opening)
    (finding,) = found(book, "C-013", 2024)
    mended = repaired(book, finding)
    assert not found(mended, "C-013", 2024)
    amounts = [e.amount for row in mended.projects(2024) for e in mended.events(2024, row.project)]
    assert amounts == ([carried] if carried else [])


def test_c013_offers_nothing_once_the_earlier_year_is_locked() -> None:
    book = do(two_years(3 * WAN, 2 * WAN), commands.set_year, 2023, state=YearState.LOCKED)
    (finding,) = found(book, "C-013", 2024)
    assert finding.repair is None


def test_c013_silent_without_the_year_before() -> None:
    book, where = project(with_year(), "大会费用")
    assert not found(payment(event(book, where, EventKind.OPENING, WAN), where, WAN), "C-013")


def test_c005_fires_with_the_slip_on_the_quota_basis() -> None:
    book, where = project(with_year(), "大会费用")
    book = do(event(book, where, "initial", 3 * WAN), commands.set_unit, basis="allotted")
    book = do(event(book, where, "carried", 3 * WAN, "2023-12-31"), commands.state, YEAR, "结余结转", 30 * WAN)
    (finding,) = found(book, "C-005")
    assert finding.severity == "error" and finding.suspects[0].should_be == 3 * WAN
    assert says(finding).endswith(
        "结余结转30.00万元可能应为3.00万元：与台账明细一致，小数点可能错位，改后各等式都成立。"
    )
