"""A document for a word processor: styles, paragraphs and tables in the project's typefaces, mirrored in Arabic."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from data.i18n import Translator

LATIN, ARABIC = "Noto Sans", "Noto Naskh Arabic"
LOCALES = {"fr": "fr-FR", "ar": "ar-MA", "en": "en-GB"}
STYLES = (
    "Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "Caption", "List Bullet", "List Paragraph", "Intense Quote", "Header",
    "Footer", "Table Grid",
)  # fmt: skip
PAGE_MM, MARGIN_MM = (210, 297), 18
# Left and right of the words of a cell together, as Word has them unless it is told otherwise.
CELL_MARGINS_MM = 3.8
_ALIGNMENTS = {"end": WD_ALIGN_PARAGRAPH.RIGHT, "center": WD_ALIGN_PARAGRAPH.CENTER}


def new_document(title: str, t: Translator) -> Any:
    """An empty A4 document with the styles of the project, titled, in the language of ``t``."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = (Mm(side) for side in PAGE_MM)
    section.left_margin = section.right_margin = Mm(MARGIN_MM)
    for name in STYLES:
        _set_style(document.styles[name], t)
    document.core_properties.title = title
    document.core_properties.language = LOCALES[t.language]
    return document


def save(document: Any) -> bytes:
    """The document as DOCX."""
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def add_paragraph(document: Any, text: str, style: str, t: Translator, direction: str = "", **look: Any) -> Any:
    """A paragraph in one of the styles; ``direction`` where it is not the document's."""
    paragraph = document.add_paragraph(style=style)
    write_run(paragraph, text, t, direction=direction, **look)
    return paragraph


def add_table(document: Any, headings: Sequence[str], widths_mm: Sequence[float], t: Translator, points: float = 0) -> Any:
    """A table whose row of headings repeats on every page; rows are added to it."""
    table = document.add_table(rows=1, cols=len(headings), style="Table Grid")
    mirror(table, t)
    for cell, heading in zip(table.rows[0].cells, headings, strict=True):
        fill_cell(cell, heading, t, bold=True, points=points).paragraph_format.keep_with_next = True
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    table.autofit = False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
    return table


def add_row(table: Any) -> Any:
    """One more row, which stays on one page, in the widths of the columns."""
    row = table.add_row()
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, column in zip(row.cells, table.columns, strict=True):
        cell.width = column.width
    return row


def mirror(table: Any, t: Translator) -> None:
    """Centre a table; its first column stands on the right in Arabic."""
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    if t.direction == "rtl":
        of_table = table._tbl.tblPr
        style = of_table.find(qn("w:tblStyle"))
        mirrored = OxmlElement("w:bidiVisual")
        of_table.insert(0, mirrored) if style is None else style.addnext(mirrored)


def fill_cell(cell: Any, text: str, t: Translator, align: str = "start", fill: str = "", **look: Any) -> Any:
    """Write into a cell; ``fill`` is a colour as ``#rrggbb``. Returns the paragraph."""
    paragraph = cell.paragraphs[0]
    write_run(paragraph, text, t, **look)
    # Word turns left and right over in a paragraph that runs from right to left: "right" is the end of the line in both.
    if align in _ALIGNMENTS:
        paragraph.alignment = _ALIGNMENTS[align]
    if fill:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", fill.removeprefix("#"))):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)
    return paragraph


def write_run(
    paragraph: Any, text: str, t: Translator, *, bold: bool = False, points: float = 0, color: str = "", direction: str = ""
) -> None:
    """A text in its direction; a run of Arabic says so, or its digits and signs would be ordered as Latin ones."""
    run = paragraph.add_run(text)
    run.bold = bold or None
    if color:
        run.font.color.rgb = RGBColor.from_string(color.removeprefix("#"))
    if points:
        run.font.size = Pt(points)
    if (direction or t.direction) != "rtl":
        return
    properties = paragraph._p.get_or_add_pPr()
    if properties.find(qn("w:bidi")) is None:
        properties.append(OxmlElement("w:bidi"))
    run.font.rtl = True
    # OOXML holds size and weight of complex scripts (Arabic) in elements of their own, in a prescribed order.
    run.font.cs_bold = bold or None
    if points:
        size = OxmlElement("w:szCs")
        size.set(qn("w:val"), str(round(points * 2)))
        run._r.get_or_add_rPr().find(qn("w:sz")).addnext(size)


def _set_style(style: Any, t: Translator) -> None:
    """The project's typefaces and the language, for Latin and for Arabic script."""
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for slot, typeface in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", ARABIC)):
        fonts.set(qn(f"w:{slot}"), typeface)
    # Letter spacing and italics break the joins of Arabic letters.
    for tag in ("w:lang", "w:spacing", "w:i", "w:iCs"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LOCALES[t.language])
    language.set(qn("w:bidi"), LOCALES["ar"])
    properties.append(language)
    if style.name == "Normal":
        style.font.size = Pt(11)
