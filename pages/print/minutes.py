"""The annex to the minutes of a session: what was decided, by whom it is done, by when, on which figures; a document to edit."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from data.decisions import Decision
from data.i18n import NO_VALUE, Translator
from pages.ui.screen import Screen

LATIN, ARABIC = "Noto Sans", "Noto Naskh Arabic"
LOCALES = {"fr": "fr-FR", "ar": "ar-MA", "en": "en-GB"}
STYLES = ("Normal", "Title", "Heading 1", "Subtitle", "Table Grid")
# Widths in millimetres of the columns of the table.
WIDTHS = (24, 52, 30, 25, 22, 21)
COLUMNS = ("question", "decision", "responsible", "due", "month", "noted")
_SIGNATURES = ("annex.president", "annex.secretary")


def build_annex(screen: Screen, subject_name: str, decisions: Sequence[Decision], today: date) -> bytes:
    """The annex as DOCX in the language of ``screen.t``: real styles, one table whose heading repeats on every page."""
    t, document = screen.t, Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    for name in STYLES:
        _set_style(document.styles[name], t)
    document.core_properties.title = t("annex.title")
    document.core_properties.language = LOCALES[t.language]
    _add(document, t("annex.title"), "Title", t)
    _add(document, t("annex.about", name=subject_name, today=t.date(today)), "Subtitle", t)
    _add(document, t("annex.decisions"), "Heading 1", t)
    _add_table(document, decisions, t)
    _add(document, t("annex.basis"), "Heading 1", t)
    snapshots = ", ".join(dict.fromkeys(d.base_snapshot_id[:15] for d in decisions))
    _add(document, t("annex.snapshots", snapshots=snapshots, version=screen.figures.definitions.method_version), "Normal", t)
    if screen.figures.has_demonstration:
        _add(document, t("annex.demonstration"), "Normal", t)
    _add_signatures(document, t)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _add_table(document: Any, decisions: Sequence[Decision], t: Translator) -> None:
    table = document.add_table(rows=1, cols=len(COLUMNS), style="Table Grid")
    _mirror(table, t)
    for cell, column in zip(table.rows[0].cells, COLUMNS, strict=True):
        _fill(cell, t(f"annex.{column}"), t, bold=True)
    heading = table.rows[0]._tr.get_or_add_trPr()
    heading.append(OxmlElement("w:tblHeader"))
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
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            _fill(cell, text, t)
    table.autofit = False
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _add_signatures(document: Any, t: Translator) -> None:
    """Two places to sign, side by side."""
    _add(document, "", "Normal", t)
    table = document.add_table(rows=1, cols=len(_SIGNATURES))
    _mirror(table, t)
    for cell, key in zip(table.rows[0].cells, _SIGNATURES, strict=True):
        _fill(cell, t(key), t)


def _mirror(table: Any, t: Translator) -> None:
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    if t.direction == "rtl":
        table._tbl.tblPr.append(OxmlElement("w:bidiVisual"))


def _fill(cell: Any, text: str, t: Translator, bold: bool = False) -> None:
    _write(cell.paragraphs[0], text, t, bold)


def _add(document: Any, text: str, style: str, t: Translator) -> None:
    _write(document.add_paragraph(style=style), text, t)


def _write(paragraph: Any, text: str, t: Translator, bold: bool = False) -> None:
    """A text in its direction; a run of Arabic says so, or its digits and signs would be ordered as Latin ones."""
    run = paragraph.add_run(text)
    run.bold = bold or None
    if t.direction == "rtl":
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        run._r.get_or_add_rPr().append(OxmlElement("w:rtl"))
        if bold:
            run._r.get_or_add_rPr().append(OxmlElement("w:bCs"))


def _set_style(style: Any, t: Translator) -> None:
    """The project's typefaces and the language, for Latin and for Arabic script."""
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for slot, typeface in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", ARABIC)):
        fonts.set(qn(f"w:{slot}"), typeface)
    # Letters set apart or aslant tear Arabic words.
    for tag in ("w:lang", "w:spacing", "w:i", "w:iCs"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LOCALES[t.language])
    language.set(qn("w:bidi"), LOCALES["ar"])
    properties.append(language)
    if style.name == "Normal":
        style.font.size = Pt(11)
