"""What tables and fields are called in Chinese, and how a field's value reads: for the journal and other lists."""

from collections.abc import Mapping

from core.attached import ATTACHMENT_FIELDS
from core.basic_form import COLUMNS, amount_text
from core.batches import BATCH_FIELDS, KINDS
from core.book import Book
from core.check import About
from core.facts import item_label
from core.figures import ITEM_LABELS
from core.goals import ATTAINED_LABELS, CAUSE_LABELS, POSSIBILITY_LABELS, VERSION_LABELS
from core.i18n import _
from core.model import (
    COMMITMENT_LABELS,
    EVENT_LABELS,
    FUND_LABELS,
    YEAR_STATE_LABELS,
    Answer,
    Attachment,
    Basis,
    Batch,
    BudgetEvent,
    Commitment,
    Fact,
    Indicator,
    Monitor,
    Payment,
    Project,
    ProjectYear,
    Record,
    Section,
    Staff,
    Stated,
    Submission,
    Unit,
    UnitYear,
    Waiver,
    Year,
)
from core.money import show_printed, show_yuan
from core.outline import PURPOSE, SENTENCE, STORY, print_name, template_of
from core.seal import seal_code
from core.submitted import SUBMISSION_LABELS

RECORD_LABELS: Mapping[type[Record], str] = {
    Unit: _("单位"),
    UnitYear: _("单位信息"),
    Year: _("年度"),
    Staff: _("人员编制"),
    Project: _("项目归属"),
    ProjectYear: _("项目"),
    BudgetEvent: _("预算变动"),
    Payment: _("支出"),
    Stated: _("填报数"),
    Section: _("报告文字"),
    Waiver: _("说明"),
    Commitment: _("在途"),
    Fact: _("基础数据"),
    Indicator: _("绩效指标"),
    Monitor: _("执行监控"),
    Answer: _("回答"),
    Batch: _("导入批次"),
    Submission: _("报送记录"),
    Attachment: _("佐证材料"),
}

# Fields that mean the same wherever they occur, then those that do not.
_SHARED: Mapping[str, str] = {
    "id": _("编号"),
    "year": _("年度"),
    "project": _("项目"),
    "date": _("日期"),
    "amount": _("金额"),
    "fund": _("资金性质"),
    "functional_code": _("功能分类科目"),
    "economic_code": _("经济分类科目"),
    "objective_expected": _("年初绩效目标"),
    "objective_actual": _("绩效目标完成情况"),
    "memo": _("备注"),
    "batch": _("导入批次"),
    "about": _("所属项目"),
}
_OWN: Mapping[type[Record], Mapping[str, str]] = {
    Unit: {
        "code": _("单位代码"),
        "kind": _("单位类别"),
        "basis": _("决算口径"),
        "other_counts": _("其他资金计入预算收入"),
    },
    UnitYear: {
        "name": _("单位全称"),
        "short_name": _("单位简称"),
        "superior": _("主管部门"),
        "duties": _("主要职能"),
        "institutions": _("机构设置"),
        "head": _("单位负责人"),
        "finance_head": _("财务负责人"),
        "preparer": _("填报人"),
        "phone": _("联系电话"),
        "thrift": _("厉行节约保障措施"),
        "filled_on": _("填报日期"),
        "approved_on": _("决算批复日期"),
        "disclosed_on": _("公开日期"),
    },
    Year: {
        "state": _("状态"),
        "settling": _("年终清理"),
        "policy": _("口径"),
        "template": _("报告模板"),
        "seal": _("封存校验码"),
        "note": _("年度备注"),
        "locked_months": _("已锁定月份"),
        "reconciled_to": _("已对账至"),
    },
    Staff: {
        "type": _("编制类型"),
        "established": _("编制数"),
        "actual": _("实有人数"),
        "retired": _("退休人数"),
        "note": _("超编原因"),
    },
    Project: {"parent": _("上级项目"), "origin_year": _("起始年度")},
    ProjectYear: {
        "position": _("顺序"),
        "code": _("项目代码"),
        "name": _("项目名称"),
        "kind": _("项目类别"),
        "execution_reason": _("执行率偏低的原因"),
        "overspent_note": _("超预算说明"),
        "carry_policy": _("结转政策"),
        "public_special": _("公共专项"),
        "attribute": _("项目属性"),
        "taken_over": _("沿用上年"),
    },
    BudgetEvent: {
        "kind": _("类型"),
        "level": _("预算级次"),
        "advance": _("提前下达"),
        "doc_no": _("文号"),
        "doc_title": _("文件标题"),
        "pair": _("调剂的另一方"),
        "origin_year": _("资金所属年度"),
    },
    Payment: {
        "event": _("使用的指标"),
        "payee": _("收款人"),
        "purpose": _("用途"),
        "voucher": _("凭证号"),
        "bank_no": _("银行流水号"),
        "method": _("支付方式"),
        "reverses": _("冲销的原支出"),
    },
    Stated: {
        "item": _("填报项"),
        "printed_unit": _("填报单位"),
        "source_table": _("来源表"),
        "source_column": _("来源栏"),
    },
    Section: {"key": _("章节"), "text": _("正文"), "taken_over": _("沿用上年")},
    Waiver: {"rule": _("规则"), "about": _("位置"), "facts": _("当时的数字"), "reason": _("理由")},
    Commitment: {
        "event": _("使用的指标"),
        "state": _("状态"),
        "payment": _("对应的支出"),
        "payee": _("收款人"),
        "purpose": _("用途"),
    },
    Fact: {
        "item": _("数据项"),
        "last_actual": _("上年决算数"),
        "budget": _("本年预算数"),
        "actual": _("本年决算数"),
        "note": _("说明"),
    },
    Indicator: {
        "version": _("所在表"),
        "position": _("顺序"),
        "level1": _("一级指标"),
        "level2": _("二级指标"),
        "name": _("三级指标"),
        "operator": _("计算符号"),
        "target": _("指标值"),
        "unit": _("度量单位"),
        "weight": _("分值"),
        "actual": _("实际完成值"),
        "actual_unit": _("完成值的单位"),
        "attained": _("完成情况"),
        "score": _("得分"),
        "reason": _("偏差原因分析及改进措施"),
        "evidence": _("佐证材料"),
        "sample": _("样本量"),
        "method": _("调查方法"),
        "inapplicable": _("不适用"),
        "taken_over": _("沿用上年"),
        "goal": _("对应的目标"),
    },
    Monitor: {
        "month": _("监控月份"),
        "indicator": _("指标"),
        "progress": _("执行情况"),
        "expected": _("全年预计完成情况"),
        "forecast": _("全年预计执行数"),
        "possibility": _("完成目标可能性"),
        "causes": _("偏差原因"),
        "reason": _("原因说明"),
        "measure": _("拟采取的措施"),
    },
    Answer: {"rule": _("规则"), "about": _("位置"), "answer": _("回答"), "note": _("说明")},
    Batch: BATCH_FIELDS,
    Submission: SUBMISSION_LABELS,
    Attachment: ATTACHMENT_FIELDS,
}

