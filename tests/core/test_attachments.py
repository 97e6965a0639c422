"""Files kept with the ledger: attached in one step, kept once, proven, exported under safe names, cleared out."""

import hashlib
import os
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from core import attachments, commands
from core.attached import FORM
from core.attachments import (
    MOST_BYTES,
    annotate,
    attach,
    clear_out,
    contents,
    evidence_of,
    export_attachments,
    is_opened,
    owner_name,
    read_attachment,
    read_source,
    remove_attachment,
    safe_name,
    size_text,
    size_warning,
)
from core.backups import back_up
from core.book import Book
from core.check import About
from core.errors import UserError
from core.jobs import Cancelled, Progress
from core.ledger import Ledger
from core.model import Attachment
from core.next_year import open_next_year
from core.policy import default_policy_text
from core.verify import Proof, verify
from core.workbook_backup import export_workbook
from core.workbook_reader import restore_workbook
from tests.builders import YEAR, on_disk

TODAY = date(2023, 11, 24)


def written(folder: Path, name: str = "发票.pdf", data: bytes = b"%PDF-1.4 invoice") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(data)
    return path


def place(ledger: Ledger) -> str:
    where = ledger.book.projects(YEAR)[0].project
    return About("payment", ledger.book.payments(YEAR, where)[0].id).key()


def add(ledger: Ledger, about: str, *paths: Path) -> list[Attachment]:
    sources = [read_source(path) for path in paths]
    ledger.commit(attach(ledger.book, YEAR, about, sources, TODAY), contents(sources))
    return ledger.book.attachments(YEAR, about)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    made = on_disk(tmp_path / "a.ysz")
    yield made
    made.close()


def proof(path: Path, name: str = "佐证材料内容") -> Proof | None:
    return next((one for one in verify(path) if one.name == name), None)


def blobs(path: Path) -> dict[str, bytes]:
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("SELECT digest, data FROM blob"))


def test_a_file_is_attached_with_its_bytes_in_one_step_and_read_back(ledger: Ledger, tmp_path: Path) -> None:
    lines = len(ledger.journal())
    [one] = add(ledger, place(ledger), written(tmp_path / "u"))
    assert (one.name, one.size, one.date) == ("发票.pdf", 16, "2023-11-24")
    assert one.digest == hashlib.sha256(b"%PDF-1.4 invoice").hexdigest()
    assert read_attachment(ledger, one) == b"%PDF-1.4 invoice"
    assert len(ledger.journal()) == lines + 1 and ledger.undo_label == "添加佐证材料：发票.pdf"
    path = ledger.path
    ledger.close()
    again = Ledger.open(path)
    assert list(again.book.all(Attachment)) == [one]
    again.close()
    assert proof(path) == Proof("佐证材料内容", True, "1个")


