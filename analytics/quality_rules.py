"""What quality is measured by: limits, relations between figures, what a figure is set beside."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QualityRules:
    """Limits of the review (``data/collection/rules.yaml``).

    ``enough_filled``, ``over_time`` and ``other_source`` are shares of 1; ``months_before`` and ``least_before`` count months;
    ``smallest_change`` is in units of the figure, of which a smaller difference is none.
    """

    enough_filled: float
    months_before: int
    least_before: int
    modified_z: float
    over_time: float
    other_source: float
    smallest_change: float


@dataclass(frozen=True, slots=True)
class Relation:
    """The sum of ``parts`` is at most that of ``whole``; equal to it, once every part is known, where it ``makes_up`` the whole.

    ``tolerance`` is what rounding may move, in units.
    """

    parts: tuple[str, ...]
    whole: tuple[str, ...]
    makes_up: bool = False
    tolerance: float = 0.0


@dataclass(frozen=True, slots=True)
class ExternalLimit:
    """A count of people beside a census figure: above ``check_above`` times it (and above ``silent_under``) it is asked about."""

    variable: str
    against: str
    check_above: float
    silent_under: float = 0.0
