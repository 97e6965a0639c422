"""收支台账 over two projects, as its tests use it."""

from core import commands as c
from tests.builders import YEAR
from ui.pages.entries import EntriesPage
from ui.widgets.year_rows import Band


def shown_page(desk, qtbot, width=890):
    page = EntriesPage(desk)
    qtbot.addWidget(page)
    page.resize(width, 620)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    return page


def filled_page(desk, qtbot):
    """Two projects; the second has 1万元 and payments in May and June."""
    desk.commit(c.add_project(desk.book, YEAR, "培训经费", "业务工作专项", code="0302"))
    second = by_name(desk, "培训经费")
    desk.commit(c.add_event(desk.book, YEAR, second, "initial", f"{YEAR}-01-15", 1_000_000, doc_no="示财〔2023〕7号"))
    for number, (payee, day) in enumerate((("工商银行", "05-02"), ("邮政公司", "05-03"), ("印刷企业", "06-09")), 1):
        details = {"payee": payee, "purpose": f"资料{number}", "voucher": f"05-00{number}"}
        desk.commit(c.add_payment(desk.book, YEAR, second, f"{YEAR}-{day}", number * 10_000, **details))
    return shown_page(desk, qtbot)


def by_name(desk, name):
    return next(p.project for p in desk.book.project_years(YEAR) if p.name == name)


def lines(page):
    """Months as numbers, entries as their amounts."""
    return [row.month if isinstance(row, Band) else f"{row.amount / 100:g}" for row in page.list.model.rows]


def amounts(page):
    return [line for line in lines(page) if isinstance(line, str)]


def cell(page, row, column):
    return page.list.model.text(page.list.model.rows[row], column)


def row_of(page, amount):
    return lines(page).index(amount)


def at(page, row, column="purpose"):
    page.list.view.setCurrentIndex(page.list.model.index(row, page.list.model.column_of(column)))
    page.list.view.setFocus()


def pick(page, name, label):
    box = page.list.picks[name]
    box.setFocus()
    box.setCurrentIndex(next(n for n in range(box.count()) if box.itemText(n).strip() == label))
    box.activated.emit(box.currentIndex())
