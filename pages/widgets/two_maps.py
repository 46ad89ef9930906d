"""Two maps of one result side by side, under one legend with both counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup

from analytics.summary import class_counts, legend_rows
from geo.svg_map import MapText, render_choropleth
from pages.html import fill
from pages.widgets.screen import Screen
from pages.words.class_words import list_classes
from pages.words.links import commune_links


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two maps: its results, its name, the month that it shows, the id of its picture."""

    results: pd.DataFrame
    name: str
    month: str
    id: str


def fill_two_maps(screen: Screen, sides: Sequence[Side], provenance: str) -> Markup:
    """Both maps and the legend as HTML."""
    return fill(
        "scenario_maps",
        screen.t,
        maps=[_map(screen, side) for side in sides],
        rows=list_legend(screen, [class_counts(side.results) for side in sides]),
        attribution=screen.figures.attribution,
        provenance=provenance,
    )


def _map(screen: Screen, side: Side) -> dict[str, object]:
    t, codes = screen.t, list(side.results["commune_code"])
    text = MapText(
        title=t("sign.comma").join((side.name, side.month)),
        description=f"{t('map.description', month=side.month)}. {t('map.keys')}",
        direction=t.direction,
        names={code: screen.name(code) for code in codes},
        details={row.commune_code: screen.describe(row) for row in side.results.itertuples()},
        links=commune_links(screen, codes),
    )
    focus = codes if len(codes) < len(screen.figures.territory) else None
    legend = screen.figures.definitions.legend
    svg = render_choropleth(
        screen.figures.province.layer, legend_rows(side.results), legend, text, focus=focus, identifier=side.id
    )
    return {"name": side.name, "month": side.month, "svg": Markup(svg), "id": side.id}


def list_legend(screen: Screen, counts: list[dict[str, int]]) -> list[dict[str, object]]:
    """Rows of one legend for several maps: sign, words, and how many communes each map has of it."""
    t, legend = screen.t, screen.figures.definitions.legend
    rows: list[dict[str, object]] = [
        {
            "number": c.id,
            "chip": f"c{c.id} of-{c.kind}",
            "color": c.color,
            "label": c.label,
            "counts": [n[str(c.id)] for n in counts],
        }
        for c in list_classes(screen.figures.definitions, screen.chosen.indicator, t)
    ]
    without = (
        ("range", "range", legend.range_color),
        ("no_data", "none", legend.no_data_color),
        ("not_assessed", "unassessed", ""),
    )
    for key, chip, color in without:
        if any(n[key] for n in counts):
            found = [n[key] for n in counts]
            rows.append({"number": "", "chip": chip, "color": color, "label": t(f"map.{key}"), "counts": found})
    return rows
