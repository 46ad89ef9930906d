"""Norms: several to a file, each with its dated values by profile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from analytics.assumptions import NormProfile
from analytics.norms import Norm
from data.loaders.kind import Kind
from data.loaders.known import Known, has_words
from data.loaders.slips import Slip


def _build(norms: Mapping[str, Norm]) -> dict[str, Norm]:
    """Values from the oldest to the newest."""
    by_age = {key: tuple(sorted(norm.values, key=lambda v: v.effective_from)) for key, norm in norms.items()}
    return {key: replace(norm, values=by_age[key]) for key, norm in norms.items()}


def _check(norms: Mapping[str, Norm], _known: Known) -> Iterator[Slip]:
    for key, norm in norms.items():
        yield from has_words(f"unit.{norm.unit}", key, "unit")
        if not any(value.profile is NormProfile.PLANNING for value in norm.values):
            yield Slip((key, "values"), "no_planning_value")
        times = Counter((value.profile, value.effective_from) for value in norm.values)
        for at, value in enumerate(norm.values):
            if times[value.profile, value.effective_from] > 1:
                yield Slip((key, "values", at), "said_twice", {"text": f"{value.profile}, {value.effective_from}"})


NORMS = Kind("norms/*", dict[str, Norm], _build, _check)
