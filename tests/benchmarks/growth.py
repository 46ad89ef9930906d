"""How reading and computing grow: `python -m tests.benchmarks.growth` prints the table of docs/performance.md; sizes
may be named (`89x24 1503x120`).

Each size is a territory of invented communes whose figures repeat those of the demonstration, in a store of its own and as Parquet
tables; each row is measured in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from analytics.panel import Panel
from analytics.partition import Rules, Whole, add_up, assess_part, build_part, read_piece
from data import queries
from data.assessing.tables import Tables, write_tables
from data.initialise import initialise
from data.loaders.rules import rules_of
from data.loaders.today import load_today
from data.store import Store
from tests.benchmarks.budget import peak_megabytes, seconds_of
from tests.territories import TAROUDANNT

SIZES = ((89, 24), (89, 120), (500, 24), (1503, 24), (1503, 120))
HEADER = (
    "| communes × months | figures | file | panel | assessed | index, from the file | memory | in 8 parts, 2 processes |\n"
    "|---|---|---|---|---|---|---|---|"
)


def main(sizes: Sequence[tuple[int, int]]) -> None:
    """Write each territory, measure it in a process of its own, print its row."""
    print(HEADER)
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "base")
        initialise(store)
        base = read_base(store)
        for communes, months in sizes:
            source = Path(folder) / f"{communes}-{months}"
            rows = write_territory(source, base, communes, months)
            done = subprocess.run(
                [sys.executable, "-m", "tests.benchmarks.growth", str(source)], capture_output=True, text=True, check=True
            )
            print(describe(communes, months, rows, source, json.loads(done.stdout)), flush=True)


def read_base(store: Store) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The figures, communes and movements of the province as it ships."""
    with store.open() as connection:
        territory = queries.whole_territory(connection)
        read = (queries.read_observations, queries.read_communes, queries.read_movements)
        observations, communes, movements = (query(connection, territory) for query in read)
    return observations.drop(columns=["source", "cell", "upload_id"]), communes[["commune_code", "group_code"]], movements


def write_territory(folder: Path, base: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame], communes: int, months: int) -> int:
    """Tables of so many communes and months: copies of those of the province, each with a code of its own and further back in time;
    how many figures they hold."""
    observations, places, movements = base
    codes, monthly = sorted(places["commune_code"]), {v.id for v in load_today(TAROUDANNT).variables.values() if v.monthly}
    is_monthly = observations["variable"].isin(monthly)
    last = observations.loc[is_monthly, "reference_date"].max()
    spans = [observations]
    for back in range(1, -(-months // 24)):
        moved = observations[is_monthly]
        spans.append(moved.assign(reference_date=moved["reference_date"] - pd.DateOffset(months=24 * back)))
    long = pd.concat(spans, ignore_index=True)
    long = long[(long["reference_date"] > last - pd.DateOffset(months=months)) | ~long["variable"].isin(monthly)]
    copies = [long[long["commune_code"].isin(codes[: communes - len(codes) * n])] for n in range(-(-communes // len(codes)))]
    tables = [pd.concat([_coded(part, n) for n, part in enumerate(copies)], ignore_index=True)]
    tables.append(pd.concat([_coded(places, n) for n in range(len(copies))], ignore_index=True).head(communes))
    tables.append(pd.concat([_coded(movements, n) for n in range(len(copies))], ignore_index=True))
    write_tables(folder, *tables)
    return len(tables[0])


def _coded(frame: pd.DataFrame, number: int) -> pd.DataFrame:
    """A copy whose communes have codes of their own."""
    ends = [name for name in frame if name.endswith("_code") and name != "group_code"]
    named = {name: frame[name].where(~frame[name].str.startswith("09."), frame[name] + f"-{number:03d}") for name in ends}
    return frame.assign(**named)


def describe(communes: int, months: int, rows: int, source: Path, said: dict[str, float]) -> str:
    """One row of the table."""
    size = sum(path.stat().st_size for path in source.glob("*.parquet")) / 1e6
    return (
        f"| {communes} × {months} | {rows / 1e6:.2f} million | {size:.1f} MB | {said['panel']:.2f} s | {said['assessed']:.2f} s "
        f"| {said['whole']:.2f} s | {said['memory']:.0f} MB | {said['parts']:.1f} s |"
    )


def measure(source: Path) -> dict[str, float]:
    """Processor seconds from the files to the panel and from there to the index; the same in parts, by the clock."""
    from data.assessing.engines import DUCKDB, Job, assess_tables

    rules, tables = rules_of(load_today(TAROUDANNT)), Tables(source)
    (whole, panel), reading = seconds_of(lambda: read_panel(tables, rules))
    _, assessing = seconds_of(lambda: assess_part(panel, add_up(whole, [read_piece(panel, rules)]), rules))
    memory = peak_megabytes()
    with tempfile.TemporaryDirectory() as target:
        _, parts = seconds_of(lambda: assess_tables(Job(source, Path(target), TAROUDANNT), DUCKDB, 8), by_clock=True)
    return {"panel": reading, "assessed": assessing, "whole": reading + assessing, "memory": memory, "parts": parts}


def read_panel(tables: Tables, rules: Rules) -> tuple[Whole, Panel]:
    """The whole territory and its panel, from tables."""
    whole = tables.whole(rules)
    return whole, build_part(whole, whole.commune_codes, tables.observations(whole.commune_codes), tables.movements(), rules)


if __name__ == "__main__":
    named = [argument for argument in sys.argv[1:] if re.fullmatch(r"\d+x\d+", argument)]
    if len(sys.argv) == 1 or named:
        main([(int(communes), int(months)) for communes, months in (size.split("x") for size in named)] or SIZES)
    else:
        print(json.dumps(measure(Path(sys.argv[1]))))
