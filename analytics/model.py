"""Value types that every room shares: sources, norms, indicators, results' vocabulary.

Definitions are data: instances are built by ``data.definitions`` from YAML and handed to the pure functions of this package.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from analytics.baseline_rules import BASELINE_IDS, BaselineRules
from analytics.drawing_rules import UncertaintyRules
from analytics.faces import ClassedBy, ClassKind, Face, face_id
from analytics.legend import Goalposts, Legend
from analytics.norms import Norm, Source


class Sector(StrEnum):
    """Service under pressure. ``context`` variables belong to no single service."""

    EDUCATION = "education"
    HEALTH = "health"
    CIVIL_REGISTRY = "civil_registry"
    WATER = "water"
    SANITATION = "sanitation"
    SHELTER = "shelter"
    SOCIAL = "social"
    WASTE = "waste"


class Status(StrEnum):
    """Status of one observation. Missing is never zero: only the first three statuses come with a value."""

    REPORTED = "reported"
    ESTIMATED = "estimated"
    IMPUTED = "imputed"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"
    SUPPRESSED = "suppressed"


STATUS_ORDER: tuple[Status, ...] = tuple(Status)


class Provenance(StrEnum):
    """What kind of figure this is, from the firmest to the least firm; a result carries the least firm of its inputs."""

    MEASURED = "measured"
    OFFICIAL_VIA_PRESS = "official_via_press"
    DECLARED = "declared"
    DERIVED = "derived"
    ESTIMATE = "estimate"
    PROXY = "proxy"
    DEMONSTRATION = "demonstration"


PROVENANCE_ORDER: tuple[Provenance, ...] = tuple(Provenance)

RELIABILITY_ORDER: tuple[str, ...] = ("A", "B", "C", "D")


class ResultStatus(StrEnum):
    """What a result row says when there is, or is not, a pressure to show; ``partial`` where only a range of classes holds."""

    ASSESSED = "assessed"
    NO_SERVICE = "no_service"
    NO_DEMAND = "no_demand"
    MISSING = "missing"
    NOT_ASSESSED = "not_assessed"
    INSUFFICIENT = "insufficient"
    PARTIAL = "partial"


class Measure(StrEnum):
    """How an indicator is computed; see ``analytics.ratios`` for each formula."""

    LOAD = "load"
    DENSITY = "density"
    UNITS_SHORT = "units_short"
    PEOPLE_ABOVE_NORM = "people_above_norm"
    STAFF_TO_CLEAR = "staff_to_clear"
    OUTSTANDING = "outstanding"
    RATE = "rate"


_COUNTS = (Measure.PEOPLE_ABOVE_NORM, Measure.UNITS_SHORT, Measure.STAFF_TO_CLEAR, Measure.OUTSTANDING)


class Level(StrEnum):
    """What an indicator describes: each commune, or only the province as a whole."""

    COMMUNE = "commune"
    PROVINCE = "province"


@dataclass(frozen=True, slots=True)
class Term:
    """One demand-to-capacity pair of an indicator (a school cycle, for instance).

    ``demand`` is a variable that already includes displaced people; ``displaced`` the variable that says how many of them
    (None when the source does not tell); ``capacity`` variables are multiplied together and with the norms named in
    ``capacity_norms``; ``norm`` is the demand that one unit of capacity may carry. ``whole`` names all the people of whom the
    capacity of a share is the part that somebody published: of the rest nothing is known.
    """

    demand: str
    capacity: tuple[str, ...]
    norm: str
    displaced: str | None = None
    capacity_norms: tuple[str, ...] = ()
    label: str = ""
    whole: str | None = None

    @property
    def is_of_displaced_alone(self) -> bool:
        """Whether only displaced people are counted: with them the whole demand comes and goes."""
        return self.demand == self.displaced


@dataclass(frozen=True, slots=True)
class Indicator:
    """Definition of one indicator, as read from ``data/definitions/indicators``.

    ``parameters`` name the further norms and variables of its measure; an indicator that is not ``enabled`` is described and
    never computed. ``critical``: its breakdown is a breakdown of the service and is seen in the index.
    """

    id: str
    sector: Sector
    measure: Measure
    unit: str
    labels: dict[str, str]
    descriptions: dict[str, str]
    formulas: dict[str, str]
    terms: tuple[Term, ...]
    scale: float = 1.0
    decimals: int = 1
    people: str = "persons"
    weight: float = 0.0
    goalposts: Goalposts | None = None
    parameters: dict[str, str] = field(default_factory=dict)
    assumptions: dict[str, str] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    status: str = "complete"
    enabled: bool = True
    level: Level = Level.COMMUNE
    face: Face = Face.LOAD
    critical: bool = False
    classed_by: ClassedBy = ClassedBy.POOLED

    @property
    def counts(self) -> bool:
        """Whether it may lift the class of its service: it has a class, and weighs in the score or is critical."""
        return self.has_pressure and (self.weight > 0 or self.critical)

    @property
    def has_pressure(self) -> bool:
        """Whether the indicator compares with a norm (pressure, class, score) or only counts what is missing."""
        return self.measure in (Measure.LOAD, Measure.DENSITY)

    @property
    def is_known_in_part(self) -> bool:
        """Whether it is a share of people of whom some may be left out of what was published."""
        return any(term.whole for term in self.terms)

    @property
    def in_brief(self) -> bool:
        """Whether it has its line where room is short: it counts for its service, or counts what is missing."""
        return self.counts or self.measure in _COUNTS

    @property
    def variables(self) -> frozenset[str]:
        """Variables that the indicator names (a derived one stands for its parts, see ``analytics.demand.PARTS``)."""
        named = {self.parameters[k] for k in ("backlog", "staff", "done", "pace") if k in self.parameters}
        for term in self.terms:
            named.update((term.demand, *term.capacity))
            named.update(name for name in (term.displaced, term.whole) if name)
        return frozenset(named)


@dataclass(frozen=True, slots=True)
class ReliabilityRules:
    """The rules as data (``data/definitions/reliability.yaml``).

    ``by_provenance`` quality 0–1 of each kind of source; ``by_age`` pairs (months at most, quality), then ``when_older``;
    ``without_age`` variables that a projection keeps up to date; ``coverage`` the variable that says which percentage of the
    places reported, by variable; ``coverage_unknown`` the quality when nobody said; ``lowest`` the least quality of each
    grade but the last; ``variation`` the coefficient of variation of each grade.
    """

    by_provenance: Mapping[Provenance, float]
    by_age: tuple[tuple[float, float], ...]
    when_older: float
    without_age: frozenset[str]
    coverage: Mapping[str, str]
    coverage_unknown: float
    lowest: tuple[float, ...]
    variation: tuple[float, ...]


@dataclass(frozen=True)
class Definitions:
    """Everything that computes: indicators by id, norms by id, the legend, and the weights of the composite.

    ``headlines`` names, for each sector, the indicator whose people above the norm stand for the sector; ``extensions`` are
    the indicators that are switched off, ``province_indicators`` those that describe the province only.
    """

    indicators: dict[str, Indicator]
    norms: dict[str, Norm]
    legend: Legend
    sector_weights: dict[Sector, float]
    headlines: dict[Sector, str]
    sector_labels: dict[Sector, dict[str, str]]
    composite_labels: dict[str, str]
    method_version: str
    reliability: ReliabilityRules
    uncertainty: UncertaintyRules
    face_labels: dict[Face, dict[str, str]]
    composite_power: float = 2.0
    extensions: dict[str, Indicator] = field(default_factory=dict)
    province_indicators: dict[str, Indicator] = field(default_factory=dict)
    baseline: BaselineRules | None = None

    def of_sector(self, sector: Sector) -> tuple[Indicator, ...]:
        """Indicators of one sector, in order of definition."""
        return self._by_sector.get(sector, ())

    @cached_property
    def _by_sector(self) -> dict[Sector, tuple[Indicator, ...]]:
        sectors = dict.fromkeys(i.sector for i in self.indicators.values())
        return {sector: tuple(i for i in self.indicators.values() if i.sector == sector) for sector in sectors}

    def counting(self, sector: Sector, face: Face | None = None) -> tuple[Indicator, ...]:
        """Indicators that may lift the class of a service, on one face or on both."""
        return tuple(i for i in self.of_sector(sector) if i.counts and face in (None, i.face))

    @cached_property
    def faces(self) -> dict[str, tuple[Sector, Face]]:
        """Result id of each face of each service in the index that has an indicator which counts."""
        every = [(sector, face) for sector in self.services for face in Face]
        return {face_id(*of): of for of in every if self.counting(*of)}

    def class_kind(self, result_id: str) -> ClassKind:
        """What the class of a result says something of."""
        if result_id in BASELINE_IDS:
            return ClassKind.BASELINE
        if result_id in self.faces:
            return ClassKind.ACCESS if self.faces[result_id][1] is Face.ACCESS else ClassKind.SERVICE
        if result_id in set(Sector):
            return ClassKind.SERVICE
        for known in (self.indicators, self.province_indicators, self.extensions):
            if result_id in known:
                return ClassKind(known[result_id].face.value)
        return ClassKind.INDEX

    @property
    def services(self) -> tuple[Sector, ...]:
        """Sectors that weigh in the index, in order: what every screen and paper goes through."""
        return tuple(sector for sector in Sector if sector in self.sector_weights)

    @property
    def sectors(self) -> tuple[Sector, ...]:
        """Sectors that have an indicator that is computed for each commune, in order."""
        return tuple(sector for sector in Sector if self.of_sector(sector))

    def labels(self, result_id: str) -> dict[str, str]:
        """Labels of an indicator, of a sector, of one of its faces, of the baseline and its parts, or of the composite."""
        if self.baseline and (words := self.baseline.words(result_id)):
            return words
        for known in (self.indicators, self.province_indicators, self.extensions):
            if result_id in known:
                return known[result_id].labels
        if result_id in set(Sector):
            return self.sector_labels[Sector(result_id)]
        if result_id in self.faces:
            sector, face = self.faces[result_id]
            return {lang: f"{name} – {self.face_labels[face][lang]}" for lang, name in self.sector_labels[sector].items()}
        return self.composite_labels
