"""Reads the outline of a contingency plan: chapters, phases, responsibilities, standing measures, in the project's languages."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from analytics.model import Sector
from analytics.norms import NormStatus, Source
from analytics.response_phases import Phase
from data.catalogue import DEFINITIONS
from data.source_fields import read_source

Labels = Mapping[str, str]


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


@cache
def load_plan_outline() -> PlanOutline:
    """The outline that ships."""
    raw: dict[str, Any] = yaml.safe_load((DEFINITIONS / "plan.yaml").read_text(encoding="utf-8"))
    return PlanOutline(
        status=NormStatus(raw["status"]),
        source=read_source(raw["source"]),
        references=tuple(read_source(entry) for entry in raw["references"]),
        chapters=tuple(raw["chapters"]),
        phases=tuple(Phase(entry["id"], float(entry.get("within_days", math.inf))) for entry in raw["phases"]),
        sessions=tuple(raw["sessions"]),
        actors=tuple(raw["actors"]),
        responsibilities=tuple(Responsibility(e["labels"], tuple(e["roles"])) for e in raw["responsibilities"]),
        unit=tuple(raw["unit"]),
        measures=tuple(StandingMeasure(Sector(e["sector"]), e["phase"], e["actor"], e["labels"]) for e in raw["measures"]),
        coordination=tuple(raw["coordination"]),
        communication=tuple(raw["communication"]),
        follow_up=tuple(raw["follow_up"]),
        deliberation=tuple(raw["deliberation"]),
    )
