"""Actors: organisations that help, with a focal function; never a person."""

from __future__ import annotations

from functools import partial

import pandas as pd

from data.importing.findings import Finding, Severity
from data.importing.grouping import group_findings
from data.records.kind import IMPORT_ACTION, Action, Role
from data.records.layout import SheetLayout, load_layout
from data.records.rows import Rows, RuleContext
from data.records.sheet_kind import UPLOAD_COLUMNS, SheetKind
from data.records.support_words import check_texts, is_function, lists_unknown
from geo.spelling import plain

ADD_ACTOR = Action("support-actor", ("name_fr",), longest=60)
TEXTS = ("organisation_id", "name_fr", "name_ar", "role", "territory", "focal_function", "source")


def _check(rows: Rows, _context: RuleContext) -> list[Finding]:
    """Errors: personal data, a focal function that names none, sectors that are not known, an agreement that ends before it begins."""
    findings = check_texts(rows, TEXTS)
    at = rows.at("focal_function")
    named = at[(at["focal_function"] != "") & ~at["focal_function"].map(is_function)]
    findings += group_findings(named, ["sheet"], "support_function", Severity.ERROR, lambda row: {})
    words = load_layout("actions")["sector"].words
    known = [text for word, entry in words.items() for text in (word, *entry["labels"].values(), *entry.get("also", ()))]
    listed = rows.at("sectors")
    listed = listed.assign(lost=listed["sectors"].map(lambda text: ", ".join(lists_unknown(text, known))))
    choices = {lang: ", ".join(entry["labels"][lang] for entry in words.values()) for lang in ("fr", "ar", "en")}
    findings += group_findings(
        listed[listed["lost"] != ""],
        ["lost"],
        "word_unknown",
        Severity.ERROR,
        lambda row: {"field": _context.layout["sectors"].labels, "text": row["lost"][:40], "choices": choices},
    )
    ends = rows.at("agreement_to")
    early = ends[ends["agreement_to"] < ends["agreement_from"]]
    return findings + group_findings(early, ["sheet"], "support_days", Severity.ERROR, lambda row: {})


def _with_identity(values: pd.DataFrame, _layout: SheetLayout) -> pd.DataFrame:
    """An organisation without an acronym is known by its name."""
    return values.assign(
        organisation_id=values["organisation_id"].where(values["organisation_id"] != "", values["name_fr"].map(plain))
    )


ACTORS = SheetKind(
    id="actors",
    table="support_actor",
    writers=frozenset((Role.ADVISER, Role.STEWARD)),
    actions=(IMPORT_ACTION, ADD_ACTOR),
    layout=partial(load_layout, "actors"),
    main="name_fr",
    key=("organisation_id",),
    optional=frozenset(
        ("organisation_id", "name_ar", "role", "sectors", "territory", "focal_function", "agreement_from", "agreement_to",
         "reported_on", "source")
    ),
    communes=(),
    seen_from=(),
    seen_by_all="TRUE",
    stored=(
        "organisation_id", "name_fr", "name_ar", "organisation_type", "role", "sectors", "territory", "focal_function",
        "agreement_from", "agreement_to", "reported_on", *UPLOAD_COLUMNS,
    ),
    order=("name_fr", "organisation_id"),
    row_rules=(_check,),
    complete=_with_identity,
)  # fmt: skip
