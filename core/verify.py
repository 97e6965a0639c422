"""An auditor's proof of a file: integrity, an unbroken journal, the journal replayed to the same book, the contents of
attached files, and the seals of locked years."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from core.book import Book
from core.database import integrity
from core.i18n import _
from core.model import Attachment, YearState
from core.seal import broken_words, seal_holds
from core.store import Line, Store, read_content


@dataclass(frozen=True, slots=True)
class Proof:
    """One thing that was proven, or not."""

    name: str
    good: bool
    detail: str = ""


def replay(lines: Iterable[Line]) -> Book:
    """The book that a journal makes of an empty one. Raises ``ValueError`` where a line does not fit."""
    book = Book()
    done: dict[int, Line] = {}
    for line in lines:
        if line.kind == "do":
            done[line.id] = line
            change = line.change
        else:
            if line.target not in done:
                raise ValueError(f"line {line.id} names line {line.target}, which is not there")
            change = done[line.target].change
            change = change.inverse() if line.kind == "undo" else change
        book = book.apply(change)
    return book


def verify(path: Path) -> Iterator[Proof]:
    """Prove a file, step by step. Raises ``UserError`` when it cannot be opened."""
    problems = integrity(path)
    yield Proof(_("文件完整性"), not problems, "；".join(problems[:3]))
    store = Store.open(path, readonly=True)
    try:
        lines = list(store.journal())
        book = store.load()
    finally:
        store.close()
    broken = _broken(lines)
    detail = _("第{line}行与前一行不衔接").format(line=broken) if broken else _("{n}行").format(n=len(lines))
    yield Proof(_("操作日志连续"), not broken, detail)
    try:
        same = _same_records(replay(lines), book)
        detail = "" if same else _("重放操作日志得到的数据与文件不一致，文件可能在程序之外被改动过")
    except ValueError as error:
        same, detail = False, _("操作日志无法重放（{error}）").format(error=error)
    yield Proof(_("操作日志重放"), same, detail)
    kept = list(book.all(Attachment))
    if kept:
        bad = _without_content(path, kept)
        yield Proof(_("佐证材料内容"), not bad, bad or _("{n}个").format(n=len(kept)))
    for record in book.years():
        if record.state != YearState.OPEN or record.seal:
            holds = seal_holds(book, record.year)
            name = _("{year}年度封存").format(year=record.year)
            yield Proof(name, holds, "" if holds else broken_words(record.year))


def _without_content(path: Path, kept: list[Attachment]) -> str:
    """Which attached files have no bytes in the file, or other ones, in words."""
    bad: list[str] = []
    for digest, held in groupby(sorted(kept, key=lambda one: one.digest), lambda one: one.digest):
        data = read_content(path, digest)
        if data is None or hashlib.sha256(data).hexdigest() != digest:
            bad += [one.name for one in held]
    if not bad:
        return ""
    names = "、".join(f"“{name}”" for name in bad[:3])
    more = _("等{n}个").format(n=len(bad)) if len(bad) > 3 else ""
    return _("{names}{more}的内容缺失或损坏，请从备份恢复，或移除后重新添加原文件").format(names=names, more=more)


def _same_records(replayed: Book, book: Book) -> bool:
    """Whether both hold the same. Ids may have been left out: a file made from a workbook begins behind those used."""
    return replayed.next_id <= book.next_id and list(replayed.records()) == list(book.records())


def _broken(lines: list[Line]) -> int:
    """Id of the first line whose hash does not follow from the one before; 0 if all do."""
    chain = ""
    for number, line in enumerate(lines, start=1):
        if line.id != number or line.seal(chain) != line.chain:
            return line.id
        chain = line.chain
    return 0
