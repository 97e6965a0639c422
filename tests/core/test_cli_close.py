"""Closing a year from the terminal: looking changes nothing, each step is saved on its own."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from core.cli import CLOSING, main
from core.cli_close import _ACTS
from core.ledger import Ledger
from core.model import YearState
from tests.builders import WAN, YEAR, on_disk


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A year in which 0.93万元 is left."""
    from core import commands

    file = tmp_path / "a.ysz"
    with closing(on_disk(file)) as ledger:
        where = ledger.book.projects(YEAR)[0].project
        recovered = next(e for e in ledger.book.events(YEAR, where) if e.kind == "recovered")
        ledger.commit(commands.remove_event(ledger.book, recovered.id))
    return file


def run(path: Path, *options: str) -> int:
    return main(["close", str(path), "--year", str(YEAR), *options])


def data(capsys: pytest.CaptureFixture[str]) -> dict:
    return json.loads(capsys.readouterr().out)


def test_every_option_has_its_step() -> None:
    assert list(CLOSING) == list(_ACTS)


def test_looking_prints_checklist_and_proposals_and_saves_nothing(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = path.read_bytes()
    run(path)
    text = capsys.readouterr().out
    assert text.startswith("示范区妇女联合会 2023年度：执行中\n")
    assert "待办  处置未用完的资金  1项资金没有处置，共9,300.00元（项目“业务性专项经费”）" in text
    row = next(line for line in text.splitlines() if line.startswith("业务性专项经费"))
    assert row.split() == [
        "业务性专项经费",
        "一般公共预算资金",
        "2023",
        "9,300.00",
        "结转下年",
        "本年预算的项目资金，结转下年按原用途继续使用。",
    ]
    assert path.read_bytes() == before


def test_a_dry_run_shows_what_would_be_and_saves_nothing(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = path.read_bytes()
    run(path, "--dispose", "--lock", "--open-next", "--carry", "--dry-run", "--json")
    found = data(capsys)
    assert found["done"] == ["年终处置 9,300.00", "2023年度资金锁定", "新建2024年度", "带入2023年度结转"]
    assert found["state"] == "locked" and found["proposals"] == []
    assert path.read_bytes() == before


def test_the_steps_are_saved_and_taken_back_with_a_reason(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(path, "--dispose", "--lock", "--open-next", "--carry")
    assert "已完成：带入2023年度结转" in capsys.readouterr().out
    with closing(Ledger.open(path)) as ledger:
        assert ledger.book.year(YEAR).state == YearState.LOCKED
        where = ledger.book.projects(YEAR)[0].project
        assert [(e.kind, e.amount) for e in ledger.book.events(2024, where)] == [("opening", 93 * WAN // 100)]
    assert run(path, "--unlock") == 2
    assert "请写明原因" in capsys.readouterr().err
    run(path, "--unlock", "--reason", "补记支出", "--json")
    assert data(capsys)["done"] == ["解除2023年度资金锁定：补记支出"]


def test_what_cannot_be_done_is_said_in_one_line(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(path, "--lock") == 2
    said = capsys.readouterr()
    assert "没有处置：“业务性专项经费”9,300.00元" in said.err and said.err.count("\n") == 1 and not said.out
    assert main(["close", str(path), "--year", "2030"]) == 2
    assert "没有2030年度" in capsys.readouterr().err


def test_plain_data_names_steps_and_proposals_in_fen(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(path, "--json")
    found = data(capsys)
    assert found["year"] == YEAR and found["state"] == "open" and found["done"] == []
    (line,) = found["proposals"]
    assert (line["amount"], line["kind"], line["name"]) == (93 * WAN // 100, "carried", "业务性专项经费")
    assert {step["key"]: step["state"] for step in found["steps"]}["lock"] == "blocked"
