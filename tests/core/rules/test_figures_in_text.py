"""Figures typed into the text by hand."""

from core import commands
from core.book import Book
from core.model import Section
from core.outline import PURPOSE, SENTENCE, STORY, part, shown_text
from core.writing import write_section
from tests.builders import WAN, YEAR, do, event, payment, project, with_year
from tests.findings import found, repaired, says


def kept() -> tuple[Book, int]:
    """A project of 3万元 with 2.07万元 spent and 0.93万元 recovered, and last year's of which 2万元 was spent."""
    book, where = project(with_year(year=YEAR - 1), "业务性专项经费", year=YEAR - 1)
    book = event(book, where, "initial", 2 * WAN, "2022-01-15")
    book = payment(book, where, 2 * WAN, "2022-05-01")
    book = do(with_year(book), commands.continue_project, YEAR, where)
    book = event(book, where, "initial", 3 * WAN)
    book = event(book, where, "recovered", 93 * WAN // 100, "2023-12-31")
    return payment(book, where, 207 * WAN // 100), where


def telling(text: str, key: str = "overall", about: int = 0, book: Book | None = None) -> Book:
    return do(book or kept()[0], write_section, YEAR, key, about, text)


def shown(book: Book, key: str = "overall", about: int = 0) -> str:
    place = part(book, YEAR, key, about)
    assert place is not None
    return shown_text(book, YEAR, place).text


def test_c044_fires_and_puts_the_token_there() -> None:
    book = telling("2023年支出2.70万元，其中项目支出{unit.项目支出}万元。")
    (finding,) = found(book, "C-044")
    assert finding.severity == "error" and finding.words == "2.70万元" and finding.difference == 63 * WAN // 100
    assert "2.70万元" in says(finding) and "2.07万元" in says(finding) and "0.63万元" in says(finding)
    assert shown(book)[finding.about.start : finding.about.end] == "2.70万元"
    mended = repaired(book, finding)
    assert shown(mended) == "2023年支出2.07万元，其中项目支出2.07万元。"
    section = mended.section(YEAR, "overall")
    assert isinstance(section, Section) and section.text.startswith("2023年支出{unit.支出}万元")
    assert not found(mended, "C-044")


def test_c044_fires_on_a_project_named_in_the_text_and_on_its_own_sentence() -> None:
    book = telling("项目“业务性专项经费”年初预算金额3万元，实际支出2.70万元，执行率69%。")
    (finding,) = found(book, "C-044")
    assert finding.words == "2.70万元" and "业务性专项经费" in says(finding)
    book, where = kept()
    recalled = "项目“业务性专项经费”实际支出2.07万元（剩余资金0.39万元由财政收回）。"
    (finding,) = found(telling(recalled, SENTENCE, where, book), "C-044")
    assert "财政收回" in says(finding) and "0.54万元" in says(finding)
    sentence = "项目“业务性专项经费”年初预算金额3万元，实际支出2.07万元，结余结转0.93万元。"
    (finding,) = found(telling(sentence, SENTENCE, where, book), "C-044")
    assert finding.words == "0.93万元" and finding.about.id == where


def test_c044_fires_on_a_rate_and_on_last_years_figure() -> None:
    (finding,) = found(telling("2023年全年预算3万元，预算执行率96.00%。"), "C-044")
    assert finding.words == "96.00%" and "69.00%" in says(finding)
    (finding,) = found(telling("2022年支出2.50万元。"), "C-044")
    assert "2022年" in says(finding)
    assert "{prev.unit.支出}" in str(finding.repair)


def test_c044_tolerates_the_printed_unit() -> None:
    for words in ("2.07万元", "20700元", "2.1万元", "2万元", "约2.5万元"):
        assert not found(telling(f"2023年支出{words}。"), "C-044"), words
    for words in ("2.06万元", "20701元", "2.2万元", "3万元", "0万元"):
        assert found(telling(f"2023年支出{words}。"), "C-044"), words
    # beside an amount with two decimals a whole one is exact
    assert found(telling("2023年年初预算3.00万元，支出合计2万元。"), "C-044")


def test_c044_silent_on_what_is_not_the_item() -> None:
    for text in (
        "公务接待费年初预算0.5万元，实际支出0.3万元。",
        "全区财政支出500万元，上半年支出1万元。",
        "项目“妇女发展”年初预算金额8万元，实际支出7万元。",  # no project of this ledger
        "（1）宣传活动\n项目支出1.86万元，主要用于印刷。",
        "2021年支出1万元，计划2024年支出5万元。",
        "2023年支出{unit.支出}万元。",
    ):
        assert not found(telling(text), "C-044"), text
    book, where = kept()
    parts = "实际支出1.86万元用于宣传，实际支出0.21万元用于代理。"
    assert not found(telling(parts, STORY, where, book), "C-044")
    assert not found(telling("2023年支出5万元。", book=with_year()), "C-044")  # nothing is known yet


def test_c044_silent_on_a_sub_project_but_for_its_spending() -> None:
    book, where = kept()
    book, below = project(book, "志愿服务活动", parent=where)
    book = payment(book, below, WAN)
    assert not found(telling("年初预算2万元，用于印刷。", PURPOSE, below, book), "C-044")
    assert found(telling("“志愿服务活动”实际支出2.00万元。", STORY, where, book), "C-044")


def test_c045_fires_on_one_fact_with_two_figures() -> None:
    book = telling("组织适龄妇女“两癌”免费检查2790人。")
    book = telling("全年组织宣讲30场，组织适龄妇女“两癌”免费检查2780人。", "problems", book=book)
    (finding,) = found(book, "C-045")
    assert finding.severity == "warning" and finding.words == "2780人" and "2790人" in says(finding)
    assert shown(book, "problems")[finding.about.start : finding.about.end] == "2780人"


def test_c045_silent_on_two_facts() -> None:
    for one, other in (
        ("组织适龄妇女“两癌”免费检查2790人。", "组织适龄妇女“两癌”免费检查2790人。"),
        ("2022年组织适龄妇女“两癌”免费检查2650人。", "组织适龄妇女“两癌”免费检查2790人。"),
        ("组织适龄妇女“两癌”免费检查2700余人。", "组织适龄妇女“两癌”免费检查2790人。"),
        ("上年结转救灾物资管理及调运经费8万元、其他1万元。", "追加救灾物资管理及调运经费14万元、其他2万元。"),
        ("评选示范家庭41户。", "评选示范家庭32户。"),
        ("2023年支出2万元。", "2023年支出3万元。"),  # held against the ledger, C-044
    ):
        assert not found(telling(other, "problems", book=telling(one)), "C-045"), one


def test_c047_fires_on_words_against_their_figures() -> None:
    for text, words in (
        ("接待来访由61件增加到54件。", "增加到54件"),
        ("募集善款3万元，较上年的5万元增加2万元。", "增加2万元"),
        ("募集善款较上年增加3万元，与上年持平。", "增加3万元，与上年持平"),
    ):
        (finding,) = found(telling(text), "C-047")
        assert finding.severity == "error" and finding.words == words
    (finding,) = found(telling("公务接待费较上年增加0万元。"), "C-047")
    assert finding.severity == "warning" and "持平" in says(finding)


def test_c047_fires_against_last_years_ledger() -> None:
    (finding,) = found(telling("2023年支出{unit.支出}万元，较上年减少0.07万元。"), "C-047")
    assert "2.07万元" in says(finding) and "2.00万元" in says(finding) and "增加0.07万元" in says(finding)
    assert found(telling("2023年支出2.07万元，与上年持平。"), "C-047")
    assert found(telling("2023年支出2.07万元，较2022年增加0.50万元。"), "C-047")


def test_c047_silent_where_words_and_figures_agree() -> None:
    for text in (
        "接待来访由54件增加到61件。",
        "2023年支出2.07万元，较上年增加0.07万元。",
        "募集善款增加3万元，支出与上年持平。",
        "年中调增（减）0万元，增加（减少）0万元。",
        "2023年支出2.07万元，较2021年减少5万元。",
    ):
        assert not found(telling(text), "C-047"), text
    alone = telling("2023年支出2.07万元，较上年减少1万元。", book=payment(*project(with_year(), "培训"), WAN))
    assert not found(alone, "C-047")  # last year is not kept here


def test_c048_fires_on_what_does_not_work_out() -> None:
    for text, right in (
        ("检查2790人，完成年度任务2700人的113.33%。", "103.33%"),
        ("收入合计500.00万元，其中财政拨款400.00万元，占85.00%。", "80.00%"),
        ("募集善款105.00万元，较上年增加5.00万元，增长6.00%。", "5.00%"),
        ("下达资金880.00万元，已支付792.00万元，支付率95.00%。", "90.00%"),
    ):
        (finding,) = found(telling(text), "C-048")
        assert finding.severity == "error" and right in says(finding) and finding.repair is None
    assert "百分之百" in says(found(telling("宣传费占总支出的120%。"), "C-048")[0])


def test_c048_fires_with_a_repair_where_both_figures_are_the_ledgers() -> None:
    book = telling("2023年支出{unit.支出}万元，其中项目支出{unit.项目支出}万元，占95.00%。")
    (finding,) = found(book, "C-048")
    assert shown(repaired(book, finding)).endswith("占100.00%。")


def test_c048_silent_on_what_does() -> None:
    for text in (
        "检查2790人，完成年度任务2700人的103.33%。",
        "完成全年任务数的120%。",
        "收入合计500.00万元，其中财政拨款333.33万元，占66.67%，其他占33.33%。",
        "募集善款247.24万元，较上年减少44.32万元，降幅15.2%。",
        "下达资金808.1万元，已支付692.98万元，支付率85%。",  # cut, not rounded
        "服务对象满意度95%，执行率不低于90%。",
        "约完成年度任务2700人的90%。",
    ):
        assert not found(telling(text), "C-048"), text
