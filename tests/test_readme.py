"""The README says what is so."""

from pathlib import Path

import pytest

from core.cli import main
from core.rule_table import table

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_table_of_rules_is_that_of_the_rules() -> None:
    assert table() in README


def test_every_verb_is_in_the_readme(capsys: pytest.CaptureFixture[str]) -> None:
    main(["help"])
    usage = capsys.readouterr().out
    for verb in (
        "demo",
        "new",
        "check",
        "report",
        "close",
        "import",
        "export",
        "restore",
        "backup",
        "audit",
        "verify",
        "journal",
    ):
        assert f"./run {verb}" in README
        assert verb in usage


def test_every_picture_is_there() -> None:
    for line in README.splitlines():
        if line.startswith("!["):
            assert (ROOT / line.split("(")[1].rstrip(")")).is_file()
