"""What the baseline is made of, as data (``data/definitions/baseline.yaml``): parts, themes, faces, classes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from analytics.norms import NormStatus, Source

Words = dict[str, str]


class BaselineFace(StrEnum):
    """How exposed a commune was, or how far it lies from services."""

    EXPOSED = "exposed"
    FAR = "far"


@dataclass(frozen=True, slots=True)
class BaselinePart:
    """One measured figure and its score.

    The figure is the sum of the variables ``of``, over the variable ``over`` where there is one, times ``scale``; ``points`` lead
    from it to a score of 0–100. ``covered`` names the variable that says of how many people it is known, where the census withholds
    some. ``where_silent`` is the score where a map of the event says only that a commune lies outside of it.
    """

    id: str
    face: BaselineFace
    theme: str
    of: tuple[str, ...]
    unit: str
    points: tuple[tuple[float, float], ...]
    labels: Words
    why: Words
    status: NormStatus
    source: Source
    over: str | None = None
    scale: float = 1.0
    decimals: int = 1
    covered: str | None = None
    where_silent: float | None = None

    @property
    def variables(self) -> tuple[str, ...]:
        """Every variable that it is computed from."""
        return (*self.of, *((self.over,) if self.over else ()))


@dataclass(frozen=True, slots=True)
class BaselineClass:
    """One class of the baseline: scores up to ``upper`` inclusive, in words of its own."""

    id: int
    upper: float
    labels: Words
    readings: Words


@dataclass(frozen=True, slots=True)
class BaselineRules:
    """Everything that the baseline is computed from.

    ``power`` of the mean of the two faces; ``people`` the variable that says how many people a commune has, of whom ``covered`` tells
    how many a part is known for.
    """

    labels: Words
    faces: Mapping[BaselineFace, Words]
    themes: Mapping[str, Words]
    classes: tuple[BaselineClass, ...]
    parts: tuple[BaselinePart, ...]
    power: float
    people: str
    status: NormStatus
    source: Source

    def of_face(self, face: BaselineFace) -> tuple[BaselinePart, ...]:
        """The parts of one face, in order."""
        return tuple(part for part in self.parts if part.face is face)

    @property
    def uppers(self) -> tuple[float, ...]:
        """The highest score of each class but the last."""
        return tuple(entry.upper for entry in self.classes[:-1])

    def words(self, result_id: str) -> Words | None:
        """Label of the baseline, of one of its faces or of one of its parts; None for any other id."""
        own = {BASELINE_ID: self.labels} | {baseline_face_id(face): words for face, words in self.faces.items()}
        return own.get(result_id) or next((part.labels for part in self.parts if part.id == result_id), None)


BASELINE_ID = "BASE"


def baseline_face_id(face: BaselineFace) -> str:
    """Result id of one face of the baseline."""
    return f"{BASELINE_ID}_{face.value.upper()}"


# The whole after its faces, as screens list them.
BASELINE_IDS = (BASELINE_ID, *(baseline_face_id(face) for face in BaselineFace))
