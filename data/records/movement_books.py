"""Conservation: nobody returns or moves on from a host who is not in its books."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import numpy as np
import pandas as pd

from analytics.displacement import OUTSIDE, UNKNOWN_HOME, book_entries
from data.importing.findings import Finding, Severity
from data.records.rows import Rows, RuleContext

KEY = ("reference_date", "kind", "origin_code", "destination_code", "home_code")
_USED = [*KEY, "persons"]
_NOWHERE = {"fr": "—", "ar": "—", "en": "—"}

# A commune of usual residence and the commune that hosts people from there.
_Pair = tuple[str, str]
_Names = dict[str, dict[str, str]]


class _Shortage(NamedTuple):
    """A month, and the pairs in which more people have left by its end than had come."""

    month: pd.Timestamp
    pairs: list[_Pair]


def check(rows: Rows, context: RuleContext) -> list[Finding]:
    """Errors, one for each home, host and month in which more people leave than are there.

    Months are taken in order, and what one month sets aside is not counted in the next. A row of
    the file replaces the movement in force that has its key.
    """
    findings: list[Finding] = []
    kept, cell_of, names = rows.values[_USED], rows.values["cell"].to_dict(), _names(context)
    # Pairs that no row of the file has made short: nothing can be set aside for them.
    hopeless: set[_Pair] = set()
    while True:
        books = _books(kept, context.in_force)
        short = _first_shortage(books, hopeless)
        if short is None:
            return findings
        aside: set[int] = set()
        of_pair = dict(iter(books.groupby(["home", "host"], sort=False)))
        for pair in short.pairs:
            responsible = _responsible_rows(of_pair[pair], short.month)
            if not responsible:
                hopeless.add(pair)
            # A relocation stands in the books of two hosts; one finding is enough for it.
            new = tuple(row for row in responsible if row not in aside)
            if new:
                values = _values(of_pair[pair], pair, short.month, names)
                cells = tuple(cell_of[row] for row in new)
                findings.append(Finding("departures_without_stock", Severity.ERROR, cells, new, values))
                aside.update(new)
        kept = kept.drop(index=list(aside))


def _books(rows: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Who comes (positive) and leaves (negative) by home, host and month: ``row, home, host, month, leaves, persons``.

    Movements in force that the file does not replace have negative row numbers. Where persons are
    not known, they count as enough when they come and as none when they leave.
    """
    frame = rows[_USED] if known.empty else pd.concat([_left_in_force(rows, known), rows[_USED]])
    books = book_entries(frame)
    unknown = pd.Series(np.where(books["leaves"], 0.0, np.inf), index=books.index)
    months = frame["reference_date"].reindex(books["row"]).to_numpy()
    return books.assign(month=months, persons=books["persons"].fillna(unknown))


def _left_in_force(rows: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """The movements in force that no row of the file replaces, labelled with negative numbers."""
    merged = known[_USED].merge(rows[list(KEY)], on=list(KEY), how="left", indicator=True)
    left = merged[merged["_merge"] == "left_only"][_USED]
    return left.set_axis(pd.RangeIndex(-len(left), 0), axis=0)


def _first_shortage(books: pd.DataFrame, hopeless: Collection[_Pair]) -> _Shortage | None:
    """The first month at whose end a pair holds fewer than zero people, with all pairs that do; None when none does."""
    if books.empty:
        return None
    change = books.groupby(["home", "host", "month"])["persons"].sum().unstack("month", fill_value=0.0)
    available = _available(change.cumsum(axis=1)).drop(index=list(hopeless), errors="ignore")
    short = available < 0
    months = short.columns[short.any(axis=0)]
    if months.empty:
        return None
    return _Shortage(months[0], list(short.index[short[months[0]]]))


def _available(stock: pd.DataFrame) -> pd.DataFrame:
    """How many people can have left each pair of ``(home, host)`` at the most, by month.

    People whose home is not known may be of any home. So to those of a known home, the host's
    people of unknown home are added; and of unknown home may leave whoever is at the host.
    """
    hosts = stock.index.get_level_values("host")
    is_unknown = stock.index.get_level_values("home") == UNKNOWN_HOME
    everybody = stock.groupby(level="host").sum().reindex(hosts).to_numpy()
    of_unknown_home = stock[is_unknown].droplevel("home").reindex(hosts).fillna(0.0).clip(lower=0.0).to_numpy()
    most = np.where(is_unknown[:, None], everybody, stock.to_numpy() + of_unknown_home)
    return pd.DataFrame(most, index=stock.index, columns=stock.columns)


def _responsible_rows(books: pd.DataFrame, month: pd.Timestamp) -> list[int]:
    """Of one pair: the file's movements that leave in the month; failing that, all of the file until
    then (a correction that leaves too few)."""
    of_file = books[(books["row"] >= 0) & (books["month"] <= month)]
    leaving = of_file[of_file["leaves"] & (of_file["month"] == month)]
    chosen = leaving if len(leaving) else of_file
    return [int(row) for row in chosen["row"].unique()]


def _values(books: pd.DataFrame, pair: _Pair, month: pd.Timestamp, names: _Names) -> dict[str, object]:
    """Who leaves whom, how many, and how many were there before they left."""
    leaving = -float(books.loc[books["leaves"] & (books["month"] == month), "persons"].sum())
    there = float(books.loc[books["month"] <= month, "persons"].sum()) + leaving
    home, host = (names.get(code, _NOWHERE) for code in pair)
    return {"host": host, "home": home, "persons": leaving, "there": max(there, 0.0), "month": f"{month:%Y-%m}"}


def _names(context: RuleContext) -> _Names:
    """Names of the communes in each language, and the words for outside the province."""
    communes = context.general.communes[["commune_code", "name_fr", "name_ar"]].itertuples(index=False)
    names = {str(code): {"fr": str(fr), "ar": str(ar), "en": str(fr)} for code, fr, ar in communes}
    return {**names, OUTSIDE: context.layout.rules["outside"]["labels"]}
