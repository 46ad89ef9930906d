"""Who can reach a service, and whose service they use: floating catchments, Huff's choice, and, where no facility is located,
distance bands inside a commune and the spill-over into its neighbours (method note 3.4).

Places are rows and facilities columns. A distance that is missing (NaN) or infinite means no way there. A facility of
unknown capacity is left out, counted, and never read as a closed one: what its users get is then a lower bound.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.ratios import divide, seats_short

Steps = Sequence[tuple[float, float]]

DETOUR = 1.4
SHORTEST_KM = 0.1


@dataclass(frozen=True, slots=True)
class CatchmentAccess:
    """Access from floating catchments.

    ``access`` supply per person of each place: 0 where no facility is within reach, NaN where everything within reach is
    unknown; ``is_lower_bound`` marks places that also reach a facility of unknown capacity. ``facility_ratio`` supply per
    person in the catchment of each facility; ``left_out_count`` facilities of unknown capacity.
    """

    access: np.ndarray
    is_lower_bound: np.ndarray
    facility_ratio: np.ndarray
    left_out_count: int


@dataclass(frozen=True, slots=True)
class CommuneUsers:
    """Users of the facilities of each commune, by Huff: ``users`` expected, ``from_neighbours`` those who live in another
    commune, ``share_from_neighbours`` (0–1; NaN where a commune has no users).

    Places without a population and facilities without a capacity are left out and counted.
    """

    commune_codes: tuple[str, ...]
    users: np.ndarray
    from_neighbours: np.ndarray
    share_from_neighbours: np.ndarray
    places_left_out_count: int
    facilities_left_out_count: int


@dataclass(frozen=True, slots=True)
class BandAccess:
    """Access inside communes from census distances: ``access`` supply per person of each douar; by commune, ``ratio`` supply
    per person weighted by distance, people within the last band, beyond it, and where the distance is unknown."""

    access: np.ndarray
    commune_codes: tuple[str, ...]
    ratio: np.ndarray
    people_within: np.ndarray
    people_beyond: np.ndarray
    people_unknown: np.ndarray


@dataclass(frozen=True, slots=True)
class SpillOver:
    """Demand that moves between neighbours: ``imported`` from them, ``exported`` to them, ``staying`` unmet at home, and
    ``imported_share`` (0–1) of all the people whom the commune's services end up with."""

    imported: np.ndarray
    exported: np.ndarray
    staying: np.ndarray
    imported_share: np.ndarray


def travel_minutes(straight_km: np.ndarray, speed_km_h: float, detour: float = DETOUR) -> np.ndarray:
    """Minutes of travel without a road graph: 60 × detour × straight-line kilometres ÷ speed.

    Raises:
        ValueError: the speed is not above 0, or the detour is below 1.
    """
    if speed_km_h <= 0 or detour < 1:
        raise ValueError("a speed is above 0, and a way is no shorter than the straight line")
    return 60 * detour * np.asarray(straight_km, dtype=float) / speed_km_h


def step_weights(distance: np.ndarray, steps: Steps) -> np.ndarray:
    """Weight of each distance: that of the first limit (inclusive) it stays within, 0 beyond the last and where missing.

    Raises:
        ValueError: there is no step, a weight is negative, or two steps have one limit.
    """
    limits, weights = np.asarray(sorted(steps), dtype=float).reshape(-1, 2).T
    if not limits.size or (weights < 0).any() or (np.diff(limits) <= 0).any():
        raise ValueError("steps are pairs of a rising limit and a weight of 0 or more")
    distance = np.asarray(distance, dtype=float)
    reached = np.searchsorted(limits, distance, side="left")
    return np.where(np.isnan(distance), 0.0, np.append(weights, 0.0)[reached])


