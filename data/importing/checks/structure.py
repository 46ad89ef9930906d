"""Before a cell is read: what is wrong with where it stands, what a reader of the file does not see, what the file only suggests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from data.i18n import LANGUAGES, Translator
from data.importing.findings import Finding, Severity
from data.loaders.today import load_variables

if TYPE_CHECKING:
    from data.importing.checks import CheckContext

# Left out by what the row itself says; nothing is wrong with it.
_LEFT_OUT = frozenset(("not_approved", "deleted_value"))
# What is only suggested and must be confirmed; the other keys say how a column was read.
QUESTIONS = {
    "commune": "commune_suggested",
    "place": "place_suggested",
    "month": "month_suggested",
    "variable": "variable_suggested",
    "month_first_perhaps": "month_first_suggested",
    "turned": "turned_suggested",
    "unit": "unit_suggested",
    "forecast": "forecast_suggested",
    "cumulative": "cumulative_suggested",
}
_NAMES = {"fr": "name_fr", "ar": "name_ar", "en": "name_fr"}
_SAID = {"month_first": "month_first_read", "day_first_assumed": "day_first_read", "both": "day_order_unclear"}


def check(
    cells: pd.DataFrame, context: CheckContext, places: Mapping[str, Mapping[str, str]] | None = None
) -> list[Finding]:
    """Errors for flaws; questions for what is hidden or suggested, notes once they are confirmed.

    Args:
        places: of records, the labels of the fields that hold a commune.
    """
    is_sound, is_unseen = cells["flaw"] == "", cells["unseen"] != ""
    findings = [_flaw(str(flaw), group) for flaw, group in cells[~is_sound].groupby("flaw", sort=False)]
    for unseen, group in cells[is_sound & is_unseen].groupby(["unseen", "sheet"], sort=False):
        findings.append(_question(unseen[0], group, context.is_confirmed, {"sheet": unseen[1] or "CSV"}, wrong=False))
    visible = cells[is_sound & ~is_unseen & cells["asked"].map(bool)]
    if len(parts := _rows_of_parts(visible)):
        findings.append(_flaw("part_of_value", parts))
        visible = visible.drop(index=parts.index)
    for key, name in (QUESTIONS | _SAID).items():
        asked = visible[visible["asked"].map(lambda keys, key=key: key in keys)]
        for text, group in asked.groupby(_suggested(asked, key), sort=False) if len(asked) else ():
            if key in QUESTIONS:
                values = {"text": _in_words(key, text, context)}
                if key == "place" and places:
                    values["field"] = places[group["place"].iloc[0]]
                findings.append(_question(name, group, context.is_confirmed, values, wrong=True))
            else:
                findings.append(Finding(name, Severity.NOTE, tuple(group["cell"]), values={"text": text}))
    return findings


def _rows_of_parts(cells: pd.DataFrame) -> pd.DataFrame:
    """Cells whose rows name a school or a douar, of a figure that several of them give: none is that of the commune."""
    named = cells[cells["asked"].map(lambda keys: "unit" in keys)]
    return named[named.duplicated(["commune_code", "reference_date", "variable"], keep=False)] if len(named) else named


def _suggested(cells: pd.DataFrame, key: str) -> pd.Series:
    """What is suggested, as the reader may check it."""
    if key == "commune":
        return cells["name_raw"].astype(str)
    if key == "place":
        return cells["name_raw"].astype(str) + "\n" + cells["place"].astype(str)
    if key == "variable":
        return cells["variable"].astype(str)
    if key in ("unit", "forecast", "cumulative"):
        return cells["sheet"].replace("", "CSV").astype(str)
    if key == "month":
        return cells["day"].map(lambda day: f"{day:%Y-%m}" if day is not None else "")
    first = cells["name_raw" if key == "turned" else "date_raw"].astype(str)
    return pd.Series(first.iloc[0], index=cells.index)


def _in_words(key: str, text: str, context: CheckContext) -> object:
    """A commune, a variable or a month by its name in each language."""
    if key == "variable":
        return load_variables()[text].labels
    if key == "month" and text:
        return {language: Translator(language).month(pd.Timestamp(text)) for language in LANGUAGES}
    named, text = context.communes.set_index("commune_code"), text.partition("\n")[0]
    if key not in ("commune", "place") or text not in named.index:
        return text
    return {language: f"{named.at[text, column]} ({text})" for language, column in _NAMES.items()}


def _flaw(flaw: str, group: pd.DataFrame) -> Finding:
    is_left_out = flaw in _LEFT_OUT
    severity = Severity.WARNING if is_left_out else Severity.ERROR
    return Finding(flaw, severity, tuple(group["cell"]), tuple(group.index), left_out=is_left_out)


def _question(key: str, group: pd.DataFrame, is_confirmed: bool, values: dict[str, object], *, wrong: bool) -> Finding:
    """What needs a person's word: the cells are left out until it is given."""
    cells, rows = tuple(group["cell"]), tuple(group.index)
    if is_confirmed:
        return Finding(f"{key}_confirmed", Severity.NOTE, cells, rows, values)
    severity = Severity.ERROR if wrong else Severity.WARNING
    return Finding(key, severity, cells, rows, values, left_out=True, is_question=True)
