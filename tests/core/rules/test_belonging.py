"""What belongs together: sub-projects, names, projects and report."""

from dataclasses import replace
from datetime import date

import pytest

from core import commands
from core.book import Book
from core.outline import SENTENCE, STORY, template_of
from core.questions import answer
from core.rules import BY_ID
from core.rules.belonging import APART, BELONGS
from core.writing import dump_template, write_section
from tests.builders import WAN, YEAR, do, event, payment, project, with_year
from tests.findings import found, repaired, says

WOMENS_DAY = "“三八”国际妇女节、家庭教育周系列活动"


def divided(parent: str, name: str) -> tuple[Book, int]:
    book, above = project(with_year(), parent)
    book, below = project(book, name, parent=above)
    return payment(book, below, WAN), below


@pytest.mark.parametrize(
    ("parent", "name", "fact"),
    [
        ("业务性专项经费", "财务代理管理服务费", "看起来是单位自身运转的费用"),
        (WOMENS_DAY, "清廉家庭主题活动", "名称中的主题与项目名称不同"),
        ("第五次换届大会费用", "办公设备更新", "看起来是单位自身运转的费用"),
        ("春节慰问", "禁毒宣传", "名称中的主题与项目名称不同"),
    ],
)
def test_c078_fires_as_a_question(parent: str, name: str, fact: str) -> None:
    book, below = divided(parent, name)
    (finding,) = found(book, "C-078")
    assert finding.severity == "info" and finding.about.id == below
    assert fact in says(finding) and "请确认是否属于本项目" in says(finding) and "支出1.00万元" in says(finding)


def test_c078_fires_as_answered() -> None:
    book, _below = divided("业务性专项经费", "财务代理管理服务费")
    about, one, today = found(book, "C-078")[0].about.key(), BY_ID["C-078"], date(2023, 12, 20)
    assert not found(book.apply(answer(book, one, YEAR, about, BELONGS, "", today)), "C-078")
    (finding,) = found(book.apply(answer(book, one, YEAR, about, APART, "", today)), "C-078")
    assert finding.severity == "warning" and "改记到对应的项目" in finding.remedy


@pytest.mark.parametrize(
    ("parent", "name"),
    [
        ("业务性专项经费", "妇女儿童服务和宣传活动"),
        ("业务性专项经费", "清廉家庭主题活动"),
        (WOMENS_DAY, "妇女节和家庭教育周主题活动"),
        (WOMENS_DAY, "2022年三八妇女节活动"),
        ("第五次换届大会费用", "会场布置"),
        ("办公设备购置", "办公设备采购"),
        ("物业管理", "物业服务"),
        ("清廉建设", "廉洁文化进机关"),
        ("", ""),
    ],
)
def test_c078_silent_where_nothing_speaks_against_it(parent: str, name: str) -> None:
    assert not found(divided(parent, name)[0], "C-078")


def test_c078_silent_on_projects_themselves() -> None:
    assert not found(project(with_year(), "财务代理管理服务费")[0], "C-078")


def two_years(before: str, now: str) -> Book:
    book, where = project(with_year(year=2022), before, year=2022)
    book = do(with_year(book, YEAR), commands.continue_project, YEAR, where)
    return do(book, commands.set_project, YEAR, where, name=now)


def test_c081_fires_where_last_year_wrote_it_otherwise() -> None:
    (finding,) = found(two_years('"三八"妇女节(第一期)', "“三八”妇女节（第一期）"), "C-081")
    assert finding.severity == "warning" and '2022年度写作“"三八"妇女节(第一期)”' in says(finding)


def test_c081_fires_for_a_project_that_was_entered_anew() -> None:
    book, _where = project(with_year(year=2022), "三八妇女节活动", year=2022)
    book, where = project(with_year(book, YEAR), "“三八”妇女节活动")
    (finding,) = found(book, "C-081")
    assert finding.about.id == where


