"""What each step of a scenario does to the figures of communes that know less, and to days, worked by hand."""

import numpy as np
import pytest

from analytics.scenario import CapacityChange, PeopleChange, Scenario, ScenarioError
from analytics.scenario_application import DISPLACED_WITHIN, apply_scenario
from analytics.shock import Shock
from tests.unit.scenario_panels import CODES, SETTING, small_panel, table

FIRST = CODES[0]
NAN = np.nan


def changed(scenario, panel, bound="central"):
    return apply_scenario(panel, scenario, SETTING, bound)


@pytest.mark.parametrize("days", ["health_opening_days", "registry_opening_days"])
def test_days_are_those_of_each_commune_and_are_never_shared_out(days):
    panel = small_panel(2, **{days: [20.0, 8.0, 12.0]})
    for units, expected in ((2, [22, 10, 12]), (-5, [15, 3, 12]), (-8, [12, 0, 12])):
        after = changed(Scenario("x", capacity=(CapacityChange((days,), where="09.541.04", units=units),)), panel)
        assert table(after, days).T.tolist() == [expected] * 2
    # The commune that is open least has eight days: nine cannot be taken off.
    with pytest.raises(ScenarioError) as refused:
        changed(Scenario("x", capacity=(CapacityChange((days,), where="09.541.04", units=-9),)), panel)
    assert (refused.value.key, refused.value.values["nearest"]) == ("scenario_error.capacity_negative", -8)


@pytest.mark.parametrize(
    ("hosted", "pupils"), [([0.0, 400.0, NAN], [0.0, 40.0, 80.0]), ([0.0, 400.0, 400.0], [0.0, 40.0, NAN])]
)
def test_the_ratio_of_the_province_is_that_of_the_communes_that_know_both(hosted, pupils):
    # 40 of 400 in the one commune that knows both: 10 of the 100 who come to one that hosted nobody.
    panel = small_panel(displaced_persons=hosted, displaced_pupils_primary=pupils)
    after = changed(Scenario("come", people=(PeopleChange(where=FIRST, persons=100),)), panel)
    assert table(after, "displaced_pupils_primary")[0, 0] == pytest.approx(10)
    assert table(after, "pupils_primary")[0, 0] == pytest.approx(730)


@pytest.mark.taroudannt
def test_whoever_a_shock_displaces_is_there_in_its_month_and_returns_from_then_on_by_the_curve():
    shock = Shock(30.87, -8.38, 6.5, 12, month=2)
    stay, leave = (
        changed(Scenario("x", horizon_months=8, returns=returns, shock=shock), small_panel(8)) for returns in ("", "central")
    )
    hurt, left = table(stay, DISPLACED_WITHIN)[0], table(leave, DISPLACED_WITHIN)[0]
    assert hurt[0] == left[0] == 0
    # The shares of the method note after none, three and six months.
    assert left[[1, 4, 7]] / hurt[[1, 4, 7]] == pytest.approx([1, 0.93, 0.83], abs=0.008)
