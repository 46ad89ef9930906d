"""Demand of a commune: residents, displaced persons counted once, school-age people, health professionals."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from analytics.ages import SCHOOL_SHARES, school_age
from analytics.assumptions import DEFAULTS, Assumptions, CensusCounting, PopulationBasis
from analytics.panel import Column, Panel, combine
from analytics.population import residents_of

UNKNOWN_SHARE_COUNTED = 0.5

PARTS: dict[str, tuple[str, ...]] = {
    "population_served": ("population", "displaced_persons", "displaced_counted_in_census_pct"),
    "displaced_from_elsewhere": ("displaced_persons",),
    "health_professionals": ("doctors", "nurses", "midwives"),
}


def observed_variables(named: Iterable[str]) -> list[str]:
    """The observed variables behind named ones: a derived variable stands for its parts."""
    return sorted({part for name in named for part in PARTS.get(name, (name,))})


def counted_share(declared_pct: np.ndarray, counting: CensusCounting) -> np.ndarray:
    """Share (0–1) of displaced persons already in the census population; unknown is one half (method note 3.1)."""
    if counting is CensusCounting.COUNTED:
        return np.ones_like(declared_pct)
    if counting is CensusCounting.NOT_COUNTED:
        return np.zeros_like(declared_pct)
    return np.where(np.isnan(declared_pct), UNKNOWN_SHARE_COUNTED, declared_pct / 100)


def people_served(
    residents: np.ndarray, hosted: np.ndarray, share_counted: np.ndarray, basis: PopulationBasis = PopulationBasis.PRESENCE
) -> np.ndarray:
    """People that a commune's services answer to.

    By presence: the census's residents and the hosted persons whom the census did not count here. By usual residence: the
    census's residents without the hosted persons whom it counted here.
    """
    added = 1 - share_counted if basis is PopulationBasis.PRESENCE else -share_counted
    return residents + hosted * added


def add_demand(panel: Panel, assumptions: Assumptions = DEFAULTS) -> Panel:
    """Add the derived columns that indicators name: ``population_served``, ``displaced_from_elsewhere``,
    ``health_professionals``, ``school_age_*``.

    Residents are those projected to the month where a projection was made, the legal population otherwise. A missing input
    leaves the derived value missing: displaced persons that nobody reported are not zero.
    """
    return panel.with_columns({**_population(panel, assumptions), **_health_staff(panel), **_school_age(panel)})


def _population(panel: Panel, assumptions: Assumptions) -> dict[str, Column]:
    residents, hosted = residents_of(panel), panel["displaced_persons"]
    share = counted_share(panel["displaced_counted_in_census_pct"].value, assumptions.counting)
    served = people_served(residents.value, hosted.value, share, assumptions.basis)
    return {"population_served": combine(served, [residents, hosted]), "displaced_from_elsewhere": hosted}


def _health_staff(panel: Panel) -> dict[str, Column]:
    parts = [panel[name] for name in PARTS["health_professionals"]]
    return {"health_professionals": combine(np.sum([p.value for p in parts], axis=0), parts)}


def _school_age(panel: Panel) -> dict[str, Column]:
    people, shares = panel["municipal_population"], [panel[name] for name in SCHOOL_SHARES]
    ages = school_age(people.value, np.column_stack([s.value for s in shares]))
    return {name: combine(value, [people, *shares]) for name, value in ages.items()}
