"""Figures of filed forms beside the ledger's: a rate, points and a grade are typed and shown at their own unit."""

import pytest
from PySide6.QtWidgets import QWidget

from core.errors import UserError
from core.form_items import FORM_ITEMS
from tests.builders import YEAR
from ui.fields import MoneyEdit, Pick, PointsEdit
from ui.widgets.stated_model import StatedModel


@pytest.fixture
def model(desk, qtbot):
    model = StatedModel(desk)
    model.show_about(desk.book.projects(YEAR)[0].project)
    return model


def row(model, item):
    return next(one for one in model.rows if one.ref.item == item)


def enter(model, item, put):
    holder = QWidget()
    editor = model.open_editor(row(model, item), "stated", holder)
    put(editor)
    problem = model.put(row(model, item), "stated", editor)
    model.show_about(model.about)
    return editor, problem


def shown(model, item):
    return [model.text(row(model, item), column) for column in ("stated", "computed", "difference")]


def test_every_form_item_has_a_row(model):
    assert set(FORM_ITEMS) <= {one.ref.item for one in model.rows}
    assert shown(model, "自评执行率") == ["—", "69.00%", ""]
    assert shown(model, "财政复核得分") == ["—", "—", ""]


def test_a_rate_is_typed_in_percent(model):
    editor, problem = enter(model, "自评执行率", lambda e: e.setText("69.03%"))
    assert isinstance(editor, PointsEdit) and not problem
    assert shown(model, "自评执行率") == ["69.03%", "69.00%", "0.03%"]
    held = model.desk.book.stated(YEAR, "自评执行率", model.about)
    assert (held.amount, held.printed_unit) == (6903, "%")


def test_points_and_money_keep_their_units(model):
    enter(model, "财政复核得分", lambda e: e.setText("91.5分"))
    assert shown(model, "财政复核得分")[0] == "91.50分"
    editor, _problem = enter(model, "年度资金总额全年执行数", lambda e: e.setText("2.07"))
    assert type(editor) is MoneyEdit
    assert shown(model, "年度资金总额全年执行数") == ["2.07", "2.07", "0.00"]


@pytest.mark.parametrize("text", ["九十", "1000", "98.765", "3万"])
def test_what_is_no_score_is_refused(qtbot, text):
    edit = PointsEdit(unit="分")
    qtbot.addWidget(edit)
    edit.setText(text)
    assert edit.problem().endswith("。")
    with pytest.raises(UserError):
        edit.amount()


def test_a_grade_is_chosen_and_taken_back(model):
    editor, _problem = enter(model, "自评等级", lambda e: e.set_value("2"))
    assert isinstance(editor, Pick)
    assert shown(model, "自评等级")[0] == "良"
    assert model.desk.book.stated(YEAR, "自评等级", model.about).amount == 2
    enter(model, "自评等级", lambda e: e.set_value(""))
    assert model.desk.book.stated(YEAR, "自评等级", model.about) is None
