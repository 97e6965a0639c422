"""The choice of language."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from core import i18n


@pytest.fixture(autouse=True)
def chinese_again() -> Iterator[None]:
    yield
    i18n.use_language("")


def catalogue(folder: Path, language: str, messages: dict[str, str]) -> None:
    """Write a compiled catalogue: header, sorted originals, translations, as gettext lays them out."""
    pairs = sorted({"": "Content-Type: text/plain; charset=UTF-8\n", **messages}.items())
    originals = [source.encode() for source, _ in pairs]
    translations = [target.encode() for _, target in pairs]
    start = 28 + 16 * len(pairs)
    body, tables = b"", []
    for texts in (originals, translations):
        for text in texts:
            tables += [len(text), start + len(body)]
            body += text + b"\0"
    numbers = [0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0, *tables]
    target = folder / language / "LC_MESSAGES"
    target.mkdir(parents=True)
    (target / f"{i18n.DOMAIN}.mo").write_bytes(b"".join(n.to_bytes(4, "little") for n in numbers) + body)


def test_chinese_is_the_source() -> None:
    assert i18n._("年初预算") == "年初预算"
    assert i18n.ngettext("{n}条提醒", "{n}条提醒", 2) == "{n}条提醒"


def test_a_catalogue_translates(tmp_path: Path) -> None:
    catalogue(tmp_path, "en", {"年初预算": "Approved budget"})
    i18n.use_language("en", tmp_path)
    assert i18n._("年初预算") == "Approved budget"
    assert i18n._("财政收回") == "财政收回"
    i18n.use_language("")
    assert i18n._("年初预算") == "年初预算"


def test_a_language_without_a_catalogue_stays_chinese(tmp_path: Path) -> None:
    i18n.use_language("fr", tmp_path)
    assert i18n._("年初预算") == "年初预算"
    assert i18n.ngettext("一条", "多条", 1) == "一条"


def test_start_up_does_not_load_gettext() -> None:
    code = "import sys; from core.i18n import _; _('支出'); sys.exit('gettext' in sys.modules)"
    root = Path(i18n.__file__).parent.parent
    assert subprocess.run([sys.executable, "-S", "-c", code], cwd=root).returncode == 0
