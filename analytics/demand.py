"""Demand of a commune: residents, displaced persons counted once, school-age people; and totals that nobody reports as such."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from analytics.ages import SCHOOL_SHARES, school_age
from analytics.assumptions import DEFAULTS, Assumptions, CensusCounting, PopulationBasis
from analytics.panel import Column, Panel, combine
from analytics.population import PROJECTED, VARIABLE

UNKNOWN_SHARE_COUNTED = 0.5

# Totals of several variables; without one of its parts a total is missing.
SUMS: dict[str, tuple[str, ...]] = {
    "health_professionals": ("doctors", "nurses", "midwives"),
    "primary_care_facilities_all": (
        "facilities_fully_functioning",
        "facilities_partially_functioning",
        "facilities_not_functioning",
    ),
    "pupils_girls": ("pupils_primary_girls", "pupils_college_girls", "pupils_lycee_girls"),
    "pupils_boys": ("pupils_primary_boys", "pupils_college_boys", "pupils_lycee_boys"),
    "teachers": ("teachers_primary", "teachers_college", "teachers_lycee"),
}

PARTS: dict[str, tuple[str, ...]] = {
    "population_served": ("population", "displaced_persons", "displaced_counted_in_census_pct"),
    "displaced_from_elsewhere": ("displaced_persons",),
    **SUMS,
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
    """Add the derived columns that indicators name: ``population_served``, ``displaced_from_elsewhere``, ``school_age_*``
    and the totals of ``SUMS``.

    Residents are those projected to the month where a projection was made, the legal population otherwise. A missing input
    leaves the derived value missing: displaced persons that nobody reported are not zero.
    """
    return panel.with_columns({**_population(panel, assumptions), **_sums(panel), **_school_age(panel)})


def _population(panel: Panel, assumptions: Assumptions) -> dict[str, Column]:
    residents, hosted = panel[PROJECTED if PROJECTED in panel.columns else VARIABLE], panel["displaced_persons"]
    share = counted_share(panel["displaced_counted_in_census_pct"].value, assumptions.counting)
    served = people_served(residents.value, hosted.value, share, assumptions.basis)
    return {"population_served": combine(served, [residents, hosted]), "displaced_from_elsewhere": hosted}


def _sums(panel: Panel) -> dict[str, Column]:
    columns = {name: [panel[part] for part in parts] for name, parts in SUMS.items()}
    return {name: combine(np.sum([p.value for p in parts], axis=0), parts) for name, parts in columns.items()}


def _school_age(panel: Panel) -> dict[str, Column]:
    people, shares = panel["municipal_population"], [panel[name] for name in SCHOOL_SHARES]
    ages = school_age(people.value, np.column_stack([s.value for s in shares]))
    return {name: combine(value, [people, *shares]) for name, value in ages.items()}
