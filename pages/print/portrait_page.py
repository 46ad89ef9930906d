"""The portrait of a commune as one self-contained page, for a browser, for paper, for a stick; and as a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date

from analytics.portrait import Likeness
from geo.boundaries import centroids
from geo.dots import LOOKS
from geo.svg_map import MapText, render_choropleth
from pages.html import fill
from pages.print.typeset import typeset
from pages.words import douars as douar_words
from pages.words.portrait import Portrait, build_portrait
from pages.words.view import View

MAP_WIDTH, DOT = 380, 2.4
# A commune of 88 douars prints those with most people; the files hold all.
DOUARS_PRINTED = 30
FIGURE = "health_centre_km"
_WORDS = (
    "heading", "lead", "apart_heading", "none_apart", "section_rebuilding", "figure", "column_province", "column_peers",
    "column_year", "aggregate",
)  # fmt: skip
SHOWN = ("health_centre_km", "primary_school_km", "college_km", "paved_road_km", "other_dwelling_pct")


@dataclass(frozen=True, slots=True)
class PortraitContent:
    """A portrait ready for paper: its words, its map as SVG and what the dots mean, its largest douars and what they add up to."""

    p: Portrait
    map: str
    legend: list[dict[str, str]]
    totals: tuple[str, ...]
    douars: list[dict[str, object]]
    more: int
    source: str
    made: str


def build_page(view: View, commune: str, today: date, likeness: Likeness = Likeness.SIZE, chosen: Sequence[str] = ()) -> str:
    """The page as HTML, every word escaped, nothing fetched from anywhere."""
    content = build_content(view, commune, today, likeness, chosen)
    values = {field.name: getattr(content, field.name) for field in fields(content)}
    return str(
        fill("portrait", view.t, language=view.t.language, direction=view.t.direction, looks=LOOKS, shown=SHOWN, **values)
    )


def build_pdf(
    view: View, commune: str, today: date, likeness: Likeness = Likeness.SIZE, chosen: Sequence[str] = ()
) -> bytes:
    """The same portrait as a tagged PDF, as many pages as its douars need."""
    t, content = view.t, build_content(view, commune, today, likeness, chosen)
    columns = [t(f"column.{name}") for name in ("population", "households", *SHOWN)]
    values = {
        **asdict(content),
        "legend": [{**row, "look": LOOKS[row["kind"]]} for row in content.legend],
        "more": t("portrait.more_douars", count=content.more) if content.more else "",
        "words": {
            **{name: t(f"portrait.{name}") for name in _WORDS},
            "colon": t("sign.colon"),
            "support": t("support.here"),
            "douars": t("douar.list"),
            "place_name": t("column.place_name"),
        },
        "columns": columns if content.douars else [],
        "place": t("territory.province"),
        "map_description": t("douar.map_description"),
        "map_caption": f"{t('column.health_centre_km')}. {t('douar.map_caption')}",
        "peers": t("portrait.peers", names=t("sign.comma").join(content.p.peers), rule=content.p.rule),
    }
    return typeset("portrait", t, values, today)


def build_content(view: View, commune: str, today: date, likeness: Likeness, chosen: Sequence[str]) -> PortraitContent:
    """What page and PDF say."""
    portrait = build_portrait(view, commune, likeness, chosen)
    douars = douar_words.list_douars(view, [commune]).sort_values("population", ascending=False, kind="stable")
    return PortraitContent(
        p=portrait,
        map=_draw(view, commune, portrait) if commune in centroids(view.figures.province.layer) else "",
        legend=douar_words.legend_of_dots(view, douars, FIGURE) if len(douars) else [],
        totals=douar_words.write_totals(view, [commune]).sentences if len(douars) else (),
        douars=douar_words.list_rows(view, douars.head(DOUARS_PRINTED), SHOWN),
        more=max(len(douars) - DOUARS_PRINTED, 0),
        source=douar_words.write_source(view),
        made=view.t("portrait.made", today=view.t.date(today)),
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
