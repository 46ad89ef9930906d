"""Trigger rules: levels, thresholds, actions, the indicators that raise them, and when a level falls."""

from collections import Counter
from collections.abc import Iterator
from typing import NotRequired, TypedDict

from analytics.norms import NormStatus, Source
from analytics.triggers import AlertRule, TriggerRule, TriggerRules
from data.loaders.kind import Kind
from data.loaders.known import Known
from data.loaders.slips import Slip

# What sets kept from before method 2026.12.4 do not say: they had one rule for all indicators of a service.
_NEWS_ABOVE, _STALE_PERIODS, _FALLS_BY = 0.1, 2, 0.1
_RAISING = ("EDU01", "EDU02", "HEA01", "HEA02", "CIV02")


class Comparison(TypedDict):
    """By which share a figure must exceed the one of a year before, and after how many months without that a level falls."""

    above: float
    periods: int


class Deactivation(TypedDict):
    """A level falls below this pressure after so many months: sets kept from before method 2026.12.4."""

    below: float
    periods: int


class LevelEntry(TypedDict):
    """A level; its last two fields are of sets kept from before."""

    id: str
    above: float
    periods: int
    absent_periods: NotRequired[int]
    labels: dict[str, str]
    actions: dict[str, str]
    responsible: dict[str, str]
    delay: dict[str, str]
    short_actions: dict[str, str]
    when_no_service: NotRequired[bool]
    days_waiting: NotRequired[float]


class TriggersFile(TypedDict):
    """The whole file."""

    status: NormStatus
    source: Source
    comparison: NotRequired[Comparison]
    indicators: NotRequired[dict[str, AlertRule]]
    deactivation: NotRequired[Deactivation]
    levels: tuple[LevelEntry, ...]


def _build(file: TriggersFile) -> TriggerRules:
    comparison = file.get("comparison") or Comparison(above=_NEWS_ABOVE, periods=_STALE_PERIODS)
    return TriggerRules(
        tuple(_build_level(level) for level in file["levels"]),
        file.get("indicators") or {i: AlertRule(i, _FALLS_BY, _STALE_PERIODS) for i in _RAISING},
        comparison["above"],
        comparison["periods"],
        file["status"],
        file["source"],
    )


def _build_level(level: LevelEntry) -> TriggerRule:
    absent = level.get("absent_periods", 1 if level.get("when_no_service") else None)
    return TriggerRule(
        level["id"], level["above"], level["periods"], level["labels"], level["actions"], level["responsible"],
        level["delay"], level["short_actions"], absent,
    )  # fmt: skip


def _check(file: TriggersFile, known: Known) -> Iterator[Slip]:
    thresholds = [level["above"] for level in file["levels"]]
    times = Counter(level["id"] for level in file["levels"])
    if not thresholds or thresholds != sorted(thresholds):
        yield Slip(("levels",), "not_rising")
    for at, level in enumerate(file["levels"]):
        if min(level["periods"], level.get("absent_periods", 1)) < 1:
            yield Slip(("levels", at, "periods"), "out_of_range", {"low": 1, "high": "…"})
        if times[level["id"]] > 1:
            yield Slip(("levels", at, "id"), "said_twice", {"text": level["id"]})
    for name, rule in file.get("indicators", {}).items():
        yield from known.says("indicator", name, "indicators", name)
        if not 0 <= rule.falls_by < 1:
            yield Slip(("indicators", name, "falls_by"), "out_of_range", {"low": 0, "high": 1})
        if rule.thresholds is not None and len(rule.thresholds) != len(file["levels"]):
            yield Slip(("indicators", name, "thresholds"), "wrong_length", {"wanted": len(file["levels"])})
        elif rule.thresholds is not None and list(rule.thresholds) != sorted(rule.thresholds):
            yield Slip(("indicators", name, "thresholds"), "not_rising")


TRIGGERS = Kind("triggers", TriggersFile, _build, _check)
