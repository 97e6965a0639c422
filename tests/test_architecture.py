"""The import directions and the size of files, read from the source itself."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = [ROOT / "main.py", *sorted((ROOT / "core").rglob("*.py")), *sorted((ROOT / "ui").rglob("*.py"))]
EVERY = [*SOURCES, *sorted((ROOT / "tests").rglob("*.py")), *sorted((ROOT / "installer").rglob("*.py"))]

# Lower modules must not import higher ones; the same rank may not import each other either.
RANKS = {
    "core.errors": 0,
    "core.i18n": 0,
    "core.record": 0,
    "core.submitted": 1,
    "core.attached": 1,
    "core.batches": 1,
    "core.codes": 1,
    "core.money": 1,
    "core.basic_form": 2,
    "core.misprints": 1,
    "core.goals": 1,
    "core.policy": 1,
    "core.quantities": 2,
    "core.model": 2,
    "core.change": 3,
    "core.cells": 3,
    "core.book": 4,
    "core.draft": 5,
    "core.balance": 5,
    "core.origins": 6,
    "core.seal": 6,
    "core.economic": 6,
    "core.figures": 6,
    "core.facts": 7,
    "core.scoring": 7,
    "core.monitoring": 7,
    "core.outline": 7,
    "core.check": 8,
    "core.form_items": 8,
    "core.indicator_text": 8,
    "core.checker": 9,
    "core.explain": 9,
    "core.passage": 9,
    "core.questions": 9,
    "core.typed_figures": 10,
    "core.identities": 10,
    "core.rules": 12,
}


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path, top_only: bool = False) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: set[str] = set()
    for node in tree.body if top_only else ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def uses(path: Path, package: str, top_only: bool = False) -> bool:
    return any(name == package or name.startswith(package + ".") for name in imports(path, top_only))


def rank_of(module: str) -> int | None:
    while module:
        if module in RANKS:
            return RANKS[module]
        module = module.rpartition(".")[0]
    return None


@pytest.mark.parametrize("path", EVERY, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_file_is_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_directions(path: Path) -> None:
    module = name_of(path)
    if module.startswith("core"):
        assert not uses(path, "PySide6"), "core knows nothing of Qt"
        assert not uses(path, "ui"), "core knows nothing of the window"
    mine = rank_of(module)
    if mine is not None and module != "core.rules":
        for name in imports(path):
            theirs = rank_of(name)
            assert theirs is None or theirs < mine or name.startswith(module), f"{module} imports {name}"
    if module.startswith("core.rules."):
        assert not any(n.startswith("core.rules") for n in imports(path)), "rules never import each other"
        assert not uses(path, "core.commands") and not uses(path, "core.writing")
    if module.startswith("core.export."):
        allowed = ("core.report.model", "core.export", "core.money", "core.i18n", "core.errors", "core.reasons")
        assert all(n.startswith(allowed) for n in imports(path) if n.startswith("core.") and n != "core.report")
    if module.startswith("core.text"):
        allowed = ("core.text", "core.money", "core.i18n", "core.errors")
        assert all(n.startswith(allowed) for n in imports(path) if n.startswith("core."))
    if module.startswith("core.audit"):
        allowed = ("core.audit", "core.text", "core.explain", "core.money", "core.i18n", "core.errors")
        assert all(n.startswith(allowed) for n in imports(path) if n.startswith("core."))
    if module.startswith("ui."):
        below = ("core.store", "core.schema", "core.database")
        assert not any(uses(path, one) for one in below), "go through the ledger"
    if module.startswith("ui.pages."):
        assert not any(n.startswith("ui.pages.") for n in imports(path)), "a page never imports a page"


def test_sql_only_where_the_file_is_kept() -> None:
    users = {name_of(path) for path in SOURCES if uses(path, "sqlite3") or uses(path, "sqlite_utils")}
    assert users == {"core.database", "core.store", "core.schema", "core.upgrade"}


@pytest.mark.parametrize(
    ("package", "places"),
    [
        ("pandas", ("core.intake.sheet", "core.export.sheet")),
        ("reportlab", ("core.export.pdf",)),
    ],
)
def test_heavy_packages_have_one_place(package: str, places: tuple[str, ...]) -> None:
    users = {name_of(path) for path in SOURCES if uses(path, package)}
    assert all(user.startswith(places) for user in users)


@pytest.mark.parametrize("package", ["pandas", "reportlab", "sqlite_utils", "pypdfium2", "xlsxwriter"])
def test_heavy_packages_are_imported_when_needed(package: str) -> None:
    eager = [name_of(path) for path in SOURCES if _imports_at_top(path, package)]
    assert eager == []


def _imports_at_top(path: Path, package: str) -> bool:
    """Imports at module level, but those for the type checker alone."""
    return uses(path, package, top_only=True)
