"""Reliability A to D: kind of source x age x coverage, by hand (method note 2.5)."""

import numpy as np
import pandas as pd
import pytest

from analytics.model import PROVENANCE_ORDER, RELIABILITY_ORDER, Provenance
from analytics.panel import Column, Panel
from analytics.reliability import grade, grade_panel, quality, variation
from data.loaders.today import load_definitions

RULES = load_definitions().reliability
MONTH = pd.Timestamp("2025-01-01")


def panel(provenance, age, declared="A", coverage=np.nan, name="pupils_primary"):
    def column(value, kind, months, letter):
        return Column(
            np.array([value]),
            np.zeros(1, dtype=np.int8),
            np.array([PROVENANCE_ORDER.index(Provenance(kind))], dtype=np.int8),
            np.array([RELIABILITY_ORDER.index(letter)], dtype=np.int8),
            np.array([float(months)]),
        )

    columns = {name: column(100.0, provenance, age, declared)}
    if not np.isnan(coverage):
        columns["schools_reporting_pct"] = column(coverage, "declared", 0, "A")
    return Panel(("09.541.04.67",), (MONTH,), columns)


def graded(*args, name="pupils_primary", **kwargs):
    return RELIABILITY_ORDER[grade_panel(panel(*args, name=name, **kwargs), RULES)[name].reliability[0]]


@pytest.mark.parametrize(
    ("kind", "age", "coverage", "expected"),
    [
        ("declared", 0, 100, "A"),  # 0.9 x 1 x 1 = 0.90
        ("declared", 0, 80, "B"),  # 0.9 x 1 x 0.8 = 0.72
        ("declared", 0, np.nan, "B"),  # nobody said who answered: 0.9 x 1 x 0.8 = 0.72
        ("declared", 5, 60, "C"),  # 0.9 x 0.85 x 0.6 = 0.459
        ("declared", 20, 60, "D"),  # 0.9 x 0.4 x 0.6 = 0.216
        ("demonstration", 0, 100, "D"),  # 0.2
    ],
)
def test_three_qualities_multiply_to_a_grade(kind, age, coverage, expected):
    assert graded(kind, age, coverage=coverage) == expected


def test_a_census_distance_fades_with_its_age_and_a_census_population_does_not():
    assert graded("measured", 11, name="population_beyond_5km_health_centre") == "B"  # 1 x 0.65
    assert graded("measured", 14, name="population_beyond_5km_health_centre") == "C"  # 1 x 0.4
    assert graded("measured", 14, name="population") == "A"


def test_a_source_may_declare_less_and_never_more():
    assert graded("declared", 0, declared="C", coverage=100) == "C"
    assert graded("demonstration", 0, declared="A", coverage=100) == "D"


def test_the_bounds_of_a_grade_belong_to_the_better_one():
    assert list(grade(np.array([0.75, 0.7499, 0.5, 0.25, 0.2499, np.nan]), RULES)) == [0, 1, 1, 2, 3, -1]


def test_nothing_observed_has_no_quality_and_the_widest_variation():
    empty = Column.absent(1)
    assert np.isnan(quality("pupils_primary", empty, panel("declared", 0), RULES)[0])
    assert list(variation(np.array([0, 1, 2, 3, -1]), RULES)) == [0.05, 0.10, 0.20, 0.40, 0.40]
