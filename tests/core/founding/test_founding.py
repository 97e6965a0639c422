"""从上年报告建账: what is taken from a report, what it becomes, what stays unknown."""

import shutil
from pathlib import Path

import pytest

from core import figures
from core.errors import UserError
from core.figures import Ref
from core.founding.commit import change_of, found_ledger
from core.founding.make import plan_of_file, plan_of_text
from core.founding.plan import Choices, Plan
from core.ledger import Ledger, checker
from core.model import EventKind
from core.money import parse_amount
from core.outline import PURPOSE, SENTENCE, STORY, outline, shown_text
from core.report.narrative import narrative
from core.sample import build_sample
from tests.core.founding.reports import REPORT, YEAR


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_of_text("上年报告.txt", REPORT)


@pytest.fixture
def ledger(plan: Plan, tmp_path: Path):
    made = found_ledger(tmp_path / "新台账.ysz", plan)
    yield made
    made.close()


def money(text: str) -> int:
    return parse_amount(text, "万元")


def printed(ledger: Ledger, project: int, item: str) -> str:
    found = figures.figure(ledger.book, Ref(YEAR, project, item))
    assert found is not None
    return found.text("2")


def projects(ledger: Ledger) -> dict[str, int]:
    return {row.name: row.project for row in ledger.book.project_years(YEAR)}


def test_every_printed_figure_is_taken_from_its_words(plan: Plan) -> None:
    taken = {one.key: one for one in plan.taken}
    assert plan.unit == "示范县档案馆" and plan.year == YEAR
    assert taken["unit.short_name"].value == "县档案馆"
    for key, amount in {
        "stated.预算收入": "210.50",
        "stated.调整追加": "20.50",
        "stated.基本支出": "160.00",
        "stated.结余结转": "0",
        "p1.opening": "2.00",
        "p1.start": "30.00",
        "p1.shift": "-1.50",
        "p1.added": "10.00",
        "p1.spent": "38.50",
        "p1.carry": "2.00",
        "p1.s1.spent": "30.00",
        "p1.s2.spent": "6.50",
        "p2.start": "12.50",
        "p2.spent": "12.00",
    }.items():
        one = taken[key]
        assert one.value == money(amount) and not one.derived
        assert plan.text[one.start : one.end].removesuffix("万元").strip() == amount


def test_what_is_not_printed_is_unknown_and_makes_no_record(plan: Plan, ledger: Ledger) -> None:
    missing = {one.group: one.what for one in plan.unknown}
    assert missing["‘档案日’宣传".replace("‘", "“").replace("’", "”")] == "上级转移支付、年中调增（减）、追加（减）"
    assert "其他资金来源" in {one.what for one in plan.unknown}
    assert ledger.book.stated(YEAR, "其他资金") is None
    assert ledger.book.stated(YEAR, "结余结转").amount == 0
    second = projects(ledger)["“档案日”宣传"]
    assert [e.kind for e in ledger.book.events(YEAR, second)] == [EventKind.INITIAL, EventKind.RECOVERED]


def test_what_the_words_say_without_an_amount_is_derived_and_says_how(plan: Plan) -> None:
    recalled = plan.by_key["p2.recalled"]
    assert recalled.value == money("0.50") and "12.50" in recalled.derived and "12.00" in recalled.derived
    assert plan.text[recalled.start : recalled.end] in ("由财政", "财政收回")
    start = plan.by_key["basic.start"]
    assert start.value == money("147.50") and start.derived
    assert plan.by_key["basic.added"].value == money("12.50")


def test_staff_established_and_actual_by_type(ledger: Ledger) -> None:
    posts = {one.type: (one.established, one.actual) for one in ledger.book.staff(YEAR)}
    assert posts == {"行政编制": (3, 3), "事业编制": (6, 5)}


def test_events_and_payments_are_dated_and_marked(ledger: Ledger) -> None:
    project = projects(ledger)["馆藏档案数字化"]
    events = {event.kind: event for event in ledger.book.events(YEAR, project)}
    assert events[EventKind.OPENING].date == "2022-01-01" and events[EventKind.OPENING].origin_year == 2021
    assert events[EventKind.INITIAL].date == "2022-01-01"
    assert events[EventKind.SUPPLEMENT].date == events[EventKind.CARRIED].date == "2022-12-31"
    rest = ledger.book.payments(YEAR, project)
    assert [p.amount for p in rest] == [money("2.00")]  # what the two sub-projects do not account for
    assert rest[0].purpose == "据上年报告" and rest[0].date == "2022-12-31"


def test_the_ledger_prints_every_figure_as_the_report_did(plan: Plan, ledger: Ledger) -> None:
    names = projects(ledger)
    for one in plan.taken:
        if one.key.startswith("stated."):
            assert money(printed(ledger, 0, one.key.partition(".")[2])) == one.value
    assert printed(ledger, names["馆藏档案数字化"], "结余结转") == "2.00"
    assert printed(ledger, names["馆藏档案数字化"], "实际支出") == "38.50"


