"""Support on charts that leave the screen: how much of each need is covered, where what is open lies, when actions run."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, DateFormatter, date2num
from matplotlib.patches import Patch

from analytics.provenance import least_firm
from analytics.support import STATUSES, presence
from geo.palette import ACCENT, GREY, INK, LINE, MUTED, NORM
from pages.figures.support import read_actions
from pages.print.charts import canvas
from pages.print.charts.bars import HATCH, Bar, draw_bars
from pages.print.charts.canvas import SourceLine, Words
from pages.print.charts.maps import disc, draw_discs
from pages.print.charts.words import write_source
from pages.words import support as words
from pages.words import support_actions as actions_in_words
from pages.words.view import View

ROWS = 24
_FILLS = {"planned": LINE, "funded": GREY, "under_way": ACCENT, "done": INK, "stopped": NORM}


def draw_balance(view: View, need_id: str, form: str) -> bytes:
    """The share of each need that is covered, and that is only planned."""
    t, rows = view.t, words.list_balance(view)
    bars = [
        Bar(
            f"{row['label']} · {row['need']}",
            float(row["covered_share"]) + float(row["planned_share"]),  # type: ignore[arg-type]
            t("support.bar", covered=row["covered"], open=row["open"]),
            hatched=float(row["planned_share"]),  # type: ignore[arg-type]
            fill=ACCENT,
        )
        for row in rows
    ]

    def plot(axes: Axes) -> None:
        draw_bars(axes, t, bars, end=1.0)
        axes.xaxis.set_major_formatter(lambda value, _: t.percent(value) if value <= 1 else "")
        handles = [
            Patch(facecolor=ACCENT, label=t("support.covered")),
            Patch(facecolor="white", edgecolor=ACCENT, hatch=HATCH, label=t("support.planned")),
        ]
        canvas.write_legend(axes, t, handles)

    return canvas.draw(_words(view, need_id, t("support.by_need")), t, form, plot, known=bool(bars))


def draw_open_map(view: View, need_id: str, form: str) -> bytes:
    """What is open of a need in discs, on communes where somebody helps and where nobody does."""
    return _draw_map(view, need_id, form, words.OPEN)


def draw_presence_map(view: View, need_id: str, form: str) -> bytes:
    """How many organisations help in each commune, with anything."""
    return _draw_map(view, need_id, form, words.PRESENCE)


def _draw_map(view: View, need_id: str, form: str, shown: str) -> bytes:
    t, legend = view.t, view.figures.definitions.legend
    here = presence(read_actions(view.figures), view.codes)
    fills: dict[str, int | str] = {code: 1 if here[code] else "no_data" for code in view.codes}
    handles = [
        disc(t(f"support.map_disc_{shown}")),
        Patch(facecolor=legend.color(1), edgecolor=MUTED, label=t("support.map_somebody")),
        Patch(facecolor=legend.no_data_color, edgecolor=MUTED, hatch="..", label=t("support.map_nobody")),
    ]
    marks = {code: round(figure, 1) for code, figure in words.marks_of(view, need_id, shown).items()}
    return draw_discs(view, fills, marks, handles, _words(view, need_id, words.title_map(view, need_id, shown)), form)  # type: ignore[arg-type]


def draw_timeline(view: View, need_id: str, form: str) -> bytes:
    """When the actions run, one row an action, by status; those without both dates are left out."""
    t, listed = view.t, words.read_own_actions(view)
    dated = listed.dropna(subset=["start_date", "end_date"]).sort_values("start_date").head(ROWS)
    support = view.figures.records.support

    def plot(axes: Axes) -> None:
        for row, action in enumerate(dated.to_dict("records")):
            start, end = date2num(action["start_date"]), date2num(action["end_date"])
            axes.broken_barh([(start, max(end - start, 1))], (row - 0.3, 0.6), facecolors=_FILLS[action["action_status"]])
        names = [
            f"{support.name(str(row['organisation']), t.language)} · {actions_in_words.write_place(view, row)}"
            for row in dated.to_dict("records")
        ]
        axes.set_yticks(range(len(dated)), [name[:60] for name in names], fontsize=11)
        axes.set_ylim(len(dated) - 0.4, -0.6)
        axes.axvline(date2num(view.chosen.month), color=NORM, lw=1.5)
        locator = AutoDateLocator(maxticks=8)
        axes.xaxis.set_major_locator(locator)
        axes.xaxis.set_major_formatter(DateFormatter("%m/%Y"))
        axes.set_position((0.36, canvas.AREA[1], 0.6, canvas.AREA[3]))
        if t.direction == "rtl":
            axes.invert_xaxis()
            axes.yaxis.tick_right()
            axes.set_position((0.04, canvas.AREA[1], 0.6, canvas.AREA[3]))
        canvas.clear_frame(axes)
        handles = [Patch(facecolor=_FILLS[status], label=t(f"support.status_{status}")) for status in STATUSES]
        canvas.write_legend(axes, t, handles)

    return canvas.draw(_words(view, need_id, t("support.timeline")), t, form, plot, known=bool(len(dated)))


def _words(view: View, need_id: str, shown: str) -> Words:
    """The finding as title, what is shown, whose word it is."""
    rows = words.read_rows(view)
    kinds: list[str] = [*rows["provenance"], *rows["support_provenance"], *_kinds(read_actions(view.figures))]
    source: SourceLine = write_source(view, words.cite_support(view), least_firm(kinds), f"{view.figures.attribution}.")
    return Words(words.state_finding(view, need_id), f"{shown} · {view.t.month(view.chosen.month)}", source)


def _kinds(actions: pd.DataFrame) -> list[str]:
    return list(actions["provenance"].unique())
