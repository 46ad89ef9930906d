"""Demand of a commune: residents, displaced persons counted once, school-age people, health professionals."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import numpy as np

from analytics.panel import Column, Panel, combine


class CensusCounting(StrEnum):
    """Whether displaced persons are already inside the host commune's census population (double-counting switch).

    ``declared`` follows what each commune declares, half when it declares nothing; ``counted`` and ``not_counted`` are the
    two bounds.
    """

    DECLARED = "declared"
    COUNTED = "counted"
    NOT_COUNTED = "not_counted"


UNKNOWN_SHARE_COUNTED = 0.5

PARTS: dict[str, tuple[str, ...]] = {
    "population_present": ("population", "displaced_persons", "displaced_counted_in_census_pct"),
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


def population_present(population: np.ndarray, displaced: np.ndarray, share_counted: np.ndarray) -> np.ndarray:
    """Persons present: census population plus the displaced persons whom the census did not count here."""
    return population + displaced * (1 - share_counted)


def school_age(
    municipal_population: np.ndarray, pct_5_9: np.ndarray, pct_10_14: np.ndarray, pct_15_19: np.ndarray
) -> dict[str, np.ndarray]:
    """People of primary (6–11), collège (12–14) and lycée (15–17) age, five-year shares spread evenly inside each group."""
    base = municipal_population / 100
    return {
        "school_age_primary": base * (0.8 * pct_5_9 + 0.4 * pct_10_14),
        "school_age_college": base * 0.6 * pct_10_14,
        "school_age_lycee": base * 0.6 * pct_15_19,
    }


def add_demand(panel: Panel, counting: CensusCounting = CensusCounting.DECLARED) -> Panel:
    """Add the derived columns that indicators name: ``population_present``, ``health_professionals``, ``school_age_*``.

    A missing input leaves the derived value missing: displaced persons that nobody reported are not zero.
    """
    return panel.with_columns({**_population(panel, counting), **_health_staff(panel), **_school_age(panel)})


def _population(panel: Panel, counting: CensusCounting) -> dict[str, Column]:
    population, displaced = panel["population"], panel["displaced_persons"]
    share = counted_share(panel["displaced_counted_in_census_pct"].value, counting)
    present = population_present(population.value, displaced.value, share)
    return {"population_present": combine(present, [population, displaced])}


def _health_staff(panel: Panel) -> dict[str, Column]:
    parts = [panel[name] for name in PARTS["health_professionals"]]
    return {"health_professionals": combine(np.sum([p.value for p in parts], axis=0), parts)}


def _school_age(panel: Panel) -> dict[str, Column]:
    parts = [panel[name] for name in ("municipal_population", "age_5_9_pct", "age_10_14_pct", "age_15_19_pct")]
    ages = school_age(*(p.value for p in parts))
    return {name: combine(value, parts) for name, value in ages.items()}
