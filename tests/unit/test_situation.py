"""What gaps rest on: a scenario that changes nothing misses what is missing today, one that does misses that much more."""

import numpy as np
import pytest

from analytics.assessment import assess
from analytics.assumptions import DEFAULTS, NormProfile
from analytics.projection import project
from analytics.resource_gap import build_gap_table
from analytics.scenario import CapacityChange, Scenario
from analytics.situation import observed_situation, scenario_situation
from data.loaders.today import load_means
from tests.unit.scenario_panels import CODES, SETTING, small_panel

MEANS = load_means()


def gaps(basis):
    rows = build_gap_table(
        basis.assessment, SETTING.definitions, MEANS, basis.month, months_charged=12, assumptions=basis.assumptions
    )
    return rows.set_index(["commune_code", "need_id", "resource_id"])


def ahead(scenario, month):
    return scenario_situation(project(small_panel(4), scenario, SETTING), month, DEFAULTS)


def test_a_scenario_that_changes_nothing_misses_what_the_last_observed_month_misses():
    panel = small_panel(4)
    today = gaps(observed_situation(assess(panel, SETTING.definitions), panel.months[-1], DEFAULTS))
    then = gaps(ahead(Scenario("nothing"), 12))
    for column in ("demand", "carried", "missing_units", "resource_units", "cost_central_mad"):
        np.testing.assert_allclose(then[column].to_numpy(), today[column].to_numpy(), equal_nan=True)
    assert set(then["provenance"]) - {""} == {"estimate"}


def test_rooms_closed_in_a_scenario_are_missing_from_their_month_on():
    closed = CapacityChange(("classrooms_functional_primary",), where=CODES[0], units=-5, first_month=3)
    before, after = (gaps(ahead(Scenario("closed", capacity=(closed,)), month)) for month in (2, 3))
    place = (CODES[0], "classrooms_primary", "modular_classroom")
    # 20 rooms for 720 pupils at 33 a room: 60 pupils or two rooms are missing, then the five that closed besides.
    assert before.loc[place, "missing_units"] == 2
    assert after.loc[place, "missing_units"] == 7
    elsewhere = after.index.get_level_values("commune_code") != CODES[0]
    np.testing.assert_array_equal(after.loc[elsewhere, "gap"].to_numpy(), before.loc[elsewhere, "gap"].to_numpy())


def test_the_norm_profile_of_the_scenario_is_that_of_its_gaps():
    basis = ahead(Scenario("emergency", profile=NormProfile.EMERGENCY), 1)
    assert basis.assumptions.profile is NormProfile.EMERGENCY
    assert basis.scenario.id == basis.assessment.scenario_id == "emergency"


@pytest.mark.parametrize("month", [0, 13])
def test_a_month_outside_the_horizon_is_refused(month):
    with pytest.raises(ValueError, match="outside a horizon of 12"):
        ahead(Scenario("nothing", horizon_months=12), month)
