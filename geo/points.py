"""Where points lie against the indicative boundaries of the communes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import geopandas as gpd
import numpy as np
from pyproj import Transformer

from geo.boundaries import read_boundaries
from geo.layer import Layer


def distance_from_commune(
    layer: Layer, commune_codes: Sequence[str], latitude: np.ndarray, longitude: np.ndarray
) -> np.ndarray:
    """Kilometres from each point (degrees, WGS 84) to the polygon of its commune: 0 inside, NaN for an unknown commune."""
    polygons = read_boundaries(layer).set_index("commune_code").geometry
    polygons = polygons.to_crs(layer.projection).reindex(list(commune_codes))
    points = gpd.GeoSeries.from_xy(longitude, latitude, crs="EPSG:4326", index=polygons.index).to_crs(layer.projection)
    return points.distance(polygons, align=False).to_numpy() / 1000


def is_near_province(layer: Layer, latitude: np.ndarray, longitude: np.ndarray, margin_km: float) -> np.ndarray:
    """Whether points lie in the rectangle around all communes, widened by a margin."""
    west, south, east, north = read_boundaries(layer).to_crs(layer.projection).total_bounds
    points = gpd.GeoSeries.from_xy(longitude, latitude, crs="EPSG:4326").to_crs(layer.projection)
    x, y, margin = points.x.to_numpy(), points.y.to_numpy(), margin_km * 1000
    inside: np.ndarray = (x >= west - margin) & (x <= east + margin) & (y >= south - margin) & (y <= north + margin)
    return inside


def on_plane(layer: Layer, latitude: np.ndarray, longitude: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Kilometres east and north on the plane of a layer, of points in degrees."""
    east, north = _to_plane(layer.projection).transform(longitude, latitude)
    return np.asarray(east) / 1000, np.asarray(north) / 1000


def in_degrees(layer: Layer, east: np.ndarray, north: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Latitude and longitude of points in kilometres on the plane of a layer."""
    kilometres = np.asarray(east, dtype=float) * 1000, np.asarray(north, dtype=float) * 1000
    longitude, latitude = _to_plane(layer.projection).transform(*kilometres, direction="INVERSE")
    return np.asarray(latitude), np.asarray(longitude)


@cache
def _to_plane(projection: str) -> Transformer:
    return Transformer.from_crs("EPSG:4326", projection, always_xy=True)
