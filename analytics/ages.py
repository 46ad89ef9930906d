"""From five-year age groups to single years and school ages, by Sprague's multipliers.

Sprague's fifth-difference osculatory interpolation (tabulated in Shryock and Siegel, *The Methods and Materials of
Demography*, appendix C) splits each group into five single years that add up to the group, bending with its neighbours.
"""

from __future__ import annotations

import numpy as np

GROUP_YEARS = 5
GROUPS_NEEDED = 6

# Rows: the five single years of a group. Columns: the groups they are drawn from, the first group's own set starting at itself.
_FIRST = np.array(
    [
        [0.3616, -0.2768, 0.1488, -0.0336, 0.0],
        [0.2640, -0.0960, 0.0400, -0.0080, 0.0],
        [0.1840, 0.0400, -0.0320, 0.0080, 0.0],
        [0.1200, 0.1360, -0.0720, 0.0160, 0.0],
        [0.0704, 0.1968, -0.0848, 0.0176, 0.0],
    ]
)
_SECOND = np.array(
    [
        [0.0336, 0.2272, -0.0752, 0.0144, 0.0],
        [0.0080, 0.2320, -0.0480, 0.0080, 0.0],
        [-0.0080, 0.2160, -0.0080, 0.0000, 0.0],
        [-0.0160, 0.1840, 0.0400, -0.0080, 0.0],
        [-0.0176, 0.1408, 0.0912, -0.0144, 0.0],
    ]
)
_MIDDLE = np.array(
    [
        [-0.0128, 0.0848, 0.1504, -0.0240, 0.0016],
        [-0.0016, 0.0144, 0.2224, -0.0416, 0.0064],
        [0.0064, -0.0336, 0.2544, -0.0336, 0.0064],
        [0.0064, -0.0416, 0.2224, 0.0144, -0.0016],
        [0.0016, -0.0240, 0.1504, 0.0848, -0.0128],
    ]
)

SCHOOL_SHARES = ("age_0_4_pct", "age_5_9_pct", "age_10_14_pct", "age_15_19_pct", "age_20_24_pct", "age_25_29_pct")
SCHOOL_AGES = {"school_age_primary": (6, 11), "school_age_college": (12, 14), "school_age_lycee": (15, 17)}


def single_years(groups: np.ndarray) -> np.ndarray:
    """Single years of age 0–19 from the six groups 0–4 to 25–29.

    Args:
        groups: rows × 6, people (or shares) of each five-year group.

    Returns:
        Rows × 20; each five years add up to their group; NaN where a group that they are drawn from is NaN.
    """
    if groups.shape[1] < GROUPS_NEEDED:
        raise ValueError(f"Sprague's multipliers need {GROUPS_NEEDED} groups from age 0, not {groups.shape[1]}")
    panels = (
        groups[:, 0:5] @ _FIRST.T,
        groups[:, 0:5] @ _SECOND.T,
        groups[:, 0:5] @ _MIDDLE.T,
        groups[:, 1:6] @ _MIDDLE.T,
    )
    return np.hstack(panels)


def people_aged(groups: np.ndarray, first: int, last: int) -> np.ndarray:
    """People from age ``first`` to age ``last``, both included, at most 19; never negative."""
    return _aged(single_years(groups), first, last)


def _aged(years: np.ndarray, first: int, last: int) -> np.ndarray:
    return np.maximum(0.0, years[:, first : last + 1].sum(axis=1))


def school_age(people: np.ndarray, shares_pct: np.ndarray) -> dict[str, np.ndarray]:
    """People of primary (6–11), collège (12–14) and lycée (15–17) age.

    Args:
        people: base of the shares, one a row.
        shares_pct: rows × 6, percentages aged 0–4 to 25–29.
    """
    years = single_years(people[:, None] * shares_pct / 100)
    return {name: _aged(years, first, last) for name, (first, last) in SCHOOL_AGES.items()}
