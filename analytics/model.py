"""Value types that every room shares: sources, norms, indicators, results' vocabulary.

Definitions are data: instances are built by ``data.definitions`` from YAML and handed to the pure functions of this package.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Sector(StrEnum):
    """Service under pressure. ``context`` variables belong to no single service."""

    EDUCATION = "education"
    HEALTH = "health"
    CIVIL_REGISTRY = "civil_registry"


SECTORS: tuple[Sector, ...] = tuple(Sector)


class Status(StrEnum):
    """Status of one observation. Missing is never zero: only the first three statuses come with a value."""

    REPORTED = "reported"
    ESTIMATED = "estimated"
    IMPUTED = "imputed"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"
    SUPPRESSED = "suppressed"


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
    """What a result row says when there is, or is not, a pressure to show."""

    ASSESSED = "assessed"
    NO_SERVICE = "no_service"
    NO_DEMAND = "no_demand"
    MISSING = "missing"
    NOT_ASSESSED = "not_assessed"
    INSUFFICIENT = "insufficient"


class Measure(StrEnum):
    """How an indicator is computed; see ``analytics.ratios`` for each formula."""

    LOAD = "load"
    DENSITY = "density"
    UNITS_SHORT = "units_short"
    PEOPLE_ABOVE_NORM = "people_above_norm"
    STAFF_TO_CLEAR = "staff_to_clear"


class NormStatus(StrEnum):
    """How far a norm was verified; printed wherever the norm is."""

    VERIFIED = "verified"
    SECONDARY = "secondary"
    COMPUTED = "computed"
    RECALL = "recall"
    ASSUMPTION = "assumption"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure comes from: title, publisher, address, date of the page or document."""

    title: str
    publisher: str = ""
    url: str = ""
    date: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class NormValue:
    """One dated value of a norm, in force from ``effective_from`` until the next one."""

    effective_from: date
    value: float
    status: NormStatus
    source: Source
    last_value_still_valid_on: date | None = None


@dataclass(frozen=True, slots=True)
class Norm:
    """A norm (demand per unit of capacity, a floor, or a parameter) with its dated values, oldest first."""

    id: str
    unit: str
    labels: dict[str, str]
    values: tuple[NormValue, ...]

    def in_force(self, on: date) -> NormValue:
        """Value in force on a day.

        Raises:
            LookupError: the norm had no value yet on that day.
        """
        current = [v for v in self.values if v.effective_from <= on]
        if not current:
            raise LookupError(f"norm {self.id} has no value in force on {on.isoformat()}")
        return current[-1]


@dataclass(frozen=True, slots=True)
class Term:
    """One demand-to-capacity pair of an indicator (a school cycle, for instance).

    ``demand`` is a variable that already includes displaced people; ``displaced`` the variable that says how many of them
    (None when the source does not tell); ``capacity`` variables are multiplied together and with the norms named in
    ``capacity_norms``; ``norm`` is the demand that one unit of capacity may carry.
    """

    demand: str
    capacity: tuple[str, ...]
    norm: str
    displaced: str | None = None
    capacity_norms: tuple[str, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class Goalposts:
    """Piecewise-linear path to a score of 0–100, clipped; ``scored`` names the figure it starts from (pressure or value)."""

    scored: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Indicator:
    """Definition of one indicator, as read from ``data/definitions/indicators``."""

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

    @property
    def has_pressure(self) -> bool:
        """Whether the indicator compares with a norm (pressure, class, score) or only counts what is missing."""
        return self.measure in (Measure.LOAD, Measure.DENSITY)

    @property
    def variables(self) -> frozenset[str]:
        """Variables that the indicator names (a derived one stands for its parts, see ``analytics.demand.PARTS``)."""
        named = {self.parameters[k] for k in ("backlog", "staff") if k in self.parameters}
        for term in self.terms:
            named.update((term.demand, *term.capacity))
            named.update((term.displaced,) if term.displaced else ())
        return frozenset(named)


@dataclass(frozen=True, slots=True)
class SeverityClass:
    """One class of the severity legend: pressure above ``lower`` and up to ``upper`` inclusive."""

    id: int
    lower: float
    upper: float
    color: str
    hatch: str
    labels: dict[str, str]
    readings: dict[str, str]


@dataclass(frozen=True, slots=True)
class Legend:
    """Severity classes from lightest to darkest, the goalposts of the score, and the two rows without a class."""

    classes: tuple[SeverityClass, ...]
    goalposts: Goalposts
    no_data_color: str
    not_assessed_color: str

    def color(self, severity_class: int | None) -> str:
        """Fill of a class; the no-data grey for none."""
        for entry in self.classes:
            if entry.id == severity_class:
                return entry.color
        return self.no_data_color


@dataclass(frozen=True, slots=True)
class Definitions:
    """Everything that computes: indicators by id, norms by id, the legend, and the weights of the composite.

    ``headlines`` names, for each sector, the indicator whose people above the norm stand for the sector.
    """

    indicators: dict[str, Indicator]
    norms: dict[str, Norm]
    legend: Legend
    sector_weights: dict[Sector, float]
    headlines: dict[Sector, str]
    sector_labels: dict[Sector, dict[str, str]]
    composite_labels: dict[str, str]
    method_version: str

    def of_sector(self, sector: Sector) -> tuple[Indicator, ...]:
        """Indicators of one sector, in order of definition."""
        return tuple(i for i in self.indicators.values() if i.sector == sector)

    def labels(self, result_id: str) -> dict[str, str]:
        """Labels of an indicator, of a sector or of the composite."""
        if result_id in self.indicators:
            return self.indicators[result_id].labels
        if result_id in set(Sector):
            return self.sector_labels[Sector(result_id)]
        return self.composite_labels
