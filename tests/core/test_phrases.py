"""The phrase bank is whole, in the field's words, and says nothing that the checks would refuse."""

from core import templates
from core.ledger import checker
from core.outline import part
from core.phrases import is_offered, matching, pairs
from core.rules import BY_ID
from core.writing import write_section
from tests.builders import YEAR, do, with_year


def test_every_problem_has_its_measure() -> None:
    held = pairs()
    assert 12 <= len(held) <= 20
    words = [text for pair in held for text in (pair.problem, pair.measure)]
    assert len(set(words)) == len(words)
    assert all(text.endswith("。") and "\n" not in text for text in words)
    assert all(rule in BY_ID for pair in held for rule in pair.rules)


def test_its_own_words_raise_no_finding() -> None:
    book = with_year()
    text = "\n".join(f"{pair.problem}\n{pair.measure}" for pair in pairs())
    before = {f.rule for f in checker().check(book, [YEAR])}
    after = [f for f in checker().check(do(book, write_section, YEAR, "problems", 0, text), [YEAR])]
    assert {f.rule for f in after if f.about.field == "problems"} <= before


def test_it_belongs_to_sections_of_problems_and_measures() -> None:
    book = do(with_year(), templates.add_section, YEAR, "下一步改进措施", "problems")
    offered = [key for key in ("basics", "overall", "problems", "own1", "other") if is_offered(part(book, YEAR, key))]
    assert offered == ["problems", "own1"]


def test_findings_of_the_year_speak_for_pairs() -> None:
    assert not matching(["C-001"])
    assert any("执行率偏低" in pair.problem for pair in matching(["C-001", "C-019"]))
