"""Text files with columns (.csv, .txt): the encoding and the delimiter are found."""

import csv
import io
import re
from pathlib import PurePath

from core.errors import UserError
from core.i18n import _
from core.intake.cells import MOST_CELLS, Cell, Sheet, trimmed
from core.intake.container import too_large

_DELIMITERS = ",\t;|，"
_SAMPLE = 40  # lines looked at for the delimiter
_LONGEST = 1 << 20  # characters of one cell


def read_delimited(data: bytes, name: str) -> Sheet:
    """The one sheet of a text file, named after the file. Raises ``UserError`` where it is no text or no table."""
    text = decoded(data, name)
    delimiter = found_delimiter(text)
    csv.field_size_limit(_LONGEST)
    rows: list[list[Cell]] = []
    cells = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=delimiter == ","):
            rows.append([_cell(value) for value in row])
            cells += len(row)
            if cells > MOST_CELLS:
                raise too_large(name)
    except csv.Error:
        raise UserError(
            _("“{name}”的引号不成对，无法分出各列。请用 WPS 或 Excel 打开核对，另存为 .xlsx 后再导入。").format(
                name=name
            )
        ) from None
    return Sheet(PurePath(name).stem, trimmed(rows))


def _cell(value: str) -> Cell:
    """A cell's text; ``="001"`` and a leading apostrophe only keep a code from becoming a number."""
    text = value.strip().strip("\ufeff")
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1]
    return text.removeprefix("'") or None


def decoded(data: bytes, name: str) -> str:
    """The text of a file in UTF-8, UTF-16 or GB18030. Raises ``UserError`` for anything else."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _checked(data.decode(encoding, errors="replace"), name)
    if b"\0" in data[:400]:
        half = "utf-16-le" if data[1:400:2].count(0) >= data[0:400:2].count(0) else "utf-16-be"
        return _checked(data.decode(half, errors="replace"), name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return _checked(data.decode(encoding), name)
        except UnicodeDecodeError:
            continue
    raise _no_table(name)


def _checked(text: str, name: str) -> str:
    """The text, unless it is a program or a picture read as text."""
    strange = sum(1 for letter in text[:20_000] if letter == "\ufffd" or (letter < " " and letter not in "\t\r\n\f\v"))
    if strange * 50 > len(text[:20_000]):
        raise _no_table(name)
    return text.replace("\0", "")


def _no_table(name: str) -> UserError:
    return UserError(
        _("“{name}”不是能识别的表格。请选择 .xlsx、.xls、.et、.ods、.csv 或 .txt 文件。").format(name=name)
    )


def found_delimiter(text: str) -> str:
    """The sign that parts most lines into the same number of columns; a comma where none does."""
    lines = [line for line in text[:200_000].splitlines()[: _SAMPLE * 3] if line.strip()][:_SAMPLE]
    best, most = ",", 0
    for sign in _DELIMITERS:
        counts = [len(re.sub(r'"[^"]*"', "", line).split(sign)) - 1 for line in lines]
        split = [count for count in counts if count]
        if not split:
            continue
        usual = max(set(split), key=split.count)
        score = split.count(usual) * 100 + min(usual, 50)
        if score > most:
            best, most = sign, score
    return best
