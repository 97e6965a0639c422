"""Walks the rows under a header: what is an entry, what is a total, a heading of a group or a footer, and why."""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from unicodedata import is_normalized

from core.batches import PROJECTS, STATED
from core.i18n import _
from core.intake.aliases import ITEM, unit_in_text
from core.intake.cells import Cell, Sheet
from core.intake.header import AMOUNTS, Column, Header
from core.intake.number_formats import scales
from core.intake.plan import FROM_COLUMN as FROM_COLUMN
from core.intake.plan import FROM_ROW as FROM_ROW
from core.intake.plan import GIVEN, GUESSED, Choices, Doubt, LeftOut, shown
from core.intake.values import WAN, YUAN, even, read_amount, read_code, read_day
from core.jobs import Progress
from core.model import clean_text

_AFTER_TOTAL = r"(?:数|金额)?(?:[:(].*|人民币.*|\d.*)?"
_TOTAL = re.compile(
    r"(?:(?:本页|全年|本年|总|支出|收入|预算|项目|单位|金额|费用)?(?:合计|总计|共计|总额)|小计|总和"
    r"|[本当][月季年日]?(?:合计|小计|累计)|累计|截至本月累计|页小计)" + _AFTER_TOTAL
)
_NAMED_TOTAL = re.compile(r".{1,12}(?:合计|小计|总计)" + _AFTER_TOTAL)  # 基本支出小计, where a row holds little else
_PLAIN_TOTALS = ("合计", "总计", "小计", "共计")
_PARTIAL = re.compile(r"小计|本页|页小计|[本当][月季日]|累计")
_RUNNING = re.compile(r"累计")
_NO_ENTRY = re.compile(r"(?:承前页|过次页|期初余额|年初余额|月初余额|上年结转余额|期末余额|上期结转)")
_FOOTER = re.compile(
    r"(?:填表|填报|制表|制单|编制|复核|审核|审批|经办|单位负责|财务负责|项目负责|出纳|会计|记账|主管|领导|财务|负责|联系)"
    r"(?:人|人员|单位|负责人|电话|主管|领导|科室|签字|签名|盖章|日期|时间)*(?:\([^()]*\))?:"
    r"|(?:打印|导出|制表|填报|填表|编制|查询|统计)(?:日期|时间|人)[:\d]|第\d+页|共\d+页|\d+/\d+页|(?:注|备注|说明|附注|备考)\d?:|以下空白|本表一式"
)
TOTAL, BALANCE, FOOTER = "total", "balance", "footer"
_SUBTOTAL, _GRAND_TOTAL = _("小计行"), _("合计行")
_COUNTER = re.compile(r"(?:\(?\d{1,3}\)?|[a-z]|[甲乙丙丁戊己庚辛]|栏次|行次|列次|\(\d+\)=.*)")


