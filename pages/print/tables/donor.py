"""A donor's table: common output indicators with what was reached, exact, and whether somebody confirmed the match."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.disclosure import withhold_parts
from data.exporting.inert import inert_text
from data.programme_files import load_donor_outputs
from pages.print.results.logframe import read_results
from pages.words.registers import smallest
from pages.words.view import View

COLUMNS = ("output_code", "indicator", "unit", "achieved", "women", "men", "results", "until", "provenance", "verified")
_BY_SEX = ("women", "men")


def build_donor_table(view: View, day: date) -> pd.DataFrame:
    """One row an output (``COLUMNS``): sums over its results, empty where one of them is not known, or may not be told."""
    results = read_results(view, day).set_index("code", drop=False)
    rows = []
    for output in load_donor_outputs(view.figures.province).values():
        counted = results.reindex(list(output.results))
        by_sex = _hide(view, counted)
        sums = {"achieved": _sum(counted["achieved"]), **{name: _sum(by_sex[name]) for name in _BY_SEX}}
        rows.append(
            {
                "output_code": output.code,
                "indicator": view.t.label(dict(output.labels)),
                "unit": output.unit,
                **sums,
                "results": " ".join(output.results),
                "until": day.isoformat(),
                "provenance": " ".join(sorted(set(counted["provenance"].dropna()))),
                "verified": "yes" if output.verified else "no",
            }
        )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _hide(view: View, counted: pd.DataFrame) -> pd.DataFrame:
    """Women and men of some results; unknown where one is small, or gives back one that is."""
    by_sex = counted[list(_BY_SEX)].astype(float)
    return by_sex.mask(withhold_parts(by_sex.to_numpy().T, smallest(view)).T)


def write_donor_table(view: View, day: date) -> bytes:
    """The table as CSV in UTF-8 with a byte-order mark."""
    table = build_donor_table(view, day).astype(str).map(inert_text)
    written: bytes = table.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")
    return written


def _sum(figures: pd.Series) -> str:
    return f"{figures.sum():g}" if figures.notna().all() and len(figures) else ""
