"""What one cell says, of a figure or of a record: a number in its unit, a word of a vocabulary, a text without harm."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd

from analytics.model import Provenance, Status
from data.importing.reading.sheet import RawValue
from data.importing.status_words import read_status
from data.importing.values import ReadValue, read_number

# Formula injection (CSV injection): a spreadsheet runs a text of an export that begins with one of these.
RUN_BY_SPREADSHEETS = "=+-@\t\r'"
DECLARED_RELIABILITY = "B"
_WITHOUT_VALUE = frozenset((Status.MISSING, Status.NOT_APPLICABLE, Status.SUPPRESSED))


def cell_text(raw: object) -> str:
    """What a cell says as text, without spaces around; empty for a blank."""
    return "" if raw is None or (isinstance(raw, float) and pd.isna(raw)) else str(raw).strip()


def cell_texts(column: Iterable[RawValue]) -> list[str]:
    """What each cell says as text; what stands behind many cells, as the name of a row's commune does, is read once."""
    kept = list(column)
    known = {id(raw): raw for raw in kept}
    texts = {key: cell_text(raw) for key, raw in known.items()}
    return [texts[id(raw)] for raw in kept]


def number_columns(read: Sequence[ReadValue], index: pd.Index) -> dict[str, object]:
    """The columns that the checks of numbers look at: ``value, status, problem, note``."""
    return {
        "value": pd.Series([r.value for r in read], index=index, dtype=float),
        "status": [r.status.value for r in read],
        "problem": [r.problem for r in read],
        "note": [r.note for r in read],
    }


def origin_columns(raw: pd.DataFrame) -> dict[str, pd.Series]:
    """Where figures and records come from: ``provenance, reliability, source``, of the raw words ``{name}_raw``."""
    return {
        "provenance": words_of(raw["provenance_raw"], {p.value for p in Provenance}, Provenance.DECLARED.value),
        "reliability": words_of(raw["reliability_raw"], set("ABCD"), DECLARED_RELIABILITY),
        "source": harmless_texts(raw["source_raw"]),
    }


def harmless_texts(raw: pd.Series) -> pd.Series:
    """Texts that no spreadsheet takes for a formula."""
    texts = [cell_text(value).lstrip(RUN_BY_SPREADSHEETS) for value in raw]
    return pd.Series(texts, index=raw.index, dtype="object")


def in_unit(read: ReadValue, shown_as_percent: bool, counts_percent: bool) -> ReadValue:
    """A share that a cell shows as a percentage is so many hundredths; a count is no percentage."""
    if (shown_as_percent or read.is_percent) and not counts_percent:
        return ReadValue(problem="percent_of_a_count")
    if shown_as_percent and not read.is_percent and read.value is not None:
        return ReadValue(round(read.value * 100, 9), read.status, note=read.note)
    if counts_percent and not read.is_percent and read.value is not None and 0 < read.value < 1:
        return ReadValue(problem="share_below_one")
    return read


def exported_number(raw: RawValue) -> RawValue:
    """A figure of our own export, whose one full stop is that of decimals; any other text as it is."""
    try:
        is_decimal = isinstance(raw, str) and raw.count(".") == 1 and "," not in raw
        return float(str(raw).removeprefix("'")) if is_decimal else raw
    except ValueError:
        return raw


def read_declared(raw: RawValue, status_raw: RawValue, *, integer: bool, maximum: float | None = None) -> ReadValue:
    """A figure with the status that its row declares: a status may say why there is no value, or qualify one."""
    status = read_status(status_raw).status
    if not cell_text(raw):
        return ReadValue(status=Status(status)) if status in _WITHOUT_VALUE else ReadValue(problem="status_without_value")
    read = read_number(raw, integer=integer, maximum=maximum)
    if read.value is None or not status:
        return read
    if status in _WITHOUT_VALUE:
        # A nought that stands for what is missing is no figure.
        return ReadValue(problem="status_with_value")
    return replace(read, status=Status(status))


def words_of(column: pd.Series, allowed: set[str], default: str) -> pd.Series:
    """Words of a vocabulary; anything else, or a blank, is the default."""
    return column.map(cell_text).where(column.isin(allowed), default)
