"""Scenarios as changes to a baseline: hand-worked cases, conservation, refusals with the nearest feasible choice."""

import dataclasses

import numpy as np
import pytest

from analytics.assessment import assess
from analytics.bounds import BOUNDS
from analytics.displacement import fitted_scale
from analytics.scenario import (
    CapacityChange,
    PeopleChange,
    Scenario,
    ScenarioError,
    SeasonalFactor,
    capacity_variables,
)
from analytics.scenario_application import DISPLACED_WITHIN, apply_scenario
from analytics.scenario_people import stay_curves
from analytics.shock import Shock
from data.loaders.today import load_displacement_presets, load_variables
from tests.unit.scenario_panels import CODES, SETTING, small_panel, table

FIRST, SECOND, THIRD = CODES


def changed(scenario: Scenario, panel=None, bound="central"):
    return apply_scenario(panel or small_panel(), scenario, SETTING, bound)


@pytest.mark.parametrize(
    ("preset", "shares"),
    [
        ("rapid", [0.94, 0.78, 0.36, 0.10, 0.01, 0.00]),
        ("central", [0.93, 0.83, 0.58, 0.37, 0.21, 0.06]),
        ("protracted", [0.79, 0.69, 0.54, 0.44, 0.37, 0.27]),
    ],
)
def test_the_presets_give_the_shares_of_the_method_note(preset, shares):
    left = load_displacement_presets()[preset].share_left(np.array([3.0, 6, 12, 18, 24, 36]))
    assert left == pytest.approx(shares, abs=0.008)


def test_the_survival_curve_is_fitted_by_hand():
    # 20,000 people become 5,000 in 12 months with shape 1.5: scale = 12 / (ln 4)^(2/3) = 9.652.
    assert fitted_scale(20_000, 5_000, 12, 1.5) == pytest.approx(12 / np.log(4) ** (2 / 3))


def test_people_displaced_for_a_year_leave_by_what_is_left_of_the_curve():
    # Central: S(18)/S(12) = .3679/.5803 = .634.
    curves = stay_curves(SETTING, "central", 12.0, np.array([6.0]))
    assert curves["central"][0] == pytest.approx(np.exp(-1) / np.exp(-((12 / 18) ** 1.5)))
    assert curves["low"][0] <= curves["central"][0] <= curves["high"][0]


def test_the_empty_scenario_is_the_baseline_exactly():
    panel = small_panel()
    same = changed(Scenario("nothing"), panel)
    assert same is panel
    again = assess(same, SETTING.definitions).frame()
    assert again.equals(assess(panel, SETTING.definitions).frame())


def test_what_depends_on_displaced_people_moves_with_them_at_todays_ratio():
    panel = changed(Scenario("more", people=(PeopleChange(percent=50),)))
    # 400 becomes 600; 40 of 400 are primary pupils, so that 20 more come: 60 displaced of 740.
    assert table(panel, "displaced_persons")[0, 0] == 600
    assert table(panel, "displaced_pupils_primary")[0, 0] == pytest.approx(60)
    assert table(panel, "pupils_primary")[0, 0] == pytest.approx(740)
    assert table(panel, "displaced_outpatient_visits")[0, 0] == pytest.approx(120)
    assert table(panel, "outpatient_visits")[0, 0] == pytest.approx(840)
    assert table(panel, "registry_requests")[0, 0] == pytest.approx(480)


def test_arrivals_are_shared_out_and_none_is_lost():
    panel = small_panel(displaced_persons=[300.0, 100.0, 50.0])
    after = changed(Scenario("come", people=(PeopleChange(where="09.541.04", persons=200, first_month=3),)), panel)
    hosted = table(after, "displaced_persons")
    assert hosted[:, 1] == pytest.approx([300, 100, 50])
    assert hosted[:, 2] == pytest.approx([450, 150, 50])
    assert hosted[:, 2].sum() - hosted[:, 1].sum() == pytest.approx(200)


def test_a_commune_that_hosted_nobody_takes_the_ratio_of_the_province():
    panel = small_panel(displaced_persons=[0.0, 400.0, 400.0], displaced_pupils_primary=[0.0, 40.0, 80.0])
    after = changed(Scenario("come", people=(PeopleChange(where=FIRST, persons=100),)), panel)
    # 120 pupils of 800 displaced persons: 15 of the 100 who come.
    assert table(after, "displaced_pupils_primary")[0, 0] == pytest.approx(15)
    assert table(after, "pupils_primary")[0, 0] == pytest.approx(735)


@pytest.mark.parametrize("persons", [1, 400])
def test_who_arrives_after_the_census_was_not_counted_by_it(persons):
    panel = small_panel(displaced_counted_in_census_pct=100.0)
    after = changed(Scenario("come", people=(PeopleChange(where=FIRST, persons=persons),)), panel)
    served = assess(after, SETTING.definitions).panel["population_served"].value.reshape(3, -1)[0, 0]
    assert served == pytest.approx(6000 + persons)