def test_nothing_is_kept_where_the_change_cannot_be_saved(ledger: Ledger, tmp_path: Path) -> None:
    source = read_source(written(tmp_path / "u"))
    with closing(sqlite3.connect(ledger.path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(UserError, match="另一个程序"):
            ledger.commit(attach(ledger.book, YEAR, place(ledger), [source], TODAY), contents([source]))
        other.rollback()
    assert not list(ledger.book.all(Attachment)) and blobs(ledger.path) == {}


def test_a_full_disk_is_said_and_nothing_is_kept(ledger: Ledger, tmp_path: Path) -> None:
    source = read_source(written(tmp_path / "u", data=os.urandom(1 << 20)))
    pages = ledger._store._connection.execute("PRAGMA page_count").fetchone()[0]
    ledger._store._connection.execute(f"PRAGMA max_page_count = {pages + 10}")
    with pytest.raises(UserError, match="磁盘空间不足"):
        ledger.commit(attach(ledger.book, YEAR, place(ledger), [source], TODAY), contents([source]))
    assert not list(ledger.book.all(Attachment)) and blobs(ledger.path) == {}
    assert not ledger.journal()[-1].label.startswith("添加")


def test_undo_takes_the_record_and_leaves_the_bytes_for_redo(ledger: Ledger, tmp_path: Path) -> None:
    [one] = add(ledger, place(ledger), written(tmp_path / "u"))
    ledger.undo()
    assert ledger.book.attachments(YEAR, one.about) == [] and one.digest in blobs(ledger.path)
    assert ledger.unused_contents() == {} and clear_out(ledger) == ""  # redo may still bring it back
    ledger.redo()
    assert read_attachment(ledger, ledger.book.attachments(YEAR, one.about)[0]) == b"%PDF-1.4 invoice"


def test_bytes_that_nothing_names_any_more_are_cleared_out_when_asked(ledger: Ledger, tmp_path: Path) -> None:
    big = os.urandom(2 << 20)
    [one] = add(ledger, place(ledger), written(tmp_path / "u", "大图.jpg", big))
    ledger.commit(remove_attachment(ledger.book, one.id))
    path = ledger.path
    ledger.close()
    size = path.stat().st_size
    again = Ledger.open(path)
    assert again.unused_contents() == {one.digest: 2 << 20}
    assert clear_out(again) == "清理已移除的佐证材料（1个，2MB）"
    again.shrink()
    assert again.unused_contents() == {} and path.stat().st_size < size - (2 << 20) + 50_000
    assert again.journal()[-1].label.startswith("清理") and again.undo_label == ""
    again.close()
    assert all(one.good for one in verify(path))


def test_the_same_content_is_stored_once(ledger: Ledger, tmp_path: Path) -> None:
    first, second = written(tmp_path / "u", "合同.pdf", b"same"), written(tmp_path / "u", "合同副本.pdf", b"same")
    [one] = add(ledger, place(ledger), first, second)  # at one place it is one file
    assert one.name == "合同.pdf"
    add(ledger, About("event", 9).key(), second)
    assert len(blobs(ledger.path)) == 1 and len(list(ledger.book.all(Attachment))) == 2
    with pytest.raises(UserError, match="已经在这里了"):
        add(ledger, place(ledger), second)
    ledger.commit(remove_attachment(ledger.book, one.id))
    assert ledger.unused_contents() == {}  # the other one still needs it


def test_damage_is_told_and_proven(ledger: Ledger, tmp_path: Path) -> None:
    [one] = add(ledger, place(ledger), written(tmp_path / "u"))
    with closing(sqlite3.connect(ledger.path)) as connection:
        connection.execute("UPDATE blob SET data = x'00'")
        connection.commit()
    with pytest.raises(UserError, match="校验码不符"):
        read_attachment(ledger, one)
    found = proof(ledger.path)
    assert found and not found.good and "“发票.pdf”" in found.detail
    with closing(sqlite3.connect(ledger.path)) as connection:
        connection.execute("DELETE FROM blob")
        connection.commit()
    with pytest.raises(UserError, match="不在台账文件中"):
        read_attachment(ledger, one)
    # The way out that the message names.
    ledger.commit(remove_attachment(ledger.book, one.id))
    [again] = add(ledger, one.about, written(tmp_path / "u"))
    assert read_attachment(ledger, again) and (found := proof(ledger.path)) and found.good


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda folder: folder, "是文件夹"),
        (lambda folder: folder / "没有.pdf", "找不到“没有.pdf”"),
        (lambda folder: written(folder, "空.pdf", b""), "是空文件"),
        (lambda folder: written(folder, "大.pdf", b"x" * 101), "超过每个文件"),
    ],
)
def test_what_cannot_be_attached_is_said(tmp_path: Path, make, said: str) -> None:
    (tmp_path / "u").mkdir()
    with pytest.raises(UserError, match=said):
        read_source(make(tmp_path / "u"), most=100)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a file that may not be read")
def test_a_file_that_may_not_be_read_is_said(tmp_path: Path) -> None:
    path = written(tmp_path / "u")
    path.chmod(0)
    with pytest.raises(UserError, match="没有读取权限"):
        read_source(path)


def test_the_limit_is_twenty_megabytes(tmp_path: Path) -> None:
    assert size_text(MOST_BYTES) == "20MB" and size_text(10) == "1KB" and size_text(320_000) == "312KB"
    path = written(tmp_path / "u", "扫描件.pdf", b"x" * (MOST_BYTES + 1))
    with pytest.raises(UserError, match=r"超过每个文件20MB的上限"):
        read_source(path)
    path.write_bytes(b"x" * MOST_BYTES)
    assert len(read_source(path).data) == MOST_BYTES


def test_many_bytes_are_warned_of_and_the_same_file_counts_once() -> None:
    def book(*digests: str) -> Book:
        return Book.of(Attachment(n, YEAR, "payment:9:", "a", d, 300 << 20) for n, d in enumerate(digests, 1))

    assert size_warning(book("a", "a")) == ""
    assert "600MB" in size_warning(book("a", "b"))


def test_long_and_strange_names(tmp_path: Path) -> None:
    assert safe_name('a/b:c*?"<>|.pdf') == "a-b-c------.pdf"
    assert safe_name("con.pdf") == "_con.pdf" and safe_name(" . ") == "-"
    assert safe_name("工资\u202efdp.exe") == "工资-fdp.exe"  # a name that shows another ending than it has
    source = read_source(written(tmp_path / "u", "长" * 80 + ".pdf"))
    assert source.name.endswith(".pdf")
    assert len(attachments._tidy("x" * 300 + ".xlsx")) == 120 and attachments._tidy("x" * 300 + ".xlsx")[-5:] == ".xlsx"


