"""The list of findings: every one once, under the right heading, and found by its words."""

from datetime import date

import pytest

from core.check import Severity, Subject
from core.ledger import checker
from core.review import Review, review
from core.review_list import KINDS, NOT_DUE, STAGE_LABELS, Filter, counts, entries, grouped
from core.rules import RULES
from core.sample import SHOWN_YEAR, sample_book

AFTER, MARCH = date(SHOWN_YEAR + 1, 1, 20), date(SHOWN_YEAR, 3, 10)


@pytest.fixture(scope="module")
def found():
    book = sample_book()
    return book, checker().check(book, [SHOWN_YEAR])


def at(found, today: date) -> Review:
    return review(*found, SHOWN_YEAR, today)


def test_every_item_is_listed_once_and_counted(found) -> None:
    seen = at(found, MARCH)
    groups = grouped(found[0], seen, Filter())
    listed = [item.finding for group in groups for item in group.items]
    assert sorted(map(repr, listed)) == sorted(repr(item.finding) for _kind, item in entries(seen))
    assert sum(counts(seen).values()) == len(listed)
    assert len({group.title for group in groups}) == len(groups)


def test_headings_name_severity_and_subject(found) -> None:
    titles = [group.title for group in grouped(found[0], at(found, AFTER), Filter())]
    assert titles[:2] == ["错误 · 填报", "错误 · 文本"]
    assert titles == sorted(titles, key=lambda title: ["错误", "提醒", "提示"].index(title[:2]))
    early = [group.title for group in grouped(found[0], at(found, MARCH), Filter())]
    assert "尚未到期 · 错误 · 填报" in early


def test_narrowed_by_kind_subject_and_words(found) -> None:
    book, seen = found[0], at(found, AFTER)

    def rules(**narrow: str) -> list[str]:
        return [item.rule.id for group in grouped(book, seen, Filter(**narrow)) for item in group.items]

    assert set(rules(kind=Severity.ERROR)) == {"C-001", "C-042", "C-046", "C-050", "C-051"}
    assert set(rules(subject=Subject.STATED)) >= {"C-001", "C-005"}
    assert rules(words="c-042") == ["C-042"]
    assert rules(words="87663.43 单位") == ["C-042"]
    assert rules(words="第五次换届大会费用", kind=Severity.ERROR) == ["C-046"]
    assert rules(words="没有这样的词") == []
    assert rules(kind=NOT_DUE) == []


def test_every_kind_and_stage_has_a_name() -> None:
    assert all(STAGE_LABELS[rule.stage] for rule in RULES)
    assert list(KINDS)[:3] == [Severity.ERROR, Severity.WARNING, Severity.INFO]
