"""A person leaves one denominator when entering another, on either basis and whatever each host declares."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.assumptions import Assumptions, CensusCounting, PopulationBasis
from analytics.demand import add_demand, add_flows
from analytics.displacement import build_flows
from analytics.panel import Column, Panel

CODES, MONTH = ("a", "b", "c"), pd.Timestamp("2024-11-01")
FLOOR = Assumptions(basis=PopulationBasis.RESIDENCE)


def column(values) -> Column:
    values = np.array(values, dtype=float)
    rank = np.zeros(len(values), dtype=np.int8)
    return Column(values, np.where(np.isnan(values), 3, 0).astype(np.int8), rank, rank, np.zeros(len(values)))


def arrivals(*rows) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["home_code", "destination_code", "persons"])
    return frame.assign(
        reference_date=MONTH, kind="arrival", origin_code=frame["home_code"], status="reported", provenance="declared",
        reliability="B",
    )  # fmt: skip


def served(hosted, movements, declared=(np.nan,) * 3, assumptions=None):
    panel = Panel(
        CODES,
        (MONTH,),
        {
            "population": column([1000, 2000, 3000]),
            "displaced_persons": column(hosted),
            "displaced_counted_in_census_pct": column(declared),
        },
    )
    panel = add_flows(panel, build_flows(movements, CODES, (MONTH,)))
    return add_demand(panel, assumptions or Assumptions())["population_served"].value


def test_who_is_hosted_at_home_adds_nobody_and_who_left_is_taken_off():
    # a: 100 displaced inside a; 60 from a live in b. Half of them are taken to be in b's census: a has 30 fewer, b 30 more.
    people = served([100, 60, 0], arrivals(("a", "a", 100), ("a", "b", 60)))
    assert people == pytest.approx([1000 - 30, 2000 + 30, 3000])


def test_by_usual_residence_the_same_people_are_back_home():
    people = served([100, 60, 0], arrivals(("a", "a", 100), ("a", "b", 60)), assumptions=FLOOR)
    assert people == pytest.approx([1000 + 30, 2000 - 30, 3000])


def test_where_no_movement_is_known_everyone_hosted_comes_from_elsewhere():
    assert served([0, 60, 0], arrivals()) == pytest.approx([1000, 2030, 3000])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(CODES), st.sampled_from(CODES), st.integers(1, 400)), min_size=1, max_size=9,
        unique_by=lambda row: row[:2],
    ),
    st.lists(st.one_of(st.just(np.nan), st.floats(0, 100)), min_size=3, max_size=3),
    st.sampled_from(list(CensusCounting)),
    st.sampled_from(list(PopulationBasis)),
)  # fmt: skip
@pytest.mark.slow
def test_nobody_is_lost_and_nobody_is_made(rows, declared, counting, basis):
    hosted = [sum(n for _, host, n in rows if host == code) for code in CODES]
    people = served(hosted, arrivals(*rows), declared, Assumptions(counting=counting, basis=basis))
    assert people.sum() == pytest.approx(6000)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 500), st.integers(0, 500))
def test_the_two_bases_differ_by_those_hosted_less_those_away(to_b, to_a):
    rows = [row for row in (("a", "b", to_b), ("b", "a", to_a)) if row[2]]
    hosted = [to_a, to_b, 0]
    present, usual = (served(hosted, arrivals(*rows), assumptions=Assumptions(basis=basis)) for basis in PopulationBasis)
    assert (present - usual)[0] == pytest.approx(to_a - to_b)
