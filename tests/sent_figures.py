"""Figures of Tizi N'test sent to a store, for tests of how a store keeps and follows what comes."""

import pandas as pd

from data.importing.accept import accept_import, prepare_for_store
from data.ingest import Upload, add_upload
from data.loaders.today import load_variables
from data.store import Store
from tests.workbooks import write_workbook

TIZI = "09.541.04.67"


def figure(value: float, variable: str = "pupils_primary", commune: str = TIZI) -> pd.DataFrame:
    one = {"commune_code": commune, "reference_date": pd.Timestamp("2025-08-01"), "variable": variable, "value": value,
           "status": "reported", "provenance": "declared", "reliability": "B", "source": "", "cell": "A1"}  # fmt: skip
    return pd.DataFrame([one])


def send(store: Store, value: float, name: str = "a") -> str:
    with store.write("import", f"{name}.xlsx") as connection:
        add_upload(connection, Upload("import", f"{name}.xlsx", name.ljust(64, "0")), figure(value))
    return store.snapshot_id()


def send_month(store: Store, requests: int, pupils: int = 420) -> None:
    """A workbook with the commune's requests and pupils of September 2025."""
    headings = ["Commune", "Mois", "Demandes du mois", load_variables()["pupils_primary"].labels["fr"]]
    content = write_workbook([headings, ["Tizi N'Test", "2025-09", requests, pupils]])
    accept_import(store, content, prepare_for_store(store, content, f"envoi-{requests}.xlsx"))
