"""Service points of a snapshot: derived from the census distances of placed douars, true where a facility record gives the place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from analytics.service_network import (
    CommunePoint,
    Worth,
    find_contradicted,
    find_near_a_known_place,
    locate_services,
    weigh_point,
)
from data.douar_table import read_douars
from data.province import Province
from geo.points import in_degrees, on_plane
from pages.figures.figures import Figures

# Census distance of each service, and the kinds of facilities that the census means by it.
DISTANCES = {"health_centre": "health_centre_km", "college": "college_km"}
KINDS = {"health_centre": ("primary_care", "hospital"), "college": ("college",)}

_Truth = tuple[tuple[str, float, float], ...]


@dataclass(frozen=True, eq=False)
class ServiceMap:
    """One service over a territory: its points by commune, the known facilities, placed douars on the plane, what each known point
    is worth, and what contradicts."""

    service: str
    points: Mapping[str, CommunePoint]
    facilities: pd.DataFrame
    douars: pd.DataFrame
    worth: Mapping[str, Worth]
    contradicted: pd.DataFrame
    near_known: pd.DataFrame


def read_services(figures: Figures, service: str) -> ServiceMap:
    """The points of a service (``health_centre``, ``college``) in a snapshot; computed once for the places that are known."""
    facilities = known_facilities(figures, service)
    truth = tuple(sorted(zip(facilities["commune_code"], facilities["latitude"], facilities["longitude"], strict=True)))
    points, douars, worth, contradicted, near = _compute(figures.province, service, truth)
    return ServiceMap(service, points, facilities, douars, worth, contradicted, near)


def known_facilities(figures: Figures, service: str) -> pd.DataFrame:
    """The newest record of each facility of a service that has coordinates, through the reader's lens."""
    newest = figures.facilities().sort_values("reference_date").drop_duplicates("facility_id", keep="last")
    located = newest["kind"].isin(KINDS[service]) & newest["latitude"].notna() & newest["longitude"].notna()
    return newest[located].sort_values(["commune_code", "facility_id"]).reset_index(drop=True)


@lru_cache(maxsize=16)
def _compute(
    province: Province, service: str, truth: _Truth
) -> tuple[dict[str, CommunePoint], pd.DataFrame, dict[str, Worth], pd.DataFrame, pd.DataFrame]:
    douars = _placed(province, service)
    known = _by_commune(province, truth)
    worth = {code: weigh_point(douars, known, code) for code in known}
    contradicted, near = find_contradicted(douars), find_near_a_known_place(douars, known)
    return locate_services(douars, known), douars, worth, contradicted, near


def _placed(province: Province, service: str) -> pd.DataFrame:
    douars = read_douars(province)
    placed = douars[douars["latitude"].notna()]
    east, north = on_plane(province.layer, placed["latitude"].to_numpy(), placed["longitude"].to_numpy())
    return placed.assign(east=east, north=north, km=placed[DISTANCES[service]])


def _by_commune(province: Province, truth: _Truth) -> dict[str, np.ndarray]:
    found: dict[str, list[tuple[float, float]]] = {}
    for code, latitude, longitude in truth:
        east, north = on_plane(province.layer, np.array([latitude]), np.array([longitude]))
        found.setdefault(code, []).append((float(east[0]), float(north[0])))
    return {code: np.array(places) for code, places in found.items()}


def to_degrees(province: Province, place: np.ndarray) -> tuple[float, float]:
    """Latitude and longitude of a place on the plane."""
    latitude, longitude = in_degrees(province.layer, place[:1], place[1:2])
    return float(latitude[0]), float(longitude[0])
