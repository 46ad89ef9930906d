"""Decay presets of a displaced stock, from the fastest return to the slowest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analytics.displacement import DecayPreset
from data.loaders.kind import Kind
from data.loaders.known import Known
from data.loaders.slips import Slip


def _check(presets: Mapping[str, DecayPreset], _known: Known) -> Iterator[Slip]:
    for key, preset in presets.items():
        for name in ("shape", "scale"):
            if getattr(preset, name) <= 0:
                yield Slip((key, name), "out_of_range", {"low": "> 0", "high": "…"})


PRESETS = Kind("displacement_presets", dict[str, DecayPreset], check=_check)
