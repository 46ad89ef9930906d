"""Figures of some communes only: for whom a screen or a paper speaks, and what the others are asked for first."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.demand import PARTS
from analytics.faces import Face
from pages.words.view import View

NAMED = 5


def communes_with_figures(view: View, month: pd.Timestamp) -> list[str]:
    """Communes of the chosen territory of which a monthly figure is known in a month."""
    panel = view.figures.assessment.panel.of_month(month)
    monthly = [v.id for v in view.figures.definition_set.variables.values() if v.monthly]
    known = np.any([~np.isnan(panel[name].value) for name in monthly], axis=0)
    inside = set(view.codes)
    return [code for code, there in zip(panel.commune_codes, known, strict=True) if there and code in inside]


def write_coverage(view: View, month: pd.Timestamp) -> str:
    """For how many communes and people of the territory there are monthly figures, by name where they are few; empty where all have
    them."""
    t, known = view.t, communes_with_figures(view, month)
    if len(known) == len(view.codes):
        return ""
    if not known:
        return t("partial.none", total=len(view.codes))
    people = view.figures.column("population", month).loc[view.codes]
    share = t.percent(people[known].sum() / people.sum())
    names = t("sign.comma").join(map(view.name, known)) if len(known) <= NAMED else ""
    text = "partial.named" if names else "partial.counted"
    return t(text, known=len(known), total=len(view.codes), share=share, names=names)


def list_to_collect(view: View) -> list[str]:
    """What is asked for first, service by service: the figures behind its critical indicators of load."""
    t, figures = view.t, view.figures
    variables = figures.definition_set.variables
    lines = []
    for sector in figures.services:
        critical = [i for i in figures.definitions.counting(sector, Face.LOAD) if i.critical]
        terms = [term for indicator in critical for term in indicator.terms]
        derived = [name for term in terms for name in (term.demand, *term.capacity)]
        named = [part for name in derived for part in PARTS.get(name, (name,))]
        labels = [
            t.label(variables[name].labels) for name in dict.fromkeys(named) if name in variables and variables[name].monthly
        ]
        if labels:
            lines.append(f"{view.result_label(sector.value)}{t('sign.colon')}{t('sign.comma').join(labels)}")
    return lines
