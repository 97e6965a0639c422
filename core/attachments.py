"""Files kept with the ledger (佐证材料): attached, read back, exported. Their records are in the book, their bytes in
the file only; the same bytes are kept once.

Undo takes a record away; the bytes stay in the file until ``clear_out`` lets go of those that no record names.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from core.attached import FORM
from core.book import Book
from core.change import Change
from core.check import About
from core.database import flush
from core.draft import Draft
from core.errors import UserError
from core.i18n import _
from core.jobs import Progress
from core.labels import place_name
from core.ledger import Ledger
from core.model import Attachment, BudgetEvent, Indicator, Payment, Record, clean_text
from core.reasons import reason

MOST_BYTES = 20 << 20  # of one file
MUCH_BYTES = 500 << 20  # of all: beyond, backups and copies get slow
_LONGEST = 120  # characters of a name
_RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))}
# What may be opened from the list: documents and pictures. Anything else might be run, and is only exported.
_DOCUMENTS = "pdf ofd doc docx wps xls xlsx et ppt pptx dps txt csv jpg jpeg png bmp gif tif tiff webp"
OPENED = frozenset(f".{suffix}" for suffix in _DOCUMENTS.split())
_OWNERS: Mapping[str, type[Record]] = {"event": BudgetEvent, "payment": Payment, "indicator": Indicator}


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read, to be attached."""

    name: str
    data: bytes
    digest: str  # SHA-256


def size_text(size: int) -> str:
    """A size as people read it: ``312KB``, ``2.4MB``, ``20MB``."""
    if size < 1 << 20:
        return f"{max(1, round(size / 1024))}KB"
    return f"{size / (1 << 20):.1f}".removesuffix(".0") + "MB"


def read_source(path: Path, most: int = MOST_BYTES) -> Source:
    """Read a file to be attached. Raises ``UserError`` for one that is missing, held by another program, empty, too
    large, or a folder."""
    if path.is_dir():
        text = _("“{name}”是文件夹，不能作为佐证材料。请逐个添加其中的文件，或先压缩成一个文件。")
        raise UserError(text.format(name=path.name))
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
        size = max(len(data), path.stat().st_size)
    except FileNotFoundError:
        raise UserError(_("找不到“{name}”，它可能已被移动或删除。").format(name=path.name)) from None
    except PermissionError:
        text = _("无法读取“{name}”：文件正被其他程序使用，或没有读取权限。请关闭后重试。")
        raise UserError(text.format(name=path.name)) from None
    except OSError as error:
        text = _("无法读取“{name}”：{reason}。请检查U盘或网络盘是否连接正常。")
        raise UserError(text.format(name=path.name, reason=reason(error))) from error
    if not data:
        raise UserError(_("“{name}”是空文件，没有添加。").format(name=path.name))
    if len(data) > most:
        text = _("“{name}”（{size}）超过每个文件{most}的上限。请压缩图片、降低扫描分辨率或分成几个文件。")
        raise UserError(text.format(name=path.name, size=size_text(size), most=size_text(most)))
    return Source(_tidy(path.name), data, hashlib.sha256(data).hexdigest())


def _tidy(name: str) -> str:
    """A file name as it is kept: not too long, its ending whole."""
    name = clean_text(name).replace("\n", " ").strip() or _("未命名")
    stem, dot, suffix = name.rpartition(".")
    return name if len(name) <= _LONGEST else f"{stem[: _LONGEST - len(suffix) - 1]}{dot}{suffix}"[:_LONGEST]


def contents(sources: Iterable[Source]) -> dict[str, bytes]:
    """What ``Ledger.commit`` takes beside the change of ``attach``."""
    return {source.digest: source.data for source in sources}


# Changes


def attach(book: Book, year: int, about: str, sources: Sequence[Source], today: date) -> Change:
    """Keep files with a place (``About.key()``, or ``FORM``) of a year. What is there already is left out; raises
    ``UserError`` where nothing else is left. A locked or final year may get further files: they change no figure."""
    draft = Draft(book)
    known = {one.digest for one in book.attachments(year, about)}
    added: list[str] = []
    for source in sources:
        if source.digest not in known:
            known.add(source.digest)
            added.append(source.name)
            draft.add(Attachment(0, year, about, source.name, source.digest, len(source.data), today.isoformat()))
    if not added:
        names = _short("、".join(source.name for source in sources))
        raise UserError(_("“{names}”已经在这里了，内容相同，没有重复添加。").format(names=names))
    what = _("添加本单位表样：{names}") if about == FORM else _("添加佐证材料：{names}")
    return draft.change(what.format(names=_short("、".join(added))))


def remove_attachment(book: Book, attachment: int) -> Change:
    """Take a file off the place it belongs to."""
    draft = Draft(book)
    held = _held(book, attachment)
    draft.remove(held)
    what = _("移除本单位表样：{name}") if held.about == FORM else _("移除佐证材料：{name}")
    return draft.change(what.format(name=_short(held.name)))


def annotate(book: Book, attachment: int, note: str) -> Change:
    """Say what a file proves (说明)."""
    draft = Draft(book)
    held = _held(book, attachment)
    draft.replace(held, note=clean_text(note).replace("\n", " ").strip())
    return draft.change(_("修改佐证材料说明：{name}").format(name=_short(held.name)))


