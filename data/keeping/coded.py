"""The figures of a snapshot as ranks, read from the dictionaries of its parts: no text is made that nobody reads."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analytics.model import PROVENANCE_ORDER, RELIABILITY_ORDER, STATUS_ORDER, Provenance
from analytics.observations import Observations
from data.frames import Territory, has_table
from data.keeping import parts

_TEXTS = ["commune_code", "variable", "status", "provenance", "reliability", "upload_id"]
_MANY = 1_000_000
_COLUMNS = [*_TEXTS, "reference_date", "value"]


def read_coded(cursor: duckdb.DuckDBPyConnection, territory: Territory) -> Observations:
    """Every figure of a territory, those that others replace before those in force: anything real after the demonstration, newer
    uploads after older ones."""
    table = _read(cursor)
    provenance = recode(table["provenance"], PROVENANCE_ORDER)
    coded = code_table(table, territory, _precedence(cursor, table["upload_id"], provenance))
    del table
    if len(coded.value) >= _MANY:
        # Arrow keeps what it has taken from the system: a gigabyte of a country over ten years, needed again at the next import.
        pa.default_memory_pool().release_unused()
    return coded


def code_table(table: pa.Table, territory: Territory, place: np.ndarray | None = None) -> Observations:
    """The figures of a table whose texts are dictionaries, those of other communes left out.

    Args:
        place: what sorts figures so that the one in force comes last; they stay as they are where none is given.
    """
    commune = recode(table["commune_code"], territory, np.int64)
    inside = commune >= 0
    # Where all are wanted as they lie nothing is copied: fourteen million figures of a country over ten years.
    chosen: np.ndarray | slice = slice(None) if inside.all() else np.flatnonzero(inside)
    if place is not None and len(np.unique(place[chosen])) > 1:
        chosen = np.flatnonzero(inside)[np.argsort(place[inside], kind="stable")]
    variable, names = _codes(table["variable"])
    value = table["value"].to_numpy(zero_copy_only=False) if len(table) else np.array([], dtype=float)
    return Observations(
        tuple(names),
        commune[chosen],
        variable[chosen],
        np.asarray(table["reference_date"].cast(pa.timestamp("us")).to_numpy())[chosen],
        np.asarray(value, dtype=float)[chosen],
        recode(table["status"], STATUS_ORDER)[chosen],
        recode(table["provenance"], PROVENANCE_ORDER)[chosen],
        recode(table["reliability"], RELIABILITY_ORDER)[chosen],
    )


def _read(cursor: duckdb.DuckDBPyConnection) -> pa.Table:
    """The columns that a panel needs, texts as dictionaries."""
    if has_table(cursor, "observation"):
        # A snapshot from before figures lay in parts.
        table = cursor.sql(f"SELECT {', '.join(_COLUMNS)} FROM observation").to_arrow_table()  # noqa: S608
        coded = {name: pc.dictionary_encode(table[name]) if name in _TEXTS else table[name] for name in _COLUMNS}
        return pa.table(coded).unify_dictionaries().combine_chunks()
    folder = Path(str(cursor.execute("SELECT store_folder()").fetchall()[0][0]))
    read = [pq.read_table(folder / name, columns=_COLUMNS, read_dictionary=_TEXTS) for name in parts.list_parts(cursor)]
    if not read:
        coded_text = pa.dictionary(pa.int32(), pa.string())
        fields = [(name, coded_text if name in _TEXTS else pa.date32() if name == "reference_date" else pa.float64())
                  for name in _COLUMNS]  # fmt: skip
        return pa.schema(fields).empty_table().combine_chunks()
    # Made anew: one part may say of a column that it is never null where another does not.
    alike = [pa.table({name: table[name] for name in _COLUMNS}) for table in read]
    return pa.concat_tables(alike).unify_dictionaries().combine_chunks()


def _codes(column: pa.ChunkedArray) -> tuple[np.ndarray, list[str]]:
    """Rank of each text among the distinct ones, and these; -1 for none."""
    if not len(column):
        return np.array([], dtype=np.int32), []
    ranks: dict[str, int] = {}
    codes = []
    # Each piece of a file has a dictionary of its own: its few texts are looked up, not its many figures.
    for piece in column.chunks:
        place = np.array(
            [*(ranks.setdefault(text, len(ranks)) for text in piece.dictionary.to_pylist()), -1], dtype=np.int32
        )
        codes.append(place[piece.indices.fill_null(-1).to_numpy(zero_copy_only=False)])
    return np.concatenate(codes), list(ranks)


def recode(column: pa.ChunkedArray, order: Sequence[str], kind: type = np.int8) -> np.ndarray:
    """Rank of each text in an order of ours; -1 where it is not in it."""
    codes, texts = _codes(column)
    # The last place stands for -1, which is how numpy reads it.
    ranks: np.ndarray = np.append(pd.Index([str(v) for v in order]).get_indexer(texts), -1).astype(kind)
    return ranks[codes]


def _precedence(cursor: duckdb.DuckDBPyConnection, uploads: pa.ChunkedArray, provenance: np.ndarray) -> np.ndarray:
    """What sorts figures so that the one in force comes last."""
    numbers = dict(cursor.execute("SELECT upload_id, upload_number FROM upload").fetchall())
    codes, texts = _codes(uploads)
    number = np.array([*(numbers[text] for text in texts), 0], dtype=np.int64)[codes]
    last = max(numbers.values(), default=0)
    return np.where(provenance == PROVENANCE_ORDER.index(Provenance.DEMONSTRATION), number, number + last + 1)
