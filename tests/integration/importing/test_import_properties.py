"""Whatever a file holds, reading it ends in a report: no cell is lost and nothing escapes."""

import datetime

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.displacement import build_flows
from data.importing.prepare import prepare_import
from data.reference_files import read_communes
from tests.territories import TAROUDANNT
from tests.workbooks import write_workbook

NOTHING = pd.DataFrame(columns=["commune_code", "reference_date", "variable", "value", "provenance"]).astype(
    {"value": float, "reference_date": "datetime64[ns]"}
)
HEADINGS = ["Commune", "Code commune", "Mois", "Élèves primaire", "dont déplacés primaire", "Salles primaire", "Autre", ""]
CELLS = st.one_of(
    st.none(),
    st.integers(-5, 10**6),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.sampled_from(
        ["Freija", "Sidi", "Total", "09.541.09.15", "2025-08", "août 2025", "ND", "1 234", "x", "=A1", "#REF!", "12,5"]
    ),
    st.dates(datetime.date(2000, 1, 1), datetime.date(2030, 1, 1)),
)


@pytest.mark.taroudannt
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.sampled_from(HEADINGS), min_size=2, max_size=7, unique=True).flatmap(
        lambda headings: st.tuples(
            st.just(headings),
            st.lists(st.lists(CELLS, min_size=len(headings), max_size=len(headings)), max_size=6),
        )
    )
)
def test_cells_in_are_kept_or_set_aside(table):
    headings, rows = table
    content = write_workbook([headings, *rows])
    report = prepare_import(content, "x.xlsx", read_communes(TAROUDANNT), NOTHING, TAROUDANNT, datetime.date(2025, 9, 15))
    assert report.cells_in == report.cells_kept + report.cells_set_aside
    set_aside = {row for f in report.findings if f.sets_aside for row in f.rows}
    assert report.refusal or report.cells_set_aside == len(set_aside)
    keys = ["commune_code", "reference_date", "variable"]
    assert not report.observations.duplicated(keys).any()
    assert report.observations[keys].notna().all().all()
    assert (report.observations["value"].dropna() >= 0).all()


RECORD_HEADINGS = {
    "movements": [
        "Mois",
        "Mouvement",
        "Commune de départ",
        "Commune d'arrivée",
        "Commune habituelle",
        "Personnes",
        "Statut",
        "Autre",
    ],
    "facilities": [
        "Mois",
        "Commune",
        "Nom de l'établissement",
        "Type",
        "Latitude",
        "Longitude",
        "Capacité",
        "Unité",
        "Autre",
    ],
}
RECORD_CELLS = st.one_of(
    CELLS,
    st.sampled_from(["2025-07", "Arrivée", "Retour", "Transfert", "Hors province", "Irherm", "École primaire", "salles"]),
    st.sampled_from([30.5, -8.7, 3, 5]),
)


@pytest.mark.taroudannt
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(RECORD_HEADINGS)), st.lists(st.lists(RECORD_CELLS, min_size=9, max_size=9), max_size=8))
def test_rows_of_records_in_are_kept_or_set_aside(kind, rows):
    headings = RECORD_HEADINGS[kind]
    content = write_workbook([headings, *([*row][: len(headings)] for row in rows)])
    report = prepare_import(content, "x.xlsx", read_communes(TAROUDANNT), NOTHING, TAROUDANNT, datetime.date(2025, 9, 15))
    assert (
        report.cells_in
        == report.cells_kept + report.cells_set_aside
        == (0 if report.refusal else report.record_counts[f"{kind}_in"])
    )
    set_aside = {row for f in report.findings if f.sets_aside for row in f.rows}
    assert report.refusal or report.cells_set_aside == len(set_aside)
    assert (report.movements["persons"].dropna() >= 0).all()
    flows = build_flows(
        report.movements,
        read_communes(TAROUDANNT)["commune_code"].tolist(),
        [pd.Timestamp("2025-07-01"), pd.Timestamp("2025-08-01")],
    )
    assert not (flows.hosted < 0).any()
    assert not (flows.residents_away < 0).any()
