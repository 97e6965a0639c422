"""What stated figures must fulfil, at the unit they are printed in."""

from core import commands
from core.figures import Ref
from core.identities import (
    as_printed,
    cash_identity,
    compare_with,
    special_identity,
    stated_figures,
    total_identity,
    verdict,
)
from core.sample import sample_book
from tests.builders import WAN, YEAR, do, payment, project, with_year


def test_figures_are_taken_as_they_print() -> None:
    book = do(with_year(), commands.state, YEAR, "支出", 2_074_999)
    assert stated_figures(book, YEAR)[Ref(YEAR, 0, "支出")].amount == 2_070_000
    book = do(book, commands.state, YEAR, "支出", 2_074_999, printed_unit="元")
    assert stated_figures(book, YEAR)[Ref(YEAR, 0, "支出")].amount == 2_074_999
    assert as_printed(5_000, 10_000) == 10_000 and as_printed(-5_000, 10_000) == -10_000


def test_an_identity_needs_every_figure_and_knows_its_rounding() -> None:
    figures = stated_figures(sample_book(), YEAR)
    identity = total_identity(figures, YEAR, "预算收入", "年初预算", "调整追加")
    assert identity is not None and identity.tolerance == 10_000 and identity.residual(figures) == -30_000
    assert total_identity(figures, YEAR, "基本支出", "人员经费", "公用经费") is None


def test_a_total_over_projects_takes_what_is_stated_and_the_rest_from_the_ledger() -> None:
    book, one = project(with_year(), "活动经费")
    book, other = project(payment(book, one, WAN), "会议经费")
    book = do(payment(book, other, 2 * WAN), commands.state, YEAR, "项目支出", 3 * WAN)
    identity = special_identity(book, stated_figures(book, YEAR), YEAR)
    assert identity is not None and identity.name == "项目支出＝各项目实际支出之和"
    assert identity.terms == ((1, Ref(YEAR, 0, "项目支出")),) and identity.constant == -3 * WAN
    book = do(book, commands.state, YEAR, "实际支出", 5 * WAN, other)
    identity = special_identity(book, stated_figures(book, YEAR), YEAR)
    assert identity is not None and identity.constant == -6 * WAN and identity.tolerance == 10_000


def test_what_came_in_was_spent_or_is_carried() -> None:
    figures = stated_figures(sample_book(), YEAR)
    identity = cash_identity(sample_book(), figures, YEAR)
    assert identity is not None and identity.holds(figures) and identity.tolerance == 0
    assert cash_identity(sample_book(), {}, YEAR) is None


def test_yuan_and_wan_of_the_same_amount_agree() -> None:
    book = do(with_year(), commands.state, YEAR, "预算收入", 1_234_567, printed_unit="元")
    for spent, agrees in ((1_230_000, True), (1_240_000, False)):
        figures = stated_figures(do(book, commands.state, YEAR, "支出", spent), YEAR)
        identity = cash_identity(book, figures, YEAR)
        assert identity is not None and identity.holds(figures) == agrees


def test_where_to_look_a_figure_up() -> None:
    places = compare_with(sample_book(), YEAR, ["支出", "人员经费"])
    assert places == "支出（收入支出决算总表，本年支出 决算数）、人员经费"


def test_a_difference_is_judged_in_words() -> None:
    assert verdict(10_000, 10_000, 10_000) == "在四舍五入允许的0.01万元以内，属于尾差"
    assert verdict(-20_000, 10_000, 10_000) == "超出四舍五入允许的0.01万元"
    assert verdict(1, 0, 1) == "两数应当相等"
