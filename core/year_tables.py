"""A year as tables for a spreadsheet: projects, budget events, payments, commitments, findings."""

from core.balance import project_balance, unit_balance
from core.book import Book
from core.check import SEVERITY_LABELS
from core.export.sheet import Cell, Column, SheetTable
from core.i18n import _
from core.labels import place_name
from core.model import COMMITMENT_LABELS, EVENT_LABELS, FUND_LABELS, ProjectYear
from core.money import show_rate
from core.review import Review


def year_tables(book: Book, year: int, review: Review) -> list[SheetTable]:
    """The tables, amounts in 分 for the writer to show in 元; that of commitments only where there are any."""
    committed = commitment_table(book, year)
    entered = [project_table(book, year), event_table(book, year), payment_table(book, year)]
    return [*entered, *([committed] if committed.rows else []), finding_table(book, review)]


def project_table(book: Book, year: int) -> SheetTable:
    """The projects with every amount of the grid, and the total."""
    names = ("上年结转", "年初预算", "上级转移支付", "年中调增（减）", "追加（减）", "全年预算", "实际支出")
    columns = [Column(_("项目")), Column(_("上级项目")), Column(_("类别")), *(_money(name) for name in names)]
    left = ("结转下年", "财政收回", "认定结余", "未处置", "在途", "可用余额")
    columns += [Column(_("执行率")), *(_money(name) for name in left)]
    balances = [(row, project_balance(book, year, row.project)) for row in book.project_years(year)]
    rows: list[tuple[Cell, ...]] = []
    for row, balance in [*balances, (None, unit_balance(book, year))]:
        rows.append(
            (
                row.name if row else _("合计"),
                _parent(book, row) if row else "",
                row.kind if row else "",
                balance.brought,
                balance.initial,
                balance.transfer,
                balance.midyear,
                balance.supplement,
                balance.budget,
                balance.spent,
                show_rate(balance.spent, balance.budget),
                balance.carried,
                balance.recovered,
                balance.surplus,
                balance.undisposed if not row or not book.parent(row.project) else None,
                balance.committed,
                balance.available if not row or not book.parent(row.project) else None,
            )
        )
    return SheetTable(_("项目预算"), columns, rows)


def event_table(book: Book, year: int) -> SheetTable:
    """The budget events by project and date."""
    heads = (_("项目"), _("日期"), _("类型"), _("资金性质"), _("文号"), _("文件标题"), _("功能科目"), _("经济科目"))
    more = (_("预算级次"), _("提前下达"), _("资金所属年度"))
    columns = [*map(Column, (*heads, *more)), _money(_("金额")), Column(_("备注"))]
    rows = [
        (
            row.name,
            event.date,
            EVENT_LABELS[event.kind],
            FUND_LABELS[event.fund],
            event.doc_no,
            event.doc_title,
            event.functional_code,
            event.economic_code,
            event.level,
            _("是") if event.advance else "",
            str(event.origin_year or ""),
            event.amount,
            event.memo,
        )
        for row in book.project_years(year)
        for event in book.events(year, row.project)
    ]
    return SheetTable(_("预算变动"), columns, rows)


def payment_table(book: Book, year: int) -> SheetTable:
    """The payments by project and date."""
    heads = (_("项目"), _("日期"), _("凭证号"), _("收款人"), _("用途"), _("功能科目"), _("经济科目"), _("资金性质"))
    more = (_("支付方式"), _("银行流水号"))
    columns = [*map(Column, (*heads, *more)), _money(_("金额")), Column(_("备注"))]
    rows = [
        (
            row.name,
            payment.date,
            payment.voucher,
            payment.payee,
            payment.purpose,
            payment.functional_code,
            payment.economic_code,
            FUND_LABELS[payment.fund],
            payment.method,
            payment.bank_no,
            payment.amount,
            payment.memo,
        )
        for row in book.project_years(year)
        for payment in book.payments(year, row.project)
    ]
    return SheetTable(_("支出"), columns, rows)


def commitment_table(book: Book, year: int) -> SheetTable:
    """The commitments (在途) by project and date, paid and dropped ones too."""
    heads = (_("项目"), _("日期"), _("状态"), _("收款人"), _("用途"), _("资金性质"))
    rows = [
        (
            row.name,
            one.date,
            COMMITMENT_LABELS[one.state],
            one.payee,
            one.purpose,
            FUND_LABELS[one.fund],
            one.amount,
            one.memo,
        )
        for row in book.project_years(year)
        for one in book.commitments(year, row.project)
    ]
    return SheetTable(_("在途"), [*map(Column, heads), _money(_("金额")), Column(_("备注"))], rows)


def finding_table(book: Book, review: Review) -> SheetTable:
    """The findings with where they stand."""
    heads = (_("级别"), _("编号"), _("事项"), _("位置"), _("说明"), _("怎么办"), _("状态"))
    standings = (
        (review.open, _("未处理")),
        (review.todo, _("尚未到期")),
        (review.waived, _("已说明")),
        (review.answered, _("已回答")),
    )
    rows = [
        (
            SEVERITY_LABELS[item.finding.severity],
            item.rule.id,
            item.rule.title,
            place_name(book, item.finding.year, item.finding.about),
            item.message,
            item.remedy,
            standing,
        )
        for items, standing in standings
        for item in items
    ]
    return SheetTable(_("核对结果"), [Column(head) for head in heads], rows)


def _money(name: str) -> Column:
    return Column(_("{name}（元）").format(name=name), "money")


def _parent(book: Book, row: ProjectYear) -> str:
    parent = book.project_year(row.year, book.parent(row.project))
    return parent.name if parent else ""
