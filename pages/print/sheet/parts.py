"""The parts of a commune's sheet, each in the reader's words: class, facts, services, table, note, map."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from urllib.parse import urlencode

import pandas as pd

from analytics.assessment import COMPOSITE_ID
from analytics.assumptions import DEFAULTS
from analytics.model import Sector
from analytics.summary import legend_rows
from data.i18n import NO_VALUE
from geo.hatches import NO_DATA, NOT_ASSESSED, RANGE, draw_swatch, pattern_of
from geo.svg_map import MapText, render_choropleth
from pages.address.assumptions import write_assumptions
from pages.print.history_svg import HistoryText, draw_history_line, highest
from pages.print.marks import mark
from pages.words import class_words, titles
from pages.words.certainty import write_place, write_rank
from pages.words.faces import name_heaviest
from pages.words.services import indicator_row, service_row
from pages.words.view import View

MAP_WIDTH = 380


@dataclass(frozen=True, slots=True)
class SheetClass:
    """A class as it is shown: number (empty for what has no class of its own), colour, hatched swatch, name."""

    id: int | str
    color: str
    swatch: str
    label: str


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure in a box: its name, the figure, what stands under it, the mark of its kind."""

    label: str
    value: str
    note: str
    mark: str


@dataclass(frozen=True, slots=True)
class ServicePart:
    """What the sheet says of one service: bar, headline, people above the norm, line of months ("" without any figure)."""

    bar: dict[str, object]
    headline: dict[str, object]
    headline_said: bool
    norm: str
    mark: str
    reliability: str
    chart: str
    chart_description: str


@dataclass(frozen=True, slots=True)
class NotePart:
    """The commune's own note: its text with its direction, and who wrote it when."""

    text: str
    direction: str
    signature: str


def write_address(view: View, commune: str, base_url: str) -> str:
    """The address of the same view on screen; what is assumed unless asked otherwise is left out, so that the code stays small."""
    assumptions = view.figures.assumptions
    query = {"lang": view.t.language, "commune": commune, "month": f"{view.chosen.month:%Y-%m}", **view.chosen.province}
    return f"{base_url}commune?{urlencode(query | ({} if assumptions == DEFAULTS else write_assumptions(assumptions)))}"


def list_classes(view: View, commune: str) -> tuple[SheetClass, ...]:
    """The five classes of the index in order, what the map and the head of the sheet show; then what the map shows beside them: a
    class that is not settled, no figure, what is not assessed."""
    legend = view.figures.definitions.legend
    classes = class_words.list_classes(view.figures.definitions, COMPOSITE_ID, view.t)
    found = [SheetClass(c.id, c.color, draw_swatch(legend, c.id, f"swatch{c.id}"), c.label) for c in classes]
    shown = {pattern_of(row) for row in legend_rows(_around(view, commune)).values()}
    beside = {
        RANGE: ("range", legend.range_color),
        NO_DATA: ("no_data", legend.no_data_color),
        NOT_ASSESSED: ("not_assessed", legend.not_assessed_color),
    }
    for row, (word, color) in beside.items():
        if row in shown:
            found.append(SheetClass("", color, draw_swatch(legend, row, f"swatch-{row}"), view.t(f"map.{word}")))
    return tuple(found)


def _around(view: View, commune: str) -> pd.DataFrame:
    """The index of the commune and of those that share an edge with it."""
    return view.figures.of_month(COMPOSITE_ID, view.chosen.month).loc[[commune, *view.figures.neighbours(commune)]]


def write_remarks(view: View, composite: pd.Series) -> tuple[str, ...]:
    """Beside the class: score, a class raised by the rule of alert, reliability, kind of figures."""
    t = view.t
    if pd.isna(composite["score"]):
        return ()
    raised = titles.write_lifted(view, composite)
    grade = composite["reliability"]
    return (
        t("sheet.score", score=class_words.write_score(composite["score"], view.figures.definitions.legend, t)),
        *((raised,) if raised else ()),
        *((t("sheet.graded", grade=t(f"reliability.{grade}")),) if grade else ()),
    )


