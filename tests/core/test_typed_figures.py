"""Amounts typed by hand that equal figures of the ledger are offered as data; those that do not are left to C-044."""

from core import commands
from core.book import Book
from core.outline import PURPOSE, STORY, part, shown_text
from core.typed_figures import known
from core.writing import replace_words, write_section
from tests.builders import WAN, YEAR, do, event, payment, project, with_year
from tests.findings import found


def kept() -> tuple[Book, int, int]:
    """A project of 3万元, 2.07 spent, 1.25 of it by a sub-project; and last year's, 1.86 spent."""
    book, where = project(with_year(year=YEAR - 1), "业务性专项经费", year=YEAR - 1)
    book = event(book, where, "initial", 2 * WAN, "2022-01-15")
    book = payment(book, where, 186 * WAN // 100, "2022-05-01")
    book = do(with_year(book), commands.continue_project, YEAR, where)
    book = event(book, where, "initial", 3 * WAN)
    book, child = project(book, "家庭教育", parent=where)
    book = payment(book, where, 82 * WAN // 100)
    return payment(book, child, 125 * WAN // 100), where, child


def offered(text: str, key: str = "overall", about: int = 0) -> dict[str, list[str]]:
    """Each amount of a text that is offered, with the names of its figures."""
    book = do(kept()[0], write_section, YEAR, key, about, text)
    return {one.text: [choice.name for choice in one.choices] for one in known(book, YEAR, key, about)}


def test_an_amount_with_the_name_of_its_figure() -> None:
    assert offered("2023年支出2.07万元，其中项目支出2.07万元。") == {"2.07万元": ["项目支出"]}
    assert offered("2023年年初预算3万元。") == {"3万元": ["年初预算"]}
    assert offered("预算执行率69.00%。") == {"69.00%": ["执行率"]}
    assert offered("2022年支出1.86万元。") == {"1.86万元": ["2022年支出"]}


def test_an_amount_without_a_name_is_one_of_the_figures_with_its_value() -> None:
    assert offered("全年投入2.07万元用于各项活动。") == {"2.07万元": ["预算收入", "支出", "项目支出"]}
    assert offered("全年投入20,700元用于各项活动。") == {"20,700元": ["预算收入", "支出", "项目支出"]}
    assert not offered("全年投入3万元用于各项活动。"), "a round figure may be any"
    assert offered("上年投入1.86万元。") == {"1.86万元": ["2022年预算收入", "2022年支出", "2022年项目支出"]}
    assert not offered("全年投入1.86万元。"), "last year's figure where last year is not meant"


def test_a_text_of_a_project_is_held_against_that_project() -> None:
    _book, where, child = kept()
    assert offered("共投入2.07万元，其中家庭教育1.25万元。", STORY, where) == {
        "2.07万元": ["业务性专项经费·实际支出"],
        "1.25万元": ["家庭教育·实际支出"],
    }
    assert offered("购买服务1.25万元。", PURPOSE, child) == {"1.25万元": ["家庭教育·实际支出"]}


def test_what_is_not_offered() -> None:
    for text in (
        "2023年支出2.70万元。",  # a contradiction: C-044
        "2023年支出{unit.支出}万元。",  # a figure already
        "全年投入约2.07万元。",
        "开展活动207场，覆盖2.07万人。",
    ):
        assert not offered(text), text


def test_taking_the_offer_prints_the_same_and_leaves_no_finding() -> None:
    text = "全年投入20,700元。2023年支出2.07万元，执行率69.00%。"
    book = do(kept()[0], write_section, YEAR, "overall", 0, text)
    for offer in reversed(known(book, YEAR, "overall")):
        new = offer.choices[0].raw
        book = do(book, replace_words, YEAR, "overall", 0, offer.start, offer.text, new)
    place = part(book, YEAR, "overall")
    assert place is not None
    assert shown_text(book, YEAR, place).text == "全年投入2.07万元。2023年支出2.07万元，执行率69.00%。"
    assert not found(book, "C-044") and not known(book, YEAR, "overall")
