"""Severity classes as data: their bounds, colours, hatches and words, and the goalposts of the score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from analytics.faces import ClassKind


@dataclass(frozen=True, slots=True)
class Goalposts:
    """Piecewise-linear path to a score of 0–100, clipped; ``scored`` names the figure it starts from (pressure or value)."""

    scored: str
    points: tuple[tuple[float, float], ...]


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
class ClassWords:
    """What a class is called and how it reads, by language."""

    labels: dict[str, str]
    readings: dict[str, str]


@dataclass(frozen=True, slots=True)
class Legend:
    """Severity classes from lightest to darkest, the goalposts of the score, and the three rows without one class.

    ``least_known_share``: part (0–1) of the people of whom a share must be published for it to have one class; of fewer, both ends of
    what is not known must give the same. ``words`` holds the words of each class for the kinds of class that are no ratio of demand
    and capacity; those of the classes themselves are of load.
    """

    classes: tuple[SeverityClass, ...]
    goalposts: Goalposts
    no_data_color: str
    not_assessed_color: str
    range_color: str
    least_known_share: float = 1.0
    words: Mapping[ClassKind, tuple[ClassWords, ...]] = field(default_factory=dict)

    def words_of(self, kind: ClassKind) -> tuple[ClassWords, ...]:
        """The words of the classes of a kind, from the lightest; those of load where the kind has none of its own."""
        return self.words.get(kind) or tuple(ClassWords(c.labels, c.readings) for c in self.classes)

    def color(self, severity_class: int | None) -> str:
        """Fill of a class; the no-data grey for none."""
        for entry in self.classes:
            if entry.id == severity_class:
                return entry.color
        return self.no_data_color
