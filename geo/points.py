"""Where points lie against the indicative boundaries of the communes."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import numpy as np

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
