"""A panel: observations laid out as one row per commune and month, one column per variable, each value with its status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.model import STATUS_ORDER, Status
from analytics.observations import Observations, observe

_MISSING = STATUS_ORDER.index(Status.MISSING)
_ABSENT = -1


@dataclass(frozen=True, slots=True)
class Column:
    """One variable over the rows of a panel: values (NaN when absent) and, as ranks in the vocabulary of ``model``, how
    they are known; ``age_months`` lie between the day that the figure describes and the month it is used for. Rank -1 and
    age NaN mean that nothing was observed."""

    value: np.ndarray
    status: np.ndarray
    provenance: np.ndarray
    reliability: np.ndarray
    age_months: np.ndarray

    @classmethod
    def absent(cls, rows: int) -> Column:
        """A variable that was never observed."""
        nothing = np.full(rows, _ABSENT, dtype=np.int8)
        return cls(np.full(rows, np.nan), np.full(rows, _MISSING, dtype=np.int8), nothing, nothing, np.full(rows, np.nan))

    def rows(self, chosen: slice) -> Column:
        """The same variable over some of the rows."""
        return Column(
            self.value[chosen],
            self.status[chosen],
            self.provenance[chosen],
            self.reliability[chosen],
            self.age_months[chosen],
        )

    def is_not_applicable(self) -> np.ndarray:
        """Where the variable is declared not to apply to the commune."""
        return self.status == STATUS_ORDER.index(Status.NOT_APPLICABLE)


def combine(value: np.ndarray, parts: Sequence[Column]) -> Column:
    """A value computed from several columns: it is known no better than the least firm of them."""
    status = np.max([p.status for p in parts], axis=0)
    provenance = np.max([p.provenance for p in parts], axis=0)
    reliability = np.max([p.reliability for p in parts], axis=0)
    return Column(value, status, provenance, reliability, np.fmax.reduce([p.age_months for p in parts]))


@dataclass(frozen=True, slots=True)
class Panel:
    """Observations of ``commune_codes × months``, commune by commune, month within commune."""

    commune_codes: tuple[str, ...]
    months: tuple[pd.Timestamp, ...]
    columns: Mapping[str, Column]

    @property
    def rows(self) -> int:
        """Number of commune-months."""
        return len(self.commune_codes) * len(self.months)

    def __getitem__(self, variable: str) -> Column:
        return self.columns.get(variable) or Column.absent(self.rows)

    def with_columns(self, extra: Mapping[str, Column]) -> Panel:
        """The same panel with derived columns added or replaced."""
        return Panel(self.commune_codes, self.months, {**self.columns, **extra})

    def of_month(self, month: pd.Timestamp) -> Panel:
        """The rows of one month.

        Raises:
            ValueError: the panel has no such month.
        """
        rows = slice(self.months.index(month), None, len(self.months))
        return Panel(self.commune_codes, (month,), {name: column.rows(rows) for name, column in self.columns.items()})

    def row_codes(self) -> np.ndarray:
        """Commune code of each row."""
        return np.repeat(np.asarray(self.commune_codes, dtype=object), len(self.months))

    def row_months(self) -> np.ndarray:
        """Reference month of each row."""
        return np.tile(np.asarray(self.months, dtype="datetime64[ns]"), len(self.commune_codes))


def build_panel(
    observations: pd.DataFrame,
    commune_codes: Sequence[str],
    months: Sequence[pd.Timestamp],
    census_variables: frozenset[str],
) -> Panel:
    """Lay out long observations as a panel.

    Args:
        observations: one row per commune, date and variable (``commune_code, reference_date, variable, value, status,
            provenance, reliability``); a commune or month outside the panel is left out.
        census_variables: variables that describe a census; each month takes the census nearest in time.

    A monthly variable belongs to its own month only: a month without a row is missing, never carried forward.
    """
    return lay_out(observe(observations, commune_codes), commune_codes, months, census_variables)


def lay_out(
    observations: Observations,
    commune_codes: Sequence[str],
    months: Sequence[pd.Timestamp],
    census_variables: frozenset[str],
) -> Panel:
    """Lay out observations as a panel, as ``build_panel`` does with rows."""
    layout = _Layout(observations, len(commune_codes), pd.DatetimeIndex(months))
    # Sorted once by variable; the order within one stays, for the later of two rows holds.
    order = np.argsort(observations.variable, kind="stable")
    bounds = np.searchsorted(observations.variable[order], np.arange(len(observations.names) + 1))
    columns = {
        name: layout.column(order[bounds[at] : bounds[at + 1]], is_census=name in census_variables)
        for at, name in enumerate(observations.names)
        if bounds[at] < bounds[at + 1]
    }
    return Panel(tuple(commune_codes), tuple(layout.months), columns)


class _Layout:
    """Observations by position, with the place of each in the panel: rank of its commune and of its month."""

    def __init__(self, observations: Observations, communes: int, months: pd.DatetimeIndex) -> None:
        self.months, self.size, self.observations = months, communes * len(months), observations
        dates = pd.DatetimeIndex(observations.day)
        self.month_rank = months.get_indexer(dates)
        self.described, self.calendar = _count_months(dates), _count_months(months)

    def column(self, rows: np.ndarray, *, is_census: bool) -> Column:
        """One variable over the panel, from its positions in the observations."""
        target, source = self._place_census(rows) if is_census else self._place_months(rows)
        seen, absent = self.observations, Column.absent(self.size)
        value, status, age = absent.value, absent.status, absent.age_months
        # ``absent`` shares one array for both ranks.
        provenance, reliability = absent.provenance.copy(), absent.reliability.copy()
        # Of positions that stand twice in ``target`` the last one holds.
        value[target], status[target] = seen.value[source], seen.status[source]
        provenance[target], reliability[target] = seen.provenance[source], seen.reliability[source]
        age[target] = np.abs(self.calendar[target % len(self.months)] - self.described[source])
        return Column(value, status, provenance, reliability, age)

    def _place_months(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Rows of the panel, and the observation of each: its own month only."""
        rows = rows[self.month_rank[rows] >= 0]
        return self.observations.commune[rows] * len(self.months) + self.month_rank[rows], rows

    def _place_census(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Rows of the panel, and the observation of each: the census nearest in time."""
        target, source = spread_census(self.observations.commune[rows], self.observations.day[rows], self.months)
        return target, rows[source]


def _count_months(days: pd.DatetimeIndex) -> np.ndarray:
    """Months of each day since year 0: the difference of two is their distance."""
    return (days.year * 12 + days.month).to_numpy(dtype=float)


def spread_census(commune: np.ndarray, days: np.ndarray, months: pd.DatetimeIndex) -> tuple[np.ndarray, np.ndarray]:
    """For each commune and month the position of the census nearest in time: the later one on a tie, the last of one day.

    Returns:
        Rows of the panel, and the position of the census of each.
    """
    counted = np.unique(commune)
    # Latest first: the first of equal distances is the later one.
    dates = np.unique(days)[::-1]
    held = np.full((len(counted), len(dates)), -1)
    held[np.searchsorted(counted, commune), len(dates) - 1 - np.searchsorted(dates[::-1], days)] = np.arange(len(days))
    distance = np.abs(dates[:, None] - months.to_numpy()[None, :]).astype("timedelta64[D]").astype(float)
    nearest = np.where(held[:, :, None] >= 0, distance[None], np.inf).argmin(axis=1) if len(dates) else held[:, :0]
    source = np.take_along_axis(held, nearest, axis=1)
    target = counted[:, None] * len(months) + np.arange(len(months))
    return target.ravel(), source.ravel()
