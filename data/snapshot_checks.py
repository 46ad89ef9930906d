"""What must hold in a snapshot before it is published."""

from __future__ import annotations

import duckdb

from data.records import sheet_store
from data.records.table import KINDS, sheet_kinds

_CHECKS = {
    "observation_of_unknown_commune": "SELECT count(*) FROM observation ANTI JOIN commune USING (commune_code)",
    "observation_of_unknown_variable": "SELECT count(*) FROM observation ANTI JOIN variable USING (variable)",
    "observation_of_unknown_upload": "SELECT count(*) FROM observation ANTI JOIN upload USING (upload_id)",
    "observation_said_twice": """
        SELECT count(*) - (SELECT count(*) FROM (SELECT DISTINCT commune_code, reference_date, variable, upload_id FROM observation))
        FROM observation
    """,
    "value_not_finite": "SELECT count(*) FROM observation WHERE value IS NOT NULL AND NOT isfinite(value)",
}


def check_snapshot(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Names of the checks that fail; empty when the snapshot may be published."""
    checks = [*_CHECKS.items(), *(check for kind in KINDS.values() for check in kind.snapshot_checks)]
    checks += [check for kind in sheet_kinds() for check in sheet_store.snapshot_checks(kind)]
    return [name for name, sql in checks if (connection.execute(sql).fetchone() or (1,))[0]]
