"""From the census figures of each douar to observations of its commune: people covered, people beyond a distance, people not
entered in the civil-status booklet, mean distances."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analytics.douars import FAR_KM
from analytics.model import Provenance, Status

# (facility column, distance in km beyond which people count as far)
_FAR = {facility: FAR_KM[f"{facility}_km"] for facility in ("primary_school", "college", "health_centre")}
_MEANS = ("primary_school", "college", "lycee", "health_centre")
EARTH = "rural_earth_dwelling_pct"
URBAN = "urban"


def aggregate_douars(
    douars: pd.DataFrame, municipal_population: pd.Series, area_types: pd.Series, source: dict[str, Any]
) -> pd.DataFrame:
    """Observations by commune from the douars that have a figure.

    The HCP withholds douars under 30 households: reliability is A where three quarters of the municipal population are
    covered, B from one half, D below. Urban communes have no douars: not applicable.

    Args:
        douars: text columns of ``reference/douars.csv``.
        municipal_population: by commune code, every commune of the province.
        area_types: ``urban`` or ``rural`` by commune code.
        source: what the table's source file says; its ``reference_date`` is that of the observations.
    """
    numbers = douars.drop(columns=["douar_code", "commune_code"]).apply(pd.to_numeric, errors="coerce")
    groups = douars["commune_code"]
    measures = _measures(numbers, groups)
    covered = {name: measures[f"population_covered_{name}"] for name in (*_FAR, "booklet")}
    covered["lycee"] = (numbers["population"].where(numbers["lycee_km"].notna())).groupby(groups).sum(min_count=1)
    ground = _Ground(municipal_population, area_types.reindex(municipal_population.index) == URBAN, source)
    parts = [_observations(name, values, covered[_about(name)], ground) for name, values in measures.items()]
    return pd.concat(parts, ignore_index=True)


@dataclass(frozen=True, slots=True)
class _Ground:
    """What all measures share: people and whether the commune is urban, by commune, and the source."""

    municipal_population: pd.Series
    is_urban: pd.Series
    source: dict[str, Any]


def _measures(numbers: pd.DataFrame, groups: pd.Series) -> dict[str, pd.Series]:
    """Each variable's value by commune; NaN where no douar of the commune has the figure."""
    population, households = numbers["population"], numbers["households"]

    def total(values: pd.Series) -> pd.Series:
        return values.groupby(groups).sum(min_count=1)

    found: dict[str, pd.Series] = {}
    for facility, limit in _FAR.items():
        distance = numbers[f"{facility}_km"]
        known = population.where(distance.notna())
        found[f"population_covered_{facility}"] = total(known)
        found[f"population_beyond_{limit:.0f}km_{facility}"] = total(
            (population * (distance > limit)).where(distance.notna())
        )
    booklet = numbers["civil_status_booklet_pct"]
    found["population_covered_booklet"] = total(population.where(booklet.notna()))
    found["population_without_booklet"] = total(population * (100 - booklet) / 100)
    earth = numbers["rural_earth_pct"]
    found[EARTH] = total(earth * households) / total(households.where(earth.notna()))
    for facility in _MEANS:
        distance = numbers[f"{facility}_km"]
        found[f"{facility}_km_mean"] = total(distance * households) / total(households.where(distance.notna()))
    return found


def _about(variable: str) -> str:
    for name in (*_MEANS, "booklet"):
        if name in variable:
            return name
    if variable == EARTH:
        # The census withholds dwellings and the booklet of the same douars.
        return "booklet"
    raise KeyError(variable)


def _observations(variable: str, values: pd.Series, covered: pd.Series, ground: _Ground) -> pd.DataFrame:
    codes = ground.municipal_population.index
    aligned = values.reindex(codes)
    share = (covered.reindex(codes) / ground.municipal_population).fillna(0)
    status = np.select(
        [ground.is_urban, aligned.isna()], [Status.NOT_APPLICABLE.value, Status.MISSING.value], default=Status.REPORTED.value
    )
    return pd.DataFrame(
        {
            "commune_code": codes,
            "reference_date": pd.Timestamp(ground.source["reference_date"]),
            "variable": variable,
            "value": aligned.to_numpy(),
            "status": status,
            "provenance": Provenance.DERIVED.value,
            "reliability": np.select([share >= 0.75, share >= 0.5], ["A", "B"], default="D"),
            "source": ground.source["attribution"],
            "cell": "douars.csv",
        }
    )
