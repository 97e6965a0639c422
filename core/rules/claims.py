"""Rules about what the text says of the money and the staff, held against the ledger's own records."""

import re
from collections.abc import Iterable, Iterator

from core.book import Book
from core.check import Finding, Rule, Scope, Severity, Stage, Subject, exact_figures, rule
from core.figures import Ref, figure
from core.i18n import _
from core.identities import CARRY, item_name
from core.model import Staff
from core.outline import PURPOSE, SENTENCE, STORY, print_name
from core.passage import Passage, passage, quote
from core.text.claims import Claim, carry_claims, supplement_claims
from core.text.headcount import Headcount, headcounts
from core.text.sentences import sentences

_RECALL = re.compile(
    r"(?:由|被)?(?:同级|区|县|市)?财政(?:部门|局)?(?:已|予以|统一|全部|全额|统筹){0,2}收回|收回(?:财政|预算|结余)?指标|指标(?:已|被|全部)?收回"
    r"|归集上缴"
)
_NOT_RECALLED = re.compile(r"(?:未|没有|无|不|拟|将|可|建议|避免|防止|以免)[^，。；\n]{0,6}$")
_OTHER_YEAR = re.compile(r"上年|上一年度|去年|往年|以前年度|下年|来年")
_ACTUAL_STAFF = re.compile(r"实有(?:在职)?(?:人数|人员|职工)?(?:共|为|有|：|合计)*\s?(?P<number>\d+)\s?[人名]")


def _passages(book: Book, year: int, project: int) -> list[Passage]:
    """What the officer wrote of a project: its sentence where it is his own, its story, its sub-projects' purposes."""
    places = [(SENTENCE, project), (STORY, project), *((PURPOSE, c.project) for c in book.children(year, project))]
    found = [passage(book, year, key, about) for key, about in places if book.section(year, key, about)]
    return [one for one in found if one is not None]


def _amount(book: Book, year: int, project: int, item: str) -> int:
    """A project's figure as it prints, in 分."""
    found = figure(book, Ref(year, project, item))
    return found.value if found and isinstance(found.value, int) else 0


@rule(
    "C-008",
    severity=Severity.WARNING,
    subject=Subject.TEXT,
    scope=Scope.PROJECT,
    stage=Stage.REPORT,
    title=_("财政收回与文字不一致"),
    message=_("项目“{name}”{fact}。"),
    why=_("剩余资金由财政收回的，报告要写明；没有收回的，不能写收回。"),
    remedy=_("核对年末收回文件：已收回的登记财政收回，并在项目语句中写明；没有收回的，删改文字。"),
)
def recall(self: Rule, book: Book, year: int, project: int, _key: str) -> Iterator[Finding]:
    """domain C-008: the text speaks of 财政收回 and R = 0, or the officer's own sentence is silent and R > 0. The
    sentence made by the program always says it."""
    row = book.project_year(year, project)
    if row is None or book.parent(project):
        return
    name = print_name(row.name)
    own = _passages(book, year, project)
    recovered = _amount(book, year, project, "财政收回") if own else 0
    for found in own if not recovered else ():
        for start, end in _recalls(found.text, year)[:1]:
            words = found.text[start:end]
            yield self.found(
                year,
                found.about(start, end),
                values={"name": name, "fact": _("文中写“{words}”，但没有登记财政收回").format(words=words)},
                figures=exact_figures((_("财政收回"), 0)),
                words=words,
            )
    sentence = next((found for found in own if found.part.key == SENTENCE), None)
    if recovered > 0 and sentence and not any(_RECALL.search(one.text) for one in own if one.part.key != PURPOSE):
        shown = exact_figures((_("财政收回"), recovered))
        fact = _("由财政收回{amount}，项目语句没有写明").format(amount=shown[0].words)
        yield self.found(year, sentence.about(), values={"name": name, "fact": fact}, figures=shown)


def _recalls(text: str, year: int) -> list[tuple[int, int]]:
    """Places that say that money was recalled this year."""
    found = []
    for sentence in sentences(text):
        years = {int(y) for y in re.findall(r"(20\d\d)年", sentence.text)}
        if _OTHER_YEAR.search(sentence.text) or years - {year}:
            continue
        for match in _RECALL.finditer(sentence.text):
            if not _NOT_RECALLED.search(sentence.text[: match.start()]):
                found.append((sentence.start + match.start(), sentence.start + match.end()))
    return found


