"""The user's own lists of classification codes (科目代码), such as those of a province: kept beside the settings.

They are the user's and not a ledger's: one and the same list holds for every unit of a province, and a code that was
loaded once is known wherever codes are typed, imported or checked, in the window and by the verbs.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from core import codes
from core.codes import CodeKind
from core.errors import UserError
from core.i18n import _
from core.initials import initials
from core.intake.classes import code_of
from core.reasons import reason

_HEADS = ("code", "level", "name", "initials", "valid_from", "valid_to")
_LEVELS = {3: "类", 5: "款", 7: "项"}


@dataclass(frozen=True, slots=True)
class OwnCode:
    """A code with the name it has in the user's list."""

    kind: CodeKind
    code: str
    name: str


def own_codes(kind: CodeKind) -> dict[str, str]:
    """The user's own codes of a list with their names; empty where none was loaded."""
    try:
        with (codes.own_folder() / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
            return {row["code"]: row["name"] for row in csv.DictReader(file)}
    except (OSError, ValueError, KeyError, csv.Error):
        return {}


def add_codes(given: Iterable[OwnCode]) -> Mapping[CodeKind, int]:
    """Keep codes besides those that were loaded before; the same code takes its new name. Returns how many were
    given of each list. Raises ``UserError`` where they cannot be written."""
    by_kind: dict[CodeKind, dict[str, str]] = {}
    for one in given:
        by_kind.setdefault(one.kind, {})[one.code] = one.name
    for kind, names in by_kind.items():
        _write(kind, own_codes(kind) | names)
    _read_anew()
    return {kind: len(names) for kind, names in by_kind.items()}


def forget_codes() -> None:
    """Go back to the lists of the program. Raises ``UserError`` where the own ones cannot be removed."""
    try:
        for kind in CodeKind:
            (codes.own_folder() / f"{kind}.csv").unlink(missing_ok=True)
    except OSError as error:
        raise _refused(error) from error
    _read_anew()


def _write(kind: CodeKind, names: Mapping[str, str]) -> None:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_HEADS)
    for code, name in sorted(names.items()):
        writer.writerow((code, _LEVELS[len(code)], name, " ".join(initials(name)), "", ""))
    folder = codes.own_folder()
    partial = folder / f"{kind}.csv.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        partial.write_text(text.getvalue(), encoding="utf-8", newline="")
        partial.replace(folder / f"{kind}.csv")
    except OSError as error:
        raise _refused(error) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _read_anew() -> None:
    codes.forget_lists()
    code_of.cache_clear()


def _refused(error: OSError) -> UserError:
    text = _("无法写入科目代码文件夹“{folder}”：{reason}。")
    return UserError(text.format(folder=codes.own_folder(), reason=reason(error)))