class Rows:
    """The rows under a header with what is found wrong with them. ``own``: what this unit is called, and its code."""

    def __init__(
        self,
        sheet: Sheet,
        header: Header,
        choices: Choices,
        year: int,
        own: Collection[str] = (),
        progress: Progress | None = None,
    ) -> None:
        self.sheet, self.header, self.choices, self.year = sheet, header, choices, year
        self._progress = progress
        self.columns: Mapping[str, Column] = {c.field: c for c in header.columns if c.field}
        self.doubts: list[Doubt] = []
        self.skipped: list[LeftOut] = []
        self.totals: list[tuple[int, bool, int]] = []  # row from 0, whether of the whole table, amount
        self.sums: dict[int, int] = {}  # what was read of a row's amounts, by row from 0
        self.group = ""  # heading of the group the row stands in
        self.read = 0
        self._held: set[int] = set()
        self._places = {field: column.place for field, column in self.columns.items()}
        self._plain = not (sheet.merges or sheet.formats)  # cells stand for themselves
        self._money = [c for c in header.columns if c.field in AMOUNTS or c.field.startswith(ITEM)]
        self.unit, self.unit_from = self._found_unit()
        self._others = self._other_units([name for name in map(even, own) if name])

    # Rows

    def entries(self) -> Iterator[int]:
        """The rows (from 0) that may be entries, in order; the others are counted and left out with a reason."""
        headings = {even(self.sheet.text(row, c.place)) for c in self.header.columns
                    for row in range(self.header.first, self.header.last + 1)} - {""}  # fmt: skip
        for row in range(self.header.last + 1, len(self.sheet.rows)):
            words = self._words(row)
            if not words and not self._texts(row):
                continue
            self.read += 1
            if self._progress and self.read % 1000 == 1:
                self._progress.step(row, len(self.sheet.rows))
            reason = self._no_entry(row, words, headings)
            if not reason and row + 1 in self.choices.left_out:
                reason = _("选择不导入")
            if not reason and self._others and self._unit_in(row) in self._others:
                reason = _("其他单位：{unit}").format(unit=self._unit_in(row))
            if reason:
                self.skip(row, reason, reason in (_SUBTOTAL, _GRAND_TOTAL))
            else:
                yield row

    def _unit_in(self, row: int) -> str:
        """The unit a row belongs to, as it names it; empty where it names none."""
        return self.text(row, "unit_name") or self.text(row, "unit_code")

    def _other_units(self, own: list[str]) -> frozenset[str]:
        """The units of a sheet that holds rows of several, other than this one; none where this one is not among them:
        it may be called otherwise there."""
        if not own or not (self.has("unit_name") or self.has("unit_code")):
            return frozenset()
        named = {self._unit_in(row) for row in range(self.header.last + 1, len(self.sheet.rows))} - {""}
        mine = {name for name in named if any(one in even(name) for one in own)}
        return frozenset(named - mine) if mine else frozenset()

    def _no_entry(self, row: int, words: list[str], headings: set[str]) -> str:
        """Why a row is no entry; empty for one that may be. ``words`` are its first texts."""
        begins = row <= self.header.last + 2
        if begins and self._counts(row):
            return _("栏次行")
        if not words:
            return ""
        if len(words) > 1 and all(word in headings for word in words):
            return _("重复的表头")
        labels = [_label(word) for word in words]
        if word := self._total_word(words, labels):
            partial = bool(_PARTIAL.search(word)) or not _TOTAL.fullmatch(word)
            self._note_total(row, word, partial)
            return _SUBTOTAL if partial else _GRAND_TOTAL
        if BALANCE in labels:
            return _("余额或结转行，不是一笔记录")
        if labels[0] == FOOTER:
            return _("表尾的签字或说明")
        # A list of projects may well hold nothing but names.
        texts = self._texts(row) if len(words) == 1 and self.header.kind != PROJECTS else []
        if len(texts) == 1 and not any(self._filled(row, c) for c in self._money):
            if unit_in_text(texts[0]):
                return _("金额单位行")
            self.group = texts[0]
            return _("只有名称的分组行")
        return ""

    def _total_word(self, words: list[str], labels: list[str]) -> str:
        """The word that makes a row a total; empty where none does. 支出合计 may be a figure that is stated."""
        found = next((word for word, label in zip(words, labels, strict=True) if label == TOTAL), "")
        if self.header.kind == STATED:
            return found if found in _PLAIN_TOTALS else ""
        return found or (words[0] if len(words) < 3 and _NAMED_TOTAL.fullmatch(words[0]) else "")

    def _words(self, row: int) -> list[str]:
        """The first three texts of a row, compared evenly; dates and numbers are no texts."""
        words: list[str] = []
        for cell in self.sheet.rows[row]:
            if isinstance(cell, str) and cell:
                numbered = cell[0].isdecimal() and "页" not in cell and len(cell) > 4  # a day or a code is no label
                if word := cell if numbered else even(cell):
                    words.append(word)
                    if len(words) == 3:
                        break
        return words

    def _counts(self, row: int) -> bool:
        """Whether a row below the header only numbers the columns: 1, 2, 3 or 甲, 乙, 1."""
        texts = [even(text) for text in self._texts(row)]
        return len(texts) > 1 and all(_COUNTER.fullmatch(text) for text in texts) and len(set(texts)) == len(texts)

    def _texts(self, row: int) -> list[str]:
        cells = self.sheet.rows[row]
        found = (self.sheet.text(row, place) for place, cell in enumerate(cells) if cell is not None and cell != "")
        return [text for text in found if text]

    def _filled(self, row: int, column: Column) -> bool:
        return read_amount(self.sheet.cell(row, column.place)).fen is not None

    def _note_total(self, row: int, word: str, partial: bool) -> None:
        amounts = [read_amount(self.sheet.cell(row, c.place), self.unit_of(c)).fen for c in self._money]
        known = [amount for amount in amounts if amount is not None]
        if known and not _RUNNING.search(word):
            self.totals.append((row, not partial, sum(known)))

    # Cells

    def has(self, field: str) -> bool:
        """Whether a column holds the field."""
        return field in self.columns

    def cell(self, row: int, field: str) -> Cell:
        """The value of a field, merged ranges spread; None where there is no such column."""
        column = self.columns.get(field)
        return self.sheet.spread(row, column.place) if column else None

    def text(self, row: int, field: str) -> str:
        """The text of a field as it is stored; empty where there is none."""
        place = self._places.get(field)
        if place is None:
            return ""
        if self._plain:
            cells = self.sheet.rows[row]
            value = cells[place] if place < len(cells) else None
            if isinstance(value, str):
                return _cleaned(value)
        return _cleaned(self.sheet.text(row, place))

    def amount(self, row: int, field: str = "amount") -> int | None:
        """The amount of a field in 分; None where the cell is blank, or in doubt, which is noted."""
        column = self.columns[field]
        cell = self.sheet.cell(row, column.place)
        found = read_amount(cell, self.unit_of(column))
        if found.doubt:
            self.doubt(row, field, found.doubt, may_take=found.rounded)
        if found.fen is not None:
            self.sums[row] = self.sums.get(row, 0) + found.fen
        pattern = "" if self._plain else self.sheet.formats.get((row, column.place), "")
        if pattern and found.fen is not None and scales(pattern):
            text = _("单元格的数字格式“{pattern}”使显示的数与实际的数不同，请核对")
            self.doubt(row, field, text.format(pattern=pattern), may_take=True)
        return found.fen

    def day(self, row: int, field: str = "date") -> str:
        """The day of a field as ISO text; empty where the cell is blank, or in doubt, which is noted."""
        found = read_day(self.cell(row, field), self.year, self.sheet.epoch_1904)
        if found.doubt:
            self.doubt(row, field, found.doubt)
        return found.iso

    def code(self, row: int, field: str) -> str:
        """A code or number of a field as text; one that may have lost digits is noted, and stored."""
        text = self.text(row, field)
        found, doubt = read_code(self.cell(row, field), text)
        if doubt:
            self.doubt(row, field, doubt, holds=False)
        return found

    def unit_of(self, column: Column) -> str:
        """The unit of a column's amounts: that of its heading, else of the sheet."""
        return column.unit or self.unit

    # What is found

    def doubt(self, row: int, field: str, reason: str, holds: bool = True, may_take: bool = False) -> None:
        """Note a doubt about a field of a row (from 0). One the user has taken does not hold the row."""
        column = self.columns.get(field)
        text = shown(self.sheet.spread(row, column.place)) if column else ""
        holds = holds and not (may_take and row + 1 in self.choices.taken)
        self.doubts.append(Doubt(row + 1, column.heading if column else "", text, reason, holds, may_take))
        if holds:
            self._held.add(row)

    def is_held(self, row: int) -> bool:
        """Whether a doubt keeps a row (from 0) from being stored."""
        return row in self._held

    def skip(self, row: int, reason: str, is_total: bool = False) -> None:
        """Leave a row (from 0) out."""
        self.skipped.append(LeftOut(row + 1, reason, is_total))

    # Units

    def _found_unit(self) -> tuple[str, str]:
        """The unit of amounts whose heading names none, and where it is known from."""
        if not self._money:
            return "", ""
        own = {c.unit for c in self._money}
        if "" not in own:
            return (own.pop(), FROM_COLUMN) if len(own) == 1 else (YUAN, FROM_COLUMN)
        if self.choices.unit:
            return self.choices.unit, GIVEN
        if self.header.unit:
            return self.header.unit, FROM_ROW
        guessed = self._guess()
        return (guessed, GUESSED) if guessed else (YUAN, FROM_COLUMN)

    def _guess(self) -> str:
        """The unit the size of the numbers speaks for; empty where every amount carries its own."""
        sizes: list[int] = []
        fine = False
        for row in range(self.header.last + 1, min(self.header.last + 400, len(self.sheet.rows))):
            for column in self._money:
                cell = self.sheet.cell(row, column.place)
                found = read_amount(cell, WAN)
                if found.fen and not found.unit and not column.unit:
                    sizes.append(abs(found.fen) // 10_000)
                    fine = fine or found.fen % 10_000 != 0
        if not sizes:
            return ""
        largest = max(sizes) // 100  # as written
        return WAN if largest < 10_000 and (fine or largest < 100) else YUAN


@lru_cache(maxsize=16_384)
def _label(word: str) -> str:
    """What a text says of its row: a total, a balance, a footer; empty for the texts of entries."""
    if word[0].isdecimal() and "页" not in word:
        return ""
    return (
        TOTAL if _TOTAL.fullmatch(word) else BALANCE if _NO_ENTRY.match(word) else FOOTER if _FOOTER.match(word) else ""
    )


@lru_cache(maxsize=16_384)
def _cleaned(text: str) -> str:
    if text.isprintable() and (text.isascii() or is_normalized("NFC", text)):
        return text.strip()
    return clean_text(text).strip()
