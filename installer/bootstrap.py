"""Set up .venv beside the program, then start the program (./run) or its tests (./test).

Standard library only. It must be readable by Pythons too old for the program, because it is what tells their
owners so. Everything is done once: a stamp in .venv says which requirements are in, and a start that finds it
does nothing but check for the libraries of Qt and hand over.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
RUNNING, TESTING = "requirements.txt", "requirements-dev.txt"
OLDEST_PYTHON, OLDEST_SQLITE = (3, 11), (3, 37)

# Library that Qt loads -> Debian package that has it. Found by starting Qt on a bare system, one by one.
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
}
SCREEN_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def say(chinese: str, english: str = "") -> None:
    """Print a message for the user, in Chinese with a plain English line under it."""
    print(f"{chinese}\n{english}" if english else chinese, file=sys.stderr, flush=True)


def stop(chinese: str, english: str) -> NoReturn:
    """Print a message and end with exit code 2: the program could not run."""
    say(chinese, english)
    raise SystemExit(2)


def check_python() -> None:
    """Refuse a Python or an SQLite too old for the program; go on with a newer Python if one is there."""
    if sys.version_info[:2] < OLDEST_PYTHON:
        for minor in range(20, OLDEST_PYTHON[1] - 1, -1):
            newer = find_program(f"python3.{minor}")
            if newer:
                os.execv(newer, [newer, *sys.argv])
        found = ".".join(map(str, sys.version_info[:3]))
        stop(f"本程序需要 Python 3.11 或更高版本，当前为 {found}。请安装新版 Python 后重试。",
             f"Python 3.11 or newer is needed; this is {found}.")
    try:
        import sqlite3
    except ImportError:
        stop("这个 Python 不带 SQLite 模块，请换用完整安装的 Python。", "This Python has no sqlite3 module.")
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        found = sqlite3.sqlite_version
        stop(f"本程序需要 SQLite 3.37 或更高版本，当前为 {found}。请安装新版 Python 后重试。",
             f"SQLite 3.37 or newer is needed; this Python has {found}.")


def find_program(name: str) -> str | None:
    """Return the full path of the program `name`, or None."""
    from shutil import which  # imported here, because most starts look for nothing

    return which(name)


# --- libraries of Qt ----------------------------------------------------------------------------------------


def loadable(library: str) -> bool:
    """Say whether the system can load `library`."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_libraries(
    needed: Mapping[str, str], present: Callable[[str], bool] = loadable
) -> dict[str, str]:
    """Return those of `needed` (library -> package) that `present` does not find."""
    return {library: package for library, package in needed.items() if not present(library)}


def check_libraries(environment: Mapping[str, str]) -> None:
    """On Linux, install the libraries that Qt lacks (as root, with apt-get) or name the command that does."""
    if not sys.platform.startswith("linux"):
        return
    needed = dict(QT_LIBRARIES)
    if environment.get("DISPLAY") and environment.get("QT_QPA_PLATFORM") in (None, "", "xcb"):
        needed.update(SCREEN_LIBRARIES)
    missing = missing_libraries(needed)
    if not missing:
        return
    if not find_program("apt-get"):
        stop(f"系统缺少图形界面所需的库，请用系统的软件管理工具安装：{' '.join(missing)}",
             "These system libraries are missing.")
    command = ["apt-get", "install", "-y", "--no-install-recommends", *missing.values()]
    if os.geteuid() != 0:
        stop(f"系统缺少图形界面所需的库，请在终端输入下面的命令后重试：\nsudo {' '.join(command)}",
             "Type the command above: libraries of Qt are missing.")
    say("正在安装图形界面所需的系统库……", "Installing system libraries: " + " ".join(missing.values()))
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for step in (["apt-get", "update", "-qq"], [*command, "-qq"]):
        subprocess.run(step, env=quiet, stdout=subprocess.DEVNULL, check=False)
    if missing_libraries(missing):
        stop(f"系统库安装失败，请在终端输入下面的命令查看原因：\n{' '.join(command)}", "apt-get failed.")


# --- requirements -------------------------------------------------------------------------------------------


def digest(requirements: bytes, version: tuple[int, ...]) -> str:
    """Return what the stamp holds for these requirements under this version of Python."""
    return hashlib.sha256(repr(version).encode() + requirements).hexdigest()


def stamp(name: str) -> Path:
    """Return the file in .venv that says which state of the requirements file `name` is installed."""
    return VENV / f"{name}.installed"


def installed(name: str) -> bool:
    """Say whether the requirements file `name` is installed as it stands now."""
    wanted = digest((ROOT / "installer" / name).read_bytes(), sys.version_info[:2])
    try:
        return stamp(name).read_text() == wanted and VENV_PYTHON.exists()
    except OSError:
        return False


def venv_matches(config: str, version: tuple[int, ...]) -> bool:
    """Say whether a .venv with this text in pyvenv.cfg was made by Python `version` (major, minor)."""
    fields = dict(line.split(" = ", 1) for line in config.splitlines() if " = " in line)
    return tuple(fields.get("version", "").split(".")[:2]) == tuple(map(str, version[:2]))


