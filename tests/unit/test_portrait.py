"""The portrait's arithmetic by hand: figures of several communes as one, who is like whom, what sets a commune apart."""

import numpy as np
import pandas as pd
import pytest

from analytics.portrait import How, Likeness, PortraitFigure, derive, nearest, of_each, say, set_apart
from data.portrait_table import read_portrait_table
from data.reference_files import read_communes
from pages.words.portrait_figures import FIGURES, SECTIONS
from tests.territories import TAROUDANNT, VALCLAIR

COLUMNS = {
    "population_2024": [100.0, 300.0, 1000.0, 90.0],
    "municipal_population_2024": [100.0, 300.0, 1000.0, 90.0],
    "population_2014": [80.0, 300.0, 900.0, 100.0],
    "households_2024": [20.0, 60.0, 250.0, 30.0],
    "share_2024": [10.0, 20.0, np.nan, 40.0],
}
VALUES = pd.DataFrame(COLUMNS, index=["a", "b", "c", "d"])
RURAL = pd.Series("rural", index=VALUES.index)


def figure(how, *parts, **more):
    return PortraitFigure("x", "people", "percent", how, parts, **more)


def test_a_share_of_several_communes_is_weighted_by_their_people_or_households_and_leaves_out_who_has_none():
    # (100·10 + 300·20) / 400 = 17.5; (20·10 + 60·20 + 30·40) / 110 = 23.64.
    assert say(VALUES, figure(How.PEOPLE, "share_2024"), ["a", "b", "c"]) == pytest.approx(17.5)
    assert say(VALUES, figure(How.HOUSEHOLDS, "share_2024"), ["a", "b", "d"]) == pytest.approx(2600 / 110)
    assert np.isnan(say(VALUES, figure(How.PEOPLE, "share_2024"), ["c"]))


def test_a_change_is_of_the_sums_and_the_size_of_a_group_that_of_its_middle_commune():
    change = figure(How.RATIO, "population_2024", "population_2014", factor=100, offset=-100)
    assert say(VALUES, change, ["a"]) == pytest.approx(25)
    assert say(VALUES, change, ["a", "b"]) == pytest.approx(100 * 400 / 380 - 100)
    assert say(VALUES, figure(How.MEDIAN, "population_2024"), ["a", "b", "c"]) == 300


def test_each_commune_by_itself_is_what_it_is_as_a_group_of_one():
    for line in (figure(How.PEOPLE, "share_2024"), figure(How.RATIO, "population_2024", "population_2014", factor=100)):
        each = of_each(VALUES, line)
        for code in VALUES.index:
            assert each[code] == pytest.approx(say(VALUES, line, [code]), nan_ok=True)


def test_a_column_that_a_territory_has_not_is_unknown_not_an_error():
    assert np.isnan(say(VALUES, figure(How.PEOPLE, "nothing_2024"), ["a"]))


def test_communes_like_one_in_size_are_nearest_in_proportion_and_of_its_own_kind():
    # |ln(90/100)| = 0.11, |ln 3| = 1.10, |ln 10| = 2.30.
    assert nearest(VALUES, RURAL, "a", Likeness.SIZE, 3) == ["d", "b", "c"]
    assert nearest(VALUES, RURAL.where(RURAL.index != "d", "urban"), "a", Likeness.SIZE, 3) == ["b", "c"]


@pytest.mark.taroudannt
def test_by_distance_urban_communes_whose_distances_nobody_measured_are_compared_by_size():
    table = read_portrait_table(TAROUDANNT)
    areas = read_communes(TAROUDANNT).set_index("commune_code")["area_type"]
    by_distance, by_size = (
        nearest(table.values, areas, "09.541.01.13", like) for like in (Likeness.DISTANCE, Likeness.SIZE)
    )
    assert by_distance == by_size
    rural = nearest(table.values, areas, "09.541.04.67", Likeness.DISTANCE)
    assert len(rural) == 5
    assert rural != nearest(table.values, areas, "09.541.04.67", Likeness.SIZE)


