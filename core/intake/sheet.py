"""Opens a spreadsheet file of any kind by its content: .xlsx, .xls, .et, .ods, .csv, .txt, and web pages saved as .xls.

Raises ``UserError`` in words the user can act on for whatever is damaged, locked, foreign or built to do harm.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

from core.errors import UserError
from core.i18n import _
from core.intake.cells import Sheet, SheetInfo, Workbook
from core.intake.container import damaged, form_of, locked, read_bytes, unpack


def open_workbook(path: Path) -> Workbook:
    """Open a file and list its sheets. Raises ``UserError``."""
    data = read_bytes(path)
    return workbook_of(data, path.name)


def workbook_of(data: bytes, name: str) -> Workbook:
    """The workbook in these bytes; ``name`` is what the user calls the file. Raises ``UserError``."""
    try:
        sheets, reader = _opened(data, name)
    except UserError:
        raise
    except (MemoryError, RecursionError):
        raise damaged(name) from None
    if not sheets:
        raise UserError(_("“{name}”中没有工作表。").format(name=name))
    return Workbook(name, hashlib.sha256(data).hexdigest(), tuple(sheets), reader)


def _opened(data: bytes, name: str) -> tuple[list[SheetInfo], Callable[[str], Sheet]]:
    """Sheets and reader by what the file is; each kind is imported only when such a file comes."""
    match form_of(data, name):
        case "zip":
            parts = unpack(data, name, _is_data)
            if "xl/workbook.bin" in parts:  # its sheets cannot be measured before they are read
                text = _("“{name}”是二进制工作簿（.xlsb）。请用 WPS 或 Excel 打开，另存为 .xlsx 后再导入。")
                raise UserError(text.format(name=name))
            if "xl/workbook.xml" in parts:
                from core.intake.xlsx import open_xlsx

                return open_xlsx(parts, name)
            if "content.xml" in parts:
                from core.intake.ods import open_ods

                if not parts["content.xml"].lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<"):
                    raise locked(name)  # with a password only the list of parts can be read
                return open_ods(parts["content.xml"], name)
            what = "Word" if any(part.startswith("word/") for part in parts) else _("压缩包")
            raise UserError(_("“{name}”实际上是{what}文件，不是表格。请选择表格文件。").format(name=name, what=what))
        case "ole":
            from core.intake.biff import open_biff

            return open_biff(data, name)
        case "html":
            from core.intake.markup import open_html

            return open_html(data, name)
        case "xml":
            from core.intake.markup import open_xml

            return open_xml(data, name)
    from core.intake.delimited import read_delimited

    sheet = read_delimited(data, name)
    return [SheetInfo(sheet.name)], lambda _name: sheet


def _is_data(part: str) -> bool:
    """Parts that hold cells or say what they mean; pictures and the like are never unpacked."""
    if part == "content.xml":
        return True
    folder = part.split("/")[0:2]
    if folder[0] not in ("xl", "_rels", "word", "[Content_Types].xml") or not part.endswith((".xml", ".rels", ".bin")):
        return False
    return folder[-1] not in ("media", "drawings", "charts", "embeddings", "printerSettings", "theme", "pivotCache")
