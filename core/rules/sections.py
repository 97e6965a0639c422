"""Rules about what stands in the sections of the report: all that belong there, filled in, of this year, and true."""

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from core.book import Book
from core.check import About, Finding, Repair, Rule, Scope, Severity, Stage, Subject, rule
from core.figures import RATE, Ref, figure
from core.i18n import _
from core.money import show_rate
from core.outline import (
    PURPOSE,
    STORY,
    TEMPLATES,
    Part,
    SectionSpec,
    Template,
    parse_template,
    part,
    print_name,
    reported_projects,
    template_of,
)
from core.passage import passage, quote, written
from core.text.causes import fine_claims, slow_claims
from core.text.likeness import likeness
from core.text.slips import stock_phrases

_NONE = re.compile(r"^(?:\{\w+\}|年度?|本年度?|本单位|\s)*(?:无|没有)")  # {name}{year}年没有…
_ONLY_MARKS = re.compile(r"^[\s/／\\—–\-－_…。.、，无略]{0,6}$")
_SAYS_NONE = re.compile(r"无|没有")
_PROBLEMS = re.compile(r"问题|措施|改进|建议")
_OWN_DETAIL = re.compile(r"\d(?!\d{0,3}年)")  # a number that is no year
_BASIC = re.compile(r"(?:基本支出|人员经费|公用经费)[^，。；]{0,12}$")
_LEAST_PROBLEMS, _LEAST_TEXT = 20, 60  # characters below which a text may well be the same every year
_LEAST_STOCK = 3  # stock phrases that make a passage boilerplate


@rule(
    "C-059",
    severity=Severity.ERROR,
    subject=Subject.TEXT,
    scope=Scope.REPORT,
    stage=Stage.REPORT,
    title=_("报告缺少内容"),
    message=_("报告中“{title}”{fault}。"),
    why=_("报告每缺一个部分都会扣分，漏写内容的报告会被退回。"),
    remedy=_("补写这一部分；确实没有内容的写明“无”。缺少部分或次序不对的，在设置中恢复报告模板。"),
)
def incomplete(self: Rule, book: Book, year: int, _id: int, _key: str) -> Iterator[Finding]:
    """domain C-059: a section of the template missing, out of order, or empty; a project of which nothing is said."""
    template = template_of(book, year)
    wanted = _shipped(template.name)
    held = [spec.key for spec in template.sections]
    known = [spec.key for spec in wanted.sections if spec.key in held] if wanted else []
    for spec in wanted.sections if wanted else ():
        if spec.key not in held:
            fault = _("这一部分没有了，报告模板规定要有")
            yield self.found(year, About("year", 0, "template"), values={"title": spec.title, "fault": fault})
    moved = next((key for key, right in zip([k for k in held if k in known], known, strict=True) if key != right), None)
    for spec in template.sections:
        if spec.key == moved:
            fault = _("的次序与报告模板不一致")
            yield self.found(year, About("section", 0, spec.key), values={"title": spec.title, "fault": fault})
        if spec.mode == "text" and not _NONE.match(spec.text):
            place = part(book, year, spec.key)
            if place and not place.raw.strip():
                values = {"title": spec.title, "fault": _("还没有写")}
                yield self.found(year, About("section", 0, spec.key), values=values)
    for row in reported_projects(book, year) if any(spec.mode == "projects" for spec in template.sections) else ():
        below = [PURPOSE] * len(children := book.children(year, row.project))
        places = [(STORY, row.project), *zip(below, (child.project for child in children), strict=True)]
        sections = [book.section(year, key, about) for key, about in places]
        if not any(section and section.text.strip() for section in sections):
            values = {"title": print_name(row.name), "fault": _("的实施和绩效情况还没有写")}
            yield self.found(year, About("section", row.project, STORY), values=values)


@lru_cache(maxsize=16)
def _shipped(name: str) -> Template | None:
    """The template of that name as it comes with the program; None for one of the unit's own."""
    read = (parse_template(path.read_text(encoding="utf-8")) for path in sorted(TEMPLATES.glob("*.toml")))
    return next((template for template in read if template.name == name), None) if name else None


@rule(
    "C-082",
    severity=Severity.WARNING,
    subject=Subject.TEXT,
    scope=Scope.REPORT,
    stage=Stage.REPORT,
    title=_("空白处没有写“无”"),
    message=_("报告中“{title}”{fault}。"),
    why=_("没有内容的部分要写明“无”，否则分不清是没有还是漏填。"),
    remedy=_("写明“无”或者补写内容；没有项目的，在标题后注明“无”。"),
)
def blank(self: Rule, book: Book, year: int, _id: int, _key: str) -> Iterator[Finding]:
    """domain C-082: a section that the template wants to say 无 is empty, any section holds a mere mark, or there is
    no project below the heading of the projects."""
    for spec in template_of(book, year).sections:
        about = About("section", 0, spec.key)
        fault, repair = _blank_fault(book, year, spec)
        if fault:
            yield self.found(year, about, values={"title": spec.title, "fault": fault}, repair=repair)


