"""What must hold for any scenario: more displaced people never relieve a service, more capacity never burdens one."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.assessment import assess
from analytics.scenario import CapacityChange, PeopleChange, Scenario, capacity_variables
from analytics.scenario_application import apply_scenario
from tests.unit.scenario_panels import CODES, SETTING, small_panel

PRESSURES = [i.id for i in SETTING.definitions.indicators.values() if i.has_pressure]
# Health staff counted by head and by full-time equivalent are figures apart, and so are clerks and the days that they open.
CAPACITIES = capacity_variables(SETTING.definitions)
PANELS = st.fixed_dictionaries(
    {
        "displaced_persons": st.integers(0, 3000),
        "pupils_primary": st.integers(50, 3000),
        "displaced_pupils_primary": st.integers(0, 50),
        "classrooms_functional_primary": st.integers(1, 80),
        "registry_requests": st.integers(50, 3000),
        "displaced_registry_requests": st.integers(0, 50),
        "registry_backlog": st.integers(0, 500),
        "registry_agents_fte": st.integers(1, 12),
    }
)
PLACES = st.sampled_from(["all", "09.541.04", *CODES])


def pressures(panel):
    assessment = assess(panel, SETTING.definitions)
    return {i: assessment.results[i].figures["pressure"] for i in PRESSURES}


def assert_nowhere_less(more, less):
    for indicator in PRESSURES:
        assert not np.any(more[indicator] < less[indicator] - 1e-9), indicator


@settings(max_examples=25, deadline=None)
@given(figures=PANELS, where=PLACES, percent=st.integers(0, 300), persons=st.integers(0, 2000), first=st.integers(1, 4))
def test_more_displaced_people_never_lower_a_pressure(figures, where, percent, persons, first):
    panel = small_panel(4, **{k: float(v) for k, v in figures.items()})
    change = PeopleChange(where, percent=percent, persons=persons, first_month=first)
    after = apply_scenario(panel, Scenario("more", people=(change,)), SETTING)
    assert_nowhere_less(pressures(after), pressures(panel))


@settings(max_examples=25, deadline=None)
@given(
    figures=PANELS,
    where=PLACES,
    variable=st.sampled_from(CAPACITIES),
    percent=st.integers(0, 200),
    units=st.integers(0, 30),
)
def test_more_capacity_never_raises_a_pressure(figures, where, variable, percent, units):
    panel = small_panel(4, **{k: float(v) for k, v in figures.items()})
    change = CapacityChange((variable,), where, percent=percent, units=units)
    after = apply_scenario(panel, Scenario("more", capacity=(change,)), SETTING)
    assert_nowhere_less(pressures(panel), pressures(after))


@settings(max_examples=25, deadline=None)
@given(hosted=st.lists(st.integers(0, 2000), min_size=3, max_size=3), persons=st.integers(-200, 800), where=PLACES)
def test_nobody_is_lost_and_nobody_is_made_up(hosted, persons, where):
    panel = small_panel(2, displaced_persons=[float(h) for h in hosted])
    inside = [where in ("all", code, SETTING.group_of[code]) for code in CODES]
    there = sum(h for h, i in zip(hosted, inside, strict=True) if i)
    if there + persons < 0:
        return
    after = apply_scenario(panel, Scenario("x", people=(PeopleChange(where, persons=persons),)), SETTING)
    moved = after["displaced_persons"].value.reshape(3, 2)[:, 0] - np.array(hosted)
    assert moved.sum() == np.float64(persons) or abs(moved.sum() - persons) < 1e-6
    assert not moved[~np.array(inside)].any()
