"""Every field of every record has a name, and its value reads as the user would say it."""

import pytest

from core import commands, writing
from core.check import About
from core.facts import set_fact
from core.labels import RECORD_LABELS, field_label, place_name, project_name, record_title, section_title, value_text
from core.model import COLUMNS, RECORDS, BudgetEvent, Payment, Section, Stated, Year
from core.sample import sample_book
from tests.builders import WAN, YEAR, do, event, payment, project, with_year


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.table)
def test_every_field_of_every_record_has_a_label(kind) -> None:
    assert RECORD_LABELS[kind]
    labels = [field_label(kind, name) for name in COLUMNS[kind]]
    assert all(not label.isascii() for label in labels)
    assert len(set(labels)) == len(labels), "two fields of one record are called the same"


def test_every_value_of_the_sample_reads_as_text() -> None:
    book = sample_book()
    for record in book.records():
        assert record_title(book, record)
        for name in COLUMNS[type(record)]:
            assert isinstance(value_text(book, record, name), str)


def test_values_in_words() -> None:
    book, where = project(with_year(), "业务费")
    book = payment(event(book, where, "carried", 123_456), where, 10_050, purpose="办公用品")
    carried = book.events(YEAR, where)[0]
    spent = book.payments(YEAR, where)[0]
    assert value_text(book, carried, "amount") == "1,234.56元"
    assert value_text(book, carried, "kind") == "结转下年"
    assert value_text(book, carried, "fund") == "一般公共预算资金"
    assert value_text(book, carried, "advance") == "否"
    assert value_text(book, carried, "project") == "业务费"
    assert value_text(book, carried, "pair") == ""
    assert record_title(book, spent) == "支出 业务费 2023-06-01 办公用品 100.50"
    year = book.year(YEAR)
    assert year is not None
    assert value_text(book, year, "state") == "执行中"


def test_records_that_name_others_show_them() -> None:
    book, where = project(with_year(), "业务费")
    book = payment(event(book, where, "initial", WAN), where, WAN, purpose="会议")
    original = book.payments(YEAR, where)[0]
    book = do(book, commands.reverse_payment, original.id, "2023-07-01")
    refund = next(p for p in book.payments(YEAR, where) if p.reverses)
    assert value_text(book, refund, "reverses") == "2023-06-01 会议 10,000.00"
    assert value_text(book, Payment(id=1, year=YEAR, event=999), "event") == "编号999"


def test_a_project_that_is_gone_keeps_its_number() -> None:
    book, where = project(with_year(), "业务费")
    assert project_name(book, where, YEAR + 1) == "业务费"
    assert project_name(book, 999, YEAR) == "编号999"
    assert record_title(book, BudgetEvent(id=5, year=YEAR, project=999, date="2023-01-01", amount=100)) == (
        "预算变动 编号999 2023-01-01 年初预算 1.00"
    )


def test_sections_and_stated_figures_by_name() -> None:
    book, where = project(with_year(), "业务费")
    book = do(book, writing.write_section, YEAR, "project.purpose", where, "用于开会")
    book = do(book, commands.state, YEAR, "调整追加", WAN)
    section, stated = next(book.all(Section)), next(book.all(Stated))
    assert record_title(book, section) == "报告文字 业务费·资金用途（2023）"
    assert record_title(book, stated) == "填报数 调整追加（减）（2023）"
    assert value_text(book, stated, "about") == "单位"
    assert section_title(book, YEAR, "income") == "二、预算收支情况（按单位预算口径）"
    assert section_title(book, YEAR, "gone") == "gone"
    assert record_title(book, next(book.all(Year))) == "年度 2023"


def test_figures_of_forms_read_at_their_own_unit() -> None:
    book, where = project(with_year(), "活动经费")
    book = do(book, commands.state, YEAR, "自评总分", 9690, where, printed_unit="分")
    assert value_text(book, book.stated_all(YEAR)[0], "amount") == "96.90分"
    book = do(book, set_fact, YEAR, "公务接待", budget=1_600_00)
    book = do(book, set_fact, YEAR, f"p{where}", actual=WAN)
    own, line = book.facts(YEAR)["公务接待"], book.facts(YEAR)[f"p{where}"]
    assert value_text(book, own, "budget") == "0.16万元" and value_text(book, own, "actual") == ""
    assert record_title(book, line) == "基础数据 活动经费（2023）"
    assert place_name(book, YEAR, About("fact", 0, "公务接待")) == "基础数据表“公务接待”"
    assert place_name(book, YEAR, About("fact")) == "基础数据表"
