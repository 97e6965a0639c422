"""Charts of a spreadsheet: a sheet with the amounts, and a chart over them that the program draws."""

from collections.abc import Sequence
from typing import Any

from core.export.chart_shapes import COLOURS, GREY
from core.i18n import _
from core.report.model import Chart

_WAN = 1_000_000  # 分
_HEIGHT = 24  # points, of a title


def add_charts(book: Any, charts: Sequence[Chart]) -> None:
    """Add a sheet with all charts of a document, their amounts in 万元 beside them."""
    page = book.add_worksheet(_("图表"))
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_column(0, 0, 36)
    page.set_column(1, 2, 14)
    small = {"font_name": "宋体", "font_size": 10.5}
    looks = {
        "title": book.add_format({**small, "bold": True, "font_size": 14}),
        "head": book.add_format({**small, "bold": True, "border": 1, "align": "center"}),
        "name": book.add_format({**small, "border": 1, "text_wrap": True}),
        "amount": book.add_format({**small, "border": 1, "num_format": "0.00"}),
    }
    row = 0
    for chart in charts:
        row = _add(book, page, looks, chart, row) + 2


def _add(book: Any, page: Any, looks: dict[str, Any], chart: Chart, top: int) -> int:
    """One chart with its amounts; returns the row below both."""
    page.write_string(top, 0, _("{title}（万元）").format(title=chart.title), looks["title"])
    page.set_row(top, _HEIGHT)
    for column, name in enumerate(("", *(series.name for series in chart.series))):
        page.write_string(top + 1, column, name, looks["head"])
    for number, label in enumerate(chart.labels):
        page.write_string(top + 2 + number, 0, label, looks["name"])
        for column, series in enumerate(chart.series, 1):
            amount = series.values[number]
            if amount is None:
                page.write_blank(top + 2 + number, column, None, looks["amount"])
            else:
                page.write_number(top + 2 + number, column, amount / _WAN, looks["amount"])
    last = top + 1 + len(chart.labels)
    drawn = book.add_chart({"type": "line" if chart.lines else "bar"})
    for column in range(1, len(chart.series) + 1):
        colour = (COLOURS[1] if column == 1 else GREY) if chart.lines else COLOURS[(column - 1) % 2]
        line = {"color": colour, "width": 2 if column == 1 else 1.5}
        drawn.add_series(
            {
                "name": [page.name, top + 1, column],
                "categories": [page.name, top + 2, 0, last, 0],
                "values": [page.name, top + 2, column, last, column],
                **(
                    {"line": line | ({"dash_type": "dash"} if column > 1 else {})}
                    if chart.lines
                    else {"fill": {"color": colour}, "data_labels": {"value": True, "num_format": "0.00"}}
                ),
            }
        )
    drawn.set_title({"name": chart.title, "name_font": {"size": 12}})
    drawn.set_legend({"position": "bottom"})
    if not chart.lines:
        drawn.set_y_axis({"reverse": True})  # the first project above
    rows = max(14, len(chart.labels) + 4)
    drawn.set_size({"width": 640, "height": 20 * rows})
    page.insert_chart(top, 4, drawn)
    return max(last, top + rows)
