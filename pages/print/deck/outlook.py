"""The slide of what may happen: the trend scenario for the service that it leaves under most pressure."""

from __future__ import annotations

import math

import pandas as pd

from analytics.bounds import CENTRAL, HIGH, LOW, scale_end
from analytics.model import Sector
from geo.palette import RANGE_LINE
from pages.print.deck.charts import Line, add_line_chart
from pages.print.deck.page import ACCENT, CONTENT, INK, LEAD_POINTS, MUTED, Deck, Look, Page
from pages.print.deck.service import CHART, FACTS, LEAD, NORM_COLOR, axis_top, warn, write_certainty, write_source
from pages.words.outlooks import Outlook, read_outlook, service_rows, state_outlook, write_break
from pages.words.view import View

RANGE_COLOR = RANGE_LINE[1:].upper()
MONTHS_BEFORE = 12


def add_outlook(deck: Deck, view: View, commune: str) -> None:
    """The months ahead with their range, a table of the services, when the commune breaks."""
    t, outlook = view.t, read_outlook(view, commune)
    worst, months = outlook.worst, outlook.projection.months
    page = deck.add_page()
    if worst is None:
        page.write_title(t("deck.outlook_unknown"))
        page.add_text(CONTENT, t("scenario.no_figures"))
        page.add_small_line(write_source(view, commune, "", []))
        page.add_notes(t("deck.notes_say", text=t("scenario.no_figures")), t("deck.notes_from", text=t("deck.outlook_from")))
        return
    headline = view.figures.definitions.headlines[worst]
    result = outlook.projection.of_month(headline, months[-1]).loc[commune]
    finding = state_outlook(view, outlook, worst)
    breaks = write_break(view, outlook.projection, commune)
    page.write_title(finding)
    page.add_text(LEAD, f"{view.result_label(headline)} · {breaks}", Look(LEAD_POINTS, color=MUTED))
    _add_months(page, view, commune, outlook, worst)
    page.add_table(FACTS, service_rows(view, outlook), (0.44, 0.2, 0.36), t("deck.outlook_table_alt"))
    shown = list(view.figures.definitions.headlines.values())
    page.add_small_line(
        write_source(view, commune, result["provenance"], shown),
        warn(view, result["provenance"]),
    )
    page.add_notes(
        t("deck.notes_say", text=f"{finding}. {breaks}"),
        t("deck.notes_from", text=t("deck.outlook_from")),
        t("deck.notes_sure", text=t("scenario.range_rule")),
        write_certainty(view, commune, headline, result),
    )


def _add_months(page: Page, view: View, commune: str, outlook: Outlook, sector: Sector) -> None:
    """Observed months, then the range and its middle; each line ahead starts from the last observed figure."""
    t, ahead = view.t, outlook.pressure[sector]
    history = view.figures.history(commune, view.figures.definitions.headlines[sector]).tail(MONTHS_BEFORE)
    past, months = history["pressure"].to_list(), [*history["reference_date"], *outlook.projection.months]
    unknown = [math.nan] * (len(past) - 1)

    def from_now(bound: str) -> list[float]:
        return [*unknown, past[-1], *map(float, ahead[bound])]

    top = axis_top([scale_end([*past, *ahead[CENTRAL]], ahead[HIGH])])
    lines = [
        Line(t("scenario.observed"), [*past, *[math.nan] * len(outlook.projection.months)], INK, 3.5, label_above=None),
        Line(t("deck.outlook_central"), from_now(CENTRAL), ACCENT, 3.5),
        Line(t("deck.outlook_low"), from_now(LOW), RANGE_COLOR, 1.5, dashed=True, label_above=None),
        Line(t("deck.outlook_high"), from_now(HIGH), RANGE_COLOR, 1.5, dashed=True, label_above=None),
        Line(t("commune.norm"), [1.0] * len(months), NORM_COLOR, 2, label_above=None),
    ]
    description = t("deck.outlook_alt", service=view.result_label(sector.value), name=view.name(commune))
    add_line_chart(page, CHART, [t.short_month(pd.Timestamp(m)) for m in months], lines, top, description)
