"""Actions: who does what, where, for whom, how much in the unit of the gap, at which stage, with whose money."""

from __future__ import annotations

from functools import partial

import pandas as pd

from data.records import action_rules
from data.records.kind import IMPORT_ACTION, Action, Role
from data.records.layout import SheetLayout, load_layout
from data.records.sheet_kind import UPLOAD_COLUMNS, SheetKind
from geo.spelling import plain

ADD_ACTION = Action("support-action", ("organisation", "activity"), longest=60)
# What makes two actions without a reference of their own the same one.
IDENTITY = ("organisation", "work", "commune_code", "cercle", "douar", "population", "person_group", "disability", "unit")
STATUSES = ("planned", "funded", "under_way", "done", "stopped")
COMMITTED = ("funded", "under_way", "done")


def _completed(values: pd.DataFrame, layout: SheetLayout) -> pd.DataFrame:
    """The need that an activity names by a usual word, its sector and its unit; a reference where the row has none."""
    needs = layout["need"].words
    need = values["need"].where(values["need"] != "", action_rules.name_needs(values["activity"], layout["need"]))
    sector = values["sector"].where(values["sector"] != "", need.map(lambda n: needs[n].get("sector", "") if n else ""))
    unit = values["unit"].where((values["unit"] != "") | values["quantity"].isna(), need.map(action_rules.own_unit))
    labels = need.map(lambda n: needs[n]["labels"]["fr"] if n else "")
    filled = values.assign(
        need=need, sector=sector, unit=unit, activity=values["activity"].where(values["activity"] != "", labels)
    )
    return filled.assign(action_id=values["action_id"].where(values["action_id"] != "", own_key(filled)))


def own_key(actions: pd.DataFrame) -> pd.Series:
    """What stands for the reference of an action: organisation, need (or activity), place, public, unit and first day."""
    work = actions["need"].where(actions["need"] != "", actions["activity"].map(plain))
    said = actions.assign(
        work=work, organisation=actions["organisation"].map(plain), cercle=actions["cercle"].map(plain),
        douar=actions["douar"].map(plain),
    )[list(IDENTITY)].fillna("").astype(str)  # fmt: skip
    days = actions["start_date"].dt.strftime("%Y-%m-%d").fillna("")
    rows = zip(*(said[name] for name in IDENTITY), days, strict=True)
    return pd.Series(["/".join(row) for row in rows], index=actions.index, dtype="object")


ACTIONS = SheetKind(
    id="actions",
    table="support_action",
    writers=frozenset((Role.ADVISER, Role.STEWARD)),
    actions=(IMPORT_ACTION, ADD_ACTION),
    layout=partial(load_layout, "actions"),
    main="organisation",
    key=("action_id",),
    optional=frozenset(
        ("action_id", "partner", "activity", "sector", "need", "commune_code", "cercle", "douar", "population", "person_group",
         "disability", "quantity", "unit", "stop_reason", "start_date", "end_date", "targeted", "reached", "funder",
         "budget_mad", "committed_mad", "spent_mad", "currency", "verification", "reported_on", "source")
    ),
    seen_from=("commune_code",),
    seen_by_all="commune_code = ''",
    stored=(
        "action_id", "organisation", "partner", "activity", "sector", "need", "commune_code", "cercle", "douar", "population",
        "person_group", "disability", "quantity", "unit", "action_status", "stop_reason", "start_date", "end_date", "targeted",
        "reached", "funder", "budget_mad", "committed_mad", "spent_mad", "currency", "verification", "reported_on",
        *UPLOAD_COLUMNS,
    ),
    order=("commune_code", "action_id"),
    row_rules=(action_rules.check,),
    complete=_completed,
)  # fmt: skip
