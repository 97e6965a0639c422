"""The first sheet of a workbook backup (说明): what it is, of which state of which file, and how it may be edited."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core import __version__
from core.book import Book
from core.errors import UserError
from core.i18n import _
from core.intake.cells import Cell, text_of
from core.model import RECORDS, values
from core.schema import SCHEMA_VERSION

SHEET = _("说明")
FORMAT = _("单位预算台账工作簿 1")
_FORMAT, _UNIT, _YEARS = _("格式"), _("单位"), _("年度")
_PROGRAM, _SCHEMA, _AT = _("程序版本"), _("数据版本"), _("导出时间")
_NEXT, _LINE, _CHAIN, _DIGEST = _("下一个编号"), _("操作日志行号"), _("操作日志校验码"), _("数据校验码")

NOTES = (
    _("本工作簿是台账的完整备份，可以用“恢复”建立一份内容相同的新台账，也可以修改后与台账逐格比较，选择采纳。"),
    _("每张表一类记录，一行一条。可以修改单元格、删除整行、在末尾增加行；新增的行不填“编号”。"),
    _("金额单位为元，两位小数；空白表示没有填写，与0不同。标有“（参考）”的灰色列只供阅读，修改无效。"),
    _("请不要修改工作表名称和第一行的列名，不要删除列；“编号”是各表之间互相引用的依据，请勿修改。"),
)


@dataclass(frozen=True, slots=True)
class Header:
    """Which state of which file a workbook holds."""

    unit: str
    years: str
    at: str  # when it was exported
    next_id: int
    line: int  # the last line of the journal, 0 for none
    chain: str  # and its hash
    digest: str  # of the book, see ``book_digest``
    program: str = __version__
    schema: int = SCHEMA_VERSION

    def rows(self) -> list[tuple[str, str | int]]:
        """Names and values as they stand on the sheet."""
        return [
            (_FORMAT, FORMAT),
            (_UNIT, self.unit),
            (_YEARS, self.years),
            (_PROGRAM, self.program),
            (_SCHEMA, self.schema),
            (_AT, self.at),
            (_NEXT, self.next_id),
            (_LINE, self.line),
            (_CHAIN, self.chain),
            (_DIGEST, self.digest),
        ]


def header_of(book: Book, line: int, chain: str, at: datetime) -> Header:
    """The header of a workbook of this book, the journal being at this line."""
    years = [record.year for record in book.years()]
    name = book.unit_year(years[-1]).name if years else ""
    shown = "、".join(map(str, years))
    return Header(name, shown, f"{at:%Y-%m-%d %H:%M:%S}", book.next_id, line, chain, book_digest(book))


def book_digest(book: Book) -> str:
    """SHA-256 over every record of a book, kind by kind, and the next id."""
    found = hashlib.sha256(str(book.next_id).encode())
    for kind in RECORDS:
        rows = [values(record) for record in book.all(kind)]
        text = json.dumps([kind.table, rows], ensure_ascii=True, separators=(",", ":"))
        found.update(text.encode())
    return found.hexdigest()


def parse_header(rows: Sequence[Sequence[Cell]], name: str) -> Header:
    """The header on the first sheet of the file ``name``. Raises ``UserError`` where there is none."""
    held: Mapping[str, str] = {text_of(row[0]): text_of(row[1]) for row in reversed(rows) if len(row) > 1}
    if held.get(_FORMAT) != FORMAT:
        raise foreign(name)
    numbers = {}
    for key in (_SCHEMA, _NEXT, _LINE):
        if not held.get(key, "").isdecimal() or len(held[key]) > 15:
            text = _("“{name}”中工作表“{sheet}”的“{field}”缺失或不是数字，请恢复导出时的内容。")
            raise UserError(text.format(name=name, sheet=SHEET, field=key))
        numbers[key] = int(held[key])
    if numbers[_SCHEMA] > SCHEMA_VERSION:
        raise UserError(_("“{name}”由更新版本的程序导出，本版本无法读取。请先升级程序。").format(name=name))
    return Header(
        held.get(_UNIT, ""),
        held.get(_YEARS, ""),
        held.get(_AT, ""),
        numbers[_NEXT],
        numbers[_LINE],
        held.get(_CHAIN, ""),
        held.get(_DIGEST, ""),
        held.get(_PROGRAM, ""),
        numbers[_SCHEMA],
    )


def foreign(name: str) -> UserError:
    """What to say of a workbook that this program did not export."""
    text = _("“{name}”不是本程序导出的台账工作簿（没有“{sheet}”工作表或内容不符）。要导入其他表格，请用“导入”。")
    return UserError(text.format(name=name, sheet=SHEET))
