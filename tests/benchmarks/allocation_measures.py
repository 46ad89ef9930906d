"""Sharing scarce means: the province with six resources and all three plans, a country for the highest pressure."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analytics.allocation import allocate
from analytics.allocation_problem import Limits, Problem, build_problem
from analytics.allocation_program import Effort, find_level
from analytics.resource_gap import build_gap_table
from data.loaders.today import load_means
from data.store import Store
from pages.figures.load import load_figures
from tests.benchmarks.budget import Measure, median_seconds

# Needs, the resource that closes each, what one unit carries, and the demand of a middling commune.
KINDS = [
    ("rooms_primary", "module", 36, 1000),
    ("rooms_college", "module", 40, 600),
    ("rooms_lycee", "module", 40, 300),
    ("teachers", "teacher", 35, 1000),
    ("visits", "mobile_day", 100, 750),
    ("visits", "clinician", 1000, 750),
    ("requests", "agent", 240, 400),
    ("backlog", "caravan", 36, 100),
]
COST = {"module": 220e3, "teacher": 125e3, "mobile_day": 168e3, "clinician": 180e3, "agent": 100e3, "caravan": 9e3}
SHARE_OF_ALL = 0.35


def run(store: Store) -> Iterator[Measure]:
    """Measures of the gap table and of the plans, each with the gap that its bound certifies."""
    figures, means = load_figures(store.snapshot_id() or ""), load_means()
    table = lambda: build_gap_table(figures.assessment, figures.definitions, means, figures.months[-1])  # noqa: E731
    yield Measure("resource gap: 89 communes, every need and resource", median_seconds(table, 3), "s", 0.3)
    for communes, seed in ((89, 0), (89, 1), (89, 2)):
        problem = _problem(communes, seed)
        yield Measure(
            f"three plans: {communes} communes x 6 resources, case {seed}",
            median_seconds(lambda p=problem: allocate(p), 1),
            "s",
            5,
        )
        yield Measure("  largest gap certified", 100 * max(p.gap for p in allocate(problem).plans.values()), "%", 1)
    country = _problem(1503, 0)
    level = lambda: find_level(country, country.required_by_floor(), Effort())  # noqa: E731
    yield Measure("lowest highest pressure: 1503 communes x 6 resources", median_seconds(level, 1), "s", 20)
    found = level()
    yield Measure("  gap certified", 100 * (1 - found.value / found.bound), "%", 2)


def _problem(communes: int, seed: int) -> Problem:
    rng = np.random.default_rng(seed)
    size, figures, rows = rng.lognormal(0, 0.9, communes), {}, []
    for need, resource, gain, middling in KINDS:
        if need not in figures:
            demand = np.round(size * middling * rng.lognormal(0, 0.2, communes))
            step = 1000 if need == "visits" else gain
            figures[need] = demand, np.floor(demand / rng.uniform(0.7, 2.2, communes) / step) * step
        demand, carried = figures[need]
        breakdown = (carried == 0) | (demand > 1.5 * carried)
        codes = [f"{commune:05d}" for commune in range(communes)]
        rows.append(
            pd.DataFrame(
                {
                    "commune_code": codes,
                    "need_id": need,
                    "resource_id": resource,
                    "demand": demand,
                    "carried": carried,
                    "gain": float(gain),
                    "severity_class": np.where(breakdown, 5, 3),
                }
            )
        )
    table = pd.concat(rows, ignore_index=True)
    needs = [need for need, *_ in KINDS]
    arguments = (table, dict.fromkeys(needs, 1.0), frozenset(needs) - {"backlog"}, COST)
    everything = build_problem(*arguments, Limits())
    return build_problem(*arguments, Limits(budget_mad=SHARE_OF_ALL * everything.spent(everything.upper)))
