"""The method's own measures: a thousand draws of the province, a whole country, each beside the same work done plainly."""

import resource
import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from analytics.assessment import assess
from analytics.model import Definitions
from analytics.panel import Column, Panel
from analytics.sensitivity import measure_sensitivity
from analytics.uncertainty import simulate
from data.loaders.today import load_definitions
from data.store import Store
from pages.figures.computed import intervals
from pages.figures.load import load_figures
from tests.benchmarks.budget import Measure, median_seconds

COMMUNES, MONTHS, INDICATORS = 1503, 120, 40


def run(store: Store) -> Iterator[Measure]:
    """Measures of uncertainty, sensitivity and of 1,503 communes x 120 months x 40 indicators."""
    figures, definitions = load_figures(store.snapshot_id() or ""), load_definitions()
    draws = definitions.uncertainty.draws
    seconds = median_seconds(lambda: simulate(figures.assessment, definitions), 3)
    yield Measure(f"province: all indicators x 24 months x {draws} draws", seconds, "s", 5)
    panel = figures.assessment.panel
    columns = [column.value for column in panel.columns.values()]
    once = median_seconds(lambda: [column.sum() for column in columns], 3)
    yield Measure("  against reading the same columns once", seconds / once, "x")
    yield Measure("  the same draws one by one in pandas, against ours", _one_by_one(panel, definitions) / seconds, "x")
    month = figures.months[-1]
    one = median_seconds(lambda: simulate(figures.assessment, definitions, [month]), 3)
    yield Measure("  one month, the index in order", one, "s", 1)
    asked = median_seconds(lambda: intervals(figures.assessment, definitions, month), 3)
    yield Measure("  one month, as a screen asks for it: services in order too", asked, "s")
    every = median_seconds(lambda: simulate(figures.assessment, definitions, [month], ranked=figures.results), 1)
    yield Measure(f"  one month, all {len(figures.results)} results in order", every, "s")
    panel = figures.assessment.panel.of_month(month)
    yield Measure(
        "what moves the ranking, one month", median_seconds(lambda: measure_sensitivity(panel, definitions), 2), "s"
    )
    yield from _country(definitions)


def _one_by_one(panel: Panel, definitions: Definitions) -> float:
    """Seconds for all draws when each one is a table of its own: a few are timed and the rest reckoned."""
    rng, timed = np.random.default_rng(3), 3
    begin = time.process_time()
    for _ in range(timed):
        noisy = {
            name: Column(c.value * rng.lognormal(0, 0.1, panel.rows), c.status, c.provenance, c.reliability, c.age_months)
            for name, c in panel.columns.items()
        }
        frame = assess(Panel(panel.commune_codes, panel.months, noisy), definitions).frame()
        frame.groupby(["indicator_id", "reference_date"])["score"].rank(ascending=False)
    return (time.process_time() - begin) / timed * definitions.uncertainty.draws


def _country(definitions: Definitions) -> Iterator[Measure]:
    wide = _widened(definitions)
    panel = _random_panel(wide)
    ours = median_seconds(lambda: assess(panel, wide), 2)
    yield Measure(f"country: {COMMUNES} communes x {MONTHS} months x {len(wide.indicators)} indicators", ours, "s", 3)
    yield Measure("  memory at most", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB", 4000)
    columns = [column.value for column in panel.columns.values()]
    once = median_seconds(lambda: [column.sum() for column in columns], 3)
    yield Measure("  against reading the same columns once", ours / once, "x")
    yield Measure("  the same ratios and classes in pandas, naively, against ours", _naive(panel, wide) / ours, "x")


def _widened(definitions: Definitions) -> Definitions:
    """Forty indicators: those that are defined, and copies of them."""
    known = list(definitions.indicators.values())
    copies = {f"{i.id}-{n}": replace(i, id=f"{i.id}-{n}", weight=0.0) for n in range(3) for i in known}
    missing = INDICATORS - len(known)
    return replace(definitions, indicators={**definitions.indicators, **dict(list(copies.items())[:missing])})


def _random_panel(definitions: Definitions) -> Panel:
    rng, rows = np.random.default_rng(8), COMMUNES * MONTHS
    named = {v for i in definitions.indicators.values() for v in i.variables}
    names = sorted(named | {"population", "displaced_persons", "doctors", "nurses", "midwives"})
    rank = np.zeros(rows, dtype=np.int8)
    columns = {n: Column(rng.integers(1, 5000, rows).astype(float), rank, rank, rank, np.zeros(rows)) for n in names}
    months = pd.date_range("2016-01-01", periods=MONTHS, freq="MS")
    return Panel(tuple(f"{i:06d}" for i in range(COMMUNES)), tuple(months), columns)


def _naive(panel: Panel, definitions: Definitions) -> float:
    """Seconds for one row a figure, grouped and classed as a first script would do it."""
    begin = time.process_time()
    index = pd.MultiIndex.from_arrays([panel.row_codes(), panel.row_months()], names=["commune", "month"])
    wide = pd.DataFrame({name: column.value for name, column in panel.columns.items()}, index=index)
    for indicator in definitions.indicators.values():
        if not indicator.has_pressure:
            continue
        term = indicator.terms[0]
        demand = wide[term.demand] if term.demand in wide else wide["population"]
        capacity = wide[[c for c in term.capacity if c in wide]].prod(axis=1)
        norm = wide.index.get_level_values("month").map(
            {m: definitions.norms[term.norm].in_force(m.date()).value for m in panel.months}
        )
        pressure = demand / (capacity * norm)
        pd.cut(pressure, [-np.inf, 0.8, 1.0, 1.2, 1.5, np.inf], labels=[1, 2, 3, 4, 5])
    return time.process_time() - begin
