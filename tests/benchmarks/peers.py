"""Other engines on the same columns: ``python tests/benchmarks/peers.py ENGINE FOLDER`` in an environment that has the engine.

``FOLDER`` holds ``columns.parquet`` and ``spec.json`` (``peer_measures.py``). For each indicator: what its capacity carries at the
norm, the pressure, the class and the score. It imports nothing of ours, prints the processor seconds of the best of some runs, and
leaves its answer in ``ENGINE.parquet`` to be compared.
"""

import json
import sys
import time
from itertools import pairwise
from pathlib import Path

TRIES = 3


def run_polars(folder: Path, spec: dict):
    """Lazy expressions, collected at once."""
    import polars as pl

    frame, points, out = pl.read_parquet(folder / "columns.parquet"), spec["points"], []
    for i in spec["indicators"]:
        at = pl.lit(1.0)
        for name in (*i["capacity"], i["unit"]):
            at = at * pl.col(name)
        pressure = pl.when(at > 0).then(pl.col(i["demand"]) / at)
        said = pl.when(pressure.round(9) <= spec["uppers"][0]).then(1.0)
        for number, upper in enumerate(spec["uppers"][1:], 2):
            said = said.when(pressure.round(9) <= upper).then(float(number))
        score = pl.when(pressure <= points[0][0]).then(points[0][1])
        for (x0, y0), (x1, y1) in pairwise(points):
            score = score.when(pressure <= x1).then((pressure - x0) * ((y1 - y0) / (x1 - x0)) + y0)
        classed = pl.when(pressure.is_not_null()).then(said.otherwise(float(len(spec["uppers"]) + 1)))
        scored = pl.when(pressure.is_not_null()).then(score.otherwise(points[-1][1]))
        out += [e.alias(f"{i['id']}_{n}") for n, e in zip(spec["outputs"], (at, pressure, classed, scored), strict=True)]
    return lambda: frame.lazy().select(out).collect(), lambda found: found.write_parquet(folder / "polars.parquet")


def run_duckdb(folder: Path, spec: dict):
    """One query over a table in memory, handed out as Arrow."""
    import duckdb
    import pyarrow.parquet as pq

    connection, points, out = duckdb.connect(), spec["points"], []
    connection.sql(f"CREATE TABLE rows AS SELECT * FROM read_parquet('{folder / 'columns.parquet'}')")
    for i in spec["indicators"]:
        at = " * ".join(f'"{n}"' for n in (*i["capacity"], i["unit"]))
        pressure = f'(CASE WHEN {at} > 0 THEN "{i["demand"]}" / ({at}) END)'
        steps = " ".join(f"WHEN round({pressure}, 9) <= {u} THEN {n}.0" for n, u in enumerate(spec["uppers"], 1))
        lines = " ".join(
            f"WHEN {pressure} <= {x1} THEN ({pressure} - {x0}) * {(y1 - y0) / (x1 - x0)} + {y0}"
            for (x0, y0), (x1, y1) in pairwise(points)
        )
        classed = f"CASE WHEN {pressure} IS NULL THEN NULL {steps} ELSE {len(spec['uppers']) + 1}.0 END"
        first = f"WHEN {pressure} <= {points[0][0]} THEN {points[0][1]}"
        scored = f"CASE WHEN {pressure} IS NULL THEN NULL {first} {lines} ELSE {points[-1][1]} END"
        values = zip(spec["outputs"], (at, pressure, classed, scored), strict=True)
        out += [f'CAST({value} AS DOUBLE) AS "{i["id"]}_{name}"' for name, value in values]
    sql = f"SELECT {', '.join(out)} FROM rows"
    return lambda: connection.sql(sql).to_arrow_table(), lambda found: pq.write_table(found, folder / "duckdb.parquet")


def run_pandas(folder: Path, spec: dict):
    """As a first script would do it: a column at a time, classes by ``pd.cut``."""
    import numpy as np
    import pandas as pd

    frame, (xs, ys) = pd.read_parquet(folder / "columns.parquet"), np.array(spec["points"], dtype=float).T

    def compute() -> pd.DataFrame:
        out = {}
        for i in spec["indicators"]:
            at = frame[[*i["capacity"], i["unit"]]].prod(axis=1, skipna=False)
            pressure = (frame[i["demand"]] / at).where(at > 0)
            classed = pd.cut(pressure.round(9), [-np.inf, *spec["uppers"], np.inf], labels=False).astype(float) + 1
            values = (at, pressure, classed, pd.Series(np.interp(pressure, xs, ys)).where(pressure.notna()))
            out |= {f"{i['id']}_{n}": v for n, v in zip(spec["outputs"], values, strict=True)}
        return pd.DataFrame(out)

    return compute, lambda found: found.to_parquet(folder / "pandas.parquet")


ENGINES = {"polars": run_polars, "duckdb": run_duckdb, "pandas": run_pandas}


def main() -> None:
    """Run the engine that is asked for."""
    engine, folder = sys.argv[1], Path(sys.argv[2])
    compute, write = ENGINES[engine](folder, json.loads((folder / "spec.json").read_text(encoding="utf-8")))
    spent = []
    for _ in range(TRIES):
        begin = time.process_time()
        found = compute()
        spent.append(time.process_time() - begin)
    write(found)
    print(min(spent))


if __name__ == "__main__":
    main()
