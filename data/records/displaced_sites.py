"""Sites where displaced people stay: how many households and persons at a place in a month; a single family is never a site."""

from __future__ import annotations

from functools import partial

import pandas as pd

from data.importing.findings import Finding, Severity
from data.importing.grouping import group_findings
from data.records import facility_points
from data.records.kind import IMPORT_ACTION, Role
from data.records.layout import SheetLayout, load_layout
from data.records.rows import Rows, RuleContext
from data.records.sheet_kind import UPLOAD_COLUMNS, SheetKind
from geo.spelling import plain

_STORED = (
    "site_id", "commune_code", "site_name", "latitude", "longitude", "households", "persons", "status", "reference_date",
    *UPLOAD_COLUMNS,
)  # fmt: skip
_EXPORTED = (
    "site_id", "commune_code", "commune_name", "reference_date", "site_name", "latitude", "longitude", "households", "persons",
    "status", "provenance", "reliability", "source", "upload_id", "cell",
)  # fmt: skip


def _with_identity(values: pd.DataFrame, _layout: SheetLayout) -> pd.DataFrame:
    """A site is known by its commune and its name, however that is spelled."""
    return values.assign(site_id=values["commune_code"] + "/" + values["site_name"].map(plain))


def _check_size(rows: Rows, context: RuleContext) -> list[Finding]:
    """Errors for sites so small that their families can be told from one another."""
    least = context.layout.rules["least_households"]
    small = rows.values["households"].isna() | (rows.values["households"] < least)
    return group_findings(
        rows.at("households")[small], ["sheet"], "site_too_small", Severity.ERROR, lambda row: {"least": least}
    )


DISPLACED_SITES = SheetKind(
    id="displaced_sites",
    table="displaced_site",
    writers=frozenset((Role.COMMUNE, Role.ANIMATOR, Role.STEWARD)),
    actions=(IMPORT_ACTION,),
    snapshot_checks=(
        ("site_of_impossible_number", "SELECT count(*) FROM displaced_site WHERE persons < 0 OR NOT isfinite(persons)"),
    ),
    layout=partial(load_layout, "displaced_sites"),
    main="persons",
    key=("site_id", "reference_date"),
    optional=frozenset(("latitude", "longitude", "source")),
    stored=_STORED,
    exported=_EXPORTED,
    order=("commune_code", "site_id", "reference_date"),
    row_rules=(facility_points.check, _check_size),
    complete=_with_identity,
)
