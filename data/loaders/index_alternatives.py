"""Alternatives to the choices of the index, by id; a set kept from before they were known has none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from analytics.index_alternatives import Alternative
from data.loaders.kind import Kind
from data.loaders.known import Known
from data.loaders.slips import Slip


def _check(alternatives: Mapping[str, Alternative], known: Known) -> Iterator[Slip]:
    for key, alternative in alternatives.items():
        for norm in alternative.norms:
            yield from known.says("norm", norm, key, "norms", norm)
        for indicator, weight in alternative.weights.items():
            yield from known.says("indicator", indicator, key, "weights", indicator)
            if not 0 <= weight <= 1:
                yield Slip((key, "weights", indicator), "out_of_range", {"low": 0, "high": 1})
        for sector, weight in alternative.service_weights.items():
            if weight < 0:
                yield Slip((key, "service_weights", sector.value), "out_of_range", {"low": 0, "high": "…"})


INDEX_ALTERNATIVES = Kind("index_alternatives", dict[str, Alternative], check=_check, optional=True)
