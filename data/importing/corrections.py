"""Figures that a person corrects while a file is checked: the value beside the cell, with a reason; the file stays as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from data.free_text import find_personal_data, one_line
from data.i18n import DEFAULT_LANGUAGE, Translator
from data.importing.cells import RawCell
from data.importing.findings import Finding, Severity
from data.importing.grouping import group_findings
from data.loaders.today import load_variables

LONGEST_REASON = 160


class Correction(NamedTuple):
    """The right value as it is typed, and why it is."""

    value: str
    reason: str

    @property
    def is_sound(self) -> bool:
        """Whether it has a reason that holds nothing of a person."""
        said = one_line(self.reason)
        return bool(said) and len(said) <= LONGEST_REASON and not find_personal_data(said)


def apply(cells: Sequence[RawCell], corrections: Mapping[str, Correction]) -> list[RawCell]:
    """The cells with the values of sound corrections, whose source says why they changed; what stood there is in the file that is
    kept, and in nothing that is shown: it may be a count so small that it names somebody."""
    return [_corrected(cell, corrections.get(cell.cell)) for cell in cells] if corrections else list(cells)


def _corrected(cell: RawCell, correction: Correction | None) -> RawCell:
    if correction is None or not correction.is_sound or not correction.value.strip():
        return cell
    said = Translator(DEFAULT_LANGUAGE)("report.corrected", reason=one_line(correction.reason))
    source = " · ".join(str(part) for part in (cell.source_raw, said) if part)
    return cell._replace(raw=correction.value.strip(), source_raw=source, is_percent=False, is_export=False)


def findings_of(cells: pd.DataFrame, corrections: Mapping[str, Correction]) -> list[Finding]:
    """Notes that name what was corrected."""
    corrected = cells[
        cells["cell"].isin([cell for cell, c in corrections.items() if c.is_sound]) & (cells["variable"] != "")
    ]

    def described(cell: pd.Series) -> dict[str, object]:
        return {"variable": load_variables()[cell["variable"]].labels, "text": str(cell["raw"])[:40]}

    return group_findings(corrected, ["variable"], "corrected_here", Severity.NOTE, described)
