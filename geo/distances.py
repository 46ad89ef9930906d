"""Distances on the ground, as the crow flies."""

from __future__ import annotations

from functools import cache

import numpy as np
import shapely
from pyproj import Geod

from geo.boundaries import read_boundaries
from geo.layer import Layer

_ELLIPSOID = Geod(ellps="WGS84")
_METRES_A_KM = 1000.0


def kilometres_between(from_lat: np.ndarray, from_lng: np.ndarray, to_lat: np.ndarray, to_lng: np.ndarray) -> np.ndarray:
    """Geodesic distances, places × facilities, in kilometres; NaN where a coordinate is missing.

    Args:
        from_lat, from_lng: degrees of each place. to_lat, to_lng: degrees of each facility.
    """
    shape = (len(from_lat), len(to_lat))
    start_lat, start_lng = (np.repeat(np.asarray(v, dtype=float), shape[1]) for v in (from_lat, from_lng))
    end_lat, end_lng = (np.tile(np.asarray(v, dtype=float), shape[0]) for v in (to_lat, to_lng))
    _, _, metres = _ELLIPSOID.inv(start_lng, start_lat, end_lng, end_lat)
    unknown = np.isnan(start_lat) | np.isnan(start_lng) | np.isnan(end_lat) | np.isnan(end_lng)
    return np.where(unknown, np.nan, np.asarray(metres) / _METRES_A_KM).reshape(shape)


@cache
def centroid_distances_km(layer: Layer, commune_codes: tuple[str, ...]) -> np.ndarray:
    """Distances between the centroids of communes, in the order of the codes; roads are longer. NaN for a commune without a
    polygon."""
    points = read_boundaries(layer).set_index("commune_code").geometry.reindex(list(commune_codes))
    centroids = shapely.centroid(points.to_numpy())
    latitude, longitude = shapely.get_y(centroids), shapely.get_x(centroids)
    return kilometres_between(latitude, longitude, latitude, longitude)
