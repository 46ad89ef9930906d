"""Totals and medians over groups of communes that never take a missing figure for zero."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.model import ResultStatus
from analytics.pressure import HIGH_CLASS


def class_of(result: pd.Series) -> int | None:
    """The severity class of one result row; None where it has none."""
    return None if pd.isna(result["severity_class"]) else int(result["severity_class"])


@dataclass(frozen=True, slots=True)
class Total:
    """A sum over communes: at least ``value``, since ``missing_count`` of ``count`` communes have no figure."""

    value: float
    count: int
    missing_count: int

    @property
    def is_known(self) -> bool:
        """Whether at least one commune has a figure."""
        return self.missing_count < self.count

    @property
    def is_complete(self) -> bool:
        """Whether every commune has a figure."""
        return self.missing_count == 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the communes concerned have a result."""

    known: int
    concerned: int

    @property
    def share(self) -> float:
        """Share of the communes concerned that have a result; 0 where none is concerned."""
        return self.known / self.concerned if self.concerned else 0.0


def coverage_of(results: pd.DataFrame) -> Coverage:
    """How many of the communes of some result rows have a figure, of those that the result concerns."""
    known = results["score"].notna()
    return Coverage(int(known.sum()), int((known | ~results["status"].isin(NOT_ASSESSED)).sum()))


def decided_high(results: pd.DataFrame) -> pd.Series:
    """Whether each of some result rows is in class 4 or 5: 1 or 0, also between two classes where both say the same, NaN elsewhere."""
    low, high = (results[f"severity_class_{end}"].astype(float) for end in ("low", "high"))
    return (low >= HIGH_CLASS).astype(float).where((low >= HIGH_CLASS) | (high < HIGH_CLASS))


def total_over_communes(values: pd.Series) -> Total:
    """Sum that says how many communes it leaves out; NaN when none has a figure."""
    missing = int(values.isna().sum())
    return Total(float(values.sum(min_count=1)) if len(values) else float("nan"), len(values), missing)


def total_by_month(table: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """Sum by month over the communes (``inside``) that have a figure, from communes × months; NaN when none has."""
    known = ~np.isnan(table[inside])
    return np.where(known.any(axis=0), np.nansum(table[inside], axis=0), np.nan)


def class_counts(results: pd.DataFrame) -> dict[str, int]:
    """Communes by legend row: classes ``"1"`` to ``"5"``, ``"range"`` (no one class holds), ``"no_data"`` (missing, insufficient) and
    ``"not_assessed"``."""
    return row_counts(legend_rows(results))


def high_without_displaced(results: pd.DataFrame) -> int | None:
    """How many communes would be in a high class without displaced people; None where that is not known of every commune that has a
    class, or of none."""
    known, without = results["severity_class"].notna(), results["severity_class_without_displaced"]
    if not known.any() or without[known].isna().any():
        return None
    return int((without[known] >= HIGH_CLASS).sum())


def row_counts(rows: Mapping[str, int | str]) -> dict[str, int]:
    """Communes by legend row, as ``class_counts``, from what a map draws."""
    written = [str(row).partition(" ")[0] for row in rows.values()]
    return {row: written.count(row) for row in (*map(str, range(1, 6)), RANGE, "no_data", "not_assessed")}


NOT_ASSESSED = ("not_assessed", "no_demand")
RANGE = "range"


def group_medians(results: pd.DataFrame, group_of: pd.Series, figure: str = "score") -> pd.DataFrame:
    """Median of a figure by month: over all communes (``all``) and inside each comparison group.

    Args:
        results: rows of one result id (``commune_code, reference_date`` and the figure).
        group_of: comparison group by commune code.

    Returns:
        One row per month, one column per group and ``all``; NaN where no commune has the figure.
    """
    frame = results.assign(group=results["commune_code"].map(group_of))
    by_group = frame.pivot_table(index="reference_date", columns="group", values=figure, aggfunc="median", dropna=False)
    return by_group.assign(all=frame.groupby("reference_date")[figure].median())


def largest_gap(gaps: list[pd.Series]) -> pd.Series:
    """People above the norm over several services: the largest of them, since the same people use all (never their sum)."""
    return pd.concat(gaps, axis=1).max(axis=1)


def displacement_share(score: float, score_without: float) -> float:
    """Part of a score due to displacement, in points; NaN when the score without displaced persons is unknown."""
    return float("nan") if np.isnan(score_without) else max(0.0, score - score_without)


def legend_rows(results: pd.DataFrame) -> dict[str, int | str]:
    """For each commune, its class 1–5, ``"range 1–3"`` where figures leave it between two, ``"no_data"`` or ``"not_assessed"``: what a
    map draws."""
    columns = (
        results[name] for name in ("commune_code", "severity_class", "severity_class_low", "severity_class_high", "status")
    )
    return {code: _legend_row(*row) for code, *row in zip(*columns, strict=True)}


def _legend_row(severity: float, low: float, high: float, status: str) -> int | str:
    if pd.notna(severity):
        return int(severity)
    if status == ResultStatus.PARTIAL:
        return f"{RANGE} {int(low)}–{int(high)}"
    return "not_assessed" if status in NOT_ASSESSED else "no_data"
