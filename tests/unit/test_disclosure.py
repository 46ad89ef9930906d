"""Small counts cannot be recovered: an attacker who tries every world that would look the same never learns one."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.disclosure import (
    DisclosureRule,
    is_withheld,
    protect_panel,
    protect_rows,
    round_count,
    withhold_parts,
    withhold_share,
)
from analytics.panel import Column, Panel

RULES = {
    "displaced_persons": DisclosureRule(5, 5),
    "displaced_women": DisclosureRule(5, 5, "displaced_persons", "sex"),
    "displaced_men": DisclosureRule(5, 5, "displaced_persons", "sex"),
    "counted_pct": DisclosureRule(5, 5, share_of="displaced_persons"),
    "displaced_households": DisclosureRule(5, 5),
    "documents": DisclosureRule(10, 5, follows="displaced_households"),
}
MONTH = pd.Timestamp("2025-01-01")


def panel(**values: float) -> Panel:
    def column(value):
        rank = np.zeros(1, dtype=np.int8)
        return Column(np.array([float(value)]), rank, rank, rank, np.zeros(1))

    return Panel(("09.541.04.67",), (MONTH,), {name: column(v) for name, v in values.items()})


def published(**values: float) -> tuple[tuple[str, float | None], ...]:
    """What a reader sees of each variable: nothing of a withheld one."""
    protected = protect_panel(panel(**values), RULES)
    return tuple(
        (name, None if is_withheld(column)[0] else float(column.value[0])) for name, column in protected.columns.items()
    )


def split(women: int, men: int) -> dict[str, float]:
    return {"displaced_persons": women + men, "displaced_women": women, "displaced_men": men}


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (5, 5), (7, 5), (8, 10), (12, 10), (13, 15), (1003, 1005)])
def test_counts_are_rounded_to_five_and_zero_stays(count, shown):
    assert round_count(np.array([float(count)]), RULES["displaced_persons"])[0] == shown


def test_a_count_of_health_under_ten_is_withheld_and_never_rounded_below_ten():
    rule = DisclosureRule(10, 5)
    assert list(round_count(np.array([10.0, 11.0, 12.0, 13.0]), rule)) == [10, 10, 10, 15]


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_every_small_count_leaves_the_same_figure_behind(count):
    column = protect_panel(panel(displaced_persons=count), RULES)["displaced_persons"]
    assert column.value[0] == 2.5
    assert is_withheld(column)[0]


def test_an_unknown_count_stays_unknown():
    column = protect_panel(panel(displaced_persons=np.nan), RULES)["displaced_persons"]
    assert np.isnan(column.value[0])
    assert not is_withheld(column)[0]


def test_the_other_sex_is_withheld_with_a_small_one():
    # 3 women and 12 men: 15 in all. Men shown would give the women by subtraction.
    assert published(**split(3, 12)) == (("displaced_persons", 15.0), ("displaced_women", None), ("displaced_men", None))


def test_two_small_parts_protect_each_other():
    assert dict(published(**split(3, 4)))["displaced_persons"] == 5


def test_an_attacker_who_tries_every_world_learns_nothing_of_a_small_part():
    """Every pair of women and men up to 60 is a world; those that look alike in print are one group."""
    worlds = [(women, men) for women in range(60) for men in range(60)]
    women, men = (np.array(part, dtype=float) for part in zip(*worlds, strict=True))
    counts = {"displaced_persons": women + men, "displaced_women": women, "displaced_men": men}
    rank = np.zeros(len(worlds), dtype=np.int8)
    columns = {name: Column(value, rank, rank, rank, np.zeros(len(worlds))) for name, value in counts.items()}
    protected = protect_panel(Panel(tuple(map(str, range(len(worlds)))), (MONTH,), columns), RULES)
    seen = pd.DataFrame({name: np.where(is_withheld(c), np.nan, c.value) for name, c in protected.columns.items()})
    groups = ["|".join(map(str, row)) for row in seen.to_numpy()]
    possible = pd.DataFrame({"women": women, "group": groups}).groupby("group")["women"].agg(set)
    for (count, others), group in zip(worlds, groups, strict=True):
        if 0 < count < 5 and others < 55:
            assert len(possible[group] & {1, 2, 3, 4}) >= 2, (count, others)
            # Only where both parts are small does their rounded sum say anything of either.
            assert possible[group] >= {1, 2, 3, 4} or 0 < others < 5, (count, others)


def test_a_share_never_gives_back_a_small_count_of_those_it_is_of():
    """Every count up to 60 and every number of them that the census counted: what looks alike leaves two small counts possible."""
    worlds = [(count, counted) for count in range(1, 61) for counted in range(count + 1)]
    seen = {}
    for count, counted in worlds:
        shown = published(displaced_persons=count, counted_pct=round(100 * counted / count, 1))
        seen.setdefault(shown, set()).add((count, counted))
    for (count, counted), group in ((w, g) for g in seen.values() for w in g):
        if count < 5:
            assert {c for c, _ in group} == {1, 2, 3, 4}
        for part in (counted, count - counted):
            if 0 < part < 5 and count >= 5:
                assert len({n if part == counted else c - n for c, n in group}) > 3, (count, counted)


def test_documents_are_withheld_with_the_households_they_are_for():
    twelve, eight = (protect_panel(panel(displaced_households=3, documents=n), RULES)["documents"] for n in (12, 8))
    # Small or not, the same is left behind: whether it is small would tell two households from three.
    assert np.isnan([twelve.value[0], eight.value[0]]).all()
    assert is_withheld(twelve)[0]
    assert is_withheld(eight)[0]
    assert dict(published(displaced_households=30, documents=12))["documents"] == 10
    assert dict(published(displaced_households=30, documents=8))["documents"] is None


@given(st.integers(5, 400), st.integers(5, 400))
def test_the_difference_of_two_months_never_shows_a_few_persons(first, second):
    a, b = (dict(published(displaced_persons=n))["displaced_persons"] for n in (first, second))
    assert (a - b) % 5 == 0


def test_two_rounded_stocks_never_pin_the_few_who_came_between_them():
    """Stock, then stock with one to four more: what is seen of both leaves at least two of these numbers possible."""
    rule = RULES["displaced_persons"]
    seen = {}
    for before in range(5, 400):
        for came in range(1, 5):
            pair = tuple(float(round_count(np.array([float(n)]), rule)[0]) for n in (before, before + came))
            seen.setdefault(pair, set()).add(came)
    # The last stocks tried are cut off from their neighbours.
    assert all(len(possible) >= 2 for (before, _), possible in seen.items() if before < 390)


@pytest.mark.parametrize(("parts", "withheld"), [
    ((3, 12), (True, True)), ((12, 3), (True, True)), ((3, 4), (True, True)), ((3, 0), (True, False)), ((6, 7), (False, False)),
    ((2, 9, 7), (True, False, True)), ((np.nan, 3), (False, True)),
])  # fmt: skip
def test_of_parts_that_stand_beside_their_total_none_that_is_small_follows_from_the_others(parts, withheld):
    counts = np.array(parts, dtype=float)[:, None]
    assert tuple(withhold_parts(counts, DisclosureRule(5, 5))[:, 0]) == withheld


@pytest.mark.parametrize(
    ("eligible", "assessed", "withheld"), [(9, 12, True), (3, 12, True), (12, 12, False), (6, 12, False)]
)
def test_a_part_is_withheld_where_the_rest_of_the_whole_is_small(eligible, assessed, withheld):
    assert withhold_share(np.array([eligible]), np.array([assessed]), DisclosureRule(5, 5)).tolist() == [withheld]


def test_observations_show_the_figure_of_their_own_commune_and_month():
    """Three communes over two months, in rows out of order; what lies in no commune or month of the panel is withheld."""
    months, rank = (MONTH, pd.Timestamp("2025-02-01")), np.zeros(6, dtype=np.int8)
    counts, later = np.array([12.0, 3.0, 101.0, 22.0, 0.0, 48.0]), pd.Timestamp("2025-03-01")
    known = Panel(("a", "b", "c"), months, {"displaced_persons": Column(counts, rank, rank, rank, np.zeros(6))})
    asked = [("c", 1, 48), ("a", 0, 12), ("b", 1, 22), ("a", 1, 3), ("c", 0, 0), ("b", 0, 101)]
    rows = pd.DataFrame(
        [(code, "displaced_persons", months[at], float(value), "reported") for code, at, value in asked]
        + [("d", "displaced_persons", MONTH, 30.0, "reported"), ("a", "displaced_persons", later, 30.0, "reported"),
           ("a", "displaced_persons", MONTH, np.nan, "missing"), ("d", "rooms", MONTH, 3.0, "reported")],
        columns=["commune_code", "variable", "reference_date", "value", "status"],
    )  # fmt: skip
    shown = protect_rows(rows, protect_panel(known, RULES), RULES)
    # To the nearest five; 3 is under the threshold.
    assert shown["value"].fillna(-1).tolist() == [50, 10, 20, -1, 0, 100, -1, -1, -1, 3]
    suppressed = "suppressed"
    assert shown["status"].tolist() == [
        *["reported"] * 3,
        suppressed,
        *["reported"] * 2,
        *[suppressed] * 2,
        "missing",
        "reported",
    ]
