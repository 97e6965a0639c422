"""``python -m core.rule_table``: the table of all rules as Markdown, for the README."""

from core.check import SEVERITY_LABELS, SUBJECT_LABELS
from core.review_list import STAGE_LABELS
from core.rules import RULES


def table() -> str:
    """One row for each rule: id, severity, subject, from when it is a warning, title, reason."""
    rows = ["| 编号 | 级别 | 类别 | 何时提醒 | 事项 | 为什么 |", "|---|---|---|---|---|---|"]
    for rule in sorted(RULES, key=lambda one: one.id):
        cells = (
            rule.id,
            SEVERITY_LABELS[rule.severity],
            SUBJECT_LABELS[rule.subject],
            STAGE_LABELS[rule.stage],
            rule.title,
            rule.why,
        )
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


if __name__ == "__main__":
    print(table())
