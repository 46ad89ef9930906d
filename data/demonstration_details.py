"""Demonstration figures beside those that the index rests on: by sex and age, classes, shifts, latrines, vaccination, delays.

They are drawn from a random stream of their own, so that adding one changes no other figure; every part adds up to its total.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from data.demonstration_services import Setting, damaged_share

CYCLES = ("primary", "college", "lycee")
Figures = dict[str, np.ndarray]


def detail_figures(setting: Setting, known: Figures, parameters: dict[str, Any], damage: dict[str, Any]) -> Figures:
    """All the further monthly figures, communes × months.

    Args:
        known: figures of displaced persons, schools, health and registry, which these go into the detail of.
        parameters: ``details`` of the generator's parameters; ``damage`` its share of unusable rooms.
    """
    rng = np.random.default_rng([parameters["seed"], len(setting.codes)])
    damaged = damaged_share(setting, damage)
    return {
        **_displaced(setting, known, parameters["displaced"], rng),
        **_by_sex(setting, known, parameters["women"], rng),
        **_schools(setting, known, parameters["schools"], damaged, rng),
        **_health(setting, known, parameters["health"], damaged, rng),
        **_registry(setting, known, parameters["registry"], rng),
    }


def split_total(total: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Whole parts of whole totals: parts × the shape of ``total``, each near its share, together exactly the total."""
    limits = np.round(total[None, ...] * np.cumsum(shares)[:-1].reshape(-1, *[1] * total.ndim))
    return np.diff(limits, axis=0, prepend=np.zeros((1, *total.shape)), append=total[None, ...])


def _value(parameters: dict[str, Any], name: str) -> Any:
    return parameters[name]["value"]


def _around(setting: Setting, rng: np.random.Generator, centre: float, spread: float) -> np.ndarray:
    """A share of each commune around a centre, communes × 1, never outside 0–1."""
    return np.clip(rng.normal(centre, spread, len(setting.codes)), 0, 1)[:, None]


def _displaced(setting: Setting, known: Figures, parameters: dict[str, Any], rng: np.random.Generator) -> Figures:
    persons = known["displaced_persons"]
    women = np.round(persons * _around(setting, rng, _value(parameters, "women"), 0.02))
    ages = split_total(persons, np.array(_value(parameters, "ages")))
    children = np.floor(ages[1] * _value(parameters, "children_6_15_of_6_17"))
    enrolled = np.floor(children * _around(setting, rng, _value(parameters, "enrolled"), 0.05))
    return {
        "displaced_women": women,
        "displaced_men": persons - women,
        **dict(zip([f"displaced_age_{a}" for a in ("0_5", "6_17", "18_59", "60_plus")], ages, strict=True)),
        "displaced_children_6_15": children,
        "displaced_children_enrolled": enrolled,
    }


def _by_sex(setting: Setting, known: Figures, shares: dict[str, Any], rng: np.random.Generator) -> Figures:
    """Pupils by cycle, teachers, health staff and clerks: women and girls by their share, men and boys the rest."""
    figures: Figures = {}
    for cycle in CYCLES:
        pupils = known[f"pupils_{cycle}"]
        figures[f"pupils_{cycle}_girls"] = np.round(pupils * _around(setting, rng, _value(shares, f"pupils_{cycle}"), 0.015))
        figures[f"pupils_{cycle}_boys"] = pupils - figures[f"pupils_{cycle}_girls"]
    teachers = sum(known[f"teachers_{cycle}"] for cycle in CYCLES)
    others = known["doctors"] + known["nurses"]
    agents = known["registry_agents_fte"]
    women = {
        "teachers": np.round(teachers * _around(setting, rng, _value(shares, "teachers"), 0.05)),
        "health_staff": known["midwives"] + np.round(others * _around(setting, rng, _value(shares, "health_staff"), 0.08)),
        # Half posts are the smallest that the demonstration gives.
        "registry_agents": np.round(agents * _around(setting, rng, _value(shares, "registry_agents"), 0.1) * 2) / 2,
    }
    totals = {"teachers": teachers, "health_staff": others + known["midwives"], "registry_agents": agents}
    for name, total in totals.items():
        figures[f"{name}_women"], figures[f"{name}_men"] = women[name], total - women[name]
    return figures


def _schools(
    setting: Setting, known: Figures, parameters: dict[str, Any], damaged: np.ndarray, rng: np.random.Generator
) -> Figures:
    pupils = sum(known[f"pupils_{cycle}"] for cycle in CYCLES)
    a_class = _value(parameters, "pupils_per_class") * rng.lognormal(0, 0.12, (len(setting.codes), 1))
    classes = np.maximum(np.round(pupils / a_class), 1)
    points = np.array(_value(parameters, "share_over_40_by_class_size"))
    schools = 1 + np.floor(setting.population / _value(parameters, "people_per_school"))
    schools_open = np.maximum(schools[:, None] - np.round(schools[:, None] * damaged * _value(parameters, "closed")), 1)
    spaces = _temporary_spaces(parameters, pupils * damaged, rng)
    return {
        "classes_total": classes,
        "classes_over_40": np.floor(classes * np.interp(pupils / classes, points[:, 0], points[:, 1])),
        "schools_open": schools_open,
        "schools_double_shift": np.round(schools_open * np.clip(damaged * _value(parameters, "double_shift"), 0, 1)),
        **spaces,
        **_latrines(setting, known, parameters, rng),
        "schools_reporting_pct": _reporting(setting, parameters, rng),
    }