def two_step_catchment(people: np.ndarray, supply: np.ndarray, distance: np.ndarray, limit: float) -> CatchmentAccess:
    """2SFCA (Luo and Wang 2003): each facility's supply over the people within ``limit``, summed over the facilities within
    ``limit`` of each place. Same rules and errors as ``enhanced_two_step_catchment``."""
    return enhanced_two_step_catchment(people, supply, distance, ((limit, 1.0),))


def enhanced_two_step_catchment(
    people: np.ndarray, supply: np.ndarray, distance: np.ndarray, steps: Steps
) -> CatchmentAccess:
    """E2SFCA (Luo and Qi 2009): the two steps with people and supply weighted by distance.

    A facility within reach of a place of unknown population has an unknown ratio, and so has the access of whoever reaches
    it: the people nobody counted are not zero.

    Args:
        people: persons of each place. supply: capacity of each facility. distance: places × facilities, any one unit.
        steps: pairs (limit, weight) in that unit.

    Raises:
        ValueError: the shapes do not fit, or the steps are not steps.
    """
    people, supply, weight = np.asarray(people, dtype=float), np.asarray(supply, dtype=float), step_weights(distance, steps)
    if weight.shape != (people.size, supply.size):
        raise ValueError("distance has a row for each place and a column for each facility")
    reach, left_out = weight > 0, np.isnan(supply)
    load = np.where(_reaches(reach.T, np.isnan(people)), np.nan, weight.T @ np.nan_to_num(people))
    ratio = divide(supply, load)
    access = weight @ np.nan_to_num(ratio)
    unknown = _reaches(reach, np.isnan(ratio) & ~left_out)
    only_left_out = _reaches(reach, left_out) & ~_reaches(reach, ~left_out)
    access = np.where(unknown | only_left_out, np.nan, access)
    lower_bound = _reaches(reach, left_out) & ~np.isnan(access)
    return CatchmentAccess(access, lower_bound, ratio, int(left_out.sum()))


def huff_shares(
    supply: np.ndarray, distance: np.ndarray, alpha: float = 1.0, beta: float = 2.0, shortest: float = SHORTEST_KM
) -> np.ndarray:
    """Huff's probabilities, places × facilities: supply^α ÷ distance^β over the sum of the same for all facilities.

    Rows add up to 1 over the facilities of known capacity; the column of an unknown one is NaN, as is the row of a place that
    reaches nothing. Distances below ``shortest`` count as that: at 0 the attraction would be infinite.
    """
    supply, distance = np.asarray(supply, dtype=float), np.asarray(distance, dtype=float)
    way = np.where(np.isnan(distance), np.inf, np.maximum(distance, shortest))
    attraction = np.nan_to_num(supply) ** alpha * way**-beta * ~np.isnan(supply)
    return np.where(np.isnan(supply), np.nan, divide(attraction, attraction.sum(axis=1, keepdims=True)))


