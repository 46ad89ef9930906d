"""What communes sent: who is late and what may be written to them, how good it is, what was corrected since, what proves it."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from pages.screens.quality import corrections, late, measures, proofs
from pages.widgets.open_tab import render_open_tab
from pages.widgets.screen import Screen
from pages.words.quality import state_quality

KEY = "quality_tab"


def render(screen: Screen) -> None:
    """Draw the screen; only the open tab is computed and sent."""
    t, today = screen.t, date.today()
    st.title(t("quality.title"))
    st.caption(t("quality.lead"))
    st.write(state_quality(screen, today))
    parts = {
        "late": late.render_late,
        "measures": measures.render_measures,
        "corrections": corrections.render_corrections,
        "proofs": proofs.render_proofs,
    }
    render_open_tab(KEY, {t(f"quality.tab_{name}"): partial(part, screen, today) for name, part in parts.items()})
