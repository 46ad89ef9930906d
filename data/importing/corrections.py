"""Cells that a person corrects while a file is checked: the value beside the cell, with a reason; the file stays as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from data.free_text import find_personal_data, one_line
from data.i18n import DEFAULT_LANGUAGE, Translator
from data.importing.blocks.headings import COMMUNE_NAME, DATE
from data.importing.cells import RawCell
from data.importing.days import read_day
from data.importing.fields import Field
from data.importing.findings import Finding, Severity
from data.importing.grouping import group_findings
from data.importing.listed_rows import RawRow
from data.importing.reading.sheet import RawValue

LONGEST_REASON, LONGEST_VALUE = 160, 200


class Correction(NamedTuple):
    """The right value as it is typed, and why it is."""

    value: str
    reason: str

    @property
    def is_sound(self) -> bool:
        """Whether it has a reason, and neither this nor the value holds anything of a person."""
        said = one_line(self.reason)
        is_told = bool(said) and len(said) <= LONGEST_REASON and len(self.value) <= LONGEST_VALUE
        return is_told and not find_personal_data(said) and not find_personal_data(self.value)


def apply(cells: Sequence[RawCell], corrections: Mapping[str, Correction]) -> list[RawCell]:
    """The cells with the values of sound corrections, whose source says why they changed; what stood there is in the file that is
    kept, and in nothing that is shown: it may be a count so small that it names somebody."""
    sound = {cell: c for cell, c in corrections.items() if c.is_sound and c.value.strip()}
    return [_corrected(_placed(cell, sound), sound.get(cell.cell)) for cell in cells] if sound else list(cells)


def apply_to_rows(rows: Sequence[RawRow], corrections: Mapping[str, Correction]) -> list[RawRow]:
    """The rows with the values of sound corrections, as ``apply`` does for figures."""
    return [_corrected_row(row, corrections) for row in rows] if corrections else list(rows)


def _corrected(cell: RawCell, correction: Correction | None) -> RawCell:
    if correction is None:
        return cell
    source = _with_reason(cell.source_raw, correction)
    return cell._replace(raw=correction.value.strip(), source_raw=source, is_percent=False, is_export=False)


def _placed(cell: RawCell, sound: Mapping[str, Correction]) -> RawCell:
    """A figure of the row whose commune or month was typed: what is typed stands for all that its row says of it."""
    if commune := sound.get(cell.place_cell):
        cell = cell._replace(
            code_raw=None, name_raw=commune.value.strip(), source_raw=_with_reason(cell.source_raw, commune)
        )
    if month := sound.get(cell.date_cell):
        said = month.value.strip()
        asked = tuple(key for key in cell.asked if "month" not in key and "day" not in key and key != "both")
        source = cell.source_raw if commune and commune.reason == month.reason else _with_reason(cell.source_raw, month)
        cell = cell._replace(date_raw=said, day=read_day(said).day, source_raw=source, asked=asked)
    return cell


def _corrected_row(row: RawRow, corrections: Mapping[str, Correction]) -> RawRow:
    found = {name: c for name in row.own if (c := corrections.get(row.cells[name])) and c.is_sound and c.value.strip()}
    if not found:
        return row
    typed = {name: correction.value.strip() for name, correction in found.items()}
    source = row.raw["source"]
    for correction in dict.fromkeys(found.values()):
        source = _with_reason(source, correction)
    days = {name: read_day(typed[name]).day if name in typed else day for name, day in row.days.items()}
    return row._replace(raw={**row.raw, **typed, "source": source}, days=days, percent=row.percent - typed.keys())


def _with_reason(source: RawValue, correction: Correction) -> str:
    said = Translator(DEFAULT_LANGUAGE)("report.corrected", reason=one_line(correction.reason))
    return " · ".join(str(part) for part in (source, said) if part)


def findings_of(cells: pd.DataFrame, fields: Mapping[str, Field], corrections: Mapping[str, Correction]) -> list[Finding]:
    """Notes that name what was corrected, of whatever kind; ``cells`` are those of ``records.rows.Rows``."""
    sound = [cell for cell, correction in corrections.items() if correction.is_sound]
    if not sound:
        return []
    corrected = pd.concat([cells[cells["is_own"] & cells["cell"].isin(sound)], *_placing_cells(cells, sound)])
    corrected = corrected[corrected["variable"].isin(list(fields))]

    def described(cell: pd.Series) -> dict[str, object]:
        return {"variable": fields[cell["variable"]].labels, "text": str(cell["raw"])[:40]}

    return group_findings(corrected, ["variable"], "corrected_here", Severity.NOTE, described)


def _placing_cells(cells: pd.DataFrame, sound: Sequence[str]) -> Iterator[pd.DataFrame]:
    """The cells that say where and when rows of figures are, of those that were typed, as rows like those of figures."""
    for column, field, raw in (("place_cell", COMMUNE_NAME, "name_raw"), ("date_cell", DATE, "date_raw")):
        if column in cells:
            found = cells[cells[column].isin(sound)].drop_duplicates(column)
            yield found.assign(cell=found[column], variable=field, raw=found[raw])
