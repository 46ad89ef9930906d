"""Trigger rules: levels, thresholds, actions, and when a level falls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TypedDict

from analytics.norms import NormStatus, Source
from analytics.triggers import TriggerRule, TriggerRules
from data.loaders.kind import Kind
from data.loaders.known import Known
from data.loaders.slips import Slip


class Deactivation(TypedDict):
    """A level falls below this pressure after so many months."""

    below: float
    periods: int


class TriggersFile(TypedDict):
    """The whole file."""

    status: NormStatus
    source: Source
    deactivation: Deactivation
    levels: tuple[TriggerRule, ...]


def _build(file: TriggersFile) -> TriggerRules:
    falls = file["deactivation"]
    return TriggerRules(file["levels"], falls["below"], falls["periods"], file["status"], file["source"])


def _check(file: TriggersFile, _known: Known) -> Iterator[Slip]:
    thresholds = [level.above for level in file["levels"]]
    times = Counter(level.id for level in file["levels"])
    if not thresholds or thresholds != sorted(thresholds):
        yield Slip(("levels",), "not_rising")
    for at, level in enumerate(file["levels"]):
        if level.periods < 1:
            yield Slip(("levels", at, "periods"), "out_of_range", {"low": 1, "high": "…"})
        if times[level.id] > 1:
            yield Slip(("levels", at, "id"), "said_twice", {"text": level.id})


TRIGGERS = Kind("triggers", TriggersFile, _build, _check)
