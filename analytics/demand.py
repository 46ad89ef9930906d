"""Demand of a commune: residents, displaced persons counted once, school-age people; and totals that nobody reports as such."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from analytics.ages import SCHOOL_SHARES, school_age
from analytics.assumptions import DEFAULTS, Assumptions, CensusCounting, PopulationBasis
from analytics.displacement import Flows
from analytics.panel import Column, Panel, combine
from analytics.population import residents_of
from analytics.ratios import divide

UNKNOWN_SHARE_COUNTED = 0.5
FLOW_COLUMNS = (
    "arrivals", "returns", "relocations_in", "relocations_out", "hosted_from_elsewhere", "hosted_from_own_commune",
    "residents_away",
)  # fmt: skip

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

DISPLACED_PUPILS = ("displaced_pupils_primary", "displaced_pupils_college", "displaced_pupils_lycee")

# What capacity factors rest on (``analytics.capacity_factors``).
PARTS: dict[str, tuple[str, ...]] = {
    "registry_pace": ("registry_full_acts", "registry_extracts"),
    "room_turns": ("schools_double_shift", "schools_open"),
    "population_served": ("population", "displaced_persons", "displaced_counted_in_census_pct"),
    "displaced_from_elsewhere": ("displaced_persons",),
    **{f"{pupils}_from_elsewhere": (pupils,) for pupils in DISPLACED_PUPILS},
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


@dataclass(frozen=True, slots=True)
class Displaced:
    """Displaced persons seen from a commune: ``hosted`` here from elsewhere and ``away`` from here, each with the share (0–1)
    whom the census counted where they are hosted."""

    hosted: np.ndarray
    hosted_counted: np.ndarray
    away: np.ndarray
    away_counted: np.ndarray


def people_served(
    residents: np.ndarray, displaced: Displaced, basis: PopulationBasis = PopulationBasis.PRESENCE
) -> np.ndarray:
    """People that a commune's services answer to.

    By presence: the census's residents, with the hosted persons whom it did not count here, without those away whom it still
    counted here. By usual residence: without the hosted persons whom it counted here, with those away whom it counted where
    they are. The two differ by everyone hosted less everyone away.
    """
    if basis is PopulationBasis.PRESENCE:
        gained = displaced.hosted * (1 - displaced.hosted_counted)
        return residents + gained - displaced.away * (1 - displaced.away_counted)
    return residents - displaced.hosted * displaced.hosted_counted + displaced.away * displaced.away_counted


def add_flows(panel: Panel, flows: Flows) -> Panel:
    """Add what the movements say of each commune and month, as columns named like the arrays of ``Flows``."""
    return panel.with_columns({name: flows.column(name) for name in FLOW_COLUMNS})


def add_demand(panel: Panel, assumptions: Assumptions = DEFAULTS, counted: np.ndarray | None = None) -> Panel:
    """Add the derived columns that indicators name: ``population_served``, ``displaced_from_elsewhere``, the displaced pupils
    from elsewhere, ``school_age_*`` and the totals of ``SUMS``.

    Residents are those projected to the month where a projection was made, the legal population otherwise. A missing input
    leaves the derived value missing: displaced persons that nobody reported are not zero. Where no movement tells where the
    displaced persons of a commune come from, all are taken to come from elsewhere; where none tells that residents are away,
    none is taken off.

    Args:
        counted: share counted by the census of all hosted persons of the territory by month (``counted_by_month``), where the panel
            holds only some of its communes.
    """
    return panel.with_columns(
        {**_population(panel, assumptions, counted), **_pupils_from_elsewhere(panel), **_sums(panel), **_school_age(panel)}
    )


def displaced_from_elsewhere(panel: Panel) -> Column:
    """Displaced persons hosted in a commune who usually live in another one: those reported, by the share that the movements
    give."""
    return _from_elsewhere(panel, "displaced_persons")


def _pupils_from_elsewhere(panel: Panel) -> dict[str, Column]:
    """Displaced pupils whom the commune's schools would not have had: those displaced within it sat in them before. The share of
    all displaced persons stands for that of the pupils, whom no movement tells apart."""
    return {f"{pupils}_from_elsewhere": _from_elsewhere(panel, pupils) for pupils in DISPLACED_PUPILS}


def _from_elsewhere(panel: Panel, variable: str) -> Column:
    counted, elsewhere, own = panel[variable], panel["hosted_from_elsewhere"], panel["hosted_from_own_commune"]
    share = divide(elsewhere.value, elsewhere.value + own.value)
    return combine(counted.value * np.where(np.isnan(share), 1.0, share), [counted, elsewhere, own])


def displaced_seen_from(panel: Panel, hosted: np.ndarray, share: np.ndarray, away: np.ndarray) -> Displaced:
    """What ``people_served`` needs, for rows of a panel (or rows × draws).

    Those away were counted where they are in the same share as everyone hosted in the month, whatever each host declares: so
    what all hosts gain is exactly what all usual communes lose.
    """
    counted = divide(_by_month(panel, hosted * share), _by_month(panel, hosted))
    return Displaced(hosted, share, away, np.where(np.isnan(counted), UNKNOWN_SHARE_COUNTED, counted))


def hosted_and_counted(panel: Panel, assumptions: Assumptions = DEFAULTS) -> np.ndarray:
    """What each commune adds to the share of all hosted persons whom the census counted: hosted, and hosted and counted, by commune
    and month (2 × communes × months)."""
    hosted, share = displaced_from_elsewhere(panel).value, _share_counted(panel, assumptions)
    return np.stack([hosted, hosted * share]).reshape(2, len(panel.commune_codes), len(panel.months))


def counted_by_month(added: np.ndarray) -> np.ndarray:
    """The share by month from what every commune of the territory adds (``hosted_and_counted``), in the territory's order: the one
    step of demand that needs all communes at once."""
    hosted, counted = np.nansum(added, axis=1)
    share = divide(counted, hosted)
    return np.where(np.isnan(share), UNKNOWN_SHARE_COUNTED, share)


def _by_month(panel: Panel, values: np.ndarray) -> np.ndarray:
    """Sum over the communes of each row's month, repeated for every row; missing values are left out."""
    table = values.reshape(len(panel.commune_codes), len(panel.months), *values.shape[1:])
    return np.broadcast_to(np.nansum(table, axis=0, keepdims=True), table.shape).reshape(values.shape)


