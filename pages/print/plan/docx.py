"""The plan as a document that a commune edits in a word processor: real styles and tables, pictures with their description."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from data.i18n import Translator
from geo.palette import BLACK, INK, MUTED, WARNING_INK, WHITE
from pages.print import word
from pages.print.fitting import Words, spread_widths
from pages.print.plan.blocks import (
    Block,
    Bullets,
    Cell,
    Heading,
    OwnWords,
    Paragraph,
    Picture,
    Pictures,
    PlanDocument,
    Table,
)
from pages.print.plan.pdf import paint

_TEXT_MM = word.PAGE_MM[0] - 2 * word.MARGIN_MM
_COVER_MM = (45, _TEXT_MM - 45)
_CELL_POINTS, _NOTE_POINTS, _SMALL_POINTS, _LEAD_POINTS = 8.5, 7, 8, 13
# The cover is one page, its contents included.
_CONTENTS_POINTS = 9.5
# In a table of many columns words must still fit whole.
_MANY_COLUMNS, _NARROW_POINTS, _NARROW_NOTE_POINTS = 6, 7, 6
_DOTS_PER_INCH = 200
MM_PER_INCH = 25.4


def write_docx(plan: PlanDocument, t: Translator, today: date) -> bytes:
    """The plan in the language of ``t`` as DOCX."""
    document = word.new_document(f"{plan.title} — {plan.subject}", t)
    painted = iter(paint(list(_pictures(plan)), t, today, _DOTS_PER_INCH))
    _add_cover(document, plan, t)
    for chapter in plan.chapters:
        heading = word.add_paragraph(document, f"{chapter.number}. {chapter.title}", "Heading 1", t)
        heading.paragraph_format.page_break_before = chapter.number <= 2
        for block in chapter.blocks:
            _add_block(document, block, painted, t)
    _add_foot(document, plan.foot, t)
    return word.save(document)


def write_paper(title: str, subject: str, blocks: Sequence[Block], foot: str, t: Translator) -> bytes:
    """A short document without a cover: title, subject, blocks without pictures, foot line."""
    document = word.new_document(f"{title} — {subject}", t)
    word.add_paragraph(document, title, "Title", t)
    word.add_paragraph(document, subject, "Subtitle", t)
    for block in blocks:
        _add_block(document, block, iter(()), t)
    _add_foot(document, foot, t)
    return word.save(document)


def _pictures(plan: PlanDocument) -> Iterator[Picture]:
    """Every picture, in the order in which blocks are written."""
    for chapter in plan.chapters:
        for block in chapter.blocks:
            if isinstance(block, Picture):
                yield block
            elif isinstance(block, Pictures):
                yield from block.items


def _add_cover(document: Any, plan: PlanDocument, t: Translator) -> None:
    word.add_paragraph(document, plan.title, "Subtitle", t)
    word.add_paragraph(document, plan.subject, "Title", t)
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    word.mirror(table, t)
    table.autofit = False
    for column, width in zip(table.columns, _COVER_MM, strict=True):
        column.width = Mm(width)
    for label, text in plan.cover:
        first, second = word.add_row(table).cells
        word.fill_cell(first, label, t, color=MUTED)
        word.fill_cell(second, text, t)
    for warning in plan.warnings:
        word.add_paragraph(document, warning, "Intense Quote", t, bold=True, color=WARNING_INK)
    word.add_paragraph(document, plan.contents, "Heading 2", t)
    for chapter in plan.chapters:
        line = word.add_paragraph(document, f"{chapter.number}. {chapter.title}", "Normal", t, points=_CONTENTS_POINTS)
        line.paragraph_format.space_after, line.paragraph_format.line_spacing = 0, 1


def _add_block(document: Any, block: Block, painted: Iterator[bytes], t: Translator) -> None:
    if isinstance(block, Heading):
        word.add_paragraph(document, block.text, "Heading 2", t)
    elif isinstance(block, Paragraph):
        _add_words(document, block, t)
    elif isinstance(block, Bullets):
        for at, item in enumerate(block.items, 1):
            # Word's automatic numbering would continue in the next chapter: write the numbers as text.
            text, style = (f"{at}. {item}", "List Paragraph") if block.numbered else (item, "List Bullet")
            word.add_paragraph(document, text, style, t)
    elif isinstance(block, Table):
        _add_table(document, block, t)
    elif isinstance(block, Picture):
        _add_picture(document.add_paragraph(), next(painted), block, _TEXT_MM * 0.6)
        word.add_paragraph(document, block.caption, "Caption", t)
    elif isinstance(block, Pictures):
        _add_pictures(document, block, painted, t)
    else:
        _add_own_words(document, block, t)


def _add_words(document: Any, block: Paragraph, t: Translator) -> None:
    if block.style == "lead":
        lead = word.add_paragraph(document, block.text, "Normal", t, bold=True, points=_LEAD_POINTS)
        # Word keeps a heading with what follows; the finding below it goes along.
        lead.paragraph_format.keep_with_next = True
    elif block.style == "small":
        word.add_paragraph(document, block.text, "Normal", t, points=_SMALL_POINTS, color=MUTED)
    elif block.style == "warning":
        warning = word.add_paragraph(document, block.text, "Intense Quote", t, color=WARNING_INK)
        warning.paragraph_format.keep_with_next = True
    else:
        word.add_paragraph(document, block.text, "Normal", t)


def _add_table(document: Any, block: Table, t: Translator) -> None:
    caption = word.add_paragraph(document, block.caption, "Caption", t)
    caption.paragraph_format.keep_with_next = True
    many = len(block.columns) > _MANY_COLUMNS
    sizes = (_NARROW_POINTS, _NARROW_NOTE_POINTS) if many else (_CELL_POINTS, _NOTE_POINTS)
    widths = _spread_widths(block, sizes, t)
    table = word.add_table(document, [column.label for column in block.columns], widths, t, sizes[0])
    for row in block.rows:
        for place, cell, column in zip(word.add_row(table).cells, row, block.columns, strict=True):
            _write_cell(place, cell, column.align, t, sizes)
    word.add_paragraph(document, "", "Normal", t).paragraph_format.space_after = 0


def _spread_widths(block: Table, sizes: tuple[float, float], t: Translator) -> list[float]:
    """Millimetres of each column."""
    words = [[Words(column.label, sizes[0], bold=True)] for column in block.columns]
    for row in block.rows:
        for own, cell in zip(words, row, strict=True):
            own.extend((Words(cell.text, sizes[0], cell.strong), Words(cell.note, sizes[1])))
    shares = [column.share for column in block.columns]
    inches = spread_widths(words, shares, _TEXT_MM / MM_PER_INCH, word.CELL_MARGINS_MM / MM_PER_INCH, t.direction)
    return [width * MM_PER_INCH for width in inches]


def _write_cell(place: Any, cell: Cell, align: str, t: Translator, sizes: tuple[float, float]) -> None:
    # Only black stands out from class 4 as small words must.
    color = WHITE if cell.is_dark else BLACK if cell.fill else INK
    paragraph = word.fill_cell(place, cell.text, t, align, cell.fill, bold=cell.strong, points=sizes[0], color=color)
    if cell.note:
        if cell.text:
            paragraph.add_run().add_break(WD_BREAK.LINE)
        word.write_run(paragraph, cell.note, t, points=sizes[1], color=color if cell.fill else MUTED)


def _add_pictures(document: Any, block: Pictures, painted: Iterator[bytes], t: Translator) -> None:
    """Pictures side by side, each over its caption."""
    width = _TEXT_MM / len(block.items)
    table = document.add_table(rows=2, cols=len(block.items))
    word.mirror(table, t)
    for at, item in enumerate(block.items):
        place = table.cell(0, at).paragraphs[0]
        place.paragraph_format.keep_with_next = True
        _add_picture(place, next(painted), item, width - 5)
        word.fill_cell(table.cell(1, at), item.caption, t, points=_SMALL_POINTS, color=MUTED)


def _add_picture(paragraph: Any, png: bytes, picture: Picture, width_mm: float) -> None:
    drawn = paragraph.add_run().add_picture(io.BytesIO(png), width=Mm(width_mm))
    # What a screen reader says of it.
    drawn._inline.docPr.set("descr", picture.description)


def _add_own_words(document: Any, block: OwnWords, t: Translator) -> None:
    word.add_paragraph(document, block.label, "Heading 2", t)
    for line in filter(None, block.lines):
        word.add_paragraph(document, line, "Normal", t, direction=block.direction)


def _add_foot(document: Any, foot: str, t: Translator) -> None:
    """The foot line with the number of the page."""
    paragraph = document.sections[0].footer.paragraphs[0]
    word.write_run(paragraph, f"{foot} · ", t, points=_NOTE_POINTS, color=MUTED)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        run.font.size = Pt(_NOTE_POINTS)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)
