"""The sample's year entered from nothing in a real window, by keys alone: no mouse, no command called."""

import tomllib

import pytest
from PySide6.QtCore import Qt

from core.balance import Balance, project_balance, unit_balance
from core.book import Book
from core.labels import place_name
from core.ledger import Ledger
from core.model import EventKind
from core.review import review
from core.sample import SAMPLES, SHOWN_YEAR, _payments
from tests.ui.conftest import TODAY
from tests.ui.keyboard import ALT, CTRL, Keyboard
from tests.ui.windows import opened
from ui.window import Window

Key = Qt.Key
DATA = tomllib.loads((SAMPLES / f"{SHOWN_YEAR}.toml").read_text(encoding="utf-8"))
REPORT = tomllib.loads((SAMPLES / f"{SHOWN_YEAR}-report.toml").read_text(encoding="utf-8"))
NAMES = {project["key"]: project["name"] for project in DATA["project"]}
# Kinds by the initials of their pinyin, as they are chosen in the line.
INITIALS = {
    EventKind.INITIAL: "ncys",
    EventKind.SUPPLEMENT: "zjj",
    EventKind.RECOVERED: "czsh",
    EventKind.CARRIED: "jzxn",
}
# What is not entered here: texts but for three, indicators, forms, economic codes.
COMPARED = (
    "C-001",
    "C-005",
    "C-006",
    "C-007",
    "C-017",
    "C-019",
    "C-021",
    "C-046",
    "C-050",
    "C-055",
    "C-060",
    "C-077",
    "S-001",
)


def begin(keys: Keyboard, place: str) -> None:
    """The four questions, and where the file goes."""
    keys.type("示范区妇女联合会")
    keys.tab_to("首个年度")
    keys.over(str(SHOWN_YEAR))
    keys.tab_to("文件位置")
    keys.over(place)
    keys.press(Key.Key_Return)


def enter_staff(keys: Keyboard) -> None:
    keys.search("单位信息")
    for post_type, counts in DATA["staff"].items():
        keys.area("编制类型")
        keys.type(post_type)
        keys.press(Key.Key_Return)
        for count in counts:
            keys.type(str(count))
            keys.press(Key.Key_Tab)


def enter_projects(keys: Keyboard) -> None:
    """人员经费 and 公用经费 are there from the start."""
    keys.press(Key.Key_2, held=CTRL)
    for project in DATA["project"][2:]:
        if "parent" in project:
            keys.press(Key.Key_Insert, held=ALT)
            keys.type(project["name"])
        else:
            keys.press(Key.Key_Insert)
            keys.type(project["name"])
            keys.press(Key.Key_Tab)
            keys.type("ywgz")
        keys.press(Key.Key_Return)


def enter_events(keys: Keyboard) -> None:
    keys.press(Key.Key_3, held=CTRL)
    keys.area("日期")
    for project in DATA["project"]:
        for kind, day, amount, _code, title, *_memo in project.get("events", ()):
            begin_entry(keys, day, project["name"])
            keys.type(INITIALS[kind])
            keys.press(Key.Key_Return)
            keys.type(amount)
            keys.press(Key.Key_Return, Key.Key_Return)  # no number
            keys.type(title)
            keys.press(Key.Key_Return)


def enter_payments(keys: Keyboard) -> None:
    """The projects one after the other; a payee known already is taken over with two dots where it is the last one."""
    last = ""
    for project in DATA["project"]:
        for day, key, amount, _functional, _economic, payee, purpose in sorted(_payments(SHOWN_YEAR, project)):
            begin_entry(keys, day, NAMES[key])
            keys.type("zc")
            keys.press(Key.Key_Return)
            keys.type(amount)
            keys.press(Key.Key_Return, Key.Key_Return)
            keys.type(".." if (key, payee) == last else payee)
            last = (key, payee)
            keys.press(Key.Key_Return)
            keys.type(purpose)
            keys.press(Key.Key_Return)


def begin_entry(keys: Keyboard, day: str, project: str) -> None:
    keys.type(day[5:])
    keys.press(Key.Key_Return)
    keys.over(project)
    keys.press(Key.Key_Return)


def state_figures(keys: Keyboard) -> None:
    """The figures of the filed account, in the lower half of 项目预算."""
    keys.press(Key.Key_2, held=CTRL)
    keys.press(Key.Key_PageDown, held=CTRL)
    for item, (amount, _table, _column) in DATA["stated"].items():
        keys.row_of(item)
        keys.type(amount.removesuffix("万元"))
        keys.press(Key.Key_Return)


def explain_execution(keys: Keyboard) -> None:
    """Why the congress spent nothing."""
    project = next(one for one in DATA["project"] if "execution_reason" in one)
    keys.search(project["name"])
    keys.press(Key.Key_PageDown, held=CTRL)
    keys.tab_to("执行率偏低的原因")
    keys.type(project["execution_reason"])


def write_report(keys: Keyboard) -> None:
    """Three of the texts; a figure of the ledger stands in one of them."""
    keys.press(Key.Key_6, held=CTRL)
    write(keys, "四、绩效管理存在的问题及下一步改进措施", REPORT["sections"]["problems"].strip())
    keys.type("全年支出{")
    keys.type("支出")
    keys.press(Key.Key_Return)
    keys.type("万元。")
    write(keys, "五、其他需要说明的情况", REPORT["sections"]["other"])
    keys.tab_to("标题", back=True)
    keys.over(REPORT["titles"]["other"])
    write(keys, "2. 第五次换届大会费用", REPORT["projects"]["congress"]["story"], below=1)
    keys.area("报告目录")


def write(keys: Keyboard, title: str, text: str, below: int = 0) -> None:
    keys.area("报告目录")
    keys.row_of(title)
    keys.press(Key.Key_Down, times=below)
    keys.press(Key.Key_F6)
    keys.over(text)


def balances(book: Book) -> dict[str, Balance]:
    """What every project has, spent and kept, by name."""
    held = {row.name: project_balance(book, SHOWN_YEAR, row.project) for row in book.project_years(SHOWN_YEAR)}
    return held | {"单位": unit_balance(book, SHOWN_YEAR)}


def found(ledger: Ledger) -> set[tuple[str, str, str]]:
    """What the rules say of what was entered: rule, place, severity."""
    book = ledger.book
    return {
        (item.rule.id, place_name(book, SHOWN_YEAR, item.finding.about), str(item.finding.severity))
        for item in review(book, ledger.findings, SHOWN_YEAR, TODAY).open
        if item.rule.id in COMPARED
    }


@pytest.fixture
def window(qapp, qtbot, settings):
    window = opened(qtbot, settings, TODAY)
    yield window
    window.close()


def test_the_year_is_entered_by_keys_alone(window: Window, tmp_path, sample_file):
    keys = Keyboard(window)
    begin(keys, str(tmp_path / "妇联.ysz"))
    enter_staff(keys)
    enter_projects(keys)
    enter_events(keys)
    enter_payments(keys)
    state_figures(keys)
    explain_execution(keys)
    write_report(keys)
    sample = Ledger.open(sample_file, readonly=True)
    assert balances(window.desk.book) == balances(sample.book)
    assert found(window.desk.ledger) == found(sample)
    sample.close()
