"""All rules of the program, one file per subject."""

from collections.abc import Mapping

from core.check import Rule
from core.rules import (
    balances,
    basic_data,
    belonging,
    carry,
    claims,
    codes,
    cover,
    directions,
    figures_in_text,
    forms,
    guards,
    indicators,
    language,
    rounding,
    scores,
    sections,
    spending,
    stated,
    structure,
    surplus,
    targets,
    totals,
    wording,
)

_FILES = (
    *(guards, balances, spending, surplus, codes, belonging, stated, carry, rounding),
    *(indicators, scores, directions, targets, totals),
    *(wording, claims, structure, figures_in_text, language, sections),
    *(basic_data, forms, cover),
)
RULES: tuple[Rule, ...] = tuple(
    value for module in _FILES for value in vars(module).values() if isinstance(value, Rule)
)
BY_ID: Mapping[str, Rule] = {one.id: one for one in RULES}
