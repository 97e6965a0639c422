"""Build the Linux packages: a portable folder and a .deb, both with their own Python (for developers).

    python3 installer/linux/build.py --python FOLDER/python/bin/python3.11 --out OUT

FOLDER is what build_python.sh made. Needs pip, dpkg-deb and the xcb libraries that bootstrap.py names for a screen.
OUT then holds 单位预算台账-VERSION-ARCH.tar.xz and unit-budget-ledger_VERSION_ARCH.deb, and the sizes are printed.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent))

from bootstrap import QT_LIBRARIES  # noqa: E402
from elf import GLIBC, too_new  # noqa: E402

NAME, TITLE = "unit-budget-ledger", "单位预算台账"
PYINSTALLER = ("pyinstaller==6.22.3", "pyinstaller-hooks-contrib==2026.9")
RENAMED = {"libglib2.0-0": "libglib2.0-0 | libglib2.0-0t64"}  # packages that newer systems call otherwise
BUNDLED = "opt/" + NAME


def main() -> int:
    """Build both packages; 1 if a file needs a newer glibc than the systems that are served have."""
    options = argparse.ArgumentParser(description="Build the Linux packages.")
    options.add_argument("--python", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    given = options.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    built = freeze(given.python, given.out / "work")
    refused = too_new(built)
    if refused:
        print("needs a newer glibc:", *refused, sep="\n  ")
        return 1
    print(f"built program: {megabytes(built)} MB")
    for package in (portable(built, given.out, version), deb(built, given.out, version)):
        print(f"{package.name}: {package.stat().st_size / 1e6:.0f} MB")
    return 0


def freeze(python: Path, work: Path) -> Path:
    """Install the pinned requirements under ``python`` and let PyInstaller make the folder of the program."""
    venv = work / "venv"
    subprocess.run([python, "-m", "venv", "--clear", "--without-pip", venv], check=True)
    # That Python has no TLS: this one's pip installs for it, and only wheels that content themselves with GLIBC.
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-warn-conflicts", "--only-binary", ":all:"]
    pip += ["--python-version", "3.11", "--implementation", "cp", "--abi", "cp311", "--abi", "abi3", "--abi", "none"]
    for minor in range(GLIBC[1], 4, -1):
        pip += ["--platform", f"manylinux_2_{minor}_{os.uname().machine}"]
    for older in ("2014", "2010", "1"):
        pip += ["--platform", f"manylinux{older}_{os.uname().machine}"]
    pip += ["--target", str(next((venv / "lib").glob("python3*")) / "site-packages")]
    subprocess.run([*pip, "--require-hashes", "-r", str(HERE.parent / "requirements.txt")], check=True)
    subprocess.run([*pip, *PYINSTALLER], check=True)
    command = [venv / "bin" / "python", "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", work / "dist", "--workpath", work / "build", HERE.parent / f"{NAME}.spec"]
    subprocess.run(command, check=True)
    return work / "dist" / NAME


def portable(built: Path, out: Path, version: str) -> Path:
    """The folder for a USB stick: settings and new ledgers stay beside the program, because of the folder 数据."""
    target = out / f"{TITLE}-{version}-{machine()}.tar.xz"
    with tarfile.open(target, "w:xz", preset=6) as archive:
        archive.add(built, TITLE, filter=owned_by_root)
        archive.add(HERE / "portable-start.sh", f"{TITLE}/启动.sh", filter=owned_by_root)
        archive.add(HERE / "portable-readme.txt", f"{TITLE}/数据/说明.txt", filter=owned_by_root)
    return target


def deb(built: Path, out: Path, version: str) -> Path:
    """The package for Debian, UOS and Kylin. Ledgers are in the users' own folders: removal leaves them alone."""
    tree = out / "work" / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(built, tree / BUNDLED, symlinks=True)
    share, icons = tree / "usr" / "share", ROOT / "resources" / "icons"
    for source, target in (
        (HERE / f"{NAME}.desktop", share / "applications" / f"{NAME}.desktop"),
        (HERE / f"{NAME}.xml", share / "mime" / "packages" / f"{NAME}.xml"),
        (icons / "app.png", share / f"icons/hicolor/256x256/apps/{NAME}.png"),
        (icons / "app.svg", share / f"icons/hicolor/scalable/apps/{NAME}.svg"),
        (icons / "app.svg", share / f"icons/hicolor/scalable/mimetypes/application-x-{NAME}.svg"),
        (ROOT / "LICENSE", share / "doc" / NAME / "copyright"),
    ):
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        target.chmod(0o644)
    (tree / "usr" / "bin").mkdir()
    (tree / "usr" / "bin" / NAME).symlink_to(f"/{BUNDLED}/{NAME}")
    control = tree / "DEBIAN"
    control.mkdir()
    (control / "control").write_text(control_text(version, megabytes(tree)), encoding="utf-8")
    for script in ("postinst", "postrm"):
        shutil.copyfile(HERE / "refresh.sh", control / script)
        (control / script).chmod(0o755)
    target = out / f"{NAME}_{version}_{machine()}.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--build", tree, target], check=True)
    return target


def control_text(version: str, size: int) -> str:
    """What the package manager is told."""
    needed = ["libc6 (>= 2.28)", *(RENAMED.get(name, name) for name in QT_LIBRARIES.values())]
    return (
        f"Package: {NAME}\nVersion: {version}\nArchitecture: {machine()}\nSection: office\nPriority: optional\n"
        f"Depends: {', '.join(needed)}\nRecommends: cups-client\nInstalled-Size: {size * 1000}\n"
        f"Maintainer: {TITLE} <nobody@localhost>\nDescription: 单位预算台账，离线使用的预算执行与绩效自评台账\n"
        " An offline budget ledger and year-end report for a small Chinese public budget unit.\n"
    )


def machine() -> str:
    """The architecture as Debian calls it."""
    return {"x86_64": "amd64", "aarch64": "arm64"}[os.uname().machine]


def megabytes(folder: Path) -> int:
    """The size of a folder in MB."""
    return round(sum(p.stat().st_size for p in folder.rglob("*") if p.is_file() and not p.is_symlink()) / 1e6)


def owned_by_root(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """An archive entry without the name of who built it."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    return entry


if __name__ == "__main__":
    sys.exit(main())
