"""The headings of records: entries from an export, and rows of a kind of sheet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from data.importing.blocks.headings import FOLDER, PART, Vocabulary, build_vocabulary, read_column_map
from data.importing.reading.sheet import RawSheet
from data.importing.readings import cell_text
from data.records.entry_kind import EntryKind
from data.records.sheet_kind import UPLOAD_COLUMNS, SheetKind, name_column
from data.records.table import entry_kinds

# A column of an export that repeats what another one says, for a person who reads the file.
_BESIDE = frozenset(("commune_name",))


@dataclass(frozen=True, slots=True)
class HeadedEntries:
    """A sheet of entries of one kind, with the column of each field; its headings are the first row."""

    sheet: RawSheet
    kind: EntryKind
    columns: dict[str, int]


def find_entries(sheet: RawSheet) -> HeadedEntries | None:
    """A sheet that has all the columns of a kind of entry and no other; None when it is no such sheet."""
    headings = [cell_text(cell) for cell in sheet.rows[0]] if sheet.rows else []
    for kind in entry_kinds():
        if set(headings) - _BESIDE == set(kind.columns):
            return HeadedEntries(sheet, kind, {name: headings.index(name) for name in kind.columns})
    return None


@cache
def record_vocabulary(kind: SheetKind) -> Vocabulary:
    """Headings and HXL tags of a kind; other usual tags stand among its usual headings."""
    layout = kind.layout()
    tags = {heading: field for heading, field in layout.headings if heading.startswith("#")}
    headings = [(heading, field) for heading, field in record_headings(kind) if not heading.startswith("#")]
    return build_vocabulary(headings, tags | {field.hxl: field.id for field in layout.fields})


def record_headings(kind: SheetKind) -> list[tuple[str, str]]:
    """Headings of a kind, each with its field; an empty field is a column that is known and not read."""
    layout = kind.layout()
    counted = ("status",) if layout.of_type("persons") else ()
    names = (*(name_column(field.id) for field in layout.of_type("commune")), *counted, *UPLOAD_COLUMNS[:-1])
    headings = [(heading, field) for heading, field in read_column_map(FOLDER / "tools.csv")]
    if counted:
        # A row that counts the women only is not the whole movement.
        headings += [(heading, field) for heading, field in read_column_map(FOLDER / "identity.csv") if field == PART]
    headings += [(name, name) for name in names] + [("upload_id", ""), ("cell", "")]
    headings += layout.headings
    for field in layout.fields:
        headings += [(heading, field.id) for heading in (field.id, *field.labels.values())]
    return headings
