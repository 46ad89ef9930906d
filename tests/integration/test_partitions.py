"""The parts of any partition of a territory are the whole to the bit, whatever the parts and their order."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.assumptions import Assumptions, PopulationBasis, Recency
from analytics.observations import Observations
from analytics.partition import Rules, add_up, assess_part, build_part, describe_whole, read_piece
from data import queries
from data.loaders.rules import rules_of
from pages.figures.load import load_figures


@dataclass
class Known:
    """What is known of a territory, and its results as they are shown."""

    read_part: Callable[[tuple[str, ...]], Observations]
    movements: pd.DataFrame
    group_of: pd.Series
    rules: Rules
    figures: object


def read(store, assumptions):
    figures = load_figures(store.snapshot_id(), assumptions, store.province)
    movements = figures.read(queries.read_movements)
    read_part = lambda codes: queries.read_coded(figures.connection.cursor(), codes)  # noqa: E731
    return Known(
        read_part, movements, figures.communes["group_code"], rules_of(figures.definition_set, assumptions), figures
    )


def assess_in(known, parts):
    """Every result, worked out part by part."""
    figures, rules = known.figures, known.rules
    everything = known.read_part(figures.territory)
    whole = describe_whole(figures.territory, figures.months, everything, known.movements, known.group_of)
    panels = []
    for codes in parts:
        ends = known.movements[["origin_code", "destination_code", "home_code"]]
        named = known.movements[ends.isin(codes).any(axis=1)]
        panels.append(build_part(whole, codes, known.read_part(codes), named, rules))
    shared = add_up(whole, [read_piece(panel, rules) for panel in panels])
    return [assess_part(panel, shared, rules) for panel in panels]


def compare(known, parts):
    keys = ["indicator_id", "commune_code", "reference_date"]
    got = pd.concat([part.frame() for part in assess_in(known, parts)]).sort_values(keys, ignore_index=True)
    expected = known.figures.assessment.frame().sort_values(keys, ignore_index=True)
    pd.testing.assert_frame_equal(got, expected, check_exact=True)


@pytest.fixture
def small(province_store):
    return read(province_store, Assumptions(known=Recency.LATEST, basis=PopulationBasis.RESIDENCE))


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_partition_of_a_small_territory_gives_the_whole(small, data):
    codes = data.draw(st.permutations(small.figures.territory))
    cuts = data.draw(st.sets(st.integers(1, len(codes) - 1), max_size=4))
    compare(small, [tuple(part) for part in np.split(np.array(codes), sorted(cuts))])


@pytest.mark.slow
def test_eight_parts_of_the_province_give_the_whole(built):
    known = read(built, Assumptions())
    codes = np.random.default_rng(4).permutation(known.figures.territory)
    compare(known, [tuple(part) for part in np.array_split(codes, 8)])
