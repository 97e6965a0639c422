"""The one-click repairs that findings offer, by the name a rule gives: each a function from a book to a change."""

from collections.abc import Callable, Mapping

from core.carrying import renew_opening
from core.change import Change
from core.facts import clear_fact
from core.indicators import score_by_formula
from core.writing import append_sentence, replace_words, reset_section, retitle

REPAIRS: Mapping[str, Callable[..., Change]] = {
    "replace_words": replace_words,
    "append_sentence": append_sentence,
    "reset_section": reset_section,
    "retitle": retitle,
    "renew_opening": renew_opening,
    "clear_fact": clear_fact,
    "score_by_formula": score_by_formula,
}
