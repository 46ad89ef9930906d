"""Facilities: public points of service, one row a facility and month; a dwelling is never one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from data.importing.findings import RefusedError
from data.records import facility_capacity, facility_points
from data.records.kind import IMPORT_ACTION, Role
from data.records.layout import SheetLayout, load_layout
from data.records.sheet_kind import UPLOAD_COLUMNS, SheetKind
from geo.spelling import plain

if TYPE_CHECKING:
    from data.importing.blocks.block import Block

_STORED = (
    "facility_id", "commune_code", "sector", "kind", "name", "latitude", "longitude", "capacity", "capacity_unit",
    "functional_status", "status_reason", "reference_date", *UPLOAD_COLUMNS,
)  # fmt: skip
_EXPORTED = (
    "facility_id", "commune_code", "commune_name", "reference_date", "sector", "kind", "name", "latitude", "longitude",
    "capacity", "capacity_unit", "functional_status", "status_reason", "provenance", "reliability", "source", "upload_id",
    "cell",
)  # fmt: skip


def _with_identity(values: pd.DataFrame, layout: SheetLayout) -> pd.DataFrame:
    """A facility without a code is known by commune, kind and name; its sector follows from its kind."""
    sectors = {word: entry["sector"] for word, entry in layout["kind"].words.items()}
    own = values["commune_code"] + "/" + values["kind"] + "/" + values["name"].map(plain)
    return values.assign(
        facility_id=values["facility_id"].where(values["facility_id"] != "", own),
        sector=values["kind"].map(sectors),
        functional_status=values["functional_status"].replace("", "unknown"),
    )


def _refuse_dwellings(block: Block) -> None:
    """A list of facilities may give coordinates because its rows are public points of service.

    Raises:
        RefusedError: a row says that it is a dwelling, or there are coordinates and no row is of a known kind.
    """
    layout = FACILITIES.layout()
    said = block.texts("kind")
    words = {plain(word) for word in layout.rules["dwelling_words"]}
    dwellings = [cell for cell, kind in said.items() if plain(kind) in words]
    located = {"latitude", "longitude"} & set(block.column_of)
    if "kind" in block.column_of and located and not dwellings:
        known = any(layout["kind"].find_word(kind) for kind in said.values())
        dwellings = [] if known else list(said)
    if dwellings:
        name = block.sheet.name or "CSV"
        raise RefusedError("personal_dwellings", tuple(dwellings), sheet=name, count=len(dwellings))


FACILITIES = SheetKind(
    id="facilities",
    table="facility",
    writers=frozenset((Role.COMMUNE, Role.ANIMATOR, Role.STEWARD)),
    actions=(IMPORT_ACTION,),
    layout=partial(load_layout, "facilities"),
    main="name",
    key=("facility_id", "reference_date"),
    optional=frozenset(("facility_id", "capacity_unit", "functional_status", "status_reason", "source")),
    stored=_STORED,
    exported=_EXPORTED,
    in_force="current_facility",
    order=("commune_code", "facility_id", "reference_date"),
    row_rules=(facility_points.check, facility_capacity.check),
    complete=_with_identity,
    refuse=_refuse_dwellings,
)
