"""The grids of 月度对账: what differs with both sides beside each other, quotas by project, and the control totals."""

from collections.abc import Hashable
from typing import Any

from core.i18n import _
from core.matching.mending import MEND_LABELS
from core.matching.model import AMOUNT, CODE, DATE, FIELD_LABELS, KIND_LABELS, PAYEE, PROJECT, Kind, Match, Totals
from core.matching.quotas import QuotaRow
from core.model import FUND_LABELS, Payment
from core.money import show_yuan
from ui.matching import MatchWork
from ui.tables import Column, RecordTable

TODO = "todo"
_THERE, _HERE = _("导出"), _("台账")
# What a side shows: key, title, width, the field it may differ in.
_SIDE = (
    ("date", _("日期"), 82, DATE),
    ("number", _("凭证号"), 76, ""),
    ("payee", _("收款人"), 104, PAYEE),
    ("project", _("项目"), 100, PROJECT),
    ("code", _("科目"), 76, CODE),
    ("amount", _("金额"), 92, AMOUNT),
)
_ALONE = (("row", _("表中行"), 60), ("date", _("日期"), 90), ("number", _("凭证号"), 96), ("payee", _("收款人"), 150),
          ("purpose", _("用途"), 150), ("project", _("项目"), 150), ("code", _("科目"), 76))  # fmt: skip


class MatchModel(RecordTable):
    """One match in each row; amounts in 元. The first column says what is to be done or was said."""

    def __init__(self, work: MatchWork, kind: Kind, parent: Any = None) -> None:
        self.kind = kind
        columns = [Column(TODO, _("处理"), 100)]
        if kind in (Kind.THERE, Kind.HERE):
            side = "t" if kind == Kind.THERE else "h"
            for key, title, width in _ALONE:
                if key != "row" or kind == Kind.THERE:
                    columns.append(Column(f"{side}_{key}", title, width))
            columns.append(Column(f"{side}_amount", _("金额（元）"), 110, is_amount=True))
        else:
            for side, name in (("t", _THERE), ("h", _HERE)):
                for key, title, width, _field in _SIDE:
                    columns.append(Column(f"{side}_{key}", f"{name}\n{title}", width, is_amount=key == "amount"))
        columns.append(Column("why", _("说明"), 0))
        super().__init__(columns, parent)
        self.work = work
        self.names: dict[int, str] = {}

    def show(self, matches: tuple[Match, ...]) -> None:
        """Show these matches."""
        desk = self.work.desk
        self.names = {row.project: row.name for row in desk.book.project_years(desk.year)}
        self.show_rows([one for one in matches if one.kind == self.kind])
        self.tell_all()

    def unneeded(self) -> list[int]:
        """Columns of codes that nothing differs in."""
        needed = self.kind in (Kind.THERE, Kind.HERE) or any(CODE in one.fields for one in self.rows)
        return [n for n, column in enumerate(self.columns) if column.key.endswith("_code") and not needed]

    def key(self, record: Any) -> Hashable:
        return record.key

    def text(self, record: Any, column: str) -> str:
        match: Match = record
        if column == TODO:
            return self._todo(match)
        if column == "why":
            return self._why(match)
        side, _mark, field = column.partition("_")
        payments = [one.payment for one in match.lines] if side == "t" else list(match.payments)
        if not payments:
            return ""
        if field == "row":
            return "、".join(str(one.row) for one in match.lines)
        if field == "amount":
            return show_yuan(sum(one.amount for one in payments))
        texts = [
            match.lines[place].project
            if side == "t" and field == "project" and not one.project
            else self._of(one, field)
            for place, one in enumerate(payments)
        ]
        known = list(dict.fromkeys(text for text in texts if text))
        if len(payments) > 1 and field == "number":
            return _("{n}笔").format(n=len(payments)) + (f"：{'、'.join(known)}" if known else "")
        return "、".join(known)

    def _of(self, payment: Payment, field: str) -> str:
        match field:
            case "number":
                return payment.bank_no or payment.voucher
            case "project":
                return self.names.get(payment.project, "")
            case "code":
                return payment.economic_code or payment.functional_code
        return str(getattr(payment, field))

    def _todo(self, match: Match) -> str:
        if wanted := self.work.orders.get(match.key):
            parts = "、".join(FIELD_LABELS[one] for one in self.work.parts.get(match.key, ()))
            return "→ " + (_("改{fields}").format(fields=parts) if parts else MEND_LABELS[wanted])
        if match.reason:
            return _("已接受")
        if match.kind == Kind.MATCHED:
            return _("✓ 相符")
        return _("请确认") if match.kind == Kind.DOUBTFUL and match.payments else _("未处理")

    def _why(self, match: Match) -> str:
        words = []
        if match.reason:
            words.append(_("接受：{reason}").format(reason=match.reason))
        if match.fields and match.kind != Kind.MATCHED:
            named = "、".join(FIELD_LABELS[one] for one in match.fields)
            words.append(_("{fields}不同").format(fields=named))
            if AMOUNT in match.fields:
                more = _("多") if match.there > match.here else _("少")
                amount = show_yuan(abs(match.there - match.here))
                words[-1] += _("，导出比台账{more}{amount}元").format(more=more, amount=amount)
        if match.why:
            words.append(match.why)
        return "；".join(words)

    def tone(self, record: Any, column: str) -> str:
        match: Match = record
        if column == TODO:
            if match.key in self.work.orders:
                return "accent"
            return "good" if match.reason or match.kind == Kind.MATCHED else "second"
        if column == "why":
            return "second"
        return "error" if self._differs(match, column) else ""

    def ground(self, record: Any, column: str) -> str:
        return "error_soft" if self._differs(record, column) else "page" if column.startswith("h_") else ""

    def _differs(self, match: Match, column: str) -> bool:
        if match.kind not in (Kind.DIFFERENT, Kind.DOUBTFUL) or not (match.lines and match.payments):
            return False
        field = column[2:]
        return any(key == field and name in match.fields for key, _title, _width, name in _SIDE if name)

    def tip(self, record: Any, column: str) -> str:
        return "" if column == TODO else self.text(record, column)

    def is_summed(self, column: str) -> bool:
        return column.endswith("_amount")

    def amount(self, record: Any, column: str) -> int | None:
        if not column.endswith("_amount"):
            return None
        match: Match = record
        return match.there if column.startswith("t_") else match.here

    @property
    def unit(self) -> str:
        """Amounts of a comparison always stand in 元: a 分 decides."""
        return "元"


