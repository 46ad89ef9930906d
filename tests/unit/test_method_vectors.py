"""Every test vector of the method note, 2.3, with the hand calculation beside it."""

import numpy as np
import pandas as pd
import pytest

from analytics.assessment import assess
from analytics.composite import composite_index, power_mean
from analytics.panel import Column, Panel
from analytics.pressure import class_of_score, score, severity_class
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
        (0.30, 0, 1),
        (0.65, 10, 1),
        (0.80, 20, 1),
        (0.90, 30, 2),
        (1.00, 40, 2),
        (1.1667, 56.67, 3),
        (1.20, 60, 3),
        (1.25, 63.33, 4),
        (1.50, 80, 4),
        (2.00, 90, 5),
        (3.00, 100, 5),
    ],
)
def test_a_pressure_gives_its_score_and_class(pressure, expected_score, expected_class):
    legend = DEFINITIONS.legend
    assert score(np.array([pressure]), legend.goalposts)[0] == pytest.approx(expected_score, abs=0.01)
    assert severity_class(np.array([pressure]), legend)[0] == expected_class


# One cycle with pupils, the two others without: 1,260 pupils / 30 rooms = 42; 42 / 36 = 1.1667;
# 1,260 − 30 × 36 = 180 seats; 180 / 36 = 5 rooms.
SCHOOLS = {
    "pupils_primary": 1260, "classrooms_functional_primary": 30, "displaced_pupils_primary": 60,
    "pupils_college": 0, "classrooms_functional_college": 0, "displaced_pupils_college": 0,
    "pupils_lycee": 0, "classrooms_functional_lycee": 0, "displaced_pupils_lycee": 0,
}  # fmt: skip


def test_pupils_per_classroom():
    result = row("EDU01", **SCHOOLS)
    assert result["value"] == pytest.approx(42)
    assert result["pressure"] == pytest.approx(1.1667, abs=1e-4)
    assert result["norm_value"] == pytest.approx(36)
    assert result["gap_to_norm"] == pytest.approx(180)
    assert result["severity_class"] == 3


def test_seats_and_rooms_missing():
    assert row("EDU03", **SCHOOLS)["value"] == pytest.approx(180)
    assert row("EDU04", **SCHOOLS)["value"] == pytest.approx(5)


def test_the_part_due_to_displacement_is_what_leaves_with_the_displaced_pupils():
    # (1,260 − 60) / (30 × 36) = 1.1111; above the norm without them: 1,200 − 1,080 = 120.
    result = row("EDU01", **SCHOOLS)
    assert result["pressure_without_displaced"] == pytest.approx(1.1111, abs=1e-4)
    assert result["gap_without_displaced"] == pytest.approx(120)


def test_one_cycle_does_not_make_up_for_another():
    # Primary 400 pupils in 10 rooms: 40 above 360; collège 100 pupils in 10 rooms: 300 seats free; still 40 missing.
    schools = {**SCHOOLS, "pupils_primary": 400, "classrooms_functional_primary": 10, "pupils_college": 100,
               "classrooms_functional_college": 10}  # fmt: skip
    assert row("EDU03", **schools)["value"] == pytest.approx(40)
    assert row("EDU04", **schools)["value"] == pytest.approx(2)


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


# 40 requests a day, 3 clerks, 12 a day each, 180 waiting: μ = 36, ρ = 1.111, 5.0 days.
REGISTRY = {
    "registry_requests": 800, "displaced_registry_requests": 0, "registry_agents_fte": 3, "registry_opening_days": 20,
    "registry_backlog": 180,
}  # fmt: skip


def test_registry_counter_as_a_queue():
    assert row("CIV02", **REGISTRY)["value"] == pytest.approx(1.111, abs=1e-3)
    assert row("CIV03", **REGISTRY)["value"] == pytest.approx(5.0)
    assert row("CIV03", **REGISTRY)["score"] == pytest.approx(40)
    assert row("CIV03", **REGISTRY)["severity_class"] == 2


def test_backlog_after_twenty_days_of_forty_against_thirty_six():
    # 180 + 20 × (40 − 36) = 260; 260 / 36 = 7.22 days.
    assert row("CIV03", **{**REGISTRY, "registry_backlog": 260})["value"] == pytest.approx(7.22, abs=0.01)


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
    assert np.isnan(index.class_of_score[0])


def test_score_bands_are_the_classes():
    assert list(class_of_score(np.array([0, 20, 20.01, 40, 60, 60.5, 80, 80.1, 100.0]))) == [1, 1, 2, 2, 3, 4, 4, 5, 5]


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
