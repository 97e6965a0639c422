"""All rules of the program, one file per subject."""

from collections.abc import Mapping

from core.check import Rule
from core.rules import (
    balances,
    carry,
    claims,
    figures_in_text,
    guards,
    language,
    sections,
    stated,
    structure,
    wording,
)

_FILES = (guards, balances, stated, carry, wording, claims, structure, figures_in_text, language, sections)
RULES: tuple[Rule, ...] = tuple(
    value for module in _FILES for value in vars(module).values() if isinstance(value, Rule)
)
BY_ID: Mapping[str, Rule] = {one.id: one for one in RULES}
