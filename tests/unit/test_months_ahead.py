"""What is read from the months of a scenario, by hand: who breaks down first, displaced people, levels of alert ahead."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analytics.assessment import assess
from analytics.bounds import BOUNDS, CENTRAL, HIGH, LOW
from analytics.first_breaks import first_breaks
from analytics.model import Sector
from analytics.projection import Projection
from analytics.scenario import Scenario
from analytics.scenario_application import DISPLACED_WITHIN
from analytics.scenario_triggers import levels_ahead, levels_over
from analytics.shock_effects import ShockEffects
from data.loaders.today import load_trigger_rules
from tests.unit.scenario_panels import CODES, SETTING, column, months, small_panel

DEFINITIONS, RULES = SETTING.definitions, load_trigger_rules()
FIRST, SECOND, THIRD = CODES
AHEAD = "2025-04-01"
EVERYONE = np.ones(3, dtype=bool)
# Half of what 20 rooms of 33 seats hold, teachers and clerks enough: nothing is amiss.
CALM = {"pupils_primary": 330.0, "teachers_primary": 100.0, "teachers_college": 100.0, "teachers_lycee": 100.0,
        "registry_requests": 200.0, "registry_full_acts": 200.0, "registry_extracts": 0.0, "registry_backlog": 0.0}  # fmt: skip


def panel_of(count, first=AHEAD, **tables):
    """A calm panel; a table gives a row of months a commune."""
    panel = small_panel(count, first, **CALM)
    return panel.with_columns({name: column(np.ravel(table)) for name, table in tables.items()})


def projected(panels, shock=None):
    """A scenario whose bounds are these panels; one panel is all three."""
    found = {b: assess(panels[b] if isinstance(panels, dict) else panels, DEFINITIONS) for b in BOUNDS}
    return Projection(Scenario("by hand"), pd.Timestamp("2025-03-01"), found, found, shock)


def rooms(*by_commune):
    return {"classrooms_functional_primary": by_commune}


def test_who_breaks_down_comes_in_order_of_month_and_who_is_broken_already_last():
    # 330 pupils in 20 rooms of 33 are half of the norm, in six 1.67: class 5 above 1.5.
    same, never = [6.0] * 4, [20.0] * 4
    panels = {
        LOW: panel_of(4, **rooms(same, never, [20, 20, 6, 6])),
        CENTRAL: panel_of(4, **rooms(same, [20, 20, 20, 6], [20, 6, 6, 6])),
        HIGH: panel_of(4, **rooms(same, [20, 20, 6, 6], [6, 6, 6, 6])),
    }
    observed = assess(panel_of(1, "2025-03-01", **rooms([6.0], [20.0], [20.0])), DEFINITIONS)
    breaks = first_breaks(projected(panels), ["EDU01", "HEA01"], observed)
    assert breaks["commune_code"].tolist() == [THIRD, SECOND, FIRST]
    new, old = breaks[~breaks["is_broken_already"]], breaks[breaks["is_broken_already"]]
    assert (new["commune_code"].tolist(), old["commune_code"].tolist()) == ([THIRD, SECOND], [FIRST])
    april, may, june, july = months(4, AHEAD)
    assert breaks["month"].tolist() == [may, july, april]
    assert breaks["earliest"].tolist() == [april, june, april]
    assert breaks["latest"].tolist() == [june, pd.NaT, april]
    assert breaks["pressure"].tolist() == pytest.approx([330 / (6 * 33)] * 3)


def test_what_was_broken_and_is_mended_before_the_horizon_is_not_what_stands_for_a_commune():
    # No facility in March, one from April on; the rooms break down in May.
    observed = assess(panel_of(1, "2025-03-01", primary_care_facilities_functional=[0.0, 1.0, 1.0]), DEFINITIONS)
    ahead = panel_of(3, **rooms([20, 6, 6], [20] * 3, [20] * 3))
    breaks = first_breaks(projected(ahead), ["HEA01", "EDU01"], observed)
    assert breaks[["commune_code", "indicator_id"]].to_numpy().tolist() == [[FIRST, "EDU01"]]
    assert breaks[~breaks["is_broken_already"]]["month"].tolist() == [months(3, AHEAD)[1]]


def test_displaced_people_are_those_hosted_and_those_of_whom_it_is_known_that_they_left_their_home():
    ahead = panel_of(2, **{DISPLACED_WITHIN: [[np.nan, 30], [0, 0], [np.nan, np.nan]]})
    projection = projected(ahead)
    assert projection.displaced().tolist() == [[400, 430], [400, 400], [400, 400]]
    assert projection.displaced_total(EVERYONE).tolist() == [1200, 1230]
    assert projected(panel_of(2)).displaced_total(EVERYONE).tolist() == [1200, 1200]


def struck(expected, low, high, draws):
    nothing = np.zeros(3)
    by_bound = {LOW: np.array(low), CENTRAL: np.array(expected), HIGH: np.array(high)}
    return ShockEffects(CODES, nothing, nothing, {}, by_bound, by_bound, (0.0, 1.0), lambda: np.array(draws))


def test_people_whom_a_shock_displaces_are_totalled_by_its_draws_and_not_by_the_ends_of_each_place():
    # Of three draws the totals are 150, 300 and 450; the ends of both places add up to 30 and 600. Nobody before May.
    shock = struck([100, 200, 0], [10, 20, 0], [200, 400, 0], [[50, 100, 150], [100, 200, 300], [0, 0, 0]])
    panels = {b: panel_of(2, **{DISPLACED_WITHIN: [[0, at] for at in shock.displaced[b]]}) for b in BOUNDS}
    projection = projected(panels, shock)
    assert [projection.displaced_total(EVERYONE, b).tolist() for b in BOUNDS] == [[1200, 1350], [1200, 1500], [1200, 1650]]
    # Draws of the first alone: 50, its 100 expected, 150; the third commune has nobody displaced within it.
    first, third = np.array([True, False, False]), np.array([False, False, True])
    assert [projection.displaced_total(first, b)[1] for b in BOUNDS] == pytest.approx([450, 500, 550])
    assert projection.displaced_total(third).tolist() == [400, 400]


def pupils(*by_commune):
    """Primary pupils from pressures: 660 are 1.0."""
    return {"pupils_primary": 660 * np.array(by_commune, dtype=float)}


def ahead_of_spring():
    """Two months above 1.2 in the first commune, one above 0.9 in the second, files that wait in the third."""
    calm = [0.5] * 4
    waiting = {"registry_backlog": [[0] * 4, [0] * 4, [0, 0, 0, 100.0]]}
    observed = assess(panel_of(2, "2025-02-01", **pupils(*[[0.5] * 2] * 3)), DEFINITIONS)
    return observed, projected(panel_of(4, **pupils([0.5, 1.4, 1.3, 0.5], [0.5, 0.5, 0.5, 0.95], calm), **waiting))


def test_levels_ahead_name_the_month_the_indicator_and_the_heaviest_figure_of_each_service_that_rises():
    june, july = months(4, AHEAD)[2:]
    rows = levels_ahead(*ahead_of_spring(), DEFINITIONS, RULES)
    named = ["commune_code", "sector", "rank", "rank_now", "month", "indicator"]
    # Two clerks finish 24 acts a day: 100 files are 4.2 days, above the three of a watch.
    assert rows[named].to_numpy().tolist() == [
        [FIRST, "education", 3, 0, june, "EDU01"],
        [SECOND, "education", 1, 0, july, "EDU01"],
        [THIRD, "civil_registry", 1, 0, july, "CIV03"],
    ]
    assert rows["pressure"].tolist()[:2] == pytest.approx([1.4, 0.95])
    assert rows["days_waiting"].isna().tolist() == [True, True, False]
    assert rows["days_waiting"].iloc[2] == pytest.approx(100 / 24)
    assert not rows["is_held"].any()


@pytest.mark.parametrize("count", [3, 4])
def test_the_heaviest_level_has_its_month_however_many_levels_there_are(count):
    # With three levels an alert is the heaviest.
    raising = {k: replace(r, thresholds=r.thresholds and r.thresholds[:count]) for k, r in RULES.indicators.items()}
    rules = replace(RULES, levels=RULES.levels[:count], indicators=raising)
    rows = levels_ahead(*ahead_of_spring(), DEFINITIONS, rules)
    assert rows["rank"].tolist() == [3, 1, 1]
    assert rows["month"].tolist() == [months(4, AHEAD)[at] for at in (2, 3, 3)]


def test_a_figure_that_is_missing_hides_no_level_that_another_raises_and_leaves_none_unknown():
    # Teachers of the first and the second commune are not known; the first has 1.3 pupils a seat.
    teachers = [[np.nan] * 2, [np.nan] * 2, [100.0] * 2]
    unknown = {f"teachers_{cycle}": teachers for cycle in ("primary", "college", "lycee")}
    found = levels_over(
        [assess(panel_of(2, **pupils([1.3] * 2, [0.5] * 2, [0.5] * 2), **unknown), DEFINITIONS)],
        Sector.EDUCATION, DEFINITIONS, RULES,
    )  # fmt: skip
    assert found.level.tolist() == [[1, 3], [0, 0], [0, 0]]
    assert found.is_held.tolist() == [[False] * 2, [True] * 2, [False] * 2]
    assert found.is_unknown.tolist() == [[False] * 2, [True] * 2, [False] * 2]
    assert found.indicators[found.given_by[0, 1]] == "EDU01"
