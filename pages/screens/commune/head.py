"""The head of a commune's profile: choice of the commune, both names, class, finding, the figures that situate it."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from analytics.assessment import COMPOSITE_ID
from pages.html import fill
from pages.widgets.screen import Screen
from pages.words import baseline, titles
from pages.words.certainty import write_interval, write_place, write_probability, write_rank
from pages.words.class_words import write_score
from pages.words.sign_offs import write_state
from pages.words.sources import cite, cite_variables


def render_head(screen: Screen, commune: str, composite: pd.Series, results: pd.DataFrame) -> None:
    """Title that states the finding, then name in the other script, cercle, class, rank, population, displaced persons."""
    st.title(titles.head_commune(screen, commune, results))
    st.html(fill_head(screen, commune, composite, results))


def fill_head(screen: Screen, commune: str, composite: pd.Series, results: pd.DataFrame) -> Markup:
    """What stands below the title, as HTML."""
    t, figures, month = screen.t, screen.figures, screen.chosen.month
    identity = figures.communes.loc[commune]
    arabic = t.language == "ar"
    return fill(
        "commune_head",
        t,
        other_name=identity["name_fr" if arabic else "name_ar"],
        other_direction="ltr" if arabic else "rtl",
        code=commune,
        group=screen.group_label(commune),
        in_programme=bool(identity["in_programme"]),
        composite=composite,
        score=write_score(composite["score"], screen.figures.definitions.legend, t),
        badge=screen.badge(composite),
        lifted=titles.write_lifted(screen, composite),
        bounds=(t.number(composite["score_low"], 0), t.number(composite["score_high"], 0)),
        rank=write_rank(screen, commune),
        place=write_place(screen, commune),
        interval=write_interval(screen, commune, COMPOSITE_ID),
        probability=write_probability(screen, commune, COMPOSITE_ID),
        starting=[face for face in baseline.list_faces(screen, results) if face["is_known"]],
        population=t.number(figures.column("population", month)[commune]),
        displaced=screen.count("displaced_persons", commune),
        displaced_provenance=figures.provenance("displaced_persons", month, commune),
        month=t.month(month),
        source=cite(screen, [COMPOSITE_ID], [commune]),
        population_source=cite_variables(screen, ["population"], [commune]),
        displaced_source=cite_variables(screen, ["displaced_persons"], [commune]),
        state=write_state(screen, commune),
    )
