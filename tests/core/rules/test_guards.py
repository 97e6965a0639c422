"""What must never be saved."""

from core import commands
from core.book import Book
from core.change import Change
from core.draft import Draft
from core.goals import Indicator, Monitor
from core.model import Answer, Commitment, Fact, Project
from core.writing import write_section
from tests.builders import WAN, YEAR, do, event, payment, project, with_year
from tests.findings import edited, found, says


def one_project() -> tuple[Book, int]:
    return project(with_year(), "业务性专项经费")


def locked(state: str) -> tuple[Book, int]:
    book, where = one_project()
    book = payment(event(book, where, "initial", 3 * WAN), where, WAN)
    return do(book, commands.set_year, YEAR, state=state), where


def test_b001_fires_on_payments_and_events_of_a_locked_year() -> None:
    for state, word in (("locked", "资金锁定"), ("final", "已定稿")):
        book, where = locked(state)
        change = commands.add_payment(book, YEAR, where, "2023-06-02", WAN)
        (finding,) = edited(book, change, "B-001")
        assert finding.severity == "block" and word in says(finding)
        assert edited(book, commands.remove_event(book, book.events(YEAR, where)[0].id), "B-001")


def test_b001_fires_on_a_payment_moved_out_of_the_year() -> None:
    book, where = locked("locked")
    book = with_year(book, 2024)
    change = commands.set_payment(book, book.payments(YEAR, where)[0].id, year=2024)
    assert edited(book, change, "B-001")


def commitment(book: Book, where: int, day: str = "2023-05-01") -> tuple[Book, Commitment]:
    draft = Draft(book)
    held = draft.add(Commitment(id=0, year=YEAR, project=where, date=day, amount=WAN))
    return book.apply(draft.change("")), held


def settled(book: Book, held: Commitment, **fields: object) -> Change:
    draft = Draft(book)
    draft.replace(held, **fields)
    return draft.change("")


def test_b001_fires_on_commitments_of_a_locked_year() -> None:
    book, where = one_project()
    book, held = commitment(book, where)
    book = do(book, commands.set_year, YEAR, state="locked")
    for fields in ({"amount": 1}, {"state": "paid"}):
        (finding,) = edited(book, settled(book, held, **fields), "B-001")
        assert finding.about.kind == "commitment" and "在途" in says(finding)


def test_b001_fires_in_a_locked_month_and_says_which() -> None:
    book, where = one_project()
    book, held = commitment(payment(event(book, where, "initial", 3 * WAN), where, WAN), where)
    book = do(book, commands.set_year, YEAR, locked_months="1,5,6")
    for change, month in (
        (commands.add_payment(book, YEAR, where, "2023-06-02", WAN), 6),
        (commands.set_payment(book, book.payments(YEAR, where)[0].id, date="2023-07-02"), 6),
        (commands.remove_event(book, book.events(YEAR, where)[0].id), 1),
        (settled(book, held, amount=1), 5),
    ):
        (finding,) = edited(book, change, "B-001")
        assert f"2023年{month}月已锁定" in says(finding) and "红字" in finding.remedy


def test_b001_silent_outside_the_locked_months_on_red_entries_and_on_a_commitment_that_is_paid() -> None:
    book, where = one_project()
    book, held = commitment(payment(book, where, WAN), where)
    book = do(book, commands.set_year, YEAR, locked_months="5,6")
    paid = book.payments(YEAR, where)[0].id
    for change in (
        commands.add_payment(book, YEAR, where, "2023-07-02", WAN),
        commands.reverse_payment(book, paid, "2023-07-02"),
        settled(book, held, state="paid", payment=paid),
        settled(book, held, state="dropped"),
    ):
        assert not edited(book, change, "B-001")


def test_b001_silent_in_an_open_year_and_on_what_is_not_money() -> None:
    book, where = one_project()
    assert not edited(book, commands.add_payment(book, YEAR, where, "2023-06-02", WAN), "B-001")
    book, where = locked("locked")
    assert not edited(book, commands.set_project(book, YEAR, where, execution_reason="原因"), "B-001")


