"""Douars to take away, as CSV and as a workbook, built when they are asked for."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from pages.print.media_types import XLSX
from pages.print.tables.douars import write_douar_csv, write_douar_workbook
from pages.widgets.downloads import choose_hxl
from pages.widgets.screen import Screen


def render_files(screen: Screen, found: pd.DataFrame, name: str = "douars") -> None:
    """Two buttons, one a form."""
    t = screen.t
    forms = {
        "xlsx": (t("table.xlsx"), XLSX, ":material/table:", write_douar_workbook),
        "csv": (t("table.csv"), "text/csv", None, write_douar_csv),
    }
    with st.container(horizontal=True, vertical_alignment="center"):
        hxl = choose_hxl(t, f"{name}-hxl")
        for form, (label, media_type, icon, write) in forms.items():
            st.download_button(
                label,
                partial(write, screen, found, hxl=hxl),
                screen.name_file(name, form=form),
                media_type,
                on_click="ignore",
                icon=icon,
                key=f"{name}-{form}",
            )
