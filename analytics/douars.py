"""Douars: what the census says of each, and how they add up to their commune."""

from __future__ import annotations

import pandas as pd

DISTANCES = (
    "primary_school_km", "college_km", "lycee_km", "health_centre_km", "paved_road_km", "drivable_track_km",
)  # fmt: skip
SHARES = ("civil_status_booklet_pct", "rural_earth_pct", "other_dwelling_pct")
FIGURES = (*SHARES, *DISTANCES)
# Beyond these a douar counts as far: what the indicators of access say of communes (km).
FAR_KM = {
    "primary_school_km": 3.0, "college_km": 5.0, "lycee_km": 10.0, "health_centre_km": 5.0, "paved_road_km": 2.0,
    "drivable_track_km": 2.0,
}  # fmt: skip
LIMIT_SHARE = {"other_dwelling_pct": 10.0, "rural_earth_pct": 50.0, "civil_status_booklet_pct": 2.0}

# How a douar stands on a figure: within the limit, up to twice as far, farther; withheld by the census.
NEAR, FAR, VERY_FAR, WITHHELD = "near", "far", "very_far", "withheld"


def is_withheld(douars: pd.DataFrame) -> pd.Series:
    """Whether the census withholds everything of a douar but people and households (under 30 households)."""
    return douars[list(FIGURES)].isna().all(axis=1)


def add_up(douars: pd.DataFrame, municipal_population: pd.Series) -> pd.DataFrame:
    """By commune that has douars: how many there are, are withheld and are placed, their people and households, the people of
    those with figures, and ``remainder``: the commune's people (municipal population of the same census) whom no douar holds.

    The remainder is said, never spread over the douars.
    """
    groups = douars["commune_code"]
    withheld = is_withheld(douars)
    found = pd.DataFrame(
        {
            "douars": groups.groupby(groups).size(),
            "withheld": withheld.groupby(groups).sum(),
            "placed": douars["latitude"].notna().groupby(groups).sum(),
            "population": douars["population"].groupby(groups).sum(),
            "households": douars["households"].groupby(groups).sum(),
            "population_with_figures": douars["population"].where(~withheld, 0).groupby(groups).sum(),
        }
    ).rename_axis("commune_code")
    return found.assign(remainder=municipal_population.reindex(found.index) - found["population"])


def need(douars: pd.DataFrame, figure: str) -> pd.Series:
    """A figure turned so that more is worse: people not entered in the booklet instead of those who are; NaN where withheld."""
    return 100 - douars[figure] if figure == "civil_status_booklet_pct" else douars[figure]


def standing(douars: pd.DataFrame, figure: str) -> pd.Series:
    """Of each douar ``near``, ``far`` (beyond the limit of the figure), ``very_far`` (beyond twice the limit) or ``withheld``."""
    limit = FAR_KM.get(figure) or LIMIT_SHARE[figure]
    value = need(douars, figure)
    words = pd.Series(NEAR, index=douars.index).mask(value > limit, FAR).mask(value > 2 * limit, VERY_FAR)
    return words.mask(value.isna(), WITHHELD)


def shelter_households(douars: pd.DataFrame) -> pd.Series:
    """Households in dwellings of type "other" one year after the earthquake, a proxy of temporary shelter: their share times the
    households, to the nearest whole one, NaN where withheld; never a count of displaced people."""
    return (douars["other_dwelling_pct"] / 100 * douars["households"]).round()


def criteria_of(douars: pd.DataFrame) -> pd.DataFrame:
    """What communities may be chosen by, one column each, the higher the more in need; NaN where the census withholds it.

    ``people`` is known for every douar; the others only for those of 30 households and more.
    """
    figures = {figure: need(douars, figure) for figure in FIGURES if figure != "rural_earth_pct"}
    return pd.DataFrame({"people": douars["population"], **figures})
