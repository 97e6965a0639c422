"""Files with a password (加密的交接文件): AES-256-GCM in pieces, under a key that scrypt makes of the password.

The container, numbers big-endian:

    offset  bytes  what
    0       8      b"YSZ-AES\\n"
    8       1      version of the container: 1
    9       3      scrypt: log2 of n, r, p
    12      1      log2 of the bytes in a piece
    13      16     salt of scrypt
    29      7      first part of every nonce, random
    36      4      CRC-32 of the bytes before: a header that was damaged is told from a password that is wrong
    40      16     proof of the password: the tag over an empty text, number 2^32 - 1
    56             the pieces, each followed by its tag of 16 bytes

The nonce of a piece is the first part, its number (4 bytes, from 0) and one byte, 1 for the last piece and else 0:
pieces cannot be exchanged, left out or cut off without being noticed. The 40 bytes of the header are authenticated
with every piece. The key is scrypt of the password in NFKC (full-width digits count as digits) in UTF-8.
"""

import os
import struct
import unicodedata
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from core.database import flush
from core.errors import UserError
from core.i18n import _
from core.jobs import Progress
from core.reasons import reason

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"YSZ-AES\n"
VERSION = 1
SHORTEST = 8  # characters of a password
_HEADER = struct.Struct(">8s5B16s7s")
_LOG_N, _R, _P = 17, 8, 1  # 128 MB and some 0.4 s for each password that is tried
_MOST_LOG_N, _MOST_R, _MOST_P = 18, 16, 4  # of a foreign file: more would be asked only to use up the memory
_LOG_PIECE = 20
_LEAST_LOG_PIECE, _MOST_LOG_PIECE = 12, 24
_TAG = 16
_PROOF = (1 << 32) - 1


class WrongPassword(UserError):  # noqa: N818 (it is an answer, not a fault)
    """The password is not that of the file."""


@dataclass(frozen=True, slots=True)
class _Settings:
    """What stands in the header."""

    log_n: int
    r: int
    p: int
    log_piece: int
    salt: bytes
    prefix: bytes

    def packed(self) -> bytes:
        numbers = (self.log_n, self.r, self.p, self.log_piece)
        plain = _HEADER.pack(MAGIC, VERSION, *numbers, self.salt, self.prefix)
        return plain + struct.pack(">I", zlib.crc32(plain))

    def cipher(self, password: str) -> "AESGCM":
        """The cipher under the key of a password; takes about half a second."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
        from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

        key = unicodedata.normalize("NFKC", password).encode()
        try:
            return AESGCM(Scrypt(self.salt, 32, 1 << self.log_n, self.r, self.p).derive(key))
        except MemoryError:
            text = _("内存不足，无法处理密码。请关闭其他程序后重试。")
            raise UserError(text) from None

    def nonce(self, number: int, is_last: bool) -> bytes:
        return self.prefix + struct.pack(">I?", number, is_last)


def is_encrypted(path: Path) -> bool:
    """Whether a file is one with a password, by its first bytes; False where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def check_password(password: str) -> None:
    """Raise ``UserError`` for a password that is too short to protect anything."""
    if len(unicodedata.normalize("NFKC", password)) < SHORTEST:
        raise UserError(_("密码至少{n}个字符。可以用几个词或一句话，便于记住。").format(n=SHORTEST))


