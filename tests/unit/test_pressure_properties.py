"""What must hold for any figures: scaling, capacity, displacement, missing data, order of rows."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.assessment import assess
from analytics.demand import observed_variables
from analytics.model import Measure
from analytics.panel import build_panel
from data.loaders.today import load_definitions, load_variables

DEFINITIONS = load_definitions()
CENSUS = frozenset(v.id for v in load_variables().values() if not v.monthly)
MONTH = pd.Timestamp("2024-11-01")
CODE = "09.541.04.67"


def observed(values: dict[str, float], code: str = CODE) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "commune_code": code,
            "reference_date": [pd.Timestamp("2024-09-01") if v in CENSUS else MONTH for v in values],
            "variable": list(values),
            "value": list(values.values()),
            "status": "reported",
            "provenance": "declared",
            "reliability": "B",
        }
    )


def results(values: dict[str, float]) -> pd.DataFrame:
    panel = build_panel(observed(values), (CODE,), (MONTH,), CENSUS)
    frame = assess(panel, ASSESSED).frame([*COMPUTED, "education", "health", "civil_registry", "ISP"])
    return frame.set_index("indicator_id")


PUPILS = st.integers(10, 5000)
UNITS = st.integers(1, 120)
STRATEGIES = {
    "population": st.integers(500, 90_000),
    "displaced_persons": st.integers(0, 5000),
    "pupils_primary": PUPILS,
    "pupils_college": PUPILS,
    "pupils_lycee": PUPILS,
    "displaced_pupils_primary": st.integers(0, 10),
    "displaced_pupils_college": st.integers(0, 10),
    "displaced_pupils_lycee": st.integers(0, 10),
    "classrooms_functional_primary": UNITS,
    "classrooms_functional_college": UNITS,
    "classrooms_functional_lycee": UNITS,
    "teachers_primary": UNITS,
    "teachers_college": UNITS,
    "teachers_lycee": UNITS,
    "primary_care_facilities_functional": UNITS,
    "doctors": UNITS,
    "nurses": UNITS,
    "midwives": UNITS,
    "clinicians_fte": UNITS,
    "health_opening_days": st.integers(1, 31),
    "outpatient_visits": st.integers(100, 9000),
    "displaced_outpatient_visits": st.integers(0, 100),
    "registry_agents_fte": UNITS,
    "registry_opening_days": st.integers(1, 31),
    "registry_requests": st.integers(100, 9000),
    "displaced_registry_requests": st.integers(0, 100),
    "registry_backlog": st.integers(0, 900),
}
FIGURES = st.fixed_dictionaries(STRATEGIES)
# Properties speak of what these figures compute; the others would be missing on both sides of every comparison.
COMPUTED = {
    i.id: i
    for i in DEFINITIONS.indicators.values()
    if i.weight > 0 or set(observed_variables(i.variables)) <= {*STRATEGIES, "displaced_counted_in_census_pct"}
}
ASSESSED = replace(DEFINITIONS, indicators=COMPUTED)
PRESSURES = [i.id for i in COMPUTED.values() if i.has_pressure]
LOADS = [i.id for i in COMPUTED.values() if i.measure is Measure.LOAD and not i.goalposts]
PEOPLE = ("population", "displaced_", "pupils", "outpatient", "registry_requests", "registry_backlog")
CAPACITY = ("classrooms", "teachers", "primary_care", "clinicians", "registry_agents", "doctors", "nurses", "midwives")


@settings(max_examples=12, deadline=None)
@given(FIGURES, st.sampled_from([2, 3, 10]))
def test_people_and_capacity_scaled_together_leave_every_pressure_unchanged(figures, factor):
    scaled = {k: v * factor if k.startswith(PEOPLE + CAPACITY) else v for k, v in figures.items()}
    before, after = results(figures), results(scaled)
    for name in LOADS:
        np.testing.assert_allclose(after.at[name, "pressure"], before.at[name, "pressure"], rtol=1e-9)


@settings(max_examples=12, deadline=None)
@given(FIGURES, st.integers(1, 20))
def test_more_capacity_raises_no_pressure(figures, more):
    richer = {k: v + more if k.startswith(CAPACITY) else v for k, v in figures.items()}
    before, after = results(figures), results(richer)
    for name in PRESSURES:
        assert not after.at[name, "pressure"] > before.at[name, "pressure"] * (1 + 1e-12), name


@settings(max_examples=12, deadline=None)
@given(FIGURES, st.integers(1, 3000))
def test_more_displaced_people_lower_no_pressure(figures, more):
    fuller = {
        **figures,
        "displaced_persons": figures["displaced_persons"] + more,
        "pupils_primary": figures["pupils_primary"] + more,
        "displaced_pupils_primary": figures["displaced_pupils_primary"] + more,
        "outpatient_visits": figures["outpatient_visits"] + more,
        "registry_requests": figures["registry_requests"] + more,
    }
    before, after = results(figures), results(fuller)
    for name in PRESSURES:
        assert not after.at[name, "pressure"] < before.at[name, "pressure"] * (1 - 1e-12), name


@settings(max_examples=12, deadline=None)
@given(FIGURES)
def test_without_displaced_people_no_pressure_is_higher(figures):
    frame = results(figures)
    for name in PRESSURES:
        row = frame.loc[name]
        assert not row["pressure_without_displaced"] > row["pressure"] * (1 + 1e-12), name


@pytest.mark.slow
@settings(max_examples=12, deadline=None)
@given(FIGURES, st.data())
def test_a_figure_taken_away_is_missing_and_never_zero(figures, data):
    lost = data.draw(st.sampled_from(sorted(figures)))
    poorer = {k: v for k, v in figures.items() if k != lost}
    before, after = results(figures), results(poorer)
    for name, indicator in COMPUTED.items():
        if lost in set(observed_variables(indicator.variables)):
            continue
        assert before.at[name, "status"] == after.at[name, "status"]
    assert not (after["status"] == "no_service").any()


@pytest.mark.slow
def test_the_order_of_rows_does_not_matter(figures):
    observations = figures.connection.cursor().execute("SELECT * FROM current_observation").df()
    shuffled = observations.sample(frac=1, random_state=7)
    ids = [*DEFINITIONS.indicators, "education", "health", "civil_registry", "ISP"]
    frames = [
        assess(build_panel(o, figures.territory, figures.months, CENSUS), DEFINITIONS).frame(ids)
        for o in (observations, shuffled)
    ]
    pd.testing.assert_frame_equal(*frames)


@pytest.mark.parametrize("missing", ["classrooms_functional_primary", "pupils_college"])
def test_nothing_reported_is_not_a_service_that_is_absent(missing):
    values = {
        "pupils_primary": 100.0,
        "pupils_college": 50.0,
        "classrooms_functional_primary": 3.0,
        "classrooms_functional_college": 2.0,
    }
    values.pop(missing)
    assert results(values).at["EDU01", "status"] == "missing"
