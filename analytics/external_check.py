"""How well an order of communes finds those that somebody else chose, and whom each side leaves out: a question, never a verdict."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class ExternalCheck:
    """An order against a choice made elsewhere.

    ``area``: chance that a chosen commune stands before one that was not chosen (area under the ROC curve; 0.5 is a coin).
    ``found``: how many of the chosen are among as many first communes; ``chosen`` and ``compared`` count them and all with a score.
    ``left_out``: first communes that were not chosen, ``low``: chosen ones below the median, both in order of score.
    """

    area: float
    found: int
    chosen: int
    compared: int
    left_out: tuple[str, ...]
    low: tuple[str, ...]


def check_against(scores: pd.Series, chosen: pd.Series) -> ExternalCheck | None:
    """Compare scores (NaN where there is none) with a choice, both by commune; None where either side is empty.

    Equal scores count half, as in the statistic of Mann and Whitney.
    """
    known = scores.dropna().sort_values(ascending=False, kind="stable")
    inside = chosen.reindex(known.index).astype(bool)
    count, others = int(inside.sum()), int((~inside).sum())
    if not count or not others:
        return None
    ranks = known.rank()
    area = (ranks[inside].sum() - count * (count + 1) / 2) / (count * others)
    first = known.index[:count]
    return ExternalCheck(
        area=float(area),
        found=int(inside[first].sum()),
        chosen=count,
        compared=len(known),
        left_out=tuple(str(code) for code in first if not inside[code]),
        low=tuple(str(code) for code in known.index[known < known.median()] if inside[code]),
    )
