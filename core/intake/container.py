"""What a file really is, by its content, and how packed ones are opened without harm.

Nothing is trusted: sizes are measured before anything is parsed, a part with a document type is refused (entities
could grow without bound), and a reader sees only what was measured.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from core.errors import UserError
from core.i18n import _
from core.reasons import reason

FILE_LIMIT = 64 << 20
PACKED_LIMIT = 256 << 20  # of all parts of a packed file, unpacked
_PART_LIMIT = 160 << 20
_RATIO, _RATIO_FROM = 150, 16 << 20  # a part that shrinks more than this, and is larger, is no table

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KNOWN: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", _("图片")),
    (b"\xff\xd8\xff", _("图片")),
    (b"Rar!", _("压缩包")),
    (b"7z\xbc\xaf", _("压缩包")),
    (b"SQLite format 3", _("数据库")),
)


def read_bytes(path: Path) -> bytes:
    """The whole file. Raises ``UserError`` where it is missing, empty, a folder or too large."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise UserError(_("“{name}”是文件夹，请选择表格文件。").format(name=path.name))
        if size > FILE_LIMIT:
            text = _("“{name}”有{size}MB，超过{limit}MB。请删除图片和无关的工作表，或分成几个文件导入。")
            raise UserError(text.format(name=path.name, size=size >> 20, limit=FILE_LIMIT >> 20))
        data = path.read_bytes()
    except FileNotFoundError:
        raise UserError(_("找不到文件“{name}”，它可能已被移动、改名或删除。").format(name=path.name)) from None
    except OSError as error:
        text = _("无法读取“{name}”：{reason}。如果它正在其他程序中打开，请关闭后重试。")
        raise UserError(text.format(name=path.name, reason=reason(error))) from None
    if not data.strip(b"\0 \r\n\t\xef\xbb\xbf"):
        raise UserError(_("“{name}”是空文件，请重新导出表格。").format(name=path.name))
    return data


def form_of(data: bytes, name: str) -> str:
    """What the bytes are: ``zip``, ``ole``, ``html``, ``xml`` or ``text``. Raises ``UserError`` for other files."""
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return "zip"
    if data[:8] == _OLE:
        return "ole"
    for mark, what in _KNOWN:
        if data.startswith(mark):
            raise UserError(_("“{name}”实际上是{what}，不是表格。请选择表格文件。").format(name=name, what=what))
    head = _head_text(data)
    if head.startswith("mime-version:") or "content-type: multipart/related" in head[:400]:
        text = _("“{name}”是单个文件网页。请用 WPS 或 Excel 打开，另存为 .xlsx 后再导入。")
        raise UserError(text.format(name=name))
    if "urn:schemas-microsoft-com:office:spreadsheet" in head and "<html" not in head:
        return "xml"
    if re.search(r"<(?:html|table|!doctype html|head|body)\b", head):
        return "html"
    if head.startswith("<?xml"):
        return "xml"
    return "text"


def _head_text(data: bytes) -> str:
    """The beginning of a file as lower-case text, in whatever width its characters are."""
    head = data[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in head[:64]:
        head = head.replace(b"\0", b"")
    return head.decode("latin-1").lstrip("ÿþ\xef\xbb\xbf \r\n\t").lower()


def damaged(name: str) -> UserError:
    """What to say of a file that cannot be read."""
    return UserError(
        _("“{name}”已损坏或不完整，无法读取。请重新下载或导出，或用 WPS、Excel 打开后另存为 .xlsx 再导入。").format(
            name=name
        )
    )


def locked(name: str) -> UserError:
    """What to say of a file with a password."""
    return UserError(_("“{name}”设有打开密码。请用 WPS 或 Excel 打开，取消密码后另存，再导入。").format(name=name))


def too_large(name: str, where: str = "") -> UserError:
    """What to say of a sheet that reaches too far; ``where`` is its last cell."""
    far = _("，最远的内容在{where}单元格").format(where=where) if where else ""
    return UserError(
        _("“{name}”的表格范围过大{far}。请删除表格以外的内容和多余的行列，另存后再导入。").format(name=name, far=far)
    )


def unpack(data: bytes, name: str, wanted: Callable[[str], bool]) -> dict[str, bytes]:
    """The parts of a packed file that are wanted, unpacked. Raises ``UserError`` for what is damaged, locked, or grows
    too large."""
    bomb = UserError(_("“{name}”解压后过大，可能不是正常的表格，已停止读取。").format(name=name))
    parts: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            entries = [entry for entry in packed.infolist() if wanted(entry.filename)]
            if len(entries) > 5000 or sum(entry.file_size for entry in entries) > PACKED_LIMIT:
                raise bomb
            for entry in entries:
                shrunk = entry.file_size > _RATIO_FROM and entry.file_size > _RATIO * max(entry.compress_size, 1)
                if entry.file_size > _PART_LIMIT or shrunk:
                    raise bomb
                if entry.flag_bits & 1:
                    raise locked(name)
                with packed.open(entry) as stream:  # no more than it claims to hold is ever unpacked
                    part = stream.read(entry.file_size + 1)
                if has_doctype(part):
                    raise UserError(_("“{name}”含有不安全的内容（实体定义），已停止读取。").format(name=name))
                parts[entry.filename] = part
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
        raise damaged(name) from None
    return parts


def has_doctype(part: bytes) -> bool:
    """Whether an XML part declares a document type, which no spreadsheet program writes."""
    head = part[:65536].replace(b"\0", b"").upper()
    return b"<!DOCTYPE" in head or b"<!ENTITY" in head


def repacked(parts: dict[str, bytes]) -> io.BytesIO:
    """The parts as a packed file again, not compressed: a reader gets what was measured and nothing else."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    target.seek(0)
    return target
