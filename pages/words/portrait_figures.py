"""The lines of a portrait in order: what each is made from and how it is said of several communes."""

from __future__ import annotations

from dataclasses import replace

from analytics.portrait import How, PortraitFigure

SECTIONS = ("people", "home", "school", "far", "event")


def _share(name: str, section: str, how: How = How.PEOPLE, column: str = "") -> PortraitFigure:
    return PortraitFigure(name, section, "percent", how, (column or f"{name}_2024",))


def _distance(name: str, known: str = "") -> PortraitFigure:
    covered = f"population_covered_{known or name}_2024"
    return PortraitFigure(name, "far", "km", How.HOUSEHOLDS, (f"{name}_km_mean_2024",), known=covered)


def _beyond(name: str, far: str, known: str) -> PortraitFigure:
    return PortraitFigure(name, "far", "percent", How.RATIO, (far, known), factor=100, known=known)


FIGURES = (
    PortraitFigure("population", "people", "persons", How.MEDIAN, ("population_2024",), 0),
    PortraitFigure("population_before", "people", "persons", How.MEDIAN, ("population_2014",), 0),
    PortraitFigure("change", "people", "percent", How.RATIO, ("population_2024", "population_2014"), factor=100, offset=-100),
    PortraitFigure("household_size", "people", "persons", How.RATIO, ("municipal_population_2024", "households_2024")),
    _share("female_pct", "people"),
    _share("under_15_before", "people", column="under_15_pct_2014"),
    _share("under_15_pct", "people"),
    _share("age_15_24_pct", "people"),
    _share("age_25_64_pct", "people"),
    _share("age_65_plus_pct", "people"),
    _share("disability_pct", "people"),
    _share("tachelhit_speakers_pct", "people"),
    _share("darija_speakers_pct", "people"),
    PortraitFigure("people_per_room", "home", "persons", How.HOUSEHOLDS, ("people_per_room_2024",)),
    _share("dwelling_rural_pct", "home", How.HOUSEHOLDS),
    replace(_share("rural_earth_dwelling_pct", "home", How.HOUSEHOLDS), known="population_covered_booklet_2024"),
    _share("dwelling_under_10y_pct", "home", How.HOUSEHOLDS),
    _share("tenant_pct", "home", How.HOUSEHOLDS),
    _share("electricity_pct", "home", How.HOUSEHOLDS),
    _share("running_water_pct", "home", How.HOUSEHOLDS),
    _share("toilet_pct", "home", How.HOUSEHOLDS),
    _share("sewer_pct", "home", How.HOUSEHOLDS),
    _share("mobile_phone_before", "home", How.HOUSEHOLDS, "mobile_phone_pct_2014"),
    _share("radio_before", "home", How.HOUSEHOLDS, "radio_pct_2014"),
    _share("schooling_girls", "school", column="schooling_6_11_female_pct_2024"),
    _share("schooling_boys", "school", column="schooling_6_11_male_pct_2024"),
    _share("illiteracy_women", "school", column="illiteracy_15_plus_female_pct_2024"),
    _share("illiteracy_men", "school", column="illiteracy_15_plus_male_pct_2024"),
    _share("female_activity", "school", column="female_activity_rate_2024"),
    _share("unemployment_pct", "school"),
    _share("pupils_walking_before", "school", column="pupils_walking_pct_2014"),
    _share("pupils_transport_before", "school", column="pupils_school_transport_pct_2014"),
    _share("pupils_elsewhere_before", "school", column="pupils_studying_in_other_commune_pct_2014"),
    _distance("primary_school"),
    _distance("college"),
    # A douar whose distance to a collège is published has that to a lycée too.
    _distance("lycee", "college"),
    _distance("health_centre"),
    PortraitFigure("paved_road", "far", "km", How.HOUSEHOLDS, ("paved_road_km_2024",)),
    _beyond("far_from_health", "population_beyond_5km_health_centre_2024", "population_covered_health_centre_2024"),
    _beyond("far_from_college", "population_beyond_5km_college_2024", "population_covered_college_2024"),
    _beyond("without_booklet", "population_without_booklet_2024", "population_covered_booklet_2024"),
    PortraitFigure("intensity", "event", "mmi", How.PEOPLE, ("mmi_intensity_2023",)),
    _share("other_before", "event", How.HOUSEHOLDS, "dwelling_other_pct_2014"),
    _share("other_now", "event", How.HOUSEHOLDS, "dwelling_other_pct_2024"),
    PortraitFigure("shelter_proxy", "event", "percent", How.RATIO, ("shelter_proxy_households_2024", "households_2024"), factor=100),
)  # fmt: skip
# What may set a commune apart: a year is enough of each, and figures of the census before are not news.
TELLING = tuple(f for f in FIGURES if not f.id.endswith("_before") and f.how is not How.MEDIAN and f.id != "shelter_proxy")
