"""What every screen shares: language, territory, month, the result on the map; and how displaced persons are counted."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from data.i18n import LANGUAGES, Translator
from data.province import offered_provinces
from pages.address import selection
from pages.address.assumptions import LENS, OPTIONS
from pages.address.province import PARAMETER
from pages.figures.figures import Figures
from pages.widgets import session
from pages.words.data_version import name_version
from pages.words.labels import result_label, result_options, territory_label


def render_sidebar(figures: Figures, t: Translator) -> None:
    """Draw the shared choices; their values are in the session (``selection.current_selection``)."""
    with st.sidebar:
        choose_province(t)
        _choose_selection(figures, t)
        _choose_assumptions(t)
        st.caption(t("sidebar.snapshot", snapshot=name_version(t, figures.snapshot_id)))


def _choose_selection(figures: Figures, t: Translator) -> None:
    """Language, territory, month and result."""
    st.segmented_control(
        t("sidebar.language"),
        list(LANGUAGES),
        format_func=LANGUAGES.__getitem__,
        key="lang",
        required=True,
        width="stretch",
    )
    # Whoever sees one commune has no territory to choose from.
    if len(figures.territory) > 1:
        _choose_territory(figures, t)
    _choose_month(figures, t)
    st.selectbox(
        t("sidebar.indicator"),
        _offered_results(figures),
        format_func=lambda i: result_label(figures, i, t),
        key="indicator",
    )
    st.toggle(t("sidebar.all_indicators"), key="all_indicators")


def _choose_month(figures: Figures, t: Translator) -> None:
    key = session.month_key()
    # Said in every run: where a screen opens the list anew, the browser would show its first month.
    st.session_state[key] = st.session_state["month"]
    st.selectbox(
        t("sidebar.month"),
        [f"{m:%Y-%m}" for m in reversed(figures.months)],
        format_func=lambda m: t.month(pd.Timestamp(m)),
        key=key,
        on_change=session.take_month,
        args=(key,),
    )


def _choose_territory(figures: Figures, t: Translator) -> None:
    options, own = selection.territory_options(figures), str(st.session_state.get("territory", ""))
    st.selectbox(
        t("sidebar.territory"),
        [*options, own] if own.startswith(selection.OWN) else options,
        format_func=lambda code: territory_label(figures, code, t),
        key="territory",
    )


def _choose_assumptions(t: Translator) -> None:
    """How displaced people are counted, and against which norms."""
    with st.expander(t("sidebar.assumptions")):
        for name, options in OPTIONS.items():
            if name == LENS:
                # It stands at the head of every screen.
                continue
            st.radio(
                t(f"sidebar.{name}"),
                options,
                format_func=partial(_option_label, t, name),
                key=name,
                help=t(f"sidebar.{name}_help"),
            )


def choose_province(t: Translator) -> None:
    """The territories of this installation, where there are several."""
    names = {p.id: t.label(p.names) for p in offered_provinces()}
    if len(names) > 1:
        # A commune, a scenario or a file read for one territory means nothing in another.
        st.selectbox(
            t("sidebar.province"),
            list(names),
            format_func=names.__getitem__,
            key=PARAMETER,
            on_change=session.leave_province,
        )


def _option_label(t: Translator, assumption: str, option: str) -> str:
    return t(f"{assumption}.{option}")


def _offered_results(figures: Figures) -> list[str]:
    """All results when the reader asks for them; otherwise those that weigh in the index, and the one that is shown.

    A long list is sent to the browser at every move: a slow line feels it.
    """
    options, chosen = result_options(figures), st.session_state.get("indicator")
    if st.session_state.get("all_indicators"):
        return options
    indicators = figures.definitions.indicators
    return [o for o in options if o not in indicators or indicators[o].weight > 0 or o == chosen]
