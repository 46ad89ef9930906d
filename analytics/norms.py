"""Norms and where they come from: dated values by profile, each with its source and how far it was verified."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from analytics.assumptions import NormProfile


class NormStatus(StrEnum):
    """How far a norm was verified; printed wherever the norm is. ``not_consulted``: a text is named that nobody here has read."""

    VERIFIED = "verified"
    SECONDARY = "secondary"
    COMPUTED = "computed"
    RECALL = "recall"
    NOT_CONSULTED = "not_consulted"
    ASSUMPTION = "assumption"


def least_certain(statuses: Iterable[NormStatus]) -> NormStatus:
    """The status that says most doubt, among at least one."""
    order = list(NormStatus)
    return max(statuses, key=order.index)


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
    """One dated value of a norm in a profile, in force from ``effective_from`` until the next one of that profile."""

    effective_from: date
    value: float
    status: NormStatus
    source: Source
    last_value_still_valid_on: date | None = None
    profile: NormProfile = NormProfile.PLANNING


@dataclass(frozen=True, slots=True)
class Norm:
    """A norm (demand per unit of capacity, a floor, or a parameter) with its dated values, oldest first.

    A ``reference`` is what is usual elsewhere, a national mean for instance: shown beside the figure, it raises nothing.
    """

    id: str
    unit: str
    labels: dict[str, str]
    values: tuple[NormValue, ...]
    reference: bool = False

    def in_force(self, on: date, profile: NormProfile = NormProfile.PLANNING) -> NormValue:
        """Value in force on a day in a profile; the planning value where the profile says nothing of this norm.

        Raises:
            LookupError: the norm had no value yet on that day.
        """
        current = [v for v in self.values if v.effective_from <= on]
        chosen = [v for v in current if v.profile is profile] or [v for v in current if v.profile is NormProfile.PLANNING]
        if not chosen:
            raise LookupError(f"norm {self.id} has no value in force on {on.isoformat()}")
        return chosen[-1]
