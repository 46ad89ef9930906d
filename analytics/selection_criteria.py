"""A short list of places (communes, douars) by weighted criteria, and how firmly each belongs to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

CONCENTRATION = 30
DRAWS = 1000
SEED = 20230908


def select_places(criteria: pd.DataFrame, weights: Mapping[str, float], size: int) -> pd.DataFrame:
    """Rank places by the weighted mean of where they stand on each criterion.

    Args:
        criteria: one row a commune or douar (index: code), one column a criterion, the higher the more in need.
        weights: weight of each criterion, zero or more, not all zero.
        size: places on the short list.

    Returns:
        The places with every weighted criterion known, best first: ``position``, ``points`` (0–1: the weighted mean of the
        share of places that stand at or below on each criterion), ``selected``, and ``share_selected``, the share of 1,000
        draws of the weights around the chosen ones (Dirichlet, method note 2.5) in which the place is on the list. A
        place with an unknown criterion is left out: it is named apart, never at the bottom.

    Raises:
        ValueError: no criterion has a weight.
    """
    used = [name for name in criteria.columns if weights.get(name, 0) > 0]
    if not used:
        raise ValueError("no criterion has a weight")
    known = criteria[used].dropna()
    places = known.rank(pct=True).to_numpy()
    chosen = np.array([weights[name] for name in used])
    chosen = chosen / chosen.sum()
    points = places @ chosen
    order = np.lexsort((known.index.to_numpy(), -points))
    listed = pd.DataFrame(
        {
            "position": np.arange(1, len(known) + 1),
            "points": points[order],
            "selected": np.arange(len(known)) < size,
            "share_selected": _share_selected(places, chosen, size)[order],
        },
        index=known.index[order],
    )
    return listed


def points_by_criterion(criteria: pd.DataFrame, weights: Mapping[str, float]) -> pd.DataFrame:
    """What each weighted criterion adds to the points of a place (0–1): its share of places at or below, times its share of the
    weights; the columns sum to ``points`` of ``select_places``."""
    used = [name for name in criteria.columns if weights.get(name, 0) > 0]
    total = sum(weights[name] for name in used)
    return criteria[used].dropna().rank(pct=True) * pd.Series({name: weights[name] / total for name in used})


def reasons_left_out(
    criteria: pd.DataFrame, weights: Mapping[str, float], least: Mapping[str, float], excluded: Collection[str]
) -> dict[str, tuple[str, str]]:
    """Why a place is not ranked at all, by code, the first reason that holds: ``("excluded", "")`` by hand; ``("unknown", criterion)``
    where a weighted criterion is not known; ``("below", criterion)`` where one lies below its threshold.

    Args:
        least: the least value of a criterion, in its unit; a criterion needs no weight to have one.
    """
    used = [name for name in criteria.columns if weights.get(name, 0) > 0 or name in least]
    found: dict[str, tuple[str, str]] = {}
    for code, row in criteria.iterrows():
        unknown = next((name for name in used if pd.isna(row[name])), "")
        below = next((name for name in used if name in least and row[name] < least[name]), "")
        if code in excluded:
            found[str(code)] = ("excluded", "")
        elif unknown:
            found[str(code)] = ("unknown", unknown)
        elif below:
            found[str(code)] = ("below", below)
    return found


def _share_selected(places: np.ndarray, weights: np.ndarray, size: int) -> np.ndarray:
    drawn = np.random.default_rng(SEED).dirichlet(CONCENTRATION * weights, DRAWS)
    points = places @ drawn.T
    position = (-points).argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    return (position < size).mean(axis=1)
