"""Rules about the cover and the foot of the forms (封面与签字栏): who signs, when it was filed and disclosed."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from core.book import Book
from core.check import About, Finding, Rule, Scope, Severity, Stage, Subject, rule
from core.facts import is_used
from core.i18n import _
from core.labels import field_label
from core.model import UnitYear
from core.questions import answered

WANTED = ("head", "preparer", "phone", "filled_on")
IN_TIME, LATE, EXEMPT = "in_time", "late", "exempt"

_PLACEHOLDER = re.compile(r"[\sXxＸｘ×某*＊_＿—\-]*")
_MARK = re.compile(r"[〔\[【][^〕\]】]*[〕\]】]")  # a remark such as 〔示例〕 is no part of a number
_PHONE = re.compile(r"[\d０-９+＋\-－—()（）\s转分机,，、/／;；]+")


def _is_phone(text: str) -> bool:
    """Whether a text is a telephone number, or several: seven digits and more, nothing but digits and marks."""
    plain = _MARK.sub("", text).strip()
    return bool(_PHONE.fullmatch(plain)) and sum(one.isdigit() for one in plain) >= 7


@rule(
    "C-079",
    severity=Severity.ERROR,
    subject=Subject.FORM,
    scope=Scope.FORM,
    stage=Stage.REPORT,
    title=_("封面和表格填写不全"),
    message=_("填报内容不全：{problem}。"),
    why=_("封面和表尾每缺一项，报告质量评分就会扣分。"),
    remedy=_("在单位信息中补填单位负责人、填报人、联系电话和填报日期。"),
)
def blanks(self: Rule, book: Book, year: int, _id: int, _key: str) -> Iterator[Finding]:
    """domain C-079: 单位负责人, 填报人, 联系电话, 填报日期 are filled, the phone is a number. A basic-data form
    that was not begun at all is one hint."""
    names = book.unit_year(year)
    blank = [name for name in WANTED if _PLACEHOLDER.fullmatch(getattr(names, name))]
    if blank:
        fields = "、".join(field_label(UnitYear, name) for name in blank)
        values = {"problem": _("封面和签字栏没有填写{fields}").format(fields=fields)}
        yield self.found(year, About("cover", 0, blank[0]), values=values)
    if "phone" not in blank and not _is_phone(names.phone):
        values = {"problem": _("联系电话“{phone}”不是电话号码").format(phone=names.phone.strip())}
        yield self.found(year, About("cover", 0, "phone"), values=values)
    if not is_used(book, year) and book.projects(year):
        values = {"problem": _("基础数据表还没有填写，三公经费和政府采购等的本年预算数为空")}
        remedy = _("在基础数据表中填写本年预算数等台账中没有的数；不报基础数据表的，不必填写。")
        yield self.found(year, About("fact"), values=values, severity=Severity.INFO, remedy=remedy)


@rule(
    "C-080",
    severity=Severity.WARNING,
    subject=Subject.FORM,
    scope=Scope.FORM,
    stage=Stage.REPORT,
    title=_("填报日期不合理"),
    message=_("填报日期{day}{problem}。"),
    why=_("年度终了后才有全年的决算数；过了报送期限再填报，会被通报或扣分。"),
    remedy=_("核对单位信息中的填报日期；报送期限与本地通知不同的，在评分与核对口径中修改。"),
)
def filing_day(self: Rule, book: Book, year: int, _id: int, _key: str) -> Iterator[Finding]:
    """domain C-080: 填报日期 is neither before the year's end nor after the policy's limit in the next year."""
    day = book.unit_year(year).filled_on
    limit = f"{year + 1}-{book.policy(year).filing_limit}"
    if day and day < f"{year}-12-31":
        problem = _("早于年度终了")
    elif day > limit:
        problem = _("晚于报送期限{limit}").format(limit=limit)
    else:
        return
    yield self.found(year, About("cover", 0, "filled_on"), values={"day": day, "problem": problem})


@rule(
    "C-083",
    severity=Severity.WARNING,
    subject=Subject.FORM,
    scope=Scope.FORM,
    stage=Stage.REPORT,
    title=_("决算是否按时公开"),
    message=_("决算公开：{problem}。"),
    why=_("部门决算应当在财政部门批复后的规定天数内向社会公开。"),
    remedy=_("填写决算批复日期和公开日期，或者直接回答；没有按时公开的，写明原因。"),
    choices=(
        (IN_TIME, _("已按时公开")),
        (LATE, _("没有按时公开")),
        (EXEMPT, _("按规定不公开")),
    ),
)
def disclosed(self: Rule, book: Book, year: int, _id: int, _key: str) -> Iterator[Finding]:
    """domain C-083: disclosed within the policy's days (20) of 决算批复; asked where the dates are not known. Late
    disclosure is a warning until the answer gives the reason."""
    names, about = book.unit_year(year), About("cover", 0, "disclosed_on")
    held = book.answer(year, self.id, about.key())
    given = answered(book, self, year, about)
    if given == EXEMPT or (given == LATE and held and held.note.strip()):
        return
    days = book.policy(year).disclosure_days
    approved, public = _day(names.approved_on), _day(names.disclosed_on)
    if approved and public:
        if public < approved:
            problem = _("公开日期{day}早于决算批复日期{approved}").format(day=public, approved=approved)
        elif public - approved > timedelta(days):
            late = (public - approved).days
            problem = _("决算批复后第{late}天才公开，超过规定的{days}天").format(late=late, days=days)
        else:
            return
        yield self.found(year, about, values={"problem": problem})
    elif given == LATE:
        yield self.found(year, about, values={"problem": _("已回答决算没有按时公开，还没有写明原因")})
    elif given != IN_TIME:
        problem = _("请回答决算是否在批复后{days}天内公开").format(days=days)
        if approved:
            last = approved + timedelta(days)
            problem = _("决算{approved}批复，请回答是否在{last}前公开").format(approved=approved, last=last)
        yield self.found(year, about, values={"problem": problem}, severity=Severity.INFO)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