@rule(
    "C-046",
    severity=Severity.ERROR,
    subject=Subject.TEXT,
    scope=Scope.PROJECT,
    stage=Stage.REPORT,
    title=_("文字与数据矛盾"),
    message=_("“{name}”文中写“{words}”，但{fact}。"),
    why=_("同一个项目的文字和数字互相矛盾，报告的真实性会受到质疑。"),
    remedy=_("核对预算变动和结转：数字有误的更正台账，文字有误的修改文字。"),
)
def contradiction(self: Rule, book: Book, year: int, project: int, _key: str) -> Iterator[Finding]:
    """domain C-046: 追加 or 结转 in the text and 0 in the figures, or the reverse.

    上级转移支付 and 调增 are often called 追加 too, so that all three must be 0 for a contradiction.
    """
    row = book.project_year(year, project)
    written = _passages(book, year, project)
    if row is None or book.parent(project) or not written:
        return

    def amount(item: str) -> tuple[str, int]:
        return item_name(item), _amount(book, year, project, item)

    added = [amount("追加减"), amount("年中调增减"), amount("上级转移支付")]
    initial, carry = amount("年初预算"), amount(CARRY)
    for found in written:
        for claim in _first(supplement_claims(found.text)):
            if claim.denied and added[0][1]:
                yield _contradicts(self, found, print_name(row.name), claim, added[:1])
            elif not claim.denied and not any(sum_ for _item, sum_ in added):
                yield _contradicts(self, found, print_name(row.name), claim, [*added, initial])
        for claim in _first(carry_claims(found.text)):
            if claim.denied == (carry[1] != 0):
                yield _contradicts(self, found, print_name(row.name), claim, [carry])


def _first(claims: Iterable[Claim]) -> Iterator[Claim]:
    """One claim of each sort: to say it twice is no second fault."""
    seen: set[bool] = set()
    for claim in claims:
        if claim.denied not in seen:
            seen.add(claim.denied)
            yield claim


def _contradicts(self: Rule, found: Passage, name: str, claim: Claim, amounts: list[tuple[str, int]]) -> Finding:
    """The finding, with the figures that speak against the claim."""
    named = exact_figures(*amounts)
    fact = "，".join(_("{figure}为{amount}").format(figure=shown.label, amount=shown.words) for shown in named)
    return self.found(
        found.year,
        found.about(claim.start, claim.end),
        values={"name": name, "words": quote(claim.text), "fact": fact},
        figures=named,
        words=claim.text,
    )


@rule(
    "C-060",
    severity=Severity.ERROR,
    subject=Subject.TEXT,
    scope=Scope.SECTION,
    stage=Stage.REPORT,
    title=_("人数对不上"),
    message=_("文中写“{words}”，{fact}。"),
    why=_("人数是基本情况中最容易核对的数字，对不上会影响整份报告的可信度。"),
    remedy=_("核对编制本和花名册，更正文字，或更正单位信息中的人员编制。"),
)
def staff_count(self: Rule, book: Book, year: int, about: int, key: str) -> Iterator[Finding]:
    """domain C-060: a head count in the text = the sum of its parts, and = the staff records of the year."""
    found = passage(book, year, key, about)
    if found is None:
        return
    staff = book.staff(year)
    divided = headcounts(found.text)
    for count in divided:
        fact = _staff_fault(count, staff)
        if fact:
            yield self.found(
                year,
                found.about(count.start, count.end),
                values={"words": quote(count.text, 40), "fact": fact},
                words=count.text,
            )
    for match in _ACTUAL_STAFF.finditer(found.text) if staff else ():
        actual = sum(post.actual for post in staff)
        inside = any(count.start <= match.start() < count.end for count in divided)
        if not inside and int(match["number"]) != actual:
            yield self.found(
                year,
                found.about(match.start(), match.end()),
                values={"words": match[0], "fact": _("人员编制登记实有{n}人").format(n=actual)},
                words=match[0],
            )


def _staff_fault(count: Headcount, staff: list[Staff]) -> str:
    """What is wrong with a head count, in words; empty if nothing is."""
    if count.difference:
        parts, total = sum(part.number for part in count.parts), count.total.number
        return _("各部分合计{parts}人，与{total}人相差{n}人").format(parts=parts, total=total, n=abs(count.difference))
    label = count.total.label
    posts = {post.type: post.actual for post in staff}
    if "编" in label and "实有" not in label and "在" not in label:  # 编制数 is what is allowed, not who is there
        posts = {post.type: post.established for post in staff}
    for part in count.parts:
        for post, held in posts.items():
            if post and post in part.label and part.number != held:
                return _("人员编制登记{type}{n}人").format(type=post, n=held)
    by_post = any("编制" in part.label for part in count.parts)
    if staff and by_post and sum(posts.values()) != count.total.number:
        return _("人员编制登记共{n}人").format(n=sum(posts.values()))
    return ""
