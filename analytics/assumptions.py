"""What a reader may assume before anything is computed: how displaced persons are counted, on which base, against which norms."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CensusCounting(StrEnum):
    """Whether displaced persons are already inside the host commune's census population (double-counting switch).

    ``declared`` follows what each commune declares, half when it declares nothing; ``counted`` and ``not_counted`` are the
    two bounds.
    """

    DECLARED = "declared"
    COUNTED = "counted"
    NOT_COUNTED = "not_counted"


class PopulationBasis(StrEnum):
    """Whom a service answers to: the people who are there, or those who usually live there."""

    PRESENCE = "presence"
    RESIDENCE = "residence"


class NormProfile(StrEnum):
    """A set of norms: for planning, in an emergency, or as the region really is.

    ``health_map`` holds figures in circulation that nobody confirmed: it is kept in the definitions and never offered.
    """

    PLANNING = "planning"
    EMERGENCY = "emergency"
    REGIONAL = "regional"
    HEALTH_MAP = "health_map"


OFFERED_PROFILES = (NormProfile.PLANNING, NormProfile.EMERGENCY, NormProfile.REGIONAL)


class FigureKinds(StrEnum):
    """Which figures are looked at (the lens): what somebody measured, declared or computed alone, or the simulated example with it."""

    REAL = "real"
    ALL = "all"


class Recency(StrEnum):
    """What the last month holds: its own figures only, or the latest known one of each commune with its age."""

    LATEST = "latest"
    STRICT = "strict"


@dataclass(frozen=True, slots=True)
class Assumptions:
    """The choices together; the defaults are those of every page that says nothing else."""

    counting: CensusCounting = CensusCounting.DECLARED
    basis: PopulationBasis = PopulationBasis.PRESENCE
    profile: NormProfile = NormProfile.PLANNING
    figures: FigureKinds = FigureKinds.ALL
    known: Recency = Recency.STRICT


DEFAULTS = Assumptions()
