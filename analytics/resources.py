"""Value types of what can be added to a service: needs, resources that close them, what they cost, who decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from analytics.model import Sector
from analytics.norms import NormStatus, Source

MONTHS_A_YEAR = 12


class Competence(StrEnum):
    """Whose decision a resource is (organic law 113-14 and the sectors' own laws)."""

    OWN = "own"
    SHARED = "shared"
    TRANSFERRED = "transferred"
    STATE = "state"
    PROVINCE = "province"


class Response(StrEnum):
    """Which answer to a need counts: the one that is soonest there, or the one that lasts."""

    QUICK = "quick"
    DURABLE = "durable"


class Charge(StrEnum):
    """How often a cost falls due: once, each year, or each month."""

    ONCE = "once"
    YEAR = "year"
    MONTH = "month"

    def times(self, months: int) -> float:
        """How many times the cost falls due in a number of months."""
        return {Charge.ONCE: 1.0, Charge.YEAR: months / 12, Charge.MONTH: float(months)}[self]


@dataclass(frozen=True, slots=True)
class Cost:
    """A unit cost in MAD, low, central and high: an order of magnitude, without study."""

    id: str
    unit: str
    labels: dict[str, str]
    low_mad: float
    central_mad: float
    high_mad: float
    year: int
    status: NormStatus
    source: Source
    notes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Need:
    """Something that may be missing: one term of an indicator, counted in units of one of its capacity variables (in demand
    itself where none is named).

    ``weight`` is what one unit of demand (a pupil, a visit a month, a request of the year) counts in a total over services: days in a
    year on which one person is served. ``in_level`` says whether its pressure compares with that of other needs. Where
    ``waiting_variable`` is named, demand is the queue of a year: what comes each month, twelve times, and what waits already.
    """

    id: str
    sector: Sector
    indicator: str
    unit: str
    labels: dict[str, str]
    unit_variable: str = ""
    term: str = ""
    weight: float = 1.0
    in_level: bool = True
    waiting_variable: str = ""


@dataclass(frozen=True, slots=True)
class Gain:
    """What one unit of a resource carries of a need: ``times`` the product of some norms."""

    norms: tuple[str, ...] = ()
    times: float = 1.0


@dataclass(frozen=True, slots=True)
class Resource:
    """What closes needs: what one unit carries, when it is there, whose decision it is, who does it, who may pay.

    One unit carries as much as one unit of the need at the norm, unless ``gains`` say otherwise for that need. ``delay_days`` run
    from the decision to the first day of use; ``life_years`` is how long a cost that falls due once serves.
    """

    id: str
    closes: tuple[str, ...]
    unit: str
    labels: dict[str, str]
    cost: str
    charge: Charge
    response: Response
    delay_days: int
    competence: Competence
    responsible: str
    accountable: str
    financing: tuple[str, ...]
    gains: Mapping[str, Gain] = field(default_factory=dict)
    life_years: float = 1.0
    offered: bool = True


@dataclass(frozen=True, slots=True)
class Means:
    """All needs, resources and costs by id; ``service_weights`` multiply what a unit of demand of a service counts, and
    ``interest`` (a share a year) spreads a cost over the life of what it buys."""

    needs: Mapping[str, Need]
    resources: Mapping[str, Resource]
    costs: Mapping[str, Cost]
    service_weights: Mapping[Sector, float] = field(default_factory=dict)
    interest: float = 0.0

    def closing(self, need_id: str, response: Response) -> tuple[Resource, ...]:
        """Resources that close a need, the one that answers as asked first."""
        able = [r for r in self.resources.values() if need_id in r.closes]
        return tuple(sorted(able, key=lambda r: r.response is not response))

    def unit_cost(self, resource_id: str, months: int) -> tuple[float, float, float]:
        """Low, central and high cost in MAD of one unit of a resource over a number of months."""
        resource = self.resources[resource_id]
        cost, times = self.costs[resource.cost], resource.charge.times(months)
        return cost.low_mad * times, cost.central_mad * times, cost.high_mad * times

    def annual_cost(self, resource_id: str) -> float:
        """Central cost in MAD of having one unit of a resource for a year; one that falls due once as the equal sum at the start of
        each year of its life that is worth as much (annuity due)."""
        resource, rate = self.resources[resource_id], self.interest
        if resource.charge is not Charge.ONCE:
            return self.unit_cost(resource_id, MONTHS_A_YEAR)[1]
        cost, life = self.costs[resource.cost].central_mad, resource.life_years
        return cost / life if rate == 0 else cost * rate / (1 + rate) / (1 - (1 + rate) ** -life)

    def outlay(self, resource_id: str) -> float:
        """Central cost in MAD of one unit that is paid at the start, whatever it costs a year; 0 where nothing falls due once."""
        resource = self.resources[resource_id]
        return self.costs[resource.cost].central_mad if resource.charge is Charge.ONCE else 0.0

    def weights(self, by_service: Mapping[Sector, float] | None = None) -> dict[str, float]:
        """What one unit of demand counts in a total over services, by need id: its own weight times that of its service."""
        service = {**self.service_weights, **(by_service or {})}
        return {need.id: need.weight * service.get(need.sector, 1.0) for need in self.needs.values()}

    @property
    def comparable(self) -> frozenset[str]:
        """Needs whose pressures compare with each other."""
        return frozenset(need.id for need in self.needs.values() if need.in_level)

    def with_costs(self, edited: Mapping[str, tuple[float, float, float]]) -> Means:
        """The same means with other unit costs: low, central and high by cost id; these themselves where none is other."""
        if not edited:
            return self
        changed = {
            key: replace(self.costs[key], low_mad=low, central_mad=central, high_mad=high, status=NormStatus.ASSUMPTION)
            for key, (low, central, high) in edited.items()
        }
        return replace(self, costs={**self.costs, **changed})
