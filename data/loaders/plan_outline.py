"""The outline of a contingency plan: chapters, phases, responsibilities, standing measures, in the project's languages."""

import math
import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NotRequired, TypedDict

from analytics.model import Sector
from analytics.norms import NormStatus, Source
from analytics.response_phases import Phase
from data.loaders.kind import Kind
from data.loaders.known import Known, has_words, not_among
from data.loaders.slips import Slip
from data.loaders.structuring import register, structure

Labels = Mapping[str, str]

_ROLE = re.compile(r"[ARCI](/[ARCI])*")
# What a draft of a deliberation may leave to be filled in.
FILLED = frozenset(("version", "period", "next"))


@dataclass(frozen=True, slots=True)
class Responsibility:
    """An action and the role of each actor in it (A accountable, R responsible, C consulted, I informed), in their order."""

    labels: Labels
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StandingMeasure:
    """What a service does in a phase whatever the figures say, and who does it."""

    sector: Sector
    phase: str
    actor: str
    labels: Labels


@dataclass(frozen=True, slots=True)
class PlanOutline:
    """What every plan holds; ``sessions`` are calendar months, ``unit`` and ``actors`` name functions."""

    status: NormStatus
    source: Source
    references: tuple[Source, ...]
    chapters: tuple[str, ...]
    phases: tuple[Phase, ...]
    sessions: tuple[int, ...]
    actors: tuple[str, ...]
    responsibilities: tuple[Responsibility, ...]
    unit: tuple[str, ...]
    measures: tuple[StandingMeasure, ...]
    coordination: tuple[Labels, ...]
    communication: tuple[Labels, ...]
    follow_up: tuple[Labels, ...]
    deliberation: tuple[Labels, ...]


class PhaseEntry(TypedDict):
    """A phase; the last one has no end."""

    id: str
    within_days: NotRequired[float]


def _read_phase(raw: Any, _kind: Any) -> Phase:
    entry = structure(raw, PhaseEntry)
    return Phase(entry["id"], entry.get("within_days", math.inf))


register(Phase, _read_phase)


def _check(outline: PlanOutline, _known: Known) -> Iterator[Slip]:
    yield from _check_words(outline)
    phases = [phase.id for phase in outline.phases]
    for at, entry in enumerate(outline.responsibilities):
        if len(entry.roles) != len(outline.actors):
            yield Slip(("responsibilities", at, "roles"), "wrong_length", {"wanted": len(outline.actors)})
        for position, role in enumerate(entry.roles):
            if not _ROLE.fullmatch(role):
                yield not_among("role", role, "ARCI", "responsibilities", at, "roles", position)
    for at, actor in enumerate(outline.unit):
        if actor not in outline.actors:
            yield not_among("actor", actor, outline.actors, "unit", at)
    for at, measure in enumerate(outline.measures):
        if measure.phase not in phases:
            yield not_among("phase", measure.phase, phases, "measures", at, "phase")
        if measure.actor not in outline.actors:
            yield not_among("actor", measure.actor, outline.actors, "measures", at, "actor")
    for at, month in enumerate(outline.sessions):
        if not 1 <= month <= 12:
            yield Slip(("sessions", at), "out_of_range", {"low": 1, "high": 12})


def _check_words(outline: PlanOutline) -> Iterator[Slip]:
    for at, chapter in enumerate(outline.chapters):
        yield from has_words(f"contingency.chapter_{chapter}", "chapters", at)
    for at, phase in enumerate(outline.phases):
        yield from has_words(f"contingency.phase_{phase.id}", "phases", at, "id")
    for at, actor in enumerate(outline.actors):
        yield from has_words(f"actor.{actor}", "actors", at)
    for at, labels in enumerate(outline.deliberation):
        for language, text in labels.items():
            try:
                named = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
            except ValueError:
                named = {text}
            for name in sorted(named - FILLED):
                yield Slip(("deliberation", at, language), "unknown_blank", {"blank": name, "known": sorted(FILLED)})


PLAN_OUTLINE = Kind("plan", PlanOutline, check=_check)
