"""Golden files: what a test prints, kept beside it as text; ``pytest --update-golden`` writes them anew."""

from pathlib import Path


def assert_golden(text: str, path: Path, update: bool) -> None:
    """The text is what the file says."""
    if update:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")
