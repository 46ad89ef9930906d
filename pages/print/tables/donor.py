"""A donor's table: common output indicators with what was reached, exact, and whether somebody confirmed the match."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from analytics.disclosure import is_small
from data.exporting.inert import inert_text
from data.programme_files import load_donor_outputs
from pages.print.results.logframe import read_results
from pages.words.registers import smallest
from pages.words.view import View

COLUMNS = ("output_code", "indicator", "unit", "achieved", "women", "men", "results", "until", "provenance", "verified")


def build_donor_table(view: View, day: date) -> pd.DataFrame:
    """One row an output (``COLUMNS``): sums over its results, empty where one of them is not known; women and men besides
    where one of them is a small count."""
    results = read_results(view, day).set_index("code", drop=False)
    rows = []
    for output in load_donor_outputs(view.figures.province).values():
        counted = results.reindex(list(output.results))
        sums = {name: _sum(counted[name]) for name in ("achieved", "women", "men")}
        by_sex = np.array([float(sums[name] or "nan") for name in ("women", "men")])
        if is_small(by_sex, smallest(view)).any():
            sums |= {"women": "", "men": ""}
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


def write_donor_table(view: View, day: date) -> bytes:
    """The table as CSV in UTF-8 with a byte-order mark."""
    table = build_donor_table(view, day).astype(str).map(inert_text)
    written: bytes = table.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")
    return written


def _sum(figures: pd.Series) -> str:
    return f"{figures.sum():g}" if figures.notna().all() and len(figures) else ""
