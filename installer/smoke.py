"""Try a built program: does it print the sample, check it, and write its report, with nothing but itself?

    python3 installer/smoke.py PROGRAM    such as /opt/unit-budget-ledger/unit-budget-ledger

Standard library only, so that it runs on a bare system. It needs no screen.
Prints what was tried; exit 1 if one failed.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def tried(title: str, good: bool, seconds: float, note: str = "") -> bool:
    """Print one line of the result."""
    print(f"{'ok  ' if good else 'FAIL'} {title} ({seconds:.2f} s) {note}".rstrip(), flush=True)
    return good


def run(program: Path, *arguments: str) -> tuple[subprocess.CompletedProcess[str], float]:
    """Run the program without a screen."""
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", LANG="C.UTF-8")
    start = time.perf_counter()
    done = subprocess.run(
        [program, *arguments], env=environment, capture_output=True, text=True, encoding="utf-8", timeout=300
    )
    return done, time.perf_counter() - start


def main(program: Path) -> int:
    """Run every trial."""
    good = True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        done, seconds = run(program, "demo", str(folder / "demo"))
        pictures = list((folder / "demo").glob("*.png"))
        good &= tried("demo", done.returncode == 0 and len(pictures) > 8, seconds, f"{len(pictures)} pictures")
        ledger = next((folder / "demo").glob("*.ysz"), None)
        if ledger is None:
            print(done.stdout, done.stderr, sep="\n")
            return 1
        done, seconds = run(program, "check", str(ledger), "--year", "2023", "--json")
        found = json.loads(done.stdout or "{}").get("findings", [])
        rules = {one["rule"] for one in found}
        good &= tried("check", done.returncode == 1 and {"C-001", "C-042"} <= rules, seconds, f"{len(found)} findings")
        done, seconds = run(program, "verify", str(ledger))
        good &= tried("verify", done.returncode == 0, seconds)
        out = folder / "report"
        done, seconds = run(
            program, "report", str(ledger), "--year", "2023", "--out", str(out), "--format", "pdf,docx,xlsx,html"
        )
        kinds = {path.suffix for path in out.iterdir()} if out.is_dir() else set()
        good &= tried("report", done.returncode == 0 and kinds >= {".pdf", ".docx", ".xlsx", ".html"}, seconds)
        done, seconds = run(program, "export", str(ledger), str(folder / "backup.xlsx"))
        good &= tried("export", done.returncode == 0, seconds)
        done, seconds = run(program, "restore", str(folder / "backup.xlsx"), str(folder / "restored.ysz"))
        good &= tried("restore", done.returncode == 0, seconds, done.stderr.strip())
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
