"""Where a finding belongs, and the questions that are settled."""

from datetime import date

from core import commitments, history, questions
from core.check import About
from core.checker import Checker
from core.model import Commitment
from core.outline import section_keys
from core.review import about_of, project_of, review
from core.rules import BY_ID, RULES
from tests.builders import WAN, YEAR, do, event, payment, project, with_year

TODAY = date(2024, 1, 20)


def test_a_place_is_read_back_from_its_key() -> None:
    for about in (About("unit"), About("stated", 3, "支出"), About("section", 0, "basics:x")):
        assert about_of(about.key()) == about


def test_a_commitment_belongs_to_its_project_and_is_shown_there() -> None:
    book, where = project(with_year(), "甲")
    change = commitments.add_commitment(book, YEAR, where, "2023-05-04", WAN)
    book, number = book.apply(change), change.diffs[0].record.id
    assert project_of(book, About("commitment", number)) == where
    assert history.place_of(book, change.diffs[0]) == About("commitment", number)
    gone = do(book, commitments.remove_commitment, number)
    assert project_of(gone, About("commitment", number)) == 0
    assert history.place_of(gone, change.diffs[0]) == About("project", where)
    assert gone.get(Commitment, number) is None


def test_an_answered_question_is_listed_until_it_is_taken_back() -> None:
    book, above = project(with_year(), "妇女儿童活动经费")
    book, below = project(book, "办公用房物业费", parent=above)
    book = payment(event(book, above, "initial", WAN), below, WAN)
    rule, about = BY_ID["C-078"], About("project", below, "parent")

    def reviewed(now):
        return review(now, Checker(RULES, section_keys).check(now, [YEAR]), YEAR, TODAY)

    assert [item.finding.about for item in reviewed(book).open if item.rule is rule] == [about]
    book = do(book, questions.answer, rule, YEAR, about.key(), "belongs", "已经财政同意", TODAY)
    found = reviewed(book)
    (item,) = found.answered
    assert not [one for one in found.open if one.rule is rule]
    assert (item.settled, item.finding.about, item.remedy) == (True, about, "")
    assert item.message == "已回答：属于本项目（已经财政同意）"
    change = questions.take_back(book, rule, YEAR, about.key())
    assert history.place_of(book, change.diffs[0]) == about
    assert not reviewed(book.apply(change)).answered
