"""Residents of a commune between two censuses and after the last one: geometric projection, damped (method note 3.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.model import PROVENANCE_ORDER, Provenance
from analytics.panel import Column, Panel

VARIABLE, PROJECTED = "population", "resident_population"
OWN_SHARE = 0.5
LARGEST_YEARLY_GROWTH = 0.025
_DAYS_A_YEAR = 365.25


def yearly_growth(first: np.ndarray, last: np.ndarray, years: float) -> np.ndarray:
    """Geometric growth a year between two counts."""
    return (last / first) ** (1 / years) - 1


def damped_growth(own: np.ndarray, of_group: np.ndarray) -> np.ndarray:
    """Growth to carry on with after the last census: half the commune's, half its group's, at most 2.5 % either way."""
    return np.clip(OWN_SHARE * own + (1 - OWN_SHARE) * of_group, -LARGEST_YEARLY_GROWTH, LARGEST_YEARLY_GROWTH)


def project(first: np.ndarray, last: np.ndarray, growth_after: np.ndarray, years: np.ndarray, between: float) -> np.ndarray:
    """Residents at some moments: geometric between the two counts, then by the damped growth.

    Args:
        first, last: people at the two censuses, one a commune.
        growth_after: yearly growth after the second census, one a commune.
        years: moments in years since the second census (negative before it).
        between: years between the censuses.

    Returns:
        Communes × moments.
    """
    before = last[:, None] * (last / first)[:, None] ** (years[None, :] / between)
    after = last[:, None] * (1 + growth_after)[:, None] ** years[None, :]
    return np.where(years[None, :] <= 0, before, after)


def residents_of(panel: Panel) -> Column:
    """Residents projected to the month where a projection was made, the legal population otherwise."""
    return panel[PROJECTED if PROJECTED in panel.columns else VARIABLE]


@dataclass(frozen=True, slots=True)
class CensusCounts:
    """People at the two latest censuses of a territory, one commune a row, and what its group tells of growth.

    ``growth`` is the yearly growth after the second census: the only step that needs the other communes of the group.
    """

    commune_codes: tuple[str, ...]
    earlier: pd.Timestamp
    census: pd.Timestamp
    first: np.ndarray
    last: np.ndarray
    growth: np.ndarray

    def of(self, commune_codes: Sequence[str]) -> CensusCounts:
        """The rows of some communes."""
        rows = pd.Index(self.commune_codes).get_indexer(list(commune_codes))
        arrays = self.first[rows], self.last[rows], self.growth[rows]
        return CensusCounts(tuple(commune_codes), self.earlier, self.census, *arrays)


def count_censuses(observations: pd.DataFrame, commune_codes: Sequence[str], group_of: pd.Series) -> CensusCounts | None:
    """The two latest censuses of a whole territory; None where there are not two.

    Args:
        observations: long figures in force, with the ``population`` of each census.
        group_of: comparison group by commune code, whose growth damps the commune's own.
    """
    counts = observations.loc[observations["variable"] == VARIABLE].pivot(
        index="commune_code", columns="reference_date", values="value"
    )
    if counts.shape[1] < 2:
        return None
    counts = counts.reindex(commune_codes)
    earlier, census = counts.columns[-2], counts.columns[-1]
    first, last = counts[earlier].to_numpy(dtype=float), counts[census].to_numpy(dtype=float)
    between = (census - earlier).days / _DAYS_A_YEAR
    groups = counts[[earlier, census]].groupby(group_of.reindex(commune_codes)).transform("sum")
    growth = damped_growth(
        yearly_growth(first, last, between),
        yearly_growth(groups[earlier].to_numpy(dtype=float), groups[census].to_numpy(dtype=float), between),
    )
    return CensusCounts(tuple(commune_codes), earlier, census, first, last, growth)


def add_resident_population(panel: Panel, observations: pd.DataFrame, group_of: pd.Series) -> Panel:
    """Add ``resident_population`` to the panel of a whole territory (``count_censuses``, ``project_residents``)."""
    return project_residents(panel, count_censuses(observations, panel.commune_codes, group_of))


def project_residents(panel: Panel, counts: CensusCounts | None) -> Panel:
    """Add ``resident_population``: the legal population of the two latest censuses carried to each month of the panel; the panel as it
    is where there are no two.

    A commune that only one census counted keeps that count; one that none counted has none. In the month of a census the
    figure is the census's own; in any other month it is an estimate.

    Args:
        counts: of the communes of the panel, in its order.
    """
    if counts is None:
        return panel
    between = (counts.census - counts.earlier).days / _DAYS_A_YEAR
    years = (pd.DatetimeIndex(panel.months) - counts.census).days.to_numpy() / _DAYS_A_YEAR
    legal = panel[VARIABLE]
    projected = project(counts.first, counts.last, counts.growth, years, between).ravel()
    value = np.where(np.isnan(projected), legal.value, projected)
    counted = np.tile(years == 0, len(panel.commune_codes)) | np.isnan(projected)
    estimated = np.maximum(legal.provenance, PROVENANCE_ORDER.index(Provenance.ESTIMATE))
    provenance = np.where(counted | (legal.provenance < 0), legal.provenance, estimated).astype(np.int8)
    column = Column(value, legal.status, provenance, legal.reliability, legal.age_months)
    return panel.with_columns({PROJECTED: column})
