"""The placed douars of some communes as a map that screens share: choice of the figure, dots, legend, attribution."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from markupsafe import Markup

from geo.dots import LOOKS
from geo.svg_map import MapText, render_choropleth
from pages.html import fill
from pages.print.charts.ground_catalogue import douars_chart
from pages.widgets import session
from pages.widgets.pictures import show_places
from pages.widgets.screen import Screen
from pages.words import douars as words
from pages.words.links import commune_links

FEW_COMMUNES = 20
# Dots grow as the ground does.
LARGER, LARGEST = 1.8, 2.6


def choose_figure(screen: Screen, key: str) -> str:
    """The census figure that the dots show."""
    session.keep_valid(key, list(words.SHOWN), words.SHOWN[0])
    label = screen.t("douar.figure")
    return str(st.selectbox(label, words.SHOWN, format_func=lambda f: screen.t(f"column.{f}"), key=key))


def render_map(screen: Screen, douars: pd.DataFrame, figure: str, codes: Sequence[str], key: str) -> None:
    """The placed douars on their communes, each commune a link to its profile; the legend counts those without a place too."""

    def write() -> Markup:
        legend = fill("dot_legend", screen.t, rows=words.legend_of_dots(screen, douars, figure), looks=LOOKS)
        return Markup(f'<div class="map">{_draw_map(screen, douars, figure, codes)}</div>') + legend

    html = screen.keep("douar-map", write, key, figure, tuple(codes))
    show_places(screen, html, [douars_chart(screen, douars, figure)], key=key)
    st.caption(f"{screen.t('douar.map_caption')} {words.write_source(screen)}")


def _draw_map(screen: Screen, douars: pd.DataFrame, figure: str, codes: Sequence[str]) -> str:
    t, few = screen.t, len(codes) <= FEW_COMMUNES
    text = MapText(
        title=t(f"column.{figure}"),
        description=f"{t('douar.map_description')}. {t('map.keys')}",
        direction=t.direction,
        names={c: screen.name(c) for c in codes},
        details={c: screen.name(c) for c in codes},
        links=commune_links(screen, codes),
    )
    return render_choropleth(
        screen.figures.province.layer,
        dict.fromkeys(codes, "blank"),
        screen.figures.definitions.legend,
        text,
        focus=codes if len(codes) < len(screen.figures.territory) else None,
        dots=words.place_dots(screen, douars, figure, LARGEST if len(codes) == 1 else LARGER if few else 1.0),
        names=1 < len(codes) <= FEW_COMMUNES,
        identifier="douars",
    )
