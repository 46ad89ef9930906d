"""The template for a commune and some months, as a workbook or as CSV."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from data.exporting.month_before import ask_one_month, read_month_before
from data.exporting.one_month_form import OneMonth, build_form
from data.exporting.one_page_form import build_page
from data.exporting.template import build_long_template, build_template
from data.exporting.xlsform import build_xlsform
from data.months import last_months, months_between
from data.people.roles import Right
from pages.print.media_types import XLSX
from pages.widgets.screen import Screen

MONTHS_OFFERED = 48


def render_template(screen: Screen) -> None:
    """Choose commune and months; the file is built when it is asked for."""
    commune, first, last = _choose_commune(screen), *_choose_months(screen)
    if first > last:
        st.warning(screen.t("data.template_order"))
        return
    everywhere = screen.figures.communes.loc[list(screen.figures.territory)]
    communes = everywhere.loc[[commune]] if commune else everywhere
    months = months_between(first, last)
    name = f"modele-{commune or 'communes'}-{first}-{last}-{screen.t.language}"
    _offer_files(screen, name, communes, months, everywhere)
    t, province = screen.t, screen.figures.province
    version = f"{date.today():%Y%m%d}"
    st.download_button(
        t("data.xlsform"),
        lambda: build_xlsform(everywhere, f"{province.id}_monthly", version),
        f"{province.id}-xlsform.xlsx",
        XLSX,
        on_click="ignore",
        width="stretch",
    )
    if commune:
        _offer_form(screen, communes.iloc[0], months[-1])


def _offer_form(screen: Screen, commune: pd.Series, month: date) -> None:
    """The last of the months as a form to print: on one page, or a page a service with what was reported for the month before."""
    name = f"{commune['commune_code']}-{month:%Y-%m}.xlsx"
    for key, build, kind in (("data.one_page", build_page, "page"), ("data.form", build_form, "formulaire")):
        st.download_button(
            screen.t(key),
            # Each button keeps its own writer.
            partial(_write_form, screen, commune, month, build),
            f"{kind}-{name}",
            XLSX,
            on_click="ignore",
            width="stretch",
        )


def _write_form(screen: Screen, commune: pd.Series, month: date, build: Callable[[OneMonth], bytes]) -> bytes:
    return build(ask_one_month(screen.store, commune, month))


def _choose_commune(screen: Screen) -> str:
    """Code of one commune; empty for all of them."""
    t, everyone = screen.t, ""
    return str(
        st.selectbox(
            t("data.template_commune"),
            [everyone, *screen.figures.territory],
            index=1 + screen.figures.territory.index(screen.chosen.commune),
            format_func=lambda code: screen.name(code) if code else t("data.template_all"),
            key="template_commune",
        )
    )


def _choose_months(screen: Screen) -> tuple[str, str]:
    """The first and the last month, the latest three unless chosen otherwise."""
    t, offered = screen.t, [f"{m:%Y-%m}" for m in last_months(date.today(), MONTHS_OFFERED)]
    first, last = (
        column.selectbox(
            t(f"data.template_{which}"),
            offered,
            index=index,
            format_func=lambda m: t.month(pd.Timestamp(m)),
            key=f"template_{which}",
        )
        for column, which, index in zip(
            st.columns(2), ("first", "last"), (MONTHS_OFFERED - 3, MONTHS_OFFERED - 1), strict=True
        )
    )
    return str(first), str(last)


def _offer_files(
    screen: Screen, name: str, communes: pd.DataFrame, months: Sequence[pd.Timestamp], everywhere: pd.DataFrame
) -> None:
    """The template as a workbook and as CSV."""
    t = screen.t
    is_prefilled = screen.may(Right.FIGURES) and st.toggle(
        t("data.prefilled"), help=t("data.prefilled_help"), key="template_prefilled"
    )

    def build() -> bytes:
        before = _read_before(screen, communes, months[0]) if is_prefilled else None
        return build_template(communes, months, t, everywhere, before)

    st.download_button(
        t("data.template_xlsx"),
        build,
        f"{name}.xlsx",
        XLSX,
        type="primary",
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
    )
    st.download_button(
        t("data.template_csv"),
        lambda: build_long_template(communes, months, t),
        f"{name}.csv",
        "text/csv",
        on_click="ignore",
        width="stretch",
    )


def _read_before(screen: Screen, communes: pd.DataFrame, month: date) -> dict[tuple[str, str], float]:
    """What the communes that the person writes for reported for the month before; small counts for who is handed complete data."""
    own = list(screen.person.viewer.within(tuple(communes["commune_code"])))
    return read_month_before(screen.store, own, month, counts_of_people=screen.may(Right.EXPORT))
