"""Why: three parts that sum to the pressure, by hand, for any figures, and in communes that people left."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.assumptions import DEFAULTS
from analytics.panel import Panel
from analytics.reasons import PARTS, Worlds, capacity_before, explain, is_explained, nobody_moved
from tests.unit.scenario_panels import CODES, SETTING, column, months, small_panel

DEFINITIONS = SETTING.definitions
EVENT = pd.Timestamp("2025-03-08")


def few_draws():
    from dataclasses import replace

    return replace(DEFINITIONS, uncertainty=replace(DEFINITIONS.uncertainty, draws=200))


def explained(panel: Panel, position: int = -1):
    before = capacity_before(panel, DEFINITIONS, EVENT)
    frame = explain(panel.of_month(panel.months[position]), before, few_draws(), DEFAULTS)
    return frame.set_index(["indicator_id", "commune_code"])


def test_a_third_of_the_rooms_closed_and_a_tenth_more_pupils_by_hand():
    # 720 pupils of whom 72 displaced, 20 rooms of 30 before, norm 36: 1 now; 648/20 = .9; 720/30 = .6667; 648/30 = .6.
    # People: ((.6667 - .6) + (1 - .9)) / 2 = .0833; capacity: ((.9 - .6) + (1 - .6667)) / 2 = .3167; the rest .6.
    rooms = np.tile([30.0, 20.0], 3)
    nothing = ("pupils_college", "pupils_lycee", "displaced_pupils_college", "displaced_pupils_lycee",
               "classrooms_functional_college", "classrooms_functional_lycee")  # fmt: skip
    panel = small_panel(2, "2025-02-01", displaced_pupils_primary=72.0, **dict.fromkeys(nothing, 0.0))
    panel = panel.with_columns({"classrooms_functional_primary": column(rooms)})
    row = explained(panel).loc[("EDU01", CODES[0])]
    # Another norm moves all three alike.
    assert (row[list(PARTS)] / row["figure"]).to_list() == pytest.approx([1 / 12, 0.95 / 3, 0.6])


figures = st.floats(0, 1e6, allow_nan=False)


@settings(max_examples=60, deadline=None)
@given(figures, figures, figures, figures)
def test_the_parts_sum_to_the_figure_whatever_the_worlds(both, people, capacity, neither):
    parts = Worlds(*(np.array([v]) for v in (both, people, capacity, neither))).parts()
    assert sum(parts[name] for name in PARTS)[0] == pytest.approx(both, abs=1e-9 * max(1.0, both, people, capacity, neither))


def test_every_indicator_that_counts_has_parts_that_sum_to_its_figure_each_with_an_interval():
    frame = explained(small_panel(3, "2025-02-01"))
    counted = {i.id for i in DEFINITIONS.indicators.values() if is_explained(i)}
    assert {"CIV02", "CIV03", "HEA07", "EDU08"} <= counted == set(frame.index.get_level_values(0))
    known = frame[frame["figure"].notna()]
    assert known[list(PARTS)].sum(axis=1).to_numpy() == pytest.approx(known["figure"].to_numpy(), abs=1e-9)
    for part in PARTS:
        assert (known[f"{part}_low"] <= known[f"{part}_high"] + 1e-9).all()
    # What a census measured of distances is neither people who moved nor rooms that closed.
    far = known.loc["HEA07"]
    assert far["rest"].to_numpy() == pytest.approx(far["figure"].to_numpy())
    # Files that wait are those of displaced people in the share of the requests: 40 of 460.
    waiting = known.loc["CIV03"].iloc[0]
    assert waiting["people"] == pytest.approx(waiting["figure"] * 40 / 460)


def test_a_commune_that_people_left_is_relieved():
    panel = small_panel(1, displaced_persons=[400.0, 0.0, 0.0])
    known = {
        "residents_away": column([0.0, 400.0, 0.0]),
        "hosted_from_elsewhere": column([400.0, 0.0, 0.0]),
        "hosted_from_own_commune": column([0.0, 0.0, 0.0]),
    }
    frame = explained(panel.with_columns(known))
    people = frame.loc["HEA01", "people"]
    assert people[CODES[0]] > 0 > people[CODES[1]]
    # Whoever came to one left the other: people served by presence less usual residents, 400 each way over 10,000 a facility.
    assert people[CODES[0]] == pytest.approx(-people[CODES[1]])
    assert people[CODES[0]] == pytest.approx(400 / 10_000)
    assert people[CODES[2]] == pytest.approx(0)


def test_capacity_before_is_that_of_the_month_before_the_event_or_the_most_since():
    panel = Panel(
        CODES, months(3, "2025-02-01"), {"classrooms_functional_primary": column([9, 5, 7, np.nan, 5, 8, *[np.nan] * 3])}
    )
    before = capacity_before(panel, DEFINITIONS, EVENT)["classrooms_functional_primary"]
    assert before[:2].tolist() == [9, 8]
    assert np.isnan(before[2])


def test_a_service_that_more_displaced_people_ask_than_all_together_has_nothing_left_without_them():
    # 40 displaced pupils among 30 are an error of a report, and no pupils fewer than none; all files are theirs.
    panel = small_panel(1, pupils_primary=30.0, displaced_registry_requests=500.0)
    alone = nobody_moved(panel, DEFINITIONS, DEFAULTS)
    assert alone["pupils_primary"].value.tolist() == [0, 0, 0]
    assert alone["pupils_college"].value.tolist() == [380, 380, 380]
    assert alone["registry_backlog"].value.tolist() == [0, 0, 0]