def _blank_fault(book: Book, year: int, spec: SectionSpec) -> tuple[str, Repair | None]:
    """What is blank in a section, in words (empty: nothing), and the repair where the template knows the words."""
    if spec.mode == "projects":
        bare = not reported_projects(book, year) and not _SAYS_NONE.search(spec.title)
        return _("下面没有项目，也没有说明") if bare else "", None
    place = part(book, year, spec.key) if spec.mode == "text" else None
    if place is None or not _ONLY_MARKS.match(place.raw):
        return "", None
    says_none = _NONE.match(spec.text)
    repair = Repair(_("恢复“{words}”").format(words=quote(spec.text)), "reset_section", (year, spec.key, 0))
    if not place.raw.strip():
        return (_("是空白，没有写明“无”"), repair) if says_none else ("", None)
    if _SAYS_NONE.search(place.raw):
        return "", None
    return _("只有符号“{mark}”，没有文字说明").format(mark=place.raw.strip()), repair if says_none else None


@rule(
    "C-085",
    severity=Severity.WARNING,
    subject=Subject.TEXT,
    scope=Scope.REPORT,
    stage=Stage.REPORT,
    title=_("文字照搬"),
    message=_("“{title}”中{fault}。"),
    why=_("问题和措施年年一样，说明没有针对当年情况分析，评审时按照搬照抄扣分。"),
    remedy=_("结合本年的项目和数字改写：写清是哪个项目、差多少、为什么、怎么改。"),
)
def copied(self: Rule, book: Book, year: int, _id: int, _key: str) -> Iterator[Finding]:
    """domain C-085: a free section equal to last year's (policy ``similarity``, 90 %), figures disregarded; problems
    made of phrases that stand in any report (only a hint)."""
    limit = book.policy(year).similarity
    free = {spec.key for spec in template_of(book, year).sections if spec.mode == "text" and not spec.text} | {STORY}
    for place in written(book, year):
        if place.key not in free or place.default:
            continue
        about = About("section", place.about, place.key)
        problems = bool(_PROBLEMS.search(place.title))
        former = book.section(year - 1, place.key, place.about)
        same = likeness(place.raw, former.text) if former and len(place.raw) >= _least(place) else 0
        if same >= limit:
            fault = _("有{n}%的文字与上年报告相同").format(n=same)
            yield self.found(year, about, values={"title": place.title, "fault": fault})
        elif problems and _is_boilerplate(book, year, place):
            spots = stock_phrases(place.raw)
            words = "、".join(spot.text for spot in spots[:_LEAST_STOCK])
            fault = _("多为通用的套话（{words}等），没有写到具体项目和数字").format(words=words)
            values = {"title": place.title, "fault": fault}
            yield self.found(year, about, values=values, severity=Severity.INFO)


def _least(place: Part) -> int:
    return _LEAST_PROBLEMS if _PROBLEMS.search(place.title) else _LEAST_TEXT


def _is_boilerplate(book: Book, year: int, place: Part) -> bool:
    """Whether a text consists of stock phrases and names neither a figure nor a project."""
    names = any(row.name in place.raw for row in book.project_years(year))
    return len(stock_phrases(place.raw)) >= _LEAST_STOCK and not names and not _OWN_DETAIL.search(place.raw)


@rule(
    "C-086",
    severity=Severity.WARNING,
    subject=Subject.TEXT,
    scope=Scope.SECTION,
    stage=Stage.REPORT,
    title=_("原因与数据矛盾"),
    message=_("文中写“{words}”，但{fact}。"),
    why=_("分析的原因和数字对不上，会被认为没有认真分析。"),
    remedy=_("核对执行率：按实际情况改写问题和原因，或者更正台账。"),
)
def cause(self: Rule, book: Book, year: int, about: int, key: str) -> Iterator[Finding]:
    """domain C-086: 执行进度慢 where every rate E/B is at the policy's ``slow_above`` (95 %) or more, 细微偏差 or
    执行良好 where one is under its ``fine_below`` (60 %)."""
    found = passage(book, year, key, about)
    slow = slow_claims(found.text)[:1] if found else ()
    fine = fine_claims(found.text)[:1] if found else ()
    if found is None or not (slow or fine):
        return
    policy = book.policy(year)
    rates = _rates(book, year, about)
    for spot in slow if rates and rates[0][0] * 100 >= policy.slow_above else ():
        fact = _("执行率最低的“{name}”也有{rate}").format(name=rates[0][1], rate=_percent(rates[0][0]))
        values = {"words": spot.text, "fact": fact}
        yield self.found(year, found.about(spot.start, spot.end), values=values, words=spot.text)
    for spot in fine if rates and rates[0][0] * 100 < policy.fine_below else ():
        if about == 0 and _BASIC.search(found.text[: spot.start]):
            continue
        fact = _("“{name}”的执行率只有{rate}").format(name=rates[0][1], rate=_percent(rates[0][0]))
        values = {"words": spot.text, "fact": fact}
        yield self.found(year, found.about(spot.start, spot.end), values=values, words=spot.text)


def _rates(book: Book, year: int, about: int) -> list[tuple[Fraction, str]]:
    """The execution rates that a section speaks of, lowest first, each with the name of its project: the project's
    own, or those of all reported projects and of the unit."""
    rows = [row for row in reported_projects(book, year) if about in (0, row.project)]
    named = [(Ref(year, row.project, RATE), print_name(row.name)) for row in rows]
    if about == 0:
        named.append((Ref(year, 0, RATE), _("本单位")))
    held = [(found.value, name) for ref, name in named if (found := figure(book, ref))]
    return sorted((value, name) for value, name in held if isinstance(value, Fraction))


def _percent(rate: Fraction) -> str:
    return show_rate(rate.numerator, rate.denominator)
