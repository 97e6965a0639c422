"""The verbs of the command line: what they print, their exit codes, and what they do with bad input."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from core import commands
from core.cli import FAILED, FOUND, WELL, main
from core.ledger import Ledger
from core.money import parse_amount
from core.sample import build_sample

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def sample_bytes(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("sample") / "示例.ysz"
    build_sample(path).close()
    return path.read_bytes()


@pytest.fixture
def sample(tmp_path: Path, sample_bytes: bytes) -> Path:
    path = tmp_path / "示例.ysz"
    path.write_bytes(sample_bytes)
    return path


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A new file of a year that is over."""
    path = tmp_path / "新单位.ysz"
    assert main(["new", str(path), "--unit", "示范区妇女联合会", "--year", "2024"]) == WELL
    return path


def run(*argv: str, folder: Path | None = None) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *argv],
        capture_output=True, text=True, encoding="utf-8", cwd=folder, timeout=60,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip


def one_line(capsys: pytest.CaptureFixture[str]) -> str:
    """The one line on standard error; nothing may stand on standard output."""
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1 and shown.err.endswith("\n")
    assert "Traceback" not in shown.err
    return shown.err.strip()


# new


def test_new_makes_a_file_with_unit_year_and_the_projects_of_basic_spending(small: Path) -> None:
    ledger = Ledger.open(small)
    book = ledger.book
    ledger.close()
    assert [year.year for year in book.years()] == [2024]
    assert book.unit_year(2024).name == "示范区妇女联合会"
    assert [row.name for row in book.projects(2024)] == ["人员经费", "公用经费"]
    assert book.unit.id


def test_new_adds_the_suffix_and_takes_this_year(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", str(tmp_path / "台账"), "--unit", "某单位"]) == WELL
    assert "台账.ysz" in capsys.readouterr().out
    assert (tmp_path / "台账.ysz").exists()
    assert not (tmp_path / "台账.ysz.lock").exists()


def test_new_never_replaces_a_file(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = small.read_bytes()
    capsys.readouterr()
    assert main(["new", str(small), "--unit", "另一单位"]) == FAILED
    assert "已经存在" in one_line(capsys)
    assert small.read_bytes() == before


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["{}/a.ysz", "--unit", "  "], "单位全称"),
        (["{}/none/a.ysz", "--unit", "某单位"], "不存在"),
        (["{}/a.ysz", "--unit", "某单位", "--year", "12"], "--year"),
        (["{}/a.ysz", "--unit", "某单位", "--year", "今年"], "今年"),
        (["{}/a.ysz"], "--unit"),
    ],
)
def test_new_with_bad_input_leaves_no_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], argv: list[str], words: str
) -> None:
    assert main(["new", *(word.format(tmp_path) for word in argv)]) == FAILED
    assert words in one_line(capsys)
    assert list(tmp_path.iterdir()) == []


# check


def test_a_year_that_has_just_begun_is_clean_with_things_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "新单位.ysz"
    assert main(["new", str(path), "--unit", "示范区妇女联合会"]) == WELL
    capsys.readouterr()
    assert main(["check", str(path)]) == WELL
    assert "没有需要处理的问题" in capsys.readouterr().out
    assert main(["check", str(path), "--json"]) == WELL
    answer = json.loads(capsys.readouterr().out)
    assert all(one["todo"] for one in answer["findings"])
    assert answer["counts"]["error"] == 0


def test_an_empty_year_that_is_over_lacks_its_report(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["check", str(small), "--json"]) == FOUND
    rules = {one["rule"] for one in json.loads(capsys.readouterr().out)["findings"] if one["severity"] == "error"}
    assert rules == {"C-059", "C-079"}


def test_check_takes_one_year_or_all(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(sample)])
    everything = capsys.readouterr().out
    assert all(f"{year}年度核对结果" in everything for year in (2022, 2023, 2024))
    main(["check", str(sample), "--year", "2024"])
    one = capsys.readouterr().out
    assert "2024年度核对结果" in one and "2023年度核对结果" not in one
    assert main(["check", str(sample), "--year", "2019"]) == FAILED
    assert "2022、2023、2024" in one_line(capsys)


