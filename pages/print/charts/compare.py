"""Charts of the Compare screen that leave it: ranks with their intervals, severity against people, short list, what moves the
order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.transforms import Bbox

from analytics.assessment import COMPOSITE_ID
from analytics.provenance import least_firm
from analytics.ranking import Quadrant, split_quadrant
from data.i18n import rounded
from geo.palette import GREY, INK, MUTED
from pages.print.charts import canvas
from pages.print.charts.bars import Bar, draw_bars
from pages.print.charts.canvas import AREA, Words
from pages.print.charts.words import write_source, write_subtitle
from pages.words import ranks
from pages.words.class_words import list_classes, sign_of
from pages.words.sources import cite, cite_variables, kind_of, variables_of
from pages.words.view import View

INTERVALS = 20
MOVES = 12
_MARKERS = "osD^P"
_UNSETTLED = "*"
# Room for the words of the upright axis, as a share of the picture's width.
_AXIS_WORDS = 0.035
# Width of a mark in dots, and where a name may stand beside its mark: how far in points, and how it is aligned.
_MARK = 20
_SIDES = (
    ((0, 11), "center", "bottom"), ((0, -11), "center", "top"), ((12, 0), "left", "center"), ((-12, 0), "right", "center"),
    ((0, 30), "center", "bottom"), ((0, -30), "center", "top"),
)  # fmt: skip


def draw_intervals(view: View, form: str) -> bytes:
    """The first communes by rank: the figure shown, its interval, expected and possible ranks of each one."""
    t, ranking = view.t, ranks.read_ranking(view)
    scale, decimals = ranks.scale_of(view, ranking), ranks.decimals_of(view)
    words = Words(
        ranks.state_finding(view, ranking),
        write_subtitle(view),
        write_source(view, *_rests_on(view, [view.chosen.indicator]), ranks.say_out_of_class(view, ranking.head(INTERVALS))),
    )
    bars = []
    for _, row in ranking.head(INTERVALS).iterrows():
        text = ranks.write_chart_ranks(view, t.number(row["estimate"], decimals), row)
        sign, _ = sign_of(row, view.figures.definitions.legend)
        name = f"{t.number(row['rank'])}. {row['name']}{'' if sign is None else f'  [{sign}]'}"
        if pd.isna(row["estimate"]):
            # Beyond every number that the scale holds.
            bars.append(Bar(name, scale, t("pressure.no_service"), scale, scale, is_filled=False))
            continue
        bars.append(Bar(name, row["estimate"], text, row["low"], row["high"], is_filled=False))

    def plot(axes: Axes) -> None:
        norm = None if ranks.is_score(view) else 1.0
        draw_bars(axes, t, bars, unit=ranks.unit_of(view), end=scale, norm=norm)
        handles = [
            Line2D([], [], color=INK, marker="o", markersize=11, linestyle="none", label=t("compare.key_estimate")),
            Line2D([], [], color=GREY, lw=9, label=t("compare.key_interval")),
            Line2D([], [], linestyle="none", label=ranks.write_ranks_key(view)),
        ]
        canvas.write_legend(axes, t, handles)

    return canvas.draw(words, t, form, plot, known=bool(bars))


def draw_quadrant(view: View, form: str) -> bytes:
    """Severity against people above the norm, one mark a class, the communes that stand out by name and figures."""
    t, quadrant = view.t, split_quadrant(ranks.read_ranking(view))
    words = Words(
        ranks.state_quadrant(view, quadrant),
        f"{write_subtitle(view)}. {t('chart.quadrant_lead')}",
        write_source(view, *_rests_on(view, [view.chosen.indicator])),
    )
    return canvas.draw(words, t, form, lambda axes: _plot_quadrant(axes, view, quadrant), known=not quadrant.known.empty)


def _plot_quadrant(axes: Axes, view: View, quadrant: Quadrant) -> None:
    t, known, decimals = view.t, quadrant.known, ranks.decimals_of(view)
    handles = []
    classes, legend = list_classes(view.figures.definitions, view.chosen.indicator, t), view.figures.definitions.legend
    marks = [
        (f"{c.id} · {c.label}", c.color, marker, known["severity_class"] == c.id)
        for c, marker in zip(classes, _MARKERS, strict=True)
    ]
    unsettled = known["severity_class"].isna()
    marks += [(t("map.range"), legend.range_color, _UNSETTLED, unsettled)] if unsettled.any() else []
    for label, color, marker, where in marks:
        members = known[where.fillna(False).astype(bool)]
        axes.scatter(
            members["estimate"],
            members["people_above_norm"],
            s=150,
            marker=marker,
            color=color,
            edgecolor=INK,
            zorder=3,
        )
        handles.append(
            Line2D(
                [], [], linestyle="none", marker=marker, markersize=13, markerfacecolor=color, markeredgecolor=INK,
                label=label,
            )
        )  # fmt: skip
    axes.set_position((AREA[0] + _AXIS_WORDS, AREA[1], AREA[2] - _AXIS_WORDS, AREA[3]))
    axes.set_yscale("log")
    axes.axvline(quadrant.median_severity, color=MUTED, ls=":", lw=2)
    axes.axhline(quadrant.median_people, color=MUTED, ls=":", lw=2)
    axes.margins(x=0.12, y=0.12)
    _name_communes(axes, view, known[known.index.isin(quadrant.leading)], decimals)
    axes.set_xlabel(view.result_label(view.chosen.indicator))
    axes.set_ylabel(t("compare.people"))
    axes.xaxis.set_major_formatter(lambda value, _: t.number(value, decimals))
    axes.yaxis.set_major_formatter(lambda value, _: t.number(value))
    axes.yaxis.set_minor_formatter(lambda value, _: "")
    canvas.clear_frame(axes)
    canvas.write_legend(axes, t, handles)


def _name_communes(axes: Axes, view: View, leading: pd.DataFrame, decimals: int) -> None:
    """Name and figures of some communes beside their marks, at the first side where nothing is written yet."""
    t, right = view.t, axes.figure.bbox.width
    marks = axes.transData.transform(leading[["estimate", "people_above_norm"]].to_numpy(dtype=float))
    taken = [Bbox.from_bounds(x - _MARK / 2, y - _MARK / 2, _MARK, _MARK) for x, y in marks]
    for row in leading.itertuples():
        text = f"{row.name} ({t.number(row.estimate, decimals)} · {t.number(row.people_above_norm, 0)})"
        for offset, across, along in _SIDES:
            name = axes.annotate(
                text, (row.estimate, row.people_above_norm), xytext=offset, textcoords="offset points", ha=across, va=along,
                fontsize=15, bbox={"boxstyle": "round,pad=0.05", "facecolor": "white", "edgecolor": "none", "alpha": 0.8},
            )  # fmt: skip
            box = name.get_window_extent()
            if box.x1 < right and not any(box.overlaps(other) for other in taken):
                taken.append(box)
                break
            name.remove()


def draw_short_list(view: View, listed: pd.DataFrame, weights: Mapping[str, float], form: str) -> bytes:
    """The communes of a list by criteria (``analytics.selection_criteria``): in how many draws of the weights each is on it."""
    t, chosen = view.t, listed[listed["selected"]]
    used = t("sign.comma").join(
        t("chart.weighted", criterion=t(f"compare.criterion_{name}"), weight=t.number(weight))
        for name, weight in weights.items()
        if weight
    )
    words = Words(
        t("chart.short_list_title", count=len(chosen), name=view.name(str(chosen.index[0]))) if len(chosen) else used,
        f"{t('compare.share')}. {t('chart.weights', weights=used)}",
        write_source(view, *_criteria_rest_on(view, weights)),
    )
    bars = [
        Bar(
            f"{t.number(int(row.position))}. {view.name(str(row.Index))}",
            row.share_selected,
            t.percent(row.share_selected),
            fill=GREY if row.selected else canvas.LINE,
        )
        for row in listed.itertuples()
    ]

    def plot(axes: Axes) -> None:
        draw_bars(axes, t, bars, end=1.0)
        axes.xaxis.set_major_formatter(lambda value, _: t.percent(value) if value <= 1 else "")
        handles = [
            Patch(facecolor=GREY, label=t("chart.selected")),
            Patch(facecolor=canvas.LINE, label=t("chart.not_selected")),
        ]
        canvas.write_legend(axes, t, handles)

    return canvas.draw(words, t, form, plot)


def draw_sensitivity(view: View, form: str) -> bytes:
    """By how many ranks each assumption moves the communes on average, the most moving first."""
    t = view.t
    moves = view.figures.sensitivity(view.chosen.month).head(MOVES)
    labels = [ranks.label_move(view, move) for _, move in moves.iterrows()]
    bars = [
        Bar(label, move["rank_shift"], t.number(move["rank_shift"], 1))
        for label, (_, move) in zip(labels, moves.iterrows(), strict=True)
    ]
    most = float(moves["rank_shift"].iloc[0])
    words = Words(
        t("chart.sensitivity_title", assumption=labels[0], count=rounded(most, 1)),
        f"{t('compare.rank_shift')} · {t.month(view.chosen.month)}",
        write_source(view, *_rests_on(view, [COMPOSITE_ID])),
    )
    return canvas.draw(words, t, form, lambda axes: draw_bars(axes, t, bars, unit=t("compare.rank_shift")))


def _rests_on(view: View, results: Sequence[str]) -> tuple[str, str]:
    """Sources and kind of some results."""
    return cite(view, results), kind_of(view, results)


# What each criterion of a short list reads: results, and variables that are no result.
CRITERIA_RESULTS = {
    "severity": COMPOSITE_ID, "people": COMPOSITE_ID, "health_distance": "HEA07", "school_distance": "EDU08", "booklet": "CIV10",
}  # fmt: skip
CRITERIA_VARIABLES = {"displaced": ("displaced_persons", "population"), "intensity": ("mmi_intensity",)}


def _criteria_rest_on(view: View, weights: Mapping[str, float]) -> tuple[str, str]:
    """Sources and kind of the criteria that weigh in a short list."""
    used = [name for name, weight in weights.items() if weight]
    results = list(dict.fromkeys(CRITERIA_RESULTS[n] for n in used if n in CRITERIA_RESULTS))
    variables = [v for n in used for v in CRITERIA_VARIABLES.get(n, ())]
    kinds = [kind_of(view, results), *(view.figures.provenance(v, view.chosen.month) for v in variables)]
    return cite_variables(view, variables_of(view.figures.definitions, results) | set(variables)), least_firm(kinds)
