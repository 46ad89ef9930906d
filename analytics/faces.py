"""The two faces of a service: how loaded it is, and who does not reach it; and which part of an indicator gives its class."""

from __future__ import annotations

from enum import StrEnum


class Face(StrEnum):
    """What an indicator says of a service: demand against capacity, or how far it is and who is not reached."""

    LOAD = "load"
    ACCESS = "access"


class ClassedBy(StrEnum):
    """What gives an indicator of several terms (school cycles) its class: all of them together, or the one under most pressure."""

    POOLED = "pooled"
    WORST_TERM = "worst_term"


class ClassKind(StrEnum):
    """What a class says something of, and so which words it has: demand against capacity, who is not reached, a service as a whole (or
    its load, a mean of scores), all services together, the starting point."""

    LOAD = "load"
    ACCESS = "access"
    SERVICE = "service"
    INDEX = "index"
    BASELINE = "baseline"


def face_id(sector: str, face: Face) -> str:
    """Result id of one face of a service, ``health_access`` for instance."""
    return f"{sector}_{face.value}"
