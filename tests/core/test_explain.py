"""Localising a difference: suspects, who is cleared, and how a figure may have gone wrong."""

from hypothesis import given
from hypothesis import strategies as st

from core.explain import Identity, Known, explain, hint

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
    assert [(s.figure, s.should_be) for s in explanation.suspects] == [("年初", 6995), ("追加", 3111)]
    assert explanation.cleared == (("收入", "收入＝支出"),)


def test_the_ledger_breaks_the_tie_and_speaks_against() -> None:
    explanation = explain(INCOME, ALL, figures(own={"年初": 6998, "追加": 3111}))
    assert [s.figure for s in explanation.suspects] == ["追加", "年初"]
    assert explanation.suspects[0].why == "与台账明细一致"
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
            assert suspects[name] == true[name]


@given(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9))
def test_every_suspect_mends_every_identity_it_stands_in(income: int, initial: int, added: int) -> None:
    held = figures(收入=income, 年初=initial, 追加=added)
    for suspect in explain(INCOME, ALL, held).suspects:
        mended = {**held, suspect.figure: Known(suspect.figure, suspect.should_be, 1)}
        assert all(one.holds(mended) for one in ALL if one.names(suspect.figure))


def test_hints_at_how_it_went_wrong() -> None:
    def of(printed: int, wanted: int) -> str:
        return hint(Known("支出", printed, 1), wanted)

    assert "正负号" in of(-500, 500)
    assert "元与万元" in of(50_000, 5) and "元与万元" in of(5, 50_000)
    assert "小数点" in of(7110, 711)
    assert "写颠倒" in of(9389, 9398)
    assert of(9389, 9399) == ""
    assert of(1234, 1342) == ""  # three digits moved: divisible by nine alone says nothing


def test_a_difference_that_is_an_entry_is_named() -> None:
    def entry_of(size: int) -> str:
        return "业务经费的财政收回" if size == 93 else ""

    assert hint(Known("支出", 1000, 1), 1093, entry_of) == "差额等于“业务经费的财政收回”，可能漏记或重记"
    assert "两倍" in hint(Known("支出", 1000, 1), 1186, entry_of)
    assert hint(Known("支出", 1000, 1), 1001, entry_of) == ""
