"""Quality of what communes reported for a month, after the data-quality review of the WHO (docs/quality.md).

Completeness, timeliness, internal consistency (related figures, consistency over time, outliers) and external consistency. What is
found is to be asked about, never corrected: after an earthquake a figure that is far from the others may be right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from analytics.disclosure import is_withheld
from analytics.model import STATUS_ORDER, Status
from analytics.panel import Column, Panel
from analytics.quality_rules import ExternalLimit, QualityRules, Relation

# Of a normal distribution the median deviation is 0.6745, the mean deviation 0.7979 of the standard deviation.
_MEDIAN_DEVIATION, _MEAN_DEVIATION = 0.6745, 0.7979
_SAID = [STATUS_ORDER.index(s) for s in (Status.SUPPRESSED, Status.NOT_APPLICABLE)]
FLAG_COLUMNS = ("commune_code", "kind", "variable", "value", "compared", "others")


class FlagKind(StrEnum):
    """Why a figure is asked about."""

    RELATED = "related"
    OVER_TIME = "over_time"
    OUTLIER = "outlier"
    CENSUS = "census"
    SOURCE = "source"


INTERNAL = (FlagKind.RELATED, FlagKind.OVER_TIME, FlagKind.OUTLIER)
EXTERNAL = (FlagKind.CENSUS, FlagKind.SOURCE)


@dataclass(frozen=True, slots=True)
class Quality:
    """Quality of one month.

    ``communes``, by commune code: ``asked`` and ``filled`` count figures, ``completeness`` is their share (NaN where nothing is
    asked); ``days`` from the end of the month to the first file (NaN where it is not known); of each kind of flag ``<kind>_checked``
    and ``<kind>_apart`` count figures; ``is_complete``, ``is_timely``, ``is_internal``, ``is_external`` are 1, 0, or NaN where
    nothing can be judged; ``judged`` and ``passed`` count those four.

    ``flags`` has a row a figure to ask about: ``commune_code, kind, variable, value, compared`` (what it was set beside), ``others``
    (the other variables of a relation, joined with "+").
    """

    communes: pd.DataFrame
    flags: pd.DataFrame


def measure_quality(
    panel: Panel,
    month: pd.Timestamp,
    asked: Sequence[str],
    rules: QualityRules,
    relations: Sequence[Relation] = (),
    limits: Sequence[ExternalLimit] = (),
    other_sources: pd.DataFrame | None = None,
    days: Mapping[str, float] | None = None,
    days_to_report: float = np.nan,
) -> Quality:
    """Review what was reported for a month.

    Args:
        asked: the variables that communes report each month.
        relations: what the figures of a commune and month must keep to.
        limits: the census figure that a count of people stands beside.
        other_sources: the same figures from elsewhere: ``commune_code, variable, value``.
        days: days from the end of the month to the first figure received, of the communes where this can be judged.
        days_to_report: days within which a month is on time.
    """
    series = _Series(panel, month, asked)
    tables = [
        _find_related(series, relations),
        *_find_over_time(series, rules),
        _find_above_census(series, panel, limits),
        _find_other_source(series, other_sources, rules),
    ]
    communes = _completeness(series).join(pd.concat([counts for counts, _ in tables], axis=1))
    communes["days"] = pd.Series(dict(days or {}), dtype=float).reindex(communes.index)
    flags = pd.concat([found for _, found in tables if len(found)] or [_no_flags()], ignore_index=True)
    return Quality(_judge(communes, rules, days_to_report), flags[list(FLAG_COLUMNS)])


def modified_z_score(value: np.ndarray, before: np.ndarray) -> np.ndarray:
    """How far values lie from the median of others, in deviations: 0.6745 (x − median) / median deviation; by the mean deviation where
    half of the others are alike; infinite where all are and the value is not.

    Args:
        value: one a row.
        before: the others, one row a value; NaN where there is none.

    Source:
        Iglewicz and Hoaglin, How to detect and handle outliers (1993).
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        middle = _nan_rows(np.nanmedian, before)
        away = np.abs(before - middle[:, None])
        median_deviation, mean_deviation = _nan_rows(np.nanmedian, away), _nan_rows(np.nanmean, away)
        scale = np.where(median_deviation > 0, median_deviation / _MEDIAN_DEVIATION, mean_deviation / _MEAN_DEVIATION)
        score = (value - middle) / scale
    return np.where(value == middle, 0.0, score)


