"""Decimals, punctuation, quotes, the year, the unit's name and typical slips."""

from core import commands, writing
from core.book import Book
from core.outline import PURPOSE, part, shown_text, template_of
from core.writing import write_section
from tests.builders import WAN, YEAR, do, event, payment, project, with_year
from tests.findings import found, repaired, says


def writing_of(text: str, key: str = "overall", book: Book | None = None) -> Book:
    return do(book or with_year(), write_section, YEAR, key, 0, text)


def shown(book: Book, key: str = "overall") -> str:
    place = part(book, YEAR, key)
    assert place is not None
    return shown_text(book, YEAR, place).text


def mended(text: str, rule: str) -> str:
    """The text after the repair of the one finding, which must be gone then."""
    book = writing_of(text)
    (finding,) = found(book, rule)
    assert shown(book)[finding.about.start : finding.about.end] in text
    after = repaired(book, finding)
    assert not found(after, rule)
    return shown(after)


def test_c049_fires_on_a_missing_decimal() -> None:
    assert mended("拨付资金3.25万元，支付2.5万元。", "C-049") == "拨付资金3.25万元，支付2.50万元。"
    (finding,) = found(writing_of("完成率103.33%，执行率95%，占比80.5%。"), "C-049")
    assert finding.severity == "info" and "95%、80.5%" in says(finding) and finding.repair is None


