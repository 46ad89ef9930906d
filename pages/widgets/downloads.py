"""What is taken away from a screen besides pictures: results as tables, built when they are asked for; the language of a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import streamlit as st

from data.i18n import LANGUAGES, Translator
from pages.figures.figures import Figures
from pages.print.media_types import XLSX
from pages.print.tables.plain import write_tables
from pages.print.tables.results import build_result_table, write_csv, write_workbook
from pages.widgets.screen import Screen

LANGUAGE_PIXELS = 240


def choose_language(t: Translator, key: str, label: str = "") -> str:
    """The language of a file, the screen's at first."""
    codes = list(LANGUAGES)
    at = codes.index(t.language)
    return str(
        st.selectbox(
            label or t("chart.language"), codes, index=at, format_func=LANGUAGES.__getitem__, key=key, width=LANGUAGE_PIXELS
        )
    )


def choose_hxl(t: Translator, key: str) -> bool:
    """Whether a table leaves with the row of HXL tags."""
    return st.checkbox(t("table.hxl"), help=t("table.hxl_help"), key=key)


def told(screen: Screen, file: str, build: Callable[[], bytes]) -> Callable[[], bytes]:
    """What makes a file with small counts in it: that somebody takes it away stands in the audit log, as of any complete data."""

    def make() -> bytes:
        store = screen.store
        store.audit.record(store.writer.actor, "download", {"file": file, "snapshot": screen.figures.snapshot_id})
        return build()

    return make


def render_tables(screen: Screen, communes: Sequence[str], name: str) -> None:
    """The chosen month's results of some communes as CSV and as a workbook."""
    t, figures, month = screen.t, screen.figures, screen.chosen.month
    hxl = choose_hxl(t, f"{name}-hxl")

    def table(figures: Figures, t: Translator) -> pd.DataFrame:
        return build_result_table(figures, t, list(figures.results), [month], list(communes))

    st.download_button(
        t("table.xlsx"),
        lambda: write_workbook(table(figures, t), figures, t, hxl=hxl),
        screen.name_file(name, f"{month:%Y-%m}", form="xlsx"),
        XLSX,
        on_click="ignore",
        icon=":material/table:",
    )
    st.download_button(
        t("table.csv"),
        lambda: write_csv(table(figures, t), hxl=hxl),
        screen.name_file(name, f"{month:%Y-%m}", form="csv"),
        "text/csv",
        on_click="ignore",
    )


def offer_workbook(
    screen: Screen,
    tables: Callable[[], Mapping[str, pd.DataFrame]],
    notes: Sequence[str],
    *name: str,
    label: str = "table.xlsx",
) -> None:
    """Tables of one screen as a workbook, a sheet each by its title, with notes above; ``name`` is what the file's name says of it."""
    st.download_button(
        screen.t(label),
        lambda: write_tables(tables(), notes, screen.t),
        screen.name_file(screen.figures.province.id, *name, form="xlsx"),
        XLSX,
        on_click="ignore",
        key=f"{name[0]}-xlsx",
    )


def offer_csv(screen: Screen, table: Callable[[], pd.DataFrame], *name: str) -> None:
    """One table as CSV, named likewise."""
    st.download_button(
        screen.t("table.csv"),
        lambda: write_csv(table()),
        screen.name_file(screen.figures.province.id, *name, form="csv"),
        "text/csv",
        on_click="ignore",
        key=f"{name[0]}-csv",
    )
