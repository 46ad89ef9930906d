"""Fields of a record: communes, months and figures by the checks of monthly figures; days, words and texts by those of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from data.importing.checks import codes, dates, numbers, provenance, ranges, totals
from data.importing.days import EARLIEST_DAY, LATEST_DAY
from data.importing.findings import Finding, Severity
from data.importing.grouping import group_findings
from data.records.layout import SheetField, SheetLayout
from data.records.rows import Rows

if TYPE_CHECKING:
    from data.importing.checks import CheckContext


def check_totals(rows: Rows, layout: SheetLayout, context: CheckContext) -> list[Finding]:
    """Notes for rows that bear a word for a total where a commune should stand; a row is named once."""
    findings: list[Finding] = []
    for field in layout.of_type("commune"):
        named = {row for finding in findings for row in finding.rows}
        findings += [f for f in totals.check(rows.readings[field.id], context) if named.isdisjoint(f.rows)]
    return findings


def check_fields(rows: Rows, layout: SheetLayout, context: CheckContext, optional: frozenset[str]) -> list[Finding]:
    """Everything that can be said of a field alone; a blank is an error in all fields but the optional ones."""
    findings: list[Finding] = []
    for field in layout.fields:
        findings += _check_field(rows.readings[field.id], rows.values[field.id], field, context, field.id in optional)
    return findings + provenance.check(rows.values, context)


def _check_field(
    reading: pd.DataFrame, values: pd.Series, field: SheetField, context: CheckContext, is_optional: bool
) -> list[Finding]:
    if field.type == "commune":
        return codes.check(reading[~reading["is_blank"]] if is_optional else reading, context)
    if field.type == "month":
        return dates.check(reading, context)
    if field.type == "day":
        return _check_day(reading, field, is_optional)
    if field.type in ("persons", "number"):
        return _check_figure(reading, field)
    blanks = [] if is_optional else _absent(reading[values == ""], field)
    if field.type == "word":
        return _unknown_words(reading[values.isna()], field) + blanks
    return blanks


def _check_day(reading: pd.DataFrame, field: SheetField, is_optional: bool) -> list[Finding]:
    """Cells that hold no day, or one that no action and no agreement has; a day may lie ahead."""
    unread, blank = reading["reference_date"].isna(), reading["is_blank"]
    outside = ~reading["reference_date"].between(pd.Timestamp(EARLIEST_DAY), pd.Timestamp(LATEST_DAY)) & ~unread
    wrong = reading[(unread & ~blank) | outside].assign(written=lambda cells: cells["date_raw"].astype(str))
    found = group_findings(
        wrong,
        ["written"],
        "day_unreadable",
        Severity.ERROR,
        lambda cell: {"field": field.labels, "text": str(cell["date_raw"])[:40]},
    )
    return found if is_optional else found + _absent(reading[blank], field)


def _absent(blanks: pd.DataFrame, field: SheetField) -> list[Finding]:
    return group_findings(blanks, ["sheet"], "field_absent", Severity.ERROR, lambda cell: {"field": field.labels})


def _unknown_words(cells: pd.DataFrame, field: SheetField) -> list[Finding]:
    choices = {lang: ", ".join(word["labels"][lang] for word in field.words.values()) for lang in field.labels}

    def described(cell: pd.Series) -> dict[str, object]:
        return {"field": field.labels, "text": cell["text"][:40], "choices": choices}

    cells = cells.assign(text=cells["raw"].astype(str))
    return group_findings(cells, ["text"], "word_unknown", Severity.ERROR, described)


def _check_figure(reading: pd.DataFrame, field: SheetField) -> list[Finding]:
    """Cells that hold no number, numbers outside the field's limits or not whole; a thousands mark that was assumed."""
    minimum = field.minimum if field.minimum is not None else 0.0
    maximum = field.maximum if field.maximum is not None else float("nan")

    def described(cell: pd.Series) -> dict[str, object]:
        value = 0.0 if pd.isna(cell["value"]) else float(cell["value"])
        text = str(cell["raw"])[:40]
        return {"variable": field.labels, "text": text, "value": value, "maximum": field.maximum or 0}

    outside = ranges.find_outside(reading["value"], minimum, maximum, field.type == "persons")
    return numbers.find_problems(reading, "sheet", described) + [
        finding
        for key, wrong in outside.items()
        for finding in group_findings(reading[wrong], ["sheet"], key, Severity.ERROR, described)
    ]