def _nan_rows(reduce: object, table: np.ndarray) -> np.ndarray:
    """A reduction of each row that has a value; NaN for the others, without a warning."""
    known = ~np.isnan(table).all(axis=1)
    found = np.full(len(table), np.nan)
    if known.any():
        found[known] = reduce(table[known], axis=1)  # type: ignore[operator]
    return found


class _Series:
    """The figures of each variable, communes × months up to the month; only those of their own month count as reported."""

    def __init__(self, panel: Panel, month: pd.Timestamp, asked: Sequence[str]) -> None:
        self.codes, self.asked = list(panel.commune_codes), list(asked)
        self.at = panel.months.index(month)
        self._panel, self._shape = panel, (len(panel.commune_codes), len(panel.months))

    def own(self, variable: str) -> np.ndarray:
        """Figures of their own month, NaN where there is none; a count that is withheld tells nothing."""
        column = self._panel[variable]
        return np.where(_is_own(column) & ~is_withheld(column), column.value, np.nan).reshape(self._shape)[:, : self.at + 1]

    def now(self, variables: Sequence[str]) -> np.ndarray:
        """Sum of some variables in the month; NaN where one is not known."""
        return np.sum([self.own(name)[:, -1] for name in variables], axis=0)

    def said(self, variable: str) -> tuple[np.ndarray, np.ndarray]:
        """Whether a commune is asked for a figure of the month (it does not apply to all), and whether it gave it."""
        column = self._panel[variable]
        inapplicable = column.is_not_applicable().reshape(self._shape)[:, self.at]
        known = (_is_own(column) & (~np.isnan(column.value) | np.isin(column.status, _SAID))).reshape(self._shape)
        return ~inapplicable, known[:, self.at] & ~inapplicable


def _is_own(column: Column) -> np.ndarray:
    return np.nan_to_num(column.age_months, nan=0.0) == 0


def _completeness(series: _Series) -> pd.DataFrame:
    said = [series.said(name) for name in series.asked]
    asked = np.sum([a for a, _ in said], axis=0) if said else np.zeros(len(series.codes), dtype=int)
    filled = np.sum([f for _, f in said], axis=0) if said else np.zeros(len(series.codes), dtype=int)
    share = np.divide(filled, asked, out=np.full(len(series.codes), np.nan), where=asked > 0)
    return pd.DataFrame({"asked": asked, "filled": filled, "completeness": share}, index=series.codes)


Found = tuple[pd.DataFrame, pd.DataFrame]


def _find_related(series: _Series, relations: Sequence[Relation]) -> Found:
    checked = np.zeros(len(series.codes), dtype=int)
    rows: list[tuple[object, ...]] = []
    for relation in relations:
        parts, whole = series.now(relation.parts), series.now(relation.whole)
        known = ~np.isnan(parts) & ~np.isnan(whole)
        checked += known
        above = parts > whole + relation.tolerance
        apart = known & (above | (relation.makes_up & (np.abs(parts - whole) > relation.tolerance)))
        others = "+".join((*relation.parts[1:], *relation.whole))
        rows += [(series.codes[i], relation.parts[0], parts[i], whole[i], others) for i in np.flatnonzero(apart)]
    return _tell(series, FlagKind.RELATED, checked, rows)