def test_b010_fires_on_the_report_of_a_final_year() -> None:
    book, where = locked("final")
    for change in (
        write_section(book, YEAR, "other", 0, "新的说明。"),
        commands.state(book, YEAR, "支出", WAN),
        commands.set_staff(book, YEAR, "行政编制", actual=2),
        commands.set_project(book, YEAR, where, name="新名称"),
        commands.set_year(book, YEAR, template=""),
    ):
        (finding,) = edited(book, change, "B-010")
        assert finding.severity == "block" and "定稿" in says(finding)


def test_b010_fires_on_everything_else_a_report_rests_on() -> None:
    book, where = locked("final")
    draft = Draft(book)
    for record in (
        Fact(id=0, year=YEAR, item="三公经费", actual=1),
        Indicator(id=0, year=YEAR, about=where, name="会议次数"),
        Monitor(id=0, year=YEAR, project=where, month=7),
        Answer(id=0, year=YEAR, rule="C-083", about="cover:0:", answer="yes"),
    ):
        draft.add(record)
    assert len(edited(book, draft.change(""), "B-010")) == 4
    assert "决算口径" in says(edited(book, commands.set_unit(book, basis="allotted"), "B-010")[0])
    draft = Draft(book)
    draft.replace(book.get(Project, where), parent=99)
    assert "项目归属" in says(edited(book, draft.change(""), "B-010")[0])


def test_b010_silent_on_what_no_report_rests_on() -> None:
    book, where = locked("final")
    book = with_year(book, 2024)
    for change in (
        commands.set_unit(book, code="019200"),
        commands.add_project(book, 2024, "新项目"),
        commands.continue_project(book, 2024, where),
        write_section(book, 2024, "other", 0, "新的说明。"),
    ):
        assert not edited(book, change, "B-010")


def test_b010_silent_for_a_note_for_reopening_and_in_a_locked_year() -> None:
    book, _where = locked("final")
    assert not edited(book, commands.set_year(book, YEAR, note="备忘"), "B-010")
    assert not edited(book, commands.set_year(book, YEAR, state="locked"), "B-010")
    book, _where = locked("locked")
    assert not edited(book, write_section(book, YEAR, "other", 0, "新的说明。"), "B-010")


def test_b002_fires_on_a_date_outside_the_year() -> None:
    book, where = one_project()
    book = do(book, commands.add_event, YEAR, where, "initial", "2024-01-01", WAN)
    (finding,) = found(book, "B-002")
    assert finding.about.field == "date" and "2024-01-01" in says(finding)


def test_b002_silent_on_the_last_day_of_the_year() -> None:
    book, where = one_project()
    assert not found(event(book, where, "recovered", WAN, "2023-12-31"), "B-002")


def test_c072_fires_on_a_payment_outside_the_year() -> None:
    book, where = one_project()
    book = do(book, commands.add_payment, YEAR, where, "2022-12-31", WAN)
    assert "2022-12-31" in says(found(book, "C-072")[0])


def test_c072_silent_within_the_year() -> None:
    book, where = one_project()
    assert not found(payment(book, where, WAN, "2023-01-01"), "C-072")


def test_b003_fires_on_an_event_of_zero() -> None:
    book, where = one_project()
    (finding,) = found(event(book, where, "supplement", 0), "B-003")
    assert "追加（减）" in says(finding)


def test_b003_silent_on_a_reduction() -> None:
    book, where = one_project()
    assert not found(event(book, where, "supplement", -WAN), "B-003")


def test_b004_fires_on_a_payment_of_zero() -> None:
    book, where = one_project()
    assert found(payment(book, where, 0), "B-004")


def test_b004_silent_on_one_fen() -> None:
    book, where = one_project()
    assert not found(payment(book, where, 1), "B-004")


def two_projects() -> tuple[Book, int, int]:
    book, first = one_project()
    book, second = project(book, "活动经费")
    return do(book, commands.reallocate, YEAR, first, second, "2023-05-01", WAN), first, second


def test_b005_fires_on_one_side_alone() -> None:
    book, where = one_project()
    (finding,) = found(event(book, where, "reallocate", WAN), "B-005")
    assert "没有对应的另一方" in says(finding)


