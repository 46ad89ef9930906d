"""Every test vector of the method note, 2.3, with the hand calculation beside it."""

import numpy as np
import pandas as pd
import pytest

from analytics.assessment import assess
from analytics.assumptions import Assumptions, NormProfile
from analytics.capacity_factors import complete_requests
from analytics.composite import composite_index, power_mean
from analytics.panel import Column, Panel
from analytics.pressure import class_of_score, score, severity_class
from analytics.ratios import value_of_pressure
from data.loaders.today import load_definitions

DEFINITIONS = load_definitions()
MONTH = pd.Timestamp("2024-11-01")


def panel(**values: float) -> Panel:
    """One commune, one month; NaN stands for a figure that nobody reported."""

    def column(value: float) -> Column:
        missing = np.isnan(value)
        return Column(
            np.array([value]),
            np.array([3 if missing else 0], dtype=np.int8),
            np.array([-1 if missing else 2], dtype=np.int8),
            np.array([-1 if missing else 1], dtype=np.int8),
            np.array([np.nan if missing else 0.0]),
        )

    return Panel(("09.541.04.67",), (MONTH,), {name: column(value) for name, value in values.items()})


def row(result_id: str, **values: float) -> pd.Series:
    return assess(panel(**values), DEFINITIONS).frame([result_id]).iloc[0]


@pytest.mark.parametrize(
    ("pressure", "expected_score", "expected_class"),
    [
        (0.10, 0, 1),
        (0.25, 20, 1),
        (0.30, 24, 1),
        (0.65, 46, 1),
        (0.80, 52, 1),
        (0.90, 56, 2),
        (1.00, 60, 2),
        (1.1667, 63.33, 3),
        (1.20, 64, 3),
        (1.25, 65, 4),
        (1.50, 70, 4),
        (2.00, 80, 5),
        (3.00, 90, 5),
        (5.00, 100, 5),
    ],
)
def test_a_pressure_gives_its_score_and_class(pressure, expected_score, expected_class):
    legend = DEFINITIONS.legend
    assert score(np.array([pressure]), legend.goalposts)[0] == pytest.approx(expected_score, abs=0.01)
    assert severity_class(np.array([pressure]), legend)[0] == expected_class


# One cycle with pupils, the two others without: 1,260 pupils / 30 rooms = 42; 42 / 33 = 1.2727;
# 1,260 − 30 × 33 = 270 seats; 270 / 33 = 8.18, so 9 rooms.
SCHOOLS = {
    "pupils_primary": 1260, "classrooms_functional_primary": 30, "displaced_pupils_primary": 60,
    "pupils_college": 0, "classrooms_functional_college": 0, "displaced_pupils_college": 0,
    "pupils_lycee": 0, "classrooms_functional_lycee": 0, "displaced_pupils_lycee": 0,
}  # fmt: skip


def test_pupils_per_classroom():
    result = row("EDU01", **SCHOOLS)
    assert result["value"] == pytest.approx(42)
    assert result["pressure"] == pytest.approx(1.2727, abs=1e-4)
    assert result["norm_value"] == pytest.approx(33)
    assert result["gap_to_norm"] == pytest.approx(270)
    assert result["severity_class"] == 4


def test_seats_and_rooms_missing():
    assert row("EDU03", **SCHOOLS)["value"] == pytest.approx(270)
    assert row("EDU04", **SCHOOLS)["value"] == pytest.approx(9)


def test_the_part_due_to_displacement_is_what_leaves_with_the_displaced_pupils():
    # (1,260 − 60) / (30 × 33) = 1.2121; above the norm without them: 1,200 − 990 = 210.
    result = row("EDU01", **SCHOOLS)
    assert result["pressure_without_displaced"] == pytest.approx(1.2121, abs=1e-4)
    assert result["gap_without_displaced"] == pytest.approx(210)


def test_one_cycle_does_not_make_up_for_another():
    # Primary 400 pupils in 10 rooms: 70 above 330; collège 100 pupils in 10 rooms: 300 seats free; still 70 missing.
    schools = {**SCHOOLS, "pupils_primary": 400, "classrooms_functional_primary": 10, "pupils_college": 100,
               "classrooms_functional_college": 10}  # fmt: skip
    assert row("EDU03", **schools)["value"] == pytest.approx(70)
    assert row("EDU04", **schools)["value"] == pytest.approx(3)


