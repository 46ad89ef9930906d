"""Charts of one commune that leave the screen: an indicator against the norm month by month, displaced people and what may stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from geo.palette import ACCENT, GREY, INK, MUTED, NORM
from pages.print.charts import canvas
from pages.print.charts.canvas import Words
from pages.print.charts.lines import End, draw_axes, number_months, write_ends, write_point
from pages.print.charts.words import write_source
from pages.words.displacement import read_decay
from pages.words.sources import cite, cite_variables
from pages.words.view import View

LEAST_TOP = 1.5
_DASHES = ((0, (1.5, 1.5)), "-", (0, (5, 2)))


@dataclass(frozen=True, eq=False)
class _Line:
    """Values by month, and how their line looks."""

    values: pd.Series
    label: str
    color: str
    width: float
    style: Any


def draw_history(view: View, commune: str, indicator_id: str, form: str) -> bytes:
    """Pressure of one indicator of a commune over all months, with and without displaced persons, beside the median of its group
    and of the province, against the norm."""
    t = view.t
    now = view.figures.of_month(indicator_id, view.chosen.month).loc[commune]
    known = pd.notna(now["pressure"])
    # The line is that of all school cycles together: so is the figure over it.
    said = view.times_the_norm if now["worst_term"] else lambda row: view.figure_against_norm(indicator_id, row)
    title = t(
        "chart.history_title" if known else "chart.history_unknown",
        name=view.name(commune),
        indicator=view.result_label(indicator_id),
        **({"times": said(now)} if known else {}),
    )
    subtitle = f"{t('sheet.history')} · {view.group_label(commune)} · {t.month(view.chosen.month)}"
    words = Words(title, subtitle, write_source(view, cite(view, [indicator_id], [commune]), now["provenance"]))
    lines = _history_lines(view, commune, indicator_id)
    return canvas.draw(words, t, form, lambda axes: _plot_history(axes, view, lines))


def _history_lines(view: View, commune: str, indicator_id: str) -> list[_Line]:
    t, figures = view.t, view.figures
    history = figures.history(commune, indicator_id).set_index("reference_date")
    medians = figures.medians(indicator_id, "pressure")
    group = figures.communes.at[commune, "group_code"]
    return [
        _Line(medians["all"], t("commune.province_median"), GREY, 2.5, (0, (1.5, 1.5))),
        _Line(medians[group], view.group_label(commune), GREY, 2.5, "-"),
        _Line(history["pressure_without_displaced"], t("sheet.history_without"), ACCENT, 3.5, (0, (4, 2))),
        _Line(history["pressure"], t("sheet.history_line"), INK, 5, "-"),
    ]


def _plot_history(axes: Axes, view: View, lines: Sequence[_Line]) -> None:
    t = view.t
    for line in lines:
        axes.plot(number_months(list(line.values.index)), line.values, color=line.color, lw=line.width, ls=line.style)
    axes.axhline(1, color=NORM, lw=2.5)
    draw_axes(axes, t, list(lines[-1].values.index), decimals=1)
    known = [line for line in lines if line.values.notna().any()]
    axes.set_ylim(0, max([LEAST_TOP, *(float(line.values.max()) for line in known)]) * 1.12)
    axes.annotate(
        t("commune.norm"), (axes.get_xlim()[0], 1), xytext=(4, 4), textcoords="offset points", color=NORM, ha="left",
        va="bottom", fontsize=16,
    )  # fmt: skip
    write_ends(axes, [_end(view, line.values, MUTED if line.color == GREY else line.color, 2) for line in known])
    handles = [Line2D([], [], color=line.color, lw=line.width, ls=line.style, label=line.label) for line in reversed(lines)]
    canvas.write_legend(axes, t, handles)


def draw_displaced(view: View, commune: str, form: str) -> bytes:
    """Displaced people hosted month by month, then what each curve of return would leave."""
    t, month = view.t, view.chosen.month
    stock, decays = view.figures.over_time("displaced_persons", commune), read_decay(view, commune)
    provenance = view.figures.provenance("displaced_persons", month, commune)
    known = pd.notna(stock[month]) or bool(view.figures.withheld("displaced_persons", month)[commune])
    title = t(
        "chart.displaced_title" if known else "chart.displaced_unknown",
        name=view.name(commune),
        people=view.count("displaced_persons", commune),
        month=t.month(month),
    )
    words = Words(
        title, t("flows.chart_lead"), write_source(view, cite_variables(view, ["displaced_persons"], [commune]), provenance)
    )

    def plot(axes: Axes) -> None:
        axes.plot(number_months(list(stock.index)), stock, color=INK, lw=5)
        ends = []
        handles = [Line2D([], [], color=INK, lw=5, label=t("flows.displaced_persons"))]
        for (label, left), style in zip(decays.items(), _DASHES, strict=True):
            axes.plot(number_months(list(left.index)), left, color=ACCENT, lw=3, ls=style)
            handles.append(Line2D([], [], color=ACCENT, lw=3, ls=style, label=label))
            if left.notna().any():
                ends.append(_end(view, left, ACCENT, 0))
        months = sorted({*stock.index, *(m for left in decays.values() for m in left.index)})
        draw_axes(axes, t, months, decimals=0, room=0.1)
        axes.set_ylim(0, max(1.0, float(stock.max()) if stock.notna().any() else 1.0) * 1.12)
        axes.axvline(number_months([month])[0], color=GREY, lw=2, ls=":")
        write_ends(axes, ends)
        if stock[:month].notna().any():
            write_point(axes, _end(view, stock[:month], INK, 0))
        canvas.write_legend(axes, t, handles)

    return canvas.draw(words, t, form, plot, known=bool(stock.notna().any()))


def _end(view: View, values: pd.Series, color: str, decimals: int) -> End:
    """The last known value of a line."""
    known = values.dropna()
    return End(
        number_months([known.index[-1]])[0], float(known.iloc[-1]), view.t.number(float(known.iloc[-1]), decimals), color
    )
