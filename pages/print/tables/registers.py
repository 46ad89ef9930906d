"""A register as a file that comes back: every row with the headings of the export; the headings alone where there is no row yet."""

from __future__ import annotations

from data.exporting.inert import inert_text
from data.records.register import Register
from pages.words.view import View


def write_register(view: View, kind: Register, *, exact: bool) -> bytes:
    """CSV in UTF-8 with a byte-order mark: read again by an import, it is the same.

    Args:
        exact: counts of people stand as they were written; otherwise they are left out: every state of a row stands in the file, and
            what is withheld in one follows from the others.
    """
    rows = view.figures.records.states(kind)
    if not exact:
        rows = rows.assign(**{field.id: "" for field in kind.typed if field.of_people})
    table = rows.astype(str).reindex(columns=list(kind.columns)).map(inert_text)
    written: bytes = table.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")
    return written
