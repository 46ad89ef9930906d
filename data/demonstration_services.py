"""Demonstration figures of schools, health and civil registry: communes × months, fitted to the named totals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analytics.queueing import next_backlog
from data.integer_shares import share_out


@dataclass(frozen=True, slots=True)
class Setting:
    """What every service starts from: communes, months, people, intensity, displaced persons, totals, one random stream."""

    codes: np.ndarray
    months: pd.DatetimeIndex
    population: np.ndarray
    school_age: dict[str, np.ndarray]
    intensity: np.ndarray
    displaced: np.ndarray
    total: Callable[[str], float]
    national: Callable[[str], float]
    rng: np.random.Generator

    @property
    def shape(self) -> tuple[int, int]:
        """Communes and months."""
        return len(self.codes), len(self.months)

    def spread(self, scale: float) -> np.ndarray:
        """A factor around 1 for each commune."""
        return self.rng.lognormal(0.0, scale, len(self.codes))


def damaged_share(setting: Setting, parameters: dict[str, Any]) -> np.ndarray:
    """Share of rooms and facilities unusable, communes × months: by intensity, fading as they are repaired."""
    points = np.array(parameters["by_intensity"])
    at_first = np.interp(setting.intensity, points[:, 0], points[:, 1])
    left = np.clip(
        1 - np.arange(setting.shape[1]) / parameters["recovery_months"]["value"], parameters["never_recovered"]["value"], 1
    )
    return at_first[:, None] * left[None, :]


def school_figures(setting: Setting, parameters: dict[str, Any], damage: dict[str, Any]) -> dict[str, np.ndarray]:
    """Pupils, displaced pupils, usable rooms and teachers of each cycle.

    Pupils and teachers sum to the province's totals in each month of 2023-24.
    """
    figures: dict[str, np.ndarray] = {}
    growth = 1 + parameters["growth_second_year"]["value"]
    school_year = np.arange(setting.shape[1]) // 12
    for cycle in ("primary", "college", "lycee"):
        entry = parameters[cycle]
        has_school = setting.population >= parameters["smallest_commune_with"].get(cycle, 0)
        weights = np.where(has_school, setting.school_age[entry["age"]] * setting.spread(0.05), 0.0)
        pupils = share_out(round(setting.total(entry["pupils"])), weights)
        teachers = share_out(round(setting.total(entry["teachers"])), weights * setting.spread(0.12))
        rooms = np.maximum(np.round(pupils / (entry["pupils_per_room"] * setting.spread(entry["spread"]))), has_school)
        usable = np.floor(rooms[:, None] * (1 - damaged_share(setting, damage)))
        enrolled = np.round(pupils[:, None] * growth ** school_year[None, :])
        displaced = np.floor(setting.displaced * entry["displaced_share"] * entry["enrolment"])
        figures[f"pupils_{cycle}"] = enrolled
        figures[f"displaced_pupils_{cycle}"] = np.minimum(displaced, enrolled)
        figures[f"classrooms_functional_{cycle}"] = np.where(rooms[:, None] > 0, np.maximum(usable, 1), 0)
        figures[f"teachers_{cycle}"] = np.repeat(teachers[:, None], setting.shape[1], axis=1)
    return figures


def health_figures(setting: Setting, parameters: dict[str, Any], damage: dict[str, Any]) -> dict[str, np.ndarray]:
    """Open facilities, staff, opening days and curative visits."""
    months = setting.shape[1]
    facilities = 1 + share_out(
        round(setting.total(parameters["facilities"]["indicator"])) - len(setting.codes),
        setting.population * setting.spread(0.25),
    )
    closed = np.round(facilities[:, None] * damaged_share(setting, damage))
    nurses_all = round(setting.total(parameters["nurses"]["indicator"]))
    midwives = round(nurses_all * parameters["midwife_share"]["value"])
    open_ones = np.maximum(facilities[:, None] - closed, 1)
    clinicians = np.round(open_ones * parameters["clinicians_per_facility"]["value"] * setting.spread(0.3)[:, None] * 2) / 2
    visits, displaced_visits = _visits(setting, parameters)
    return {
        "primary_care_facilities_functional": open_ones,
        "doctors": _each_month(
            _staff(setting, round(setting.total(parameters["doctors"]["indicator"])), "doctors", parameters), months
        ),
        "nurses": _each_month(_staff(setting, nurses_all - midwives, "nurses", parameters), months),
        "midwives": _each_month(_staff(setting, midwives, "nurses", parameters), months),
        "clinicians_fte": np.maximum(clinicians, 0.5),
        "health_opening_days": np.full(setting.shape, parameters["opening_days"]["value"], dtype=float),
        "outpatient_visits": visits,
        "displaced_outpatient_visits": displaced_visits,
    }


def registry_figures(setting: Setting, parameters: dict[str, Any]) -> dict[str, np.ndarray]:
    """Offices, clerks, opening days, requests, backlog by its recursion, births."""
    agents = np.maximum(
        np.round(setting.population / parameters["people_per_agent"]["value"] * setting.spread(0.20) * 2) / 2, 0.5
    )
    days = parameters["opening_days"]["value"]
    displaced_requests = _displaced_requests(setting, parameters)
    resident = (
        setting.population[:, None]
        * parameters["requests_per_person_year"]["value"]
        / 12
        * _request_season(setting, parameters)
    )
    requests = np.round(resident * setting.rng.lognormal(0, 0.04, setting.shape)) + displaced_requests
    share = parameters["full_acts_share"]["value"]
    pace = 1 / (
        share / parameters["acts_per_agent_day"]["value"] + (1 - share) / parameters["extracts_per_agent_day"]["value"]
    )
    capacity = agents * days * pace
    births = setting.population[:, None] * setting.national(parameters["births_per_1000"]["indicator"]) / 12000
    births = np.round(births * setting.rng.lognormal(0, 0.12, setting.shape))
    # Drawn last, so that no other figure depends on it.
    acts = np.round(requests * np.clip(share * setting.spread(parameters["full_acts_spread"]["value"]), 0, 1)[:, None])
    return {
        "registry_offices": _each_month(1 + np.floor(setting.population / 15000), setting.shape[1]),
        "registry_agents_fte": _each_month(agents, setting.shape[1]),
        "registry_opening_days": np.full(setting.shape, float(days)),
        "registry_requests": requests,
        "displaced_registry_requests": np.minimum(displaced_requests, requests),
        "registry_backlog": backlog(requests, capacity),
        "registry_full_acts": acts,
        "registry_extracts": requests - acts,
        "births_registered": births,
    }


def backlog(requests: np.ndarray, capacity: np.ndarray) -> np.ndarray:
    """Requests waiting at the end of each month: what was waiting plus what came, less what the clerks could serve; a
    commune calls in help when more than five days' work waits (most of the excess is cleared)."""
    waiting = np.zeros(requests.shape[0])
    table = np.zeros_like(requests)
    for month in range(requests.shape[1]):
        waiting = next_backlog(waiting, requests[:, month], capacity)
        waiting -= 0.6 * np.maximum(0.0, waiting - capacity / 4)
        table[:, month] = np.round(waiting)
    return table


