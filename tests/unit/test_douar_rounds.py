"""Rounds over douars serve the most people that teams, days and reach allow: small cases counted out by hand or by trying all."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.allocation_problem import InfeasibleError
from analytics.allocation_program import Effort
from analytics.douar_rounds import Team, plan_rounds
from analytics.rounds_by_part import share_teams

EXACT = Effort(nodes=10_000, gap=0.0)


def plan(people, places, bases, units, team):
    """Douars and bases on a line, in km."""
    places, bases = np.array(places, dtype=float), np.array(bases, dtype=float)
    between = np.abs(places[:, None] - places[None, :])
    return plan_rounds(np.array(people, dtype=float), np.abs(bases[:, None] - places[None, :]), between, units, team, EXACT)


def test_two_stops_serve_four_douars_three_kilometres_apart_and_leave_the_one_beyond_reach():
    # Stops at 2 and 11 reach 0–4 and 9–13; the douar at 90 is beyond the 50 km of a drive.
    found = plan([100, 80, 60, 40, 500], [1, 3, 10, 12, 90], [0], 1, Team(2, 50, 2, 1000))
    assert found.served.tolist() == [100, 80, 60, 40, 0]
    assert found.table()[["douars", "people"]].to_numpy().tolist() == [[2, 180], [2, 100]]
    assert found.teams.tolist() == [1]
    assert found.gap == 0


def test_a_stop_serves_no_more_than_a_day_allows():
    found = plan([100, 80], [1, 2], [0], 1, Team(1, 50, 2, 120))
    assert found.served.sum() == pytest.approx(120)


def test_a_team_is_based_where_most_people_are():
    found = plan([300, 50, 50], [100, 0, 1], [0, 101], 1, Team(1, 10, 2, 1000))
    assert found.teams.tolist() == [0, 1]
    assert found.base_of_stop.tolist() == [1, -1, -1]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 300), st.integers(0, 40)), min_size=2, max_size=6),
    st.integers(1, 3),
    st.integers(0, 6),
)
def test_no_choice_of_stops_serves_more(douars, stops, walk):
    people, places = zip(*douars, strict=True)
    best = max(
        sum(p for p, at in douars if min(abs(at - places[s]) for s in chosen) <= walk)
        for size in range(1, stops + 1)
        for chosen in combinations(range(len(douars)), min(size, len(douars)))
    )
    found = plan(people, places, [20], 1, Team(stops, 100, walk, 1e6))
    assert found.served.sum() == pytest.approx(best)
    assert (found.base_of_stop >= 0).sum() <= stops


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"units": 0}, "no_unit"),
        ({"units": -1}, "no_unit"),
        ({"team": Team(0, 50, 2, 100)}, "no_reach"),
        ({"team": Team(-1, 50, 2, 100)}, "no_reach"),
        ({"team": Team(5, 50, 2, 0)}, "no_reach"),
        ({"team": Team(5, 50, 2, -100)}, "no_reach"),
        ({"people": [0, 0]}, "nobody_to_serve"),
        ({"team": Team(5, 1, 2, 100)}, "nobody_to_serve"),
    ],
)
def test_what_cannot_be_planned_says_why(asked, reason):
    arguments = {"people": [10, 20], "places": [5, 6], "bases": [0], "units": 1, "team": Team(5, 50, 2, 100), **asked}
    with pytest.raises(InfeasibleError) as refused:
        plan(**arguments)
    assert refused.value.reason == reason


def line(people, places, bases):
    places, bases = np.array(places, dtype=float), np.array(bases, dtype=float)
    return np.array(people, dtype=float), np.abs(bases[:, None] - places[None, :]), np.abs(places[:, None] - places[None, :])


def test_teams_go_one_by_one_to_the_part_where_one_more_serves_most():
    # One stop a team, nobody walks: 500 and 100 in the first part, 300 and 200 in the second; three teams see 500, 300 and 200.
    whole = line([500, 100, 300, 200, 900], [0, 9, 50, 59, 999], [5, 55])
    found = share_teams(*whole, [np.array([0, 1]), np.array([2, 3]), np.array([4])], 3, Team(1, 10, 0, 1000), EXACT)
    assert found.teams_of_part == (1, 2, 0)
    assert found.rounds.served.tolist() == [500, 0, 300, 200, 0]
    assert found.rounds.stop_of_douar.tolist() == [0, -1, 2, 3, -1]
    assert found.rounds.teams.tolist() == [1, 2]
    assert found.rounds.gap == 0
    # No more teams than there is somebody to see.
    assert sum(share_teams(*whole, [np.arange(5)], 9, Team(1, 10, 0, 1000), EXACT).teams_of_part) == 4


@settings(max_examples=8, deadline=None)
@given(st.lists(st.lists(st.integers(1, 300), min_size=1, max_size=4), min_size=1, max_size=3), st.integers(1, 4))
def test_parts_out_of_each_others_reach_lose_nothing_by_being_planned_apart(people, units):
    # Douars nobody walks between, one stop a team: what one more serves never rises, so that one by one is the best.
    places = [100 * part + at for part, own in enumerate(people) for at in range(len(own))]
    whole = line([p for own in people for p in own], places, [100 * part for part in range(len(people))])
    parts = [np.flatnonzero(np.array(places) // 100 == part) for part in range(len(people))]
    team = Team(1, 10, 0, 1000)
    apart, at_once = share_teams(*whole, parts, units, team, EXACT), plan_rounds(*whole, units, team, EXACT)
    assert apart.rounds.served.sum() == pytest.approx(at_once.served.sum())


def test_no_team_stops_where_nobody_is_to_be_served():
    # From the empty douar between them both others could be walked to; only douars with somebody are stops.
    found = plan([100, 0, 80], [0, 2, 4], [0], 1, Team(1, 50, 2, 1000))
    assert found.served.tolist() == [100, 0, 0]
    assert found.base_of_stop.tolist() == [0, -1, -1]
    assert found.stop_of_douar.tolist() == [0, -1, -1]
