"""What a scenario may ask for, up to its last feasible value on both sides."""

import pytest

from analytics.scenario import CapacityChange, PeopleChange, Scenario, ScenarioError, SeasonalFactor, check_scenario
from analytics.shock import Shock
from tests.unit.scenario_panels import SETTING

ROOMS = ("classrooms_functional_primary",)


def people(**asked):
    return Scenario("x", people=(PeopleChange(**{"percent": 1, **asked}),))


def capacity(**asked):
    return Scenario("x", capacity=(CapacityChange(ROOMS, **{"percent": 1, **asked}),))


def season(month=1, factor=1.0):
    return Scenario("x", season=(SeasonalFactor("registry_requests", ((month, factor),)),))


# A scenario runs for 12 months where it does not say otherwise.
BOUNDS = [
    (lambda asked: Scenario("x", horizon_months=asked), "horizon", 1, 36),
    (lambda asked: Scenario("x", probability=asked), "probability", 1, 5),
    (lambda asked: Scenario("x", impact=asked), "impact", 1, 5),
    (lambda asked: people(percent=asked), "people_percent", -100, None),
    (lambda asked: people(first_month=asked), "first_month", 1, 12),
    (lambda asked: capacity(percent=asked), "capacity_percent", -100, None),
    (lambda asked: capacity(first_month=asked), "first_month", 1, 12),
    (lambda asked: capacity(calendar_months=(asked,)), "calendar_month", 1, 12),
    (lambda asked: season(month=asked), "calendar_month", 1, 12),
    (lambda asked: season(factor=asked), "season_factor", 0.05, 10),
    (lambda asked: Scenario("x", shock=Shock(30.8, -8.3, 6.0, month=asked)), "first_month", 1, 12),
]


@pytest.mark.taroudannt
@pytest.mark.parametrize(("asking", "what", "least", "most"), BOUNDS)
def test_a_bound_may_be_asked_for_and_what_lies_beyond_it_is_refused_with_it(asking, what, least, most):
    step = 0.01 if isinstance(least, float) else 1
    for bound, beyond in ((least, -step), (most, step)):
        if bound is not None:
            check_scenario(asking(bound), SETTING)
            with pytest.raises(ScenarioError) as refused:
                check_scenario(asking(bound + beyond), SETTING)
            assert refused.value.key == f"scenario_error.{what}"
            assert refused.value.values["nearest"] == bound


def test_a_period_may_be_one_month_long_and_not_shorter():
    check_scenario(people(first_month=5, last_month=5), SETTING)
    with pytest.raises(ScenarioError) as refused:
        check_scenario(people(first_month=5, last_month=4), SETTING)
    assert refused.value.key == "scenario_error.empty_period"
