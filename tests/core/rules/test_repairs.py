"""Every repair that a finding of the sample offers is right: it clears its finding and raises none."""

from pathlib import Path

from core.sample import SHOWN_YEAR, build_sample

WITHOUT_ONE_RIGHT_ANSWER = {"C-001", "C-019", "C-021", "C-046", "C-056", "C-077"}


def test_every_repair_of_the_sample_can_be_taken_one_after_the_other_and_undone(tmp_path: Path) -> None:
    ledger = build_sample(tmp_path / "示例.ysz")
    before = list(ledger.findings)
    taken = []
    for finding in ledger.findings.of_year(SHOWN_YEAR):
        current = next((f for f in ledger.findings if (f.rule, f.words) == (finding.rule, finding.words)), None)
        if current is not None and current.repair:
            change = ledger.repair(current)
            assert change is not None, f"{current.rule} offers a repair that does not hold"
            ledger.commit(change)
            taken.append(current.rule)
    assert sorted(taken) == ["C-005", "C-042", "C-050", "C-051", "C-052", "C-055"]
    loud = {f.rule for f in ledger.findings.of_year(SHOWN_YEAR) if f.severity != "info"}
    assert loud == WITHOUT_ONE_RIGHT_ANSWER
    section = ledger.book.section(SHOWN_YEAR, "other")
    assert section is not None and "没有请写明" not in section.text and "口径不同" in section.text
    while ledger.undo_label:
        ledger.undo()
    assert list(ledger.findings) == before
    ledger.close()