def make_venv() -> list[str]:
    """Make .venv unless a fitting one is there; return the start of a pip command that installs into it."""
    import venv
    from importlib.util import find_spec

    # Debian's Python makes no .venv with pip unless python3-venv is installed; its own pip serves as well.
    own_pip = find_spec("pip") is not None
    if not own_pip and find_spec("ensurepip") is None:
        stop("不能建立运行环境，请在终端输入下面的命令后重试：\nsudo apt-get install -y python3-venv",
             "Type the command above: this Python has neither pip nor ensurepip.")
    config = VENV / "pyvenv.cfg"
    usable = VENV_PYTHON.exists() and config.exists()
    if not (usable and venv_matches(config.read_text(encoding="utf-8"), sys.version_info[:2])):
        try:
            venv.create(VENV, clear=True, with_pip=not own_pip, symlinks=os.name != "nt")
        except OSError as error:
            stop(f"不能在程序文件夹中建立运行环境：{error.strerror}。请检查文件夹权限和磁盘空间。",
                 f"Cannot write to {VENV}.")
    if own_pip:
        return [sys.executable, "-m", "pip", "--python", str(VENV_PYTHON)]
    return [str(VENV_PYTHON), "-m", "pip"]


def install(names: list[str]) -> None:
    """Install the requirements files `names` into .venv, those that are not in already."""
    wanted = [name for name in names if not installed(name)]
    if not wanted:
        return
    say("正在安装运行所需的组件（只需一次），请稍候……", "Setting up; this happens once.")
    pip = make_venv()
    for name in wanted:
        path = ROOT / "installer" / name
        command = [*pip, "install", "--require-hashes", "--disable-pip-version-check", "--no-input"]
        command += ["-r", str(path)]
        if not sys.stdout.isatty():
            command.append("--quiet")
        if subprocess.run(command, stdout=sys.stderr, check=False).returncode:
            stop("组件安装失败。请检查网络后重新运行；若仍失败，请删除 .venv 文件夹再运行。",
                 "pip failed, see its message above. Try again; then try without the folder .venv.")
        stamp(name).write_text(digest(path.read_bytes(), sys.version_info[:2]))


# --- handing over -------------------------------------------------------------------------------------------


def uses_qt(arguments: list[str]) -> bool:
    """Say whether main.py started with `arguments` opens a window or takes pictures of one."""
    return not arguments or arguments[0] == "demo" or arguments[0].lower().endswith(".ysz")


def fit_screen(
    arguments: list[str], environment: Mapping[str, str], platform: str
) -> tuple[list[str], dict[str, str]]:
    """Return the arguments and the environment for main.py, changed where the computer has no screen."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if not platform.startswith("linux") or any(environment.get(name) for name in names):
        return arguments, dict(environment)
    if not arguments:
        say("没有可用的屏幕，改为运行演示，结果写入 demo-out 文件夹（no screen: demo in demo-out）。")
        arguments = ["demo", "demo-out"]
    elif arguments[0].lower().endswith(".ysz"):
        stop("没有可用的屏幕，无法打开窗口。", "There is no screen to open a window on.")
    return arguments, dict(environment, QT_QPA_PLATFORM="offscreen")


def run(arguments: list[str]) -> int:
    """Start the program with `arguments`."""
    arguments, environment = fit_screen(arguments, os.environ, sys.platform)
    install([RUNNING])
    if uses_qt(arguments):
        check_libraries(environment)
    command = [str(VENV_PYTHON), str(ROOT / "main.py"), *arguments]
    if os.name == "nt":  # execve would return to the prompt while the program still runs
        return subprocess.call(command, env=environment)
    os.execve(command[0], command, environment)


def test(arguments: list[str]) -> int:
    """Run ruff, mypy and pytest (with `arguments`), all of them even if one fails; return 1 if one failed."""
    environment = dict(os.environ)
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    install([RUNNING, TESTING])
    check_libraries(environment)
    failed = []
    for tool, *options in (["ruff", "check"], ["mypy", "--strict", "core"], ["pytest", *arguments]):
        print(f"== {tool}", flush=True)
        if subprocess.call([str(VENV_PYTHON), "-m", tool, *options], cwd=ROOT, env=environment):
            failed.append(tool)
    if failed:
        print("failed: " + ", ".join(failed))
    return 1 if failed else 0


def main(arguments: list[str]) -> int:
    """Obey `run ...` or `test ...`."""
    verbs = {"run": run, "test": test}
    if not arguments or arguments[0] not in verbs:
        stop("用法：bootstrap.py run [参数] 或 bootstrap.py test [参数]",
             "Usage: bootstrap.py run|test [arguments]")
    for stream in (sys.stdout, sys.stderr):  # a console that lacks a character must not stop the program
        stream.reconfigure(errors="replace")
    check_python()
    return verbs[arguments[0]](arguments[1:])


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        stop("已取消。", "Cancelled.")