def expected_load(people: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Users whom each facility may expect, Σ share × people, over the places whose population is known."""
    known = ~np.isnan(people)
    return np.where(np.isnan(shares).all(axis=0), np.nan, np.nan_to_num(people[known]) @ np.nan_to_num(shares[known]))


def users_from_neighbours(
    people: np.ndarray, shares: np.ndarray, place_communes: np.ndarray, facility_communes: np.ndarray
) -> CommuneUsers:
    """Of the users of a commune's facilities, those who live in another commune (``shares`` from ``huff_shares``).

    Args:
        people: persons of each place. place_communes, facility_communes: code of the commune of each place and facility.
    """
    people, place_communes = np.asarray(people, dtype=float), np.asarray(place_communes)
    codes, home = np.unique(np.asarray(facility_communes), return_inverse=True)
    elsewhere = place_communes[:, None] != np.asarray(facility_communes)[None, :]
    left_out = np.isnan(shares).all(axis=0)

    def by_commune(probabilities: np.ndarray) -> np.ndarray:
        return np.bincount(home, np.nan_to_num(expected_load(people, probabilities)), minlength=codes.size)

    users, imported = by_commune(shares), by_commune(np.where(elsewhere, shares, 0.0))
    known = np.bincount(home, ~left_out, minlength=codes.size) > 0
    users, imported = np.where(known, users, np.nan), np.where(known, imported, np.nan)
    places_left_out = int(np.isnan(people).sum())
    return CommuneUsers(
        tuple(codes.tolist()), users, imported, divide(imported, users), places_left_out, int(left_out.sum())
    )


def catchment_by_distance_band(
    people: np.ndarray,
    distance: np.ndarray,
    communes: np.ndarray,
    commune_codes: Sequence[str],
    supply: np.ndarray,
    steps: Steps,
) -> BandAccess:
    """E2SFCA without facility points: every douar uses the whole supply of its commune, weighted by the distance to its nearest
    facility. The nearest one may lie across the border: what crosses it is the matter of ``adjacency_spill_over``.

    A douar whose population or distance is unknown gets no access figure (NaN); its people are left out of the ratio, which is
    then an upper bound, and counted apart. A commune of unknown supply, or without any known douar, has no ratio.

    Args:
        people, distance, communes: persons, distance to the nearest facility and commune code of each douar.
        commune_codes, supply: the communes wanted and their supply. steps: pairs (limit, weight).

    Raises:
        KeyError: a douar lies in none of the communes.
    """
    position = {code: i for i, code in enumerate(commune_codes)}
    at = np.array([position[code] for code in communes], dtype=int)
    people, distance = np.asarray(people, dtype=float), np.asarray(distance, dtype=float)
    known, weight = ~np.isnan(people) & ~np.isnan(distance), step_weights(distance, steps)

    def total(values: np.ndarray) -> np.ndarray:
        return np.bincount(at, np.nan_to_num(values), minlength=len(commune_codes))

    ratio = divide(np.asarray(supply, dtype=float), total(people * weight * known))
    within, beyond = total(people * (known & (weight > 0))), total(people * (known & (weight == 0)))
    access = np.where(known, np.where(weight > 0, weight * ratio[at], 0.0), np.nan)
    return BandAccess(access, tuple(commune_codes), ratio, within, beyond, total(people * ~known))


def adjacency_spill_over(demand: np.ndarray, capacity_at_norm: np.ndarray, neighbours: np.ndarray) -> SpillOver:
    """Unmet demand of each commune goes to the communes it touches, in proportion to their capacity at the norm, whether or not
    they have room: people go where there is a service, and the pressure follows. One step, nothing travels further.

    What leaves equals what arrives. Where no neighbour has capacity, it stays. A commune of unknown demand or capacity has
    unknown results (NaN) and neither gives nor takes in the others'.

    Args:
        demand, capacity_at_norm: persons, one a commune. neighbours: communes × communes, true where they touch.

    Raises:
        ValueError: ``neighbours`` is not square over the communes.
    """
    demand, capacity = np.asarray(demand, dtype=float), np.asarray(capacity_at_norm, dtype=float)
    if np.shape(neighbours) != (demand.size, demand.size):
        raise ValueError("neighbours has a row and a column for each commune")
    known = ~np.isnan(demand) & ~np.isnan(capacity)
    touching = np.asarray(neighbours, dtype=bool) & ~np.eye(demand.size, dtype=bool)
    unmet = seats_short(demand, capacity)
    drawn = touching * np.where(known, capacity, 0.0)
    share = np.nan_to_num(divide(drawn, drawn.sum(axis=1, keepdims=True)))
    moved = np.where(known, unmet, 0.0)[:, None] * share
    imported, exported = (np.where(known, moved.sum(axis=axis), np.nan) for axis in (0, 1))
    served_here = demand - unmet
    return SpillOver(imported, exported, unmet - exported, divide(imported, served_here + imported))


def _reaches(reach: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Whether each row reaches at least one of the wanted columns."""
    return (reach & wanted).any(axis=1)