def test_check_changes_nothing_and_works_beside_an_open_window(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sample.read_bytes()
    ledger = Ledger.open(sample)
    try:
        alone = main(["check", str(sample), "--year", "2024"])
    finally:
        ledger.close()
    assert alone == main(["check", str(sample), "--year", "2024"])
    assert sample.read_bytes() == before


def test_check_of_the_sample_finds_errors(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(sample), "--year", "2023"]) == FOUND
    assert "C-001" in capsys.readouterr().out
    assert main(["check", str(sample), "--json"]) == FOUND
    answer = json.loads(capsys.readouterr().out)
    assert set(answer) == {"findings", "counts"}
    assert {item["year"] for item in answer["findings"]} == {2023}
    assert (answer["counts"]["error"], answer["counts"]["warning"]) == (5, 8)


# report


def test_report_writes_submission_and_working_paper(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = sample.parent / "报告" / "2023"
    assert main(["report", str(sample), "--year", "2023", "--out", str(folder), "--format", "pdf，HTML"]) == WELL
    names = ["区妇联2023年度部门整体支出绩效自评报告", "区妇联2023年度部门整体支出绩效自评内部工作底稿"]
    wanted = [folder / f"{name}.{suffix}" for name in names for suffix in ("pdf", "html")]
    assert capsys.readouterr().out.splitlines() == [str(path) for path in wanted]
    assert sorted(folder.iterdir()) == sorted(wanted)
    for path in wanted:
        content = path.read_bytes()
        assert content.startswith(b"%PDF" if path.suffix == ".pdf" else b"<!"), path


def test_report_in_every_format_with_the_annexes_asked_for(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = sample.parent / "报告"
    annexes = ["--annex", "payments，三公经费支出表", "--no-contents", "--centred"]
    assert main(["report", str(sample), "--year", "2023", "--out", str(folder), *annexes]) == WELL
    written = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert [path.suffix for path in written] == [".pdf", ".docx", ".xlsx", ".html"] * 2
    text = written[3].read_text(encoding="utf-8")
    assert "附件2" in text and "附件3" not in text and "支出明细表" in text and "目　录" not in text


def test_report_fills_in_a_form_and_says_what_it_does_not_know(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = sample.parent / "表样.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"] = "{预算收入}", "{没有这个}"  # type: ignore[index]
    book.save(form)
    assert main(["report", str(sample), "--year", "2023", "--out", str(sample.parent), "--form", str(form)]) == FOUND
    shown = capsys.readouterr()
    assert shown.out.strip() == str(sample.parent / "区妇联2023年度表样.xlsx")
    assert shown.err.strip() == "Sheet!A2：没有“没有这个”这个名称。"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--year", "2023", "--out", "{}/示例.ysz"], "无法写入文件夹"),
        (["--year", "2023", "--out", "{}/报告", "--annex", "没有"], "没有"),
        (["--year", "2023", "--out", "{}/报告", "--month", "13"], "13"),
        (["--year", "2023", "--out", "{}/报告", "--form", "{}/没有.xlsx"], "请检查文件是否存在"),
        (["--year", "2019", "--out", "{}/报告"], "没有2019年度"),
        (["--year", "2023", "--out", "{}/报告", "--format", "pdf,doc"], "pdf,doc"),
        (["--out", "{}/报告"], "--year"),
        (["--year", "2023"], "--out"),
    ],
)
def test_report_with_bad_input_writes_nothing(
    sample: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    before = sample.read_bytes()
    assert main(["report", str(sample), *(word.format(sample.parent) for word in arguments)]) == FAILED
    assert words in one_line(capsys)
    assert [path.name for path in sample.parent.iterdir()] == [sample.name]
    assert sample.read_bytes() == before


# verify and journal


def test_verify(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(sample)]) == WELL
    assert capsys.readouterr().out.count("通过") == 3
    assert main(["verify", str(sample), "--json"]) == WELL
    answer = json.loads(capsys.readouterr().out)
    assert answer["good"] and len(answer["proofs"]) == 3


