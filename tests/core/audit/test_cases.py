"""The judged texts: what the audit reaches on them, as `python -m tests.audit_score` prints it."""

from tests.audit_score import CASES, score


def test_the_four_figures() -> None:
    assert len(list(CASES.glob("*.toml"))) >= 40
    measured = score()
    assert measured.understood >= 0.95 * measured.statements, measured.missed
    assert measured.found >= 0.95 * measured.defects, measured.missed
    assert measured.alarms <= 0.05 * measured.reports, measured.missed
    assert measured.silent == measured.clean, measured.missed
