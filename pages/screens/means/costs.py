"""Unit costs: shown with source and status, edited for the session, put back in one click."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.resources import Means
from data.i18n import Translator
from data.source_words import in_words
from pages.widgets.confirm import confirmed
from pages.widgets.html import show
from pages.widgets.screen import Screen
from pages.widgets.session_costs import _EDITED, current_means

COLUMNS = ("low_mad", "central_mad", "high_mad")


def render_costs(screen: Screen) -> None:
    """The table to edit, a refusal where low, central and high are out of order, and where each cost comes from."""
    t, means, original = screen.t, current_means(screen.figures), screen.figures.definition_set.means
    st.subheader(t("costs.title"))
    st.caption(t("costs.lead"))
    edited = st.data_editor(
        _table(means, t),
        hide_index=True,
        disabled=["label", "unit"],
        column_config={
            "label": st.column_config.TextColumn(t("costs.item"), width="large"),
            "unit": st.column_config.TextColumn(t("costs.unit")),
            **{c: st.column_config.NumberColumn(t(f"costs.{c}"), min_value=0, format="localized") for c in COLUMNS},
        },
        column_order=["label", *COLUMNS, "unit"],
        height="content",
        key=f"costs-{st.session_state.get('_means_costs_edition', 0)}",
    )
    wrong = _out_of_order(edited)
    if len(wrong):
        st.error(t("costs.out_of_order", item=str(wrong["label"].iloc[0])))
    elif (changed := _changes(edited, original)) != st.session_state.get(_EDITED, {}):
        st.session_state[_EDITED] = changed
        st.rerun()
    if st.session_state.get(_EDITED):
        st.info(t("costs.edited", count=len(st.session_state[_EDITED])))
        if confirmed(t, "costs-reset", t("costs.reset"), t("costs.reset_sure"), icon=":material/undo:"):
            _reset()
            st.rerun()
    show("means_costs", t, rows=[_source_row(screen, means, key) for key in means.costs])


def _reset() -> None:
    st.session_state.pop(_EDITED, None)
    # Change the widget key: with the old one Streamlit would restore the edits from session_state.
    st.session_state["_means_costs_edition"] = st.session_state.get("_means_costs_edition", 0) + 1


def _table(means: Means, t: Translator) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"id": c.id, "label": t.label(c.labels), "unit": t(f"unit.{c.unit}"), **{n: getattr(c, n) for n in COLUMNS}}
            for c in means.costs.values()
        ]
    )


def _out_of_order(edited: pd.DataFrame) -> pd.DataFrame:
    ordered = (edited["low_mad"] <= edited["central_mad"]) & (edited["central_mad"] <= edited["high_mad"])
    return edited[~ordered | edited[list(COLUMNS)].isna().any(axis=1)]


def _changes(edited: pd.DataFrame, original: Means) -> dict[str, tuple[float, float, float]]:
    amounts = {row.id: (float(row.low_mad), float(row.central_mad), float(row.high_mad)) for row in edited.itertuples()}
    return {k: v for k, v in amounts.items() if v != tuple(getattr(original.costs[k], n) for n in COLUMNS)}


def _source_row(screen: Screen, means: Means, key: str) -> dict[str, str]:
    cost, t = means.costs[key], screen.t
    return {
        "label": t.label(cost.labels),
        "status": t(f"norm_status.{cost.status}"),
        "year": str(cost.year),
        "source": " — ".join(in_words(text, t) for text in (cost.source.title, cost.source.publisher)),
    }
