"""A donor's table: common output indicators with what was reached, exact, and whether somebody confirmed the match."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.disclosure import is_small
from data.exporting.inert import inert_text
from data.records.donor_outputs import VERIFIED
from pages.print.results.logframe import read_donor_outputs
from pages.words.registers import smallest
from pages.words.view import View

COLUMNS = ("output_code", "donor", "indicator", "unit", "achieved", "women", "men", "results", "until", "source", "verified")


def build_donor_table(view: View, day: date) -> pd.DataFrame:
    """One row an output (``COLUMNS``): sums over its results, empty where one of them is not known; women and men besides where one
    of them is a small count."""
    rows = read_donor_outputs(view, day)
    by_sex = rows[["women", "men"]]
    small = by_sex.apply(lambda counts: is_small(counts.to_numpy(dtype=float), smallest(view))).any(axis=1)
    sums = (
        rows[["achieved"]]
        .join(by_sex.apply(lambda counts: counts.mask(small)))
        .map(lambda figure: "" if pd.isna(figure) else f"{figure:g}")
    )
    verified = rows["verified"].map({VERIFIED: "yes"}).fillna("no")
    said = rows.assign(output_code=rows["code"], until=day.isoformat(), verified=verified, **sums)
    return said[list(COLUMNS)]


def write_donor_table(view: View, day: date) -> bytes:
    """The table as CSV in UTF-8 with a byte-order mark."""
    table = build_donor_table(view, day).astype(str).map(inert_text)
    written: bytes = table.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")
    return written
