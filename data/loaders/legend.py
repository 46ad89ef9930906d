"""The severity legend, the sectors with their weights and headlines, and the rule of the composite."""

import re
from collections.abc import Iterator
from typing import NotRequired, TypedDict

from analytics.baseline_rules import BaselineRules
from analytics.faces import ClassKind, Face
from analytics.legend import ClassWords, Goalposts, Legend, SeverityClass
from analytics.model import Sector
from analytics.norms import NormStatus, Source
from data.loaders.kind import Kind
from data.loaders.known import Known
from data.loaders.slips import Slip

_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
HATCHES = ("none", "dots", "diagonal", "cross", "dense")


class SectorEntry(TypedDict):
    """A sector; one without weight is an extension, outside the index."""

    labels: dict[str, str]
    weight: NotRequired[float]
    headline: NotRequired[str]


class FaceEntry(TypedDict):
    """The name of a face of a service."""

    labels: dict[str, str]


class Composite(TypedDict):
    """The index: its id, the power of its mean, its name."""

    id: str
    power: float
    labels: dict[str, str]


class LegendFile(TypedDict):
    """The whole file."""

    source: Source
    status: NormStatus
    method_version: str
    no_data_color: str
    not_assessed_color: str
    range_color: NotRequired[str]
    least_known_share: NotRequired[float]
    class_words: NotRequired[dict[ClassKind, tuple[ClassWords, ...]]]
    faces: NotRequired[dict[Face, FaceEntry]]
    goalposts: Goalposts
    classes: tuple[SeverityClass, ...]
    sectors: dict[Sector, SectorEntry]
    composite: Composite


def build_legend(file: LegendFile, baseline: BaselineRules | None = None) -> Legend:
    """The classes and the goalposts of the score."""
    return Legend(
        file["classes"],
        file["goalposts"],
        file["no_data_color"],
        file["not_assessed_color"],
        # Sets kept from before method 2026.12.1 say nothing of ranges: they are drawn like what has no data.
        file.get("range_color", file["no_data_color"]),
        # Sets kept from before method 2026.12.12 took the class of whoever was published.
        file.get("least_known_share", 0.0),
        # Sets kept from before have the words of load for every class.
        file.get("class_words", {}) | _words_of_baseline(baseline),
    )


def _words_of_baseline(baseline: BaselineRules | None) -> dict[ClassKind, tuple[ClassWords, ...]]:
    if baseline is None:
        return {}
    return {ClassKind.BASELINE: tuple(ClassWords(c.labels, c.readings) for c in baseline.classes)}


def build_face_labels(file: LegendFile) -> dict[Face, dict[str, str]]:
    """The name of each face; its id in sets kept from before method 2026.12.1."""
    faces, languages = file.get("faces", {}), file["composite"]["labels"]
    return {face: faces[face]["labels"] if face in faces else dict.fromkeys(languages, face.value) for face in Face}


def _check(file: LegendFile, known: Known) -> Iterator[Slip]:
    yield from _check_classes(file["classes"])
    if [score for _, score in file["goalposts"].points] != sorted(score for _, score in file["goalposts"].points):
        yield Slip(("goalposts", "points"), "not_rising")
    for name, color in (("no_data_color", file["no_data_color"]), ("not_assessed_color", file["not_assessed_color"])):
        yield from _check_color(color, name)
    yield from _check_color(file.get("range_color", file["no_data_color"]), "range_color")
    if not 0 <= file.get("least_known_share", 0.0) <= 1:
        yield Slip(("least_known_share",), "out_of_range", {"low": 0, "high": 1})
    for kind, words in file.get("class_words", {}).items():
        if len(words) != len(file["classes"]):
            yield Slip(("class_words", kind.value), "wrong_length", {"wanted": len(file["classes"])})
    for sector, entry in file["sectors"].items():
        if "headline" in entry:
            yield from known.says("indicator", entry["headline"], "sectors", sector.value, "headline")
        if entry.get("weight", 0) and "headline" not in entry:
            yield Slip(("sectors", sector.value), "missing_name", {"missing": "headline"})


def _check_classes(classes: tuple[SeverityClass, ...]) -> Iterator[Slip]:
    for at, entry in enumerate(classes):
        yield from _check_color(entry.color, "classes", at, "color")
        if entry.hatch not in HATCHES:
            yield Slip(("classes", at, "hatch"), "unknown_word", {"known": HATCHES, "nearest": ", ".join(HATCHES)})
        if entry.id != at + 1:
            yield Slip(("classes", at, "id"), "out_of_range", {"low": at + 1, "high": at + 1})
        if entry.lower >= entry.upper or (at and entry.lower != classes[at - 1].upper):
            yield Slip(("classes", at, "lower"), "gap_between_classes")


def _check_color(color: str, *path: object) -> Iterator[Slip]:
    if not _COLOR.fullmatch(color):
        yield Slip(path, "not_a_color")


LEGEND = Kind("legends/severity", LegendFile, check=_check)