def test_a_figure_that_the_entries_do_not_give_is_stated(tmp_path: Path) -> None:
    odd = plan_of_text("x", REPORT.replace("38.50万元，结余结转2.00万元", "38.50万元，结余结转1.00万元"))
    with_odd = found_ledger(tmp_path / "odd.ysz", odd)
    project = projects(with_odd)["馆藏档案数字化"]
    stated = with_odd.book.stated(YEAR, "结余结转", project)
    assert stated.amount == money("1.00") and stated.printed_unit == "万元"
    assert any(found.rule == "S-001" or found.about.id == stated.id for found in with_odd.findings)
    with_odd.close()


def test_texts_follow_the_figures_where_they_say_the_same(ledger: Ledger) -> None:
    names, book = projects(ledger), ledger.book
    overall = book.section(YEAR, "overall", 0)
    assert "{unit.项目支出}" in overall.text and "1200人次" in overall.text
    assert book.section(YEAR, PURPOSE, names["扫描加工"]).text == "扫描馆藏档案24万页。"
    assert book.section(YEAR, STORY, names["馆藏档案数字化"]).text == "数字化率达到75%，查档时间明显缩短。"
    assert book.section(YEAR, STORY, names["“档案日”宣传"]).text == "举办档案日宣传活动3场。"
    sentence = book.section(YEAR, SENTENCE, names["“档案日”宣传"]).text
    assert f"{{p{names['“档案日”宣传']}.年初预算}}" in sentence and "剩余资金由财政收回" in sentence
    assert book.section(YEAR, "income", 0) is None or "{unit.预算收入" in book.section(YEAR, "income", 0).text
    titles = [part.title for part in outline(book, YEAR) if part.level == 1 and part.title]
    assert titles[0] == "一、部门基本情况" and titles[-1] == "五、其他需要说明的情况"


def test_the_report_reads_again_as_it_was(ledger: Ledger) -> None:
    whole = "".join(shown_text(ledger.book, YEAR, part).text for part in outline(ledger.book, YEAR))
    for words in ("接待查档群众1200人次", "年中调增（减）-1.50万元", "截至2022年末", "部分项目启动较晚"):
        assert words in whole
    assert narrative(ledger.book, YEAR)


def test_one_change_that_can_be_undone(ledger: Ledger) -> None:
    assert ledger.undo_label == "从上年报告建账"
    ledger.undo()
    assert not ledger.book.staff(YEAR) and not ledger.book.stated(YEAR, "支出")
    ledger.redo()
    assert ledger.book.stated(YEAR, "支出").amount == money("210.50")


def test_days_that_are_not_real_raise_no_warning(ledger: Ledger) -> None:
    waived = {waiver.rule for waiver in ledger.book.waivers(YEAR)}
    found = {one.rule for one in checker().check(ledger.book, [YEAR])}
    assert waived == {"C-075", "C-076"} & found and waived


def test_what_is_not_ticked_is_left_out_with_what_belongs_to_it(plan: Plan, tmp_path: Path) -> None:
    choices = Choices(
        dropped=frozenset({"p1", "stated.支出", "staff.1.established"}), values={"p2.spent": money("11.00")}
    )
    made = found_ledger(tmp_path / "part.ysz", plan, choices)
    names = projects(made)
    assert set(names) == {"基本支出（未分人员经费、公用经费）", "“档案日”宣传"}
    assert made.book.stated(YEAR, "支出") is None
    assert [p.amount for p in made.book.payments(YEAR, names["“档案日”宣传"])] == [money("11.00")]
    made.close()


def test_the_annexes_are_left_to_be_copied(plan: Plan) -> None:
    assert [one.text for one in plan.left] == ["附件：1.部门整体支出绩效自评表"]


def test_projects_of_a_table(tmp_path: Path) -> None:
    table = (
        "示范县图书馆2023年度自评报告\n一、项目支出情况\n单位：万元\n"
        "项目名称 | 年初预算 | 追加 | 实际支出 | 结余结转\n"
        "图书购置 | 20 | 1.5 | 21.5 | 0\n全民阅读 | 6 | 0 | 5 | 1\n合计 | 26 | 1.5 | 26.5 | 1\n"
    )
    found = plan_of_text("表", table)
    assert [one.value for one in found.taken if one.key in ("p1", "p2")] == ["图书购置", "全民阅读"]
    made = found_ledger(tmp_path / "t.ysz", found)
    second = next(row.project for row in made.book.project_years(2023) if row.name == "全民阅读")
    assert figures.figure(made.book, Ref(2023, second, "结余结转")).value == money("1")
    made.close()


