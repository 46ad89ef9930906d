"""The head of a commune's profile: choice of the commune, both names, class, finding, the figures that situate it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.ranking import rank_communes
from pages.ui import findings
from pages.ui.html import show
from pages.ui.screen import Screen
from pages.ui.selection import communes_in


def choose_commune(screen: Screen) -> str:
    """The list of communes of the chosen territory (all of them when the chosen commune lies elsewhere)."""
    codes = screen.codes if screen.chosen.commune in screen.codes else communes_in(screen.figures, "all")
    return str(st.selectbox(screen.t("commune.choose"), codes, format_func=screen.name, key="commune"))


def render_head(screen: Screen, commune: str, composite: pd.Series, results: pd.DataFrame) -> None:
    """Title that states the finding, then name in the other script, cercle, class, rank, population, displaced persons."""
    t, figures, month = screen.t, screen.figures, screen.chosen.month
    identity = figures.communes.loc[commune]
    st.title(findings.state_commune(screen.name(commune), composite, worst_label(screen, composite, results), t))
    arabic = t.language == "ar"
    show(
        "commune_head",
        t,
        other_name=identity["name_fr" if arabic else "name_ar"],
        other_direction="ltr" if arabic else "rtl",
        code=commune,
        group=screen.group_label(commune),
        in_programme=bool(identity["in_programme"]),
        composite=composite,
        severity=None if pd.isna(composite["severity_class"]) else int(composite["severity_class"]),
        bounds=(t.number(composite["score_low"], 0), t.number(composite["score_high"], 0)),
        rank=write_rank(screen, commune),
        legend=figures.definitions.legend,
        population=t.number(figures.column("population", month)[commune]),
        displaced=t.number(figures.column("displaced_persons", month)[commune]),
        displaced_provenance=figures.provenance("displaced_persons", month, commune),
        month=t.month(month),
    )


def write_rank(screen: Screen, commune: str) -> str:
    """Rank among all the communes that can be ranked, as "3 of 89"; empty when the commune cannot."""
    composite = screen.figures.of_month("ISP", screen.chosen.month)
    ranked = rank_communes(composite, composite["gap_to_norm"]).set_index("commune_code")["rank"]
    if commune not in ranked.index:
        return ""
    return screen.t("commune.rank_of", rank=str(ranked[commune]), total=len(ranked))


def worst_label(screen: Screen, composite: pd.Series, results: pd.DataFrame) -> str:
    """Label of the service that weighs most in the index; empty when there is none."""
    sector = composite["worst_indicator"]
    return screen.result_label(sector) if sector in results.index else ""
