"""Value types of what can be added to a service: needs, resources that close them, what they cost, who decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from analytics.model import Sector
from analytics.norms import NormStatus, Source


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

    ``weight`` is what one unit of demand (a pupil, a visit, a request) counts in a total over services; ``in_level`` says
    whether its pressure compares with that of other needs.
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


@dataclass(frozen=True, slots=True)
class Resource:
    """What closes needs: what one unit carries, when it is there, whose decision it is, who does it, who may pay.

    One unit carries as much as one unit of the need at the norm, unless ``gain_norms`` are named: then ``gain_times`` their
    product. ``delay_days`` run from the decision to the first day of use.
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
    gain_norms: tuple[str, ...] = ()
    gain_times: float = 1.0
    offered: bool = True


@dataclass(frozen=True, slots=True)
class Means:
    """All needs, resources and costs by id."""

    needs: Mapping[str, Need]
    resources: Mapping[str, Resource]
    costs: Mapping[str, Cost]

    def closing(self, need_id: str, response: Response) -> tuple[Resource, ...]:
        """Resources that close a need, the one that answers as asked first."""
        able = [r for r in self.resources.values() if need_id in r.closes]
        return tuple(sorted(able, key=lambda r: r.response is not response))

    def unit_cost(self, resource_id: str, months: int) -> tuple[float, float, float]:
        """Low, central and high cost in MAD of one unit of a resource over a number of months."""
        resource = self.resources[resource_id]
        cost, times = self.costs[resource.cost], resource.charge.times(months)
        return cost.low_mad * times, cost.central_mad * times, cost.high_mad * times

    def with_costs(self, edited: Mapping[str, tuple[float, float, float]]) -> Means:
        """The same means with other unit costs: low, central and high by cost id."""
        changed = {
            key: replace(self.costs[key], low_mad=low, central_mad=central, high_mad=high, status=NormStatus.ASSUMPTION)
            for key, (low, central, high) in edited.items()
        }
        return Means(self.needs, self.resources, {**self.costs, **changed})
