"""Charts for the council: a commune's months against the norm, the communes to look at first, the map of classes."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from analytics.model import Legend, Provenance
from analytics.ranking import rank_communes
from analytics.summary import class_counts, displacement_share, legend_rows
from data.ingest import IMPORT, REFERENCE
from data.reference_files import read_source
from geo.boundaries import ATTRIBUTION, read_boundaries
from geo.hatches import NO_DATA, NOT_ASSESSED
from pages.print import canvas
from pages.print.canvas import ACCENT, INK, LINE, Words
from pages.print.sources import list_sources
from pages.ui import findings
from pages.ui.screen import Screen

RANKED = 10
FILES_NAMED = 3
_HATCHES = {"none": "", "dots": "..", "diagonal": "//", "cross": "xx", "dense": "////"}
_OLDEST_LABELS = 8


def draw_history(screen: Screen, commune: str, indicator_id: str, form: str) -> bytes:
    """Pressure of one indicator of a commune over all months, with and without displaced persons, against the norm."""
    t, history = screen.t, screen.figures.history(commune, indicator_id)
    now = screen.figures.of_month(indicator_id, screen.chosen.month).loc[commune]
    known = pd.notna(now["pressure"])
    title = t(
        "chart.history_title" if known else "chart.history_unknown",
        name=screen.name(commune),
        indicator=screen.result_label(indicator_id),
        **({"times": screen.figure_against_norm(indicator_id, now)} if known else {}),
    )
    words = Words(
        title, f"{t('sheet.history')} · {screen.group_label(commune)}", _source(screen, list_sources(screen, commune), now)
    )

    def plot(axes: Axes) -> None:
        positions = range(len(history))
        axes.plot(positions, history["pressure_without_displaced"], color=ACCENT, lw=3, ls=(0, (4, 2)))
        axes.plot(positions, history["pressure"], color=INK, lw=5)
        axes.axhline(1, color="#bd0026", lw=2.5)
        top = max(1.5, float(history["pressure"].max()) if history["pressure"].notna().any() else 1.5)
        axes.set_ylim(0, top * 1.12)
        axes.text(-0.4, 1 + top * 0.012, t("commune.norm"), color="#bd0026", ha="left", va="bottom", fontsize=16)
        for column, label, color in (
            ("pressure", t("sheet.history_line"), INK),
            ("pressure_without_displaced", t("sheet.history_without"), ACCENT),
        ):
            _label_end(axes, history[column], label, color, screen)
        _month_axis(axes, list(history["reference_date"]), screen)
        axes.yaxis.set_major_formatter(lambda value, _: t.number(value, 1))
        axes.grid(axis="y", color=LINE, lw=1)
        axes.set_xlim(-0.5, len(history) + 3.5)

    return canvas.draw(words, t, form, plot)


def draw_ranking(screen: Screen, form: str) -> bytes:
    """The communes under most pressure for the chosen result and month, score split into structural and displacement."""
    t, results = screen.t, screen.month_results()
    ranked = rank_communes(results, results["gap_to_norm"]).head(RANKED).iloc[::-1]
    words = Words(
        findings.state_overview(screen, results),
        _subtitle(screen),
        _source(screen, _province_sources(screen), _worst(results)),
    )

    def plot(axes: Axes) -> None:
        for position, row in enumerate(ranked.itertuples()):
            share = displacement_share(row.score, row.score_without_displaced)
            displaced = 0.0 if pd.isna(share) else share
            axes.barh(position, row.score - displaced, color="#7b8794", height=0.62)
            axes.barh(
                position, displaced, left=row.score - displaced, color="white", edgecolor=ACCENT, hatch="////", height=0.62
            )
            axes.text(row.score + 1, position, f"{t.number(row.score, 0)}", va="center", ha="left", fontweight="bold")
        axes.set_yticks(
            range(len(ranked)), [f"{screen.name(r.commune_code)}  [{r.severity_class}]" for r in ranked.itertuples()]
        )
        axes.tick_params(axis="y", labelcolor=INK, labelsize=18)
        axes.set_xlim(0, 108)
        axes.legend(
            handles=[
                Patch(facecolor="#7b8794", label=t("rank.structural")),
                Patch(facecolor="white", edgecolor=ACCENT, hatch="////", label=t("rank.displacement")),
            ],
            loc="lower right",
            frameon=False,
        )
        axes.set_xlabel(t("rank.scale"))
        canvas.clear_frame(axes)
        axes.set_position((0.2, 0.15, 0.76, 0.68))

    return canvas.draw(words, t, form, plot)


def draw_map(screen: Screen, form: str) -> bytes:
    """The classes of the chosen territory and month, with hatches and class numbers, and the legend with its counts."""
    t, results = screen.t, screen.month_results()
    words = Words(
        findings.state_overview(screen, results),
        _subtitle(screen),
        f"{_source(screen, _province_sources(screen), _worst(results))} {ATTRIBUTION}.",
    )
    legend = screen.figures.definitions.legend
    rows = legend_rows(results)
    boundaries = read_boundaries()
    shown = boundaries[boundaries["commune_code"].isin(list(rows))]

    def plot(axes: Axes) -> None:
        for row, color, hatch, _ in _legend_entries(legend, screen, class_counts(results)):
            members = shown[shown["commune_code"].map(rows) == row]
            if len(members):
                members.plot(ax=axes, facecolor=color, edgecolor="#4a5560", linewidth=0.8, hatch=hatch)
        for place in shown.itertuples():
            if isinstance(rows[place.commune_code], int):
                point = place.geometry.representative_point()
                dark = rows[place.commune_code] == len(legend.classes)
                axes.text(
                    point.x, point.y, str(rows[place.commune_code]), ha="center", va="center", fontsize=12, fontweight="bold",
                    color="white" if dark else INK,
                )  # fmt: skip
        axes.set_axis_off()
        handles = [
            Patch(facecolor=color, edgecolor="#4a5560", hatch=hatch, label=label)
            for _, color, hatch, label in _legend_entries(legend, screen, class_counts(results))
        ]
        axes.figure.legend(handles=handles, loc="center right", bbox_to_anchor=(0.985, 0.47), frameon=False, fontsize=16)
        axes.set_position((0.01, 0.06, 0.70, 0.80))

    return canvas.draw(words, t, form, plot)


def _legend_entries(legend: Legend, screen: Screen, counts: dict[str, int]) -> list[tuple[int | str, str, str, str]]:
    """Row, colour, hatch and label of each line of the legend."""
    t = screen.t
    classes = [
        (c.id, c.color, _HATCHES[c.hatch], f"{c.id} · {t.label(c.labels)} ({counts[str(c.id)]})") for c in legend.classes
    ]
    return [
        *classes,
        (NO_DATA, legend.no_data_color, "..", f"{t('map.no_data')} ({counts[NO_DATA]})"),
        (NOT_ASSESSED, legend.not_assessed_color, "\\", f"{t('map.not_assessed')} ({counts[NOT_ASSESSED]})"),
    ]


def _label_end(axes: Axes, values: pd.Series, label: str, color: str, screen: Screen) -> None:
    """Write the last known value and its name beside the end of a line."""
    known = values.reset_index(drop=True).dropna()
    if len(known):
        text = f"{screen.t.number(float(known.iloc[-1]), 2)}\n{label}"
        axes.text(
            known.index[-1] + 0.4, known.iloc[-1], text, color=color, va="center", ha="left", fontsize=16, fontweight="bold"
        )


def _month_axis(axes: Axes, months: list[pd.Timestamp], screen: Screen) -> None:
    every = max(1, len(months) // _OLDEST_LABELS)
    axes.set_xticks(range(0, len(months), every), [screen.t.short_month(m) for m in months[::every]])
    canvas.clear_frame(axes)


def _subtitle(screen: Screen) -> str:
    t = screen.t
    return f"{screen.result_label(screen.chosen.indicator)} · {t.month(screen.chosen.month)}"


def _worst(results: pd.DataFrame) -> pd.Series:
    """A row that stands for the least firm provenance of the results."""
    simulated = results[results["provenance"] == Provenance.DEMONSTRATION.value]
    return (simulated if len(simulated) else results).iloc[0]


def _province_sources(screen: Screen) -> str:
    """Whom the figures of all communes come from: producers of the reference tables, demonstration, the newest files sent."""
    uploads = screen.figures.uploads()
    reference = [
        read_source(n.removesuffix(".csv"))["attribution"] for n in uploads[uploads["kind"] == REFERENCE]["file_name"]
    ]
    sent = list(uploads[uploads["kind"] == IMPORT]["file_name"].head(FILES_NAMED))
    simulated = [screen.t("data.demonstration")] if screen.figures.has_demonstration else []
    return " ; ".join(dict.fromkeys([*sorted(reference), *simulated, *sent]))


def _source(screen: Screen, sources: str, result: pd.Series) -> str:
    """Source, date, snapshot, and the kind of figures in the picture."""
    t = screen.t
    kind = t("chart.provenance", kind=t(f"provenance.{result['provenance']}")) if result["provenance"] else ""
    snapshot = screen.figures.snapshot_id[:15]
    return " ".join((t("chart.source", sources=sources, month=t.month(screen.chosen.month), snapshot=snapshot), kind))