BASIS_LABELS: Mapping[str, str] = {
    Basis.PAID: _("按实际支出确认收入"),
    Basis.ALLOTTED: _("按下达指标确认收入"),
}
SECTION_LABELS: Mapping[str, str] = {  # the parts that a report has once for each project
    SENTENCE: _("资金情况"),
    STORY: _("实施及绩效情况"),
    PURPOSE: _("资金用途"),
}
WORDS: Mapping[tuple[type[Record], str], Mapping[str, str]] = {
    (Unit, "basis"): BASIS_LABELS,
    (Year, "state"): YEAR_STATE_LABELS,
    (BudgetEvent, "kind"): EVENT_LABELS,
    (BudgetEvent, "fund"): FUND_LABELS,
    (Payment, "fund"): FUND_LABELS,
    (Commitment, "fund"): FUND_LABELS,
    (Commitment, "state"): COMMITMENT_LABELS,
    (Indicator, "version"): VERSION_LABELS,
    (Indicator, "attained"): ATTAINED_LABELS,
    (Monitor, "possibility"): POSSIBILITY_LABELS,
    (Batch, "kind"): KINDS,
}


def field_label(kind: type[Record], field: str) -> str:
    """What a field of a record is called. Raises ``KeyError`` for a field that has no label."""
    return _OWN[kind].get(field) or _SHARED[field]


def value_text(book: Book, record: Record, field: str) -> str:
    """A field's value as the user reads it; empty where nothing was entered. Amounts are in 元 (``1,234.56元``),
    records named by another are shown by name."""
    value = getattr(record, field)
    kind = type(record)
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(record, Stated) and field == "amount" and record.printed_unit not in ("元", "万元"):
        return show_printed(value, record.printed_unit) + record.printed_unit
    if field in ("amount", "forecast"):
        return _("{amount}元").format(amount=show_yuan(value))
    if isinstance(record, Year) and field == "seal":
        return seal_code(value)
    if isinstance(record, Attachment) and field == "about":
        return place_name(book, record.year, About.of(value))
    if isinstance(record, Section) and field == "key":
        return section_title(book, record.year, record.key)
    if field == "causes":
        return "、".join(CAUSE_LABELS.get(key, key) for key in value.split(",") if key)
    if isinstance(record, Fact) and field in COLUMNS:
        return amount_text(record.item, value)
    if words := WORDS.get((kind, field)):
        return words.get(value, value)
    if isinstance(record, Submission):
        return record.field_text(field)
    if isinstance(value, int):
        return _number_text(book, record, field, value)
    return str(value)


def _number_text(book: Book, record: Record, field: str, value: int) -> str:
    if isinstance(record, Staff | Fact | Batch | Attachment) or field in ("position", "id"):
        return str(value)
    if isinstance(record, Stated | Section | Indicator) and field == "about" and not value:
        return _("单位")
    if not value:
        return ""
    if field in ("project", "parent", "about"):
        return project_name(book, value, getattr(record, "year", 0))
    if field == "pair" or field == "event":
        return _entry_text(book.get(BudgetEvent, value), value)
    if field in ("indicator", "goal"):
        named = book.get(Indicator, value)
        return named.name if named else _("编号{number}").format(number=value)
    if field in ("reverses", "payment"):
        return _entry_text(book.get(Payment, value), value)
    return str(value)


