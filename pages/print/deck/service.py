"""The slide of one service: its months against the norm as a native chart, the figures of the month, how sure they are."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from analytics.faces import Face
from analytics.model import Indicator, Provenance, Sector
from analytics.pressure import LOWEST_CLASS
from analytics.provenance import least_firm
from data.i18n import NO_VALUE
from geo.palette import NORM
from pages.print.deck.charts import Line, add_bar_chart, add_line_chart
from pages.print.deck.page import ACCENT, CONTENT, INK, LEAD_POINTS, MARGIN, MUTED, WIDTH, Box, Deck, Look, Page
from pages.words.certainty import write_interval, write_probability
from pages.words.data_version import name_version
from pages.words.services import figure_lines, first_indicator, indicator_row
from pages.words.sources import cite, date_result
from pages.words.view import View

NORM_COLOR = NORM[1:].upper()
CHART = Box(MARGIN, 2.05, 7.6, 4.2)
FACTS = Box(MARGIN + 7.9, 2.15, CONTENT.width - 7.9, 3.9)
LEAD = Box(MARGIN, 1.5, WIDTH - 2 * MARGIN, 0.55)
# The axis never ends at the norm itself, and leaves room for a value above the highest point.
LOWEST_TOP, ROOM_ABOVE = 1.5, 1.15


def add_service(deck: Deck, view: View, commune: str, sector: Sector) -> None:
    """The slide of a service; where no month has a figure, a sentence stands in place of the chart."""
    t, results = view.t, view.figures.of_commune(commune, view.chosen.month)
    indicator = first_indicator(view.figures.definitions, sector, results)
    result = results.loc[indicator.id]
    page = deck.add_page()
    page.write_title(state_service(view, sector, indicator, result))
    page.add_text(LEAD, write_lead(view, sector, indicator, results.loc[sector.value]), Look(LEAD_POINTS, color=MUTED))
    _add_picture(page, view, commune, indicator, result)
    facts = [(label, figure) for label, figure in figure_lines(view, commune, indicator, result) if figure != NO_VALUE]
    if facts:
        heading = (t("deck.figure"), date_result(view, indicator.id))
        page.add_table(FACTS, [heading, *facts], (0.62, 0.38), view.result_label(indicator.id))
    # The slide says the class of the whole service beside the figure of one indicator: the less firm of the two is its kind.
    kind = least_firm(pd.Series([result["provenance"], results.at[sector.value, "provenance"]]))
    page.add_small_line(write_source(view, commune, kind, [indicator.id, sector.value]), warn(view, kind))
    page.add_notes(*_notes(view, commune, sector, indicator, result))


def state_service(view: View, sector: Sector, indicator: Indicator, result: pd.Series) -> str:
    """The finding on a service: its figure against the norm and the class; that nothing can be said where it is missing."""
    service = view.result_label(sector.value)
    if pd.isna(result["score"]):
        return view.t("deck.service_unknown", service=service, status=view.describe_absence(result))
    said = {"figure": view.figure_against_norm(indicator.id, result), "severity": view.describe_class(result)}
    if indicator.goalposts:
        # A share says nothing without what it is a share of; a multiple of the norm is read with the service alone.
        return view.t("deck.service_share", service=service, indicator=view.result_label(indicator.id), **said)
    return view.t("deck.service_finding", service=service, **said)


def write_lead(view: View, sector: Sector, indicator: Indicator, service: pd.Series) -> str:
    """Which indicator the slide speaks of, and the class of the service as a whole, which the slide before it gave; on one line."""
    lead = view.result_label(indicator.id)
    if pd.isna(service["severity_class"]):
        return f"{lead} · {view.result_label(sector.value)}{view.t('sign.colon')}{view.describe_absence(service)}"
    name, severity = view.result_label(sector.value), int(service["severity_class"])
    said = view.t("deck.service_lead", indicator=lead, service=name, severity=severity)
    if service["lifted_by"] == indicator.id:
        return f"{said} ({view.t('given.lifted_from', computed=_computed(service))})"
    return f"{said} ({view.describe_given(service) or view.describe_score(service)})"


def _computed(service: pd.Series) -> int:
    """The class that the load gives by itself; the first where it gives none."""
    return LOWEST_CLASS if pd.isna(service["class_by_score"]) else int(service["class_by_score"])


def write_source(view: View, commune: str, provenance: str, results: Sequence[str]) -> str:
    """Sources of what a slide shows with their dates, snapshot, kind of figures: its small line."""
    t, snapshot = view.t, name_version(view.t, view.figures.snapshot_id)
    sources = cite(view, results, [commune]) or t("chart.source_none")
    kind = t("chart.provenance", kind=t(f"provenance.{provenance}")) if provenance else ""
    return f"{t('chart.source', sources=sources, snapshot=snapshot)} {kind}".strip()


def warn(view: View, provenance: str) -> str:
    """What a slide that rests on demonstration figures says of them; empty otherwise."""
    return view.t("deck.demonstration") if provenance == Provenance.DEMONSTRATION.value else ""


def write_certainty(view: View, commune: str, result_id: str, result: pd.Series) -> str:
    """How sure a result is, for the notes: reliability, interval, probability of a high class, demonstration."""
    t = view.t
    grade = result["reliability"]
    parts = [
        t("deck.reliability", grade=t(f"reliability.{grade}")) if grade else "",
        write_interval(view, commune, result_id),
        write_probability(view, commune, result_id),
    ]
    said = t("sign.between").join(part for part in parts if part) or t("deck.not_sure")
    return t("deck.notes_sure", text=f"{said}. {warn(view, result['provenance'])}".strip())


def _add_picture(page: Page, view: View, commune: str, indicator: Indicator, result: pd.Series) -> None:
    """The months of an indicator; of a share that a census knows once, bars beside others and the norm, no flat line."""
    if indicator.face is not Face.ACCESS or pd.isna(result["value"]):
        _add_history(page, view, commune, indicator)
        return
    t, values = view.t, view.figures.of_month(indicator.id, view.chosen.month)["value"]
    group = view.figures.communes["group_code"]
    bars = [
        (view.name(commune), float(result["value"])),
        (
            t("deck.median_of", group=view.group_label(commune)),
            float(values[group[values.index] == group[commune]].median()),
        ),
        (t("deck.median_province"), float(values.median())),
        (t("deck.norm_at_most"), float(result["norm_value"])),
    ]
    label = view.result_label(indicator.id)
    add_bar_chart(page, CHART, label, bars, t("deck.bars_alt", indicator=label, name=view.name(commune)))


def _add_history(page: Page, view: View, commune: str, indicator: Indicator) -> None:
    t, history = view.t, view.figures.history(commune, indicator.id)
    months = list(history["reference_date"])
    pressure, without = history["pressure"].to_list(), history["pressure_without_displaced"].to_list()
    known = [value for value in (*pressure, *without) if not math.isnan(value)]
    if not known:
        page.add_text(CHART, t("deck.chart_unknown", indicator=view.result_label(indicator.id)))
        return
    lines = [
        Line(t("sheet.history_line"), pressure, INK, 3.5),
        Line(t("sheet.history_without"), without, ACCENT, dashed=True, label_above=False),
        Line(t("commune.norm"), [1.0] * len(months), NORM_COLOR, 2, label_above=None),
    ]
    description = t("deck.chart_alt", indicator=view.result_label(indicator.id), name=view.name(commune),
                    first=t.month(months[0]), last=t.month(months[-1]))  # fmt: skip
    add_line_chart(page, CHART, [t.short_month(m) for m in months], lines, axis_top(known), description)


def axis_top(known: list[float]) -> float:
    """End of the axis of pressures: half a norm at a time, with room for a written value."""
    return math.ceil(max(LOWEST_TOP, max(known) * ROOM_ABOVE) * 2) / 2


def _notes(view: View, commune: str, sector: Sector, indicator: Indicator, result: pd.Series) -> tuple[str, ...]:
    t, row = view.t, indicator_row(view, indicator, result)
    lines = figure_lines(view, commune, indicator, result)
    facts = t("sign.between").join(f"{label}{t('sign.colon')}{figure}" for label, figure in lines)
    source = write_source(view, commune, result["provenance"], [indicator.id])
    return (
        t("deck.notes_say", text=f"{state_service(view, sector, indicator, result)}. {row['label']}. {facts}."),
        t("deck.notes_from", text=f"{row['formula']} {row['norm_source']}. {source}"),
        write_certainty(view, commune, indicator.id, result),
    )
