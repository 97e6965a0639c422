"""Where the cells of a block from the clipboard belong."""

from core.block_places import find_places

TITLES = ("编制类型", "编制数（人）", "实有人数", "退休人数")
NAMES = ("行政编制", "事业编制", "工勤编制")


def test_without_titles_and_names_a_block_begins_at_the_chosen_cell():
    found = find_places([["1", "2"], ["3", "4"]], TITLES, NAMES, 0, (1, 1))
    assert (found.first, found.columns, found.rows) == (0, (1, 2), (1, 2))


def test_columns_beyond_the_table_have_no_place():
    assert find_places([["1", "2", "3"]], TITLES, NAMES, 0, (0, 2)).columns == (2, 3, -1)


def test_titles_say_where_columns_go_whatever_their_order():
    found = find_places([["实有人数", "编制数（个）"], ["1", "2"]], TITLES, NAMES, 0, (2, 3))
    assert (found.first, found.columns, found.rows) == (1, (2, 1), (2,))


def test_names_say_where_rows_go():
    block = [["事业 编制", "1", "2"], ["没有的编制", "5", "5"], ["行政编制", "3", "4"]]
    found = find_places(block, TITLES, NAMES, 0, (0, 1))
    assert (found.columns, found.rows) == ((0, 1, 2), (1, -1, 0))


def test_names_given_twice_say_nothing():
    found = find_places([["甲", "1"], ["甲", "2"]], TITLES, ("甲", "甲", "乙"), 0, (1, 1))
    assert found.rows == (1, 2)


def test_new_names_under_titles_are_new_rows_where_names_can_be_typed():
    block = [["编制类型", "实有人数"], ["临聘人员", "1"], ["工勤编制", "2"], ["借调人员", "3"]]
    assert find_places(block, TITLES, NAMES, 0, (0, 0), is_naming_editable=True).rows == (3, 2, 4)
    assert find_places(block, TITLES, NAMES, 0, (0, 0)).rows == (-1, 2, -1)


def test_an_empty_block_has_no_places():
    assert find_places([], TITLES, NAMES, 0, (0, 0)).rows == ()


def test_numbers_before_a_name_do_not_matter():
    names = ("三公经费", "1、公务用车购置和维护经费", "其中：公车购置", "3、公务接待")
    found = find_places([["公务接待", "1"], ["公车购置", "2"]], ("数据项", "预算"), names, 0, (0, 1))
    assert found.rows == (3, 2)
