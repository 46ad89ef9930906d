"""The card of a commune beside the map: class, three services, people above the norm, reliability, ways onward."""

from __future__ import annotations

from urllib.parse import urlencode

import pandas as pd

from analytics.model import SECTORS
from analytics.summary import class_of, displacement_share
from pages.ui.certainty import write_interval, write_probability, write_rank_interval
from pages.ui.clickable import render_clickable
from pages.ui.html import fill
from pages.ui.rank_list import commune_link
from pages.ui.screen import Screen


def render_card(screen: Screen, commune: str) -> None:
    """Draw the card; its profile link opens the commune's screen."""
    t, figures, chosen = screen.t, screen.figures, screen.chosen
    results = figures.of_commune(commune, chosen.month)
    result = results.loc[chosen.indicator]
    html = fill(
        "commune_card",
        t,
        name=screen.name(commune),
        code=commune,
        group=screen.group_label(commune),
        month=t.month(chosen.month),
        legend=figures.definitions.legend,
        severity=class_of(result),
        chosen_label=screen.result_label(chosen.indicator),
        chosen_text=screen.describe(result),
        services=[service_row(screen, results, s.value) for s in SECTORS],
        interval=write_interval(screen, commune, chosen.indicator),
        probability=write_probability(screen, commune, chosen.indicator),
        ranks=write_rank_interval(screen, commune),
        provenance=result["provenance"],
        reliability=result["reliability"],
        profile=commune_link(screen, commune),
        sheet=f"sheet/{commune}?" + urlencode({"lang": t.language, "month": f"{chosen.month:%Y-%m}", **chosen.province}),
    )
    screen.open_commune(render_clickable(html, key="commune-card"))


def service_row(screen: Screen, results: pd.DataFrame, sector: str) -> dict[str, object]:
    """A service as one bar: score split into structural and due to displacement, class, people above the norm."""
    t, result = screen.t, results.loc[sector]
    headline = screen.figures.definitions.indicators[screen.figures.definitions.headlines[sector]]  # type: ignore[index]
    displaced = displacement_share(result["score"], result["score_without_displaced"])
    known = pd.notna(displaced)
    severity = class_of(result)
    return {
        "label": screen.result_label(sector),
        "severity": severity,
        "color": screen.figures.definitions.legend.color(severity),
        "status": "" if severity else t(f"status.{result['status']}"),
        "structural": round(result["score"] - (displaced if known else 0), 1) if severity else 0,
        "displacement": round(displaced, 1) if known else 0,
        "people_label": t(f"commune.above_{headline.people}"),
        "people": t.number(result["gap_to_norm"], 0),
    }
