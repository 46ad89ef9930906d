"""Reads the decay presets of a displaced stock from ``definitions/displacement_presets.yaml``."""

from __future__ import annotations

from functools import cache

import yaml

from analytics.displacement import DecayPreset
from analytics.norms import NormStatus
from data.catalogue import DEFINITIONS
from data.source_fields import read_source


@cache
def load_displacement_presets() -> dict[str, DecayPreset]:
    """Presets by id, from the fastest return to the slowest."""
    raw = yaml.safe_load((DEFINITIONS / "displacement_presets.yaml").read_text(encoding="utf-8"))
    return {
        key: DecayPreset(
            id=key,
            labels=entry["labels"],
            shape=float(entry["shape"]),
            scale=float(entry["scale"]),
            status=NormStatus(entry["status"]),
            sources=tuple(map(read_source, entry["sources"])),
        )
        for key, entry in raw.items()
    }
