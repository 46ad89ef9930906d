"""What a screen draws can be taken away: every figure and map goes through here, with its picture for a projector or for print.

``tests/unit/test_every_chart_leaves.py`` fails where a screen draws by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import plotly.graph_objects as go
import streamlit as st

from pages.print.charts.chart import Chart
from pages.widgets.clickable import render_clickable
from pages.widgets.downloads import choose_language
from pages.widgets.html import plain_markdown
from pages.widgets.screen import Screen

MEDIA_TYPES = {"png": "image/png", "svg": "image/svg+xml"}


def show_plot(screen: Screen, figure: go.Figure, chart: Chart, *, key: str, alt: str) -> None:
    """Draw a figure, and offer the same as a picture below it."""
    st.plotly_chart(figure, key=key, config={"displayModeBar": False}, alt=alt)
    _write_source(screen, chart)
    offer_charts(screen, [chart], key=key)


def show_places(screen: Screen, html: str, charts: Sequence[Chart], *, key: str) -> None:
    """Draw HTML whose communes can be clicked (escaped by its template), and offer the same as pictures below it."""
    clicked = render_clickable(html, key=key)
    _write_source(screen, charts[0])
    offer_charts(screen, charts, key=key)
    screen.open_commune(clicked)


def _write_source(screen: Screen, chart: Chart) -> None:
    """The sources of the figures of a picture, with their dates, under it; a picture that carries its own is left alone."""
    if chart.source is not None:
        t = screen.t
        st.caption(plain_markdown(t("chart.from", sources=chart.source(screen) or t("chart.source_none"))))


def offer_charts(screen: Screen, charts: Sequence[Chart], *, key: str = "chart") -> None:
    """Choose a chart where there are several, and the language of the file; download it as PNG or SVG.

    Args:
        key: tells this offer from the others of the screen.
    """
    t, alone = screen.t, len(charts) == 1
    with st.popover(
        t("chart.picture" if alone else "chart.download"),
        icon=":material/image:",
        type="tertiary" if alone else "secondary",
        key=f"{key}-pictures",
    ):
        labels = [chart.label for chart in charts]
        if alone:
            st.caption(labels[0])
            chosen = charts[0]
        else:
            chosen = charts[labels.index(str(st.selectbox(t("chart.which"), labels, key=f"{key}-which")))]
        language = choose_language(t, f"{key}-language")
        asked = replace(screen, t=t.into(language))
        for form, media_type in MEDIA_TYPES.items():
            st.download_button(
                t(f"chart.{form}"),
                partial(chosen.draw, asked, form),
                screen.name_file(chosen.name, f"{screen.chosen.month:%Y-%m}", language, form=form),
                media_type,
                on_click="ignore",
                width="stretch",
                key=f"{key}-{form}",
            )
