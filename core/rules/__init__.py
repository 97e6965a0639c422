"""All rules of the program, one file per subject."""

from collections.abc import Mapping

from core.check import Rule
from core.rules import guards

RULES: tuple[Rule, ...] = tuple(value for module in (guards,) for value in vars(module).values() if isinstance(value, Rule))
BY_ID: Mapping[str, Rule] = {one.id: one for one in RULES}
