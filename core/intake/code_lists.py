"""A sheet that lists classification codes (科目代码), such as the functional codes of a province."""

import re
from dataclasses import dataclass

from core.codes import CodeKind, kind_of, name_of, same_name
from core.i18n import _
from core.intake.cells import Sheet
from core.intake.plan import LeftOut
from core.intake.values import even
from core.model import clean_text
from core.own_codes import OwnCode

_LOOKED_AT = 20
_FEWEST = 3  # codes that make a sheet a list of them
_CODE = re.compile(r"(?:.*(?:科目|分类).*)?(?:编码|代码|编号)")
_NAME = re.compile(r"(?:.*(?:科目|分类).*)?名称")
_FOREIGN = re.compile(r"金额|项目|预算|支出数|收款|单位名称|日期")  # headings of other lists
_LEVELS = ("类", "款", "项")
_TODAY = 9999  # a year in which no code is retired


@dataclass(frozen=True, slots=True)
class ListedCode:
    """A code from a row (from 1). ``before``: the name the program has for it; empty where it lacks the code."""

    row: int
    code: OwnCode
    before: str

    @property
    def is_new(self) -> bool:
        """Whether the program lacks the code."""
        return not self.before

    @property
    def is_known(self) -> bool:
        """Whether the program has it already, under this name."""
        return bool(self.before) and same_name(self.before, self.code.name)


@dataclass(frozen=True, slots=True)
class CodeList:
    """The codes of a sheet, and the rows that bear none."""

    header: int  # row of the headings, from 0
    listed: tuple[ListedCode, ...]
    skipped: tuple[LeftOut, ...]

    @property
    def kinds(self) -> tuple[CodeKind, ...]:
        """The lists its codes belong to."""
        return tuple(dict.fromkeys(one.code.kind for one in self.listed))

    @property
    def changes(self) -> tuple[ListedCode, ...]:
        """The codes the program lacks or calls otherwise."""
        return tuple(one for one in self.listed if not one.is_known)


def read_codes(sheet: Sheet) -> CodeList | None:
    """The codes of a sheet; None where it is no list of codes."""
    for row in range(min(_LOOKED_AT, len(sheet.rows))):
        places = _columns(sheet, row)
        if places is not None:
            found = _rows(sheet, row, *places)
            return found if len(found.listed) >= _FEWEST else None
    return None


def _columns(sheet: Sheet, row: int) -> tuple[tuple[int, ...], int] | None:
    """The columns of the code (one, or one for each level) and of the name, if the row is such a heading."""
    heads = [even(sheet.text(row, place)).strip("*:") for place in range(len(sheet.rows[row]))]
    if any(_FOREIGN.search(head) for head in heads):
        return None
    name = next((place for place, head in enumerate(heads) if _NAME.fullmatch(head)), -1)
    one = next((place for place, head in enumerate(heads) if _CODE.fullmatch(head)), -1)
    levels = tuple(heads.index(level) for level in _LEVELS if level in heads)
    if name < 0 or (one < 0 and len(levels) < 2):
        return None
    return ((one,) if one >= 0 else levels), name


def _rows(sheet: Sheet, header: int, places: tuple[int, ...], name_place: int) -> CodeList:
    listed: list[ListedCode] = []
    skipped: list[LeftOut] = []
    seen: dict[str, int] = {}
    for row in range(header + 1, len(sheet.rows)):
        code = "".join(re.sub(r"\D", "", even(sheet.text(row, place))) for place in places)
        name = clean_text(sheet.text(row, name_place)).strip().lstrip("—-· ")
        if not code and not name:
            continue
        kind = kind_of(code)
        if kind is None or not name:
            skipped.append(LeftOut(row + 1, _("没有名称") if kind else _("不是功能分类或经济分类科目代码")))
        elif code in seen:
            skipped.append(LeftOut(row + 1, _("与第{row}行代码相同").format(row=seen[code])))
        else:
            seen[code] = row + 1
            listed.append(ListedCode(row + 1, OwnCode(kind, code, name), name_of(code, kind, _TODAY)))
    return CodeList(header, tuple(listed), tuple(skipped))
