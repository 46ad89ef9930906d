"""A small territory for tests of scenarios: three communes in two groups, every monthly figure the same round numbers."""

import numpy as np
import pandas as pd

from analytics.panel import Column, Panel
from analytics.scenario import ScenarioSetting
from data.loaders.today import load_definitions, load_displacement_presets, load_shock_model
from tests.territories import TAROUDANNT

CODES = ("09.541.04.67", "09.541.04.23", "09.541.05.17")
GROUPS = {CODES[0]: "09.541.04", CODES[1]: "09.541.04", CODES[2]: "09.541.05"}
CENTROIDS = {CODES[0]: (30.87, -8.38), CODES[1]: (30.78, -8.40), CODES[2]: (30.20, -8.60)}
AGE = 12
SETTING = ScenarioSetting(
    GROUPS, CENTROIDS, load_definitions(), load_displacement_presets(), load_shock_model(TAROUDANNT), months_since_event=AGE
)

ORDINARY = {
    "population": 6000.0,
    "municipal_population": 6000.0,
    "displaced_persons": 400.0,
    "pupils_primary": 720.0,
    "pupils_college": 400.0,
    "pupils_lycee": 200.0,
    "displaced_pupils_primary": 40.0,
    "displaced_pupils_college": 20.0,
    "displaced_pupils_lycee": 10.0,
    "classrooms_functional_primary": 20.0,
    "classrooms_functional_college": 12.0,
    "classrooms_functional_lycee": 6.0,
    "teachers_primary": 24.0,
    "teachers_college": 14.0,
    "teachers_lycee": 8.0,
    "primary_care_facilities_functional": 1.0,
    "doctors": 1.0,
    "nurses": 3.0,
    "midwives": 1.0,
    "clinicians_fte": 2.0,
    "health_opening_days": 20.0,
    "outpatient_visits": 800.0,
    "displaced_outpatient_visits": 80.0,
    "registry_agents_fte": 2.0,
    "registry_opening_days": 20.0,
    "registry_requests": 460.0,
    "displaced_registry_requests": 40.0,
    "registry_backlog": 30.0,
    "population_beyond_3km_primary_school": 120.0,
    "population_covered_primary_school": 6000.0,
    "population_beyond_5km_health_centre": 900.0,
    "population_covered_health_centre": 6000.0,
    "population_without_booklet": 60.0,
    "population_covered_booklet": 6000.0,
    "dwelling_rural_pct": 70.0,
    "dwelling_basic_pct": 2.0,
    "dwelling_other_pct": 8.0,
}


def months(count: int, first: str = "2025-03-01") -> tuple[pd.Timestamp, ...]:
    return tuple(pd.date_range(first, periods=count, freq="MS"))


def column(values) -> Column:
    """Declared figures, A; NaN is missing."""
    value = np.asarray(values, dtype=float)
    missing = np.isnan(value)
    return Column(
        value,
        np.where(missing, 3, 0).astype(np.int8),
        np.where(missing, -1, 2).astype(np.int8),
        np.where(missing, -1, 0).astype(np.int8),
        np.where(missing, np.nan, 0.0),
    )


def small_panel(count: int = 6, first: str = "2025-03-01", **changed: float | list[float]) -> Panel:
    """Three communes over some months; a list gives one value a commune."""
    columns = {}
    for name, value in (ORDINARY | changed).items():
        by_commune = value if isinstance(value, list) else [value] * len(CODES)
        columns[name] = column(np.repeat(by_commune, count))
    return Panel(CODES, months(count, first), columns)


def table(panel: Panel, name: str) -> np.ndarray:
    """A variable as communes × months."""
    return panel[name].value.reshape(len(panel.commune_codes), len(panel.months))
