"""Engines that run the same functions over the parts of a territory: at once, in processes of this machine, or on a Spark cluster."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from analytics.assumptions import DEFAULTS, Assumptions
from analytics.panel import Panel
from analytics.partition import Piece, Rules, Shared, Whole, add_up, assess_part, build_part, read_piece
from data.assessing.tables import Tables
from data.loaders.rules import rules_of
from data.loaders.today import load_today
from data.province import Province
from data.store_error import StoreError

LOCAL, DUCKDB, SPARK = "local", "duckdb", "spark"
Codes = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """What is assessed: the tables, the territory whose definitions are used, the assumptions, and where results are written."""

    source: Path
    target: Path
    province: Province
    assumptions: Assumptions = DEFAULTS

    @property
    def rules(self) -> Rules:
        """The rules of the territory's definitions; each process reads them once."""
        return rules_of(load_today(self.province), self.assumptions)

    def panel(self, whole: Whole, codes: Codes) -> Panel:
        """The protected panel of some communes."""
        tables = Tables(self.source)
        return build_part(whole, codes, tables.observations(codes), tables.movements(codes), self.rules)


def read_part(job: Job, whole: Whole, codes: Codes) -> Piece:
    """First step, part by part: what a part adds to the step that needs all communes."""
    return read_piece(job.panel(whole, codes), job.rules)


def write_part(job: Job, whole: Whole, shared: Shared, numbered: tuple[int, Codes]) -> Path:
    """Last step, part by part: the results of a part as one file."""
    number, codes = numbered
    assessment = assess_part(job.panel(whole, codes), shared, job.rules)
    path = job.target / f"results-{number:05d}.parquet"
    draft = path.with_suffix(".draft")
    pq.write_table(pa.Table.from_pandas(assessment.frame(), preserve_index=False), draft, compression="zstd")
    return draft.replace(path)


def assess_tables(job: Job, engine: str, parts: int) -> list[Path]:
    """The results of every commune and month of a folder of tables, as Parquet files: equal to the bit whatever engine and parts.

    Raises:
        StoreError: tables are missing, or Spark is not installed.
        OSError: the results cannot be written.
    """
    tables = Tables(job.source)
    tables.require()
    whole = tables.whole(job.rules)
    job.target.mkdir(parents=True, exist_ok=True)
    for left in job.target.glob("results-*.parquet"):
        left.unlink()
    codes = _split(whole.commune_codes, 1 if engine == LOCAL else parts)
    run = _ENGINES[engine]
    shared = add_up(whole, run(partial(read_part, job, whole), codes))
    return list(run(partial(write_part, job, whole, shared), list(enumerate(codes))))


def _split(codes: Codes, parts: int) -> list[Codes]:
    wanted = max(1, min(parts, len(codes)))
    return [tuple(str(code) for code in part) for part in np.array_split(np.asarray(codes, dtype=object), wanted)]


def _here(work: Callable, parts: Sequence) -> Iterable:
    return [work(part) for part in parts]


def _in_processes(work: Callable, parts: Sequence) -> Iterable:
    """DuckDB reads each part in a process of its own, as many at a time as there are processors."""
    with ProcessPoolExecutor(min(len(parts), os.cpu_count() or 1), mp_context=get_context("spawn")) as pool:
        return list(pool.map(work, parts))


def _on_spark(work: Callable, parts: Sequence) -> Iterable:
    """Each part is a task of a Spark cluster, whose workers see the same folders and have this application on their path."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise StoreError("assess.no_spark") from None
    context = SparkSession.builder.appName("service-pressure").getOrCreate().sparkContext
    if context.master.startswith("local") and "PYSPARK_PYTHON" not in os.environ:
        # Workers of this machine: the Python that has the packages, not the first one on the path.
        context.pythonExec = sys.executable
    return context.parallelize(list(parts), len(parts)).map(work).collect()


_ENGINES: dict[str, Callable[[Callable, Sequence], Iterable]] = {LOCAL: _here, DUCKDB: _in_processes, SPARK: _on_spark}
ENGINES = tuple(_ENGINES)
