"""The unit and its projects over the years of a file."""

from decimal import Decimal
from fractions import Fraction

from core.book import Book
from core.over_years import Line, lines, owners, shown
from core.sample import sample_book
from tests.builders import with_year


def named(book: Book, owner: int, title: str) -> Line:
    return next(line for line in lines(book, owner) if line.title == title)


def test_the_unit_over_three_years() -> None:
    book = sample_book()
    assert [shown(value) for value in named(book, 0, "全年预算").values] == ["93.70", "105.64", "106.20"]
    assert [shown(value) for value in named(book, 0, "实际支出").values] == ["93.03", "101.09", "105.56"]
    spent = named(book, 0, "实际支出").values
    parts = zip(named(book, 0, "基本支出").values, named(book, 0, "项目支出").values, strict=True)
    assert [basic + special for basic, special in parts] == list(spent)  # type: ignore[operator]
    assert [shown(value) for value in named(book, 0, "执行率").values] == ["99.28%", "95.69%", "99.40%"]
    assert named(book, 0, "自评总分").values[1] == Decimal("98.57")


def test_a_project_is_unknown_in_years_it_was_not_in() -> None:
    book = sample_book()
    congress = next(number for number, name in owners(book) if name == "第五次换届大会费用")
    line = named(book, congress, "全年预算")
    assert [shown(value) for value in line.values] == ["—", "3.00", "3.00"]
    assert [shown(value, in_wan=False) for value in named(book, congress, "实际支出").values][1:] == [
        "0.00",
        "30,000.00",
    ]


def test_growth_compares_the_last_two_years() -> None:
    assert Line("支出", (100, 80, 120)).growth == Fraction(1, 2)
    assert Line("支出", (100, 0, 120)).growth is None
    assert Line("支出", (120,)).growth is None
    assert Line("执行率", (Fraction(1, 2), Fraction(1, 3))).growth is None


def test_an_empty_file_has_only_the_unit() -> None:
    assert owners(with_year()) == [(0, "单位整体")]
    assert all(len(line.values) == 1 for line in lines(with_year(), 0))
