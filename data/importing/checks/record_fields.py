"""Fields of a record: communes, months, words of a list, figures; the rules of monthly figures wherever they are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from data.importing.cells import written
from data.importing.checks import codes, dates, provenance, totals
from data.importing.checks.grouping import group_findings
from data.importing.findings import Finding, Severity
from data.importing.record_rows import split_choice
from data.record_sheets import RecordField, RecordSheet

if TYPE_CHECKING:
    from data.importing.checks import CheckContext


def check_totals(rows: pd.DataFrame, definition: RecordSheet, context: CheckContext) -> list[Finding]:
    """Notes for rows that bear a word for a total where a commune should stand."""
    found: dict[int, Finding] = {}
    for field in definition.of_type("commune"):
        for finding in totals.check(_as_cells(rows, field), context):
            if not set(finding.rows) & set(found):
                found |= dict.fromkeys(finding.rows, finding)
    return list({id(finding): finding for finding in found.values()}.values())


def check_fields(
    rows: pd.DataFrame, definition: RecordSheet, context: CheckContext, optional: frozenset[str]
) -> list[Finding]:
    """Everything that can be said of a field alone; a blank is an error in all fields but the optional ones."""
    findings: list[Finding] = []
    for field in definition.fields:
        if field.type == "commune":
            given = rows if field.id not in optional else rows[rows[field.id] != ""]
            findings += codes.check(_as_cells(given, field), context)
        elif field.type == "month":
            findings += dates.check(rows.assign(date_raw=rows[f"{field.id}_raw"], cell=rows[f"{field.id}_cell"]), context)
        elif field.type == "word":
            findings += _check_word(rows, field, field.id in optional)
        elif field.type in ("persons", "number"):
            findings += _check_figure(rows, field)
        elif field.id not in optional:
            findings += _absent(rows[rows[field.id] == ""], field)
    return findings + provenance.check(rows, context)


def _as_cells(rows: pd.DataFrame, field: RecordField) -> pd.DataFrame:
    """The rows as the checks of communes want them, with the cell of one field."""
    raw = zip(rows[f"{field.id}_raw"], rows[f"{field.id.replace('_code', '_name')}_raw"], strict=True)
    said = [split_choice(written(code), written(name)) for code, name in raw]
    return rows.assign(
        commune_code=rows[field.id].replace("", None),
        commune_match=rows[f"{field.id}_match"],
        code_raw=[code for code, _ in said],
        name_raw=[name for _, name in said],
        cell=rows[f"{field.id}_cell"],
    )


def _check_word(rows: pd.DataFrame, field: RecordField, is_optional: bool) -> list[Finding]:
    at = rows.assign(cell=rows[f"{field.id}_cell"], written=rows[f"{field.id}_raw"].astype(str))
    unknown = at[at[field.id].isna()]
    findings = group_findings(unknown, ["written"], "word_unknown", Severity.ERROR, lambda row: _words(field, row))
    return findings + ([] if is_optional else _absent(at[at[field.id] == ""], field))


def _absent(rows: pd.DataFrame, field: RecordField) -> list[Finding]:
    at = rows.assign(cell=rows[f"{field.id}_cell"])
    return group_findings(at, ["sheet"], "field_absent", Severity.ERROR, lambda row: {"field": field.labels})


def _words(field: RecordField, row: pd.Series) -> dict[str, object]:
    languages = field.labels
    choices = {lang: ", ".join(word["labels"][lang] for word in field.words.values()) for lang in languages}
    return {"field": field.labels, "text": str(row["written"])[:40], "choices": choices}


def _check_figure(rows: pd.DataFrame, field: RecordField) -> list[Finding]:
    at = rows.assign(
        cell=rows[f"{field.id}_cell"],
        problem=rows[f"{field.id}_problem"],
        note=rows[f"{field.id}_note"],
        figure=rows[field.id],
    )
    minimum, maximum = field.minimum if field.minimum is not None else 0.0, field.maximum
    counted = field.type == "persons"
    groups = {
        **{problem: at[at["problem"] == problem] for problem in at["problem"].unique() if problem},
        "value_negative": at[at["figure"] < minimum],
        "value_too_large": at[at["figure"] > maximum] if maximum is not None else at.iloc[:0],
        "value_not_whole": at[(at["figure"] % 1 != 0) & at["figure"].notna() & (at["figure"] >= minimum)]
        if counted
        else at.iloc[:0],
    }
    noted = {note: at[at["note"] == note] for note in at["note"].unique() if note}

    def described(row: pd.Series) -> dict[str, object]:
        value = 0.0 if pd.isna(row["figure"]) else float(row["figure"])
        text = str(row[f"{field.id}_raw"])[:40]
        return {"variable": field.labels, "text": text, "value": value, "maximum": maximum or 0}

    errors = [f for key, group in groups.items() for f in group_findings(group, ["sheet"], key, Severity.ERROR, described)]
    return errors + [
        f for key, group in noted.items() for f in group_findings(group, ["sheet"], key, Severity.NOTE, described)
    ]
