"""One figure sent to a store of Taroudannt, for tests of how a store keeps what comes."""

import pandas as pd

from data.ingest import Upload, add_upload
from data.store import Store

TIZI = "09.541.04.67"


def figure(value: float, variable: str = "pupils_primary", commune: str = TIZI) -> pd.DataFrame:
    one = {"commune_code": commune, "reference_date": pd.Timestamp("2025-08-01"), "variable": variable, "value": value,
           "status": "reported", "provenance": "declared", "reliability": "B", "source": "", "cell": "A1"}  # fmt: skip
    return pd.DataFrame([one])


def send(store: Store, value: float, name: str = "a") -> str:
    with store.write("import", f"{name}.xlsx") as connection:
        add_upload(connection, Upload("import", f"{name}.xlsx", name.ljust(64, "0")), figure(value))
    return store.snapshot_id()
