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

MOVEMENT_COLUMNS = (
    "reference_date", "kind", "origin_code", "destination_code", "home_code", "persons", "status", "provenance", "reliability",
    "source", "cell", "upload_id",
)  # fmt: skip
FACILITY_COLUMNS = (
    "facility_id", "commune_code", "sector", "kind", "name", "latitude", "longitude", "capacity", "capacity_unit",
    "functional_status", "status_reason", "reference_date", "provenance", "reliability", "source", "cell", "upload_id",
)  # fmt: skip
_NUMBERS = frozenset(("persons", "latitude", "longitude", "capacity"))


@cache
def _sql(name: str) -> str:
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def _frame(cursor: duckdb.DuckDBPyConnection, name: str, territory: Territory, **values: object) -> pd.DataFrame:
    return _to_pandas(cursor.sql(_sql(name), params={"territory": list(territory), **values}))


def _to_pandas(rows: duckdb.DuckDBPyRelation) -> pd.DataFrame:
    """By way of Arrow, whose strings pandas takes as they are: a third of the time of DuckDB's own way, which makes a Python
    object of each. Days come in the unit that DuckDB's own way gives them."""
    frame = rows.to_arrow_table().to_pandas(date_as_object=False)
    days = frame.select_dtypes("datetime64[ms]").columns
    return frame.astype(dict.fromkeys(days, "datetime64[us]"))


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


def read_values(cursor: duckdb.DuckDBPyConnection, territory: Territory) -> pd.DataFrame:
    """Of the figures in force only what new ones are compared with: ``commune_code, reference_date, variable, value, provenance``."""
    return _frame(cursor, "values", territory)


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
    if not _holds(cursor, "movement"):
        return _no_rows(MOVEMENT_COLUMNS)
    return _frame(cursor, "movements", territory)


def read_facilities(cursor: duckdb.DuckDBPyConnection, territory: Territory) -> pd.DataFrame:
    """What is known of the facilities of a territory, one row a facility and date: ``facility_id, commune_code, sector, kind,
    name, latitude, longitude, capacity, capacity_unit, functional_status, status_reason, reference_date, provenance,
    reliability, source, cell, upload_id``. Empty for a snapshot made before facilities existed."""
    if not _holds(cursor, "facility"):
        return _no_rows(FACILITY_COLUMNS)
    return _frame(cursor, "facilities", territory)


