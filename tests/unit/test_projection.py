"""Month by month: carried forward, ageing, in order, conserving; who breaks first and when."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from analytics.assessment import assess
from analytics.assumptions import NormProfile
from analytics.bounds import BOUNDS
from analytics.first_breaks import first_breaks
from analytics.projection import extend, project, starting_range
from analytics.scenario import CapacityChange, Scenario, ScenarioError
from analytics.uncertainty import simulate
from data.loaders.today import load_library
from tests.territories import TAROUDANNT
from tests.unit.scenario_panels import CODES, SETTING, column, months, small_panel

DEFINITIONS = SETTING.definitions
WATCHED = ["EDU01", "HEA01", "CIV02"]


def test_the_empty_scenario_carries_the_last_observed_month():
    panel = small_panel(4, pupils_primary=[700.0, 800.0, 900.0])
    projection = project(panel, Scenario("nothing", horizon_months=7), SETTING)
    observed = assess(panel, DEFINITIONS)
    assert projection.months == months(7, "2025-07-01")
    for result in ("EDU01", "HEA02", "CIV02", "CIV03", "education", "ISP"):
        last = observed.results[result].score[3::4]
        np.testing.assert_array_equal(projection.table(result, "score"), np.repeat(last[:, None], 7, axis=1), result)


def test_each_commune_starts_from_its_own_last_figure_and_the_figure_ages():
    panel = small_panel(4)
    rooms = np.array([20.0, 20, 20, 20, 20, 18, np.nan, np.nan, 20, 20, 20, 20])
    ahead = extend(panel.with_columns({"classrooms_functional_primary": column(rooms)}), 3)["classrooms_functional_primary"]
    assert ahead.value.reshape(3, 3).tolist() == [[20] * 3, [18] * 3, [20] * 3]
    assert ahead.age_months.reshape(3, 3).tolist() == [[1, 2, 3], [3, 4, 5], [1, 2, 3]]
    assert (ahead.provenance == 4).all()


def test_what_was_never_observed_stays_missing_and_what_does_not_apply_still_does_not():
    panel = small_panel(2)
    never = column(np.full(6, np.nan))
    not_applicable = dataclasses.replace(never, status=np.full(6, 4, dtype=np.int8))
    ahead = extend(panel.with_columns({"doctors": never, "nurses": not_applicable}), 2)
    assert np.isnan(ahead["doctors"].value).all()
    assert ahead["nurses"].is_not_applicable().all()


def test_the_range_starts_from_the_interval_of_today():
    """Declared figures of the month are A; after a month they are still: the range ahead is the interval of today."""
    panel = small_panel(1)
    today = simulate(assess(panel, DEFINITIONS), DEFINITIONS)[panel.months[-1]]
    today = today.set_index(["indicator_id", "commune_code"])
    projection = project(panel, Scenario("nothing", horizon_months=2), SETTING)
    for result in ("EDU01", "HEA01", "HEA02", "CIV02"):
        for end in ("low", "high"):
            ahead = projection.table(result, "pressure", end)[:, 0]
            np.testing.assert_allclose(ahead, today.loc[result].loc[list(CODES), end], rtol=1e-4)
    for result in ("education", "ISP"):
        for end in ("low", "high"):
            ahead = projection.table(result, "score", end)[:, 0]
            np.testing.assert_allclose(ahead, today.loc[result].loc[list(CODES), end], atol=1e-3)


@pytest.mark.parametrize("name", load_library(TAROUDANNT))
def test_the_range_of_a_figure_never_narrows(name):
    """The ends against the centre, from today over every month ahead, whatever the scenario does."""
    panel = small_panel(4)
    today = simulate(assess(panel, DEFINITIONS), DEFINITIONS)[panel.months[-1]].set_index(["indicator_id", "commune_code"])
    projection = project(panel, load_library(TAROUDANNT)[name], SETTING)
    for result in WATCHED:
        now = today.loc[result].loc[list(CODES)]
        low, central, high = (projection.table(result, "pressure", b) for b in BOUNDS)
        width = np.column_stack([now["high"] / now["low"], high / low])
        assert (np.diff(width, axis=1) >= -1e-4 * width[:, 1:]).all(), result
        assert (np.diff(high / central, axis=1) >= -1e-9).all()
        assert (np.diff(low / central, axis=1) <= 1e-9).all()


def test_errors_of_several_communes_partly_cancel_in_their_total():
    panel = small_panel(4, pupils_primary=[900.0, 900.0, 900.0])
    projection = project(panel, Scenario("nothing", horizon_months=3), SETTING)
    everyone, one = np.ones(3, dtype=bool), np.array([True, False, False])
    low, central, high = (projection.total("EDU01", "gap_to_norm", everyone, b) for b in BOUNDS)
    alone = [projection.total("EDU01", "gap_to_norm", one, b) for b in BOUNDS]
    np.testing.assert_allclose(alone[2], projection.table("EDU01", "gap_to_norm", "high")[0])
    np.testing.assert_allclose(central, 3 * alone[1])
    assert ((high - central) < 2 * (alone[2] - alone[1])).all()
    assert (low <= central).all()
    hosted = [projection.displaced_total(everyone, b) for b in BOUNDS]
    assert (hosted[0] < hosted[1]).all()
    assert (hosted[1] < hosted[2]).all()


def test_a_starting_range_that_is_kept_gives_the_same_projection():
    panel, scenario = small_panel(4), load_library(TAROUDANNT)["staff_loss"]
    kept = starting_range(panel, DEFINITIONS)
    one, other = project(panel, scenario, SETTING), project(panel, scenario, SETTING, start=lambda _: kept)
    for bound in BOUNDS:
        np.testing.assert_array_equal(one.table("HEA02", "pressure", bound), other.table("HEA02", "pressure", bound))


@pytest.mark.parametrize("name", load_library(TAROUDANNT))
def test_low_central_and_high_are_in_order(name):
    projection = project(small_panel(4), load_library(TAROUDANNT)[name], SETTING)
    for result in WATCHED:
        for figure in ("pressure", "gap_to_norm"):
            low, central, high = (projection.table(result, figure, b) for b in BOUNDS)
            assert (low <= central + 1e-9).all(), result
            assert (central <= high + 1e-9).all(), result
    assert (projection.displaced("low") <= projection.displaced("high") + 1e-9).all()


def test_the_range_widens_with_the_months():
    projection = project(small_panel(4), Scenario("nothing", horizon_months=14), SETTING)
    width = projection.table("EDU01", "pressure", "high") - projection.table("EDU01", "pressure", "low")
    assert (np.diff(width, axis=1) >= -1e-12).all()
    assert width[0, 13] > 1.5 * width[0, 0]


def test_the_first_to_break_is_found_with_its_month():
    # 20 rooms x the norm seat 720 pupils and a few; half of them closed from month 3 on doubles the pressure.
    closed = CapacityChange(
        ("classrooms_functional_primary", "classrooms_functional_college", "classrooms_functional_lycee"),
        where=CODES[1],
        percent=-60,
        first_month=3,
    )
    panel = small_panel(4)
    projection = project(panel, Scenario("closed", horizon_months=6, capacity=(closed,)), SETTING)
    breaks = first_breaks(projection, WATCHED, assess(panel, DEFINITIONS))
    assert breaks["commune_code"].tolist() == [CODES[1]]
    row = breaks.iloc[0]
    assert row["indicator_id"] == "EDU01"
    assert row["month"] == projection.months[2] == pd.Timestamp("2025-09-01")
    assert row["earliest"] == row["month"]
    assert not row["is_broken_already"]
    assert row["pressure"] > 1.5


def test_who_is_broken_already_says_so():
    panel = small_panel(4, primary_care_facilities_functional=[0.0, 1.0, 1.0])
    breaks = first_breaks(project(panel, Scenario("nothing"), SETTING), WATCHED, assess(panel, DEFINITIONS))
    assert breaks["commune_code"].tolist() == [CODES[0]]
    assert breaks["is_broken_already"].tolist() == [True]
    assert np.isnan(breaks["pressure"]).all()
    assert breaks["status"].tolist() == ["no_service"]


def test_a_break_carries_its_value_in_days_where_the_class_follows_from_days():
    # 460 requests, 2 clerks x 20 days x the norm: whoever has 3,000 waiting waits 3,000 / (2 x norm) working days.
    panel = small_panel(4, registry_backlog=[30.0, 30.0, 3000.0], registry_full_acts=460.0, registry_extracts=0.0)
    norm = DEFINITIONS.norms["acts_per_agent_day"].values[0].value
    breaks = first_breaks(project(panel, Scenario("nothing"), SETTING), ["CIV03"], assess(panel, DEFINITIONS))
    assert breaks["commune_code"].tolist() == [CODES[2]]
    assert breaks["value"].tolist() == pytest.approx([3000 / (2 * norm)])
    assert breaks["status"].tolist() == ["assessed"]


def test_result_rows_carry_the_scenario():
    projection = project(small_panel(2), load_library(TAROUDANNT)["staff_loss"], SETTING)
    for bound in BOUNDS:
        assert set(projection.assessments[bound].frame(["EDU01", "ISP"])["scenario_id"]) == {"staff_loss"}


def test_the_norm_profile_of_a_scenario_is_assessed_with():
    norm = DEFINITIONS.norms["pupils_per_teacher"]
    planning = next(value for value in norm.values if value.profile is NormProfile.PLANNING)
    relaxed = dataclasses.replace(planning, value=70.0, profile=NormProfile.EMERGENCY)
    norms = DEFINITIONS.norms | {norm.id: dataclasses.replace(norm, values=(planning, relaxed))}
    setting = dataclasses.replace(SETTING, definitions=dataclasses.replace(DEFINITIONS, norms=norms))
    pressures = [
        project(small_panel(2), Scenario("x", horizon_months=1, profile=profile), setting).table("EDU02", "pressure")[0, 0]
        for profile in (None, NormProfile.EMERGENCY)
    ]
    assert pressures[1] == pytest.approx(pressures[0] * planning.value / 70)


def test_an_empty_horizon_is_refused():
    with pytest.raises(ScenarioError):
        project(small_panel(2), Scenario("x", horizon_months=0), SETTING)


def test_the_rows_of_a_month_ahead_are_those_of_that_month_alone():
    panel = small_panel(2, pupils_primary=[700.0, 800.0, 900.0])
    closed = CapacityChange(("classrooms_functional_primary",), percent=-50, first_month=2)
    projection = project(panel, Scenario("x", horizon_months=3, capacity=(closed,)), SETTING)
    # 20 rooms, and 10 from the second month on.
    for month, rooms in zip(projection.months, (20, 10, 10), strict=True):
        rows = projection.of_month("EDU01B", month)
        assert rows["commune_code"].tolist() == rows.index.tolist() == list(CODES)
        assert set(rows["reference_date"]) == {month}
        found = projection.of_month("EDU01", month)
        assert found["denominator"].tolist() == [rooms + 12 + 6] * 3
