"""Disclosure control: small counts of people are withheld before anything is computed, so that nothing published leads back
to them (method note 6).

A count below its threshold is replaced by the middle of the range it lies in, whatever it was; other sensitive counts are
rounded, so that the difference of two months or two scenarios never shows a few persons; where only one part of a known
total is withheld, a second part is withheld with it. A share of a count is withheld where it would give back a small part of
it, or where the count itself is withheld; what follows another count is withheld with it. Zeros stay: nobody is behind them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.model import Status
from analytics.panel import Column, Panel

# A share in percent has two decimals at most: less than this many people is nobody, and that much less than a whole one is one.
_NOBODY = 0.05
_WHOLE = 100.0
_SUPPRESSED = tuple(Status).index(Status.SUPPRESSED)


@dataclass(frozen=True, slots=True)
class DisclosureRule:
    """Counts of a variable under ``threshold`` are withheld, the others rounded to multiples of ``rounding`` (1: exact).

    ``part_of`` and ``split``: the total to which this variable and the others of the same split add up. ``share_of``: this is
    a percentage of that count. ``follows``: this is done for those of that count, and tells how many they are.
    """

    threshold: int
    rounding: int = 1
    part_of: str = ""
    split: str = ""
    share_of: str = ""
    follows: str = ""


def protect_panel(panel: Panel, rules: Mapping[str, DisclosureRule]) -> Panel:
    """The panel as it may be published: every figure, total and difference is computed from this one.

    A withheld cell has the status ``suppressed``; its value is the middle of its range where it was small itself, and
    unknown where it is withheld to protect another.
    """
    named = {name: rule for name, rule in rules.items() if name in panel.columns}
    small = {name: _small(panel, name, rule) for name, rule in named.items()}
    protecting = _complements(panel, named, small)
    _withhold_with_others(named, small, protecting)
    columns = {name: _protected(panel[name], rule, small[name], protecting[name]) for name, rule in named.items()}
    return panel.with_columns(columns)


def is_small(value: np.ndarray, rule: DisclosureRule) -> np.ndarray:
    """Where a count lies above zero and under its threshold."""
    return (value > 0) & (value < rule.threshold)


def _small(panel: Panel, name: str, rule: DisclosureRule) -> np.ndarray:
    """Where a count is small; no share is small itself."""
    return np.zeros(panel.rows, dtype=bool) if rule.share_of else is_small(panel[name].value, rule)


def _gives_back(panel: Panel, name: str, rule: DisclosureRule) -> np.ndarray:
    """Where a percentage of a count, or the rest of it, stands for fewer than the threshold."""
    share, count = panel[name].value / 100, panel[rule.share_of].value
    parts = (count * share, count * (1 - share))
    return np.any([(part > _NOBODY) & (part < rule.threshold - _NOBODY) for part in parts], axis=0)


def _withhold_with_others(
    rules: Mapping[str, DisclosureRule], small: dict[str, np.ndarray], protecting: dict[str, np.ndarray]
) -> None:
    """Withhold what would tell another count that is withheld: small or not, it leaves the same behind."""
    for name, rule in rules.items():
        for other in (rule.share_of, rule.follows):
            if other in rules:
                told = small[other] | protecting[other]
                protecting[name], small[name] = protecting[name] | told, small[name] & ~told


def is_withheld(column: Column) -> np.ndarray:
    """Where a cell of a protected panel is not shown."""
    return column.status == _SUPPRESSED


def placeholder(rule: DisclosureRule) -> float:
    """The middle of the counts that are withheld: 2.5 for 1 to 4."""
    return rule.threshold / 2


def round_count(value: np.ndarray, rule: DisclosureRule) -> np.ndarray:
    """A count of at least the threshold as it is published: the nearest multiple of the rounding, never under the threshold."""
    rounded = np.floor(value / rule.rounding + 0.5) * rule.rounding
    return np.where(value > 0, np.maximum(rounded, rule.threshold), value)


def _protected(column: Column, rule: DisclosureRule, small: np.ndarray, protecting: np.ndarray) -> Column:
    shown = round_count(column.value, rule)
    if rule.share_of:
        shown = np.minimum(shown, _WHOLE)
    value = np.select([small, protecting], [placeholder(rule), np.nan], default=shown)
    status = np.where(small | protecting, _SUPPRESSED, column.status).astype(np.int8)
    return Column(value, status, column.provenance, column.reliability, column.age_months)


def _complements(
    panel: Panel, rules: Mapping[str, DisclosureRule], small: Mapping[str, np.ndarray]
) -> dict[str, np.ndarray]:
    """Where a part is withheld because it would give away the only withheld part of the same total."""
    protecting = {name: np.zeros(panel.rows, dtype=bool) for name in rules}
    splits: dict[tuple[str, str], list[str]] = {}
    for name, rule in rules.items():
        if rule.part_of:
            splits.setdefault((rule.part_of, rule.split), []).append(name)
    for parts in splits.values():
        seconds = second_part(np.array([panel[name].value for name in parts]), np.array([small[name] for name in parts]))
        for name, second in zip(parts, seconds, strict=True):
            protecting[name] |= second
    for name, rule in rules.items():
        if rule.share_of and rule.share_of in panel.columns:
            protecting[name] |= _gives_back(panel, name, rule)
    return protecting


def second_part(values: np.ndarray, withheld: np.ndarray) -> np.ndarray:
    """Of the parts of a total (rows; one total a column), the one to withhold beside the only one that is withheld: the smallest other
    part that anybody is in. Where there is none the total itself equals the withheld part."""
    sizes = np.where(withheld | ~(values > 0), np.inf, values)
    is_second = np.arange(len(values))[:, None] == sizes.argmin(axis=0)
    return is_second & (withheld.sum(axis=0) == 1) & np.isfinite(sizes.min(axis=0))


def withhold_parts(values: np.ndarray, rule: DisclosureRule) -> np.ndarray:
    """Which parts of a total (rows; one total a column) may not be told: the small ones, and a second one where one alone is."""
    small = is_small(values, rule)
    return small | second_part(values, small)


def withhold_share(part: np.ndarray, whole: np.ndarray, rule: DisclosureRule) -> np.ndarray:
    """Where a part of a whole that is told may not be: it is small, or the rest of it is."""
    return withhold_parts(np.array([part, whole - part]), rule)[0]


def protect_observations(
    observations: pd.DataFrame, commune_code: str, panel: Panel, rules: Mapping[str, DisclosureRule]
) -> pd.DataFrame:
    """Observations of one commune as they may be published (``protect_rows``)."""
    return protect_rows(observations.assign(commune_code=commune_code), panel, rules)[list(observations.columns)]


def protect_rows(observations: pd.DataFrame, panel: Panel, rules: Mapping[str, DisclosureRule]) -> pd.DataFrame:
    """Observations with the values that a protected panel shows: withheld ones missing, with the status ``suppressed``, the others
    rounded as everywhere else.

    Args:
        observations: ``commune_code, variable, reference_date, value, status`` and what else is shown of them. A sensitive one that
            lies in no commune or month of the panel is withheld.
    """
    value, status = observations["value"].to_numpy(dtype=float, copy=True), observations["status"].to_numpy(dtype=object)
    commune = pd.Index(panel.commune_codes).get_indexer(observations["commune_code"])
    month = pd.DatetimeIndex(panel.months).get_indexer(pd.DatetimeIndex(observations["reference_date"]))
    known, cell = (commune >= 0) & (month >= 0), commune * len(panel.months) + month
    names = observations["variable"].to_numpy(dtype=object)
    sensitive = np.flatnonzero(np.isin(names.astype(str), list(rules)) & ~np.isnan(value))
    for name in pd.unique(names[sensitive]):
        rows = sensitive[names[sensitive] == name]
        column, at, inside = panel[name], cell[rows], known[rows]
        hidden = ~inside | is_withheld(column)[np.where(inside, at, 0)]
        value[rows] = np.where(hidden, np.nan, column.value[np.where(inside, at, 0)])
        status[rows[hidden]] = Status.SUPPRESSED.value
    return observations.assign(value=value, status=status)


def protect_parts(counts: pd.DataFrame, parts: Mapping[str, str], rule: DisclosureRule) -> pd.DataFrame:
    """Which counts of a table of rows are withheld: the small ones, and beside one every other part of the same total.

    Args:
        counts: a column a count; ``parts`` the name of the total of each column.
    """
    small = pd.DataFrame(is_small(counts.to_numpy(dtype=float), rule), index=counts.index, columns=counts.columns)
    of = {total: [name for name in counts if parts[name] == total] for total in parts.values()}
    return small.assign(**{name: small[of[parts[name]]].any(axis=1) for name in small})


def protect_counts(counts: np.ndarray, rule: DisclosureRule) -> tuple[np.ndarray, np.ndarray]:
    """Counts that stand alone as they may be published: small ones missing, the others rounded; and where one is withheld."""
    small = is_small(counts, rule)
    return np.where(small, np.nan, round_count(counts, rule)), small
