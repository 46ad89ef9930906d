"""Commune boundaries: polygons by code, who borders whom. Lines are indicative, without legal value."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import geopandas as gpd
import numpy as np

LAYERS = Path(__file__).parent / "layers"
ATTRIBUTION = "© OpenStreetMap contributors"

# Two communes that touch at a point are not neighbours.
_SHORTEST_SHARED_EDGE = 1e-3


@cache
def read_boundaries() -> gpd.GeoDataFrame:
    """The 89 communes as polygons in EPSG:4326: ``commune_code, name_fr, name_ar, geometry``, in order of code."""
    frame = gpd.read_file(LAYERS / "communes.geojson")
    return frame[["commune_code", "name_fr", "name_ar", "geometry"]].sort_values("commune_code", ignore_index=True)


def neighbour_matrix(commune_codes: Sequence[str]) -> np.ndarray:
    """Communes × communes, true where two share an edge."""
    found, rank = find_neighbours(), {code: position for position, code in enumerate(commune_codes)}
    matrix = np.zeros((len(commune_codes), len(commune_codes)), dtype=bool)
    for code, others in found.items():
        for other in others:
            if code in rank and other in rank:
                matrix[rank[code], rank[other]] = True
    return matrix


@cache
def find_neighbours() -> dict[str, tuple[str, ...]]:
    """For each commune, the codes of those that share an edge with it."""
    boundaries = read_boundaries()
    pairs = gpd.sjoin(boundaries, boundaries, predicate="touches", lsuffix="left", rsuffix="right")
    geometry = boundaries.set_index("commune_code").geometry
    found: dict[str, set[str]] = {code: set() for code in boundaries["commune_code"]}
    for left, right in zip(pairs["commune_code_left"], pairs["commune_code_right"], strict=True):
        if geometry[left].intersection(geometry[right]).length > _SHORTEST_SHARED_EDGE:
            found[left].add(right)
    return {code: tuple(sorted(others)) for code, others in found.items()}