@pytest.mark.parametrize(
    "text",
    [
        "他走了。\n" * 3000,
        "The year was good. " * 300,
        "本单位工作总结。\n一、基本情况\n很好。",
        "一、\n（一）\n1.项目“”年初预算金额3万元",
        "项目“甲”年初预算金额3万元，实际支出5万元，结余结转-2万元（剩余资金财政收回）。\n" * 3,
        "单位：元\n项目名称 | 年初预算 | 实际支出\n | 1 | 2\n3 | 4 | 5\n",
    ],
)
def test_odd_texts_give_a_plan_and_a_ledger(text: str, tmp_path: Path) -> None:
    found = plan_of_text("怪", text)
    made = found_ledger(tmp_path / "odd.ysz", found, Choices(name="示范馆", year=2023))
    assert not [one for one in made.findings if one.severity == "block"]
    made.close()


def test_without_name_or_year_nothing_is_made(tmp_path: Path) -> None:
    found = plan_of_text("x", "工作总结。")
    for choices, words in ((Choices(year=2023), "单位全称"), (Choices(name="示范馆"), "年度")):
        with pytest.raises(UserError, match=words):
            found_ledger(tmp_path / "none.ysz", found, choices)
    assert not list(tmp_path.iterdir())


def test_nothing_is_overwritten(plan: Plan, tmp_path: Path) -> None:
    held = tmp_path / "held.ysz"
    held.write_bytes(b"mine")
    with pytest.raises(UserError):
        found_ledger(held, plan)
    assert held.read_bytes() == b"mine"


def test_an_empty_text_is_refused() -> None:
    with pytest.raises(UserError, match="没有文字"):
        plan_of_text("x", " \n ")


def test_a_change_on_a_book_is_the_same_each_time(plan: Plan, ledger: Ledger) -> None:
    ledger.undo()
    book = ledger.book
    assert change_of(book, plan, Choices()) == change_of(book, plan, Choices())


@pytest.mark.parametrize("suffix", ["docx", "html", "pdf"])
def test_the_sample_report_gives_back_every_figure(suffix: str, tmp_path: Path, sample_papers: Path) -> None:
    found = plan_of_file(next(sample_papers.glob(f"*自评报告.{suffix}")))
    source = Ledger.open(sample_papers / "示例台账.ysz", readonly=True)
    made = found_ledger(tmp_path / "back.ysz", found)
    by_name = {row.name: row.project for row in made.book.project_years(2023)}
    for row in source.book.project_years(2023):
        if row.name in ("人员经费", "公用经费"):
            continue
        for item in figures.items(row.project):
            before = figures.figure(source.book, Ref(2023, row.project, item))
            after = figures.figure(made.book, Ref(2023, by_name[row.name], item))
            assert after.text("2") == before.text("2"), (row.name, item)
    for item in figures.items(0):
        if item in ("人员经费", "公用经费"):
            continue
        assert figures.figure(made.book, Ref(2023, 0, item)).text("2") == figures.figure(
            source.book, Ref(2023, 0, item)
        ).text("2"), item
    assert {
        "C-001",
        "C-042",
        "C-046",
        "C-050",
        "C-051",
        "C-005",
        "C-019",
        "C-021",
        "C-052",
        "C-055",
        "C-056",
        "C-077",
    } <= {one.rule for one in made.findings}
    assert made.book.unit_year(2023).head == "示例负责人"
    source.close()
    made.close()


@pytest.fixture(scope="module")
def sample_papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from core.cli import main

    folder = tmp_path_factory.mktemp("papers")
    build_sample(folder / "示例台账.ysz").close()
    command = ["report", str(folder / "示例台账.ysz"), "--year", "2023", "--out", str(folder)]
    assert main([*command, "--format", "docx,html,pdf"]) == 0
    return folder


def test_the_verb(tmp_path: Path, capsys) -> None:
    from core.cli import main

    report, target = tmp_path / "上年.txt", tmp_path / "新.ysz"
    report.write_text(REPORT, encoding="utf-8")
    assert main(["from-report", str(report), str(target), "--dry-run"]) in (0, 1)
    assert not target.exists() and "没有建立文件" in capsys.readouterr().out
    assert main(["from-report", str(report), str(target), "--json"]) in (0, 1)
    import json

    data = json.loads(capsys.readouterr().out)
    assert data["unit"] == "示范县档案馆" and data["year"] == YEAR
    assert {one["key"]: one["value"] for one in data["taken"]}["p1.spent"] == money("38.50")
    copy = shutil.copy(target, tmp_path / "copy")
    assert main(["from-report", str(report), str(target)]) == 2
    assert "已经存在" in capsys.readouterr().err and target.read_bytes() == Path(copy).read_bytes()
