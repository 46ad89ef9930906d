"""The rules of the Monte Carlo as data: what is drawn, what errs together, from when an order is told."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.norms import NormStatus, Source


@dataclass(frozen=True, slots=True)
class SharedCause:
    """A cause that several variables of a commune err by together: the correlation of any two of their errors."""

    id: str
    correlation: float
    status: NormStatus
    variables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CensusShare:
    """How far communes err together on the share of displaced persons that the census counted."""

    correlation: float
    status: NormStatus


@dataclass(frozen=True, slots=True)
class UncertaintyRules:
    """How the Monte Carlo draws, and from when an order is told (``data/definitions/uncertainty.yaml``).

    See ``analytics.draws`` for each distribution. ``shares`` are indicators whose part cannot exceed its whole;
    ``first_communes`` the sizes of the first communes, the first of them told in words; ``almost_sure`` and
    ``almost_excluded`` the probabilities that those words mean; ``lowest_coverage`` the share of the communes concerned
    below which there is no order.
    """

    status: NormStatus
    source: Source
    draws: int
    seed: int
    interval: tuple[float, float]
    shared_causes: tuple[SharedCause, ...]
    census_share: CensusShare
    shares: frozenset[str]
    rank_confidence: float
    first_communes: tuple[int, ...]
    almost_sure: float
    almost_excluded: float
    lowest_coverage: float
