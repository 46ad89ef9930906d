"""Compare: who is under most pressure and how surely, for how many people, by whose criteria, and what moves the order."""

from __future__ import annotations

import streamlit as st

from pages.ui import compare_criteria, compare_equity, compare_quadrant, compare_ranking, compare_sensitivity, notices
from pages.ui.screen import Screen


def render(screen: Screen) -> None:
    """Draw the screen."""
    t, chosen = screen.t, screen.chosen
    ranking = compare_ranking.read_ranking(screen)
    st.title(compare_ranking.state_finding(screen, ranking))
    st.caption(t("compare.lead", result=screen.result_label(chosen.indicator), month=t.month(chosen.month)))
    if ranking.empty:
        notices.render_nothing_assessed(screen)
        return
    compare_ranking.render_ranking(screen, ranking)
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(t("compare.quadrant"))
        compare_quadrant.render_quadrant(screen, ranking)
    with right:
        st.subheader(t("compare.equity"))
        compare_equity.render_equity(screen)
    st.subheader(t("compare.criteria"))
    compare_criteria.render_criteria(screen)
    st.subheader(t("compare.sensitivity"))
    compare_sensitivity.render_sensitivity(screen)
