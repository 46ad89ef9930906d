"""Simulated provinces: the communes, people, ages and distances of the census, everything else shared out anew so that it adds up to
the official totals; how unevenly is drawn as well, for nobody knows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from analytics.panel import Column, Panel
from data.integer_shares import share_out

CYCLES = ("primary", "college", "lycee")
# Pupils to a room and the smallest commune with a school of the cycle: no total is known, so that a wide range is drawn.
PUPILS_A_ROOM = {"primary": (24, 34), "college": (28, 38), "lycee": (28, 38)}
SMALLEST = {"primary": (0, 0), "college": (800, 3000), "lycee": (4000, 9000)}
PEOPLE_A_CLERK = 3100


def simulate_province(panel: Panel, total: Callable[[str], float], seed: int) -> Panel:
    """A panel of one month with other schools, health staff and counters."""
    draw = np.random.default_rng(seed)
    people = panel["population"].value
    columns = {**_schools(panel, total, draw), **_health(people, total, draw), **_registry(people, draw)}
    return panel.with_columns({name: _demonstration(panel, value) for name, value in columns.items()})


def _schools(panel: Panel, total: Callable[[str], float], draw: np.random.Generator) -> Mapping[str, np.ndarray]:
    found, people = {}, panel["population"].value
    for cycle in CYCLES:
        has_school = people >= draw.uniform(*SMALLEST[cycle])
        weights = np.where(has_school, panel[f"school_age_{cycle}"].value * _spread(draw, people, 0.05, 0.2), 0.0)
        pupils = share_out(round(total(f"pupils_{cycle}")), weights)
        rooms = pupils / (draw.uniform(*PUPILS_A_ROOM[cycle]) * _spread(draw, people, 0.1, 0.35))
        found[f"pupils_{cycle}"] = pupils
        found[f"teachers_{cycle}"] = share_out(round(total(f"teachers_{cycle}")), weights * _spread(draw, people, 0.1, 0.3))
        found[f"classrooms_functional_{cycle}"] = np.maximum(np.round(rooms), has_school)
    return found


def _health(people: np.ndarray, total: Callable[[str], float], draw: np.random.Generator) -> Mapping[str, np.ndarray]:
    facilities = 1 + share_out(
        round(total("primary_care_facilities")) - len(people), people * _spread(draw, people, 0.2, 0.4)
    )
    clinicians = facilities * draw.uniform(1.2, 2.4) * _spread(draw, people, 0.2, 0.6)
    return {
        "primary_care_facilities_functional": facilities.astype(float),
        "clinicians_fte": np.maximum(np.round(clinicians * 2) / 2, 0.5),
        "health_opening_days": np.full(len(people), 21.0),
    }


def _registry(people: np.ndarray, draw: np.random.Generator) -> Mapping[str, np.ndarray]:
    """Clerks at the national mean; requests half to twice the 0.8 a person and year assumed; one act in 20 to one in 5."""
    clerks = np.maximum(np.round(people / PEOPLE_A_CLERK * _spread(draw, people, 0.1, 0.5) * 2) / 2, 0.5)
    requests = np.round(people * draw.uniform(0.4, 1.6) / 12 * _spread(draw, people, 0.05, 0.3))
    acts = np.round(requests * np.clip(draw.uniform(0.05, 0.2) * _spread(draw, people, 0.3, 0.3), 0, 1))
    return {
        "registry_agents_fte": clerks,
        "registry_opening_days": np.full(len(people), 21.0),
        "registry_requests": requests,
        "registry_full_acts": acts,
        "registry_extracts": requests - acts,
    }


def _spread(draw: np.random.Generator, people: np.ndarray, least: float, most: float) -> np.ndarray:
    return draw.lognormal(0.0, draw.uniform(least, most), len(people))


def _demonstration(panel: Panel, value: np.ndarray) -> Column:
    like = panel["registry_requests"]
    return Column(np.asarray(value, dtype=float), like.status, like.provenance, like.reliability, like.age_months)
