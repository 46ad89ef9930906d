"""What a corrected spreadsheet must hold before any of it is taken: every row once, the same values to fill, every plural form."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from data.i18n import Translator
from data.languages import LANGUAGES
from data.texts.avoided import find_avoided
from data.texts.catalogue import TextRow, needed_forms
from data.texts.definition_texts import DefinitionTexts
from data.texts.reviews import mark
from data.texts.spreadsheet import SheetRow, review_role
from data.texts.where_seen import load_where_seen

_BROKEN = frozenset({"{", "}"})


@dataclass(frozen=True, slots=True)
class TextFault:
    """What is wrong in a cell, as the text ``key`` says it with its ``values``."""

    cell: str
    row: str
    key: str
    values: Mapping[str, Any]

    def sentence(self, t: Translator) -> str:
        """Cell, row, what is wrong and what to do."""
        return t("texts.fault", cell=self.cell, row=self.row, problem=t(self.key, **self.values))


def find_faults(sheet: Sequence[SheetRow], stored: Sequence[TextRow]) -> list[TextFault]:
    """Every fault of a sheet against the texts as they are, in the order of the sheet."""
    by_id = {row.id: row for row in stored}
    french = {row.key: set[str]() for row in stored}
    for row in stored:
        french[row.key] |= placeholders(row.texts["fr"])
    seen: set[str] = set()
    faults = []
    for line in sheet:
        if line.id not in by_id:
            faults.append(TextFault(line.cell("key"), line.id, "texts.key_unknown", {}))
        elif line.id in seen:
            faults.append(TextFault(line.cell("key"), line.id, "texts.key_twice", {}))
        else:
            faults += _row_faults(line, by_id[line.id], french[line.key])
        seen.add(line.id)
    faults += [TextFault("—", row, "texts.key_lost", {}) for row in by_id if row not in seen]
    return faults


def find_definition_faults(sheet: Sequence[SheetRow], after: DefinitionTexts, t: Translator) -> list[TextFault]:
    """What the checks of definitions say of the corrected ones, by cell where a text is wrong."""
    lines = {line.id: line for line in sheet}
    faults = []
    for fault, key, language in after.faults():
        said = {"problem": fault.problem(t), "remedy": fault.remedy(t)}
        cell, row = (lines[key].cell(language), key) if key and language else ("—", f"{fault.file}:{fault.line}")
        faults.append(TextFault(cell, row, "texts.definition", said))
    return faults


def placeholders(text: str) -> set[str]:
    """Names of the values that a text is filled with, with their format; braces that do not pair are a value without a name."""
    try:
        parsed = list(string.Formatter().parse(text))
    except ValueError:
        return set(_BROKEN)
    return {
        name + (f":{form}" if form else "") + (f"!{how}" if how else "") for _, name, form, how in parsed if name is not None
    }


def _row_faults(line: SheetRow, stored: TextRow, expected: set[str]) -> Iterator[TextFault]:
    was_moved = line.version != mark(*(stored.texts[language] for language in LANGUAGES))
    for language in LANGUAGES:
        said = line.values[language]
        if not isinstance(said, str):
            yield TextFault(line.cell(language), line.id, "texts.not_text", {"found": str(said)})
        elif said.startswith("=") and not stored.texts[language].startswith("="):
            yield TextFault(line.cell(language), line.id, "texts.formula", {})
        elif said != stored.texts[language]:
            if language in stored.fixed:
                yield TextFault(line.cell(language), line.id, "texts.fixed", {})
            if was_moved:
                yield TextFault(line.cell(language), line.id, "texts.moved", {})
            for key, values in _text_faults(line, stored, language, said, expected):
                yield TextFault(line.cell(language), line.id, key, values)
        yield from _review_faults(line, language)


def _text_faults(
    line: SheetRow, stored: TextRow, language: str, said: str, expected: set[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """What is wrong in a text that was changed."""
    is_needed = line.form in needed_forms(language) if line.form else bool(stored.texts[language])
    if not said.strip():
        if is_needed:
            yield ("texts.form_missing" if line.form else "texts.empty"), {"form": line.form}
        return
    # A language may have a text of its own for none at all.
    if line.form and line.form != "zero" and not is_needed and not stored.texts[language]:
        yield "texts.form_unknown", {"form": line.form}
    filled = placeholders(said)
    # A plural form may write its number out ("شهران"): it fills no more than the others, and loses nothing else.
    kept = placeholders(stored.texts[language]) if stored.texts[language] else expected
    if filled != expected and not (line.form and kept - {"count"} <= filled <= expected | {"count"}):
        yield "texts.placeholders", {"expected": _named(expected), "found": _named(filled)}
    for word in find_avoided(language, said):
        yield "texts.avoided", {"word": word}
    if _tags(said) > _tags(stored.texts[language]):
        yield "texts.markup", {}
    limit = load_where_seen().limit(line.key, language)
    length = len("".join(literal for literal, *_ in _literals(said)))
    if limit is not None and length > limit:
        yield "texts.too_long", {"length": length, "limit": limit}


def _review_faults(line: SheetRow, language: str) -> Iterator[TextFault]:
    by, on = line.values[f"{language}_reviewed_by"], line.values[f"{language}_reviewed_on"]
    if by and review_role(by) is None:
        yield TextFault(line.cell(f"{language}_reviewed_by"), line.id, "texts.role_unknown", {"found": str(by)})
    if on and not isinstance(on, date):
        yield TextFault(line.cell(f"{language}_reviewed_on"), line.id, "texts.day_unreadable", {"found": str(on)})
    elif isinstance(on, date) and on > date.today():
        yield TextFault(line.cell(f"{language}_reviewed_on"), line.id, "texts.day_ahead", {"found": on.isoformat()})
    if bool(by) != bool(on):
        missing = f"{language}_reviewed_{'on' if by else 'by'}"
        yield TextFault(line.cell(missing), line.id, "texts.review_half", {})


def _named(names: set[str]) -> str:
    return " ".join(f"{{{name}}}" for name in sorted(names - _BROKEN)) or "—"


def _tags(text: str) -> int:
    return text.count("<") + text.count(">")


def _literals(text: str) -> list[tuple[str, ...]]:
    try:
        return [(literal,) for literal, *_ in string.Formatter().parse(text)]
    except ValueError:
        return [(text,)]