def encrypt(source: Path, target: Path, password: str, progress: Progress | None = None) -> None:
    """Write ``source`` under a password to ``target``, which is there whole or not at all.

    Raises ``UserError`` for a password that is too short or a place that cannot be written.
    """
    check_password(password)
    settings = _Settings(_LOG_N, _R, _P, _LOG_PIECE, os.urandom(16), os.urandom(7))
    cipher, header = settings.cipher(password), settings.packed()
    partial = target.with_name(target.name + ".part")
    try:
        with source.open("rb") as plain, partial.open("wb") as out:
            out.write(header + cipher.encrypt(settings.nonce(_PROOF, True), b"", header))
            for number, (piece, is_last) in enumerate(_pieces(plain, 1 << settings.log_piece)):
                _step(progress, plain.tell(), source)
                out.write(cipher.encrypt(settings.nonce(number, is_last), piece, header))
        flush(partial)
        partial.replace(target)
    except OSError as error:
        raise UserError(_reason(source, target, error)) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def decrypt(source: Path, target: Path, password: str, progress: Progress | None = None) -> None:
    """Write what is in a file with a password to ``target``, which is there whole or not at all.

    Raises ``WrongPassword``; ``UserError`` for a file that is foreign, newer, damaged or cut off, or a place that
    cannot be written.
    """
    partial = target.with_name(target.name + ".part")
    try:
        with source.open("rb") as file:
            settings, header = _read_header(file, source)
            cipher = settings.cipher(password)
            _prove(cipher, settings, header, file.read(_TAG), source)
            with partial.open("wb") as out:
                for number, (piece, is_last) in enumerate(_pieces(file, (1 << settings.log_piece) + _TAG)):
                    _step(progress, file.tell(), source)
                    out.write(_opened(cipher, settings, header, number, piece, is_last, source))
        flush(partial)
        partial.replace(target)
    except OSError as error:
        raise UserError(_reason(source, target, error)) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _pieces(file: IO[bytes], size: int) -> Iterator[tuple[bytes, bool]]:
    """Pieces of a file, and whether each is the last one; an empty file is one empty piece."""
    piece = file.read(size)
    while True:
        following = file.read(size)
        yield piece, not following
        if not following:
            return
        piece = following


def _read_header(file: IO[bytes], path: Path) -> tuple[_Settings, bytes]:
    header = file.read(_HEADER.size + 4)
    if header[: len(MAGIC)] != MAGIC:
        raise UserError(_("“{name}”不是带密码的交接文件。").format(name=path.name))
    if len(header) > len(MAGIC) and header[len(MAGIC)] > VERSION:
        text = _("“{name}”由更新版本的程序加密，本版本无法打开。请先升级程序。")
        raise UserError(text.format(name=path.name))
    if len(header) < _HEADER.size + 4 or struct.pack(">I", zlib.crc32(header[:-4])) != header[-4:]:
        raise _damaged(path)
    _magic, _version, log_n, r, p, log_piece, salt, prefix = _HEADER.unpack(header[:-4])
    modest = 1 <= log_n <= _MOST_LOG_N and 1 <= r <= _MOST_R and 1 <= p <= _MOST_P
    if not modest or not _LEAST_LOG_PIECE <= log_piece <= _MOST_LOG_PIECE:
        raise _damaged(path)
    return _Settings(log_n, r, p, log_piece, salt, prefix), header


def _prove(cipher: "AESGCM", settings: _Settings, header: bytes, tag: bytes, path: Path) -> None:
    from cryptography.exceptions import InvalidTag

    if len(tag) < _TAG:
        raise _damaged(path)
    try:
        cipher.decrypt(settings.nonce(_PROOF, True), tag, header)
    except InvalidTag:
        raise WrongPassword(_("密码不正确。请区分大小写重新输入，或向移交人确认。")) from None


def _opened(
    cipher: "AESGCM", settings: _Settings, header: bytes, number: int, piece: bytes, is_last: bool, path: Path
) -> bytes:
    from cryptography.exceptions import InvalidTag

    try:
        return cipher.decrypt(settings.nonce(number, is_last), piece, header)
    except (InvalidTag, ValueError):  # ValueError: shorter than a tag
        raise _damaged(path) from None


def _damaged(path: Path) -> UserError:
    text = _("“{name}”已损坏或不完整（可能没有复制完）。请从U盘或移交人处重新复制一份。")
    return UserError(text.format(name=path.name))


def _reason(source: Path, target: Path, error: OSError) -> str:
    if error.filename == str(source):
        return _("无法读取“{name}”：{reason}。").format(name=source.name, reason=reason(error))
    text = _("无法写入“{folder}”：{reason}。请检查U盘是否已满或已拔出。")
    return text.format(folder=target.parent, reason=reason(error))


def _step(progress: Progress | None, done: int, path: Path) -> None:
    if progress is not None:
        progress.step(done, path.stat().st_size)