def project_name(book: Book, project: int, year: int = 0) -> str:
    """A project's name in a year, else in the latest year it has one, else its number."""
    row = book.project_year(year, project)
    if row is None:
        held = (book.project_year(y.year, project) for y in reversed(book.years()))
        row = next((one for one in held if one), None)
    return row.name if row else _("编号{number}").format(number=project)


def section_title(book: Book, year: int, key: str) -> str:
    """What a section of a year's report is called; its key where the report has it no longer."""
    titles = {spec.key: spec.title for spec in template_of(book, year).sections}
    return SECTION_LABELS.get(key) or titles.get(key) or key


def _entry_text(entry: BudgetEvent | Payment | Commitment | None, number: int) -> str:
    if entry is None:
        return _("编号{number}").format(number=number)
    what = EVENT_LABELS.get(entry.kind, entry.kind) if isinstance(entry, BudgetEvent) else entry.purpose
    return " ".join(part for part in (entry.date, what, show_yuan(entry.amount)) if part)


def record_title(book: Book, record: Record) -> str:
    """A record in a few words: ``支出 业务性专项经费 2023-03-20 20,700.00``."""
    match record:
        case BudgetEvent() | Payment() | Commitment():
            own = f"{project_name(book, record.project, record.year)} {_entry_text(record, record.id)}"
        case Project():
            own = project_name(book, record.id)
        case ProjectYear():
            own = f"{record.name}（{record.year}）"
        case Stated() | Section():
            if isinstance(record, Stated):
                what = ITEM_LABELS.get(record.item, record.item)
            else:
                what = section_title(book, record.year, record.key)
            owner = f"{project_name(book, record.about, record.year)}·" if record.about else ""
            own = f"{owner}{what}（{record.year}）"
        case Staff():
            own = f"{record.type}（{record.year}）"
        case UnitYear() | Year():
            own = str(record.year)
        case Indicator():
            own = f"{record.name}（{record.year}）"
        case Monitor():
            own = _("{project} 1—{month}月").format(
                project=project_name(book, record.project, record.year), month=record.month
            )
        case Fact():
            own = f"{item_label(book, record.year, record.item)}（{record.year}）"
        case Batch():
            own = f"{record.file} {record.time.replace('T', ' ')}"
        case Attachment():
            own = f"{record.name}（{record.year}）"
        case Submission():
            own = f"{record.recipient}（{record.year}） {record.date}"
        case Waiver() | Answer():
            own = f"{record.rule}（{record.year}）"
        case _:
            own = ""
    return f"{RECORD_LABELS[type(record)]} {own}".strip()


def place_name(book: Book, year: int, about: About) -> str:
    """What a finding is about, by name, such as 项目“业务性专项经费” or 报告“五、其他需要说明的情况”."""
    row = book.project_year(year, about.id) if about.id else None
    match about.kind:
        case "section":
            title = row.name if row else section_title(book, year, about.field)
            return _("报告“{title}”").format(title=print_name(title)) if about.field else _("报告")
        case "stated":
            item = ITEM_LABELS.get(about.field, about.field)
            return _("填报数“{item}”").format(item=f"{print_name(row.name)}·{item}" if row else item)
        case "project":
            return _("项目“{name}”").format(name=print_name(row.name)) if row else _("项目")
        case "event":
            event = book.get(BudgetEvent, about.id)
            return _entry_place(event.date, EVENT_LABELS[event.kind], event.amount) if event else _("预算变动")
        case "payment":
            payment = book.get(Payment, about.id)
            return _entry_place(payment.date, payment.purpose, payment.amount) if payment else _("支出")
        case "indicator":
            indicator = book.get(Indicator, about.id)
            return _("指标“{name}”").format(name=print_name(indicator.name)) if indicator else _("绩效指标")
        case "commitment":
            commitment = book.get(Commitment, about.id)
            return _entry_place(commitment.date, commitment.purpose, commitment.amount) if commitment else _("在途")
        case "monitor":
            return _("项目“{name}”的执行监控").format(name=print_name(row.name)) if row else _("执行监控")
        case "evaluation":
            return _("项目“{name}”的自评表").format(name=print_name(row.name)) if row else _("部门整体自评表")
        case "fact":
            item = item_label(book, year, about.field)
            return _("基础数据表“{item}”").format(item=print_name(item)) if item else _("基础数据表")
        case "form":
            return _("本单位的表样")
        case "cover":
            return _("封面与签字栏")
        case "staff":
            return _("人员编制")
        case "year":
            return _("{year}年度").format(year=year)
    return _("单位")


def _entry_place(day: str, what: str, amount: int) -> str:
    return _("{date} {what} {amount}元").format(date=day, what=what, amount=show_yuan(amount))
