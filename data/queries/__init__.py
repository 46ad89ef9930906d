"""The SQL that analytics and screens see: each file beside this one, run with bound parameters only.

Every query takes the viewer's territory, so that what a person may see is a value and no page can forget it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import duckdb
import pandas as pd

FOLDER = Path(__file__).parent

Territory = tuple[str, ...]


@cache
def _sql(name: str) -> str:
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def _frame(cursor: duckdb.DuckDBPyConnection, name: str, territory: Territory, **values: object) -> pd.DataFrame:
    return cursor.execute(_sql(name), {"territory": list(territory), **values}).df()


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


def read_uploads(cursor: duckdb.DuckDBPyConnection, territory: Territory) -> pd.DataFrame:
    """Uploads that touched the territory, newest first, with rows kept and set aside."""
    return _frame(cursor, "uploads", territory)


def read_variables(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """The variable catalogue as it stood when the snapshot was made."""
    return cursor.execute(_sql("variables")).df()


def read_norms(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """The dated norms as they stood when the snapshot was made."""
    return cursor.execute(_sql("norms")).df()


def read_scenarios(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Saved scenarios: ``name, definition, base_snapshot_id, base_figures, saved_at``; empty where the snapshot keeps none."""
    kept = cursor.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'scenario'").fetchone()
    if not kept or not kept[0]:
        return pd.DataFrame(columns=["name", "definition", "base_snapshot_id", "base_figures", "saved_at"])
    return cursor.execute(_sql("scenarios")).df()