def test_a_second_shift_is_capacity_in_an_emergency_only():
    # 3 of 10 schools in double shift: in an emergency 30 rooms serve 39 classes at 40: 1,260 / 1,560.
    schools = {**SCHOOLS, "schools_open": 10, "schools_double_shift": 3}
    assert row("EDU01", **schools)["pressure"] == pytest.approx(1260 / 990)
    emergency = assess(panel(**schools), DEFINITIONS, Assumptions(profile=NormProfile.EMERGENCY)).frame(["EDU01"]).iloc[0]
    assert emergency["pressure"] == pytest.approx(1260 / 1560)
    assert emergency["value"] == pytest.approx(1260 / 39)


def test_people_per_facility():
    result = row("HEA01", population=24000, displaced_persons=0, primary_care_facilities_functional=2)
    assert result["pressure"] == pytest.approx(1.20)
    assert result["severity_class"] == 3


def test_visits_per_clinician_and_day():
    # 13,980 visits ÷ (2 clinicians × 250 days) = 27.96; ÷ 50 = 0.559. All 24,000 people once: 48.0; 0.96.
    observed = row(
        "HEA02", outpatient_visits=13980, displaced_outpatient_visits=6000, clinicians_fte=2, health_opening_days=250
    )
    need = row("HEA02", outpatient_visits=24000, displaced_outpatient_visits=0, clinicians_fte=2, health_opening_days=250)
    assert observed["value"] == pytest.approx(27.96)
    assert observed["pressure"] == pytest.approx(0.559, abs=1e-3)
    assert need["value"] == pytest.approx(48.0)
    assert need["pressure"] == pytest.approx(0.96)


def test_visits_needed_per_clinician_and_day():
    # 24,000 people, two visits each a year: 4,000 a month; 2 clinicians × 20 days = 40 days: 100 a day; ÷ 50 = 2.
    result = row("HEA02B", population=24000, displaced_persons=0, clinicians_fte=2, health_opening_days=20)
    assert result["value"] == pytest.approx(100)
    assert result["pressure"] == pytest.approx(2)


# 40 requests a day, all of them full acts, 3 clerks, 12 a day each, 180 waiting: μ = 36, ρ = 1.111, 5.0 days.
REGISTRY = {
    "registry_requests": 800, "registry_full_acts": 800, "registry_extracts": 0,
    "displaced_registry_requests": 0, "registry_agents_fte": 3, "registry_opening_days": 20,
    "registry_backlog": 180,
}  # fmt: skip


def test_registry_counter_as_a_queue():
    assert row("CIV02", **REGISTRY)["value"] == pytest.approx(1.111, abs=1e-3)
    assert row("CIV03", **REGISTRY)["value"] == pytest.approx(5.0)
    assert row("CIV03", **REGISTRY)["score"] == pytest.approx(60)
    assert row("CIV03", **REGISTRY)["severity_class"] == 2


def test_backlog_after_twenty_days_of_forty_against_thirty_six():
    # 180 + 20 × (40 − 36) = 260; 260 / 36 = 7.22 days.
    assert row("CIV03", **{**REGISTRY, "registry_backlog": 260})["value"] == pytest.approx(7.22, abs=0.01)


def test_acts_and_extracts_take_the_time_of_each():
    # One act in ten: 1 / (0.1 / 12 + 0.9 / 40) = 32.43 a clerk and day; 3 clerks 97.3; 40 / 97.3 = 0.411; 180 / 97.3 = 1.85.
    mixed = {**REGISTRY, "registry_full_acts": 80, "registry_extracts": 720}
    assert row("CIV02", **mixed)["value"] == pytest.approx(40 / (3 * 1 / (0.1 / 12 + 0.9 / 40)))
    assert row("CIV02", **mixed)["value"] == pytest.approx(0.411, abs=1e-3)
    assert row("CIV03", **mixed)["value"] == pytest.approx(1.85, abs=0.01)
    # (40 + 9) / (32.43 × 0.85) = 1.78, so 2 clerks.
    assert row("CIV07", **mixed)["value"] == 2


def test_a_commune_that_does_not_tell_acts_from_extracts_has_the_usual_mix_and_says_it_is_an_estimate():
    pooled = {k: v for k, v in REGISTRY.items() if k not in ("registry_full_acts", "registry_extracts")}
    known = row("CIV02", **{**REGISTRY, "registry_full_acts": 80, "registry_extracts": 720})
    assert row("CIV02", **pooled)["value"] == pytest.approx(known["value"])
    assert (known["provenance"], row("CIV02", **pooled)["provenance"]) == ("declared", "estimate")