def test_verify_finds_an_amount_changed_behind_the_journal_s_back(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    connection = sqlite3.connect(sample)
    connection.execute("UPDATE payment SET amount = amount + 100 WHERE id = (SELECT min(id) FROM payment)")
    connection.commit()
    connection.close()
    assert main(["verify", str(sample)]) == FOUND
    assert "未通过  操作日志重放" in capsys.readouterr().out


def test_journal(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger = Ledger.open(small)
    project = ledger.book.projects(2024)[0].project
    ledger.commit(commands.add_payment(ledger.book, 2024, project, "2024-03-01", parse_amount("1.2万")))
    ledger.undo()
    ledger.close()
    capsys.readouterr()
    assert main(["journal", str(small)]) == WELL
    lines = capsys.readouterr().out.splitlines()
    assert lines[-2].endswith("新增支出 12,000.00")
    assert lines[-1].endswith(f"撤销第{len(lines) - 1}行：新增支出 12,000.00")
    assert main(["journal", str(small), "--json"]) == WELL
    journal = json.loads(capsys.readouterr().out)["journal"]
    assert [line["id"] for line in journal] == list(range(1, len(lines) + 1))
    record = journal[-2]["records"][0]
    assert (record["table"], record["before"], record["after"]["amount"]) == ("payment", None, 1_200_000)
    assert (journal[-1]["kind"], journal[-1]["target"]) == ("undo", len(lines) - 1)


# usage


@pytest.mark.parametrize(
    "argv",
    [[], ["chek"], ["check"], ["check", "a.ysz", "--jsn"], ["check", "a.ysz", "--year"], ["verify", "a", "b"],
     ["check", "a.ysz", "--json=1"], ["check", "a.ysz", "--year", "二〇二三"], ["help", "chek"]],
)  # fmt: skip
def test_errors_of_use_are_one_chinese_line(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argv) == FAILED
    line = one_line(capsys)
    assert "用法见" in line
    words = line.replace("main.py", "").replace("check", "").replace("chek", "").replace("help", "")
    words = words.replace("verify", "").replace("--jsn", "").replace("--json", "").replace("--year", "")
    assert not [ch for ch in words.replace("-h", "") if "a" <= ch <= "z" and ch != "b"], line


def test_help_is_chinese_and_aligned(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help"]) == WELL
    whole = capsys.readouterr().out
    assert whole.startswith("用法：")
    for verb in ("new", "check", "verify", "journal", "demo", "help"):
        assert f"\n  {verb} " in whole
        assert main(["help", verb]) == WELL
        text = capsys.readouterr().out
        assert text.startswith(f"用法：main.py {verb}")
        for word in ("usage", "show this", "positional", "options", "optional"):
            assert word not in text


# in a process of its own


def test_exit_codes_of_the_program(sample: Path) -> None:
    clean = run("check", str(sample), "--year", "2024")
    assert (clean.returncode, clean.stderr) == (WELL, "")
    failed = run("check", "nothing.ysz", folder=sample.parent)
    assert failed.returncode == FAILED
    assert failed.stdout == "" and failed.stderr.count("\n") == 1
    assert run("check").returncode == FAILED


def test_json_is_utf_8_even_where_the_terminal_knows_only_ascii(sample: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "journal", str(sample), "--json"],
        capture_output=True, timeout=60, env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )  # fmt: skip
    assert done.returncode == WELL
    assert "录入2023年度支出" in done.stdout.decode("utf-8")


def test_check_starts_without_qt_or_heavy_libraries(sample: Path) -> None:
    program = (
        "import sys; from core.cli import main; code = main(sys.argv[1:]); "
        "heavy = [m for m in ('PySide6', 'pandas', 'numpy', 'sqlite_utils', 'reportlab', 'pypdfium2') "
        "if m in sys.modules]; print(heavy, file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "check", str(sample), "--year", "2024"],
        capture_output=True, text=True, encoding="utf-8", cwd=ROOT, timeout=60,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert done.returncode == WELL
    assert done.stderr.strip() == "[]"


def test_a_reader_that_stops_early_is_no_error(sample: Path) -> None:
    done = subprocess.run(
        f'"{sys.executable}" "{ROOT / "main.py"}" journal "{sample}" --json | head -c 10 > /dev/null',
        shell=True, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.stderr == ""
