"""Distances between communes as the crow flies."""

from __future__ import annotations

from functools import cache

import numpy as np
import shapely

from geo.boundaries import read_boundaries

EARTH_RADIUS_KM = 6371.0


@cache
def centroid_distances_km(commune_codes: tuple[str, ...]) -> np.ndarray:
    """Great-circle distances between the centroids of communes, in the order of the codes; roads are longer."""
    points = read_boundaries().set_index("commune_code").geometry.loc[list(commune_codes)]
    centroids = shapely.centroid(points.to_numpy())
    longitude, latitude = np.radians(shapely.get_x(centroids)), np.radians(shapely.get_y(centroids))
    return great_circle_km(longitude[:, None], latitude[:, None], longitude[None, :], latitude[None, :])


def great_circle_km(
    longitude: np.ndarray, latitude: np.ndarray, longitudes: np.ndarray, latitudes: np.ndarray
) -> np.ndarray:
    """Haversine distance between points given in radians."""
    half = np.sin((latitudes - latitude) / 2) ** 2
    half = half + np.cos(latitude) * np.cos(latitudes) * np.sin((longitudes - longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
