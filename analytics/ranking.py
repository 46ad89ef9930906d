"""Order of attention: which communes to look at first, and those that cannot be placed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd


def rank_communes(results: pd.DataFrame, people_above_norm: pd.Series) -> pd.DataFrame:
    """Rank the communes of one result and month by score, the heaviest first.

    Ties on the score (to one decimal) share a rank and are ordered by people above the norm, then by commune code. Communes
    without a score are left out: they are listed apart, never at the bottom.

    Args:
        results: result rows of one month and one id, one per commune.
        people_above_norm: people above the norm by commune code, NaN when unknown.

    Returns:
        ``rank, commune_code`` and the columns of ``results``, with ``people_above_norm``, in order.
    """
    ranked = results[results["score"].notna()].reset_index(drop=True)
    ranked["people_above_norm"] = people_above_norm.reindex(ranked["commune_code"]).to_numpy()
    ranked["_shown"] = ranked["score"].round(1)
    ranked = ranked.sort_values(
        ["_shown", "people_above_norm", "commune_code"], ascending=[False, False, True], na_position="last", kind="stable"
    )
    ranked.insert(0, "rank", ranked["_shown"].rank(method="min", ascending=False).astype(int))
    return ranked.drop(columns="_shown").reset_index(drop=True)


def unranked_communes(results: pd.DataFrame) -> list[str]:
    """Codes of the communes that have no score, in order of code."""
    return sorted(results.loc[results["score"].isna(), "commune_code"])


def count_ties(intervals: pd.DataFrame) -> pd.Series:
    """For each commune, how many others it cannot be told from: their intervals ``low``–``high`` overlap.

    Args:
        intervals: one row a commune (index: code); rows without an interval have no ties and count for nobody.
    """
    return pd.Series(_overlaps(intervals).sum(axis=1), index=intervals.index)


def tied_communes(intervals: pd.DataFrame, commune_code: str) -> list[str]:
    """Codes of the communes whose interval overlaps that of one commune, in the order of ``intervals``."""
    return list(intervals.index[_overlaps(intervals)[intervals.index.get_loc(commune_code)]])


LEADING = 3


@dataclass(frozen=True, eq=False)
class Quadrant:
    """Severity against people: the communes with both figures, the medians that cut them in four, those above both medians by
    severity, and those that lead on one of the two."""

    known: pd.DataFrame
    median_severity: float
    median_people: float
    both: tuple[str, ...]
    leading: frozenset[str]


def split_quadrant(ranking: pd.DataFrame) -> Quadrant:
    """Cut communes (index: code; ``median, people_above_norm``) by the medians of those with people above the norm."""
    known = ranking[ranking["people_above_norm"] > 0]
    severity, people = float(known["median"].median()), float(known["people_above_norm"].median())
    both = known[(known["median"] > severity) & (known["people_above_norm"] > people)].sort_values(
        "median", ascending=False, kind="stable"
    )
    leading = [*known.nlargest(LEADING, "people_above_norm").index, *known.nlargest(LEADING, "median").index]
    return Quadrant(known, severity, people, tuple(map(str, both.index)), frozenset(map(str, leading)))


def _overlaps(intervals: pd.DataFrame) -> np.ndarray:
    low, high = intervals["low"].to_numpy(dtype=float), intervals["high"].to_numpy(dtype=float)
    together = (low[:, None] <= high[None, :]) & (low[None, :] <= high[:, None])
    np.fill_diagonal(together, False)
    return together
