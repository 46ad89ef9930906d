"""The douars of the chosen territory: the finding, a map of those that are placed, a list to search and to take away."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from geo.dots import LOOKS
from geo.svg_map import MapText, render_choropleth
from pages.html import fill
from pages.print.charts.catalogue import douars_chart
from pages.screens.places.files import render_files
from pages.widgets import session
from pages.widgets.pictures import show_places
from pages.widgets.screen import Screen
from pages.words import douars as words
from pages.words.links import commune_link

ROWS_SHOWN = 40
FEW_COMMUNES, LARGER = 20, 1.8


def render_douars(screen: Screen) -> None:
    """Draw the part."""
    t, codes = screen.t, screen.codes
    douars = words.list_douars(screen, codes)
    st.title(words.state_douars(screen, douars))
    st.caption(t("douar.lead"))
    if douars.empty:
        st.info(t("douar.none"))
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        figure = _choose_figure(screen)
        render_map(screen, douars, figure, codes)
    with right:
        _render_totals(screen, codes)
    st.subheader(t("douar.list"))
    _render_list(screen, douars)


def _choose_figure(screen: Screen) -> str:
    session.keep_valid("douar_figure", list(words.SHOWN), words.SHOWN[0])
    return str(
        st.selectbox(
            screen.t("douar.figure"), words.SHOWN, format_func=lambda f: screen.t(f"column.{f}"), key="douar_figure"
        )
    )


def render_map(screen: Screen, douars: pd.DataFrame, figure: str, codes: list[str], key: str = "douar-map") -> None:
    """The placed douars on their communes, each commune a link to its profile; the legend counts those without a place too."""
    html = Markup(f'<div class="map">{_draw_map(screen, douars, figure, codes)}</div>') + fill(
        "dot_legend", screen.t, rows=words.legend_of_dots(screen, douars, figure), looks=LOOKS
    )
    show_places(screen, html, [douars_chart(screen, douars, figure)], key=key)
    st.caption(f"{screen.t('douar.map_caption')} {words.write_source(screen)}")


def _draw_map(screen: Screen, douars: pd.DataFrame, figure: str, codes: list[str]) -> str:
    t, few = screen.t, len(codes) <= FEW_COMMUNES
    text = MapText(
        title=t(f"column.{figure}"),
        description=f"{t('douar.map_description')}. {t('map.keys')}",
        direction=t.direction,
        names={c: screen.name(c) for c in codes},
        details={c: screen.name(c) for c in codes},
        links={c: commune_link(screen, c) for c in codes},
    )
    return render_choropleth(
        screen.figures.province.layer,
        dict.fromkeys(codes, "blank"),
        screen.figures.definitions.legend,
        text,
        focus=codes if len(codes) < len(screen.figures.territory) else None,
        dots=words.place_dots(screen, douars, figure, LARGER if few else 1.0),
        names=few,
        identifier="douars",
    )


def _render_totals(screen: Screen, codes: list[str]) -> None:
    """How they add up, with the remainder of each commune."""
    totals = words.write_totals(screen, codes)
    st.html(fill("douar_totals", screen.t, sentences=totals.sentences, remainders=totals.remainders))


def _render_list(screen: Screen, douars: pd.DataFrame) -> None:
    """Searched by what is typed; the first rows here, everything that was found in the files."""
    t = screen.t
    typed = st.text_input(t("douar.search"), key="douar_search", placeholder=t("douar.search_placeholder"))
    found = words.search_douars(screen, douars, typed).sort_values("population", ascending=False, kind="stable")
    rows = words.list_rows(screen, found.head(ROWS_SHOWN))
    st.html(fill("douar_list", t, rows=rows, figures=words.SHOWN, found=len(found), shown=len(rows)))
    render_files(screen, found)