def test_ages_of_a_commune_add_up_to_all_its_people():
    ages = {"age_0_4_pct_2024": 8.0, "age_5_9_pct_2024": 9.0, "age_10_14_pct_2024": 10.0, "age_15_19_pct_2024": 9.0,
            "age_20_24_pct_2024": 7.0, "age_65_plus_pct_2024": 11.0}  # fmt: skip
    row = derive(pd.DataFrame(ages, index=["a"])).loc["a"]
    assert (row["under_15_pct_2024"], row["age_15_24_pct_2024"], row["age_25_64_pct_2024"]) == (27, 16, 46)


def test_what_sets_a_commune_apart_is_what_hardly_any_other_has():
    values = pd.DataFrame({"far_2024": [*range(30), 200.0], "usual_2024": [*range(15), 100.0, *range(16, 30), 7.5]})
    values = values.assign(municipal_population_2024=1.0, households_2024=1.0)
    figures = [PortraitFigure(n, "far", "km", How.PEOPLE, (f"{n}_2024",)) for n in ("far", "usual")]
    apart = {int(code): own for code, own in set_apart(values, figures).items()}
    assert apart[30] == [("far", True)]
    assert apart[15] == [("usual", True)]
    assert apart[12] == []


@pytest.mark.parametrize(
    ("known", "different", "is_told"), [(20, 10, True), (19, 10, False), (20, 9, False), (40, 9, False)]
)
def test_nothing_sets_a_commune_apart_among_fewer_than_twenty_or_where_fewer_than_ten_figures_differ(
    known, different, is_told
):
    # The last one is far from all the others, which share what is left of the different figures.
    own = [*(float(at % (different - 1)) for at in range(known - 1)), 200.0, np.nan]
    values = pd.DataFrame({"far_2024": own}, index=[*map(str, range(known - 1)), "far", "silent"])
    apart = set_apart(values, [PortraitFigure("far", "far", "km", How.PEOPLE, ("far_2024",))])
    assert apart["far"] == ([("far", True)] if is_told else [])
    assert apart["silent"] == []


@pytest.mark.taroudannt
def test_every_figure_of_the_portrait_is_in_the_tables_that_ship_and_in_a_known_section():
    columns = set(read_portrait_table(TAROUDANNT).values.columns)
    for line in FIGURES:
        assert set(line.parts) <= columns, line.id
        assert line.section in SECTIONS
    assert len({line.id for line in FIGURES}) == len(FIGURES) == 45


def test_fewer_than_two_communes_in_a_hundred_have_the_whole_profile_of_another():
    table = read_portrait_table(TAROUDANNT).values
    shares = [line for line in FIGURES if line.unit == "percent"]
    # To the nearest ten percentage points, as a reader keeps them in mind.
    profiles = pd.DataFrame({line.id: (of_each(table, line) / 10).round() for line in shares})
    assert profiles.duplicated(keep=False).mean() < 0.02


def test_an_invented_territory_without_daily_life_has_a_portrait_of_what_it_has():
    table = read_portrait_table(VALCLAIR)
    assert len(table.values) == 12
    assert "electricity_pct_2024" not in table.values.columns
    assert table.values["population_2024"].notna().all()


def test_communes_like_one_in_dwellings_are_nearest_in_deviations_of_each_figure():
    # Standard deviations 17.9 and 0.89 (means 100 and 2): b is 2.2 of the first away from a, c is 1.1 of the second.
    dwellings = {
        "dwelling_basic_pct_2024": [80.0, 120.0, 80.0, 120.0, 100.0],
        "dwelling_other_pct_2024": [1.0, 1.0, 2.0, 3.0, 3.0],
    }
    values = pd.DataFrame({**dwellings, "population_2024": [5.0, 900.0, 5.0, 5.0, 5.0]}, index=list("abcde"))
    assert nearest(values, pd.Series("rural", index=values.index), "a", Likeness.DWELLINGS, 1) == ["c"]
