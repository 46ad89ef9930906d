"""Service points of all communes together: derived where nothing is known, true where somebody set them, and what each true
point is worth to the others; figures of douars that contradict a known place or their neighbours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from analytics.service_points import Census, ServicePoint, derive_point, measure_point

# A true point tells nothing of douars farther away than this (km).
_REACH_KM = 40.0
# Ways in the mountains: at most four times the crow's flight, and five kilometres besides.
MOST_DETOUR, ALLOWANCE_KM = 4.0, 5.0
_CONTRADICTED_BY = 3
FAR_FROM_RECORDED_KM = 10.0


class PointStatus(StrEnum):
    """What is known of the place of a service in a commune."""

    TRUE = "true"
    DERIVED = "derived"
    WEAK = "weak"
    NOT_DERIVABLE = "not_derivable"


@dataclass(frozen=True, eq=False)
class CommunePoint:
    """The service of one commune: ``places`` are rows of east and north in km (several where several are known, none where the
    place cannot be derived); ``derived`` is what the census gives, also where the true place is known."""

    status: PointStatus
    places: np.ndarray
    derived: ServicePoint | None
    errors: tuple[float, ...]
    median_errors: tuple[float, ...]

    @property
    def off_km(self) -> float:
        """How far the derived place was from the nearest true one; NaN where either is unknown."""
        if self.status is not PointStatus.TRUE or self.derived is None:
            return float("nan")
        away = self.places - np.array([self.derived.east, self.derived.north])
        return float(np.hypot(away[:, 0], away[:, 1]).min())


@dataclass(frozen=True, slots=True)
class Worth:
    """What a commune's true point does for the others: communes and douars near enough to be told something, and the median
    error on douars held out without and with it."""

    communes: int
    douars: int
    without: float
    with_it: float


def locate_services(douars: pd.DataFrame, truth: Mapping[str, np.ndarray]) -> dict[str, CommunePoint]:
    """The service of each commune that has placed douars or a known place.

    Args:
        douars: placed douars: ``commune_code, east, north`` in km, ``km`` the census distance (NaN where withheld).
        truth: known places by commune code, rows of east and north in km.
    """
    groups = {str(code): _census(rows) for code, rows in douars.groupby("commune_code")}
    return {code: _locate(code, groups.get(code), truth) for code in sorted({*groups, *truth})}


def held_out(points: Mapping[str, CommunePoint]) -> tuple[float, float, int]:
    """Median error on held-out douars of the derived points, that of the commune's median distance in their stead, and how many
    douars that rests on."""
    derived = [p for p in points.values() if p.status in (PointStatus.DERIVED, PointStatus.WEAK)]
    errors = np.array([e for p in derived for e in p.errors])
    medians = np.array([e for p in derived for e in p.median_errors])
    return (float(np.median(errors)), float(np.median(medians)), len(errors)) if len(errors) else (np.nan, np.nan, 0)


def weigh_point(douars: pd.DataFrame, truth: Mapping[str, np.ndarray], code: str) -> Worth:
    """What the known places of one commune are worth to the communes around that have none."""
    near = _communes_near(douars, truth[code])
    others = [c for c in near if c not in truth]
    rows = douars[douars["commune_code"].isin(others)]
    lacking = {c: places for c, places in truth.items() if c != code}
    before = {c: p for c, p in locate_services(rows, lacking).items() if c in others and p.derived}
    after = {c: p for c, p in locate_services(rows, truth).items() if c in before}
    told = [c for c in before if before[c].errors != after[c].errors]
    if not told:
        return Worth(0, 0, float("nan"), float("nan"))
    without, with_it = (np.concatenate([found[c].errors for c in told]) for found in (before, after))
    return Worth(len(told), len(without), float(np.median(without)), float(np.median(with_it)))


def find_contradicted(douars: pd.DataFrame) -> pd.DataFrame:
    """Placed douars whose distance to a service cannot stand beside those of three or more others: of two douars, one is no
    farther from the service than the other is plus the way between them. Either the figure or the place is wrong.

    Returns:
        Index of the douars with ``others`` (how many it contradicts), most first.
    """
    known = douars[douars["km"].notna()]
    east, north, km = (known[name].to_numpy() for name in ("east", "north", "km"))
    way = MOST_DETOUR * np.hypot(east[:, None] - east, north[:, None] - north) + ALLOWANCE_KM
    others = pd.Series((np.abs(km[:, None] - km) > way).sum(axis=1), index=known.index, name="others")
    return others[others >= _CONTRADICTED_BY].sort_values(ascending=False, kind="stable").to_frame()


def find_near_a_known_place(douars: pd.DataFrame, truth: Mapping[str, np.ndarray]) -> pd.DataFrame:
    """Placed douars that the census puts much farther from a service than a known place of it lies: ``straight_km`` to the nearest
    known place, in order of the difference."""
    places = np.concatenate([*truth.values()]) if truth else np.empty((0, 2))
    known = douars[douars["km"].notna()]
    if not len(places) or known.empty:
        return pd.DataFrame({"straight_km": pd.Series(dtype=float)})
    away = known[["east", "north"]].to_numpy()[:, None, :] - places[None, :, :]
    straight = pd.Series(np.hypot(away[..., 0], away[..., 1]).min(axis=1), index=known.index, name="straight_km")
    excess = known["km"] - (MOST_DETOUR * straight + ALLOWANCE_KM)
    return straight[excess > 0].loc[excess[excess > 0].sort_values(ascending=False, kind="stable").index].to_frame()


def _census(rows: pd.DataFrame) -> Census:
    return Census(rows["east"].to_numpy(), rows["north"].to_numpy(), rows["km"].to_numpy())


def _locate(code: str, census: Census | None, truth: Mapping[str, np.ndarray]) -> CommunePoint:
    elsewhere = [places for other, places in truth.items() if other != code]
    known = np.concatenate(elsewhere) if elsewhere else None
    derived = derive_point(census, known) if census else None
    if code in truth:
        place = truth[code]
        own = np.concatenate([place, known]) if known is not None else place
        errors = measure_point(census, (place[0][0], place[0][1]), own) if census else ()
        return CommunePoint(PointStatus.TRUE, place, derived, errors, derived.median_errors if derived else ())
    if derived is None:
        return CommunePoint(PointStatus.NOT_DERIVABLE, np.empty((0, 2)), None, (), ())
    status = PointStatus.DERIVED if derived.is_better else PointStatus.WEAK
    return CommunePoint(status, np.array([[derived.east, derived.north]]), derived, derived.errors, derived.median_errors)


def _communes_near(douars: pd.DataFrame, places: np.ndarray) -> list[str]:
    """Communes with a placed douar within reach of a known place."""
    away = douars[["east", "north"]].to_numpy()[:, None, :] - places[None, :, :]
    near = np.hypot(away[..., 0], away[..., 1]).min(axis=1) <= _REACH_KM
    return sorted(douars.loc[near, "commune_code"].unique())
