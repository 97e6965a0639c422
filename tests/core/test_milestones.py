"""Who locked a year when, as the journal tells it."""

from contextlib import closing
from pathlib import Path

from core import commands
from core.closing import finalise, lock, lock_month, unfinalise, unlock, unlock_month
from core.history import History
from core.milestones import milestones, sealed_at
from core.model import YearState
from tests.builders import YEAR, on_disk

OPEN, LOCKED, FINAL = YearState.OPEN, YearState.LOCKED, YearState.FINAL


def test_the_turns_of_a_year_with_their_reasons(tmp_path: Path) -> None:
    with closing(on_disk(tmp_path / "a.ysz")) as ledger:
        ledger.commit(commands.set_year(ledger.book, YEAR, note="备注"))
        ledger.commit(lock_month(ledger.book, YEAR, 3))
        ledger.commit(unlock_month(ledger.book, YEAR, 3, "补记一笔"))
        ledger.commit(lock(ledger.book, ledger.findings, YEAR))
        ledger.undo()
        ledger.commit(lock(ledger.book, ledger.findings, YEAR))
        ledger.commit(finalise(ledger.book, type(ledger.findings)(), YEAR))
        ledger.commit(unfinalise(ledger.book, YEAR, "正文有误"))
        held = milestones(History(ledger.journal()), YEAR)
        assert [(one.before, one.after) for one in held] == [
            (OPEN, OPEN),
            (OPEN, OPEN),
            (OPEN, LOCKED),
            (LOCKED, FINAL),
            (FINAL, LOCKED),
        ]
        assert held[1].label == "解除2023年3月锁定：补记一笔" and held[-1].label == "2023年度反定稿：正文有误"
        locked, final = sealed_at(held, LOCKED), sealed_at(held, FINAL)
        assert locked == held[2] and final == held[3] and locked.who and locked.at[:2] == "20"
        assert milestones(History(ledger.journal()), YEAR + 1) == []
        ledger.commit(unlock(ledger.book, YEAR, "支出有误"))
        assert sealed_at(milestones(History(ledger.journal()), YEAR), OPEN) is None
