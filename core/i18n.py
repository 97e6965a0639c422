"""Messages in the user's language. The source strings are Chinese; nothing is loaded for them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import NullTranslations

DOMAIN = "ledger"
LOCALE_DIR = Path(__file__).resolve().parent.parent / "resources" / "locale"

_language = ""
_folder = LOCALE_DIR
_catalogue: NullTranslations | None = None


def use_language(language: str, folder: Path = LOCALE_DIR) -> None:
    """Choose the language of all later messages, such as ``"en"``; Chinese if ``""`` or without a catalogue.

    Call it before the first import of a module with labels of its own (``core.model``), which looks them up
    once. The catalogue ``FOLDER/LANGUAGE/LC_MESSAGES/ledger.mo`` is opened by the first message.
    """
    global _language, _folder, _catalogue
    _language, _folder, _catalogue = language, folder, None


def _loaded() -> NullTranslations:
    global _catalogue
    if _catalogue is None:
        import gettext  # only a user of another language pays for it

        _catalogue = gettext.translation(DOMAIN, _folder, [_language], fallback=True)
    return _catalogue


def _(message: str) -> str:
    """The message in the chosen language."""
    return _loaded().gettext(message) if _language else message


def ngettext(singular: str, plural: str, n: int) -> str:
    """The form of the message for ``n`` things; in the Chinese source both forms usually read the same."""
    if _language:
        return _loaded().ngettext(singular, plural, n)
    return singular if n == 1 else plural
