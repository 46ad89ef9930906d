"""The annex to the minutes of a session: what was decided, by whom it is done, by when, on which figures; a document to edit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from data.i18n import NO_VALUE, Translator
from data.records.decisions import Decision
from pages.print import word
from pages.words.data_version import name_version
from pages.words.view import View

# Widths in millimetres of the columns of the table.
WIDTHS = (24, 52, 30, 25, 22, 21)
COLUMNS = ("question", "decision", "responsible", "due", "month", "noted")
_SIGNATURES = ("annex.president", "annex.secretary")


def build_annex(view: View, subject_name: str, decisions: Sequence[Decision], today: date) -> bytes:
    """The annex as DOCX in the language of ``view.t``: real styles, one table whose heading repeats on every page."""
    t = view.t
    document = word.new_document(t("annex.title"), t)
    word.add_paragraph(document, t("annex.title"), "Title", t)
    word.add_paragraph(document, t("annex.about", name=subject_name, today=t.date(today)), "Subtitle", t)
    word.add_paragraph(document, t("annex.decisions"), "Heading 1", t)
    _add_table(document, decisions, t)
    word.add_paragraph(document, t("annex.basis"), "Heading 1", t)
    snapshots = t("sign.between").join(dict.fromkeys(name_version(t, d.base_snapshot_id) for d in decisions))
    version = view.method
    word.add_paragraph(document, t("annex.snapshots", snapshots=snapshots, version=version), "Normal", t)
    if view.figures.has_demonstration:
        word.add_paragraph(document, t("annex.demonstration"), "Normal", t)
    _add_signatures(document, t)
    return word.save(document)


def _add_table(document: Any, decisions: Sequence[Decision], t: Translator) -> None:
    table = word.add_table(document, [t(f"annex.{column}") for column in COLUMNS], WIDTHS, t)
    for decision in decisions:
        draft = decision.draft
        texts = (
            t(f"council.ask_{draft.question}"),
            draft.text,
            draft.responsible or NO_VALUE,
            t.date(draft.due_date) if draft.due_date else NO_VALUE,
            t.month(draft.month),
            t.date(decision.noted_at.date()),
        )
        for cell, text in zip(word.add_row(table).cells, texts, strict=True):
            word.fill_cell(cell, text, t)


def _add_signatures(document: Any, t: Translator) -> None:
    """Two places to sign, side by side."""
    word.add_paragraph(document, "", "Normal", t)
    table = document.add_table(rows=1, cols=len(_SIGNATURES))
    word.mirror(table, t)
    for cell, key in zip(table.rows[0].cells, _SIGNATURES, strict=True):
        word.fill_cell(cell, t(key), t)
