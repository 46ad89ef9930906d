"""The dated facts of the earthquake and of reconstruction that a territory ships, and the one way in which their dates and places
are read; facts that people add have the same columns (``data.records.reconstruction_facts``)."""

from __future__ import annotations

import re
from functools import cache

import pandas as pd

from data.province import Province
from data.reference_files import list_reference_names

TABLES = ("earthquake_figures", "reconstruction_watch")
# Whom a fact is of: a commune, the province, all provinces that were hit, or a place that none of these is.
COMMUNE, PROVINCE, EVENT, ELSEWHERE = "commune", "province", "event", "elsewhere"
COLUMNS = ("area", "commune_code", "indicator", "value", "unit", "day", "precision", "kind", "source", "note", "table")
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?!\d)")
# What such a row is not followed by: a place is not a number.
FLAG = "flag"


@cache
def read_facts(province: Province) -> pd.DataFrame:
    """Every dated fact that ships, oldest first (``COLUMNS``): ``area`` and ``commune_code`` (empty unless of a commune), the figure
    with its ``unit``, the first day that its date means and its ``precision`` (``day``, ``month``, ``year``), ``kind`` of value, the
    source of the row, the table that it stands in. The same figure of the same place and month in two tables is one fact."""
    frames = [_read(province, name) for name in TABLES if name in list_reference_names(province)]
    if not frames:
        return pd.DataFrame(columns=list(COLUMNS))
    facts = pd.concat(frames, ignore_index=True)
    month = facts["day"].dt.to_period("M")
    repeated = facts.assign(month=month).duplicated(["area", "commune_code", "indicator", "value", "month", "unit"])
    is_again = repeated & (facts["table"] != TABLES[0])
    return facts[~is_again].sort_values(["day", "indicator"], kind="stable", ignore_index=True)[list(COLUMNS)]


def read_day(text: str) -> tuple[pd.Timestamp, str]:
    """The first date in a text as its first day, and how precise it is.

    Raises:
        ValueError: the text holds no year.
    """
    found = _DATE.search(text)
    if not found:
        raise ValueError(f"no date in {text[:40]!r}")
    year, month, day = found.groups()
    precision = "day" if day else "month" if month else "year"
    return pd.Timestamp(int(year), int(month or 1), int(day or 1)), precision


def _read(province: Province, name: str) -> pd.DataFrame:
    frame = pd.read_csv(province.reference / f"{name}.csv", dtype=str, keep_default_na=False)
    days = [read_day(text) for text in frame["reference_date"]]
    return frame.assign(
        area=[_area(province, row.commune_code, row.geography) for row in frame.itertuples()],
        value=pd.to_numeric(frame["value"]),
        day=[day for day, _ in days],
        precision=[precision for _, precision in days],
        kind=frame["value_kind"],
        table=name,
    )


def _area(province: Province, commune_code: str, geography: str) -> str:
    if commune_code:
        return COMMUNE
    if geography.startswith(province.country):
        return EVENT
    # "Taroudant province", "57 communes of Taroudant", a hospital in Taroudant: the province's name by its first word.
    whole = geography == province.geography or geography.endswith(f"communes of {province.geography.split()[0]}")
    return PROVINCE if whole else ELSEWHERE
