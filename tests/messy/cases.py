"""Every case of a file that an importer may meet."""

from __future__ import annotations

from tests.messy import one_cell, programs, senders, tables
from tests.messy.files import Case


def every_case() -> list[Case]:
    """All of them, from layouts to senders."""
    parts = (tables.headings, tables.tables, tables.left_out, one_cell.cells)
    return [case for part in (*parts, programs.readers, programs.persons, senders.offices, senders.tools) for case in part()]
