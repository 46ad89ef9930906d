"""Sheets whose rows are not figures of one commune and month: their columns and words."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NotRequired, TypedDict

from data.loaders.kind import Kind
from data.loaders.known import Known
from data.loaders.slips import Slip
from data.loaders.words import Word
from data.records.layout import SheetField, SheetLayout

_COLUMN_MAPS = Path(__file__).parents[1] / "importing" / "column_maps" / "records"


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
    fields: dict[str, SheetField]
    outside: NotRequired[Word]
    country: NotRequired[Country]
    province_margin_km: NotRequired[float]
    commune_margin_km: NotRequired[float]
    dwelling_words: NotRequired[tuple[str, ...]]
    least_households: NotRequired[int]
    whole: NotRequired[Word]
    currencies: NotRequired[tuple[str, ...]]
    function_words: NotRequired[tuple[str, ...]]
    titles_of_persons: NotRequired[tuple[str, ...]]


def _build(file: RecordSheetFile) -> SheetLayout:
    named = ("sheet", "labels", "fields", "recognised_by", "required", "template_rows")
    return SheetLayout(
        labels=file["labels"],
        fields=tuple(file["fields"].values()),
        recognised_by=file["recognised_by"],
        required=file["required"],
        template_rows=file["template_rows"],
        headings=tuple(_read_headings(_COLUMN_MAPS / f"{file['sheet']}.csv")),
        rules={name: rule for name, rule in file.items() if name not in named},
    )


def _read_headings(path: Path) -> list[tuple[str, str]]:
    """Other usual headings, each with its field."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [(row["heading"], row["field"]) for row in csv.DictReader(lines)]


def _check(file: RecordSheetFile, _known: Known) -> Iterator[Slip]:
    if not (_COLUMN_MAPS / f"{file['sheet']}.csv").exists():
        place = _COLUMN_MAPS.relative_to(Path(__file__).parents[2]).as_posix()
        yield Slip(("sheet",), "no_column_map", {"file": f"{place}/{file['sheet']}.csv"})
    for key, field in file["fields"].items():
        if (field.type == "word") != bool(field.words):
            yield Slip(("fields", key), "missing_name", {"missing": "words" if not field.words else "type: word"})
        if not field.hxl.startswith("#"):
            yield Slip(("fields", key, "hxl"), "not_a_tag")


RECORD_SHEETS = Kind("records/*", RecordSheetFile, _build, _check)
