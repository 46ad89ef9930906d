"""The card of a commune beside the map: class, services, people above the norm, reliability, ways onward."""

from __future__ import annotations

from urllib.parse import urlencode

from analytics.assessment import COMPOSITE_ID
from pages.address.assumptions import write_assumptions
from pages.html import fill
from pages.widgets.clickable import render_clickable
from pages.widgets.screen import Screen
from pages.words.certainty import write_interval, write_place, write_probability
from pages.words.links import commune_link
from pages.words.services import service_row
from pages.words.sources import cite


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
        badge=screen.badge(result),
        chosen_label=screen.result_label(chosen.indicator),
        chosen_text=screen.describe(result),
        services=[service_row(screen, results, s.value) for s in screen.figures.services],
        interval=write_interval(screen, commune, chosen.indicator),
        probability=write_probability(screen, commune, chosen.indicator),
        ranks=write_place(screen, commune),
        provenance=result["provenance"],
        source=cite(screen, [chosen.indicator, COMPOSITE_ID], [commune]),
        reliability=result["reliability"],
        profile=commune_link(screen, commune),
        sheet=f"sheet/{commune}?{urlencode(_sheet_address(screen))}",
    )
    screen.open_commune(render_clickable(html, key="commune-card"))


def _sheet_address(screen: Screen) -> dict[str, str]:
    chosen = screen.chosen
    month = f"{chosen.month:%Y-%m}"
    return {"lang": chosen.lang, "month": month, **write_assumptions(chosen.assumptions), **chosen.province}
