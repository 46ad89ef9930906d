"""The portrait of a commune as one self-contained page, for a browser, for paper, for a stick."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from analytics.portrait import Likeness
from geo.boundaries import centroids
from geo.dots import LOOKS
from geo.svg_map import MapText, render_choropleth
from pages.html import fill
from pages.words import douars as douar_words
from pages.words.portrait import Portrait, build_portrait
from pages.words.view import View

MAP_WIDTH, DOT = 380, 2.4
# A commune of 88 douars prints those with most people; the files hold all.
DOUARS_PRINTED = 30
FIGURE = "health_centre_km"
SHOWN = ("health_centre_km", "primary_school_km", "college_km", "paved_road_km", "other_dwelling_pct")


def build_page(view: View, commune: str, today: date, likeness: Likeness = Likeness.SIZE, chosen: Sequence[str] = ()) -> str:
    """The page as HTML, every word escaped, nothing fetched from anywhere."""
    portrait = build_portrait(view, commune, likeness, chosen)
    douars = douar_words.list_douars(view, [commune]).sort_values("population", ascending=False, kind="stable")
    return str(
        fill(
            "portrait",
            view.t,
            p=portrait,
            language=view.t.language,
            direction=view.t.direction,
            map=_draw(view, commune, portrait) if commune in centroids(view.figures.province.layer) else "",
            legend=douar_words.legend_of_dots(view, douars, FIGURE) if len(douars) else [],
            looks=LOOKS,
            totals=douar_words.write_totals(view, [commune]).sentences if len(douars) else (),
            douars=douar_words.list_rows(view, douars.head(DOUARS_PRINTED), SHOWN),
            more=max(len(douars) - DOUARS_PRINTED, 0),
            shown=SHOWN,
            source=douar_words.write_source(view),
            made=view.t("portrait.made", today=view.t.date(today)),
        )
    )


def _draw(view: View, commune: str, portrait: Portrait) -> str:
    t = view.t
    text = MapText(
        title=portrait.name,
        description=t("douar.map_description"),
        direction=t.direction,
        names={commune: portrait.name},
        details={commune: portrait.name},
    )
    return render_choropleth(
        view.figures.province.layer, {commune: "blank"}, view.figures.definitions.legend, text, width=MAP_WIDTH,
        focus=[commune], dots=douar_words.place_dots(view, douar_words.list_douars(view, [commune]), FIGURE, DOT),
        identifier="portrait",
    )  # fmt: skip
