"""Mobile units: as good as every placing on small cases, limits held, bad input refused."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from analytics.allocation_problem import InfeasibleError
from analytics.allocation_program import Effort
from analytics.mobile_units import people_by_weekly_day, place_units, visits_a_week

CODES = ("a", "b", "c", "d")
# On a line, ten kilometres apart.
DISTANCES = np.abs(np.subtract.outer(np.arange(4), np.arange(4))) * 10.0
EXACT = Effort(nodes=100_000, gap=0.0)


def best_of_all(demand, units, radius, days, per_day):
    """Every base of every unit, every week of each unit."""
    best = 0.0
    for bases in itertools.combinations_with_replacement(range(4), units):
        weeks = [list(itertools.combinations_with_replacement(np.flatnonzero(DISTANCES[b] <= radius), days)) for b in bases]
        for plan in itertools.product(*weeks):
            visits = np.bincount(np.concatenate([np.array(week) for week in plan]), minlength=4)
            best = max(best, float(np.minimum(demand, per_day * visits).sum()))
    return best


@pytest.mark.parametrize(("units", "radius", "days"), [(1, 10, 2), (2, 10, 2), (1, 0, 3), (2, 20, 1)])
def test_as_many_people_are_served_as_by_the_best_of_all_rounds(units, radius, days):
    demand = np.array([90.0, 250.0, 40.0, 130.0])
    found = place_units(CODES, demand, DISTANCES, units, radius, days, 100.0, EXACT)
    assert found.served.sum() == pytest.approx(best_of_all(demand, units, radius, days, 100.0))
    assert found.gap == pytest.approx(0, abs=1e-9)


def test_a_round_keeps_within_its_days_its_reach_and_its_units():
    demand = np.array([900.0, 900.0, 900.0, 900.0])
    found = place_units(CODES, demand, DISTANCES, 3, 10, 4, 100.0)
    table = found.table()
    assert found.bases.sum() <= 3
    assert (
        table.groupby("base")["days_per_week"].sum()
        <= 4 * np.array([found.bases[CODES.index(b)] for b in sorted(set(table["base"]))])
    ).all()
    assert all(DISTANCES[CODES.index(r.base), CODES.index(r.commune_code)] <= 10 for r in table.itertuples())


def test_an_unknown_commune_is_not_visited_and_not_counted():
    found = place_units(CODES, np.array([np.nan, 50.0, np.nan, 0.0]), DISTANCES, 2, 30, 5, 100.0)
    assert set(found.table()["commune_code"]) == {"b"}
    assert found.served.sum() == 50


def test_the_order_of_communes_does_not_matter():
    demand = np.array([90.0, 250.0, 40.0, 130.0])
    order = [2, 0, 3, 1]
    first = place_units(CODES, demand, DISTANCES, 2, 10, 2, 100.0)
    mixed = place_units(tuple(CODES[i] for i in order), demand[order], DISTANCES[np.ix_(order, order)], 2, 10, 2, 100.0)
    assert np.array_equal(mixed.served, first.served[order])
    assert np.array_equal(mixed.bases, first.bases[order])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"units": 0}, "no_unit"),
        ({"units": -1}, "no_unit"),
        ({"days_per_week": 0}, "week_outside"),
        ({"days_per_week": 8}, "week_outside"),
        ({"radius_km": -1}, "no_reach"),
        ({"served_per_day": 0}, "no_reach"),
        ({"served_per_day": -1}, "no_reach"),
        ({"demand": np.full(4, np.nan)}, "nobody_to_serve"),
    ],
)
def test_what_cannot_be_planned_is_refused(change, reason):
    asked = {"demand": np.ones(4), "units": 1, "radius_km": 10, "days_per_week": 5, "served_per_day": 100} | change
    with pytest.raises(InfeasibleError) as refused:
        place_units(CODES, distances_km=DISTANCES, **asked)
    assert refused.value.reason == reason


def test_how_far_rounds_may_be_from_the_best_is_a_share_of_who_is_served():
    rounds = place_units(CODES, np.array([100.0, 0.0, 0.0, 0.0]), DISTANCES, 1, 0, 1, 100.0, EXACT)
    assert replace(rounds, bound=120.0).gap == pytest.approx(0.2)
    assert replace(rounds, bound=99.0).gap == 0


def test_a_day_a_week_serves_whom_its_visits_of_a_year_are_enough_for():
    # 30 visits on 52 days of the year are 1,560: two each for 780 people, half a one each for 3,120.
    assert people_by_weekly_day(30, 2) == 780
    assert people_by_weekly_day(30, 0.5) == 3120


def test_visits_of_a_month_are_spread_over_the_weeks_of_the_year():
    # Twelve months of 130 visits are 1,560 a year, 30 in each of 52 weeks.
    assert visits_a_week(np.array([130.0, 0.0, np.nan])).tolist() == pytest.approx([30, 0, np.nan], nan_ok=True)
