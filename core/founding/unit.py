"""What a report says of the unit: its names, duties and institutions, its staff, and its own figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from core.audit.model import MONEY, PEOPLE, Item
from core.audit.reading import Reading
from core.audit.whose import report_unit
from core.audit.wording import report_year
from core.figures import ITEM_LABELS
from core.founding.layout import Layout
from core.founding.plan import COUNT, LONG, TEXT, YEAR, Taken
from core.founding.plan import MONEY as AMOUNT
from core.founding.words import mended
from core.i18n import _
from core.text.headcount import Headcount, headcounts

UNIT, STAFF, FIGURES = _("单位"), _("人员"), _("填报数")

_SHORT: Final = re.compile(
    r"以下简称[“\"]?(?P<named>[一-鿿]{2,10})[”\"）)]|(?<![一-鿿])(?P<own>[一-鿿]{2,8}?)(?:的|是)?主要(?:工作)?职[责能]"
)
_SELF: Final = re.compile(r"本|我|单位|部门|根据|规定")
_DUTIES: Final = re.compile(r"主要(?:工作)?(?:职责|职能)(?:和任务)?(?:是|为|有|包括|如下)*[：:，]?\s*")
_POINT: Final = re.compile(r"\s*(?:[（(]?\d{1,2}[.．、）)]|[（(]?[一二三四五六七八九十]{1,3}[）)、]|[①-⑳])")
_INSTITUTIONS: Final = re.compile(
    r"(?P<words>(?:属于?|系|为|是)[^。\n]{0,40}?(?:单位|机关|团体|机构|部门)[^。\n]*|(?:内设|下设|设有|现设)[^。\n]+)"
)
_TILL: Final = re.compile(r"[，。；]?(?=截[至止]|本单位(?:实有|编制)|(?:年末)?实有|现有|编制人数)")
_PERSONS: Final = {
    "established": re.compile(r"编制(?:人数|数|总数)?$|核编$|核定[^，。]{0,6}编制$"),
    "actual": re.compile(r"(?:实有|在职|在岗|在编)[^，。]{0,6}$|现有(?:干部)?职工$"),
}
_POST: Final = re.compile(r"(?:编制|岗位)?(?:在职|在编|在岗)?(?:人员|干部)?(?:人?数)?$")
_DECORATION: Final = re.compile(
    r"^(?:【[^】]*】|截[至止])?(?:20\d\d年(?:度|末|底)?|本年度?|当年|全年(?!预算)|年末|我?[本我](?:单位|部门|局|会|校)|单位|部门|财政|其中|另有|另|有(?=其他))+"
)
# Who signs: on the cover and under the report, not in its text.
_SIGNED: Final = {
    "head": (_("单位负责人"), r"(?:单位|部门)负责人"),
    "finance_head": (_("财务负责人"), r"财务负责人"),
    "preparer": (_("填报人"), r"填[报表]人|经办人"),
    "phone": (_("联系电话"), r"联系电话"),
}
_SIGNATURE: Final = r"(?:（[^）\n]{1,6}）)?[：:|\s]{1,6}(?P<who>[一-鿿·]{2,12}(?=[\s|，]|$)|\d[\d-]{6,14})"
_NO_ONE: Final = re.compile(r"填|联系|单位|电话|日期|负责|财务|签字|盖章|公章")  # the next label, where nobody signs
_FILLED: Final = re.compile(
    r"(?:填报|报告|填表)日期[：:|\s]{1,6}(?P<day>(?P<y>20\d\d)年(?P<m>1[0-2]|0?[1-9])月(?P<d>3[01]|[12]\d|0?[1-9])日)"
)
_CLOSING: Final = re.compile(r"(?:共计|合计|总计|总额|总数|金额|完成|为|是|共|计|达到?)+$")
_MONEY_WORDS: Final = {
    "预算收入": r"预算收入|总?收入|收入预算|收入决算|预算总?收入",
    "年初预算": r"年初预算(?:数|收入|安排)?|年初(?:部门)?(?:安排|批复)预算",
    "调整追加": r"(?:年中)?(?:调整追加|追加调整|预算调整|预算追加|追加预算|调整预算|追加|调整)数?",
    "其他资金": r"其他资金(?:来源|收入)?|其他来源资金",
    "支出": r"(?:预算|决算)?总?支出(?:决算|预算执行)?数?",
    "基本支出": r"基本支出",
    "人员经费": r"人员(?:经费|支出)(?:支出)?",
    "公用经费": r"(?:日常)?公用(?:经费|支出)(?:支出)?",
    "项目支出": r"项目支出",
    "结余结转": r"(?:年末)?(?:结余结转|结转结余|结转和结余|结余和结转)(?:资金)?",
    "全年预算": r"全年预算数?|调整后预算数?",
    "财政收回": r"财政收回(?:资金|指标)?|收回财政",
}
_ROLES: Final = {item: re.compile(words) for item, words in _MONEY_WORDS.items()}


def about_unit(reading: Reading, layout: Layout) -> Iterator[Taken]:
    """Name, short name, year, duties and institutions."""
    text = reading.text
    name = report_unit(text)
    if name:
        yield _at("unit.name", _("单位全称"), name, text.find(name), _("单位信息"))
    if short := _short(text, name):
        yield _at("unit.short_name", _("单位简称"), short, text.find(short), _("单位信息"))
    if year := report_year(text):
        place = max(text.find(str(year), layout.start), text.find(str(year)), 0)
        yield Taken("year", UNIT, _("年度"), year, YEAR, place, place + 4, _("新建{year}年度").format(year=year))
    yield from _signed(text, layout)
    basics = next((one for one in layout.headings if one.key == "basics"), None)
    if basics is None and layout.headings:
        return
    start, end = (basics.body, basics.end) if basics else (layout.start, layout.end)
    yield from _duties(text, start, end)
    yield from _institutions(text, start, end)


def _at(key: str, what: str, words: str, start: int, becomes: str, sort: str = TEXT) -> Taken:
    return Taken(key, UNIT, what, words, sort, start, start + len(words), becomes)


def _short(text: str, name: str) -> str:
    for match in _SHORT.finditer(text[:4000]):
        short = match["named"] or match["own"]
        if short != name and not _SELF.search(short):
            return short
    return ""


def _signed(text: str, layout: Layout) -> Iterator[Taken]:
    """Who signs, and the day: what stands before and behind the narrative."""
    taken: set[str] = set()
    for start, end in ((0, layout.start), (layout.end, len(text))):
        for name, (what, words) in _SIGNED.items():
            for match in re.finditer(f"(?:{words}){_SIGNATURE}", text[start:end]):
                who = match["who"]
                if name not in taken and not _NO_ONE.match(who) and (name == "phone") == who[0].isdigit():
                    taken.add(name)
                    yield _at(f"unit.{name}", what, who, start + match.start("who"), _("单位信息"))
        day = _FILLED.search(text, start, end)
        if day and "filled_on" not in taken:
            taken.add("filled_on")
            iso = f"{day['y']}-{int(day['m']):02}-{int(day['d']):02}"
            yield Taken("unit.filled_on", UNIT, _("填报日期"), iso, TEXT, *day.span("day"), _("单位信息"))


def _duties(text: str, start: int, end: int) -> Iterator[Taken]:
    match = _DUTIES.search(text, start, end)
    if match is None:
        return
    stop = first = match.end()
    for number, line in enumerate(text[first:end].splitlines(keepends=True)):
        is_point = bool(_POINT.match(line))
        if line.strip() and not is_point and (number or not line.strip().endswith(("。", "；"))):
            break
        stop += len(line)
        if number == 0 and line.strip() and not is_point:
            break
    words = text[first:stop].strip()
    if words:
        at = text.index(words, first)
        yield Taken(
            "unit.duties", UNIT, _("主要职责"), mended(words), LONG, at, at + len(words), _("单位信息“主要职责”")
        )


def _institutions(text: str, start: int, end: int) -> Iterator[Taken]:
    name = report_unit(text)
    for match in _INSTITUTIONS.finditer(text, start, end):
        before = re.split(r"[。；\n]", text[start : match.start()])[-1].strip()
        if before and before not in (name, "本单位", "我单位", "本部门", "单位"):
            continue
        till = _TILL.search(match["words"])
        words = (match["words"][: till.start()] if till else match["words"]).strip()
        if words:
            ended = words if words.endswith("。") else words + "。"
            place = match.start("words")
            becomes = _("单位信息“机构情况”")
            yield Taken("unit.institutions", UNIT, _("机构情况"), ended, LONG, place, place + len(words), becomes)
            return


# Staff


def staff(reading: Reading, layout: Layout) -> Iterator[Taken]:
    """Established and actual posts by type (编制类型). A number that is not printed makes no record."""
    posts: dict[str, int] = {}
    taken: set[str] = set()
    for one in headcounts(reading.text):
        if not layout.start <= one.start < layout.end:
            continue
        field = "established" if _is_established(one) else "actual"
        for part in one.parts:
            post = _post(part.label)
            if not post:
                continue
            number = posts.setdefault(post, len(posts))
            key = f"staff.{number}.{field}"
            if key not in taken:
                taken.add(key)
                yield _count(key, post, field, part.number, part.start, part.end)
    if not posts:
        yield from _totals(reading, layout)


def _is_established(one: Headcount) -> bool:
    return "编" in one.total.label and not re.search("实有|在职|在编|在岗|现有", one.total.label)


def _post(label: str) -> str:
    """The post type that a part of a head count names; empty for a state such as 在职 or 退休."""
    if re.fullmatch(r"(?:在职|在编|在岗|离退休|离休|退休).*", label):
        return ""
    return _("{post}编制").format(post=_POST.sub("", label))


def _totals(reading: Reading, layout: Layout) -> Iterator[Taken]:
    """Numbers of all posts together, where their types are not told."""
    taken: set[str] = set()
    for item in reading.items:
        if item.sort != PEOPLE or item.compared or not layout.start <= item.start < layout.end or item.value % 1:
            continue
        for field, pattern in _PERSONS.items():
            if field not in taken and pattern.search(_CLOSING.sub("", item.label)):
                taken.add(field)
                yield _count(f"staff.0.{field}", _("在职人员"), field, int(item.value), item.start, item.end)
                break


def _count(key: str, post: str, field: str, number: int, start: int, end: int) -> Taken:
    what = {"established": _("{post}·编制数"), "actual": _("{post}·实有人数")}[field].format(post=post)
    return Taken(key, STAFF, what, number, COUNT, start, end, _("人员编制“{post}”").format(post=post))


def post_of(one: Taken) -> str:
    """The post type of a count taken by ``staff``."""
    return one.what.partition("·")[0]


# Money


def figures(reading: Reading, layout: Layout, inside: list[tuple[int, int]]) -> Iterator[Taken]:
    """The unit's figures as stated (填报数), each where it is first told. ``inside`` are the passages of projects."""
    taken: set[str] = set()
    for item in sorted(_unit_items(reading, layout, inside), key=lambda one: one.start):
        name = _item_name(item.label)
        if name and name not in taken:
            taken.add(name)
            yield Taken(
                f"stated.{name}",
                FIGURES,
                ITEM_LABELS.get(name, name),
                fen(item),
                AMOUNT,
                item.start,
                item.end,
                _("填报数“{item}”").format(item=ITEM_LABELS.get(name, name)),
                item.amount.unit or reading.unit,
            )


