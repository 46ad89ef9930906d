"""What must hold in a snapshot before it is published."""

from __future__ import annotations

import duckdb

_CHECKS = {
    "observation_of_unknown_commune": "SELECT count(*) FROM observation ANTI JOIN commune USING (commune_code)",
    "observation_of_unknown_variable": "SELECT count(*) FROM observation ANTI JOIN variable USING (variable)",
    "observation_of_unknown_upload": "SELECT count(*) FROM observation ANTI JOIN upload USING (upload_id)",
    "observation_said_twice": """
        SELECT count(*) - (SELECT count(*) FROM (SELECT DISTINCT commune_code, reference_date, variable, upload_id FROM observation))
        FROM observation
    """,
    "movement_of_unknown_commune": """
        SELECT count(*) FROM (SELECT unnest([origin_code, destination_code, home_code]) AS commune_code FROM movement)
        ANTI JOIN commune USING (commune_code) WHERE commune_code NOT IN ('outside', '')
    """,
    "movement_of_unknown_upload": "SELECT count(*) FROM movement ANTI JOIN upload USING (upload_id)",
    "movement_of_impossible_number": "SELECT count(*) FROM movement WHERE persons < 0 OR NOT isfinite(persons)",
    "facility_of_unknown_commune": "SELECT count(*) FROM facility ANTI JOIN commune USING (commune_code)",
    "facility_of_unknown_upload": "SELECT count(*) FROM facility ANTI JOIN upload USING (upload_id)",
    "note_of_unknown_commune": "SELECT count(*) FROM commune_note ANTI JOIN commune USING (commune_code)",
    "plan_of_unknown_commune": """
        SELECT count(*) FROM (SELECT commune_code FROM plan_text UNION ALL SELECT commune_code FROM plan_version)
        ANTI JOIN commune USING (commune_code)
    """,
    "value_not_finite": "SELECT count(*) FROM observation WHERE value IS NOT NULL AND NOT isfinite(value)",
}


def check_snapshot(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Names of the checks that fail; empty when the snapshot may be published."""
    return [name for name, sql in _CHECKS.items() if (connection.execute(sql).fetchone() or (1,))[0]]
