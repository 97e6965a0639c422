"""Reports that were checked: whose they are, folders with a bad file among them, odd files in little time."""

import time
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest

from core.checked_reports import (
    check_file,
    check_folder,
    check_line,
    check_text,
    explained,
    overview_table,
    reports_in,
    summary,
)
from core.errors import UserError
from core.export.sheet import write_tables
from core.jobs import Cancelled, Progress

GOOD = "示范区教育局2023年度部门整体支出绩效自评报告\n2023年支出10.00万元，其中基本支出8.00万元，项目支出2.00万元。"
BAD = "单位名称：示范区卫生院\n2024年支出10.00万元，其中基本支出8.00万元，项目支出2.05万元。\n2024年度工作。"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "甲.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "乙.txt").write_text(BAD, encoding="gb18030")
    (tmp_path / "丙.docx").write_bytes(b"PK no archive at all")
    (tmp_path / "丁.doc").write_bytes(b"\xd0\xcf\x11\xe0 old")
    (tmp_path / "~$甲.docx").write_bytes(b"lock")
    (tmp_path / "说明.jpg").write_bytes(b"picture")
    return tmp_path


def test_unit_and_year(folder: Path) -> None:
    one, other = check_file(folder / "甲.txt"), check_file(folder / "乙.txt")
    assert (one.unit, one.year) == ("示范区教育局", 2023)
    assert (other.unit, other.year) == ("示范区卫生院", 2024)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("2023年度绩效自评报告\n填报单位（盖章）：某某街道办事处\n", "某某街道办事处"),
        ("关于示范县第一中学2022年部门整体支出绩效评价的报告", "示范县第一中学"),
        ("一、基本情况\n示范区残疾人联合会属于一级预算单位。", "示范区残疾人联合会"),
        ("一、部门概况\n本单位内设三个股室，我局主要职责是统筹协调。", ""),
        ("走访群众，宣传政策。", ""),
    ],
)
def test_the_unit_a_report_names(text: str, unit: str) -> None:
    assert check_text("报告", text).unit == unit


def test_a_folder_goes_on_after_a_bad_file(folder: Path) -> None:
    paths = reports_in(folder)
    assert [path.name for path in paths] == ["丁.doc", "丙.docx", "乙.txt", "甲.txt"]
    lines = check_folder(paths, Progress())
    assert [one.state for one in lines] == ["无法核查", "无法核查", "有错误", "未发现问题"]
    assert "另存为 .docx" in lines[0].problem and "已损坏" in lines[1].problem
    assert (lines[3].figures, lines[3].understood, lines[3].errors) == (3, 3, 0)


def test_a_folder_without_reports_says_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有报告文件"):
        reports_in(tmp_path)


def test_a_folder_can_be_stopped(folder: Path) -> None:
    seen: list[int] = []
    progress = Progress(lambda done, _total: (seen.append(done), progress.cancel() if done else None))
    with pytest.raises(Cancelled):
        check_folder(reports_in(folder), progress)
    assert seen == [0, 1]


def test_the_overview_as_a_spreadsheet(folder: Path, tmp_path: Path) -> None:
    table = overview_table(check_folder(reports_in(folder), Progress()))
    assert [column.heading for column in table.columns][:3] == ["文件", "单位", "年度"]
    target = tmp_path / "一览.csv"
    write_tables(target, [table])
    lines = target.read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 5 and lines[4].startswith("甲.txt,示范区教育局,2023,3,3,0,0,0,未发现问题")
    assert lines[2].startswith("丙.docx,,,,,,,,无法核查")


def test_what_a_figure_was_worked_out_from() -> None:
    audit = check_text("报告", BAD).audit
    text = audit.text
    assert "相差0.05万元" in explained(audit, text.index("10.00"))[0]
    assert explained(audit, text.index("项目")) == []
    good = check_text("报告", GOOD).audit
    assert "8.00万元＋2.00万元＝10万元，与文中的10.00万元相符" in explained(good, good.text.index("2.00万元"))[0]
    alone = check_text("报告", "走访36户。").audit
    assert "无法核对" in explained(alone, 2)[0]


# Unusual files: a clear answer within five seconds


def _novel() -> str:
    line = "那天夜里下着雨，他独自走在街上，想起了许多往事，心里说不出是什么滋味。她笑了笑，没有说话。"
    return "\n".join(f"第{n}章\n" + line * 20 for n in range(1, 900))


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("长文.txt", ("预算收入10万元，支出8万元。" * 200_000).encode(), "只核查了前"),
        ("小说.txt", _novel().encode(), "只核查了前"),
        ("english.txt", b"The unit spent 12 million dollars in 2023, of which 5 on salaries." * 50, "几乎没有汉字"),
        ("无数字.txt", "走访群众，宣传政策。".encode(), "没有可以核对的数字"),
    ],
)
def test_odd_texts_get_an_answer(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    began = time.process_time()
    found = check_file(path)
    assert time.process_time() - began < 5
    assert says in summary(found.audit)
    assert found.counts["error"] == 0


def test_files_that_cannot_be_read_say_what_to_do(tmp_path: Path) -> None:
    cases = {
        "空.txt": (b"", "空文件"),
        "空白.txt": (b" \n ", "空文件"),
        "加密.docx": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "取消密码"),
        "损坏.docx": (b"PK\x03\x04broken", "已损坏"),
        "图片.txt": (bytes(range(256)) * 40, "不是文本文件"),
        "坏.pdf": (b"%PDF-1.4 nothing", "PDF"),
    }
    for name, (data, says) in cases.items():
        path = tmp_path / name
        path.write_bytes(data)
        line = check_line(path)
        assert line.problem and says in line.problem, (name, line.problem)


def test_nested_tables_are_read(tmp_path: Path) -> None:
    document = docx.Document()
    outer = document.add_table(rows=1, cols=2)
    outer.cell(0, 0).text = "合计10万元，其中甲6万元、乙4万元。"
    inner = outer.cell(0, 1).add_table(rows=2, cols=2)
    inner.cell(0, 0).text, inner.cell(1, 1).text = "项目", "3万元"
    path = tmp_path / "表中表.docx"
    document.save(path)
    assert check_line(path).figures >= 4
    with ZipFile(path) as packed:
        assert "word/document.xml" in packed.namelist()


def test_nothing_pasted_is_said() -> None:
    with pytest.raises(UserError, match="没有文字"):
        check_text("粘贴的文字", " \n")
