"""Localising a difference: suspects, who is cleared, and how a figure may have gone wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.explain import Cleared, Explanation, Identity, Known, explain, in_words

SAMPLE = {"收入": 10109, "年初": 6998, "追加": 3114, "支出": 10109, "基本": 9398, "项目": 711}
INCOME = Identity("收入＝年初＋追加", ((1, "收入"), (-1, "年初"), (-1, "追加")), tolerance=1)
SPENDING = Identity("支出＝基本＋项目", ((1, "支出"), (-1, "基本"), (-1, "项目")), tolerance=1)
CASH = Identity("收入＝支出", ((1, "收入"), (-1, "支出")))
ALL = [INCOME, SPENDING, CASH]


def figures(own: dict[str, int] | None = None, **changed: int) -> dict[str, Known]:
    """The sample's figures with a unit of one."""
    held = own or {}
    return {name: Known(name, amount, 1, held.get(name)) for name, amount in {**SAMPLE, **changed}.items()}


def test_what_holds_elsewhere_is_cleared() -> None:
    explanation = explain(INCOME, ALL, figures())
    assert [(s.figure, s.should_be) for s in explanation.suspects] == [("追加", 3111), ("年初", 6995)]
    assert explanation.cleared == (Cleared("收入", "101.09元", "收入＝支出"),)


def test_the_ledger_breaks_the_tie_and_speaks_against() -> None:
    explanation = explain(INCOME, ALL, figures(own={"年初": 6998, "追加": 3111}))
    assert [s.figure for s in explanation.suspects] == ["追加", "年初"]
    assert explanation.suspects[0].why == "与台账明细一致；可能有一位数字写错"
    assert "台账明细为69.98元" in explanation.suspects[1].why


def test_the_ledgers_figure_is_proposed_where_rounding_allows_it() -> None:
    (first, *_rest) = explain(INCOME, ALL, figures(own={"追加": 3112})).suspects
    assert (first.figure, first.should_be) == ("追加", 3112)


def test_one_figure_that_mends_two_identities_comes_first() -> None:
    explanation = explain(INCOME, ALL, figures(收入=10150, 追加=3111))
    assert (explanation.suspects[0].figure, explanation.suspects[0].should_be) == ("收入", 10109)
    assert explanation.cleared == ()
    (first, *_rest) = explain(INCOME, ALL, figures(own={"追加": 3152}, 收入=10150, 追加=3111)).suspects
    assert first.figure == "追加"  # the ledger is better evidence


@given(st.sampled_from(sorted(SAMPLE)), st.integers(2, 10**6))
def test_a_single_corrupted_figure_is_always_among_the_suspects(name: str, by: int) -> None:
    true = {**SAMPLE, "追加": 3111}
    corrupted = figures(**{**true, name: true[name] + by})
    for broken in ALL:
        if not broken.holds(corrupted):
            suspects = {s.figure: s.should_be for s in explain(broken, ALL, corrupted).suspects}
            assert abs(suspects[name] - true[name]) <= 1  # within rounding


@given(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9))
def test_every_suspect_mends_every_identity_it_stands_in(income: int, initial: int, added: int) -> None:
    held = figures(收入=income, 年初=initial, 追加=added)
    explanation = explain(INCOME, ALL, held)
    for suspect in explanation.suspects:
        mended = {**held, suspect.figure: Known(suspect.figure, suspect.should_be, 1)}
        assert all(one.holds(mended) for one in ALL if one.names(suspect.figure))
    assert sum(explanation.chances) == pytest.approx(1 if explanation.suspects else 0)


def first(printed: int, wanted: int, other: int = 77_777) -> str:
    """Why the total of an otherwise sound book is the first suspect."""
    amounts = {"甲": other, "乙": 5_353, "丙": wanted - other - 5_353}
    total = Identity("合计＝甲＋乙＋丙", ((1, "合计"), *((-1, name) for name in amounts)))
    sound = [Identity(name, ((1, name),), -amount) for name, amount in amounts.items()]
    known = {name: Known(name, amount, 1) for name, amount in {"合计": printed, **amounts}.items()}
    suspect, *_others = explain(total, [total, *sound], known).suspects
    assert (suspect.figure, suspect.should_be) == ("合计", wanted)
    return suspect.why


