"""A file read without a store: what is kept of it and what is said, for tests of what people send."""

import datetime

import pandas as pd

from data.importing.prepare import prepare_import
from data.reference_files import read_communes
from tests.territories import TAROUDANNT

TODAY = datetime.date(2026, 3, 1)
COMMUNES = read_communes(TAROUDANNT)
NOTHING = pd.DataFrame(columns=["commune_code", "reference_date", "variable", "value", "provenance"]).astype(
    {"value": float, "reference_date": "datetime64[ns]"}
)


def prepared(content, name="envoi.xlsx", confirm=False, **said):
    return prepare_import(content, name, COMMUNES, NOTHING, TAROUDANNT, TODAY, is_confirmed=confirm, **said)


def kept_of_any(report):
    """Figures with a value, as an export would name them; none of a file that is refused."""
    rows = report.observations.dropna(subset=["value"]).itertuples()
    return {(o.commune_code, f"{o.reference_date:%Y-%m}", o.variable, float(o.value)) for o in rows}


def kept(report):
    """The same of a file that is not refused."""
    assert report.refusal is None, report.refusal.key
    return kept_of_any(report)


def cells_of(report, key):
    """The cells that every finding of a key names."""
    return [cell for finding in report.findings if finding.key == key for cell in finding.cells]
