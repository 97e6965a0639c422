"""The projects a report tells of: names, amounts by what they are, sub-projects with purpose and spending."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from core.audit.model import Item
from core.audit.projects import ROLES, Project
from core.audit.reading import Reading, Row
from core.founding.layout import Layout
from core.founding.unit import is_exact, within
from core.text.plain import plain

_NAME: Final = re.compile(
    r"项目(?:名称[：:]?)?(?P<name>[“\"].{1,80}[”\"])(?=[^\n，。；]{0,4}(?:年初|上年|全年|预算|批复))"
)
_SUB: Final = re.compile(r"^[ \u3000]*（(?:\d{1,2})）[ \u3000]*(?P<name>[^\n]{2,60})$", re.M)
_SPENT: Final = re.compile(r"[ \u3000]*(?:本?项目)?(?:实际)?(?:支出|使用资金|安排资金|列支)")
_BELOW: Final = re.compile(r"项目实施及绩效情况如下[：:]?")
_LABEL: Final = re.compile(
    r"^\s*(?P<mark>\[[^\]\n]{1,40}\])?\s*(?:\d{1,2}[.．、]|[（(][\d一二三四五六七八九十]{1,3}[）)])\s*"
)
_RECALLED: Final = re.compile(r"财政收回|收回财政|上缴财政|由财政|缴回国库")
_REST: Final = re.compile(r"剩余(?:资金|指标)?|收回")
_NAME_HEAD: Final = re.compile(r"^(?:项目|子项目|专项)(?:名称)?$|^(?:支出)?项目名称$")
_TOTAL: Final = re.compile(r"^(?:合计|小计|总计|其中|项目支出|年度资金总额)")
_MOST: Final = 200  # projects of one report


@dataclass(slots=True)
class Sub:
    """A sub-project: its name, what was spent, on what."""

    name: str
    start: int
    end: int
    spent: Item | None = None
    purpose: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class Told:
    """A project as the report tells it."""

    name: str
    start: int  # of the name
    end: int
    roles: dict[str, Item] = field(default_factory=dict)
    recalled: str = ""  # the words that say the rest was taken back, where no amount is printed
    recalled_at: tuple[int, int] = (0, 0)
    sentence: tuple[int, int] = (0, 0)
    subs: list[Sub] = field(default_factory=list)
    story: tuple[tuple[int, int], ...] = ()


def told_projects(reading: Reading, passages: list[Project], layout: Layout) -> list[Told]:
    """The projects of the text in their order, each once; of tables those that the text does not tell."""
    found: list[Told] = []
    for passage in passages:
        if layout.start <= passage.start < layout.end and len(found) < _MOST:
            one = _told(reading, passage, layout)
            if one is not None and all(one.name != held.name for held in found):
                found.append(one)
    names = {_key(one.name) for one in found}
    for rows in reading.tables:
        if layout.start <= rows[0].start < layout.end:
            for one in _of_table(reading, rows):
                if _key(one.name) not in names and len(found) < _MOST:
                    names.add(_key(one.name))
                    found.append(one)
    return found


def _key(name: str) -> str:
    return re.sub(r"[\s“”‘’\"'（）()]|项目$", "", plain(name))


def _told(reading: Reading, passage: Project, layout: Layout) -> Told | None:
    text = reading.text
    end = min(passage.end, layout.end)
    section = layout.find(passage.start + 1)
    if section is not None:
        end = min(end, section.end)
    match = _NAME.search(text, passage.start, end)
    if match is None:
        return None
    begin = passage.start + 1 if text[passage.start] == "\n" else passage.start
    line_end = text.find("\n", match.end())
    line_end = end if line_end < 0 else min(line_end, end)
    roles = {name: item for name, item in passage.roles.items() if is_exact(item)}
    one = Told(quoted(match["name"][1:-1]), match.start("name"), match.end("name"), roles)
    first = next(iter(passage.items), None)
    for item in passage.items:
        if first is not None and item.sentence != first.sentence:
            break
        near = reading.plain[item.end : item.end + 12]
        if (
            is_exact(item)
            and _REST.search(item.label)
            and _RECALLED.search(item.label + re.split("[，。；）]", near)[0])
        ):
            roles["recalled"] = item
    words = _RECALLED.search(reading.plain, begin, line_end)
    if words and "recalled" not in roles:
        one.recalled, one.recalled_at = words[0], words.span()
    below = _BELOW.search(text, begin, end)
    one.sentence = (begin, below.start() if below else line_end)
    _split(reading, passage, one, below.end() if below else line_end, end)
    return one


def _split(reading: Reading, passage: Project, one: Told, start: int, end: int) -> None:
    """What stands below the sentence: sub-projects, and the story of the project."""
    heads = [match for match in _SUB.finditer(reading.plain, start, end) if _is_sub(reading, match, end)]
    places = [*(match.start() for match in heads), end]
    spans = [(start, places[0])]
    for match, stop in zip(heads, places[1:], strict=True):
        name, body = _sub_name(reading, match)
        spent = next((i for i in passage.items if body <= i.start < stop and is_exact(i)), None)
        sub = Sub(name, match.start("name"), match.start("name") + len(name), spent)
        after = spent.end if spent else body
        line = reading.text.find("\n", after, stop)
        last = match is heads[-1]
        till = line if last and line >= 0 else stop
        sub.purpose = (after, till)
        one.subs.append(sub)
        if last:
            spans.append((till, stop))
    one.story = tuple((a, b) for a, b in spans if reading.text[a:b].strip())


def _is_sub(reading: Reading, match: re.Match[str], end: int) -> bool:
    """Whether a line （1）… names a sub-project: the next one, or its own rest, says what was spent."""
    rest = reading.plain[match.end() : end].lstrip("\n \u3000")
    return bool(_SPENT.match(rest)) or bool(re.search(r"[。：，]\s*(?:项目)?(?:实际)?支出\d", match["name"]))


def _sub_name(reading: Reading, match: re.Match[str]) -> tuple[str, int]:
    """The name, and where the words behind it begin."""
    words = reading.text[match.start("name") : match.end("name")]
    inside = re.search(r"[。：，]\s*(?:项目)?(?:实际)?支出\d", plain(words))
    if inside:
        return words[: inside.start()].strip(), match.start("name") + inside.start() + 1
    return words.strip().rstrip("。：:；"), match.end("name")


def quoted(name: str) -> str:
    """A name with its inner quotes as double ones, in pairs: it is printed with single ones inside “ ”."""
    count = 0

    def turn(_match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return "“" if count % 2 else "”"

    turned = re.sub(r"[“”‘’\"']", turn, name.strip())
    return turned if count % 2 == 0 else re.sub(r"[“”‘’\"']", "", name.strip())


def sub_name(name: str, taken: set[str]) -> str:
    """A sub-project's name without the 项目 that a report puts behind it, unless it would be another's name."""
    name = quoted(name)
    short = name.removesuffix("项目").strip()
    return short if len(short) >= 2 and not short.endswith("项目") and short not in taken else name


def own_words(reading: Reading, one: Told) -> tuple[str, int]:
    """What stands before the number of its sentence, such as the mark of another program, and where the sentence
    begins behind the number."""
    match = _LABEL.match(reading.text[one.sentence[0] : one.sentence[1]])
    return ((match["mark"] or ""), one.sentence[0] + match.end()) if match else ("", one.sentence[0])


# Tables


def _of_table(reading: Reading, rows: tuple[Row, ...]) -> Iterator[Told]:
    """The projects of a table whose head names a project and at least two of its amounts."""
    for number, row in enumerate(rows[:3]):
        heads = [re.sub(r"\s|（.*?）", "", plain(cell.text)) for cell in row.cells]
        name = next((n for n, head in enumerate(heads) if _NAME_HEAD.match(head)), -1)
        columns: dict[str, int] = {}
        for at, head in enumerate(heads):
            role = next((key for key, pattern in ROLES.items() if at != name and pattern.search(head)), "")
            if role and "率" not in head:
                columns.setdefault(role, at)
        if name < 0 or len(columns) < 2:
            continue
        for line in rows[number + 1 :]:
            if len(line.cells) <= name or not (words := line.cells[name].text) or _TOTAL.match(words):
                continue
            found = {key: reading.cell_item(line, at, True) for key, at in columns.items()}
            roles = {key: item for key, item in found.items() if item is not None and is_exact(item)}
            if roles and line.cells[name].number is None:
                cell = line.cells[name]
                start = reading.text.index(words, cell.start)
                yield Told(quoted(words), start, start + len(words), roles)
        return


def spans(told: list[Told]) -> list[tuple[int, int]]:
    """The passages of projects in the text: figures in them are not the unit's."""
    found = []
    for one in told:
        ends = [one.end, one.sentence[1], *(sub.purpose[1] for sub in one.subs), *(end for _s, end in one.story)]
        found.append((one.sentence[0] if one.sentence[1] else one.start, max(ends)))
    return found


def is_in(place: int, told: list[Told]) -> bool:
    """Whether a place is in the passage of a project."""
    return within(place, spans(told))
