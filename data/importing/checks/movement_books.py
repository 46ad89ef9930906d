"""Conservation: nobody returns or moves on from a host who is not in its books."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.displacement import OUTSIDE, UNKNOWN_HOME, book_entries
from data.importing.findings import Finding, Severity
from data.loaders.today import load_record_sheets
from data.record_sheets import MOVEMENTS

if TYPE_CHECKING:
    from data.importing.checks import CheckContext

KEY = ["reference_date", "kind", "origin_code", "destination_code", "home_code"]
_USED = [*KEY, "persons"]

# Entries of one pair of home and host: arrays ``row, month, leaves, persons``.
_Entries = dict[str, np.ndarray]


def check(rows: pd.DataFrame, known: pd.DataFrame, context: CheckContext) -> list[Finding]:
    """Errors, one a host, home and month in which more people leave than are there; month by month, so that what is set aside
    in one month is not counted in the next.

    Args:
        known: movements in force that are not demonstration movements; a row of the file replaces the one with its key.
    """
    findings: list[Finding] = []
    kept, ignored, places, cell_of = rows[_USED], set[tuple[str, str]](), _places(context), rows["cell"].to_dict()
    while True:
        books = _books(kept, known)
        short = _first_shortage(books, ignored)
        if short is None:
            return findings
        month, pairs = short
        of_pair = books.groupby(["home", "host"], sort=False).indices
        columns = {name: books[name].to_numpy() for name in ("row", "month", "leaves", "persons")}
        aside: set[int] = set()
        for pair in pairs:
            entries = {name: values[of_pair[pair]] for name, values in columns.items()}
            responsible = _to_set_aside(entries, month)
            leaving = [row for row in responsible if row not in aside]
            if not responsible:
                ignored.add(pair)
            if not leaving:
                continue
            cells = tuple(cell_of[row] for row in leaving)
            findings.append(
                Finding(
                    "departures_without_stock", Severity.ERROR, cells, tuple(leaving), _values(entries, pair, month, places)
                )
            )
            aside.update(leaving)
        kept = kept.drop(index=list(aside))


def _books(rows: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Entries of the file and of what it leaves in force, whose ``row`` is negative. Persons that are not known count as enough
    when they come and as none when they leave."""
    frame = rows[_USED] if known.empty else pd.concat([_left_in_force(rows, known), rows[_USED]])
    entries = book_entries(frame)
    unknown = pd.Series(np.where(entries["leaves"], 0.0, np.inf), index=entries.index)
    months = frame["reference_date"].reindex(entries["row"]).to_numpy()
    return entries.assign(month=months, persons=entries["persons"].fillna(unknown))


def _left_in_force(rows: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """The movements in force that no row of the file replaces, labelled with negative numbers."""
    merged = known[_USED].merge(rows[KEY], on=KEY, how="left", indicator=True)
    left = merged[merged["_merge"] == "left_only"][_USED]
    return left.set_axis(pd.RangeIndex(-len(left), 0), axis=0)


def _first_shortage(books: pd.DataFrame, ignored: set[tuple[str, str]]) -> tuple[pd.Timestamp, list[tuple[str, str]]] | None:
    """The first month in which a pair of home and host holds fewer than nobody, with those pairs."""
    if books.empty:
        return None
    change = books.groupby(["home", "host", "month"])["persons"].sum().unstack("month", fill_value=0.0)
    stock = change.cumsum(axis=1)
    total = stock.groupby(level="host").sum()
    homes, hosts = stock.index.get_level_values("home"), stock.index.get_level_values("host")
    of_unknown_home = stock[homes == UNKNOWN_HOME].droplevel("home").reindex(hosts).fillna(0.0).clip(lower=0).to_numpy()
    there = np.where((homes == UNKNOWN_HOME)[:, None], total.reindex(hosts).to_numpy(), stock.to_numpy() + of_unknown_home)
    there[[pair in ignored for pair in stock.index]] = 0
    months = np.flatnonzero((there < 0).any(axis=0))
    if not len(months):
        return None
    return stock.columns[months[0]], [stock.index[i] for i in np.flatnonzero(there[:, months[0]] < 0)]


def _to_set_aside(entries: _Entries, month: pd.Timestamp) -> list[int]:
    """Of one pair: the file's movements that leave in the month; failing that, those of the file that touched it before (a
    correction that leaves too few)."""
    row, at = entries["row"], entries["month"]
    leaving = (row >= 0) & entries["leaves"] & (at == month.to_datetime64())
    chosen = leaving if leaving.any() else (row >= 0) & (at <= month.to_datetime64())
    return [int(r) for r in dict.fromkeys(row[chosen])]


def _values(
    entries: _Entries, pair: tuple[str, str], month: pd.Timestamp, places: dict[str, dict[str, str]]
) -> dict[str, object]:
    """Who leaves whom, how many, and how many were there before they left."""
    at, persons = entries["month"], entries["persons"]
    now = entries["leaves"] & (at == month.to_datetime64())
    leaving = -float(persons[now].sum())
    there = float(persons[at <= month.to_datetime64()].sum()) + leaving
    nowhere = {"fr": "—", "ar": "—", "en": "—"}
    home, host = (places.get(code, nowhere) for code in pair)
    return {"host": host, "home": home, "persons": leaving, "there": max(there, 0.0), "month": f"{month:%Y-%m}"}


def _places(context: CheckContext) -> dict[str, dict[str, str]]:
    """Names of the communes in each language, and the words for outside the province."""
    communes = zip(context.communes["commune_code"], context.communes["name_fr"], context.communes["name_ar"], strict=True)
    names = {str(code): {"fr": str(fr), "ar": str(ar), "en": str(fr)} for code, fr, ar in communes}
    return {**names, OUTSIDE: load_record_sheets()[MOVEMENTS].rules["outside"]["labels"]}
