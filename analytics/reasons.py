"""Why a service is under pressure: people who moved, capacity lost since before the event, and the rest.

The two changes act together (the same arrivals weigh more on fewer rooms): each gets the mean of what it adds before and after the
other (Shapley's value), so that the three parts sum to the pressure. The rest is the pressure if nobody had moved and nothing had
closed. In a commune that people left, their part is negative: a relief. Intervals come from the draws of every other interval.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analytics.assessment import Assessment, assess
from analytics.assumptions import Assumptions, PopulationBasis
from analytics.demand import add_demand
from analytics.draws import Draws
from analytics.model import Definitions, Indicator
from analytics.panel import Column, Panel
from analytics.ratios import divide
from analytics.scenario import capacity_variables
from analytics.scenario_application import DAYS
from analytics.uncertainty import DrawnMonth

PARTS = ("people", "capacity", "rest")
_SERVED = "population_served"
_BACKLOG, _REQUESTS, _REQUESTS_OF_DISPLACED = "registry_backlog", "registry_requests", "displaced_registry_requests"


@dataclass(frozen=True, slots=True)
class Worlds:
    """A figure as it is, and in the three worlds without one change or without both."""

    both: np.ndarray
    people_alone: np.ndarray
    capacity_alone: np.ndarray
    neither: np.ndarray

    def parts(self) -> dict[str, np.ndarray]:
        """Shapley's value of both changes, and the rest; they sum to the figure as it is."""
        people = ((self.people_alone - self.neither) + (self.both - self.capacity_alone)) / 2
        capacity = ((self.capacity_alone - self.neither) + (self.both - self.people_alone)) / 2
        return {"people": people, "capacity": capacity, "rest": self.neither}


def capacity_before(panel: Panel, definitions: Definitions, event: pd.Timestamp) -> dict[str, np.ndarray]:
    """Capacity of each commune before an event, by variable: what the month before it reports; where none does, the most reported
    since, for what has opened again was there before. NaN where nothing was ever reported. Days of opening are no capacity that
    an earthquake closes."""
    shape = (len(panel.commune_codes), len(panel.months))
    named = [name for name in capacity_variables(definitions) if name not in DAYS]
    month = event.normalize().replace(day=1) - pd.DateOffset(months=1)
    found = {}
    for name in named:
        table = panel[name].value.reshape(shape)
        said = table[:, panel.months.index(month)] if month in panel.months else np.full(shape[0], np.nan)
        most = np.max(np.where(np.isnan(table), -np.inf, table), axis=1)
        found[name] = np.where(np.isnan(said), np.where(np.isinf(most), np.nan, most), said)
    return found


def explain(
    panel: Panel, before: Mapping[str, np.ndarray], definitions: Definitions, assumptions: Assumptions
) -> pd.DataFrame:
    """The three parts of every indicator that is explained (``is_explained``), for a panel of one month.

    Args:
        before: capacities before the event (``capacity_before``).

    Returns:
        One row per commune and indicator: ``commune_code, indicator_id, figure`` (in multiples of the norm; in the indicator's
        unit where the class follows from the value), and ``people, capacity, rest`` with ``_low`` and ``_high`` of each.
        NaN where the indicator has no figure, or no service.
    """
    worlds = _worlds(panel, before, definitions, assumptions)
    draws = Draws(definitions.uncertainty, len(panel.commune_codes))
    drawn = [DrawnMonth(world, definitions, draws, panel.months[0]) for world in worlds]
    rows = [
        _row(indicator, worlds, drawn, panel.commune_codes, definitions)
        for indicator in definitions.indicators.values()
        if is_explained(indicator)
    ]
    return pd.concat(rows, ignore_index=True)


def is_explained(indicator: Indicator) -> bool:
    """Whether an indicator is taken apart: it counts for its service, or has a class by cut-points of its own, as waiting days."""
    return indicator.counts or (indicator.has_pressure and indicator.goalposts is not None)


def _worlds(
    panel: Panel, before: Mapping[str, np.ndarray], definitions: Definitions, assumptions: Assumptions
) -> tuple[Assessment, Assessment, Assessment, Assessment]:
    """As it is; as it is with capacity as before; nobody moved; nobody moved and capacity as before."""
    unmoved, as_before = nobody_moved(panel, definitions, assumptions), with_capacity(panel, before)
    resident = replace(assumptions, basis=PopulationBasis.RESIDENCE)
    return (
        assess(panel, definitions, assumptions),
        assess(as_before, definitions, assumptions),
        assess(unmoved, definitions, resident),
        assess(with_capacity(unmoved, before), definitions, resident),
    )


def with_capacity(panel: Panel, before: Mapping[str, np.ndarray]) -> Panel:
    """A panel of one month with capacities as they were before; what was never reported stays as it is."""
    return panel.with_columns({name: _with_value(panel[name], value) for name, value in before.items()})


def nobody_moved(panel: Panel, definitions: Definitions, assumptions: Assumptions) -> Panel:
    """A panel of one month without what displaced people ask of the commune that hosts them. People served are counted by usual
    residence beside it; files that wait are taken to be theirs in the share of the month's requests."""
    prepared = add_demand(panel, assumptions)
    changed = {}
    for term in (term for i in definitions.indicators.values() for term in i.terms):
        if term.displaced and term.demand != _SERVED:
            theirs = np.nan_to_num(prepared[term.displaced].value)
            changed[term.demand] = np.maximum(0.0, prepared[term.demand].value - theirs)
    share = np.nan_to_num(divide(panel[_REQUESTS_OF_DISPLACED].value, panel[_REQUESTS].value))
    changed[_BACKLOG] = panel[_BACKLOG].value * (1 - np.clip(share, 0.0, 1.0))
    return panel.with_columns({name: replace(prepared[name], value=value) for name, value in changed.items()})


def _with_value(column: Column, value: np.ndarray) -> Column:
    return replace(column, value=np.where(np.isnan(value) | np.isnan(column.value), column.value, value))


def _row(
    indicator: Indicator,
    worlds: tuple[Assessment, ...],
    drawn: list[DrawnMonth],
    codes: tuple[str, ...],
    definitions: Definitions,
) -> pd.DataFrame:
    goalposts = indicator.goalposts or definitions.legend.goalposts
    named = "value" if goalposts.scored == "value" else "pressure"
    figures = [world.results[indicator.id].figures[named] for world in worlds]
    parts = _of(figures).parts()
    columns = {"commune_code": codes, "indicator_id": indicator.id, "figure": figures[0], **parts}
    low, high = definitions.uncertainty.interval
    tables = _of([month.figure_of(indicator)[:, 1:].astype(float) for month in drawn]).parts()
    known = np.isfinite(parts["people"])
    for part in PARTS:
        ends = np.full((2, len(codes)), np.nan)
        ends[:, known] = np.quantile(tables[part][known], (low, high), axis=1)
        columns |= {f"{part}_low": ends[0], f"{part}_high": ends[1]}
    return pd.DataFrame(columns)


def _of(figures: list[np.ndarray]) -> Worlds:
    """As it is, without the loss of capacity, without those who moved, without both."""
    return Worlds(both=figures[0], people_alone=figures[1], capacity_alone=figures[2], neither=figures[3])
