"""Pupils displaced inside their own commune are no additional load on its schools."""

import pytest

TIZI = "09.541.04.67"


def test_only_pupils_from_elsewhere_are_taken_off(figures):
    """Tizi N'test: 405 + 213 pupils, of whom 320 displaced; of 1,965 displaced persons a twentieth comes from elsewhere."""
    month = figures.default_month

    def count(variable):
        return float(figures.column(variable, month)[TIZI])

    elsewhere, own = count("hosted_from_elsewhere"), count("hosted_from_own_commune")
    share = elsewhere / (elsewhere + own)
    assert 0 < share < 0.1
    displaced = sum(count(f"displaced_pupils_{cycle}") for cycle in ("primary", "college", "lycee"))
    pupils = sum(count(f"pupils_{cycle}") for cycle in ("primary", "college", "lycee"))
    # The norms in force: 33 pupils a room in primary school, 40 in the others.
    seats = 33 * count("classrooms_functional_primary") + 40 * (
        count("classrooms_functional_college") + count("classrooms_functional_lycee")
    )
    result = figures.of_commune(TIZI, month).loc["EDU01"]
    assert result["pressure"] == pytest.approx(pupils / seats)
    assert result["pressure_without_displaced"] == pytest.approx((pupils - share * displaced) / seats)
    assert displaced > 300
    assert result["pressure_without_displaced"] > 1.2
