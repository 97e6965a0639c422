"""Every rule says what it is, and has a test where it fires and one where it stays silent."""

import ast
import re
from pathlib import Path

import pytest

from core.check import Rule, Severity
from core.rules import BY_ID, RULES

FOLDER = Path(__file__).resolve().parent
TESTS = {
    node.name
    for path in FOLDER.glob("test_*.py")
    for node in ast.parse(path.read_text(encoding="utf-8")).body
    if isinstance(node, ast.FunctionDef)
}
WANTED = (
    *(f"C-{number:03d}" for number in range(1, 91)),
    *(f"B-{number:03d}" for number in range(1, 11)),
    "S-001",
)


def test_the_rules_are_those_wanted_each_once() -> None:
    assert sorted(one.id for one in RULES) == sorted(WANTED)
    assert len(BY_ID) == len(RULES)


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.id)
def test_every_rule_fires_and_is_silent_in_a_test(one: Rule) -> None:
    name = one.id.lower().replace("-", "")
    for outcome in ("fires", "silent"):
        assert any(test.startswith(f"test_{name}_{outcome}") for test in TESTS), f"test_{name}_{outcome}…"


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.id)
def test_every_rule_speaks_good_chinese(one: Rule) -> None:
    for text in (one.title, one.message, one.why, one.remedy):
        words = re.sub(r"\{\w+\}", "", text)
        assert re.search(r"[\u4e00-\u9fff]", words), text
        assert not re.search(r"[,;:?!()\"']", words), f"half-width marks in {text}"
        assert not re.search(r"[A-Za-z]", words), f"foreign words in {text}"
    for text in (one.message, one.why, one.remedy):
        assert text.endswith("。"), text
    assert not one.title.endswith("。") and len(one.title) <= 16
    assert not re.search(r"\{\w+\}", one.why + one.remedy), "only the message is filled in"


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.id)
def test_every_rule_names_its_source(one: Rule) -> None:
    source = one.run.__doc__ or ""
    assert (f"domain {one.id}" in source) if one.id.startswith("C-") else ("Decisions" in source)


def test_what_is_blocked_has_ids_of_its_own() -> None:
    blocked = {one.id for one in RULES if one.severity == Severity.BLOCK}
    assert blocked == {one.id for one in RULES if one.id.startswith("B-")} | {"C-072", "C-073"}
