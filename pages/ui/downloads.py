"""What is taken away from a screen: charts as pictures, results as tables; each file is built when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd
import streamlit as st

from data.i18n import LANGUAGES, Translator
from pages.figures import Figures
from pages.print.result_table import build_result_table, write_csv, write_workbook
from pages.ui.screen import Screen

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
LANGUAGE_PIXELS = 240
MEDIA_TYPES = {"png": "image/png", "svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that a screen offers: its label, the start of its file name, and what draws it in a screen's language."""

    label: str
    name: str
    draw: Callable[[Screen, str], bytes]


def map_chart(screen: Screen) -> Chart:
    """The map of the chosen result, territory and month."""

    def draw(asked: Screen, form: str) -> bytes:
        # Matplotlib takes a third of a second to load: only whoever asks for a picture waits for it.
        from pages.print.charts import draw_map

        return draw_map(asked, form)

    return Chart(screen.t("chart.map"), f"carte-{screen.chosen.indicator}", draw)


def ranking_chart(screen: Screen) -> Chart:
    """The communes under most pressure for the chosen result, territory and month."""

    def draw(asked: Screen, form: str) -> bytes:
        from pages.print.charts import draw_ranking

        return draw_ranking(asked, form)

    return Chart(screen.t("chart.ranking"), f"classement-{screen.chosen.indicator}", draw)


def history_chart(screen: Screen, commune: str, indicator_id: str) -> Chart:
    """The months of one indicator of a commune."""

    def draw(asked: Screen, form: str) -> bytes:
        from pages.print.charts import draw_history

        return draw_history(asked, commune, indicator_id, form)

    return Chart(screen.result_label(indicator_id), f"{commune}-{indicator_id}", draw)


def render_charts(screen: Screen, charts: Sequence[Chart]) -> None:
    """Choose a chart and the language of the file; download it as PNG or SVG."""
    t = screen.t
    with st.popover(t("chart.download"), icon=":material/image:"):
        labels = [chart.label for chart in charts]
        chosen = charts[0]
        if len(charts) > 1:
            chosen = charts[labels.index(str(st.selectbox(t("chart.which"), labels, key="chart_which")))]
        language = choose_language(t, "chart_language")
        asked = replace(screen, t=Translator(language))
        for form, media_type in MEDIA_TYPES.items():
            st.download_button(
                t(f"chart.{form}"),
                partial(chosen.draw, asked, form),
                f"{chosen.name}-{screen.chosen.month:%Y-%m}-{language}.{form}",
                media_type,
                on_click="ignore",
                width="stretch",
                key=f"chart_{form}",
            )


def choose_language(t: Translator, key: str, label: str = "") -> str:
    """The language of a file, the screen's at first."""
    codes = list(LANGUAGES)
    at = codes.index(t.language)
    return str(
        st.selectbox(
            label or t("chart.language"), codes, index=at, format_func=LANGUAGES.__getitem__, key=key, width=LANGUAGE_PIXELS
        )
    )


def render_tables(screen: Screen, communes: Sequence[str], name: str) -> None:
    """The chosen month's results of some communes as CSV and as a workbook."""
    t, figures, month = screen.t, screen.figures, screen.chosen.month

    def table(figures: Figures, t: Translator) -> pd.DataFrame:
        return build_result_table(figures, t, list(figures.results), [month], list(communes))

    st.download_button(
        t("table.xlsx"),
        lambda: write_workbook(table(figures, t), figures, t),
        f"{name}-{month:%Y-%m}.xlsx",
        XLSX,
        on_click="ignore",
        icon=":material/table:",
    )
    st.download_button(
        t("table.csv"), lambda: write_csv(table(figures, t)), f"{name}-{month:%Y-%m}.csv", "text/csv", on_click="ignore"
    )
