"""Charts as inline SVG for a page on the screen."""

from collections.abc import Iterator
from html import escape

from core.export.chart_shapes import Area, Path, Words, chart_height, shapes
from core.report.model import Chart

_WIDTH = 440.0  # points: the text of an upright page
_ANCHORS = {0: "start", 0.5: "middle", 1: "end"}


def svg(chart: Chart) -> Iterator[str]:
    """A chart as an ``svg`` element, with its title for those who listen to the page."""
    height = chart_height(chart)
    yield f'<svg class="chart" role="img" viewBox="0 0 {_WIDTH:.0f} {height:.0f}">\n'
    yield f"<title>{escape(chart.title)}</title>\n"
    for one in shapes(chart, _WIDTH, _measured):
        match one:
            case Area():
                yield f'<rect x="{one.left:.1f}" y="{one.top:.1f}" width="{one.width:.1f}" height="{one.height:.1f}"'
                yield f' fill="{one.colour}"/>\n'
            case Path():
                points = " ".join(f"{x:.1f},{y:.1f}" for x, y in one.points)
                dashed = ' stroke-dasharray="5 4"' if one.dashed else ""
                yield f'<polyline points="{points}" fill="none" stroke="{one.colour}" stroke-width="{one.width}"'
                yield f"{dashed}/>\n"
            case Words():
                yield f'<text x="{one.x:.1f}" y="{one.middle + 0.36 * one.size:.1f}" font-size="{one.size}"'
                yield f' text-anchor="{_ANCHORS[one.share]}">{escape(one.text)}</text>\n'
    yield "</svg>\n"


def _measured(text: str, size: float) -> float:
    """About how wide words are: a browser chooses the font."""
    return sum(size if ord(char) > 255 else 0.55 * size for char in text)
