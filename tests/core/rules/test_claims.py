"""What the text says of the money and the staff."""

from core import commands
from core.book import Book
from core.outline import PURPOSE, SENTENCE, STORY
from core.writing import write_section
from tests.builders import WAN, YEAR, do, event, payment, project, with_year
from tests.findings import found, says


def told(story: str, **events: int) -> tuple[Book, int]:
    """A project with a story and events of these kinds, in 分."""
    book, where = project(with_year(), "大会费用")
    for kind, amount in events.items():
        book = event(book, where, kind, amount, "2023-12-31")
    return do(book, write_section, YEAR, STORY, where, story), where


def test_c008_fires_on_a_recall_that_was_not_entered() -> None:
    book, _where = told("活动已经结束，剩余资金由财政收回。", initial=WAN)
    (finding,) = found(book, "C-008")
    assert finding.severity == "warning" and finding.words == "由财政收回"


def test_c008_fires_on_a_purpose_of_a_sub_project_too() -> None:
    book, where = told("", initial=WAN)
    book, below = project(book, "志愿服务", parent=where)
    book = do(payment(book, below, 100_000), write_section, YEAR, PURPOSE, below, "印刷资料，余款财政已收回。")
    assert found(book, "C-008")[0].about.id == below


def test_c008_fires_on_an_own_sentence_that_leaves_the_recall_out() -> None:
    book, where = told("", initial=3 * WAN, recovered=WAN)
    book = do(book, write_section, YEAR, SENTENCE, where, "项目“大会费用”年初预算金额3万元，实际支出2万元。")
    (finding,) = found(book, "C-008")
    assert finding.about.field == SENTENCE and "由财政收回1.00万元" in says(finding)


def test_c008_silent_where_text_and_figures_agree() -> None:
    assert not found(told("剩余资金由财政收回。", initial=WAN, recovered=WAN)[0], "C-008")
    assert not found(told("剩余资金没有被财政收回。", initial=WAN)[0], "C-008")
    assert not found(told("上年剩余资金由财政收回。", initial=WAN)[0], "C-008")
    assert not found(told("", initial=WAN, recovered=WAN)[0], "C-008")  # the program's own sentence says it


def test_c046_fires_on_a_supplement_that_was_none() -> None:
    book, _where = told("该项目年底追加，资金结转至下一年度。", initial=3 * WAN, carried=3 * WAN)
    (finding,) = found(book, "C-046")
    assert finding.severity == "error" and finding.words == "年底追加"
    assert "追加（减）为0.00万元" in says(finding) and "年初预算为3.00万元" in says(finding)


def test_c046_fires_on_a_carry_that_was_none_and_on_a_denied_one() -> None:
    book, _where = told("资金结转至下一年度。", initial=WAN, recovered=WAN)
    assert "结余结转为0.00万元" in says(found(book, "C-046")[0])
    assert found(told("本年没有结转。", initial=WAN, carried=WAN)[0], "C-046")
    assert found(told("本年没有追加。", supplement=WAN)[0], "C-046")


def test_c046_silent_where_text_and_figures_agree() -> None:
    assert not found(told("该项目年中追加，资金结转至下一年度。", supplement=WAN, carried=WAN)[0], "C-046")
    assert not found(told("该项目年底追加。", transfer=WAN)[0], "C-046")  # loosely called so
    assert not found(told("严格控制追加，本年没有追加。", initial=WAN)[0], "C-046")
    book, _where = told("", initial=WAN)
    assert not found(book, "C-046")  # the program's own sentence prints 追加（减）0万元


def staffed(text: str) -> Book:
    book = do(with_year(), commands.set_staff, YEAR, "行政编制", established=2, actual=2)
    book = do(book, commands.set_staff, YEAR, "事业编制", established=2, actual=1)
    return do(book, write_section, YEAR, "basics", 0, text)


def test_c060_fires_on_parts_that_do_not_add_up() -> None:
    (finding,) = found(staffed("本单位实有人数4人，其中：行政编制2人，事业编制1人。"), "C-060")
    assert finding.severity == "error" and "各部分合计3人" in says(finding)


def test_c060_fires_on_counts_that_are_not_those_of_the_records() -> None:
    text = "本单位实有人数4人，其中：行政编制2人，事业编制2人。"
    assert "事业编制1人" in says(found(staffed(text), "C-060")[0])
    assert "实有3人" in says(found(staffed("本单位实有人数5人。"), "C-060")[0])


def test_c060_silent_where_the_counts_agree_or_no_staff_is_recorded() -> None:
    assert not found(staffed("本单位实有人数3人，其中：行政编制2人，事业编制1人。"), "C-060")
    assert not found(staffed("核定编制数4人，其中：行政编制2人，事业编制2人。"), "C-060")
    assert not found(do(with_year(), write_section, YEAR, "basics", 0, "本单位实有人数3人。"), "C-060")
    assert not found(do(with_year(), commands.set_staff, YEAR, "行政编制", actual=2), "C-060")  # the template's own
