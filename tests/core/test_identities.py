"""What stated figures must fulfil, at the unit they are printed in."""

from core import commands
from core.identities import as_printed, compare_with, explained, stated_figures, total_identity, verdict, with_ledger
from core.sample import sample_book
from tests.builders import WAN, YEAR, do, payment, project, with_year


def test_figures_are_taken_as_they_print() -> None:
    book = do(with_year(), commands.state, YEAR, "支出", 2_074_999)
    assert stated_figures(book, YEAR)["支出"].amount == 2_070_000
    book = do(book, commands.state, YEAR, "支出", 2_074_999, printed_unit="元")
    assert stated_figures(book, YEAR)["支出"].amount == 2_074_999
    assert as_printed(5_000, 10_000) == 10_000 and as_printed(-5_000, 10_000) == -10_000


def test_the_ledgers_own_figure_is_at_the_same_unit() -> None:
    book, where = project(with_year(), "活动经费")
    book = do(payment(book, where, 2_074_999), commands.state, YEAR, "支出", WAN)
    assert with_ledger(book, YEAR, stated_figures(book, YEAR))["支出"].own == 2_070_000


def test_an_identity_needs_every_figure_and_knows_its_rounding() -> None:
    figures = stated_figures(sample_book(), YEAR)
    identity = total_identity(figures, "预算收入", "年初预算", "调整追加")
    assert identity is not None and identity.tolerance == 10_000 and identity.residual(figures) == -30_000
    assert total_identity(figures, "基本支出", "人员经费", "公用经费") is None


def test_an_entry_of_the_size_of_the_difference_is_named() -> None:
    book = do(sample_book(), commands.state, YEAR, "调整追加", 32_040_000)  # 0.93 too much: the recall was left out
    figures = stated_figures(book, YEAR)
    broken = total_identity(figures, "预算收入", "年初预算", "调整追加")
    assert broken is not None
    first = explained(book, YEAR, broken).suspects[0]
    assert first.should_be == 31_110_000
    assert first.why == "与台账明细一致；差额等于“业务性专项经费的财政收回”，可能漏记或重记"


def test_where_to_look_a_figure_up() -> None:
    places = compare_with(sample_book(), YEAR, ["支出", "人员经费"])
    assert places == "支出（收入支出决算总表，本年支出 决算数）、人员经费"


def test_a_difference_is_judged_in_words() -> None:
    assert verdict(10_000, 10_000, 10_000) == "在四舍五入允许的0.01万元以内，属于尾差"
    assert verdict(-20_000, 10_000, 10_000) == "超出四舍五入允许的0.01万元"
    assert verdict(1, 0, 1) == "两数应当相等"
