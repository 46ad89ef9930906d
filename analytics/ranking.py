"""Order of attention: which communes to look at first, and those that cannot be placed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd


def rank_communes(results: pd.DataFrame, intervals: pd.DataFrame) -> pd.DataFrame:
    """The communes of one result and month in order of their rank, the heaviest first, each with its rank interval.

    Ranks are those of ``analytics.uncertainty``: by the median, over all communes that it simulated, so that a commune has the
    same rank in every list. Communes of one rank (no service at all) are ordered by people above the norm, then by code. Communes
    without a rank are left out: they are listed apart, never at the bottom.

    Args:
        results: result rows of one month and one id, one per commune.
        intervals: ``rank, rank_low, rank_high`` by commune code.

    Returns:
        The columns of ``results`` with ``rank, rank_low, rank_high`` (whole numbers), in order.
    """
    columns = ["rank", "rank_low", "rank_high"]
    ranks = intervals[columns].reindex(results["commune_code"])
    ranked = results.reset_index(drop=True).assign(**{name: ranks[name].to_numpy() for name in columns})
    ranked = ranked[ranked["rank"].notna()].astype(dict.fromkeys(columns, int))
    return ranked.sort_values(
        ["rank", "gap_to_norm", "commune_code"], ascending=[True, False, True], na_position="last", ignore_index=True
    )


def unranked_communes(results: pd.DataFrame) -> list[str]:
    """Codes of the communes that have no score, in order of code."""
    return sorted(results.loc[results["score"].isna(), "commune_code"])


def count_ties(intervals: pd.DataFrame) -> pd.Series:
    """For each commune, how many others it cannot be told from: their rank intervals ``rank_low``–``rank_high`` overlap.

    Ranks, not scores: what is uncertain for all communes alike (norms, weights, the rule) moves their scores together and leaves
    their order.

    Args:
        intervals: one row a commune (index: code); rows without a rank have no ties and count for nobody.
    """
    return pd.Series(_overlaps(intervals).sum(axis=1), index=intervals.index)


def tied_communes(intervals: pd.DataFrame, commune_code: str) -> list[str]:
    """Codes of the communes whose rank interval overlaps that of one commune, in the order of ``intervals``."""
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
    """Cut communes (index: code; ``median, people_above_norm``) by the medians of those with people above the norm; those without
    any service are beyond every number and have no place on the axis."""
    known = ranking[(ranking["people_above_norm"] > 0) & ranking["median"].notna()]
    severity, people = float(known["median"].median()), float(known["people_above_norm"].median())
    both = known[(known["median"] > severity) & (known["people_above_norm"] > people)].sort_values(
        "median", ascending=False, kind="stable"
    )
    leading = [*known.nlargest(LEADING, "people_above_norm").index, *known.nlargest(LEADING, "median").index]
    return Quadrant(known, severity, people, tuple(map(str, both.index)), frozenset(map(str, leading)))


def _overlaps(intervals: pd.DataFrame) -> np.ndarray:
    low, high = (intervals[end].to_numpy(dtype=float) for end in ("rank_low", "rank_high"))
    together = (low[:, None] <= high[None, :]) & (low[None, :] <= high[:, None])
    np.fill_diagonal(together, False)
    return together
