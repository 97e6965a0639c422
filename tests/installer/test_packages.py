"""What the packages are made of: the glibc they need, what the package manager is told, the portable mode."""

import os
import runpy
import sys
from pathlib import Path

import pytest

import main as program
from ui.portable import FOLDER, portable_folder

ROOT = Path(__file__).resolve().parents[2]
INSTALLER = ROOT / "installer"


@pytest.fixture
def build(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """The names of installer/linux/build.py; what it puts on the path for its own imports is taken off again."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    return runpy.run_path(str(INSTALLER / "linux" / "build.py"))


def elf(*versions: str) -> bytes:
    return b"\x7fELF" + b"\0".join(f"GLIBC_{version}".encode() for version in versions) + b"\0"


def test_the_newest_glibc_of_a_compiled_file_counts(build: dict, tmp_path: Path) -> None:
    (tmp_path / "fits.so").write_bytes(elf("2.2.5", "2.28", "2.9"))
    (tmp_path / "too-new.so").write_bytes(elf("2.17", "2.34"))
    (tmp_path / "text.txt").write_text("GLIBC_2.99")
    assert build["too_new"](tmp_path) == ["too-new.so: 2.34"]


def test_the_package_needs_the_libraries_that_qt_loads(build: dict) -> None:
    text = build["control_text"]("1.2.3", 279)
    fields = dict(line.split(": ", 1) for line in text.splitlines() if not line.startswith(" "))
    assert fields["Version"] == "1.2.3" and fields["Installed-Size"] == "279000"
    needed = fields["Depends"].split(", ")
    assert "libc6 (>= 2.28)" in needed and "libegl1" in needed
    assert "libglib2.0-0 | libglib2.0-0t64" in needed
    assert text.endswith("\n")


def test_both_build_scripts_pin_the_same_freezer(build: dict) -> None:
    script = (INSTALLER / "windows" / "build.bat").read_text(encoding="utf-8")
    assert all(pin in script for pin in build["PYINSTALLER"])


def test_the_file_type_is_told_by_its_content_too() -> None:
    from core.schema import APPLICATION_ID

    kind = (INSTALLER / "linux" / "unit-budget-ledger.xml").read_text(encoding="utf-8")
    assert f'value="0x{APPLICATION_ID:08X}"' in kind and 'glob pattern="*.ysz"' in kind
    desktop = (INSTALLER / "linux" / "unit-budget-ledger.desktop").read_text(encoding="utf-8")
    assert "MimeType=application/x-unit-budget-ledger;" in desktop and "Exec=unit-budget-ledger %f" in desktop


def test_what_is_installed_for_windows_is_taken_away_again() -> None:
    script = (INSTALLER / "windows" / "unit-budget-ledger.nsi").read_text(encoding="utf-8")
    before, after = script.split('Section "Uninstall"')
    for key in ("\\.ysz", "\\${FILETYPE}"):
        assert f'WriteRegStr HKCU "Software\\Classes{key}"' in before
        assert f'DeleteRegKey HKCU "Software\\Classes{key}"' in after
    assert 'RMDir /r "$INSTDIR"' not in after  # a ledger beside the program stays


def test_a_folder_beside_the_program_makes_it_portable(tmp_path: Path) -> None:
    executable = tmp_path / "unit-budget-ledger"
    assert portable_folder(executable) is None
    (tmp_path / FOLDER).mkdir()
    assert portable_folder(executable) == tmp_path / FOLDER
    assert portable_folder() is None  # not a built program


@pytest.mark.parametrize("held", [None, "/opt/other/lib"])
def test_programs_that_the_built_one_starts_get_the_library_path_of_the_system(
    held: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opt/unit-budget-ledger/_internal")
    if held is not None:
        monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", held)
    program.give_back_library_path()
    assert os.environ.get("LD_LIBRARY_PATH") == held and "LD_LIBRARY_PATH_ORIG" not in os.environ


def test_the_spec_leaves_nothing_out_that_is_imported_by_name() -> None:
    spec = (INSTALLER / "unit-budget-ledger.spec").read_text(encoding="utf-8")
    assert 'collect_submodules("core") + collect_submodules("ui")' in spec and '"resources"' in spec


def test_on_a_stick_the_last_files_are_found_wherever_it_is_mounted(tmp_path: Path) -> None:
    from ui.settings import Settings

    here, there = tmp_path / "one" / FOLDER, tmp_path / "other" / FOLDER
    here.mkdir(parents=True)
    (here / "a.ysz").write_text("")
    settings = Settings(here)
    settings.remember(here / "a.ysz")
    settings.remember(tmp_path / "elsewhere.ysz")
    settings.remember(here / "a.ysz")
    del settings
    here.parent.rename(there.parent)
    assert Settings(there).recent == [there / "a.ysz", tmp_path / "elsewhere.ysz"]
    assert Settings(there).last_file == there / "a.ysz"
