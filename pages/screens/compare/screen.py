"""Compare: who is under most pressure and how surely, for how many people, by whose criteria, and what moves the order."""

from __future__ import annotations

import streamlit as st

from analytics.assessment import COMPOSITE_ID
from pages.screens.compare import criteria, equity, quadrant, ranked, sensitivity, two_dates
from pages.widgets import notices
from pages.widgets.screen import Screen
from pages.words import index_audit, ranks
from pages.words.certainty import write_too_few
from pages.words.sources import date_result
from pages.words.titles import mark_title


def address() -> dict[str, str]:
    """The other date, and the rules of the choice of communes."""
    return two_dates.address() | criteria.address()


def render(screen: Screen) -> None:
    """Draw the screen."""
    t, chosen = screen.t, screen.chosen
    ranking = ranks.read_ranking(screen)
    st.title(mark_title(screen, ranks.state_finding(screen, ranking), date_result(screen, chosen.indicator)))
    st.caption(t("compare.lead", result=screen.result_label(chosen.indicator), month=date_result(screen, chosen.indicator)))
    if ranking.empty:
        notices.render_nothing_assessed(screen, write_too_few(screen, chosen.indicator))
        return
    if chosen.indicator == COMPOSITE_ID and index_audit.has_audit(screen):
        st.caption(" ".join(index_audit.write_hangs_on(screen)))
    ranked.render_ranking(screen, ranking)
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(t("compare.quadrant"))
        quadrant.render_quadrant(screen, ranking)
    with right:
        st.subheader(t("compare.equity"))
        equity.render_equity(screen)
    st.subheader(t("dates.title"))
    two_dates.render_two_dates(screen)
    st.subheader(t("compare.criteria"))
    criteria.render_criteria(screen)
    st.subheader(t("compare.sensitivity"))
    sensitivity.render_sensitivity(screen)
