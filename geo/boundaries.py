"""Commune boundaries: polygons by code, who borders whom. Lines are indicative, without legal value."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import geopandas as gpd
import numpy as np
import shapely

from geo.layer import Layer

# Two communes that touch at a point are not neighbours.
_SHORTEST_SHARED_EDGE = 1e-3


@cache
def read_boundaries(layer: Layer) -> gpd.GeoDataFrame:
    """The communes as polygons in EPSG:4326: ``commune_code, name_fr, name_ar, geometry``, in order of code."""
    frame = gpd.read_file(layer.path)
    return frame[["commune_code", "name_fr", "name_ar", "geometry"]].sort_values("commune_code", ignore_index=True)


def neighbour_matrix(layer: Layer, commune_codes: Sequence[str]) -> np.ndarray:
    """Communes × communes, true where two share an edge."""
    found, rank = find_neighbours(layer), {code: position for position, code in enumerate(commune_codes)}
    matrix = np.zeros((len(commune_codes), len(commune_codes)), dtype=bool)
    for code, others in found.items():
        for other in others:
            if code in rank and other in rank:
                matrix[rank[code], rank[other]] = True
    return matrix


@cache
def find_neighbours(layer: Layer) -> dict[str, tuple[str, ...]]:
    """For each commune of the layer, the codes of those that share an edge with it."""
    boundaries = read_boundaries(layer)
    pairs = gpd.sjoin(boundaries, boundaries, predicate="touches", lsuffix="left", rsuffix="right")
    geometry = boundaries.set_index("commune_code").geometry
    found: dict[str, set[str]] = {code: set() for code in boundaries["commune_code"]}
    for left, right in zip(pairs["commune_code_left"], pairs["commune_code_right"], strict=True):
        if geometry[left].intersection(geometry[right]).length > _SHORTEST_SHARED_EDGE:
            found[left].add(right)
    return {code: tuple(sorted(others)) for code, others in found.items()}


def neighbours_of(layer: Layer, commune_code: str) -> tuple[str, ...]:
    """Codes of the communes that share an edge with one; none for an enclave, or a commune without a polygon."""
    return find_neighbours(layer).get(commune_code, ())


@cache
def centroids(layer: Layer) -> dict[str, tuple[float, float]]:
    """Latitude and longitude of the middle of each commune of the layer, by code."""
    points = read_boundaries(layer).set_index("commune_code").geometry.to_numpy()
    codes, middle = read_boundaries(layer)["commune_code"], shapely.centroid(points)
    return {code: (y, x) for code, x, y in zip(codes, shapely.get_x(middle), shapely.get_y(middle), strict=True)}
