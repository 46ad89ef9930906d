"""No breakdown behind "capacity available": the rules of docs/classes.md hold on any panel."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.assessment import assess
from analytics.faces import Face
from analytics.panel import Panel
from data.loaders.today import load_definitions
from tests.unit.scenario_panels import column

DEFINITIONS = load_definitions()
SECTORS = [s.value for s in DEFINITIONS.services]
COUNTING = [i for i in DEFINITIONS.indicators.values() if i.counts]
MONTH = pd.Timestamp("2024-11-01")

# Every variable that an indicator which counts needs, from nothing at all to far too much.
FIGURES = {
    "population": (100, 60_000), "displaced_persons": (0, 3000), "displaced_counted_in_census_pct": (0, 100),
    "pupils_primary": (0, 4000), "pupils_college": (0, 3000), "pupils_lycee": (0, 3000),
    "displaced_pupils_primary": (0, 5), "displaced_pupils_college": (0, 5), "displaced_pupils_lycee": (0, 5),
    "classrooms_functional_primary": (0, 80), "classrooms_functional_college": (0, 60), "classrooms_functional_lycee": (0, 60),
    "teachers_primary": (0, 90), "teachers_college": (0, 80), "teachers_lycee": (0, 80),
    "primary_care_facilities_functional": (0, 6), "clinicians_fte": (0, 12), "health_opening_days": (1, 26),
    "outpatient_visits": (0, 9000), "displaced_outpatient_visits": (0, 50),
    "registry_agents_fte": (0, 12), "registry_opening_days": (1, 26), "registry_requests": (0, 5000),
    "displaced_registry_requests": (0, 50), "registry_backlog": (0, 3000),
    "population_covered_primary_school": (1000, 1000), "population_beyond_3km_primary_school": (0, 1000),
    "population_covered_health_centre": (1000, 1000), "population_beyond_5km_health_centre": (0, 1000),
    "population_covered_booklet": (1000, 1000), "population_without_booklet": (0, 200), "municipal_population": (1000, 1600),
}  # fmt: skip
COMMUNES = 60


def any_panel(seed: int, silence: float) -> Panel:
    """Sixty communes with figures from nothing at all to far too much, a share of them missing."""
    draw = np.random.default_rng(seed)
    codes = tuple(f"{at:02}" for at in range(COMMUNES))
    columns = {}
    for name, (low, high) in FIGURES.items():
        # Near the ends as often as between: what is absent, and what is calm, must meet.
        value = np.round(low + (high - low) * draw.beta(0.4, 0.8, COMMUNES))
        columns[name] = column(np.where(draw.random(COMMUNES) < silence, np.nan, value))
    return Panel(codes, (MONTH,), columns)


PANELS = st.builds(any_panel, st.integers(0, 10**6), st.sampled_from([0.0, 0.03, 0.2, 0.7]))


def results(panel: Panel) -> dict[str, pd.DataFrame]:
    """Every result, one row a commune."""
    frame = assess(panel, DEFINITIONS).frame([*(i.id for i in COUNTING), *SECTORS, *DEFINITIONS.faces, "ISP"])
    return {str(name): rows.set_index("commune_code") for name, rows in frame.groupby("indicator_id")}


@settings(max_examples=12, deadline=None)
@given(PANELS)
def test_no_service_and_no_face_looks_calm_over_an_indicator_that_breaks_down(panel):
    found = results(panel)
    for sector in DEFINITIONS.services:
        whole = [(sector.value, DEFINITIONS.counting(sector))]
        for name, members in whole + [(f"{sector.value}_{f.value}", DEFINITIONS.counting(sector, f)) for f in Face]:
            worst = pd.concat([found[i.id]["severity_class_low"].astype(float) for i in members], axis=1).max(axis=1)
            row = found[name]
            low, shown = row["severity_class_low"].astype(float), row["severity_class"].astype(float)
            assert (low[worst == 5] >= 3).all(), name
            assert (low[worst == 4] >= 2).all(), name
            assert not shown[worst == 5].isin([1, 2]).any(), name
            # It names what lifts it, or its load stands there by itself.
            settled = shown.notna() & (worst >= 4)
            named = (row["lifted_by"] != "") | (row["class_by_score"].astype(float) == shown)
            assert named[settled].all(), name


@settings(max_examples=12, deadline=None)
# A share counted by the census that nobody declares is half, by assumption: it is never missing.
@given(PANELS, st.sampled_from(sorted(set(FIGURES) - {"displaced_counted_in_census_pct"})))
def test_taking_a_figure_away_never_moves_a_class_only_widens_its_range(panel, lost):
    before = results(panel)
    after = results(panel.with_columns({lost: column(np.full(COMMUNES, np.nan))}))
    for name in [*SECTORS, *DEFINITIONS.faces, "ISP"]:
        full, poor = ((f[name][f"severity_class_{end}"].astype(float) for end in ("low", "high")) for f in (before, after))
        (least, most), (low, high) = full, poor
        known = least.notna() & low.notna()
        assert ((low <= least) & (most <= high))[known].all(), (name, lost)
        assert after[name]["severity_class"].isna()[low.isna()].all()


@settings(max_examples=12, deadline=None)
@given(PANELS)
def test_a_class_is_said_only_where_it_holds_at_both_ends(panel):
    found = results(panel)
    for name in [*SECTORS, *DEFINITIONS.faces, "ISP"]:
        row = found[name]
        settled, low, high = row["status"] == "assessed", row["severity_class_low"], row["severity_class_high"]
        assert (row["severity_class"][settled] == low[settled]).all()
        assert (low[settled] == high[settled]).all()
        assert row.loc[~settled, "severity_class"].isna().all()
        assert ((row["status"] == "partial") == (~settled & low.notna())).all()
        # A score without a class is that of the people of whom something was published: it lies between the ends. The index leaves
        # out a service without a score, whose own ends may lie beside the others.
        known = row[row["score"].notna() & (name != "ISP")]
        assert ((known["score_low"] - 1e-9 <= known["score"]) & (known["score"] <= known["score_high"] + 1e-9)).all()
