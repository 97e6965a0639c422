"""The pack for the next officer: everything is in it, every file has its check value, and it can be proven later."""

import shutil
import subprocess
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pypdfium2
import pytest

from core.backups import back_up
from core.errors import UserError
from core.hand_over_pack import CHECK_LIST, Pack, check_pack, make_pack
from core.jobs import Cancelled, Progress
from core.ledger import Ledger
from core.report.hand_over_list import Parties
from core.sample import build_sample
from tests.builders import YEAR, on_disk
from tests.core.test_backups import spoil

NOW = datetime(2026, 11, 23, 17, 30)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    on_disk(tmp_path / "台账.ysz").close()
    return tmp_path / "台账.ysz"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Pack]:
    folder = tmp_path_factory.mktemp("pack")
    path = folder / "示例台账.ysz"
    build_sample(path).close()
    back_up(path, [folder / "备份"], now=NOW)
    return path, make_pack(path, folder / "stick", NOW, Parties("张三", "李四"))


def text_of(pdf: Path) -> str:
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return "".join(page.get_textpage().get_text_bounded() for page in document).replace("\r\n", "")


def test_everything_is_in_it(sample: tuple[Path, Pack]) -> None:
    path, pack = sample
    assert pack.folder.name == "示范区妇女联合会_交接包_20261123"
    listed = {one.name for one in pack.files}
    there = {one.relative_to(pack.folder).as_posix() for one in pack.folder.rglob("*") if one.is_file()}
    assert there == listed | {CHECK_LIST}
    assert f"台账/{path.name}" in listed and any(name.startswith("备份/示例台账_2026") for name in listed)
    papers = {name for name in listed if name.startswith("报表/")}
    assert all(any(word in name and "2024" in name for name in papers) for word in ("工作底稿", "执行情况"))
    assert any(name.endswith("预算台账交接清单.pdf") for name in listed) and any(
        name.endswith("预算台账交接清单.docx") for name in listed
    )
    books = []
    for file in (pack.folder / "台账" / path.name, path):
        with closing(Ledger.open(file, readonly=True)) as ledger:
            books.append(ledger.book)
    assert books[0] == books[1]
    assert pack.errors > 0 and pack.open > pack.errors and pack.size > 100_000


def test_the_list_says_what_is_handed_over_and_who_signs(sample: tuple[Path, Pack]) -> None:
    _path, pack = sample
    words = text_of(next(pack.folder.glob("*交接清单.pdf")))
    for word in ("张三", "李四", "移交人", "接收人", "监交人", "示例台账.ysz", "未了事项", "C-001", "手动备份"):
        assert word in words, word
    first = pack.files[0].digest
    assert f"{first[:4]}-{first[4:8]}-{first[8:12]}".upper() in words


def test_it_is_as_it_was_handed_over_or_that_is_said(sample: tuple[Path, Pack], tmp_path: Path) -> None:
    _path, pack = sample
    copied = tmp_path / "copied"
    shutil.copytree(pack.folder, copied)
    assert check_pack(copied) == []
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "--quiet", "-c", CHECK_LIST], cwd=copied, check=True, capture_output=True)
    file, paper = copied / pack.files[0].name, copied / pack.files[-1].name
    with file.open("ab") as altered:
        altered.write(b"x")
    paper.unlink()
    (copied / "多余.txt").write_text("x")
    told = check_pack(copied)
    assert [words.split("：")[0] for words in told] == ["文件与交接时不同", "缺少文件", "清单之外的文件"]
    (copied / CHECK_LIST).write_text("00  ../../etc/passwd\n")
    assert "文件名不对" in check_pack(copied)[0]
    (copied / CHECK_LIST).unlink()
    with pytest.raises(UserError, match="不是交接包"):
        check_pack(copied)


def test_the_years_asked_for(path: Path, tmp_path: Path) -> None:
    pack = make_pack(path, tmp_path / "a", NOW, years=[YEAR])
    assert sum(one.name.startswith("报表/") for one in pack.files) == 2
    assert not any(one.name.startswith("备份/") for one in pack.files), "there is no backup yet"
    with pytest.raises(UserError, match="没有1999年度"):
        make_pack(path, tmp_path / "b", NOW, years=[1999])
    assert not list((tmp_path / "b").iterdir())
    second = make_pack(path, tmp_path / "a", NOW)
    assert second.folder.name.endswith("-2") and check_pack(pack.folder) == []


def test_it_tells_how_far_it_is_and_can_be_stopped(path: Path, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    make_pack(path, tmp_path / "a", NOW, progress=Progress(lambda done, total: steps.append((done, total))))
    assert steps[-1][0] == steps[-1][1] and steps == sorted(steps)

    def stop(done: int, _total: int) -> None:
        if done == 3:
            stopped.cancel()

    stopped = Progress(stop)
    with pytest.raises(Cancelled):
        make_pack(path, tmp_path / "b", NOW, progress=stopped)
    assert not list((tmp_path / "b").iterdir())


def test_what_cannot_be_packed_leaves_nothing(path: Path, tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("a file")
    with pytest.raises(UserError, match="blocked"):
        make_pack(path, tmp_path / "blocked", NOW)
    Ledger.create(tmp_path / "空.ysz").close()
    with pytest.raises(UserError, match="还没有年度"):
        make_pack(tmp_path / "空.ysz", tmp_path / "a", NOW)
    spoil(path)
    with pytest.raises(UserError, match="已损坏"):
        make_pack(path, tmp_path / "a", NOW)
    assert not list((tmp_path / "a").iterdir()) if (tmp_path / "a").exists() else True


def test_attachments_are_handed_over_by_what_they_belong_to(path: Path, tmp_path: Path) -> None:
    from core.attachments import attach, contents, place_of, read_source

    (tmp_path / "发票.pdf").write_bytes(b"%PDF invoice")
    with closing(Ledger.open(path)) as ledger:
        source = read_source(tmp_path / "发票.pdf")
        where = place_of(ledger.book.payments(YEAR, ledger.book.projects(YEAR)[0].project)[0])
        ledger.commit(attach(ledger.book, YEAR, where, [source], NOW.date()), contents([source]))
    pack = make_pack(path, tmp_path / "a", NOW)
    [name] = [one.name for one in pack.files if one.about == "佐证材料"]
    assert name.startswith(f"佐证材料/{YEAR}/") and name.endswith("/发票.pdf") and pack.problems == ()
    assert (pack.folder / name).read_bytes() == b"%PDF invoice" and check_pack(pack.folder) == []
