"""The help: how-tos of the year's work, the keys, and every rule with what it judges by this year, as Markdown."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from core.i18n import _
from core.policy import Policy
from core.rule_table import RuleRow, rows, thresholds
from core.tour import FOLDER

HOWTOS = FOLDER
WORK, KEYS, RULES = _("操作说明"), _("快捷键"), _("核对规则")
KEYS_TOPIC = "keys"
Keys = Mapping[str, Sequence[tuple[str, str]]]  # heading -> what, keys


@dataclass(frozen=True, slots=True)
class Topic:
    """One page of the help. ``key`` is the id of a rule, or the name of a how-to."""

    key: str
    group: str
    title: str
    text: str  # Markdown; links to rules are written rule:C-019

    def holds(self, words: Iterable[str]) -> bool:
        """Whether every one of these lower-case words stands in it."""
        text = f"{self.title}\n{self.text}".lower()
        return all(word in text for word in words)


def topics(policy: Policy, year: int, keys: Keys) -> list[Topic]:
    """Every page: the how-tos in their order, the keys, then the rules by id."""
    found = list(_howtos())
    found.append(Topic(KEYS_TOPIC, KEYS, KEYS, _keys_text(keys)))
    return found + [_rule(row, policy, year) for row in rows()]


@cache
def examples() -> Mapping[str, tuple[str, str]]:
    """A worked example of each rule by its id: what it finds, and how that reads when it is put right."""
    held = tomllib.loads((HOWTOS / "examples.toml").read_text(encoding="utf-8"))
    return {rule: (wrong, right) for rule, (wrong, right) in held.items()}


def search(among: Sequence[Topic], words: str) -> list[Topic]:
    """The topics that hold every word, those with a word in their title first."""
    wanted = words.lower().split()
    found = [topic for topic in among if topic.holds(wanted)]
    return sorted(found, key=lambda topic: not any(word in topic.title.lower() for word in wanted))


def _howtos() -> Iterator[Topic]:
    for path in sorted(HOWTOS.glob("*.md")):
        head, _line, text = path.read_text(encoding="utf-8").partition("\n")
        yield Topic(path.stem, WORK, head.removeprefix("# ").strip(), text.strip())


def _keys_text(keys: Keys) -> str:
    parts = []
    for title, lines in keys.items():
        table = [f"| {_('操作')} | {_('按键')} |", "|---|---|", *(f"| {what} | {key} |" for what, key in lines)]
        parts.append(f"### {title}\n\n" + "\n".join(table))
    return "\n\n".join(parts)


def _rule(row: RuleRow, policy: Policy, year: int) -> Topic:
    parts = [
        _("级别：**{severity}**　类别：{subject}　{stage}").format(
            severity=row.severity, subject=row.subject, stage=row.stage
        ),
        f"### {_('为什么核对')}\n\n{row.why}",
        f"### {_('怎么办')}\n\n{row.remedy}",
    ]
    if row.id in examples():
        wrong, right = examples()[row.id]
        lines = _("- 有问题：{wrong}\n- 改好后：{right}").format(wrong=wrong, right=right)
        parts.append(f"### {_('例子')}\n\n{lines}")
    if row.choices:
        parts.append(f"### {_('可以回答')}\n\n" + "\n".join(f"- {choice}" for choice in row.choices))
    limits = thresholds(row.id, policy)
    if limits:
        title = _("{year}年度的标准").format(year=year)
        parts.append(f"### {title}\n\n" + "\n".join(f"- {limit}" for limit in limits))
    return Topic(row.id, f"{RULES} · {row.subject}", f"{row.id}　{row.title}", _link("\n\n".join(parts)))


def _link(text: str) -> str:
    """Rules that are named become links to them."""
    return re.sub(r"(?<![\w:\[])([BCS]-\d{3})(?!\])", r"[\1](rule:\1)", text)