def test_missing_stays_missing():
    panel = small_panel(displaced_persons=[np.nan, 400.0, 400.0], classrooms_functional_primary=[np.nan, 20.0, 20.0])
    scenario = Scenario("more", people=(PeopleChange(percent=50),), capacity=(CapacityChange(capacities(), percent=-10),))
    after = changed(scenario, panel)
    assert np.isnan(table(after, "displaced_persons")[0]).all()
    assert np.isnan(table(after, "classrooms_functional_primary")[0]).all()
    assert table(after, "pupils_primary")[0, 0] == 720


def capacities():
    return ("classrooms_functional_primary",)


def test_rooms_close_in_the_months_named_only():
    panel = small_panel(8, first="2025-06-01")
    after = changed(Scenario("flood", capacity=(CapacityChange(capacities(), percent=-25, calendar_months=(8, 9)),)), panel)
    assert table(after, "classrooms_functional_primary")[0].tolist() == [20, 20, 15, 15, 20, 20, 20, 20]


def test_units_are_shared_out_by_what_is_there():
    panel = small_panel(classrooms_functional_primary=[10.0, 30.0, 20.0])
    less = changed(Scenario("less", capacity=(CapacityChange(capacities(), where="09.541.04", units=-8),)), panel)
    assert table(less, "classrooms_functional_primary")[:, 0] == pytest.approx([8, 24, 20])
    more = changed(Scenario("more", capacity=(CapacityChange(capacities(), where=FIRST, units=5),)), panel)
    assert table(more, "classrooms_functional_primary")[:, 0] == pytest.approx([15, 30, 20])


def test_units_that_come_go_by_the_first_month_and_units_that_go_by_each():
    panel = small_panel(4, first="2025-09-01", classrooms_functional_primary=[10.0, 30.0, 20.0])
    closed = CapacityChange(capacities(), where=FIRST, percent=-50, first_month=3)
    less, more = (
        table(
            changed(Scenario("x", capacity=(closed, CapacityChange(capacities(), where="09.541.04", units=units))), panel),
            *capacities(),
        )
        for units in (-7, 8)
    )
    # 5 and 30 are left in the third month: 7 of 35 go, a fifth of each; 8 that come are shared as 10 and 30 in every month.
    assert less[:2, 2] == pytest.approx([4, 24])
    assert more[:2, 2] == pytest.approx([7, 36])


def test_a_season_counts_against_that_of_the_last_observed_month():
    # The last observed month is August, the first of the horizon September.
    panel = small_panel(3, first="2025-09-01")
    season = (SeasonalFactor("registry_requests", ((8, 1.2), (9, 1.8))),)
    requests = table(changed(Scenario("year", season=season), panel), "registry_requests")[0]
    assert requests == pytest.approx([460 * 1.5, 460 / 1.2, 460 / 1.2])


# 12 a clerk and day.
ACTS_ALONE = {"registry_full_acts": 460.0, "registry_extracts": 0.0}


def test_requests_that_clerks_cannot_serve_join_the_backlog():
    # 2 clerks x 20 days x 12 = 480 serve 460 requests; with half the clerks 240 do, and 220 more wait each month, beyond
    # the 20 that are spared today and keep the backlog at 30.
    panel = small_panel(3, **ACTS_ALONE)
    after = changed(Scenario("staff", capacity=(CapacityChange(("registry_agents_fte",), percent=-50),)), panel)
    assert table(after, "registry_backlog")[0] == pytest.approx([30 + 240, 30 + 480, 30 + 720])


def test_a_season_lets_the_backlog_live():
    # 480 a month are served. In August, a month of 1.2, 576 come: 480 in an ordinary month, which leaves nothing over.
    # September at 1.8 brings 864 and leaves 384; October at 1.0 brings 480 and changes nothing; November at 0.5 clears 240.
    panel = small_panel(3, first="2025-09-01", registry_requests=576.0, displaced_registry_requests=0.0, **ACTS_ALONE)
    season = (SeasonalFactor("registry_requests", ((8, 1.2), (9, 1.8), (11, 0.5))),)
    backlog = table(changed(Scenario("year", season=season), panel), "registry_backlog")[0]
    assert backlog == pytest.approx([30 + 384, 30 + 384, 30 + 384 - 240])


@pytest.mark.taroudannt
def test_a_shock_closes_buildings_and_counts_nobody_twice():
    shock = Scenario("shock", horizon_months=6, shock=Shock(30.87, -8.38, 6.5, 12, month=3))
    before, after = small_panel(), changed(shock)
    rooms, hurt = table(after, "classrooms_functional_primary"), table(after, DISPLACED_WITHIN)
    assert (rooms[:, :2] == 20).all()
    assert rooms[0, 2] < rooms[2, 2] < 20
    assert (hurt[:, :2] == 0).all()
    assert hurt[0, 2] > hurt[2, 2] > 0
    assert (table(after, "displaced_persons") == table(before, "displaced_persons")).all()
    served = [assess(p, SETTING.definitions).panel["population_served"].value for p in (before, after)]
    assert (served[0] == served[1]).all()


