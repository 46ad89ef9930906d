"""The layer of boundaries that a map or a distance is drawn from: one file, and the plane on which its metres are true."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Layer:
    """Polygons of the communes of one territory.

    ``path`` is a GeoJSON file in degrees (WGS 84) with ``commune_code, name_fr, name_ar``; ``projection`` the code of a
    projection in metres ("EPSG:32629") that is true over the territory; ``attribution`` what whoever shows the map must say.
    """

    path: Path
    projection: str
    attribution: str
