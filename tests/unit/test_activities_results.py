"""Activities and results, by hand and over drawn cases: the whole's change, progress, offers beside needs, training."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.offers import Rule, match_offers
from analytics.progress import (
    Track,
    is_in_period,
    planned_share,
    quarters_of,
    reached_by,
    share_of_time,
    share_reached,
    track_activity,
    track_result,
)
from analytics.training_needs import places_by_skill, signs_of_figures, training_gaps
from analytics.whole_change import PARTS, change_of_whole
from data.loaders.today import load_definitions

INDICATOR = replace(load_definitions().indicators["EDU01"], goalposts=None)


def results(*rows: tuple[float, float, float]) -> pd.DataFrame:
    """Result rows of communes a, b, … from demand, units and norm; NaN demand is a commune that did not report."""
    table = pd.DataFrame(rows, columns=["numerator", "denominator", "norm_value"], index=list("abcdef")[: len(rows)])
    at_norm = table["denominator"] * table["norm_value"]
    return table.assign(capacity_at_norm=at_norm, pressure=table["numerator"] / at_norm, value=table["numerator"])


NAN = float("nan")


def test_the_change_of_the_whole_by_hand():
    # 300 pupils over 10 rooms of 30 is 1; 360 over 10 is 1.2: people alone.
    people = change_of_whole(results((100, 4, 30), (200, 6, 30)), results((140, 4, 30), (220, 6, 30)), INDICATOR)
    assert (people.before, people.after) == (1.0, pytest.approx(1.2))
    assert people.parts == pytest.approx({"demand": 0.2, "capacity": 0, "norm": 0, "method": 0, "reporting": 0})
    # A commune at 2 that reports for the first time beside one that stays at 1: only reporting changed.
    reporting = change_of_whole(results((120, 4, 30), (NAN, 2, 30)), results((120, 4, 30), (120, 2, 30)), INDICATOR)
    assert reporting.after == pytest.approx(240 / 180)
    assert reporting.parts == pytest.approx({"demand": 0, "capacity": 0, "norm": 0, "method": 0, "reporting": 240 / 180 - 1})
    assert (reporting.communes_before, reporting.communes_after, reporting.communes_both) == (1, 2, 1)
    # The norm goes from 30 to 40 pupils a room: 300 over 10 rooms falls from 1 to 0.75.
    norm = change_of_whole(results((300, 10, 30)), results((300, 10, 40)), INDICATOR)
    assert norm.parts["norm"] == pytest.approx(-0.25)
    # A method that counts 90 of the 120 pupils, then 30 pupils more.
    method = change_of_whole(results((120, 4, 30)), results((120, 4, 30)), INDICATOR, results((90, 4, 30)))
    assert (method.parts["method"], method.parts["demand"]) == pytest.approx((-0.25, 0.25))


def test_where_nobody_reported_at_a_date_nothing_is_told():
    nothing = change_of_whole(results((NAN, 4, 30)), results((120, 4, 30)), INDICATOR)
    assert np.isnan(nothing.before)
    assert np.isnan(nothing.change)
    assert nothing.communes_both == 0


AMOUNT = st.one_of(st.just(NAN), st.floats(1, 5000))
ROW = st.tuples(AMOUNT, st.floats(1, 50), st.floats(10, 60))
DATE = st.lists(ROW, min_size=4, max_size=4)


@settings(max_examples=25, deadline=None)
@given(DATE, DATE, DATE)
def test_the_five_parts_sum_to_the_change(first, second, middle):
    found = change_of_whole(results(*first), results(*second), INDICATOR, results(*middle))
    if found.communes_both and not np.isnan(found.change):
        assert sum(found.parts[part] for part in PARTS) == pytest.approx(found.change, abs=1e-9)


def test_a_share_is_of_the_way_from_the_baseline_and_a_target_may_be_a_fall():
    assert share_reached(0, 40, 19) == pytest.approx(0.475)
    assert share_reached(100, 60, 80) == pytest.approx(0.5)
    assert share_reached(0, 40, 44) == pytest.approx(1.1)
    assert all(np.isnan(share_reached(*figures)) for figures in ((NAN, 40, 1), (0, NAN, 1), (0, 40, NAN), (5, 5, 5)))


def test_time_passes_from_the_start_to_the_end_and_no_further():
    start, end = date(2025, 1, 1), date(2025, 1, 11)
    assert [share_of_time(start, end, day) for day in (date(2024, 1, 1), date(2025, 1, 6), date(2026, 1, 1))] == [0, 0.5, 1]
    assert np.isnan(share_of_time(None, end, start))
    assert np.isnan(share_of_time(end, start, start))


@pytest.mark.parametrize(
    ("reached", "time", "track"),
    [(1.0, 0.2, Track.DONE), (0.41, 0.5, Track.ON_TRACK), (0.39, 0.5, Track.LATE), (NAN, 0.5, Track.UNKNOWN),
     (0.9, NAN, Track.UNKNOWN)],
)  # fmt: skip
def test_a_result_is_late_where_it_lags_a_tenth_behind_its_time(reached, time, track):
    assert track_result(reached, time) is track


def test_an_activity_is_planned_quarter_by_quarter():
    assert quarters_of("Q1 Q4") == (1, 4)
    assert planned_share(2025, (1, 2), date(2025, 4, 1)) == 0.5
    assert planned_share(2025, (4,), date(2025, 9, 30)) == 0
    assert planned_share(2025, (1, 3), date(2025, 6, 30)) == 0.5
    assert planned_share(2025, (2,), date(2025, 4, 1) + (date(2025, 7, 1) - date(2025, 4, 1)) / 2) == pytest.approx(
        0.5, abs=0.01
    )
    with pytest.raises(ValueError, match="without a quarter"):
        planned_share(2025, (), date(2025, 1, 1))
    assert is_in_period(2025, (1,), date(2025, 3, 1), date(2025, 8, 31))
    assert not is_in_period(2025, (4,), date(2025, 3, 1), date(2025, 8, 31))


@pytest.mark.parametrize(
    ("state", "progress", "planned", "track"),
    [("done", 0.8, 1, Track.DONE), ("stopped", 0.1, 1, Track.STOPPED), ("planned", NAN, 0, Track.NOT_DUE),
     ("under_way", 0.95, 1, Track.ON_TRACK), ("under_way", 0.5, 1, Track.LATE), ("planned", NAN, 0.5, Track.UNKNOWN)],
)  # fmt: skip
def test_an_activity_beside_its_quarters(state, progress, planned, track):
    assert track_activity(state, progress, planned) is track


def test_what_was_reached_by_a_day_is_the_newest_figure_before_it():
    rows = pd.DataFrame({"result_code": ["R1", "R1", "R2"], "reference_date": ["2025-01-31", "2025-07-31", "2025-08-31"],
                         "achieved": [9, 19, 5]})  # fmt: skip
    assert reached_by(rows, date(2025, 7, 31))["achieved"].to_dict() == {"R1": 19}
    assert reached_by(rows, date(2025, 7, 30))["achieved"].to_dict() == {"R1": 9}


def offers(*rows):
    return pd.DataFrame(rows, columns=["code", "commune_code", "need", "units", "amount_mad"])


GAPS = pd.DataFrame(
    [("a", "rooms", 3.0, 90.0, 600.0), ("b", "rooms", 5.0, 200.0, 1000.0), ("a", "nurses", 1.0, 400.0, 120.0),
     ("c", "rooms", 0.0, 0.0, 0.0), ("d", "rooms", NAN, NAN, NAN)],
    columns=["commune_code", "need_id", "missing_units", "gap", "cost_central_mad"],
)  # fmt: skip


def test_an_offer_meets_its_own_commune_first_and_the_rest_is_proposed_where_the_gap_is_largest():
    rows = match_offers(offers(("D1", "a", "rooms", 4, NAN), ("D2", "a", "rooms", 1, NAN)), GAPS)
    said = [(r.code, r.commune_code, r.rule, r.missing, r.met) for r in rows.itertuples()]
    assert said == [
        ("D1", "a", Rule.OWN, 3, 3), ("D1", "b", Rule.ELSEWHERE, 5, 1),
        ("D2", "a", Rule.NOTHING_MISSING, 0, 0), ("D2", "b", Rule.ELSEWHERE, 4, 1),
    ]  # fmt: skip


def test_an_amount_is_as_many_units_as_it_pays_and_what_is_not_said_meets_nothing_known():
    by_amount, unsaid = (match_offers(offers(("D1", "a", "rooms", NAN, amount)), GAPS).iloc[0] for amount in (500, NAN))
    assert (by_amount["offered"], by_amount["met"]) == (2.5, 2.5)
    assert np.isnan(unsaid["met"])
    free = match_offers(offers(("D3", "a", "", NAN, 150)), GAPS)
    assert free[["need_id", "rule"]].to_numpy().tolist() == [["nurses", Rule.CANDIDATE]]


def test_an_offer_is_counted_in_the_price_of_its_own_need_and_proposed_where_that_is_missing():
    # A room costs 200, a nurse 120; "c" lacks nurses most of all, and no nurse is asked of who offers rooms.
    elsewhere = GAPS.iloc[1:].assign(commune_code=["b", "c", "d", "e"])
    paid, named = (offers(("D1", "d", need, NAN, 600)) for need in ("nurses", "rooms"))
    said = [
        [(r.commune_code, r.rule, r.offered, r.met) for r in match_offers(o, elsewhere).itertuples()] for o in (paid, named)
    ]
    assert said[0] == [("d", Rule.NOTHING_MISSING, 5, 0), ("c", Rule.ELSEWHERE, 5, 1)]
    assert said[1] == [("d", Rule.NOTHING_MISSING, 3, 0), ("b", Rule.ELSEWHERE, 3, 3)]


OFFER = st.tuples(
    st.sampled_from("abcd"), st.sampled_from(["rooms", "nurses", ""]), st.one_of(st.just(NAN), st.floats(0, 9))
)


@settings(max_examples=25, deadline=None)
@given(st.lists(OFFER, max_size=8), st.lists(st.one_of(st.just(NAN), st.integers(0, 6)), min_size=5, max_size=5))
def test_no_unit_is_met_twice_and_no_offer_gives_more_than_it_has(drawn, missing):
    given_offers = offers(*[(f"D{at}", home, need, units, NAN) for at, (home, need, units) in enumerate(drawn)])
    gaps = GAPS.assign(missing_units=missing, gap=np.arange(5.0))
    rows = match_offers(given_offers, gaps)
    by_need = rows.groupby(["commune_code", "need_id"])["met"].sum()
    there = gaps.set_index(["commune_code", "need_id"])["missing_units"]
    assert all(met <= max(0.0, np.nan_to_num(there.get(key, 0.0))) + 1e-9 for key, met in by_need.items())
    by_offer = rows.groupby("code")["met"].sum()
    assert all(
        met <= np.nan_to_num(given_offers.set_index("code").loc[code, "units"]) + 1e-9 for code, met in by_offer.items()
    )


def test_training_gaps_are_levels_missing_and_places_leave_out_what_is_not_known():
    levels = pd.DataFrame(
        [("a", "clerk", "civil_registry", 2, 4, 3.0), ("b", "clerk", "civil_registry", 1, 2, NAN), ("c", "clerk", "data", 3, 3, 1.0)],
        columns=["commune_code", "post", "skill", "level", "target", "agents"],
    )  # fmt: skip
    gaps = training_gaps(levels)
    assert gaps[["commune_code", "gap"]].to_numpy().tolist() == [["a", 2], ["b", 1]]
    row = places_by_skill(gaps, pd.DataFrame({"skill": ["civil_registry"], "seats": [1.0]})).iloc[0]
    assert row.to_dict() == {"skill": "civil_registry", "communes": 2, "places": 3, "unknown": 1, "seats": 1, "short": 2}


def test_figures_show_needs_too():
    months = {"a": 0, "b": 1, "c": 2}
    found = signs_of_figures(pd.Series({"a": 5, "b": NAN, "c": 3}), pd.Series(months), pd.Series(months))
    assert found[["commune_code", "skill", "sign"]].to_numpy().tolist() == [
        ["a", "civil_registry", "backlog"], ["b", "data", "returned"], ["c", "data", "not_reported"], ["c", "data", "returned"],
    ]  # fmt: skip


@pytest.mark.parametrize(("asked", "most"), [({}, 3), ({"most_elsewhere": 1}, 1)])
def test_what_is_beyond_the_need_of_a_commune_is_proposed_to_three_others_at_most(asked, most):
    # Five communes lack one room each; the home of the offer is the last of them by people above the norm.
    gaps = pd.DataFrame(
        [(code, "rooms", 1.0, people, 200.0) for code, people in zip("abcde", (50.0, 40.0, 30.0, 20.0, 10.0), strict=True)],
        columns=GAPS.columns,
    )
    rows = match_offers(offers(("D1", "e", "rooms", 9, NAN)), gaps, **asked)
    assert rows["commune_code"].tolist() == ["e", *"abc"[:most]]
    assert rows["rule"].tolist() == [Rule.OWN, *[Rule.ELSEWHERE] * most]
