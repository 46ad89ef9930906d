"""Runs SQL on a snapshot and gives its rows as a pandas frame."""

from __future__ import annotations

import duckdb
import pandas as pd

Territory = tuple[str, ...]


def read_frame(cursor: duckdb.DuckDBPyConnection, sql: str, **parameters: object) -> pd.DataFrame:
    """The rows of a query; ``parameters`` are bound, never written into the text.

    By way of Arrow, whose strings pandas takes as they are: a third of the time of
    DuckDB's own conversion, which makes a Python object of each. Dates come in the
    unit that DuckDB's own conversion gives them.
    """
    rows = cursor.sql(sql, params=parameters) if parameters else cursor.sql(sql)
    frame = rows.to_arrow_table().to_pandas(date_as_object=False)
    days = frame.select_dtypes("datetime64[ms]").columns
    return frame.astype(dict.fromkeys(days, "datetime64[us]"))


def has_table(cursor: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Whether a snapshot has a table: an old one is read as it is, and migrates with the next write."""
    sql = "SELECT 1 FROM duckdb_tables() WHERE table_name = $table"
    # All rows are fetched: an unread result would block the connection's next query.
    return bool(cursor.execute(sql, {"table": table}).fetchall())