def _holds(cursor: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Whether a snapshot has a table: old ones are read as they are, and migrate with the next write."""
    # Fetched to its end: a result that is not keeps the connection from the next query.
    return bool(cursor.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = $table", {"table": table}).fetchall())


def _no_rows(columns: Sequence[str]) -> pd.DataFrame:
    kinds = {"reference_date": "datetime64[us]"} | dict.fromkeys(_NUMBERS, "float64")
    return pd.DataFrame({column: pd.Series(dtype=kinds.get(column, "str")) for column in columns})


def read_uploads(cursor: duckdb.DuckDBPyConnection, territory: Territory) -> pd.DataFrame:
    """Uploads that touched the territory, newest first, with rows kept and set aside."""
    return _frame(cursor, "uploads" if _holds(cursor, "movement") else "uploads_of_observations", territory)


def read_figures_basis(cursor: duckdb.DuckDBPyConnection, writings: Sequence[str]) -> str:
    """Id of the latest snapshot, among this one and those before it, that may have changed a figure.

    Args:
        writings: the actions that change none.
    """
    rows = cursor.execute(_sql("figures_basis"), {"writings": list(writings)}).fetchall()
    assert rows, "every snapshot knows where it comes from"
    return str(rows[0][0])


def read_snapshot_definitions(cursor: duckdb.DuckDBPyConnection, snapshot_id: str) -> str | None:
    """Digest of the definitions that a snapshot names; None for one made before they were kept."""
    if not _holds(cursor, "snapshot_definitions"):
        return None
    rows = cursor.execute(_sql("snapshot_definitions"), {"snapshot_id": snapshot_id}).fetchall()
    return str(rows[0][0]) if rows else None


def read_definition_set(cursor: duckdb.DuckDBPyConnection, digest: str) -> str | None:
    """The definitions of a digest as they were kept (``data.loaders.digest.read_contents``); None where they were not."""
    if not _holds(cursor, "definition_set"):
        return None
    rows = cursor.execute(_sql("definition_set"), {"digest": digest}).fetchall()
    return str(rows[0][0]) if rows else None


def read_plan_version_definitions(cursor: duckdb.DuckDBPyConnection, territory: Territory) -> pd.DataFrame:
    """What versions of plans were costed with: ``commune_code, version, digest, costs``; empty where the snapshot keeps none."""
    held = _holds(cursor, "plan_version_definitions")
    return _frame(cursor, "plan_version_definitions", territory) if held else pd.DataFrame()


def read_variables(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """The variable catalogue as it stood when the snapshot was made."""
    return _to_pandas(cursor.sql(_sql("variables")))


def read_norms(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """The dated norms as they stood when the snapshot was made."""
    return _to_pandas(cursor.sql(_sql("norms")))


def read_sources(cursor: duckdb.DuckDBPyConnection, territory: Territory, month: pd.Timestamp) -> pd.DataFrame:
    """Where the figures of one month and those that are not monthly come from: ``commune_code, variable, provenance, source,
    file_name, reference_date``; no value."""
    return _frame(cursor, "sources_of_month", territory, month=month.to_pydatetime(), monthly="month")


def read_commune_notes(cursor: duckdb.DuckDBPyConnection, territory: Territory) -> pd.DataFrame:
    """The note in force of each commune that has one: ``commune_code, author_role, note, written_at``; empty for a snapshot made
    before notes existed."""
    if not _holds(cursor, "commune_note"):
        return pd.DataFrame(columns=["commune_code", "author_role", "note", "written_at"])
    return _frame(cursor, "commune_notes", territory)


def read_plan_texts(cursor: duckdb.DuckDBPyConnection, territory: Territory) -> pd.DataFrame:
    """Every text that was written into a plan, oldest first: ``commune_code, language, chapter, words, written_at``; empty
    for a snapshot made before plans existed."""
    return _frame(cursor, "plan_texts", territory) if _holds(cursor, "plan_text") else pd.DataFrame()


def read_plan_versions(cursor: duckdb.DuckDBPyConnection, territory: Territory) -> pd.DataFrame:
    """The saved versions of plans, by commune and number: ``commune_code, version, scenario, assumptions, reference_date, remark,
    base_snapshot_id, base_figures, saved_at``; empty for a snapshot made before plans existed."""
    return _frame(cursor, "plan_versions", territory) if _holds(cursor, "plan_version") else pd.DataFrame()


def read_scenarios(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Saved scenarios: ``name, definition, base_snapshot_id, base_figures, saved_at``; empty where the snapshot keeps none."""
    if not _holds(cursor, "scenario"):
        return pd.DataFrame(columns=["name", "definition", "base_snapshot_id", "base_figures", "saved_at"])
    return _to_pandas(cursor.sql(_sql("scenarios")))


def read_writings_table(cursor: duckdb.DuckDBPyConnection, name: str, columns: Sequence[str]) -> pd.DataFrame:
    """Every row of one of the tables of ``data.writings`` as text; none where the snapshot does not have the table."""
    table = name.removesuffix("s")
    if not _holds(cursor, table):
        return pd.DataFrame(columns=list(columns), dtype=str)
    return _to_pandas(cursor.sql(_sql(f"writings_{name}")))[list(columns)]


def read_decisions(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Decisions that were not withdrawn: ``decision_id, subject, question, reference_date, text, responsible, due_date,
    base_snapshot_id, noted_at``; empty where the snapshot keeps none."""
    return _to_pandas(cursor.sql(_sql("decisions"))) if _holds(cursor, "decision") else pd.DataFrame()
