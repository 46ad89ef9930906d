"""The monthly figures as a form for collection tools (XLSForm, read by ODK and Kobo): three languages, the importer's own limits."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import pandas as pd
import xlsxwriter

from data.i18n import LANGUAGES, Translator
from data.loaders.today import monthly_sheets
from data.loaders.variables import Sheet, Variable

# How the standard names a language: its own name and its code.
_NAMED = {"fr": "Français (fr)", "ar": "العربية (ar)", "en": "English (en)"}
_LABELS = tuple(f"label::{_NAMED[language]}" for language in LANGUAGES)
_HINTS = tuple(f"hint::{_NAMED[language]}" for language in LANGUAGES)
_MESSAGES = tuple(f"constraint_message::{_NAMED[language]}" for language in LANGUAGES)
_SURVEY = ("type", "name", *_LABELS, *_HINTS, "required", "constraint", *_MESSAGES, "appearance", "choice_filter")
_NO_CERCLE = "none"
_CHOICES = ("list_name", "name", *_LABELS, "cercle")

Row = dict[str, str]


def build_xlsform(communes: pd.DataFrame, form_id: str, version: str) -> bytes:
    """The form as XLSX.

    Args:
        communes: ``commune_code, name_fr, name_ar, cercle_code, cercle_fr, cercle_ar`` to choose from.
        form_id: letters, digits and ``_``.
        version: rises with each form that is put out.
    """
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        _write(book, "survey", _SURVEY, list(_survey()))
        _write(book, "choices", _CHOICES, list(_choices(communes)))
        title = Translator("fr")("xlsform.title")
        settings = {"form_title": title, "form_id": form_id, "version": version, "default_language": _NAMED["fr"]}
        _write(book, "settings", tuple(settings), [settings])
    return target.getvalue()


def _write(book: xlsxwriter.Workbook, name: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    page = book.add_worksheet(name)
    page.write_row(0, 0, columns)
    for at, row in enumerate(rows, 1):
        for column, heading in enumerate(columns):
            if row.get(heading):
                page.write_string(at, column, row[heading])


def _said(columns: Sequence[str], key: str, **values: object) -> Row:
    """A text of ours in every language."""
    return {column: Translator(language)(key, **values) for column, language in zip(columns, LANGUAGES, strict=True)}


def _labelled(columns: Sequence[str], labels: dict[str, str]) -> Row:
    return {column: labels[language] for column, language in zip(columns, LANGUAGES, strict=True)}


def _survey() -> Iterator[Row]:
    """Where and when, then a group a service; a figure that is not known is left blank."""
    cercle, commune = _said(_LABELS, "xlsform.cercle"), _said(_LABELS, "template.commune_name")
    yield {"type": "begin_group", "name": "identification", **_said(_LABELS, "xlsform.identification")}
    yield {"type": "select_one cercles", "name": "cercle", **cercle, "required": "yes"}
    yield {
        "type": "select_one communes",
        "name": "commune_code",
        **commune,
        "required": "yes",
        "choice_filter": "cercle=${cercle}",
    }
    yield {
        "type": "date",
        "name": "reference_date",
        **_said(_LABELS, "template.month"),
        "required": "yes",
        "appearance": "month-year",
        "constraint": ". <= today()",
        **_said(_MESSAGES, "check.date_outside.remedy"),
    }
    yield {"type": "end_group"}
    for sheet in monthly_sheets():
        if sheet.variables:
            yield from _group(sheet)


def _group(sheet: Sheet) -> Iterator[Row]:
    yield {"type": "begin_group", "name": sheet.id, **_labelled(_LABELS, sheet.labels)}
    for variable in sheet.variables:
        yield _question(variable)
    yield {"type": "end_group"}


def _question(variable: Variable) -> Row:
    """One figure with the limits that the importer has: its range, the whole that it is a part of."""
    limits = [f". >= {variable.minimum:g}"]
    message = _said(_MESSAGES, "template.whole_number" if variable.integer else "template.any_number")
    if variable.maximum is not None:
        limits.append(f". <= {variable.maximum:g}")
        message = _said(_MESSAGES, "template.number_up_to", maximum=variable.maximum)
    whole = variable.at_most or (variable.part_of if variable.part_of in _asked() else None)
    if whole in _asked() and whole is not None:
        # A whole that is left blank limits nothing.
        limits.append(f"(${{{whole}}} = '' or . <= ${{{whole}}})")
        entry = _asked()[whole]
        message = {
            column: Translator(language)("xlsform.at_most", whole=entry.labels[language])
            for column, language in zip(_MESSAGES, LANGUAGES, strict=True)
        }
    kind = "integer" if variable.integer else "decimal"
    return {
        "type": kind,
        "name": variable.id,
        **_labelled(_LABELS, variable.labels),
        **_labelled(_HINTS, variable.help),
        "constraint": " and ".join(limits),
        **message,
    }


def _asked() -> dict[str, Variable]:
    return {variable.id: variable for sheet in monthly_sheets() for variable in sheet.variables}


def _choices(communes: pd.DataFrame) -> Iterator[Row]:
    """Cercles, then the communes of each."""
    for row in communes.drop_duplicates("cercle_code").itertuples():
        cercle = {"fr": row.cercle_fr, "ar": row.cercle_ar, "en": row.cercle_fr}
        labels = _labelled(_LABELS, cercle) if row.cercle_code else _said(_LABELS, "xlsform.no_cercle")
        yield {"list_name": "cercles", "name": str(row.cercle_code or _NO_CERCLE), **labels}
    for row in communes.itertuples():
        names = {"fr": row.name_fr, "ar": row.name_ar, "en": row.name_fr}
        named = {"list_name": "communes", "name": str(row.commune_code), **_labelled(_LABELS, names)}
        yield {**named, "cercle": str(row.cercle_code or _NO_CERCLE)}
