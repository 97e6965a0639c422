"""Which glibc a compiled file needs: what the Linux packages must not exceed."""

import re
from pathlib import Path

GLIBC = (2, 28)  # of UOS 20, the oldest system that is served
_VERSION = re.compile(rb"GLIBC_(\d+)\.(\d+)")


def glibc_needed(path: Path) -> tuple[int, int]:
    """The newest version of glibc that the ELF file names, (0, 0) for any other file."""
    data = path.read_bytes()
    if not data.startswith(b"\x7fELF"):
        return (0, 0)
    return max(((int(major), int(minor)) for major, minor in _VERSION.findall(data)), default=(0, 0))


def too_new(folder: Path) -> list[str]:
    """The compiled files under a folder that need a newer glibc, each with the version."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            needed = glibc_needed(path)
            if needed > GLIBC:
                found.append(f"{path.relative_to(folder)}: {needed[0]}.{needed[1]}")
    return found
