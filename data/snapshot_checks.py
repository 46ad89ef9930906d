"""What must hold in a snapshot before it is published."""

from __future__ import annotations

import duckdb

from data.records import sheet_store
from data.records.table import KINDS, sheet_kinds

# What is in each part was looked at when it was written (data/keeping/parts.py): a note reads no figure again.
_CHECKS = {
    "observation_of_unknown_commune": """
        SELECT count(*) FROM (SELECT DISTINCT unnest(communes) AS commune_code FROM observation_part)
        ANTI JOIN commune USING (commune_code)
    """,
    "observation_of_unknown_variable": """
        SELECT count(*) FROM (SELECT DISTINCT unnest(variables) AS variable FROM observation_part)
        ANTI JOIN variable USING (variable)
    """,
    "observation_of_unknown_upload": "SELECT count(*) FROM observation_part ANTI JOIN upload USING (upload_id)",
    "upload_in_two_parts": "SELECT count(*) - count(DISTINCT upload_id) FROM observation_part",
}


def check_snapshot(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Names of the checks that fail; empty when the snapshot may be published."""
    checks = [*_CHECKS.items(), *(check for kind in KINDS.values() for check in kind.snapshot_checks)]
    checks += [check for kind in sheet_kinds() for check in sheet_store.snapshot_checks(kind)]
    return [name for name, sql in checks if (connection.execute(sql).fetchone() or (1,))[0]]
