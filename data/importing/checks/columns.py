"""Required columns: a table must say commune, month and at least one figure."""

from __future__ import annotations

from data.importing.blocks.block import Block, Unread
from data.importing.findings import Finding, Severity


def lacking_column(block: Block) -> Finding | None:
    """An error for the first required column that a table lacks; None when all are there."""
    place = block.sheet.address(block.bottom, block.left)
    if block.kind is None:
        key = _missing_column(block)
        return Finding(key, Severity.ERROR, (place,)) if key else None
    layout = block.kind.layout()
    absent = [group for group in layout.required if not set(group) & {*block.column_of, *block.said}]
    if not absent:
        return None
    values: dict[str, object] = {"column": layout[absent[0][0]].labels, "sheet": layout.labels}
    return Finding("record_column_missing", Severity.ERROR, (place,), values=values)


def _missing_column(block: Block) -> str:
    """Key of the finding for the first required column that is not there; empty when all are."""
    if not block.has_commune:
        return "column_commune_missing"
    if not block.figures:
        is_twice = any(column.unread is Unread.TWICE for column in block.columns.values())
        return "column_variable_twice" if is_twice else "column_variable_missing"
    return "" if block.has_date else "column_date_missing"
