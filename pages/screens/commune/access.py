"""Access of a commune to each service, and what crosses its border."""

from __future__ import annotations

import streamlit as st

from pages.figures.access import read_access, services_with_access
from pages.widgets.html import show
from pages.widgets.screen import Screen


def render_access(screen: Screen, commune: str) -> None:
    """One row a service."""
    t, month = screen.t, screen.chosen.month
    st.caption(t("access.lead"))
    rows = []
    for sector in services_with_access(screen.figures):
        row = read_access(screen.figures, sector, month).loc[commune]
        rows.append(
            {
                "label": screen.result_label(sector.value),
                "method": t(f"access.method_{row['method']}"),
                "access": t.number(row["access_per_10k"], 1),
                "beyond": t.percent(row["beyond_share"]),
                "beyond_note": t("access.beyond_note", km=t.number(screen.figures.definition_set.access[sector].reach_km)),
                "from_neighbours": t.percent(row["from_neighbours_share"]),
                "imported": t.number(row["imported"], 0),
                "exported": t.number(row["exported"], 0),
                "provenance": screen.figures.of_month(screen.figures.definition_set.access[sector].indicator, month).at[
                    commune, "provenance"
                ],
            }
        )
    show("access", t, rows=rows)
