"""Order of attention: which communes to look at first, how surely they are among the first, and those that cannot be placed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from analytics.drawing_rules import UncertaintyRules


class Tier(StrEnum):
    """What can be said of a commune's place among the first communes."""

    FIRST = "first"
    OPEN = "open"
    NOT_FIRST = "not_first"


def tier_of(probability: float, rules: UncertaintyRules) -> Tier:
    """The tier of a probability of being among the first communes."""
    if probability >= rules.almost_sure:
        return Tier.FIRST
    return Tier.NOT_FIRST if probability <= rules.almost_excluded else Tier.OPEN


def count_tiers(ranking: pd.DataFrame, rules: UncertaintyRules) -> dict[Tier, int]:
    """How many communes with a rank stand in each tier of the first communes told in words."""
    chances = ranking[f"first_{rules.first_communes[0]}"].dropna()
    tiers = [tier_of(chance, rules) for chance in chances]
    return {tier: tiers.count(tier) for tier in Tier}


def rank_communes(results: pd.DataFrame, intervals: pd.DataFrame) -> pd.DataFrame:
    """The communes of one result and month in order of their rank, the heaviest first, each with what is known of its place.

    Ranks are those of ``analytics.uncertainty``: by the estimate that is shown, over all communes that it simulated, so that a
    commune has the same rank in every list. Communes of one rank are ordered by people above the norm, then by code.
    Communes without a rank are left out: they are listed apart, never at the bottom.

    Args:
        results: result rows of one month and one id, one per commune.
        intervals: ``rank, rank_low, rank_high`` and more by commune code.

    Returns:
        The columns of ``results`` with those of ``intervals`` that place a commune: ``rank, rank_low, rank_high`` (whole
        numbers), ``expected_rank`` and the probabilities of being among the first, in order.
    """
    whole = ["rank", "rank_low", "rank_high"]
    columns = [name for name in intervals.columns if name in (*whole, "expected_rank") or name.startswith("first_")]
    ranks = intervals[columns].reindex(results["commune_code"])
    ranked = results.reset_index(drop=True).assign(**{name: ranks[name].to_numpy() for name in columns})
    ranked = ranked[ranked["rank"].notna()].astype(dict.fromkeys(whole, int))
    return ranked.sort_values(
        ["rank", "gap_to_norm", "commune_code"], ascending=[True, False, True], na_position="last", ignore_index=True
    )


def heaviest_class_first(ranked: pd.DataFrame) -> pd.DataFrame:
    """Ranked communes (``rank_communes``) by class, the heaviest first, those of a class in order of rank: for a list under a title
    that counts the communes of the heaviest classes. A range counts by its lower end, a commune without a class comes last."""
    return ranked.sort_values("severity_class_low", ascending=False, kind="stable", na_position="last", ignore_index=True)


def classed_above_rank(listed: pd.DataFrame) -> list[str]:
    """Codes of the communes of a list whose class is surely higher than that of a commune before them: the order follows the score,
    the class also what limits a service. A range counts by its lower end after, by its upper end before; in order of the list.

    Args:
        listed: ``commune_code, severity_class_low, severity_class_high``, in the order in which they are shown.
    """
    least_before = listed["severity_class_high"].astype(float).cummin().shift()
    return list(listed.loc[listed["severity_class_low"].astype(float) > least_before, "commune_code"])


def unranked_communes(results: pd.DataFrame) -> list[str]:
    """Codes of the communes that have no score, in order of code."""
    return sorted(results.loc[results["score"].isna(), "commune_code"])


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
    """Cut communes (index: code; ``estimate, people_above_norm``) by the medians of those with people above the norm; those without
    any service are beyond every number and have no place on the axis."""
    known = ranking[(ranking["people_above_norm"] > 0) & ranking["estimate"].notna()]
    severity, people = float(known["estimate"].median()), float(known["people_above_norm"].median())
    both = known[(known["estimate"] > severity) & (known["people_above_norm"] > people)].sort_values(
        "estimate", ascending=False, kind="stable"
    )
    leading = [*known.nlargest(LEADING, "people_above_norm").index, *known.nlargest(LEADING, "estimate").index]
    return Quadrant(known, severity, people, tuple(map(str, both.index)), frozenset(map(str, leading)))
