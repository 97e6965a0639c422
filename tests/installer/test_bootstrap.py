"""Set-up: the stamp, the search for libraries, and what is started with which arguments."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from installer import bootstrap

ROOT = Path(__file__).resolve().parents[2]


def test_digest_changes_with_requirements_and_with_python() -> None:
    digest = bootstrap.digest(b"a==1", (3, 11))
    assert digest == bootstrap.digest(b"a==1", (3, 11))
    assert digest != bootstrap.digest(b"a==2", (3, 11))
    assert digest != bootstrap.digest(b"a==1", (3, 12))


def test_requirements_count_as_installed_only_while_the_stamp_fits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    venv, installer = tmp_path / ".venv", tmp_path / "installer"
    venv.mkdir()
    installer.mkdir()
    requirements = installer / bootstrap.RUNNING
    requirements.write_bytes(b"a==1")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", venv)
    monkeypatch.setattr(bootstrap, "VENV_PYTHON", venv / "python")
    assert not bootstrap.installed(bootstrap.RUNNING)

    bootstrap.stamp(bootstrap.RUNNING).write_text(bootstrap.digest(b"a==1", sys.version_info[:2]))
    assert not bootstrap.installed(bootstrap.RUNNING)  # the stamp is there, the Python it speaks of is not
    (venv / "python").touch()
    assert bootstrap.installed(bootstrap.RUNNING)
    requirements.write_bytes(b"a==2")
    assert not bootstrap.installed(bootstrap.RUNNING)


def test_venv_of_another_python_is_not_reused() -> None:
    config = "home = /usr/bin\ninclude-system-site-packages = false\nversion = 3.11.7\n"
    assert bootstrap.venv_matches(config, (3, 11))
    assert not bootstrap.venv_matches(config, (3, 1))
    assert not bootstrap.venv_matches(config, (3, 12))
    assert not bootstrap.venv_matches("", (3, 11))


def test_missing_libraries_are_named_with_their_packages() -> None:
    needed = {"libEGL.so.1": "libegl1", "libGL.so.1": "libgl1"}
    assert bootstrap.missing_libraries(needed, lambda library: library != "libEGL.so.1") == {
        "libEGL.so.1": "libegl1"
    }
    assert bootstrap.missing_libraries(needed, lambda library: True) == {}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="library names are those of Linux")
def test_the_system_says_which_libraries_it_can_load() -> None:
    assert bootstrap.loadable("libc.so.6")
    assert not bootstrap.loadable("libdoes-not-exist.so.0")


def test_without_a_screen_no_arguments_mean_the_demo(capsys: pytest.CaptureFixture[str]) -> None:
    arguments, environment = bootstrap.fit_screen([], {"HOME": "/home"}, "linux")
    assert arguments == ["demo", "demo-out"]
    assert environment == {"HOME": "/home", "QT_QPA_PLATFORM": "offscreen"}
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_without_a_screen_pictures_are_taken_offscreen_and_files_are_refused() -> None:
    assert bootstrap.fit_screen(["demo", "out"], {}, "linux")[1]["QT_QPA_PLATFORM"] == "offscreen"
    with pytest.raises(SystemExit) as refused:
        bootstrap.fit_screen(["台账.ysz"], {}, "linux")
    assert refused.value.code == 2


@pytest.mark.parametrize(
    ("environment", "platform"),
    [({"DISPLAY": ":0"}, "linux"), ({"WAYLAND_DISPLAY": "wayland-0"}, "linux"),
     ({"QT_QPA_PLATFORM": "vnc"}, "linux"), ({}, "win32"), ({}, "darwin")],
)
def test_with_a_screen_nothing_is_changed(environment: dict[str, str], platform: str) -> None:
    for arguments in ([], ["台账.ysz"], ["demo", "out"], ["check", "台账.ysz"]):
        assert bootstrap.fit_screen(arguments, environment, platform) == (arguments, environment)


def test_only_the_window_and_the_demo_need_qt() -> None:
    assert bootstrap.uses_qt([])
    assert bootstrap.uses_qt(["台账.YSZ"])
    assert bootstrap.uses_qt(["demo", "out"])
    assert not bootstrap.uses_qt(["check", "台账.ysz"])


def test_requirements_are_pinned_with_hashes_and_hold_no_addresses() -> None:
    for name in (bootstrap.RUNNING, bootstrap.TESTING):
        text = (ROOT / "installer" / name).read_text(encoding="utf-8")
        entries = text.replace("\\\n", " ").splitlines()
        assert len(entries) > 5
        assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)
        assert "://" not in text and "file:" not in text


@pytest.mark.parametrize("name", ["run.bat", "test.bat"])
def test_batch_files_have_windows_line_ends(name: str) -> None:
    content = (ROOT / name).read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n") > 5


@pytest.mark.skipif(os.name == "nt", reason="the shell script is for Linux and macOS")
def test_run_passes_its_arguments_on_from_any_folder(tmp_path: Path) -> None:
    program = tmp_path / "程 序"
    (program / "installer").mkdir(parents=True)
    shutil.copy(ROOT / "run", program)
    for name in ("bootstrap.py", bootstrap.RUNNING):
        shutil.copy(ROOT / "installer" / name, program / "installer")
    (program / "main.py").write_text("import sys\nprint(sys.argv[1:])\n")
    binaries = program / ".venv" / "bin"
    binaries.mkdir(parents=True)
    (binaries / "python").symlink_to(sys.executable)
    version = subprocess.run(["python3", "-c", "import sys; print(*sys.version_info[:2])"],
                             capture_output=True, text=True, check=True).stdout.split()
    (program / ".venv" / f"{bootstrap.RUNNING}.installed").write_text(
        bootstrap.digest((program / "installer" / bootstrap.RUNNING).read_bytes(), tuple(map(int, version)))
    )
    answer = subprocess.run([program / "run", "check", "我的 台账.ysz", "--json"], cwd=tmp_path,
                            capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "['check', '我的 台账.ysz', '--json']"
