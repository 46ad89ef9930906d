"""Every indicator beside the first ones, against an answer worked by hand; the province's own indicator."""

import pandas as pd
import pytest

from analytics.assessment import assess
from analytics.assumptions import Assumptions, NormProfile
from analytics.province import assess_province
from data.loaders.today import load_definitions
from data.reference_files import read_province_observations
from tests.panels import one_commune
from tests.territories import TAROUDANNT

# Each worked by hand: value, pressure (None where there is none), gap (None where there is none).
WORKED = {
    # 6 of 40 classes, 15 %, beside a national share: a reference, compared with nothing.
    "EDU01B": ({"classes_over_40": 6, "classes_total": 40}, 15, None, None),
    # 3 of 10 schools over 20 %.
    "EDU05": ({"schools_double_shift": 3, "schools_open": 10}, 30, 1.5, 1),
    # 8 of 10 spaces: 100 / 80; 10 - 8 = 2.
    "EDU06": ({"temporary_spaces_needed": 10, "temporary_spaces_in_use": 8}, 80, 1.25, 2),
    # 108 m2 for 90 learners: 1.2 m2, 1.5 / 1.2; 90 - 108 / 1.5 = 18.
    "EDU07": ({"temporary_space_learners": 90, "temporary_space_area_m2": 108}, 1.2, 1.25, 18),
    # Girls 90 in 2 cabins (norm 30), boys 60 in 2 (norm 60): 150 / 4 = 37.5; 150 / (60 + 120); girls alone 30 short.
    "EDU09": (
        {
            "pupils_primary_girls": 50, "pupils_college_girls": 40, "pupils_lycee_girls": 0, "pupils_primary_boys": 60,
            "pupils_college_boys": 0, "pupils_lycee_boys": 0, "latrines_girls": 2, "latrines_boys": 2,
        },
        37.5, 150 / 180, 30,
    ),
    # 76 of 100 children: 95 / 76; 100 - 76 / .95 = 20.
    "EDU10": ({"displaced_children_6_15": 100, "displaced_children_enrolled": 76}, 76, 1.25, 20),
    # 250 visits a month x 12 over 6,000 people (nobody displaced).
    "HEA03": ({"outpatient_visits": 250, "population": 6000, "displaced_persons": 0}, 0.5, None, None),
    # 1 doctor for 20,000: .5 per 10,000 over a floor of .2.
    "HEA06": ({"doctors": 1, "population": 20000, "displaced_persons": 0}, 0.5, 0.4, 0),
    # 3 of 3 + 1 + 1 function fully: 60 %.
    "HEA08": (
        {"facilities_fully_functioning": 3, "facilities_partially_functioning": 1, "facilities_not_functioning": 1},
        60, 5 / 3, 2,
    ),
    "HEA09": ({"penta3_target_infants": 40, "penta3_doses": 38}, 95, 1, 0),
    "HEA10": ({"days_without_doctor": 5, "health_opening_days": 20}, 25, 1.25, 1),
    "HEA11": ({"mobile_days_planned": 5, "mobile_days_held": 4}, 80, 1, 0),
    # 8 births in time cover 8 x 845 = 6,760 of 8,450 people: 80 %, 95 / 80; 8,450 - 6,760 / .95.
    "CIV04": ({"births_registered_on_time": 8, "population": 8450, "displaced_persons": 0}, 80, 95 / 80, 8450 - 6760 / 0.95),
    "CIV04B": ({"births_registered_on_time": 19, "births_registered": 20}, 95, 1, 0),
    "CIV05": ({"deaths_registered_on_time": 2, "population": 4948, "displaced_persons": 0}, 100, 0.95, 0),
    "CIV05B": ({"deaths_registered_on_time": 3, "deaths_registered": 4}, 75, 95 / 75, 4 - 3 / 0.95),
    # 100 households x .30 x 4 = 120 documents, 45 reissued.
    "CIV06": ({"displaced_households": 100, "documents_reissued_total": 45}, 75, None, None),
    "CIV08": ({"registry_offices": 2, "population": 61200, "displaced_persons": 0}, 30600, None, None),
    "CIV09": ({"douars_beyond_reach": 20, "douars_visited_by_caravan": 9}, 45, 2, 10),
}  # fmt: skip


@pytest.mark.parametrize("indicator", WORKED)
def test_an_indicator_gives_the_answer_worked_by_hand(indicator):
    values, value, pressure, gap = WORKED[indicator]
    panel = one_commune({name: float(v) for name, v in values.items()})
    row = assess(panel, load_definitions()).frame([indicator]).iloc[0]
    assert row["status"] == "assessed"
    assert row["value"] == pytest.approx(value)
    for name, expected in (("pressure", pressure), ("gap_to_norm", gap)):
        assert row[name] == pytest.approx(expected) if expected is not None else pd.isna(row[name])


def test_a_missing_figure_leaves_each_of_them_missing():
    for indicator, (values, *_) in WORKED.items():
        for lost in values:
            rest = {name: float(v) for name, v in values.items() if name != lost}
            assert assess(one_commune(rest), load_definitions()).frame([indicator])["status"].iloc[0] == "missing", (
                indicator,
                lost,
            )


@pytest.mark.taroudannt
def test_the_province_has_its_hospital_beds_by_the_same_formula():
    """310 beds for 858,162 people: 3.612 per 10,000; 18 / 3.612 = 4.983."""
    observed = read_province_observations(TAROUDANNT, load_definitions())
    row = assess_province(observed, pd.Timestamp("2025-08-01"), load_definitions()).loc["HEA05"]
    assert row["value"] == pytest.approx(310 / 858162 * 10000)
    assert row["pressure"] == pytest.approx(18 / (310 / 858162 * 10000))
    assert (row["severity_class"], row["status"], row["provenance"]) == (5, "assessed", "official_via_press")
    regional = assess_province(
        read_province_observations(TAROUDANNT, load_definitions()),
        pd.Timestamp("2025-08-01"),
        load_definitions(),
        Assumptions(profile=NormProfile.REGIONAL),
    )
    assert regional.at["HEA05", "severity_class"] == 4
