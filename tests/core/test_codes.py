"""The classification codes: the lists themselves, and finding a code by what is typed."""

import csv
from time import perf_counter

import pytest

from core import codes
from core.codes import LISTS, CodeKind, find, government_code, kind_of, name_of, same_name, split, valid

DEPARTMENT, GOVERNMENT, FUNCTIONAL = CodeKind.DEPARTMENT, CodeKind.GOVERNMENT, CodeKind.FUNCTIONAL


def codes_of(text: str, kind: str = DEPARTMENT, year: int = 2023) -> list[str]:
    return [one.code for one in find(text, kind, year)]


@pytest.mark.parametrize("kind", CodeKind)
def test_a_list_is_sound(kind: CodeKind) -> None:
    rows = codes.codes(kind)
    held = {one.code for one in rows}
    for one in rows:
        assert one.level == {3: "类", 5: "款", 7: "项"}[len(one.code)]
        assert kind_of(one.code) == kind and one.valid_from <= one.valid_to and one.initials
        for upper in {3, 5} - {len(one.code)}:
            assert len(one.code) < upper or one.code[:upper] in held, f"{one.code} has nothing above it"
        hanzi = sum("\u4e00" <= letter <= "\u9fff" for letter in one.name)
        assert len(one.initials[0]) == hanzi, f"initials of {one.name}"
        assert all(reading.isascii() and reading.islower() for reading in one.initials)
    seen = [(one.code, one.valid_from) for one in rows]
    assert len(set(seen)) == len(seen) and [c for c, _year in seen] == sorted(c for c, _year in seen)


def test_the_department_list_is_complete() -> None:
    rows = [one for one in codes.codes(DEPARTMENT) if one.holds(2024)]
    assert sum(one.level == "类" for one in rows) == 10
    assert sum(one.level == "款" for one in rows) == 100


def test_every_department_code_has_its_government_codes() -> None:
    known = {one.code for one in codes.codes(GOVERNMENT)}
    for one in codes.codes(DEPARTMENT):
        if one.level == "款":
            assert one.institution in known, one.code
            assert one.office in known or one.code == "30107", f"{one.code}: only 事业单位 pay 绩效工资"


def test_the_files_can_be_read_by_any_spreadsheet() -> None:
    for kind in CodeKind:
        with (LISTS / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        assert rows[0][:6] == ["code", "level", "name", "initials", "valid_from", "valid_to"]
        assert {len(row) for row in rows} == {len(rows[0])}


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("clf", "30211"),
        ("CLF", "30211"),
        ("hyf", "30215"),
        ("差旅", "30211"),
        ("30211", "30211"),
        ("３０２１１", "30211"),
        ("维修费", "30213"),
        ("维修(护)费", "30213"),
        ("wxf", "30213"),
        ("wxhf", "30213"),
        ("培训", "30216"),
        ("310 设备", "31003"),
        ("302 其他 费用", "30239"),
    ],
)
def test_what_is_typed_finds_the_code(typed: str, best: str) -> None:
    found = codes_of(typed)
    assert found[0] == best or (" " in typed and best in found)


def test_functional_codes_are_found_by_initials_and_by_their_beginning() -> None:
    assert "2012901" in codes_of("xzyx", FUNCTIONAL)
    assert codes_of("20129 xzyx", FUNCTIONAL) == ["2012901"]
    assert codes_of("20129", FUNCTIONAL)[0] == "20129"
    assert "2100409" in codes_of("zdggws", FUNCTIONAL) and "2100409" in codes_of("cdggws", FUNCTIONAL)


def test_initials_stand_anywhere_but_the_beginning_comes_first() -> None:
    assert "30231" in codes_of("xwhf")
    found = [one.initials[0].startswith("z") for one in find("z", DEPARTMENT, 2023, limit=200)]
    assert found == sorted(found, reverse=True) and not all(found)


def test_no_text_offers_the_list_and_nonsense_nothing() -> None:
    assert codes_of("")[:3] == ["301", "30101", "30102"]
    assert len(find("", DEPARTMENT, 2023, limit=5)) == 5
    assert codes_of("没有这个科目") == [] and codes_of("99999") == []


def test_a_code_is_offered_only_in_its_years() -> None:
    assert "39906" in codes_of("赠与", year=2020) and "39906" not in codes_of("赠与", year=2021)
    assert "39909" in codes_of("赠与", year=2021) and "39909" not in codes_of("赠与", year=2020)
    assert codes_of("shgz", FUNCTIONAL, 2023) == [] and "20139" in codes_of("shgz", FUNCTIONAL, 2024)
    assert valid("2013902", FUNCTIONAL, 2024) and not valid("2013902", FUNCTIONAL, 2023)
    assert not valid("30299x", DEPARTMENT, 2023)


def test_names() -> None:
    assert name_of("30215", DEPARTMENT, 2023) == "会议费"
    assert name_of("39906", DEPARTMENT, 2023) == "赠与"
    assert name_of("30298", DEPARTMENT, 2023) == ""


def test_the_government_code_depends_on_the_unit() -> None:
    assert government_code("30201", "行政") == government_code("30201", "参公事业") == "50201"
    assert government_code("30201", "公益一类事业") == "50502"
    assert government_code("30107", "行政") == "" and government_code("30298", "行政") == ""


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("30102 津贴补贴", ("30102", "津贴补贴")),
        ("2050203 初中教育", ("2050203", "初中教育")),
        ("３０１０２　津贴补贴", ("30102", "津贴补贴")),
        ("30213-维修（护）费", ("30213", "维修（护）费")),
        ("30102", ("30102", "")),
        (" 津贴补贴 ", ("", "津贴补贴")),
        ("", ("", "")),
    ],
)
def test_a_cell_is_split_into_code_and_name(cell: str, parts: tuple[str, str]) -> None:
    assert split(cell) == parts


def test_the_shape_of_a_code_says_its_list() -> None:
    assert kind_of("2012901") == FUNCTIONAL and kind_of("30201") == DEPARTMENT and kind_of("50201") == GOVERNMENT
    assert kind_of("3020101") is None and kind_of("9") is None and kind_of("") is None and kind_of("30x") is None


def test_names_are_the_same_however_they_are_typed() -> None:
    assert same_name("因公出国(境)费用", "因公出国（境）费") and same_name("维修费", "维修（护）费")
    assert same_name("其他对个人和家庭的补助支出", "其他对个人和家庭的补助")
    assert not same_name("办公费", "会议费") and not same_name("行政运行", "行政事务")


def test_a_list_is_read_and_searched_at_once() -> None:
    codes.codes.cache_clear()
    begun = perf_counter()
    for kind in CodeKind:
        codes.codes(kind)
    assert perf_counter() - begun < 0.05