def _temporary_spaces(parameters: dict[str, Any], without_room: np.ndarray, rng: np.random.Generator) -> Figures:
    """Spaces needed for the pupils without a room, those that came, their area and the learners in them at one time."""
    places = _value(parameters, "learners_per_space")
    needed = np.ceil(without_room / places)
    months = np.arange(without_room.shape[1])
    arrived = np.clip(_value(parameters, "in_use_first") + months / _value(parameters, "months_to_deploy"), 0, 1)[None, :]
    in_use = np.floor(needed * arrived * rng.uniform(0.75, 1, (len(needed), 1)))
    crowding = rng.uniform(0.85, 1.25, (len(needed), 1))
    return {
        "temporary_spaces_needed": needed,
        "temporary_spaces_in_use": in_use,
        "temporary_space_area_m2": in_use * _value(parameters, "area_per_space"),
        "temporary_space_learners": np.minimum(np.round(in_use * places * crowding), np.round(without_room)),
    }


def _latrines(setting: Setting, known: Figures, parameters: dict[str, Any], rng: np.random.Generator) -> Figures:
    figures = {}
    for sex in ("girls", "boys"):
        pupils = sum(known[f"pupils_{cycle}"] for cycle in CYCLES) / 2
        a_cabin = _value(parameters, f"{sex}_per_cabin") * rng.lognormal(0, 0.25, (len(setting.codes), 1))
        figures[f"latrines_{sex}"] = np.maximum(np.round(pupils / a_cabin), 1)
    return figures


def _health(
    setting: Setting, known: Figures, parameters: dict[str, Any], damaged: np.ndarray, rng: np.random.Generator
) -> Figures:
    working, days = known["primary_care_facilities_functional"], known["health_opening_days"]
    partly = np.round(working * np.clip(_value(parameters, "partially_functioning") + damaged, 0, 1))
    target = np.round(setting.population[:, None] * _value(parameters, "infants_per_1000") / 12000) * np.ones(setting.shape)
    coverage = _around(setting, rng, _value(parameters, "penta3_coverage"), 0.05) * rng.uniform(0.9, 1.1, setting.shape)
    alone = np.where(
        known["doctors"] > 0, _value(parameters, "days_without_doctor"), _value(parameters, "days_never_doctor")
    )
    planned = 1 + rng.integers(0, _value(parameters, "mobile_days_at_most"), (len(setting.codes), 1)) * np.ones(
        setting.shape
    )
    winter = np.isin(setting.months.month, parameters["mobile_winter"]["months"])
    held = np.where(winter, _value(parameters, "mobile_winter"), _value(parameters, "mobile_held"))[None, :]
    return {
        "facilities_fully_functioning": working - partly,
        "facilities_partially_functioning": partly,
        "facilities_not_functioning": np.round(working * damaged / (1 - damaged)),
        "penta3_target_infants": target,
        "penta3_doses": np.round(target * coverage),
        "days_without_doctor": np.minimum(np.round(days * alone * rng.uniform(0.6, 1.3, setting.shape)), days),
        "mobile_days_planned": planned,
        "mobile_days_held": np.round(planned * held * rng.uniform(0.85, 1, setting.shape)),
        "health_facilities_reporting_pct": _reporting(setting, parameters, rng),
    }


def _registry(setting: Setting, known: Figures, parameters: dict[str, Any], rng: np.random.Generator) -> Figures:
    births, people = known["births_registered"], setting.population[:, None]
    expected = people * setting.national(parameters["deaths_per_1000"]["indicator"]) / 12000
    deaths = np.round(expected * rng.lognormal(0, 0.2, setting.shape))
    months = np.arange(1, setting.shape[1] + 1)[None, :]
    lost = (
        known["displaced_households"][:, :1]
        * _value(parameters, "share_papers_lost")
        * _value(parameters, "documents_per_household")
    )
    reissued = np.clip(months / _value(parameters, "months_to_reissue"), 0, 1) * _value(parameters, "share_reissued")
    far = np.minimum(people / _value(parameters, "people_per_distant_douar"), _value(parameters, "distant_douars_at_most"))
    distant = np.round(far) * np.ones(setting.shape)
    visited = _around(setting, rng, _value(parameters, "douars_visited"), 0.15)
    on_time = {name: _around(setting, rng, _value(parameters, f"{name}_on_time"), 0.04) for name in ("births", "deaths")}
    return {
        "births_registered_on_time": np.round(births * on_time["births"]),
        "deaths_registered": deaths,
        "deaths_registered_on_time": np.round(deaths * on_time["deaths"]),
        "documents_reissued_total": np.floor(lost * reissued),
        "douars_beyond_reach": distant,
        "douars_visited_by_caravan": np.floor(distant * visited),
    }


def _reporting(setting: Setting, parameters: dict[str, Any], rng: np.random.Generator) -> np.ndarray:
    """Percentage of the places that reported, each month."""
    low = _value(parameters, "reporting_at_least")
    return np.round(rng.uniform(low, 100, setting.shape))
