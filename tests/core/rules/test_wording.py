"""The words of one section."""

from core import commands
from core.book import Book
from core.outline import part, shown_text
from core.writing import write_section
from tests.builders import WAN, YEAR, do, payment, project, with_year
from tests.findings import found, repaired, says


def writing(text: str, book: Book | None = None, key: str = "overall") -> Book:
    return do(book or with_year(), write_section, YEAR, key, 0, text)


def shown(book: Book, key: str = "overall") -> str:
    place = part(book, YEAR, key)
    assert place is not None
    return shown_text(book, YEAR, place).text


def test_c042_fires_and_mends_only_the_unit() -> None:
    book = writing("共募集善款87663.43万元，较上年增加26000余元。")
    (finding,) = found(book, "C-042")
    assert finding.severity == "error" and finding.words == "87663.43万元"
    assert shown(book)[finding.about.start : finding.about.end] == finding.words
    assert "26000余元" in says(finding)
    mended = repaired(book, finding)
    assert shown(mended) == "共募集善款87663.43元，较上年增加26000余元。"
    assert not found(mended, "C-042") and not found(mended, "C-043")


def test_c042_fires_by_the_size_of_the_unit_and_behind_a_figure_token() -> None:
    book, where = project(with_year(), "业务性专项经费")
    book = payment(book, where, 7 * WAN)
    book = writing("项目支出{unit.项目支出}万元，发放慰问金87663.43万元。", book)
    (finding,) = found(book, "C-042")
    assert shown(repaired(book, finding)) == "项目支出7万元，发放慰问金87663.43元。"


def test_c042_silent_on_plausible_amounts_and_on_the_economy() -> None:
    assert not found(writing("募集善款8.77万元，较上年增加2.6万元。"), "C-042")
    assert not found(writing("全区财政收入876634万元。"), "C-042")


def test_c043_fires_once_a_sentence_with_a_repair_for_a_single_amount() -> None:
    book = writing("拨付专项资金3万元，其中印刷费2000元。")
    (finding,) = found(book, "C-043")
    assert finding.severity == "warning" and "2000元" in says(finding)
    assert "0.20万元" in shown(repaired(book, finding)) and not found(repaired(book, finding), "C-043")
    (finding,) = found(writing("拨付专项资金3万元，其中印刷费2000元，场地费3000元。"), "C-043")
    assert finding.repair is None


def test_c043_silent_in_one_unit_on_prices_and_where_c042_speaks() -> None:
    assert not found(writing("支出3万元，其中印刷费0.2万元。"), "C-043")
    assert not found(writing("发放慰问金3万元，每人500元。"), "C-043")
    book = writing("募集善款87663.43万元，较上年增加26000余元。")
    assert found(book, "C-042") and not found(book, "C-043")


def test_c050_fires_and_answers_the_instruction() -> None:
    book = writing("没有请写明“无其他需要说明的情况”。", key="other")
    (finding,) = found(book, "C-050")
    assert finding.severity == "error" and "填写提示没有删除" in says(finding)
    assert shown(repaired(book, finding), "other") == "无其他需要说明的情况。"


def test_c050_fires_and_drops_the_instruction_where_something_is_said() -> None:
    book = writing("没有请写明“无其他需要说明的情况”。\n附表随文报送。", key="other")
    mended = repaired(book, found(book, "C-050")[0])
    assert shown(mended, "other").strip() == "附表随文报送。"


def test_c050_fires_without_a_repair_on_a_blank() -> None:
    (finding,) = found(writing("全年开展活动XX场。"), "C-050")
    assert finding.repair is None and "空白处没有填写" in says(finding)


def test_c050_silent_on_the_template_and_on_figure_tokens() -> None:
    assert not found(with_year(), "C-050")
    assert not found(writing("支出{unit.支出}万元。"), "C-050")


def test_c051_fires_and_removes_the_mark() -> None:
    book = writing("[bookmark: _GoBack]活动如期举办。")
    (finding,) = found(book, "C-051")
    assert finding.severity == "error"
    assert shown(repaired(book, finding)) == "活动如期举办。"
    (finding,) = found(writing("活动\u200b如期举办。"), "C-051")
    assert "看不见的控制字符" in says(finding)


def test_c051_silent_on_plain_text() -> None:
    assert not found(writing("活动如期举办（见附表1）。"), "C-051")


def test_c052_fires_and_leaves_one_word() -> None:
    book = writing("支付活动项目项目的余款。")
    (finding,) = found(book, "C-052")
    assert finding.severity == "warning" and "应为“项目”" in says(finding)
    assert shown(repaired(book, finding)) == "支付活动项目的余款。"


def test_c052_silent_on_words_doubled_on_purpose() -> None:
    assert not found(writing("常常走访困难妇女，一项一项落实。"), "C-052")


def test_a_repair_leaves_the_other_findings_of_its_section_alone() -> None:
    book = writing("[bookmark: _GoBack]支付活动项目项目的余款，各项项目项目已完成。")
    first = found(book, "C-051")[0]
    assert len(found(repaired(book, first), "C-052")) == len(found(book, "C-052"))


def test_findings_follow_figures_that_grow() -> None:
    """The place of a finding is that of the shown text, behind figures of any width."""
    book, where = project(with_year(), "业务性专项经费")
    book = writing("支出{unit.支出}万元，支付活动项目项目的余款。", payment(book, where, WAN))
    for amount in (9 * WAN, 123 * WAN):
        book = do(book, commands.set_payment, book.payments(YEAR, where)[0].id, amount=amount)
        (finding,) = found(book, "C-052")
        assert shown(book)[finding.about.start : finding.about.end] == "项目项目"
