"""Files with a password: what went in comes out, and nothing else is taken for it."""

import random
import struct
import zlib
from pathlib import Path

import pytest

from core import encrypted
from core.encrypted import MAGIC, WrongPassword, decrypt, encrypt, is_encrypted
from core.errors import UserError
from core.jobs import Cancelled, Progress

PASSWORD = "移交2026，请保管"
PIECE = 1 << 12
HEAD = 56  # bytes before the first piece


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys that take a millisecond, and small pieces; one test below uses the program's own."""
    monkeypatch.setattr(encrypted, "_LOG_N", 4)
    monkeypatch.setattr(encrypted, "_LOG_PIECE", 12)


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """Two and a half pieces under the password."""
    (tmp_path / "plain").write_bytes(random.Random(1).randbytes(PIECE * 5 // 2))
    encrypt(tmp_path / "plain", tmp_path / "交接.ysz", PASSWORD)
    return tmp_path / "交接.ysz"


def refused(path: Path, words: str, password: str = PASSWORD) -> UserError:
    """What is said of a file that does not open; nothing is left behind."""
    before = sorted(path.parent.iterdir())
    with pytest.raises(UserError, match=words) as said:
        decrypt(path, path.with_name("out"), password)
    assert sorted(path.parent.iterdir()) == before
    return said.value


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_there_and_back(tmp_path: Path, size: int) -> None:
    content = random.Random(size).randbytes(size)
    (tmp_path / "plain").write_bytes(content)
    encrypt(tmp_path / "plain", tmp_path / "sealed", PASSWORD)
    assert is_encrypted(tmp_path / "sealed") and not is_encrypted(tmp_path / "plain")
    decrypt(tmp_path / "sealed", tmp_path / "out", PASSWORD)
    assert (tmp_path / "out").read_bytes() == content
    pieces = max(1, -(-size // PIECE))
    assert (tmp_path / "sealed").stat().st_size == HEAD + size + 16 * pieces
    assert content[:64] not in (tmp_path / "sealed").read_bytes() or size < 64


def test_with_the_keys_of_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    (tmp_path / "plain").write_bytes(b"x" * 3_000_000)
    encrypt(tmp_path / "plain", tmp_path / "sealed", PASSWORD)
    head = (tmp_path / "sealed").read_bytes()[:13]
    assert head == MAGIC + bytes([1, 17, 8, 1, 20])
    decrypt(tmp_path / "sealed", tmp_path / "out", PASSWORD)
    assert (tmp_path / "out").read_bytes() == b"x" * 3_000_000


def test_the_same_file_twice_is_not_the_same_container(sealed: Path) -> None:
    encrypt(sealed.with_name("plain"), sealed.with_name("again"), PASSWORD)
    assert sealed.with_name("again").read_bytes()[HEAD:] != sealed.read_bytes()[HEAD:]


def test_another_password_is_told_from_a_damaged_file(sealed: Path) -> None:
    for other in ("", PASSWORD + " ", PASSWORD.upper() + "a", "wrong password"):
        assert isinstance(refused(sealed, "密码不正确", other), WrongPassword)


def test_digits_of_an_input_method_count_as_digits(sealed: Path) -> None:
    decrypt(sealed, sealed.with_name("out"), "移交２０２６,请保管")
    assert sealed.with_name("out").exists()


def test_every_bit_is_authenticated(sealed: Path) -> None:
    content = sealed.read_bytes()
    rnd = random.Random(7)
    for place in [*range(len(MAGIC), HEAD), *(rnd.randrange(HEAD, len(content)) for _number in range(150))]:
        spoilt = bytearray(content)
        spoilt[place] ^= 1 << rnd.randrange(8)
        sealed.write_bytes(spoilt)
        said = refused(sealed, "损坏|不完整|更新版本|密码不正确")
        assert isinstance(said, WrongPassword) == (40 <= place < HEAD), place


def test_cut_off_anywhere(sealed: Path) -> None:
    content = sealed.read_bytes()
    piece = PIECE + 16
    ends = {HEAD, HEAD + 1, HEAD + piece - 1, HEAD + piece, HEAD + piece + 5, HEAD + 2 * piece, len(content) - 1}
    for end in sorted(ends | set(range(len(MAGIC), HEAD)) | set(range(HEAD, len(content), 611))):
        sealed.write_bytes(content[:end])
        refused(sealed, "已损坏或不完整")


def test_pieces_cannot_be_exchanged_repeated_or_added(sealed: Path) -> None:
    content, piece = sealed.read_bytes(), PIECE + 16
    head, first, second, rest = (
        content[:HEAD],
        content[HEAD : HEAD + piece],
        content[HEAD + piece : HEAD + 2 * piece],
        content[HEAD + 2 * piece :],
    )
    for parts in (
        (second, first, rest),
        (first, first, second, rest),
        (first, rest),
        (first, second, rest, rest),
        (first, second, rest, b"\0"),
    ):
        sealed.write_bytes(head + b"".join(parts))
        refused(sealed, "已损坏或不完整")


def test_foreign_newer_and_greedy_files(sealed: Path) -> None:
    content = sealed.read_bytes()
    for foreign in (b"", b"PK\x03\x04 a zip file", b"SQLite format 3\0" + bytes(100)):
        sealed.write_bytes(foreign)
        refused(sealed, "不是带密码的交接文件")
    sealed.write_bytes(MAGIC + b"\x02" + content[9:])
    refused(sealed, "更新版本")
    for settings in ((40, 8, 1, 12), (4, 255, 1, 12), (4, 8, 200, 12), (4, 8, 1, 60), (0, 8, 1, 12)):
        plain = MAGIC + b"\x01" + bytes(settings) + content[13:36]
        sealed.write_bytes(plain + struct.pack(">I", zlib.crc32(plain)) + content[40:])
        refused(sealed, "已损坏或不完整")


def test_a_short_password_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"x")
    with pytest.raises(UserError, match="至少8个字符"):
        encrypt(tmp_path / "plain", tmp_path / "sealed", "1234567")
    assert not (tmp_path / "sealed").exists()


def test_places_that_cannot_be_written_or_read(sealed: Path, tmp_path: Path) -> None:
    for call in (
        lambda: encrypt(sealed, tmp_path / "no" / "where", PASSWORD),
        lambda: decrypt(sealed, tmp_path / "no" / "where", PASSWORD),
        lambda: decrypt(tmp_path / "gone", tmp_path / "out", PASSWORD),
    ):
        with pytest.raises(UserError, match="无法"):
            call()


def test_it_can_be_stopped_and_leaves_nothing(sealed: Path) -> None:
    progress = Progress()
    progress.cancel()
    before = sorted(sealed.parent.iterdir())
    with pytest.raises(Cancelled):
        decrypt(sealed, sealed.with_name("out"), PASSWORD, progress)
    with pytest.raises(Cancelled):
        encrypt(sealed, sealed.with_name("out"), PASSWORD, progress)
    assert sorted(sealed.parent.iterdir()) == before


def test_what_stood_there_stays_when_it_fails(sealed: Path) -> None:
    out = sealed.with_name("out")
    out.write_bytes(b"mine")
    sealed.write_bytes(sealed.read_bytes()[:-1])
    refused(sealed, "已损坏或不完整")
    assert out.read_bytes() == b"mine"