def _each_month(values: np.ndarray, months: int) -> np.ndarray:
    return np.repeat(values[:, None], months, axis=1)


def _staff(setting: Setting, total: int, kind: str, parameters: dict[str, Any]) -> np.ndarray:
    """Staff of the province: the hospitals' share in the hospital communes, the rest by population."""
    at_hospital = np.isin(setting.codes, parameters["hospital_communes"])
    in_hospitals = round(total * parameters["hospital_share"][kind])
    hospital = share_out(in_hospitals, np.where(at_hospital, setting.population, 0.0))
    return hospital + share_out(total - in_hospitals, setting.population * setting.spread(0.3))


def _visits(setting: Setting, parameters: dict[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    monthly = parameters["visits_per_person_year"]["value"] / 12
    winter = np.isin(setting.months.month, parameters["winter_factor"]["months"])
    season = np.where(winter, parameters["winter_factor"]["value"], 1.0)[None, :]
    residents = setting.population[:, None] * monthly * season * setting.rng.lognormal(0, 0.08, setting.shape)
    displaced = np.round(setting.displaced * monthly * parameters["displaced_visits_factor"]["value"] * season)
    return np.round(residents) + displaced, displaced


def _displaced_requests(setting: Setting, parameters: dict[str, Any]) -> np.ndarray:
    """Ordinary requests of displaced persons, and the papers lost in the earthquake, reissued over the first months."""
    ordinary = setting.displaced * parameters["requests_per_person_year"]["value"] / 12
    lost = (
        setting.displaced[:, :1]
        / 4.51
        * parameters["share_papers_lost"]["value"]
        * parameters["documents_per_household"]["value"]
    )
    reissue = np.where(
        np.arange(setting.shape[1]) < parameters["months_to_reissue"]["value"],
        1 / parameters["months_to_reissue"]["value"],
        0,
    )
    return np.round(ordinary + lost * reissue[None, :])


def _request_season(setting: Setting, parameters: dict[str, Any]) -> np.ndarray:
    month = setting.months.month
    summer = np.isin(month, parameters["summer_factor"]["months"])
    factor = np.where(
        month == 9, parameters["september_factor"]["value"], np.where(summer, parameters["summer_factor"]["value"], 1.0)
    )
    return (factor / 1.09)[None, :]
