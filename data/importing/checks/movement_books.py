"""Conservation: nobody returns or moves on from a host who is not in its books."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.displacement import OUTSIDE, UNKNOWN_HOME, book_entries
from data.importing.findings import Finding, Severity
from data.record_sheets import MOVEMENTS, load_record_sheets

if TYPE_CHECKING:
    from data.importing.checks import CheckContext

KEY = ["reference_date", "kind", "origin_code", "destination_code", "home_code"]
_USED = [*KEY, "persons"]


def check(rows: pd.DataFrame, known: pd.DataFrame, context: CheckContext) -> list[Finding]:
    """Errors, one a host, home and month in which more people leave than are there; month by month, so that what is set aside
    in one month is not counted in the next.

    Args:
        known: movements in force that are not demonstration movements; a row of the file replaces the one with its key.
    """
    findings: list[Finding] = []
    kept, ignored = rows, set[tuple[str, str]]()
    while True:
        books = _books(kept, known)
        short = _first_shortage(books, ignored)
        if short is None:
            return findings
        month, pairs = short
        of_pair = books.groupby(["home", "host"], sort=False).indices
        for pair in pairs:
            entries = books.iloc[of_pair[pair]]
            aside = _to_set_aside(entries, month).intersection(kept.index)
            if aside.empty:
                ignored.add(pair)
                continue
            findings.append(_finding(rows.loc[aside], entries, month, context))
            kept = kept.drop(index=aside)


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


def _to_set_aside(entries: pd.DataFrame, month: pd.Timestamp) -> pd.Index:
    """Of one pair: the file's movements that leave in the month; failing that, those of the file that touched it before (a
    correction that leaves too few)."""
    of_file = entries[entries["row"] >= 0]
    leaving = of_file[of_file["leaves"] & (of_file["month"] == month)]
    chosen = leaving if len(leaving) else of_file[of_file["month"] <= month]
    return pd.Index(chosen["row"].unique())


def _finding(rows: pd.DataFrame, entries: pd.DataFrame, month: pd.Timestamp, context: CheckContext) -> Finding:
    home, host = str(entries["home"].iloc[0]), str(entries["host"].iloc[0])
    so_far = entries[entries["month"] <= month]
    leaving = -float(so_far[so_far["leaves"] & (so_far["month"] == month)]["persons"].sum())
    there = float(so_far["persons"].sum()) + leaving
    values: dict[str, object] = {
        "host": _place(host, context),
        "home": _place(home, context),
        "persons": leaving,
        "there": max(there, 0.0),
        "month": f"{month:%Y-%m}",
    }
    return Finding("departures_without_stock", Severity.ERROR, tuple(rows["cell"]), tuple(rows.index), values)


def _place(code: str, context: CheckContext) -> dict[str, str]:
    """A commune's name in each language, or the words for what is no commune of the province."""
    if code == OUTSIDE:
        outside: dict[str, str] = load_record_sheets()[MOVEMENTS].rules["outside"]["labels"]
        return outside
    known = context.communes[context.communes["commune_code"] == code]
    if known.empty:
        return {"fr": "—", "ar": "—", "en": "—"}
    row = known.iloc[0]
    return {"fr": str(row["name_fr"]), "ar": str(row["name_ar"]), "en": str(row["name_fr"])}
