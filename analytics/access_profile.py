"""Access of each commune to one service: by facility points where they are known, by census distances otherwise, and what
crosses the border from or to the neighbours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import pandas as pd

from analytics.accessibility import (
    Steps,
    adjacency_spill_over,
    catchment_by_distance_band,
    enhanced_two_step_catchment,
    huff_shares,
    users_from_neighbours,
)
from analytics.ratios import divide

PEOPLE_SHOWN = 10_000


class AccessMethod(StrEnum):
    """What the access of a commune rests on."""

    POINTS = "points"
    CENSUS = "census"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class AccessRule:
    """How access to one service is measured (``data/definitions/access.yaml``): facilities, supply, people, reach in km."""

    indicator: str
    facility_kinds: tuple[str, ...]
    supply: str
    people: str
    steps: Steps
    point_steps: Steps
    census_distance: str = ""
    alpha: float = 1.0
    beta: float = 2.0
    functional_share: Mapping[str, float] = field(default_factory=dict)

    @property
    def reach_km(self) -> float:
        """Distance in km beyond which people count as out of reach: the limit of the last step."""
        return max(limit for limit, _ in self.steps)


@dataclass(frozen=True, slots=True)
class Places:
    """What is known of the ground: ``douars`` (``commune_code, population`` and census distances in km), who touches whom, the
    facility points and the distance of each commune's centre from each of them (communes × facilities, km)."""

    douars: pd.DataFrame
    neighbours: np.ndarray
    facilities: pd.DataFrame
    facility_km: np.ndarray


def describe_access(
    rule: AccessRule, results: pd.DataFrame, people: np.ndarray, supply: np.ndarray, places: Places
) -> pd.DataFrame:
    """Access of every commune to one service in one month.

    Args:
        results: the rule's indicator (``commune_code, numerator, capacity_at_norm``), one row a commune.
        people, supply: people to serve and units of the service, one a commune.

    Returns:
        Indexed by commune: ``method``; ``access_per_10k`` units within reach of 10,000 people, who count less the farther they
        live; ``beyond_share`` of the people of known distance who live beyond the last step (0–1);
        ``from_neighbours_share`` of the users of the commune's services who come from other communes (0–1); ``imported`` and
        ``exported`` people. NaN where it is not known.
    """
    codes = list(results["commune_code"])
    demand, at_norm = (results[c].to_numpy(dtype=float) for c in ("numerator", "capacity_at_norm"))
    spill = adjacency_spill_over(demand, at_norm, places.neighbours)
    table = pd.DataFrame(
        {
            "method": AccessMethod.NONE.value,
            "access_per_10k": np.nan,
            "beyond_share": np.nan,
            "from_neighbours_share": spill.imported_share,
            "imported": spill.imported,
            "exported": spill.exported,
        },
        index=pd.Index(codes, name="commune_code"),
    )
    by_census = _from_census(rule, codes, supply, places.douars) if rule.census_distance else None
    if by_census is not None:
        table.update(by_census)
    by_points = _from_points(rule, codes, people, places)
    if by_points is not None:
        # A commune without a working facility has no users: what adjacency would say must not stand in for that.
        table[by_points.columns] = by_points
    return table


def _from_census(rule: AccessRule, codes: list[str], supply: np.ndarray, douars: pd.DataFrame) -> pd.DataFrame | None:
    """Douars by their distance to the nearest facility, sharing what their commune has."""
    if douars.empty:
        return None
    people, distance = (douars[c].to_numpy(dtype=float) for c in ("population", rule.census_distance))
    bands = catchment_by_distance_band(people, distance, douars["commune_code"].to_numpy(), codes, supply, rule.steps)
    known = bands.people_within + bands.people_beyond
    return pd.DataFrame(
        {
            "method": np.where(known > 0, AccessMethod.CENSUS.value, AccessMethod.NONE.value),
            "access_per_10k": bands.ratio * PEOPLE_SHOWN,
            "beyond_share": divide(bands.people_beyond, known),
        },
        index=codes,
    )


def _from_points(rule: AccessRule, codes: list[str], people: np.ndarray, places: Places) -> pd.DataFrame | None:
    """Floating catchments and Huff's choice on the facility points of the rule's kinds; None where there is none."""
    of_kind = places.facilities["kind"].isin(rule.facility_kinds).to_numpy()
    if not of_kind.any():
        return None
    facilities, kilometres = places.facilities[of_kind], places.facility_km[:, of_kind]
    offered = _offered(facilities, rule)
    access = enhanced_two_step_catchment(people, offered, kilometres, rule.point_steps).access
    shares = huff_shares(offered, kilometres, rule.alpha, rule.beta)
    users = users_from_neighbours(people, shares, np.asarray(codes), facilities["commune_code"].to_numpy())
    from_neighbours = pd.Series(users.share_from_neighbours, index=users.commune_codes).reindex(codes)
    return pd.DataFrame(
        {
            "method": AccessMethod.POINTS.value,
            "access_per_10k": access * PEOPLE_SHOWN,
            "from_neighbours_share": from_neighbours.to_numpy(),
        },
        index=codes,
    )


def _offered(facilities: pd.DataFrame, rule: AccessRule) -> np.ndarray:
    """Capacity that works at each facility; a facility whose capacity or state nobody stated has an unknown one."""
    working = facilities["functional_status"].map(rule.functional_share).to_numpy(dtype=float)
    return facilities["capacity"].to_numpy(dtype=float) * working