_QUOTA = (("budget", _("指标")), ("spent", _("已支付")), ("left", _("余额")))


class QuotaModel(RecordTable):
    """One project and fund source in each row, both sides beside each other, in 元."""

    def __init__(self, parent: Any = None) -> None:
        columns = [Column("state", _("结果"), 72), Column("name", _("项目"), 160), Column("fund", _("资金性质"), 118)]
        for key, title in _QUOTA:
            for side, name in (("t", _THERE), ("h", _HERE)):
                columns.append(Column(f"{side}_{key}", f"{name}{title}\n（元）", 96, is_amount=True))
        columns += [Column("difference", _("差额\n（元）"), 92, is_amount=True), Column("why", _("可能的原因"), 0)]
        super().__init__(columns, parent)

    def key(self, record: Any) -> Hashable:
        return record.key

    def text(self, record: Any, column: str) -> str:
        row: QuotaRow = record
        match column:
            case "state":
                return _("已接受") if row.reason else KIND_LABELS[row.kind]
            case "name":
                return row.name
            case "fund":
                return FUND_LABELS[row.fund] if row.fund else _("全部资金")
            case "difference":
                return show_yuan(row.difference) if row.difference else ""
            case "why":
                return _("接受：{reason}").format(reason=row.reason) if row.reason else row.why
        amount = self.amount(row, column)
        return show_yuan(amount) if amount is not None else ""

    def amount(self, record: Any, column: str) -> int | None:
        row: QuotaRow = record
        if column == "difference":
            return row.difference
        side, _mark, field = column.partition("_")
        if side not in ("t", "h") or not field:
            return None
        place = [key for key, _title in _QUOTA].index(field)
        if side == "t":
            return row.there[place]
        return row.here[place] if row.here is not None else None

    def tone(self, record: Any, column: str) -> str:
        row: QuotaRow = record
        if column == "state":
            return "good" if not row.is_open else "error"
        if column == "why":
            return "second"
        return "error" if self._differs(row, column) else ""

    def ground(self, record: Any, column: str) -> str:
        return "error_soft" if self._differs(record, column) else "page" if column.startswith("h_") else ""

    def _differs(self, row: QuotaRow, column: str) -> bool:
        return column[2:] in row.fields and column[1:2] == "_"

    def tip(self, record: Any, column: str) -> str:
        return self.text(record, column)

    @property
    def unit(self) -> str:
        """Always 元."""
        return "元"


_TOTALS = (
    Column("name", _("项目／月份"), 0),
    Column("count_there", _("导出\n笔数"), 70, is_amount=True),
    Column("there", _("导出金额\n（元）"), 118, is_amount=True),
    Column("count_here", _("台账\n笔数"), 70, is_amount=True),
    Column("here", _("台账金额\n（元）"), 118, is_amount=True),
    Column("difference", _("差额\n（元）"), 108, is_amount=True),
    Column("only_there", _("其中：\n只在导出"), 108, is_amount=True),
    Column("only_here", _("\n只在台账"), 108, is_amount=True),
    Column("different", _("\n不一致"), 108, is_amount=True),
    Column("doubtful", _("\n待确认"), 108, is_amount=True),
)
_COUNTS = ("count_there", "count_here")


class TotalsModel(RecordTable):
    """Control totals by project and by month, in 元; what pairs that agree move between them stands with 不一致."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(_TOTALS, parent)

    def key(self, record: Any) -> Hashable:
        return record.name

    def text(self, record: Any, column: str) -> str:
        if column == "name":
            return str(record.name)
        if column in _COUNTS:
            return str(getattr(record, column))
        amount = self.amount(record, column)
        return "" if amount is None else show_yuan(amount) if amount or column in ("there", "here") else "—"

    def amount(self, record: Any, column: str) -> int | None:
        if column in ("name", *_COUNTS):
            return None
        total: Totals = record
        return total.different + total.matched if column == "different" else int(getattr(total, column))

    def tone(self, record: Any, column: str) -> str:
        return "error" if column == "difference" and record.difference else ""

    def is_strong(self, record: Any) -> bool:
        return bool(record.name == _("合计"))

    @property
    def unit(self) -> str:
        """Always 元."""
        return "元"
