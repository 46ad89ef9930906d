"""Ours against other engines on the same columns of a country, in the same run; the answers of all are compared first."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import numpy as np
import pandas as pd

from analytics.indicator_result import rate_indicator
from analytics.model import Definitions, Indicator
from analytics.panel import Panel
from analytics.partition import add_up, assess_part, read_piece
from analytics.pressure import score, severity_class
from analytics.ratios import compute_ratio, demand_per_unit, divide, evaluate_term, norm_values
from analytics.result import Result
from data.assessing.tables import Tables
from data.loaders.rules import rules_of
from data.loaders.today import load_definitions, load_today
from data.store import Store
from tests.benchmarks import growth
from tests.benchmarks.budget import Measure, seconds_of
from tests.territories import TAROUDANNT

SIZE = (1503, 24)
OUTPUTS = ("at_norm", "pressure", "class", "score")
# Polars is no dependency of anything here: uv lends it for the run.
LENT = {"polars": ["uv", "run", "--no-project", "--quiet", "--with", "polars==2.1.0", "--with", "pyarrow", "python"]}
SCRIPT = Path(__file__).parent / "peers.py"
TRIES = 3


def run(store: Store) -> Iterator[Measure]:
    """The same four columns of each indicator of one term, in numpy as we write it and elsewhere; then all that ``assess`` gives."""
    definitions = load_definitions()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rules, tables = rules_of(load_today(TAROUDANNT)), _write_tables(store, folder)
        whole, panel = growth.read_panel(tables, rules)
        shared = add_up(whole, [read_piece(panel, rules)])
        prepared = assess_part(panel, shared, rules).panel
        chosen = [i for i in definitions.indicators.values() if _is_plain(i)]
        _write_columns(folder, prepared, chosen, definitions)
        ours, answer = _best(lambda: _compute(prepared, chosen, definitions))
        answer.to_parquet(folder / "ours.parquet")
        peers = {engine: _ask(engine, folder, answer) for engine in ("polars", "duckdb", "pandas")}
        known = {engine: seconds for engine, seconds in peers.items() if seconds is not None}
        size = f"{SIZE[0]} x {SIZE[1]}"
        yield Measure(f"{size}, {len(answer.columns)} columns of {len(chosen)} indicators, ours", ours, "s")
        for engine, seconds in known.items():
            yield Measure(f"  ours against {engine}, equal answers", ours / seconds, "x")
        best = min(known.values())
        yield Measure("  ours against the best of them", ours / best, "x", 1.5)
        rated, _ = _best(lambda: _rate(prepared, chosen, definitions))
        yield Measure("  all columns of the same indicators, against the best", rated / best, "x")
        assessed, assessment = _best(lambda: assess_part(panel, shared, rules))
        yield Measure("  all that assess gives, against the best", assessed / best, "x")
        given = sum(map(_count_columns, assessment.results.values()))
        yield Measure("    and in how many times their columns", given / len(answer.columns), "x")


def _best(work):
    """Processor seconds of the best of some runs, and what it gives."""
    runs = [seconds_of(work) for _ in range(TRIES)]
    return min(seconds for _, seconds in runs), runs[-1][0]


def _write_tables(store: Store, folder: Path) -> Tables:
    growth.write_territory(folder / "tables", growth.read_base(store), *SIZE)
    return Tables(folder / "tables")


def _is_plain(indicator: Indicator) -> bool:
    """Of one pair of demand and capacity, scored by its pressure."""
    return len(indicator.terms) == 1 and indicator.has_pressure and indicator.goalposts is None


def _compute(panel: Panel, chosen: list[Indicator], definitions: Definitions) -> pd.DataFrame:
    """What the others are asked for, by the formulas of ``analytics``."""
    norm, out = norm_values(definitions.norms, panel), {}
    for indicator in chosen:
        term = evaluate_term(panel, indicator.terms[0], indicator, norm)
        pressure = divide(term.demand, term.at_norm)
        classed, scored = severity_class(pressure, definitions.legend), score(pressure, definitions.legend.goalposts)
        values = (term.at_norm, pressure, classed, scored)
        out |= {f"{indicator.id}_{n}": v for n, v in zip(OUTPUTS, values, strict=True)}
    return pd.DataFrame(out)


def _rate(panel: Panel, chosen: list[Indicator], definitions: Definitions) -> list[object]:
    norm = norm_values(definitions.norms, panel)
    return [rate_indicator(i, compute_ratio(panel, i, norm), definitions.legend) for i in chosen]


def _write_columns(folder: Path, panel: Panel, chosen: list[Indicator], definitions: Definitions) -> None:
    """The columns that the indicators rest on, and what the others must do with them."""
    norm, columns, asked = norm_values(definitions.norms, panel), {}, []
    for indicator in chosen:
        (term,) = indicator.terms
        columns |= {name: panel[name].value for name in (term.demand, *term.capacity)}
        unit = demand_per_unit(indicator, norm(term.norm))
        columns[f"{indicator.id}_unit"] = np.prod([unit, *(norm(name) for name in term.capacity_norms)], axis=0)
        asked.append({"id": indicator.id, "demand": term.demand, "capacity": term.capacity, "unit": f"{indicator.id}_unit"})
    legend = definitions.legend
    spec = {"indicators": asked, "outputs": OUTPUTS, "points": legend.goalposts.points,
            "uppers": [c.upper for c in legend.classes[:-1]]}  # fmt: skip
    (folder / "spec.json").write_text(json.dumps(spec), encoding="utf-8")
    pd.DataFrame(columns).to_parquet(folder / "columns.parquet")


def _count_columns(result: Result) -> int:
    own = sum(isinstance(getattr(result, field.name), np.ndarray) for field in fields(result))
    return own + len(result.figures) + len(result.terms)


def _ask(engine: str, folder: Path, answer: pd.DataFrame) -> float | None:
    """Seconds of an engine, whose answer must be ours; None where it could not be lent."""
    command = [str(Path(sys.executable).parent / LENT[engine][0]), *LENT[engine][1:]] if engine in LENT else [sys.executable]
    done = subprocess.run([*command, str(SCRIPT), engine, str(folder)], capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{engine} could not be run: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return None
    pd.testing.assert_frame_equal(pd.read_parquet(folder / f"{engine}.parquet"), answer, rtol=1e-9, check_dtype=False)
    return float(done.stdout)
