"""Support against need: worked by hand, and over random cases need = covered + open."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.support import (
    STATUSES,
    after_support,
    balance,
    count_once,
    find_orphans,
    find_twice,
    find_unhelped,
    presence,
    sum_balance,
    weigh,
)

A, B, C = "01", "02", "03"


def needs(**amounts):
    return pd.DataFrame(
        {
            "commune_code": list(amounts),
            "need_id": "rooms",
            "sector": "education",
            "unit": "classrooms",
            "need": list(amounts.values()),
            "status": ["missing" if pd.isna(n) else "assessed" for n in amounts.values()],
            "provenance": "measured",
            "reliability": "A",
        }
    ).assign(commune_code=lambda table: table["commune_code"].str.removeprefix("c"))


def actions(*rows):
    names = ["action_id", "organisation", "commune_code", "action_status", "quantity"]
    return pd.DataFrame(rows, columns=names).assign(need_id="rooms", unit="classrooms", provenance="declared")


def worth(value=1.0):
    return pd.DataFrame({"commune_code": [A, B, C], "need_id": "rooms", "unit": "classrooms", "worth": value})


def test_the_example_of_nineteen_rooms():
    found = balance(
        needs(c01=19.0),
        weigh(actions(("a", "X", A, "funded", 4), ("b", "X", A, "under_way", 5), ("c", "Y", A, "done", 3),
                      ("d", "Z", A, "planned", 9), ("e", "Z", A, "stopped", 50)), worth()),
    ).iloc[0]  # fmt: skip
    assert [found[name] for name in ("need", "covered", "planned", "open", "surplus")] == [19, 12, 7, 7, 0]
    assert (found["quantity_planned"], found["actions"], found["organisations"]) == (9, 4, 3)


def test_what_is_beyond_the_need_is_surplus_and_an_unknown_need_leaves_nothing_said():
    found = balance(
        needs(c01=2.0, c02=np.nan, c03=0.0),
        weigh(actions(("a", "X", A, "done", 5), ("b", "X", B, "done", 5), ("c", "X", C, "planned", 5)), worth()),
    ).set_index("commune_code")
    assert found.loc[A, ["covered", "open", "surplus"]].tolist() == [2, 0, 3]
    assert found.loc[B, ["need", "covered", "planned", "open", "surplus"]].isna().all()
    assert found.loc[B, "quantity_done"] == 5
    assert found.loc[C, ["covered", "planned", "open", "surplus"]].tolist() == [0, 0, 0, 0]


def test_a_need_that_a_figure_is_missing_for_is_unknown_one_that_does_not_concern_a_commune_is_not():
    asked = needs(c01=4.0, c02=np.nan, c03=np.nan)
    asked.loc[asked["commune_code"] == C, "status"] = "not_assessed"
    total = sum_balance(balance(asked, weigh(actions(), worth())), "need_id").iloc[0]
    assert (total["need"], total["open"], total["unknown"]) == (4, 4, 1)
    assert (total["helped"], total["lacking"], total["surplused"]) == (0, 1, 0)


def test_an_action_of_the_whole_province_is_never_spread():
    found = balance(needs(c01=3.0), weigh(actions(("a", "X", "", "done", 100)), worth()))
    assert found[["covered", "open"]].iloc[0].tolist() == [0, 3]
    assert presence(actions(("a", "X", "", "done", 100)), [A]).tolist() == [0]


def test_months_of_a_post_are_a_part_of_it():
    found = balance(needs(c01=2.0), weigh(actions(("a", "X", A, "funded", 6)), worth(1 / 12)))
    assert found[["covered", "open"]].iloc[0].tolist() == [0.5, 1.5]


def test_a_support_in_two_files_is_counted_once():
    keys = ["X/rooms/01", "X/rooms/01", "X/rooms/01/2", "Y/rooms/01", "Y/rooms/01"]
    said = actions(("-", "X", A, "done", 3), ("P-7", "X", A, "done", 3), ("P-8", "X", A, "done", 2), ("-", "Y", A, "done", 1),
                   ("-", "Y", A, "done", 4))  # fmt: skip
    kept = count_once(said.assign(own_key=keys, has_reference=[False, True, True, False, False]))
    assert kept[["action_id", "quantity"]].to_numpy().tolist() == [["P-7", 3], ["P-8", 2], ["-", 4]]


def test_who_is_helped_twice_and_who_by_nobody():
    known = actions(
        ("a", "X", A, "done", 1), ("b", "Y", A, "planned", 1), ("c", "X", B, "stopped", 1), ("d", "X", A, "done", 1)
    )
    assert find_twice(known)[["commune_code", "organisations"]].to_numpy().tolist() == [[A, ("X", "Y")]]
    assert find_orphans(balance(needs(c01=2.0, c02=1.0, c03=0.0), weigh(known, worth())), known) == [B]
    assert presence(known, [A, B]).tolist() == [2, 0]


amount = st.one_of(st.just(float("nan")), st.integers(0, 50).map(float))
support = st.tuples(st.sampled_from([A, B, C, ""]), st.sampled_from(STATUSES), st.floats(0, 60) | st.just(float("nan")))


@settings(max_examples=50, deadline=None)
@given(st.tuples(amount, amount, amount), st.lists(support, max_size=12), st.sampled_from([1.0, 1 / 12, 0.3, float("nan")]))
def test_need_is_covered_and_open_whatever_the_case(known, supports, value):
    rows = actions(*((str(i), f"O{i % 3}", *said) for i, said in enumerate(supports)))
    found = balance(needs(c01=known[0], c02=known[1], c03=known[2]), weigh(rows, worth(value)))
    assert len(found) == 3
    known_rows = found[found["need"].notna()]
    assert np.allclose(known_rows["need"], known_rows["covered"] + known_rows["open"])
    assert (known_rows[["covered", "planned", "open", "surplus"]] >= 0).all(axis=None)
    assert (known_rows["planned"] <= known_rows["open"]).all()
    committed = found[["quantity_funded", "quantity_under_way", "quantity_done"]].sum(axis=1)
    assert np.allclose(known_rows["covered"] + known_rows["surplus"], committed[known_rows.index])
    assert found.loc[found["need"].isna(), ["covered", "planned", "open", "surplus"]].isna().all(axis=None)
    total = sum_balance(found, "need_id").iloc[0]
    if known_rows.size:
        assert total["need"] == pytest.approx(total["covered"] + total["open"])
    assert total["unknown"] == found["need"].isna().sum()


def gap_row(**changed):
    """19 rooms missing: 760 pupils above the norm at 40 a room, less a room that is not full."""
    row = {
        "commune_code": A, "need_id": "rooms", "role": "main", "demand": 1000.0, "carried": 250.0, "gap": 750.0, "gain": 40.0,
        "need_units": 25.0, "missing_units": 19.0, "resource_units": 19.0, "cost_central_mad": 1900.0,
    }  # fmt: skip
    return pd.DataFrame([row | changed])


@pytest.mark.parametrize(("covered", "left", "pupils"), [(0, 19, 750), (12, 7, 270), (19, 0, 0)])
def test_what_is_committed_is_taken_off_once(covered, left, pupils):
    rows = after_support(
        gap_row(),
        pd.DataFrame({"commune_code": [A], "need_id": "rooms", "covered": [float(covered)], "quantity_done": [13.0]}),
    ).iloc[0]
    assert (rows["missing_units"], rows["resource_units"], rows["gap"]) == (left, left, pupils)
    assert (rows["cost_central_mad"], rows["committed_units"]) == (left * 100, covered)
    assert rows["done_units"] == min(13, covered)
    assert rows["demand"] - rows["carried"] == rows["gap"]


def test_who_lacks_something_of_a_need_and_is_helped_by_nobody_comes_by_how_much_is_lacking():
    known = pd.concat(
        [
            # Help with another need is none with rooms; a stopped action is none, a planned one is; a province is no commune.
            actions(("a", "X", A, "done", 1)).assign(need_id="teachers"),
            actions(("b", "X", B, "stopped", 1), ("c", "Y", C, "planned", 1), ("d", "Y", "", "done", 9)),
        ]
    )
    table = balance(needs(c01=2.0, c02=5.0, c03=7.0, c04=0.0, c05=np.nan, c06=5.0), weigh(known, worth()))
    assert find_unhelped(table, known, "rooms") == [B, "06", A]
    assert find_unhelped(table, known, "teachers") == []
