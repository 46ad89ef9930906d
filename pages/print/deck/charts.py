"""Native charts of a deck: lines by month that a reader can edit, the last value of each written beside it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from data.i18n import Translator
from pages.print.deck.page import ACCENT, INK, LINE, MUTED, SMALL_POINTS, Box, Page, describe, set_language

LABEL_POINTS = 14
MONTHS_NAMED = 6
_POINT = 9
_NUMBER = "0.0"
_ISOLATES = "\u2066\u2067\u2068\u2069"
# A rule at each half of the norm, as long as there are not too many.
_STEP, _FINE_TOP = 0.5, 4


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart: a figure for each month, NaN where there is none, and how it is drawn."""

    name: str
    values: Sequence[float]
    color: str
    points: float = 2.5
    dashed: bool = False
    label_above: bool | None = True


def add_line_chart(page: Page, box: Box, months: Sequence[str], lines: Sequence[Line], top: float, description: str) -> Any:
    """Lines over months on an axis from 0 to ``top``; a missing month breaks the line. Time runs to the right in every
    script, as in every chart of the screens.

    ``label_above`` says on which side of the line its last known value is written, None that it is not.
    """
    data = CategoryChartData(number_format=_NUMBER)
    data.categories = list(months)
    for line in lines:
        data.add_series(line.name, [None if math.isnan(v) else float(v) for v in line.values])
    corners = (Inches(n) for n in (box.left(page.t), box.top, box.width, box.height))
    frame = page.slide.shapes.add_chart(XL_CHART_TYPE.LINE, *corners, data)
    describe(frame, description)
    chart = frame.chart
    chart.has_title = False
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.font.size = Pt(SMALL_POINTS)
    chart.font.color.rgb = RGBColor.from_string(MUTED)
    set_language(chart.font._rPr, page.t)
    _set_axes(chart, len(months), top)
    for series, line in zip(chart.plots[0].series, lines, strict=True):
        _draw(series, line)
    return frame


def add_bar_chart(page: Page, box: Box, name: str, bars: Sequence[tuple[str, float]], description: str) -> Any:
    """Shares in percent as bars, the first one (what the slide speaks of) in the strong colour, each with its figure; a share that is
    not known has no bar."""
    percent = _percent_format(page.t)
    data = CategoryChartData(number_format=percent)
    data.categories = [label for label, _ in bars]
    data.add_series(name, [None if math.isnan(v) else float(v) for _, v in bars])
    corners = (Inches(n) for n in (box.left(page.t), box.top, box.width, box.height))
    frame = page.slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *corners, data)
    describe(frame, description)
    chart = frame.chart
    chart.has_title, chart.has_legend = False, False
    chart.font.size = Pt(LABEL_POINTS)
    chart.font.color.rgb = RGBColor.from_string(INK)
    set_language(chart.font._rPr, page.t)
    value, plot = chart.value_axis, chart.plots[0]
    value.minimum_scale, value.maximum_scale, value.visible, value.has_major_gridlines = 0, 100, False, False
    chart.category_axis.reverse_order = page.t.direction == "rtl"
    plot.gap_width, plot.has_data_labels = 60, True
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = percent, False
    plot.data_labels.font.size, plot.data_labels.font.bold = Pt(LABEL_POINTS), True
    for at in range(len(bars)):
        fill = plot.series[0].points[at].format.fill
        fill.solid()
        fill.fore_color.rgb = RGBColor.from_string(ACCENT if at == 0 else LINE)
    return frame


def _percent_format(t: Translator) -> str:
    """A figure in hundredths with the sign as the language sets it: behind a space that does not break in French, behind none in
    Arabic. The decimal sign is that of the program which opens the slides."""
    sign = t.percent(0.5).partition(t.number(50))[2].strip(_ISOLATES)
    return f'{_NUMBER}"{sign}"'


def _set_axes(chart: Any, months: int, top: float) -> None:
    category, value = chart.category_axis, chart.value_axis
    category.major_tick_mark = value.major_tick_mark = XL_TICK_MARK.NONE
    category.format.line.color.rgb = RGBColor.from_string(LINE)
    every = max(1, math.ceil(months / MONTHS_NAMED))
    skip = parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="{every}"/>')
    category._element.find(qn("c:noMultiLvlLbl")).addprevious(skip)
    value.minimum_scale, value.maximum_scale, value.major_unit = 0, top, _STEP if top <= _FINE_TOP else None
    value.major_gridlines.format.line.color.rgb = RGBColor.from_string(LINE)
    value.format.line.fill.background()
    value.tick_labels.number_format, value.tick_labels.number_format_is_linked = _NUMBER, False


def _draw(series: Any, line: Line) -> None:
    series.smooth = False
    known = [at for at, value in enumerate(line.values) if not math.isnan(value)]
    # One month makes no line: it is a point.
    series.marker.style = XL_MARKER_STYLE.CIRCLE if len(known) == 1 else XL_MARKER_STYLE.NONE
    if len(known) == 1:
        series.marker.size = _POINT
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = RGBColor.from_string(line.color)
    drawn = series.format.line
    drawn.color.rgb, drawn.width = RGBColor.from_string(line.color), Pt(line.points)
    if line.dashed:
        drawn.dash_style = MSO_LINE_DASH_STYLE.DASH
    if known and line.label_above is not None:
        _label(series.points[known[-1]], line)


def _label(point: Any, line: Line) -> None:
    """The value itself, not a text: it follows when a reader edits the chart."""
    label = point.data_label
    label.font.size, label.font.bold = Pt(LABEL_POINTS), True
    label.font.color.rgb = RGBColor.from_string(line.color)
    label.position = XL_LABEL_POSITION.ABOVE if line.label_above else XL_LABEL_POSITION.BELOW
    element = label._dLbl
    number = parse_xml(f'<c:numFmt {nsdecls("c")} formatCode="{_NUMBER}" sourceLinked="0"/>')
    element.find(qn("c:spPr")).addprevious(number)
