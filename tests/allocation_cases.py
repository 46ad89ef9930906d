"""Small allocation problems for tests: rows as a resource-gap table has them, and every way to share units."""

import itertools

import numpy as np
import pandas as pd

from analytics.allocation_problem import Limits, Problem, build_problem


def gap_rows(places: list[tuple[str, str, float, float]], options: dict[str, dict[str, float]]) -> pd.DataFrame:
    """Rows from places ``(commune, need, demand, carried)`` and gains by need and resource."""
    rows = [
        (commune, need, resource, demand, carried, gain, 5 if carried == 0 or demand / carried > 1.5 else 3)
        for commune, need, demand, carried in places
        for resource, gain in options[need].items()
    ]
    columns = ["commune_code", "need_id", "resource_id", "demand", "carried", "gain", "severity_class"]
    return pd.DataFrame(rows, columns=columns)


def problem_of(rows: pd.DataFrame, cost: dict[str, float], limits: Limits) -> Problem:
    needs = rows["need_id"].unique()
    return build_problem(rows, dict.fromkeys(needs, 1.0), frozenset(needs), cost, limits)


def random_rows(rng: np.random.Generator, communes: int) -> pd.DataFrame:
    """Two needs a commune: rooms (one resource) and visits (two)."""
    options = {"rooms": {"module": 36.0}, "visits": {"clinician": 500.0, "mobile_day": 100.0}}
    places = []
    for commune in range(communes):
        places.append((f"c{commune}", "rooms", float(rng.integers(20, 260)), float(36 * rng.integers(0, 5))))
        places.append((f"c{commune}", "visits", float(rng.integers(300, 1800)), float(500 * rng.integers(0, 3))))
    return gap_rows(places, options)


COST = {"module": 220.0, "clinician": 180.0, "mobile_day": 60.0}


def every_choice(problem: Problem):
    """All whole units within the limits."""
    for choice in itertools.product(*(range(int(u) + 1) for u in problem.upper)):
        units = np.array(choice, dtype=float)
        if problem.spent(units) > problem.budget + 1e-9 or np.any(problem.given(units) > problem.stock):
            continue
        if np.all(problem.added(units) >= problem.required_by_floor() - 1e-9):
            yield units


# The method's vector: eight rooms for four communes.
DEMAND, ROOMS, NORM = np.array([1260.0, 700.0, 420.0, 900.0]), np.array([30.0, 15.0, 12.0, 30.0]), 36.0
CODES = ["a", "b", "c", "d"]


def vector_rows() -> pd.DataFrame:
    """Its gap table."""
    places = [(c, "rooms", d, r * NORM) for c, d, r in zip(CODES, DEMAND, ROOMS, strict=True)]
    return gap_rows(places, {"rooms": {"module": NORM}})
