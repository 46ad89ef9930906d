"""Sheets whose rows are not figures of one commune and month: their columns and words."""

from collections.abc import Iterator
from typing import NotRequired, TypedDict

from data.loaders.kind import Kind
from data.loaders.known import Known, not_among
from data.loaders.slips import Slip
from data.record_sheets import RecordField, RecordSheet, Word

TYPES = ("month", "commune", "word", "persons", "number", "text")


class Country(TypedDict):
    """Bounds in degrees."""

    latitude: tuple[float, float]
    longitude: tuple[float, float]


class RecordSheetFile(TypedDict):
    """The whole file; what follows ``fields`` are rules of one sheet only."""

    sheet: str
    labels: dict[str, str]
    recognised_by: tuple[tuple[str, ...], ...]
    required: tuple[tuple[str, ...], ...]
    template_rows: int
    fields: dict[str, RecordField]
    outside: NotRequired[Word]
    country: NotRequired[Country]
    province_margin_km: NotRequired[float]
    commune_margin_km: NotRequired[float]
    dwelling_words: NotRequired[tuple[str, ...]]


def _build(file: RecordSheetFile) -> RecordSheet:
    named = ("sheet", "labels", "fields", "recognised_by", "required", "template_rows")
    return RecordSheet(
        id=file["sheet"],
        labels=file["labels"],
        fields=tuple(file["fields"].values()),
        recognised_by=file["recognised_by"],
        required=file["required"],
        template_rows=file["template_rows"],
        rules={name: rule for name, rule in file.items() if name not in named},
    )


def _check(file: RecordSheetFile, _known: Known) -> Iterator[Slip]:
    for key, field in file["fields"].items():
        if field.type not in TYPES:
            yield not_among("column_type", field.type, TYPES, "fields", key, "type")
        if (field.type == "word") != bool(field.words):
            yield Slip(("fields", key), "missing_name", {"missing": "words" if not field.words else "type: word"})
        if not field.hxl.startswith("#"):
            yield Slip(("fields", key, "hxl"), "not_a_tag")


RECORD_SHEETS = Kind("records/*", RecordSheetFile, _build, _check)