def test_b005_fires_on_sides_that_differ_in_amount_or_fund() -> None:
    for field, value in (("amount", 2 * WAN), ("fund", "special"), ("year", 2024)):
        book, first, _second = two_projects()
        draft = Draft(with_year(book, 2024))
        draft.replace(book.events(YEAR, first)[0], **{field: value})
        assert found(draft.book.apply(draft.change("")), "B-005"), field


def test_b005_silent_on_a_pair_also_after_its_amount_is_edited() -> None:
    book, first, _second = two_projects()
    assert not found(book, "B-005")
    assert not found(do(book, commands.set_event, book.events(YEAR, first)[0].id, amount=-2 * WAN), "B-005")


def test_b006_fires_on_a_negative_payment_by_itself_and_on_one_of_another_year() -> None:
    book, where = one_project()
    assert "没有指明" in says(found(payment(book, where, -WAN), "B-006")[0])
    book = payment(book, where, WAN)
    book = do(with_year(book, 2024), commands.continue_project, 2024, where)
    old = book.payments(YEAR, where)[0]
    book = do(book, commands.add_payment, 2024, where, "2024-02-01", -WAN, reverses=old.id)
    (finding,) = found(book, "B-006", 2024)
    assert "2023年度" in says(finding)


def test_b006_silent_on_a_reversal_in_the_same_year() -> None:
    book, where = one_project()
    book = payment(book, where, WAN)
    book = do(book, commands.reverse_payment, book.payments(YEAR, where)[0].id, "2023-07-01")
    assert not found(book, "B-006")


def test_c073_fires_on_refunds_above_the_original() -> None:
    book, where = one_project()
    book = payment(book, where, WAN)
    original = book.payments(YEAR, where)[0].id
    book = do(book, commands.reverse_payment, original, "2023-07-01", WAN * 6 // 10)
    assert not found(book, "C-073")
    book = do(book, commands.reverse_payment, original, "2023-07-02", WAN * 6 // 10)
    (finding,) = found(book, "C-073")
    assert finding.difference == WAN * 2 // 10
    assert finding.about.id == max(p.id for p in book.reversals(original))


def test_c073_silent_on_a_full_refund() -> None:
    book, where = one_project()
    book = payment(book, where, WAN)
    assert not found(do(book, commands.reverse_payment, book.payments(YEAR, where)[0].id, "2023-07-01"), "C-073")


def test_b007_fires_on_a_third_level() -> None:
    book, top = one_project()
    book, middle = project(book, "志愿服务", parent=top)
    book, bottom = project(book, "宣传资料", parent=middle)
    (finding,) = found(book, "B-007")
    assert finding.about.id == bottom and "“志愿服务”" in says(finding)


def test_b007_silent_on_two_levels() -> None:
    book, top = one_project()
    book, _below = project(book, "志愿服务", parent=top)
    assert not found(book, "B-007")
    assert book.get(Project, top) is not None


def test_b008_fires_on_the_same_name_however_it_is_typed() -> None:
    book, _first = project(with_year(), "活动经费（一）")
    book, second = project(book, "活动经费 (一)")
    (finding,) = found(book, "B-008")
    assert finding.about.id == second and finding.about.field == "name"


def test_b008_silent_on_sub_projects_of_different_projects() -> None:
    book, first = one_project()
    book, second = project(book, "活动经费")
    for parent in (first, second):
        book, _below = project(book, "业务性专项经费", parent=parent)
    assert not found(book, "B-008")


def test_b009_fires_on_a_code_used_twice() -> None:
    book, first = one_project()
    book, second = project(book, "活动经费")
    for where in (first, second):
        book = do(book, commands.set_project, YEAR, where, code="430204230000012345678")
    (finding,) = found(book, "B-009")
    assert finding.about.id == second and "业务性专项经费" in says(finding)


def test_b009_silent_on_projects_without_a_code() -> None:
    book, _first = one_project()
    book, _second = project(book, "活动经费")
    assert not found(book, "B-009")