def _find_over_time(series: _Series, rules: QualityRules) -> list[Found]:
    """Figures far from the mean of the months before, and outliers among them."""
    checked = np.zeros(len(series.codes), dtype=int)
    rows: dict[FlagKind, list[tuple[object, ...]]] = {FlagKind.OVER_TIME: [], FlagKind.OUTLIER: []}
    for variable in series.asked:
        own = series.own(variable)
        value, before = own[:, -1], own[:, -1 - rules.months_before : -1]
        known = ~np.isnan(value) & ((~np.isnan(before)).sum(axis=1) >= rules.least_before)
        if not known.any():
            continue
        checked += known
        mean, middle = _nan_rows(np.nanmean, before), _nan_rows(np.nanmedian, before)
        far = (
            known & (np.abs(value - mean) > rules.over_time * np.abs(mean)) & (np.abs(value - mean) >= rules.smallest_change)
        )
        score = modified_z_score(value, before)
        out = known & (np.abs(score) > rules.modified_z) & (np.abs(value - middle) >= rules.smallest_change)
        for kind, apart, beside in ((FlagKind.OVER_TIME, far, mean), (FlagKind.OUTLIER, out, middle)):
            rows[kind] += [(series.codes[i], variable, value[i], beside[i], "") for i in np.flatnonzero(apart)]
    return [_tell(series, kind, checked, found) for kind, found in rows.items()]


def _find_above_census(series: _Series, panel: Panel, limits: Sequence[ExternalLimit]) -> Found:
    checked = np.zeros(len(series.codes), dtype=int)
    rows: list[tuple[object, ...]] = []
    for limit in limits:
        value = series.now([limit.variable])
        census = panel[limit.against].value.reshape(len(series.codes), -1)[:, series.at]
        known = ~np.isnan(value) & ~np.isnan(census)
        checked += known
        apart = known & (value > np.maximum(limit.check_above * census, limit.silent_under))
        rows += [(series.codes[i], limit.variable, value[i], census[i], limit.against) for i in np.flatnonzero(apart)]
    return _tell(series, FlagKind.CENSUS, checked, rows)


def _find_other_source(series: _Series, others: pd.DataFrame | None, rules: QualityRules) -> Found:
    checked, rows, place = np.zeros(len(series.codes), dtype=int), [], {code: i for i, code in enumerate(series.codes)}
    asked = set(series.asked)
    for row in (others if others is not None else pd.DataFrame()).itertuples():
        if row.variable not in asked or row.commune_code not in place or pd.isna(row.value):
            continue
        at, other = place[row.commune_code], float(row.value)
        value = series.now([row.variable])[at]
        if np.isnan(value):
            continue
        checked[at] += 1
        away = abs(value - other)
        if away > rules.other_source * abs(other) and away >= rules.smallest_change:
            rows.append((row.commune_code, row.variable, value, other, ""))
    return _tell(series, FlagKind.SOURCE, checked, rows)


def _tell(series: _Series, kind: FlagKind, checked: np.ndarray, rows: Sequence[tuple[object, ...]]) -> Found:
    flags = pd.DataFrame(list(rows), columns=["commune_code", "variable", "value", "compared", "others"]).assign(
        kind=kind.value
    )
    apart = flags["commune_code"].value_counts().reindex(series.codes, fill_value=0).to_numpy()
    return pd.DataFrame({f"{kind}_checked": checked, f"{kind}_apart": apart}, index=series.codes), flags


def _no_flags() -> pd.DataFrame:
    return pd.DataFrame(columns=list(FLAG_COLUMNS))


def _judge(communes: pd.DataFrame, rules: QualityRules, days_to_report: float) -> pd.DataFrame:
    """The four dimensions as 1, 0 or NaN; a month of which nothing came can be judged by completeness and timeliness alone."""
    judged = {
        "is_complete": _where_known(communes["completeness"] >= rules.enough_filled, communes["completeness"].notna()),
        "is_timely": _where_known(communes["days"] <= days_to_report, communes["days"].notna()),
        "is_internal": _none_apart(communes, INTERNAL),
        "is_external": _none_apart(communes, EXTERNAL),
    }
    found = communes.assign(**judged)
    dimensions = found[list(judged)]
    return found.assign(judged=dimensions.notna().sum(axis=1), passed=dimensions.sum(axis=1).astype(int))


def _none_apart(communes: pd.DataFrame, kinds: Sequence[FlagKind]) -> pd.Series:
    apart = communes[[f"{kind}_apart" for kind in kinds]].sum(axis=1)
    return _where_known(apart == 0, communes[[f"{kind}_checked" for kind in kinds]].sum(axis=1) > 0)


def _where_known(holds: pd.Series, known: pd.Series) -> pd.Series:
    return holds.astype(float).where(known)