def test_only_documents_and_pictures_are_opened() -> None:
    assert all(map(is_opened, ("a.PDF", "b.jpg", "c.ofd", "d.wps", "e.xlsx")))
    assert not any(map(is_opened, ("a.exe", "b.pdf.bat", "c.xlsm", "d", "e.html", "f.lnk", "g.desktop")))


def test_export_of_all_leaves_what_is_there_and_goes_past_a_damaged_one(ledger: Ledger, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    about = place(ledger)
    add(ledger, about, written(tmp_path / "u", "发票.pdf", b"one"))
    add(ledger, About("event", 6).key(), written(tmp_path / "u", "发票.pdf", b"two"))
    add(ledger, FORM, written(tmp_path / "u", "表样.xlsx", b"form"))
    wanted = evidence_of(ledger.book, YEAR)
    assert [owner_name(ledger.book, one)[:4] for one in wanted] == ["2023", "2023"]  # the event, the payment; no form
    first = export_attachments(ledger, wanted, folder)
    second = export_attachments(ledger, wanted, folder)
    assert first.problems == () and len({*first.paths, *second.paths}) == 4
    assert {path.read_bytes() for path in folder.rglob("*.pdf")} == {b"one", b"two"}
    assert second.paths[0].name == "发票（2）.pdf"
    with closing(sqlite3.connect(ledger.path)) as connection:
        connection.execute("DELETE FROM blob WHERE data = x'6f6e65'")
        connection.commit()
    third = export_attachments(ledger, wanted, tmp_path / "again")
    assert len(third.paths) == 1 and len(third.problems) == 1
    stopped = Progress()
    stopped.cancel()
    with pytest.raises(Cancelled):
        export_attachments(ledger, wanted, tmp_path / "never", stopped)


def test_a_place_that_cannot_be_written_is_said(ledger: Ledger, tmp_path: Path) -> None:
    [one] = add(ledger, place(ledger), written(tmp_path / "u"))
    (tmp_path / "file").write_text("x")
    with pytest.raises(UserError, match="无法写入"):
        attachments.save_attachment(ledger, one, tmp_path / "file" / "发票.pdf")


def test_a_note_and_an_owner_that_is_gone(ledger: Ledger, tmp_path: Path) -> None:
    about = place(ledger)
    [one] = add(ledger, about, written(tmp_path / "u"))
    ledger.commit(annotate(ledger.book, one.id, " 会议费\n发票 "))
    assert ledger.book.attachments(YEAR, about)[0].note == "会议费 发票"
    ledger.commit(commands.remove_payment(ledger.book, About.of(about).id))
    [held] = evidence_of(ledger.book, YEAR)
    assert owner_name(ledger.book, held) == "（所属记录已删除）"
    ledger.undo()
    assert owner_name(ledger.book, held).startswith("2023-03-20")
    with pytest.raises(UserError, match="已不在列表中"):
        remove_attachment(ledger.book, 999)


def test_backups_hold_the_bytes_and_workbooks_the_records(ledger: Ledger, tmp_path: Path) -> None:
    [one] = add(ledger, place(ledger), written(tmp_path / "u"))
    copy = back_up(ledger.path, [tmp_path / "b"]).path
    assert blobs(copy) == blobs(ledger.path) and (found := proof(copy)) and found.good
    made = export_workbook(ledger.book, tmp_path / "a.xlsx")
    assert "1个佐证材料" in made.note and "备份" in made.note
    returned = restore_workbook(tmp_path / "a.xlsx", tmp_path / "c.ysz")
    assert returned.book == ledger.book and any("佐证材料" in note for note in returned.notes)
    found = proof(tmp_path / "c.ysz")
    assert found and not found.good and one.name in found.detail


def test_a_form_goes_on_into_the_next_year_and_evidence_does_not(ledger: Ledger, tmp_path: Path) -> None:
    add(ledger, place(ledger), written(tmp_path / "u"))
    [form] = add(ledger, FORM, written(tmp_path / "u", "自评表.xlsx", b"form"))
    ledger.commit(open_next_year(ledger.book, YEAR, default_policy_text()))
    [taken] = ledger.book.attachments(YEAR + 1, FORM)
    assert (taken.name, taken.digest) == (form.name, form.digest) and taken.id != form.id
    assert evidence_of(ledger.book, YEAR + 1) == [] and len(blobs(ledger.path)) == 2
