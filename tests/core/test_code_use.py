"""Which codes a project's entries bear."""

import pytest

from core import commands
from core.code_use import ECONOMIC, FUNCTIONAL, CodeUse, event_codes, event_use, payment_codes, payment_use
from tests.builders import YEAR, do, event, payment, project, with_year


def test_codes_are_counted_as_they_are_written() -> None:
    book, where = project(with_year(), "大会费用")
    for amount, code in ((100, "30215"), (200, "30201"), (-50, "30215"), (7, "")):
        book = payment(book, where, amount, economic_code=code, functional_code="2012902")
    first = book.payments(YEAR, where)[0].id
    assert payment_codes(book, YEAR, where, ECONOMIC) == {"30215", "30201"}
    assert payment_codes(book, YEAR, where, FUNCTIONAL) == {"2012902"}
    assert payment_use(book, YEAR, where, ECONOMIC, "30215") == CodeUse(2, 50, first)
    assert payment_use(book, YEAR, where, FUNCTIONAL, "2012902") == CodeUse(4, 257, first)
    with pytest.raises(ValueError, match="empty"):
        payment_use(book, YEAR, where, ECONOMIC, "30299")


def test_codes_follow_an_edit() -> None:
    book, where = project(with_year(), "大会费用")
    book = payment(book, where, 100, economic_code="30215")
    assert payment_codes(book, YEAR, where, ECONOMIC) == {"30215"}
    held = book.payments(YEAR, where)[0].id
    book = do(book, commands.set_payment, held, economic_code="30201")
    assert payment_codes(book, YEAR, where, ECONOMIC) == {"30201"}


def test_codes_of_events() -> None:
    book, where = project(with_year(), "大会费用")
    book = event(event(book, where, "initial", 100, functional_code="2012902"), where, "supplement", 5)
    assert event_codes(book, YEAR, where, FUNCTIONAL) == {"2012902"} and not event_codes(book, YEAR, where, ECONOMIC)
    assert event_use(book, YEAR, where, FUNCTIONAL, "2012902").amount == 100
