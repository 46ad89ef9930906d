"""The printable sheet of a commune: one self-contained HTML page, A4 on both sides, for a council that opens no application."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import pandas as pd
import segno

from analytics.assessment import COMPOSITE_ID
from analytics.model import SECTORS, Provenance, Sector
from analytics.summary import legend_rows
from geo.boundaries import ATTRIBUTION, find_neighbours
from geo.svg_map import MapText, render_choropleth
from pages.print import history_svg
from pages.ui import findings
from pages.ui.certainty import write_rank, write_rank_interval
from pages.ui.commune_card import service_row
from pages.ui.commune_head import worst_label
from pages.ui.html import fill
from pages.ui.screen import Screen
from pages.ui.service_column import indicator_row

MAP_WIDTH = 380


@dataclass(frozen=True, slots=True)
class _Block:
    """What the sheet says of one service."""

    service: dict[str, object]
    headline: dict[str, object]
    chart: dict[str, object] | None


def build_sheet(screen: Screen, commune: str, base_url: str, today: date) -> str:
    """The page as HTML; nothing in it is fetched from anywhere.

    Args:
        screen: figures, month and language; ``screen.chosen`` says which month.
        base_url: address of the application, for the short address and its QR code.
    """
    t, figures, month = screen.t, screen.figures, screen.chosen.month
    results = figures.of_commune(commune, month)
    composite = results.loc[COMPOSITE_ID]
    arabic = t.language == "ar"
    identity = figures.communes.loc[commune]
    address = f"{base_url}commune?{urlencode({'lang': t.language, 'commune': commune, 'month': f'{month:%Y-%m}'})}"
    return fill(
        "sheet",
        t,
        name=screen.name(commune),
        other_name=identity["name_fr" if arabic else "name_ar"],
        other_direction="ltr" if arabic else "rtl",
        code=commune,
        group=screen.group_label(commune),
        in_programme=bool(identity["in_programme"]),
        finding=findings.state_commune(screen.name(commune), composite, worst_label(screen, composite, results), t),
        legend=figures.definitions.legend,
        composite=composite,
        severity=None if pd.isna(composite["severity_class"]) else int(composite["severity_class"]),
        rank=write_rank(screen, commune),
        rank_interval=write_rank_interval(screen, commune),
        population=t.number(figures.column("population", month)[commune]),
        displaced=screen.count("displaced_persons", commune),
        displaced_provenance=figures.provenance("displaced_persons", month, commune),
        month=t.month(month),
        blocks=[_block(screen, commune, sector, results) for sector in SECTORS],
        map=_neighbourhood(screen, commune),
        rows=[indicator_row(screen, i, results.loc[i.id]) for i in figures.definitions.indicators.values() if i.in_brief],
        attribution=ATTRIBUTION,
        has_demonstration=Provenance.DEMONSTRATION.value in set(results["provenance"]),
        sources=list_sources(screen, commune),
        version=figures.definitions.method_version,
        snapshot=figures.snapshot_id[:15],
        today=t.date(today),
        address=address,
        qr=_qr(address),
        width=history_svg.WIDTH,
        height=history_svg.HEIGHT,
    )


def list_sources(screen: Screen, commune: str) -> str:
    """The sources named by the observations of a commune in the chosen month and the census, each once."""
    trace = screen.figures.trace(commune, list(screen.variables))
    census = ~trace["variable"].map(lambda v: screen.variables[v].monthly)
    shown = trace[census | (trace["reference_date"] == screen.chosen.month)]
    simulated = Provenance.DEMONSTRATION.value
    named = [
        screen.t("data.demonstration") if row.provenance == simulated else row.source or row.file_name
        for row in shown.itertuples()
    ]
    return " ; ".join(dict.fromkeys(named))


def _block(screen: Screen, commune: str, sector: Sector, results: pd.DataFrame) -> _Block:
    definitions = screen.figures.definitions
    headline = definitions.indicators[definitions.headlines[sector]]
    return _Block(
        service_row(screen, results, sector.value),
        indicator_row(screen, headline, results.loc[headline.id]),
        _chart(screen, commune, headline.id),
    )


def _chart(screen: Screen, commune: str, indicator_id: str) -> dict[str, object] | None:
    """Lines of one indicator over all months; None when no month has a figure."""
    t, history = screen.t, screen.figures.history(commune, indicator_id)
    pressure, without = history["pressure"].to_numpy(), history["pressure_without_displaced"].to_numpy()
    if history["pressure"].isna().all():
        return None
    top = history_svg.highest(pressure)
    months = list(history["reference_date"])
    chosen = months.index(screen.chosen.month)
    return {
        "lines": history_svg.trace_lines(pressure, top),
        "lines_without": history_svg.trace_lines(without, top),
        "norm_at": round(history_svg.height_of(1.0, top), 1),
        "chosen": history_svg.trace_lines([v if i == chosen else float("nan") for i, v in enumerate(pressure)], top),
        "top": t.number(top, 1),
        "first": t.short_month(months[0]),
        "last": t.short_month(months[-1]),
    }


def _neighbourhood(screen: Screen, commune: str) -> str:
    """The commune among those that share an edge with it, names and class numbers inside."""
    t = screen.t
    codes = [commune, *find_neighbours()[commune]]
    results = screen.figures.of_month(COMPOSITE_ID, screen.chosen.month).loc[codes]
    text = MapText(
        title=t("sheet.map"),
        description=t("map.description", month=t.month(screen.chosen.month)),
        direction=t.direction,
        names={code: screen.name(code) for code in codes},
        details={row.commune_code: screen.describe(row) for row in results.itertuples()},
    )
    legend = screen.figures.definitions.legend
    return render_choropleth(legend_rows(results), legend, text, width=MAP_WIDTH, highlight=commune, focus=codes, names=True)


def _qr(address: str) -> str:
    return segno.make(address, error="m").svg_inline(scale=2, border=2, omitsize=True, unit=None)
