"""A register as a file that comes back: every row with the headings of the export; the headings alone where there is no row yet."""

from __future__ import annotations

import pandas as pd

from data.exporting.inert import inert_text
from data.records.register import Register
from pages.words.registers import FINDINGS, round_findings, smallest, withheld
from pages.words.view import View


def write_register(view: View, kind: Register, *, exact: bool) -> bytes:
    """CSV in UTF-8 with a byte-order mark: read again by an import, it is the same. Small counts leave with the right to export alone;
    under how many they are, or about how many, stands in their place elsewhere, which an import sets aside."""
    rows = view.figures.records.states(kind)
    table = rows.astype(str).reindex(columns=list(kind.columns))
    if kind.counts and not exact:
        small, told = withheld(view, kind, rows), round_findings(view, rows)
        rounded = [name for name in FINDINGS if name in small]
        table = table.assign(**{name: told[name].map(_about) for name in rounded})
        table = table.assign(**{name: table[name].mask(small[name], f"<{smallest(view).threshold}") for name in small})
    table = table.map(inert_text)
    written: bytes = table.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")
    return written


def _about(count: float) -> str:
    """A rounded count, not to be taken for an exact one; nobody is nobody, and what is not known stays empty."""
    return "" if pd.isna(count) else f"~{count:.0f}" if count else "0"
