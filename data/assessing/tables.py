"""The Parquet files of a territory: observations in force, communes with their group, movements; read for some communes at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analytics.observations import Observations
from analytics.partition import Rules, Whole, describe_whole
from analytics.population import VARIABLE as POPULATION
from data.frames import read_frame
from data.keeping.coded import code_table
from data.store_error import StoreError

OBSERVATIONS, COMMUNES, MOVEMENTS = "observations", "communes", "movements"
_COLUMNS = ("commune_code", "reference_date", "variable", "value", "status", "provenance", "reliability")
_TEXTS = ("commune_code", "variable", "status", "provenance", "reliability")
# Sorted by commune, so that whoever reads some of them reads little else.
_ROWS_A_GROUP = 50_000
_ENDS = ("origin_code", "destination_code", "home_code")


@dataclass(frozen=True, slots=True)
class Tables:
    """A folder with ``observations.parquet`` (or a folder ``observations`` of files), ``communes.parquet`` and, where there are any,
    ``movements.parquet``."""

    folder: Path

    def require(self) -> None:
        """Nothing where the files are there.

        Raises:
            StoreError: observations or communes are missing.
        """
        for name in (OBSERVATIONS, COMMUNES):
            if not self._files(name):
                raise StoreError("assess.no_table", folder=str(self.folder), name=f"{name}.parquet")

    def _files(self, name: str) -> list[str]:
        one, several = self.folder / f"{name}.parquet", self.folder / name
        return [str(one)] if one.exists() else sorted(str(path) for path in several.rglob("*.parquet"))

    def communes(self) -> pd.DataFrame:
        """``commune_code, group_code`` in order of code."""
        table = pq.read_table(self._files(COMMUNES)[0], columns=["commune_code", "group_code"])
        return table.to_pandas().sort_values("commune_code", ignore_index=True)

    def observations(self, codes: Sequence[str], only: str = "") -> Observations:
        """The observations of some communes, ranked in their order; ``only`` of one variable where it is named. Of all communes the
        files are read as they lie, with their texts as dictionaries; DuckDB finds those of some."""
        if not only and set(codes) >= set(self.communes()["commune_code"]):
            files = [
                pq.read_table(name, columns=list(_COLUMNS), read_dictionary=list(_TEXTS))
                for name in self._files(OBSERVATIONS)
            ]
            return code_table(pa.concat_tables(files), tuple(codes))
        named = "AND variable = $only" if only else ""
        sql = f"SELECT {', '.join(_COLUMNS)} FROM read_parquet($files) WHERE commune_code IN (SELECT unnest($codes)) {named}"  # noqa: S608
        values = {"files": self._files(OBSERVATIONS), "codes": list(codes), **({"only": only} if only else {})}
        with _database() as connection:
            table = connection.sql(sql, params=values).to_arrow_table()
        coded = {n: pc.dictionary_encode(table[n]) if n in _TEXTS else table[n] for n in _COLUMNS}
        return code_table(pa.table(coded), tuple(codes))

    def movements(self, codes: Sequence[str] | None = None) -> pd.DataFrame:
        """Every movement that names one of some communes (of all where none are given), in the order of the file."""
        files = self._files(MOVEMENTS)
        if not files:
            return pd.DataFrame({"reference_date": pd.Series(dtype="datetime64[us]"), **_no_movements()})
        found = pq.read_table(files[0]).to_pandas()
        found["reference_date"] = pd.to_datetime(found["reference_date"])
        return found if codes is None else found[found[list(_ENDS)].isin(codes).any(axis=1)].reset_index(drop=True)

    def whole(self, rules: Rules) -> Whole:
        """What is the same for every part: small queries over all files."""
        communes = self.communes()
        codes = tuple(communes["commune_code"])
        with _database() as connection:
            sql = "SELECT DISTINCT variable, reference_date AS day FROM read_parquet($files) ORDER BY day, variable"
            known = read_frame(connection, sql, files=self._files(OBSERVATIONS))
        names = sorted(known["variable"].unique())
        days = known.loc[known["variable"].isin(rules.monthly), "day"].unique()
        population, groups = self.observations(codes, POPULATION), communes.set_index("commune_code")["group_code"]
        months = [pd.Timestamp(day) for day in days]
        described = describe_whole(codes, months, population, self.movements(), groups)
        return Whole(codes, tuple(months), tuple(names), described.censuses, described.span)


def _database() -> duckdb.DuckDBPyConnection:
    """DuckDB without a bar of progress, which it would print between the lines of an answer."""
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    return connection


def _no_movements() -> dict[str, pd.Series]:
    numbers = {"persons": pd.Series(dtype=float)}
    texts = ("kind", *_ENDS, "status", "provenance", "reliability")
    return {name: pd.Series(dtype=str) for name in texts} | numbers


def write_tables(folder: Path, observations: pd.DataFrame, communes: pd.DataFrame, movements: pd.DataFrame) -> list[Path]:
    """Write the three files as ``Tables`` reads them.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sorted_rows = observations.sort_values(["commune_code", "variable", "reference_date"], kind="stable")
    frames = {OBSERVATIONS: sorted_rows, COMMUNES: communes, MOVEMENTS: movements}
    written = []
    for name, frame in frames.items():
        path = folder / f"{name}.parquet"
        table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
        pq.write_table(table, path, compression="zstd", row_group_size=_ROWS_A_GROUP)
        written.append(path)
    return written
