"""The SQL that analytics and screens see: each file beside this one, run with bound parameters only.

Every query takes the viewer's territory, so that what a person may see is a value and no page can forget it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path

import duckdb
import pandas as pd

from data.frames import Territory, read_frame
from data.keeping.coded import read_coded
from data.records.facilities import FACILITIES
from data.records.movements import MOVEMENTS
from data.records.sheet_store import list_uploads, read_in_force
from data.records.table import sheet_kinds

__all__ = ["Territory", "read_coded"]

FOLDER = Path(__file__).parent


@cache
def _sql(name: str) -> str:
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def _frame(cursor: duckdb.DuckDBPyConnection, name: str, territory: Territory, **values: object) -> pd.DataFrame:
    return read_frame(cursor, _sql(name), territory=list(territory), **values)


def whole_territory(cursor: duckdb.DuckDBPyConnection) -> Territory:
    """Codes of every commune of the store: the territory of a viewer without restriction."""
    return tuple(row[0] for row in cursor.execute("SELECT commune_code FROM commune ORDER BY commune_code").fetchall())


def read_communes(cursor: duckdb.DuckDBPyConnection, territory: Territory) -> pd.DataFrame:
    """The communes of a territory: code, names, area type, cercle, comparison group, programme flag, centroid."""
    return _frame(cursor, "communes", territory)


def read_observations(cursor: duckdb.DuckDBPyConnection, territory: Territory) -> pd.DataFrame:
    """The figures in force, long: ``commune_code, reference_date, variable, value, status, provenance, reliability, source,
    cell, upload_id``."""
    return _frame(cursor, "observations", territory)


def read_monthly(cursor: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Ids of the variables that are reported month by month, as the snapshot knows them."""
    return frozenset(row[0] for row in cursor.execute("SELECT variable FROM variable WHERE frequency = 'month'").fetchall())


def read_values(cursor: duckdb.DuckDBPyConnection, territory: Territory) -> pd.DataFrame:
    """Of the figures in force only what new ones are compared with: ``commune_code, reference_date, variable, value, provenance``."""
    return _frame(cursor, "values", territory)


def read_values_near(
    cursor: duckdb.DuckDBPyConnection,
    territory: Territory,
    communes: Sequence[str],
    months: tuple[date, date],
    variables: Sequence[str],
    always: Sequence[str] = (),
) -> pd.DataFrame:
    """The figures in force of some communes, months and variables, and those of ``always`` of every commune and month:
    ``commune_code, reference_date, variable, value, provenance``."""
    named = {"communes": list(communes), "variables": list(variables), "always": list(always)}
    return _frame(cursor, "values_near", territory, first=months[0], last=months[1], **named)


def read_months(cursor: duckdb.DuckDBPyConnection, territory: Territory) -> list[pd.Timestamp]:
    """Months for which a commune reported anything, oldest first."""
    return list(pd.DatetimeIndex(_frame(cursor, "months", territory)["reference_date"]))


def read_trace(
    cursor: duckdb.DuckDBPyConnection, territory: Territory, commune_code: str, variables: Sequence[str]
) -> pd.DataFrame:
    """The observations of a commune behind a figure, with the file and the cell that each came from."""
    return _frame(cursor, "observations_of_commune", territory, commune_code=commune_code, variables=list(variables))


def read_freshness(cursor: duckdb.DuckDBPyConnection, territory: Territory) -> pd.DataFrame:
    """By sheet: figures, how many are demonstration, latest real date, communes with real figures."""
    return _frame(cursor, "freshness", territory)


def read_movements(cursor: duckdb.DuckDBPyConnection, territory: Territory) -> pd.DataFrame:
    """The movements in force whose origin or destination lies in the territory: ``reference_date, kind, origin_code,
    destination_code, home_code, persons, status, provenance, reliability, source, cell, upload_id``; a code is ``outside``
    for people from, or gone, outside the province. Empty for a snapshot made before movements existed."""
    return read_in_force(cursor, MOVEMENTS, territory)


def read_facilities(cursor: duckdb.DuckDBPyConnection, territory: Territory) -> pd.DataFrame:
    """What is known of the facilities of a territory, one row a facility and date: ``facility_id, commune_code, sector, kind,
    name, latitude, longitude, capacity, capacity_unit, functional_status, status_reason, reference_date, provenance,
    reliability, source, cell, upload_id``. Empty for a snapshot made before facilities existed."""
    return read_in_force(cursor, FACILITIES, territory)


def read_uploads(cursor: duckdb.DuckDBPyConnection, territory: Territory) -> pd.DataFrame:
    """Uploads that touched the territory, newest first, with rows kept and set aside."""
    values = {"territory": list(territory)}
    touching = [row[0] for row in cursor.execute(_sql("uploads_of_observations"), values).fetchall()]
    for kind in sheet_kinds():
        touching += list_uploads(cursor, kind, territory)
    return read_frame(cursor, _sql("uploads"), uploads=touching)


def read_figures_basis(cursor: duckdb.DuckDBPyConnection, actions_without_figures: Iterable[str]) -> str:
    """Id of the latest snapshot, among this one and those before it, that may have changed a figure.

    Args:
        actions_without_figures: the actions that change none (``data.records.table``).
    """
    rows = cursor.execute(_sql("figures_basis"), {"actions": sorted(actions_without_figures)}).fetchall()
    assert rows, "every snapshot knows where it comes from"
    return str(rows[0][0])


def read_variables(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """The variable catalogue as it stood when the snapshot was made."""
    return read_frame(cursor, _sql("variables"))


def read_norms(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """The dated norms as they stood when the snapshot was made."""
    return read_frame(cursor, _sql("norms"))


def read_sources(cursor: duckdb.DuckDBPyConnection, territory: Territory, month: pd.Timestamp) -> pd.DataFrame:
    """Where the figures of one month and those that are not monthly come from: ``commune_code, variable, provenance, source,
    file_name, reference_date``; no value."""
    return _frame(cursor, "sources_of_month", territory, month=month.to_pydatetime(), monthly="month")