def _share_counted(panel: Panel, assumptions: Assumptions) -> np.ndarray:
    return counted_share(panel["displaced_counted_in_census_pct"].value, assumptions.counting)


def _population(panel: Panel, assumptions: Assumptions, counted: np.ndarray | None) -> dict[str, Column]:
    residents, hosted, away = (
        residents_of(panel),
        displaced_from_elsewhere(panel),
        np.nan_to_num(panel["residents_away"].value),
    )
    share = _share_counted(panel, assumptions)
    if counted is None:
        displaced = displaced_seen_from(panel, hosted.value, share, away)
    else:
        displaced = Displaced(hosted.value, share, away, np.tile(counted, len(panel.commune_codes)))
    served = people_served(residents.value, displaced, assumptions.basis)
    return {"population_served": combine(served, [residents, hosted]), "displaced_from_elsewhere": hosted}


def _sums(panel: Panel) -> dict[str, Column]:
    columns = {name: [panel[part] for part in parts] for name, parts in SUMS.items()}
    return {name: combine(np.sum([p.value for p in parts], axis=0), parts) for name, parts in columns.items()}


def _school_age(panel: Panel) -> dict[str, Column]:
    people, shares = panel["municipal_population"], [panel[name] for name in SCHOOL_SHARES]
    ages = school_age(people.value, np.column_stack([s.value for s in shares]))
    return {name: combine(value, [people, *shares]) for name, value in ages.items()}