def test_says_how_it_went_wrong() -> None:
    assert first(-50_300, 50_300) == "正负号可能写反"
    assert first(5_030_000, 503) == first(503, 5_030_000) == "可能把元与万元混用"
    assert first(71_100, 7_110) == first(711, 7_110) == first(711, 7_114) == "小数点可能错位"
    assert first(93_891, 93_981) == "相邻两位数字可能写颠倒"
    assert first(93_891, 93_991) == "可能有一位数字写错"
    assert first(0, 93_991) == "可能漏填"
    assert first(12_345, 13_452) == ""  # three digits moved: divisible by nine alone says nothing
    assert first(13_452, 91_229) == "可能漏加“甲”"
    assert first(169_006, 91_229) == "可能重复加了“甲”"
    assert first(77_777, 91_234) == "与“甲”相同，可能抄错了行"


def test_a_difference_that_is_an_entry_is_named() -> None:
    def why(printed: int) -> str:
        one = Identity("支出＝明细", ((1, "支出"),), -1_093)
        known = {"支出": Known("支出", printed, 1)}
        return explain(one, [one], known, lambda size: "业务经费的财政收回" if size == 3_456 else "").suspects[0].why

    assert why(1_093 + 3_456) == "差额等于“业务经费的财政收回”，可能漏记或重记"
    assert why(1_093 + 2 * 3_456) == "差额是“业务经费的财政收回”的两倍，可能加减记反"
    assert why(1_093 + 3_457) == ""


def test_the_ledgers_figure_counts_the_more_the_nearer_it_is() -> None:
    spoiled = {"年初": 9_698, "追加": 3_114}  # two mistakes at once: the ledger still points at the greater one
    (suspect, *_others) = explain(INCOME, ALL, figures({"年初": 6_998, "追加": 3_111}, **spoiled)).suspects
    assert (suspect.figure, suspect.should_be) == ("年初", 6_995)
    assert suspect.why == "台账明细为69.98元"


def test_a_sum_of_hundreds_is_no_trouble() -> None:
    parts = {f"p{n}": Known(f"p{n}", 10 * n, 1) for n in range(1, 1_001)}
    total = Identity("合计", ((1, "合计"), *((-1, name) for name in parts)), tolerance=500)
    known = {"合计": Known("合计", 5_005_000 - 4_000, 1), **parts}
    explanation = explain(total, [total], known)
    assert len(explanation.suspects) == 1_001
    assert sum(explanation.chances) == pytest.approx(1)


def test_one_sentence_names_the_suspect_the_reason_and_the_vouchers() -> None:
    told = in_words(explain(INCOME, ALL, figures(own={"年初": 6998, "追加": 3111})))
    assert told == (
        "追加31.14元可能应为31.11元：与台账明细一致，可能有一位数字写错，改后各等式都成立；收入101.09元由“收入＝支出”佐证。"
    )


def test_one_sentence_names_two_suspects_that_are_as_likely() -> None:
    told = in_words(explain(INCOME, [INCOME], figures(收入=10_112, 年初=6_998, 追加=3_555)))
    assert told.count("可能应为") == 2 and "或者" in told and "改其中一个，各等式都成立。" in told


def test_one_sentence_says_that_more_than_one_is_wrong() -> None:
    worse = figures(收入=20_000, 支出=30_000)
    assert "所在各等式都成立，另有2个等式仍不成立。" in in_words(explain(INCOME, ALL, worse))
    doubly = [INCOME, CASH, Identity("年初＝甲", ((1, "年初"),), -6_000), Identity("追加＝乙", ((1, "追加"),), -4_000)]
    assert in_words(explain(INCOME, doubly, worse)) == ("只改一个数不能使各等式都成立，可能不止一处有误。")


def test_nothing_broken_accuses_nobody() -> None:
    assert explain(None, ALL, figures(追加=3111)) == Explanation()


def test_without_a_broken_identity_named_all_are_looked_at() -> None:
    (suspect, *_others) = explain(None, ALL, figures(追加=3111, 收入=10_190)).suspects
    assert (suspect.figure, suspect.should_be) == ("收入", 10_109)