def test_the_total_of_acts_and_extracts_stands_in_for_one_that_nobody_sent():
    parts = panel(**{**REGISTRY, "registry_requests": np.nan, "registry_full_acts": 80, "registry_extracts": 720})
    assert complete_requests(parts)["registry_requests"].value[0] == 800
    assert complete_requests(panel(**REGISTRY))["registry_requests"].value[0] == 800


def test_clerks_needed_to_clear():
    # (40 + 180 / 20) / (12 × 0.85) = 4.80, so 5.
    assert row("CIV07", **REGISTRY)["value"] == 5


def test_health_professionals_density_is_inverted():
    # 2 + 8 + 1 = 11 for 10,000 people: 11 per 10,000; 23 / 11 = 2.09.
    result = row("HEA04", population=10000, displaced_persons=0, doctors=2, nurses=8, midwives=1)
    assert result["value"] == pytest.approx(11)
    assert result["pressure"] == pytest.approx(23 / 11)
    assert result["norm_value"] == pytest.approx(23)


SECTOR_SCORES = [np.array([56.667]), np.array([60.0]), np.array([51.111])]


@pytest.mark.parametrize(("power", "expected"), [(1, 55.926), (2, 56.046), (8, 56.709)])
def test_composite_of_three_sectors(power, expected):
    assert power_mean(np.array(SECTOR_SCORES), np.ones(3), power)[0] == pytest.approx(expected, abs=1e-3)


def test_composite_bounds_with_a_sector_missing():
    index = composite_index([np.array([56.6667]), np.array([60.0]), np.array([np.nan])], [1, 1, 1])
    assert index.low[0] == pytest.approx(47.648, abs=1e-3)
    assert index.high[0] == pytest.approx(74.858, abs=1e-3)


def test_one_sector_alone_is_not_an_index():
    index = composite_index([np.array([90.0]), np.array([np.nan]), np.array([np.nan])], [1, 1, 1])
    assert np.isnan(index.score[0])
    assert np.isnan(class_of_score(index.score, DEFINITIONS.legend)[0])


def test_score_bands_are_the_classes():
    scores = np.array([0, 52, 52.01, 60, 64, 64.5, 70, 70.1, 100.0])
    assert list(class_of_score(scores, DEFINITIONS.legend)) == [1, 1, 2, 2, 3, 4, 4, 5, 5]


def test_no_service_with_demand_is_a_breakdown_without_a_pressure():
    result = row("HEA01", population=5000, displaced_persons=100, primary_care_facilities_functional=0)
    assert (result["status"], result["severity_class"], result["score"]) == ("no_service", 5, 100)
    assert np.isnan(result["pressure"])


def test_a_missing_capacity_is_not_an_absent_service():
    result = row("HEA01", population=5000, displaced_persons=100, primary_care_facilities_functional=np.nan)
    assert result["status"] == "missing"
    assert pd.isna(result["severity_class"])


def test_displaced_persons_that_nobody_reported_are_not_zero():
    assert row("HEA01", population=5000, primary_care_facilities_functional=1)["status"] == "missing"


def test_the_norm_of_a_load_in_percent_is_printed_as_its_value_is():
    # 3 of 12 schools, one in five at the norm: 25 / 20. A share of what is needed is a percentage already: 100 / 75.
    assert row("EDU05", schools_double_shift=3, schools_open=12)[
        ["value", "norm_value", "pressure"]
    ].tolist() == pytest.approx([25, 20, 1.25])
    spaces = row("EDU06", temporary_spaces_needed=20, temporary_spaces_in_use=15)
    assert spaces[["value", "norm_value", "pressure"]].tolist() == pytest.approx([75, 100, 4 / 3])


@pytest.mark.parametrize(
    ("indicator", "pressure", "norm", "value"),
    # 1.2 times 10,000 people a building, twice 20 % of the people (a norm is a share), one and a half times 5 days, 0.9 of a ratio.
    [("HEA01", 1.2, 10_000, 12_000), ("HEA07", 2.0, 0.2, 40), ("CIV03", 1.5, 5, 7.5), ("CIV02", 0.9, 1, 0.9)],
)
def test_a_pressure_is_told_in_the_unit_of_its_indicator(indicator, pressure, norm, value):
    assert value_of_pressure(np.array([pressure]), DEFINITIONS.indicators[indicator], norm) == pytest.approx([value])