def list_facts(view: View, commune: str, composite: pd.Series) -> tuple[KeyFigure, ...]:
    """The four figures that situate a commune."""
    t, figures, month = view.t, view.figures, view.chosen.month
    low, high = t.number(composite["score_low"], 0), t.number(composite["score_high"], 0)
    bounds = t("commune.bounds", low=low, high=high) if low != high else ""
    people = t.number(figures.column("population", month)[commune])
    displaced = view.count("displaced_persons", commune)
    kind = figures.provenance("displaced_persons", month, commune)
    ranks = write_place(view, commune) or t("commune.rank_note")
    return (
        KeyFigure(t("overview.population"), people, t("overview.population_note"), ""),
        KeyFigure(t("overview.displaced"), displaced, t.month(month), mark(kind, t)),
        KeyFigure(t("commune.rank"), write_rank(view, commune) or NO_VALUE, ranks, ""),
        KeyFigure(
            t("commune.index"),
            class_words.write_score(composite["score"], view.figures.definitions.legend, t),
            bounds,
            mark(composite["provenance"], t),
        ),
    )


def describe_service(view: View, commune: str, sector: Sector, results: pd.DataFrame) -> ServicePart:
    """One service of a commune: where it stands, and its line of months."""
    t, definitions = view.t, view.figures.definitions
    headline = definitions.headlines[sector]
    row = indicator_row(view, definitions.indicators[headline], results.loc[headline])
    return ServicePart(
        bar=service_row(view, results, sector.value),
        headline=row,
        # A line of a face says the figure already.
        headline_said=headline in name_heaviest(view, results, sector),
        norm=t("sign.comma").join((t("commune.norm_short", norm=row["norm"]), str(row["norm_status"]))),
        mark=mark(row["provenance"], t),
        reliability=str(results.at[sector.value, "reliability"] or ""),
        chart=_chart(view, commune, headline),
        chart_description=_describe_chart(view, commune, headline, results.loc[headline]),
    )


def _describe_chart(view: View, commune: str, indicator_id: str, result: pd.Series) -> str:
    parts = {"name": view.name(commune), "indicator": view.result_label(indicator_id)}
    if pd.isna(result["pressure"]):
        return view.t("chart.history_unknown", **parts)
    return view.t("chart.history_title", **parts, times=view.times_the_norm(result))


def _chart(view: View, commune: str, indicator_id: str) -> str:
    """Lines of one indicator over all months; empty when no month has a figure."""
    t, history = view.t, view.figures.history(commune, indicator_id)
    pressure, months = history["pressure"].to_numpy(), list(history["reference_date"])
    if history["pressure"].isna().all():
        return ""
    text = HistoryText(
        description=view.result_label(indicator_id),
        top=t.number(highest(pressure), 1),
        first=t.short_month(months[0]),
        last=t.short_month(months[-1]),
    )
    without = history["pressure_without_displaced"].to_numpy()
    return draw_history_line(pressure, without, months.index(view.chosen.month), text)


def describe_indicator(view: View, indicator_id: str, results: pd.DataFrame) -> dict[str, object]:
    """A row of the table of figures, with the mark of its kind."""
    row = indicator_row(view, view.figures.definitions.indicators[indicator_id], results.loc[indicator_id])
    return {**row, "mark": mark(row["provenance"], view.t)}


def find_note(view: View, commune: str) -> NotePart | None:
    """The note in force of a commune, signed by role and date; None when there is none."""
    t, note = view.t, view.figures.records.notes.get(commune)
    if note is None:
        return None
    return NotePart(
        note.text,
        direction_of(note.text, t.direction),
        t("note.signature", role=t(f"note_role.{note.author_role}"), day=t.date(note.written_at)),
    )


def draw_neighbourhood(
    view: View, commune: str, results: pd.DataFrame | None = None, title: str = "", identifier: str = "map"
) -> str:
    """The commune among those that share an edge with it, names and class numbers inside.

    Args:
        results: of every commune, by code; the composite of the chosen month when None.
        title: what the map shows, for readers who do not see it.
        identifier: another one for each map of a page.
    """
    t = view.t
    codes = [commune, *view.figures.neighbours(commune)]
    shown = (view.figures.of_month(COMPOSITE_ID, view.chosen.month) if results is None else results).loc[codes]
    text = MapText(
        title=title or t("sheet.map"),
        description=t("map.description", month=t.month(shown["reference_date"].iloc[0])),
        direction=t.direction,
        names={code: view.name(code) for code in codes},
        details={row.commune_code: view.describe(row) for row in shown.itertuples()},
    )
    return render_choropleth(
        view.figures.province.layer, legend_rows(shown), view.figures.definitions.legend, text,
        width=MAP_WIDTH, highlight=commune, focus=codes, names=True,
        identifier=identifier,
    )  # fmt: skip


def direction_of(text: str, default: str) -> str:
    """The direction of a text by its first letter: a note is written in one language and printed in three."""
    strong = next((kind for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL")), "")
    return ("ltr" if strong == "L" else "rtl") if strong else default