def _held(book: Book, attachment: int) -> Attachment:
    held = book.get(Attachment, attachment)
    if held is None:
        raise UserError(_("这份材料已不在列表中，可能已被撤销或移除。"))
    return held


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


# What there is


def evidence_of(book: Book, year: int) -> list[Attachment]:
    """The files of a year but its forms: by budget event, payment and indicator, each by date."""
    kinds = tuple(_OWNERS)

    def order(one: Attachment) -> tuple[object, ...]:
        about = About.of(one.about)
        owner = book.get(_OWNERS[about.kind], about.id) if about.kind in _OWNERS else None
        place = kinds.index(about.kind) if about.kind in kinds else len(kinds)
        return place, getattr(owner, "date", ""), getattr(owner, "position", 0), about.id, one.id

    return sorted((one for one in book.all(Attachment) if one.year == year and one.about != FORM), key=order)


def place_of(record: object) -> str:
    """The place that files are kept with, of a record that can have some (``About.key()``); empty for others."""
    kind = next((kind for kind, owner in _OWNERS.items() if isinstance(record, owner)), "")
    return About(kind, record.id).key() if kind and isinstance(record, Record) and record.id else ""


def owner_name(book: Book, one: Attachment) -> str:
    """What a file belongs to, in words."""
    about = About.of(one.about)
    kind = _OWNERS.get(about.kind)
    if kind is not None and book.get(kind, about.id) is None:
        return _("（所属记录已删除）")
    return place_name(book, one.year, about)


def size_warning(book: Book) -> str:
    """What to say of attachments that make the file large; empty while they do not."""
    held = {one.digest: one.size for one in book.all(Attachment)}
    total = sum(held.values())
    if total <= MUCH_BYTES:
        return ""
    text = _("佐证材料已有{total}，超过{most}后打开、备份和复制会明显变慢，建议只保留必要的扫描件。")
    return text.format(total=size_text(total), most=size_text(MUCH_BYTES))


def is_opened(name: str) -> bool:
    """Whether a file of that name is a document or a picture, which may be opened from the list."""
    return Path(name).suffix.lower() in OPENED


# Out of the ledger


def read_attachment(ledger: Ledger, one: Attachment) -> bytes:
    """The bytes of an attached file, proven by their digest; for any thread. Raises ``UserError`` where they are not
    there (a ledger restored from a workbook has the records alone) or damaged."""
    data = ledger.content(one.digest)
    if data is None:
        text = _("“{name}”的内容不在台账文件中（由工作簿恢复的台账只有名称）。请移除后重新添加原文件，或从备份恢复。")
        raise UserError(text.format(name=one.name))
    if hashlib.sha256(data).hexdigest() != one.digest:
        text = _("“{name}”的内容与校验码不符，可能已损坏。请从备份恢复，或移除后重新添加原文件。")
        raise UserError(text.format(name=one.name))
    return data


def safe_name(name: str) -> str:
    """A name that every system takes for a file."""
    name = re.sub(r'[\\/:*?"<>|\x00-\x1f\u202a-\u202e\u2066-\u2069]', "-", name).strip(" .") or "-"
    return f"_{name}" if name.split(".")[0].upper() in _RESERVED else name


def save_attachment(ledger: Ledger, one: Attachment, target: Path) -> Path:
    """Write an attached file to ``target``, whole or not at all. Raises ``UserError``."""
    data = read_attachment(ledger, one)
    partial = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            partial.write_bytes(data)
            flush(partial)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        text = _("无法写入“{path}”：{reason}。请检查磁盘空间和权限，或换一个文件夹。")
        raise UserError(text.format(path=target, reason=reason(error))) from error
    return target


@dataclass(frozen=True, slots=True)
class Exported:
    """Files that were written, and what could not be, in words."""

    paths: tuple[Path, ...]
    problems: tuple[str, ...]


def export_attachments(
    ledger: Ledger, wanted: Iterable[Attachment], folder: Path, progress: Progress | None = None
) -> Exported:
    """Write files into a folder, each under a folder named after what it belongs to. What is there already stays:
    names get a number. A file that is damaged does not stop the rest; a disk that is full does. Raises ``UserError``,
    ``Cancelled``."""
    book, paths, problems = ledger.book, list[Path](), list[str]()
    files = list(wanted)
    for done, one in enumerate(files):
        if progress:
            progress.step(done, len(files))
        try:
            read_attachment(ledger, one)
        except UserError as error:
            problems.append(str(error))
            continue
        place = folder / safe_name(owner_name(book, one))[:60].strip(" .")
        paths.append(save_attachment(ledger, one, _free(place, safe_name(one.name))))
    return Exported(tuple(paths), tuple(problems))


def _free(folder: Path, name: str) -> Path:
    """A path of that name that is not taken."""
    stem, suffix = Path(name).stem, Path(name).suffix
    path, number = folder / name, 2
    while path.exists():
        path, number = folder / f"{stem}（{number}）{suffix}", number + 1
    return path


# Room


def clear_out(ledger: Ledger) -> str:
    """Let go of the bytes of files that were removed and that no undo of this session can bring back; returns what
    was done, in words, empty where there was nothing. ``Ledger.shrink`` then gives the room back to the disk. Raises
    ``UserError``."""
    unused = ledger.unused_contents()
    if not unused:
        return ""
    what = _("清理已移除的佐证材料（{n}个，{size}）").format(n=len(unused), size=size_text(sum(unused.values())))
    ledger.forget_contents(what)
    return what
