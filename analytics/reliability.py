"""Reliability of a figure, A to D: what kind of source, how old, how much of the territory reported (method note 2.5)."""

from __future__ import annotations

import numpy as np

from analytics.model import PROVENANCE_ORDER, RELIABILITY_ORDER, ReliabilityRules
from analytics.panel import Column, Panel


def grade_panel(panel: Panel, rules: ReliabilityRules) -> Panel:
    """The panel with the grade of every figure: the worse of what its source declares and of what the rules give."""
    return panel.with_columns({name: _graded(name, column, panel, rules) for name, column in panel.columns.items()})


def quality(name: str, column: Column, panel: Panel, rules: ReliabilityRules) -> np.ndarray:
    """Product of the three qualities, 0–1; NaN where nothing was observed."""
    kinds = np.array([rules.by_provenance[kind] for kind in PROVENANCE_ORDER] + [np.nan])
    return kinds[column.provenance] * _by_age(name, column, rules) * _by_coverage(name, column, panel, rules)


def grade(of_quality: np.ndarray, rules: ReliabilityRules) -> np.ndarray:
    """Rank of the grade (0 is A) of each quality; -1 where there is none."""
    ranks = np.zeros(of_quality.shape, dtype=np.int8)
    for lowest in rules.lowest:
        ranks += of_quality < lowest
    ranks[np.isnan(of_quality)] = -1
    return ranks


def variation(ranks: np.ndarray, rules: ReliabilityRules) -> np.ndarray:
    """Coefficient of variation of each grade; that of the last grade where the grade is not known."""
    by_rank = np.array([*rules.variation, rules.variation[len(RELIABILITY_ORDER) - 1]])
    return by_rank[ranks]


def _graded(name: str, column: Column, panel: Panel, rules: ReliabilityRules) -> Column:
    worse = np.maximum(grade(quality(name, column, panel, rules), rules), column.reliability)
    return Column(column.value, column.status, column.provenance, worse, column.age_months)


def _by_age(name: str, column: Column, rules: ReliabilityRules) -> np.ndarray:
    if name in rules.without_age:
        return np.ones(len(column.value))
    limits = np.array([limit for limit, _ in rules.by_age])
    qualities = np.array([q for _, q in rules.by_age] + [rules.when_older])
    return qualities[np.searchsorted(limits, np.nan_to_num(column.age_months), side="left")]


def _by_coverage(name: str, column: Column, panel: Panel, rules: ReliabilityRules) -> np.ndarray:
    """Share of the places that reported; 1 for what no place has to report, the rule's share when nobody said."""
    if name not in rules.coverage:
        return np.ones(len(column.value))
    reported = panel[rules.coverage[name]].value / 100
    return np.where(np.isnan(reported), rules.coverage_unknown, reported)