def told(text: str, name: str = WOMENS_DAY) -> Book:
    book, where = project(with_year(), name)
    return do(book, write_section, YEAR, STORY, where, text)


def test_c081_fires_in_the_text_and_is_mended_there() -> None:
    book = told("1.支出{unit.支出}万元，用于三八国际妇女节、家庭教育周系列活动。")
    (finding,) = found(book, "C-081")
    assert finding.severity == "info" and finding.words == "三八国际妇女节、家庭教育周系列活动"
    mended = repaired(book, finding)
    assert not found(mended, "C-081")
    section = mended.section(YEAR, STORY, book.projects(YEAR)[0].project)
    assert section and section.text == f"1.支出{{unit.支出}}万元，用于{WOMENS_DAY}。"


def test_c081_fires_within_quotes_with_single_ones() -> None:
    book = told("项目“三八国际妇女节、家庭教育周系列活动”已完成。")
    mended = repaired(book, found(book, "C-081")[0])
    section = mended.section(YEAR, STORY, book.projects(YEAR)[0].project)
    assert section and "“‘三八’国际妇女节、家庭教育周系列活动”" in section.text and not found(mended, "C-081")


def test_c081_silent_where_names_are_the_same_or_really_differ() -> None:
    assert not found(two_years(WOMENS_DAY, WOMENS_DAY), "C-081")
    assert not found(two_years("“三八”活动", "“三八”系列活动"), "C-081")
    for text in (
        f"开展{WOMENS_DAY}。",
        "项目“‘三八’国际妇女节、家庭教育周系列活动”完成。",
        "“三八”国际妇女节活动。",
        "",
    ):
        assert not found(told(text), "C-081"), text
    assert not found(told("培 训 班", "培训班"), "C-081")


def test_c081_silent_on_a_name_within_a_longer_one() -> None:
    book = told("“三八”妇女节活动如期举办。", "“三八”妇女节活动")
    book, _below = project(book, "三八妇女节", parent=book.projects(YEAR)[0].project)
    assert not found(book, "C-081")


def reported(**fields: object) -> tuple[Book, int]:
    book, where = project(with_year(), "第五次换届大会费用")
    book = payment(event(book, where, "initial", 3 * WAN), where, WAN)
    return do(book, commands.set_project, YEAR, where, **fields), where


def test_c089_fires_where_the_sentence_was_emptied() -> None:
    book, where = reported()
    book = do(book, write_section, YEAR, SENTENCE, where, " ")
    (finding,) = found(book, "C-089")
    assert "项目“第五次换届大会费用”全年预算3.00万元，实际支出1.00万元" in says(finding)
    assert finding.about.kind == "section" and not found(repaired(book, finding), "C-089")


def test_c089_fires_on_a_public_special_among_basic_spending() -> None:
    book, _where = reported(kind="公用经费", public_special=True)
    (finding,) = found(book, "C-089")
    assert "公共专项“第五次换届大会费用”" in says(finding) and finding.repair is None


def test_c089_fires_where_the_template_lists_no_projects() -> None:
    book, _where = reported()
    template = template_of(book, YEAR)
    bare = replace(template, sections=tuple(s for s in template.sections if s.mode != "projects"))
    book = do(book, commands.set_year, YEAR, template=dump_template(bare))
    assert found(book, "C-089")
    assert not found(do(book, write_section, YEAR, "overall", 0, "第五次换届大会费用支出1万元。"), "C-089")


def test_c089_silent_where_the_project_is_listed_or_named_or_empty() -> None:
    book, where = reported()
    assert not found(book, "C-089")
    book = do(book, write_section, YEAR, SENTENCE, where, "")
    assert not found(do(book, write_section, YEAR, "overall", 0, "第五次换届大会费用支出1万元。"), "C-089")
    book, _idle = project(with_year(), "活动经费", "公用经费")
    assert not found(book, "C-089")
    assert not found(reported(kind="公用经费")[0], "C-089")
