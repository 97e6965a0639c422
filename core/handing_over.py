"""One-file hand-over (单文件移交): a copy for the stick whose name tells unit, year and date, with a check value.

The check value (校验码) is the beginning of the SHA-256 of the file; it stands in its name, and the whole of it in a
small text file beside it. With a password the copy is encrypted, see ``core.encrypted``.
"""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from core.database import SUFFIX, contents, copy_checked
from core.encrypted import WrongPassword, check_password, decrypt, encrypt, is_encrypted
from core.errors import UserError
from core.i18n import _
from core.jobs import Progress
from core.reasons import reason

_CHECK_LENGTH = 12  # characters of the check value in the name of a hand-over file


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A hand-over file, its SHA-256, and the text file beside it that says so."""

    path: Path
    digest: str
    note: Path

    @property
    def code(self) -> str:
        """The check value as it is read out: ``3F2A-9C01-77BE``."""
        return short_code(self.digest)


def short_code(digest: str) -> str:
    """The beginning of a SHA-256 in groups of four, to be read out or written on paper."""
    return "-".join(digest[place : place + 4].upper() for place in range(0, _CHECK_LENGTH, 4))


def hand_over(
    path: Path,
    folder: Path,
    now: datetime | None = None,
    year: int | None = None,
    password: str = "",
    progress: Progress | None = None,
) -> HandedOver:
    """Copy a file, open or not, for handing over: ``unit_year_date_check.ysz``, for the stick.

    ``year`` is the latest one of the file where not given; without a password the copy can be read by everyone.
    Raises ``UserError``; then nothing is left in the folder.
    """
    if password:
        check_password(password)
    found, at = contents(path), now or datetime.now()
    shown = year or max(found.years, default=at.year)
    name = f"{plain_name(found.unit) or path.stem}_{shown}_{at:%Y%m%d}"
    rough, sealed = folder / f"{name}{SUFFIX}.copy", folder / f"{name}{SUFFIX}.sealed"
    try:
        copy_checked(path, rough)
        if password:
            encrypt(rough, sealed, password, progress)
            sealed.replace(rough)
        digest = file_digest(rough)
        final = folder / f"{name}_{digest[:_CHECK_LENGTH]}{SUFFIX}"
        note = _write_note(final, digest, rough.stat().st_size, bool(password))
        rough.replace(final)
    except OSError as error:
        text = _("无法写入“{folder}”：{reason}。请检查U盘是否已满或已拔出。")
        raise UserError(text.format(folder=folder, reason=reason(error))) from error
    finally:
        for left in (rough, sealed):
            with suppress(OSError):
                left.unlink(missing_ok=True)
    return HandedOver(final, digest, note)


def plain_name(unit: str) -> str:
    """A unit's name as part of a file name on every system."""
    return re.sub(r'[\\/:*?"<>|\s\x00-\x1f]+', "", unit)[:40].strip(".")


def _write_note(final: Path, digest: str, size: int, is_sealed: bool) -> Path:
    """Say beside the file what its check value is. Raises ``OSError``."""
    note = final.with_name(_("{name}_校验值.txt").format(name=final.stem))
    lines = [
        _("文件：{name}").format(name=final.name),
        _("大小：{size}字节").format(size=f"{size:,}"),
        _("校验码：{code}").format(code=short_code(digest)),
        f"SHA-256：{digest}",
        _("有密码：{answer}").format(answer=_("是（密码请另行告知，忘记后无法恢复）") if is_sealed else _("否")),
        _("接收时在本程序的“备份与恢复”页点“打开交接文件”，程序自动核对校验码；文件名不要改。"),
    ]
    note.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")  # the editor of Windows knows it for UTF-8
    return note


def check_value_holds(path: Path) -> bool | None:
    """Whether a hand-over file is as it was handed over; None for a file whose name bears no check value.

    Raises ``OSError``.
    """
    found = re.fullmatch(rf".+_\d{{4}}_\d{{8}}_([0-9a-f]{{{_CHECK_LENGTH}}})(?: ?\(\d+\)| ?（\d+）)?", path.stem)
    return file_digest(path).startswith(found[1]) if found else None


def name_without_check(path: Path) -> str:
    """What a hand-over file is called when it is worked with: its name without the check value."""
    return re.sub(rf"_[0-9a-f]{{{_CHECK_LENGTH}}}(?: ?[（(]\d+[）)])?$", "", path.stem) + SUFFIX


def file_digest(path: Path) -> str:
    """SHA-256 of a file. Raises ``OSError``."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def readable(path: Path, password: str = "", progress: Progress | None = None) -> Iterator[Path]:
    """The ledger in a file: the file itself or, of one with a password, a copy that is gone afterwards.

    Raises ``WrongPassword`` where one is needed and ``UserError`` as ``decrypt`` does.
    """
    if not is_encrypted(path):
        yield path
        return
    if not password:
        raise WrongPassword(_("“{name}”有密码，请输入密码后再打开。").format(name=path.name))
    with TemporaryDirectory() as folder:
        plain = Path(folder) / path.name
        decrypt(path, plain, password, progress)
        yield plain
