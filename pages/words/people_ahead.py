"""People above the norm under a scenario, month by month, with their range."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.bounds import BOUNDS, CENTRAL, HIGH, LOW, scale_end
from analytics.model import Sector
from analytics.projection import Projection
from analytics.summary import coverage_of
from data.i18n import NO_VALUE
from pages.words.coverage import add_coverage
from pages.words.view import View


@dataclass(frozen=True, eq=False)
class PeopleAhead:
    """People above the norm of a service in the chosen territory, by month: observed, under a scenario (by bound), and under the
    scenario it is compared with, where there is one."""

    observed: pd.Series
    ahead: Mapping[str, pd.Series]
    other: pd.Series | None

    @property
    def top(self) -> float:
        """Where the scale ends: at the highest bound, but no higher than lets the central figures be read."""
        return scale_end([*self.ahead[CENTRAL], *self.observed, 1.0], self.ahead[HIGH])

    @property
    def is_known(self) -> bool:
        """Whether the scenario says anything of its last month."""
        return not np.isnan(self.ahead[CENTRAL].iloc[-1])

    @property
    def is_cut(self) -> bool:
        """Whether the highest bound goes beyond the scale."""
        return bool(np.nanmax([*self.ahead[HIGH], 0.0]) > self.top)


def read_people(view: View, mine: Projection, other: Projection | None, sector: Sector) -> PeopleAhead:
    """The figures of the chart, for the headline of a service."""
    headline = view.figures.definitions.headlines[sector]
    rows = view.figures.results[headline]
    inside = rows[rows["commune_code"].isin(view.codes)]
    past = inside.groupby("reference_date")["gap_to_norm"].sum(min_count=1)

    def ahead(projection: Projection, bound: str = CENTRAL) -> pd.Series:
        return pd.Series(
            projection.total(headline, "gap_to_norm", inside_territory(view), bound), index=list(projection.months)
        )

    return PeopleAhead(past, {b: ahead(mine, b) for b in BOUNDS}, ahead(other) if other else None)


def state_people(view: View, people: PeopleAhead, sector: Sector) -> str:
    """The finding: how many people above the norm in the last month, with the range, and how many in the last one observed."""
    t, definitions = view.t, view.figures.definitions
    if not people.is_known:
        return t("council.outlook_unknown")
    indicator = definitions.indicators[definitions.headlines[sector]]
    low, high = (_write(view, people.ahead[b].iloc[-1]) for b in (LOW, HIGH))
    last = view.figures.of_month(indicator.id, people.observed.index[-1]).loc[view.codes]
    finding = t(
        "scenario.people_finding",
        people=t("scenario.above", people=t.quantity(people.ahead[CENTRAL].iloc[-1], indicator.people)),
        service=t.label(definitions.sector_labels[sector]),
        month=t.month(people.ahead[CENTRAL].index[-1]),
        low=low,
        high=high,
        now=_write(view, people.observed.iloc[-1]),
        observed=t.month(people.observed.index[-1]),
    )
    return add_coverage(t, finding, coverage_of(last))


def _write(view: View, people: float) -> str:
    return view.t.number(round(float(people)), 0) if not np.isnan(people) else NO_VALUE


def inside_territory(view: View) -> np.ndarray:
    """Which communes of the figures belong to the chosen territory."""
    return np.isin(np.array(view.figures.territory), view.codes)
