"""The province as a small map that leads to each commune's profile, with its legend."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from analytics.provenance import least_firm
from analytics.summary import class_counts, legend_rows
from geo.svg_map import MapText, render_choropleth
from pages.html import fill
from pages.widgets.clickable import render_clickable
from pages.widgets.screen import Screen
from pages.words.class_words import list_classes
from pages.words.links import commune_links
from pages.words.sources import cite, date_result


def render_province_map(screen: Screen, results: pd.DataFrame) -> None:
    """Draw the map of one month's results and the legend with its counts."""
    screen.open_commune(render_clickable(fill_map(screen, results), key="province-map"))
    render_legend(screen, results)


def render_legend(screen: Screen, results: pd.DataFrame, *, is_short: bool = False) -> None:
    """Classes with their counts, then the rows without a class; the boundaries' attribution below, alone where ``is_short``."""
    st.html(fill_legend(screen, results, is_short=is_short))


def fill_map(screen: Screen, results: pd.DataFrame) -> Markup:
    """The map as HTML, each commune a link to its profile."""
    t = screen.t
    codes = list(results["commune_code"])
    text = MapText(
        title=screen.result_label(screen.chosen.indicator),
        description=f"{t('map.description', month=date_result(screen, screen.chosen.indicator))}. {t('map.keys')}",
        direction=t.direction,
        names={code: screen.name(code) for code in codes},
        details={row.commune_code: screen.describe(row) for row in results.itertuples()},
        links=commune_links(screen, codes),
    )
    rows = legend_rows(results)
    focus = codes if len(codes) < len(screen.figures.territory) else None
    svg = render_choropleth(screen.figures.province.layer, rows, screen.figures.definitions.legend, text, focus=focus)
    # Names and details in it are escaped where it is drawn.
    return Markup(f'<div class="map">{svg}</div>')


def fill_legend(screen: Screen, results: pd.DataFrame, *, is_short: bool = False) -> Markup:
    """The legend of the map as HTML."""
    return fill(
        "legend",
        screen.t,
        legend=screen.figures.definitions.legend,
        classes=list_classes(screen.figures.definitions, screen.chosen.indicator, screen.t),
        counts=class_counts(results),
        attribution=screen.figures.attribution,
        provenance=least_firm(results["provenance"]),
        source=cite(screen, [screen.chosen.indicator], results["commune_code"]),
        is_short=is_short,
    )
