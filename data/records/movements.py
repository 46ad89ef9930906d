"""Movements of displaced people: how many persons went from where to where in a month, and where they live."""

from __future__ import annotations

from functools import partial

import pandas as pd

from analytics.displacement import MovementKind, home_of
from data.records import movement_books, movement_ends
from data.records.kind import IMPORT_ACTION, Role
from data.records.layout import SheetLayout, load_layout
from data.records.sheet_kind import UPLOAD_COLUMNS, SheetKind


def _with_home(values: pd.DataFrame, _layout: SheetLayout) -> pd.DataFrame:
    """The commune of usual residence, which follows from the kind of movement unless people were relocated."""
    home = home_of(values["kind"], values["origin_code"], values["destination_code"], values["home_code"])
    return values.assign(home_code=home, kind=values["kind"].map(lambda kind: MovementKind(kind).value))


MOVEMENTS = SheetKind(
    id="movements",
    table="movement",
    writers=frozenset((Role.COMMUNE, Role.ANIMATOR, Role.STEWARD)),
    actions=(IMPORT_ACTION,),
    snapshot_checks=(
        ("movement_of_impossible_number", "SELECT count(*) FROM movement WHERE persons < 0 OR NOT isfinite(persons)"),
    ),
    layout=partial(load_layout, "movements"),
    main="persons",
    key=movement_books.KEY,
    agree_on=("persons", "status"),
    optional=frozenset(("home_code", "source")),
    communes=("origin_code", "destination_code", "home_code"),
    seen_from=("origin_code", "destination_code"),
    stored=(*movement_books.KEY, "persons", "status", *UPLOAD_COLUMNS),
    in_force="current_movement",
    row_rules=(movement_ends.check,),
    complete=_with_home,
    table_rules=(movement_books.check,),
)
