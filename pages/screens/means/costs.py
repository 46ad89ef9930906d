"""Unit costs: shown with source and status, edited for the session, put back in one click."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from analytics.resources import Means
from data.i18n import Translator
from data.source_words import in_words
from pages.widgets.confirm import confirmed
from pages.widgets.html import show
from pages.widgets.screen import Screen
from pages.widgets.session_costs import _EDITED, current_means

COLUMNS = ("low_mad", "central_mad", "high_mad")
_EDITION = "_means_costs_edition"
# Low, central and high, in dirhams.
Amounts = tuple[float, float, float]


def render_costs(screen: Screen) -> None:
    """Every cost with what it rests on, and fields to change one of them: a session keeps what is changed."""
    t, means = screen.t, current_means(screen.figures)
    st.subheader(t("costs.title"))
    st.caption(t("costs.lead"))
    _render_form(screen, means)
    if st.session_state.get(_EDITED):
        st.info(t("costs.edited", count=len(st.session_state[_EDITED])))
        if confirmed(t, "costs-reset", t("costs.reset"), t("costs.reset_sure"), icon=":material/undo:"):
            _keep({})
    show("means_costs", t, rows=[_row(screen, means, key) for key in means.costs])


def _render_form(screen: Screen, means: Means) -> None:
    """The amounts of one cost, as fields of the page itself: a table's editor loses what is typed before it has come."""
    t = screen.t
    item = st.selectbox(t("costs.item"), list(means.costs), format_func=lambda key: _label(means, key, t), key="costs_item")
    edition = st.session_state.get(_EDITION, 0)
    with st.form(f"costs-form-{item}-{edition}", border=False):
        amounts = tuple(
            column.number_input(
                t(f"costs.{name}"),
                0.0,
                value=float(getattr(means.costs[item], name)),
                step=1000.0,
                format="%.0f",
                key=f"costs-{item}-{name}-{edition}",
            )
            for column, name in zip(st.columns(len(COLUMNS)), COLUMNS, strict=True)
        )
        if not st.form_submit_button(t("costs.apply")):
            return
    changed = change_cost(st.session_state.get(_EDITED, {}), screen.figures.definition_set.means, item, amounts)
    if changed is None:
        st.error(t("costs.out_of_order", item=_label(means, item, t)))
    else:
        _keep(changed)


def change_cost(
    edited: Mapping[str, Amounts], original: Means, item: str, amounts: tuple[float | None, ...]
) -> dict[str, Amounts] | None:
    """What a session has changed, with one cost more; one that is back at its original is not changed any more.

    Returns:
        None where an amount is missing or they are out of order.
    """
    known = [amount for amount in amounts if amount is not None]
    if len(known) < len(COLUMNS) or known != sorted(known):
        return None
    low, central, high = known
    changed = {**edited, item: (low, central, high)}
    return {key: value for key, value in changed.items() if value != _amounts_of(original, key)}


def _keep(changed: dict[str, Amounts]) -> None:
    st.session_state[_EDITED] = changed
    # Other keys: with the old ones Streamlit would keep what was typed in the fields.
    st.session_state[_EDITION] = st.session_state.get(_EDITION, 0) + 1
    st.rerun()


def _amounts_of(means: Means, item: str) -> Amounts:
    cost = means.costs[item]
    return cost.low_mad, cost.central_mad, cost.high_mad


def _label(means: Means, item: str, t: Translator) -> str:
    cost = means.costs[item]
    return f"{t.label(cost.labels)} ({t(f'unit.{cost.unit}')})"


def _row(screen: Screen, means: Means, key: str) -> dict[str, str]:
    cost, t = means.costs[key], screen.t
    return {
        "label": _label(means, key, t),
        **{name: t.number(getattr(cost, name)) for name in COLUMNS},
        "status": t(f"norm_status.{cost.status}"),
        "year": str(cost.year),
        "source": " — ".join(in_words(text, t) for text in (cost.source.title, cost.source.publisher)),
    }