def test_c049_silent_on_whole_amounts_and_goals() -> None:
    assert not found(writing_of("拨付资金3.25万元，支付2万元，满意度95%，完成率100%，执行率98.50%。"), "C-049")
    assert not found(writing_of("执行率98.50%，目标为达到90%以上。"), "C-049")
    book, where = project(with_year(), "业务性专项经费")
    book = payment(book, where, 25 * WAN // 10)
    assert not found(writing_of("支出{unit.支出}万元。", book=book), "C-049")


def test_c053_fires_and_mends_the_marks() -> None:
    assert mended("活动如期举办，，反响良好。", "C-053") == "活动如期举办，反响良好。"
    assert mended("活动如期举办,反响良好。", "C-053") == "活动如期举办，反响良好。"
    assert mended("表彰8 名先进个人、10个先进集体、4个示范岗。", "C-053").startswith("表彰8名")
    assert mended("活动如期举办。妇女踊跃参加", "C-053") == "活动如期举办。妇女踊跃参加。"


def test_c053_fires_without_a_repair_behind_a_figure() -> None:
    book, where = project(with_year(), "业务性专项经费")
    book = event(book, where, "initial", WAN)
    (finding,) = found(writing_of("资金已经安排。年初预算为{unit.年初预算}", book=book), "C-053")
    assert finding.repair is None


def test_c053_silent_on_good_marks_headings_and_purposes() -> None:
    assert not found(writing_of("一、重点工作完成情况\n活动如期举办，反响良好。\n附件：1.名单，2.照片"), "C-053")
    book, where = project(with_year(), "业务性专项经费")
    book, below = project(book, "志愿服务", parent=where)
    book = do(book, write_section, YEAR, PURPOSE, below, "印刷宣传资料。购买志愿服务保险")
    assert not found(book, "C-053")  # a full stop is printed behind it


def test_c054_fires_on_quotes() -> None:
    assert mended('举办"三八”活动。', "C-054") == "举办“三八”活动。"
    assert mended("举办““三八”系列”活动。", "C-054") == "举办“‘三八’系列”活动。"
    (finding,) = found(writing_of("举办“三八节活动。"), "C-054")
    assert finding.severity == "warning" and finding.repair is None and "没有配对" in says(finding)


def test_c054_silent_on_pairs() -> None:
    assert not found(writing_of("举办“‘三八’系列”活动（五场）。\n1）宣讲\n2）走访"), "C-054")
    book, _where = project(with_year(), '"三八”国际妇女节活动')
    assert not found(book, "C-054")  # the program's own sentence sets the quotes of a name right


def test_c057_fires_on_last_years_year() -> None:
    assert mended("截至2022年末，本单位实有人数3人。", "C-057") == "截至2023年末，本单位实有人数3人。"
    for text in ("2022年预算收入3万元。", "2022年，区妇联进一步加强财务管理。", "2024年支出3万元。"):
        assert found(writing_of(text), "C-057"), text


def test_c057_silent_on_years_that_belong_there() -> None:
    for text in (
        "2023年支出3万元，较2022年支出2万元增加1万元。",
        "支付2022年三八妇女节活动余款。",
        "根据《2022年预算收入管理办法》，本单位成立于1994年。",
        "2022年以来，本单位连续获评先进。",
        "下一步计划，2024年本单位将细化预算。",
        "2023年，本单位支出3万元。",
        "示范区妇联〔2022〕3号文件下发后工作有序推进。",
    ):
        assert not found(writing_of(text), "C-057"), text


def test_c058_fires_on_names_that_are_not_the_units() -> None:
    (finding,) = found(writing_of("邻水区妇女联合会属于全额拨款单位。"), "C-058")
    assert finding.severity == "warning" and "本单位是“示范区妇女联合会”" in says(finding)
    assert mended("示范区妇女联会属于全额拨款单位。", "C-058") == "示范区妇女联合会属于全额拨款单位。"
    (finding,) = found(writing_of("我局严格执行预算。"), "C-058")
    assert finding.words == "我局" and finding.repair is None


def test_c058_fires_as_a_hint_on_two_ways_to_say_we() -> None:
    book = writing_of("本单位严格执行预算，本单位没有结余。")
    book = writing_of("下一步，本部门将细化预算。", "problems", book)
    (finding,) = found(book, "C-058")
    assert finding.severity == "info" and not found(repaired(book, finding), "C-058")


def test_c058_silent_on_the_own_name_and_on_others_worked_with() -> None:
    for text in (
        "示范区妇女联合会属于全额拨款单位，区妇联下无二级机构，本会实有3人。",
        "全区妇联组织、各镇街道妇联和市妇联共同参与，社区妇联全覆盖。",
        "与邻水区妇女联合会联合举办活动，赴邻水区妇联学习。",
        "召开本会议题讨论，联合区检察院、人社局开展活动。",
    ):
        assert not found(writing_of(text), "C-058"), text
    book = do(with_year(), commands.set_names, YEAR, name="第一中学")
    assert not found(writing_of("我局和本校都参加。", book=book), "C-058")  # nothing to judge by


def test_c090_fires_and_mends_slips() -> None:
    assert mended("各项工作己完成，资金拔付及时。".replace("拔付", "拨付"), "C-090") == "各项工作已完成，资金拨付及时。"
    assert mended("截止2023年末，实有3人。", "C-090") == "截至2023年末，实有3人。"
    book = do(with_year(), writing.retitle, YEAR, "income", "二、预算收支出情况（按单位预算口径）")
    (finding,) = found(book, "C-090")
    assert finding.severity == "info" and finding.about.field == "income"
    after = repaired(book, finding)
    assert not found(after, "C-090")
    assert template_of(after, YEAR).sections[1].title == "二、预算收支情况（按单位预算口径）"


def test_c090_fires_on_two_word_orders() -> None:
    book = writing_of("年末结转结余为零。")  # the template says 结余结转
    (finding,) = found(book, "C-090")
    assert finding.words == "结转结余" and shown(repaired(book, finding)) == "年末结余结转为零。"


def test_c090_silent_on_right_words() -> None:
    for text in (
        "年末完成全部支付，自己经手的账户已经销户，任务已完成。",
        "严格执行《结转结余资金管理办法》，反应良好，其他事项无。",
        "截至2023年末，群众满意，选拔入库。",
    ):
        assert not found(writing_of(text), "C-090"), text
