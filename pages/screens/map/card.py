"""The card of a commune beside the map: class, services, people above the norm, reliability, ways onward."""

from __future__ import annotations

from urllib.parse import urlencode

import pandas as pd

from analytics.assessment import COMPOSITE_ID
from pages.address.assumptions import write_assumptions
from pages.address.selection import write_own
from pages.html import fill
from pages.widgets.clickable import render_clickable
from pages.widgets.screen import Screen
from pages.words.certainty import write_place
from pages.words.commune_on_map import write_figure, write_kind, write_sure
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
        lines=_lines(screen, commune, result),
        services=[service_row(screen, results, s.value) for s in screen.figures.services],
        ranks=write_place(screen, commune),
        provenance=result["provenance"],
        source=cite(screen, [chosen.indicator, COMPOSITE_ID], [commune]),
        reliability=result["reliability"],
        profile=commune_link(screen, commune),
        sheet=f"sheet/{commune}?{urlencode(_sheet_address(screen))}",
        ways=_ways(screen, commune),
    )
    screen.open_commune(render_clickable(html, key=f"commune-card-{commune}"))


def _lines(screen: Screen, commune: str, result: pd.Series) -> list[tuple[str, str]]:
    """The chosen result as label and words: the figure with its unit, how sure it is, its kind and date."""
    row = next(result.to_frame().T.itertuples())
    lines = [
        ("map.value", write_figure(screen, row) or screen.describe_class(row)),
        ("map.sure", write_sure(screen, commune, screen.chosen.indicator)),
        ("map.kind", write_kind(screen, row)),
    ]
    return [(screen.t(label), words) for label, words in lines if words]


def _ways(screen: Screen, commune: str) -> list[dict[str, str]]:
    """Ways to what else is known of this place, of those that the reader's role has."""
    asked = {**screen.chosen.address(), "commune": commune}
    asked.pop("card", None)
    # Who helps is listed by territory: that of the one commune.
    here = {"territory": write_own(screen.figures, [commune], screen.name(commune))}
    ways = {
        "places": ("map.see_douars", {"part": "douars"}),
        "support": ("map.see_support", here),
        "scenarios": ("map.see_scenario", {}),
    }
    return [
        {"href": f"{name}?{urlencode(asked | further)}", "label": screen.t(label)}
        for name, (label, further) in ways.items()
        if screen.figures.viewer.opens(name)
    ]


def _sheet_address(screen: Screen) -> dict[str, str]:
    chosen = screen.chosen
    month = f"{chosen.month:%Y-%m}"
    return {"lang": chosen.lang, "month": month, **write_assumptions(chosen.assumptions), **chosen.province}