def test_what_a_scenario_changes_is_an_estimate_and_the_rest_is_untouched():
    before = small_panel()
    after = changed(Scenario("more", people=(PeopleChange(where=FIRST, percent=50),)), before)
    hosted = after["displaced_persons"]
    assert hosted.provenance.reshape(3, -1)[:, 0].tolist() == [4, 2, 2]
    assert after["classrooms_functional_primary"] is before["classrooms_functional_primary"]


@pytest.mark.taroudannt
@pytest.mark.parametrize(
    ("scenario", "key", "nearest"),
    [
        (Scenario("x", horizon_months=0), "scenario_error.horizon", 1),
        (Scenario("x", horizon_months=60), "scenario_error.horizon", 36),
        (Scenario("x", probability=6), "scenario_error.probability", 5),
        (Scenario("x", impact=0), "scenario_error.impact", 1),
        (Scenario("x", returns="slow"), "scenario_error.returns_unknown", ""),
        (Scenario("x", people=(PeopleChange(percent=-120),)), "scenario_error.people_percent", -100),
        (Scenario("x", people=(PeopleChange(where=FIRST, persons=-401),)), "scenario_error.people_negative", -400),
        (Scenario("x", people=(PeopleChange(where="mars", percent=1),)), "scenario_error.place_unknown", "all"),
        (Scenario("x", people=(PeopleChange(first_month=13, percent=1),)), "scenario_error.first_month", 12),
        (
            Scenario("x", people=(PeopleChange(first_month=5, last_month=2, percent=1),)),
            "scenario_error.empty_period",
            5,
        ),
        (
            Scenario("x", capacity=(CapacityChange(capacities(), where=FIRST, units=-21),)),
            "scenario_error.capacity_negative",
            -20,
        ),
        (Scenario("x", capacity=(CapacityChange(capacities(), percent=-101),)), "scenario_error.capacity_percent", -100),
        (Scenario("x", capacity=(CapacityChange(("beds",), percent=-1),)), "scenario_error.variable_unknown", None),
        (
            Scenario("x", capacity=(CapacityChange(capacities(), percent=-1, calendar_months=(13,)),)),
            "scenario_error.calendar_month",
            12,
        ),
        (
            Scenario("x", season=(SeasonalFactor("registry_requests", ((1, -2.0),)),)),
            "scenario_error.season_factor",
            0.05,
        ),
        (Scenario("x", shock=Shock(48.8, -8.3, 6.0)), "scenario_error.shock_latitude", 32.0),
        (Scenario("x", shock=Shock(30.8, -8.3, 9.9)), "scenario_error.shock_magnitude", 7.9),
    ],
)
def test_what_cannot_be_is_refused_with_the_nearest_feasible_choice(scenario, key, nearest):
    with pytest.raises(ScenarioError) as refused:
        changed(scenario)
    assert refused.value.key == key
    assert nearest is None or refused.value.values["nearest"] == nearest


def test_the_nearest_feasible_choice_is_feasible():
    asked = CapacityChange(capacities(), where="09.541.04", units=-41)
    with pytest.raises(ScenarioError) as refused:
        changed(Scenario("x", capacity=(asked,)))
    possible = dataclasses.replace(asked, units=refused.value.values["nearest"])
    rooms = table(changed(Scenario("x", capacity=(possible,))), "classrooms_functional_primary")
    assert rooms[:, 0].tolist() == [0, 0, 20]


def test_two_changes_that_empty_the_same_rooms_twice_are_refused():
    closed = CapacityChange(capacities(), where=FIRST, units=-15)
    with pytest.raises(ScenarioError):
        changed(Scenario("x", capacity=(closed, closed)))


def test_capacities_that_may_change_are_variables_of_the_catalogue():
    assert set(capacity_variables(SETTING.definitions)) <= set(load_variables())


@pytest.mark.taroudannt
def test_the_bounds_are_in_order():
    scenario = Scenario("trend", returns="central", shock=Shock(30.87, -8.38, 6.5, 12))
    hosted = [table(changed(scenario, bound=b), "displaced_persons") for b in BOUNDS]
    rooms = [table(changed(scenario, bound=b), "classrooms_functional_primary") for b in BOUNDS]
    assert (hosted[0] <= hosted[1]).all()
    assert (hosted[1] <= hosted[2]).all()
    assert (rooms[0] >= rooms[1]).all()
    assert (rooms[1] >= rooms[2]).all()


def test_a_scenario_that_says_no_more_runs_over_a_year_at_the_middle_of_both_scales():
    said = Scenario("x")
    assert (said.horizon_months, said.probability, said.impact) == (12, 3, 3)
