"""Reports whose text was checked: one with all that was found, or a folder of them as one table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from core.audit.judge import Audit, audit
from core.audit.read import SUFFIXES, read_report
from core.audit.whose import report_unit
from core.audit.worded import confirmation, contradiction
from core.audit.wording import report_year
from core.errors import UserError
from core.i18n import _
from core.jobs import Cancelled, Progress

if TYPE_CHECKING:
    from core.export.sheet import SheetTable

SEVERITIES: Final = {"error": _("错误"), "warning": _("提醒"), "info": _("提示")}
MARKS: Final = {
    "right": _("复算正确"),
    "close": _("尾差或口径不明"),
    "wrong": _("有误"),
    "unknown": _("无法核对"),
}
MOST_FILES: Final = 2000  # of one folder
_UNREADABLE: Final = (".doc", ".wps", ".rtf")  # listed with what to do, not passed over in silence
_HAN: Final = re.compile(r"[一-鿿]")


@dataclass(frozen=True)
class Checked:
    """A text that was checked; ``path`` is None for one that was pasted or printed by the program itself."""

    name: str
    audit: Audit
    path: Path | None = None

    @cached_property
    def unit(self) -> str:
        """The unit that the report is of, as far as it says so."""
        return report_unit(self.audit.text)

    @cached_property
    def year(self) -> int:
        """The year that it is of; 0 where unknown."""
        return report_year(self.audit.text)

    @cached_property
    def marks(self) -> list[tuple[int, int, str]]:
        """Every figure with its state, see ``Audit.marks``."""
        return self.audit.marks()

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many figures are in each state, how many findings of each severity."""
        found = dict.fromkeys((*MARKS, *SEVERITIES), 0)
        for _start, _end, state in self.marks:
            found[state] += 1
        for one in self.audit.doubts:
            found[one.severity] += 1
        return found


def check_text(name: str, text: str, path: Path | None = None) -> Checked:
    """Check a text. Raises ``UserError`` where there is nothing in it."""
    if not text.strip():
        raise UserError(_("没有文字可以核查，请粘贴或打开一份报告。"))
    return Checked(name, audit(text), path)


def check_file(path: Path) -> Checked:
    """Read a report and check its text. Raises ``UserError`` where it cannot be read."""
    return check_text(path.name, read_report(path), path)


def summary(result: Audit) -> str:
    """What was checked and found, in one to three sentences."""
    right = sum(1 for one in result.relations if one.holds)
    figures = len(result.marks())
    text = ""
    if not _is_chinese(result.text):
        text = _("文中几乎没有汉字；本程序核查中文报告，其他文字只能核对其中的数字。")
    if not figures:
        text += _("文中没有可以核对的数字，只核查了文字。")
    else:
        text += _("共有{n}个数字，能复算的等式{m}个，其中成立{right}个。").format(
            n=figures, m=sum(1 for one in result.relations if one.holds or one.trust), right=right
        )
    if result.cut:
        text += _("文字过长，只核查了前{n}字。").format(n=len(result.text))
    return text


def _is_chinese(text: str) -> bool:
    """Whether a twentieth of the words are Chinese; a report's are nearly all."""
    sample = text[:20_000]
    return len(_HAN.findall(sample)) * 20 >= len(sample.strip())


def explained(result: Audit, offset: int) -> list[str]:
    """What the figure at a place was worked out from, or that it cannot be; empty where no figure stands."""
    place = next(((start, end) for start, end, _state in result.marks() if start <= offset < end), None)
    if place is None:
        return []
    told = [one for one in result.relations if any((item.start, item.end) == place for item in one.items)]
    words = [confirmation(one) if one.holds else contradiction(one) for one in told if one.holds or one.trust]
    if words:
        return list(dict.fromkeys(words))
    quote = result.text[place[0] : place[1]]
    return [_("“{quote}”没有写出可供计算的分项、分母或基数，无法核对。").format(quote=quote)]


# Folders


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report of a folder; ``problem`` says why it could not be checked."""

    path: Path
    unit: str = ""
    year: int = 0
    figures: int = 0
    understood: int = 0  # figures that could be worked out again
    errors: int = 0
    warnings: int = 0
    infos: int = 0
    problem: str = ""

    @property
    def state(self) -> str:
        """What came of it, in a word."""
        if self.problem:
            return _("无法核查")
        return _("有错误") if self.errors else _("有疑点") if self.warnings else _("未发现问题")


def check_line(path: Path) -> ReportLine:
    """A file as one line; whatever is wrong with it is said there and never raised."""
    try:
        found = check_file(path)
        counts = found.counts
        figures = len(found.marks)
        return ReportLine(
            path,
            found.unit,
            found.year,
            figures,
            figures - counts["unknown"],
            counts["error"],
            counts["warning"],
            counts["info"],
        )
    except UserError as error:
        return ReportLine(path, problem=str(error))
    except Cancelled:
        raise
    except Exception as error:  # one odd file among sixty must not cost the other fifty-nine
        problem = _("“{name}”的内容不寻常，没有读懂（{kind}）；请另存为 .docx 或 .txt 后再试。")
        return ReportLine(path, problem=problem.format(name=path.name, kind=type(error).__name__))


def reports_in(folder: Path) -> list[Path]:
    """The reports of a folder and the folders in it, by name. Raises ``UserError`` where there are none."""
    suffixes = (*SUFFIXES, *_UNREADABLE)
    try:
        found = sorted(
            path
            for path in folder.rglob("*")
            if path.suffix.lower() in suffixes and not path.name.startswith(("~$", ".")) and path.is_file()
        )
    except OSError as error:
        raise UserError(_("文件夹“{name}”打不开。").format(name=folder.name)) from error
    if not found:
        kinds = "、".join(SUFFIXES)
        raise UserError(_("文件夹“{name}”里没有报告文件（{kinds}）。").format(name=folder.name, kinds=kinds))
    return found[:MOST_FILES]


def check_folder(paths: Sequence[Path], progress: Progress) -> list[ReportLine]:
    """Check files one after the other. Raises ``Cancelled`` when it was stopped."""
    lines = []
    for done, path in enumerate(paths):
        progress.step(done, len(paths))
        lines.append(check_line(path))
    progress.step(len(paths), len(paths))
    return lines


def overview_table(lines: Iterable[ReportLine]) -> SheetTable:
    """The lines as a table for a spreadsheet."""
    from core.export.sheet import Column, SheetTable

    counts = (_("数字"), _("已复算"), _("错误"), _("提醒"), _("提示"))
    columns = [
        *(Column(name) for name in (_("文件"), _("单位"), _("年度"))),
        *(Column(name, "count") for name in counts),
        *(Column(name) for name in (_("状态"), _("说明"))),
    ]
    rows = [
        (
            one.path.name,
            one.unit,
            str(one.year or ""),
            *(
                (None,) * len(counts)
                if one.problem
                else (one.figures, one.understood, one.errors, one.warnings, one.infos)
            ),
            one.state,
            one.problem,
        )
        for one in lines
    ]
    return SheetTable(_("报告核查一览"), columns, rows)
