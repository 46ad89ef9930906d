"""Of how many people a need for access is counted: the census withholds douars under 30 households."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.faces import Face
from pages.words.known import WHOLE
from pages.words.view import View


def share_of_need(view: View, indicator_id: str, codes: Sequence[str]) -> float:
    """Part (0–1) of the people of some communes, those whom an access concerns, that the need which rests on it is counted of; 1 for
    whatever else."""
    figures, month = view.figures, view.chosen.month
    indicator = figures.definitions.indicators.get(indicator_id)
    if indicator is None or indicator.face is not Face.ACCESS or indicator.unit != "percent":
        return 1.0
    known = figures.of_month(indicator_id, month)["denominator"].reindex(codes).dropna()
    everybody = figures.column("municipal_population", month)[known.index].sum()
    return float(min(1.0, known.sum() / everybody)) if everybody > 0 else 1.0


def write_share_of_need(view: View, indicator_id: str, codes: Sequence[str]) -> str:
    """That what is missing is not counted of everybody; empty where it is."""
    share = share_of_need(view, indicator_id, codes)
    return view.t("means.known_people", share=view.t.percent(share)) if share < WHOLE else ""