def echoes(
    reading: Reading, layout: Layout, inside: list[tuple[int, int]], stated: list[Taken]
) -> Iterator[tuple[int, int, str]]:
    """Where a figure of the unit is said again, the same: start, end and key."""
    held = {one.key: one for one in stated}
    for item in _unit_items(reading, layout, inside):
        key = f"stated.{_item_name(item.label)}"
        if key in held and held[key].value == fen(item) and held[key].start != item.start:
            yield item.start, item.end, key


def _unit_items(reading: Reading, layout: Layout, inside: list[tuple[int, int]]) -> Iterator[Item]:
    for item in reading.items:
        if is_exact(item) and layout.start <= item.start < layout.end and not within(item.start, inside):
            yield item
    for rows in reading.tables:
        for row in rows:
            numbers = [n for n, cell in enumerate(row.cells) if cell.number is not None]
            if len(numbers) != 1 or not layout.start <= row.start < layout.end or within(row.start, inside):
                continue
            found = reading.cell_item(row, numbers[0], True)
            if found is not None and is_exact(found) and numbers[0]:
                words = re.sub(r"（.*?）|\(.*?\)|\s", "", row.cells[numbers[0] - 1].text)
                yield Item(found.amount, found.sort, found.value, found.place, words, "", "", 0, row.line, 0)


def is_exact(item: Item) -> bool:
    """Whether it is a printed amount of this year, in whole 分."""
    return item.sort == MONEY and not item.compared and not item.amount.approx and not item.value * 100 % 1


def within(place: int, spans: list[tuple[int, int]]) -> bool:
    """Whether a place is in one of the spans."""
    return any(start <= place < end for start, end in spans)


def fen(item: Item) -> int:
    """The amount in 分."""
    return int(item.value * 100)


def _item_name(label: str) -> str:
    words = _CLOSING.sub("", _DECORATION.sub("", re.sub(r"\s|（[^）]*）", "", label)))
    return next((name for name, pattern in _ROLES.items() if pattern.fullmatch(words)), "")
