"""One slide of a deck: words, tables and notes in the reader's language and direction, in the fonts of the project.

Places are in inches from the start of a line: in Arabic the whole slide is mirrored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.opc.package import XmlPart
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from data.i18n import Translator
from geo import palette
from pages.print.fitting import fit_table, fit_text, row_heights

WIDTH, HEIGHT, MARGIN = 13.333, 7.5, 0.6
TITLE_POINTS, LEAD_POINTS, TEXT_POINTS, TABLE_POINTS, SMALL_POINTS = 28, 18, 18, 14, 12
INK, MUTED, ACCENT, LINE, PAPER, WARNING = (
    color[1:].upper()
    for color in (palette.INK, palette.MUTED, palette.ACCENT, palette.LINE, palette.PAPER, palette.WARNING_SLIDE)
)
LATIN, ARABIC = "Noto Sans", "Noto Naskh Arabic"
LOCALES = {"fr": "fr-FR", "ar": "ar-MA", "en": "en-GB"}
_LAYOUT = "Title Only"
# GUID of Office's plain table style, without bands or borders; borders are set cell by cell.
_PLAIN_TABLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the slide, in inches, ``start`` counted from where a line of the reader's script begins."""

    start: float
    top: float
    width: float
    height: float

    def left(self, t: Translator) -> float:
        """Distance from the left edge."""
        return WIDTH - self.start - self.width if t.direction == "rtl" else self.start


CONTENT = Box(MARGIN, 2.05, WIDTH - 2 * MARGIN, 4.2)
TITLE = Box(MARGIN, 0.4, WIDTH - 2 * MARGIN, 1.1)
# Above what must not be overlooked.
TABLE_END = 6.25
_CELL_MARGIN = 0.06


@dataclass(frozen=True, slots=True)
class Look:
    """How a text is set."""

    points: int = TEXT_POINTS
    bold: bool = False
    color: str = INK


def widths_within(box: Box, shares: Sequence[float]) -> list[float]:
    """Inches that the words of each column of a table have."""
    return [box.width * share - 2 * _CELL_MARGIN for share in shares]


@dataclass(frozen=True, slots=True)
class Page:
    """A slide and the language that it speaks."""

    slide: Any
    t: Translator

    def write_title(self, text: str, points: int = TITLE_POINTS) -> None:
        """The finding, in the title's own place so that the outline of the deck reads as a list of findings."""
        title = self.slide.shapes.title
        size = fit_text(text, TITLE.width, TITLE.height, points, self.t.direction, bold=True)
        write(title.text_frame.paragraphs[0], text, self.t, Look(size, bold=True))

    def add_text(self, box: Box, text: str, look: Look = Look(), fill: str = "") -> Any:
        """A text that wraps in its box, smaller where it would run over; ``fill`` makes the box a coloured rectangle."""
        room = box.width - (0.2 if fill else 0.04)
        look = replace(look, points=fit_text(text, room, box.height - 0.04, look.points, self.t.direction, bold=look.bold))
        shape = self.slide.shapes.add_textbox(*_corners(box, self.t))
        if fill:
            shape.fill.solid()
            shape.fill.fore_color.rgb = RGBColor.from_string(fill)
        frame = shape.text_frame
        frame.word_wrap = True
        frame.auto_size = MSO_AUTO_SIZE.NONE
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE if fill else MSO_ANCHOR.TOP
        for side in ("margin_left", "margin_right"):
            setattr(frame, side, Inches(0.1 if fill else 0.02))
        frame.margin_top = frame.margin_bottom = Inches(0.02)
        for position, line in enumerate(text.split("\n")):
            paragraph = frame.paragraphs[0] if position == 0 else frame.add_paragraph()
            if line:
                write(paragraph, line, self.t, look)
        return shape

    def add_table(
        self, box: Box, rows: Sequence[Sequence[str]], shares: Sequence[float], description: str, end: float = TABLE_END
    ) -> None:
        """A native table; the first row is its heading, ``shares`` are the widths of the columns as parts of the box. Its words are
        smaller where it would run over ``end``, in inches from the top of the slide."""
        widths = widths_within(box, shares)
        size = fit_table(rows, widths, end - box.top, TABLE_POINTS, self.t.direction)
        frame = self.slide.shapes.add_table(len(rows), len(rows[0]), *_corners(box, self.t))
        describe(frame, description)
        table = frame.table
        properties = table._tbl.tblPr
        properties.find(qn("a:tableStyleId")).text = _PLAIN_TABLE
        properties.set("bandRow", "0")
        if self.t.direction == "rtl":
            properties.set("rtl", "1")
        for column, share in zip(table.columns, shares, strict=True):
            column.width = Inches(box.width * share)
        heights = row_heights(rows, widths, size, self.t.direction)
        # What the box has over is shared among the rows: a long one takes no more than its words need.
        spare = max(0.0, box.height - sum(heights)) / len(rows)
        for row, height in zip(table.rows, heights, strict=True):
            row.height = Inches(height + spare)
        for at, row_texts in enumerate(rows):
            for column_at, text in enumerate(row_texts):
                _write_cell(table.cell(at, column_at), text, self.t, size, is_heading=at == 0)

    def add_small_line(self, text: str, warning: str = "") -> None:
        """Source, date, kind of figures and snapshot at the foot; before it, what must not be overlooked; the slide's number."""
        if warning:
            self.add_text(
                Box(MARGIN, 6.32, 6.6, 0.36), warning, Look(TABLE_POINTS, bold=True, color=palette.WARNING_INK[1:]), WARNING
            )
        self.add_text(Box(MARGIN, 6.78, WIDTH - 2 * MARGIN - 0.8, 0.52), text, Look(SMALL_POINTS, color=MUTED))
        number = self.add_text(Box(WIDTH - MARGIN - 0.6, 6.78, 0.6, 0.3), "", Look(SMALL_POINTS))
        paragraph = number.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.LEFT if self.t.direction == "rtl" else PP_ALIGN.RIGHT
        paragraph._p.append(_number_field(self.t))

    def add_notes(self, *lines: str) -> None:
        """What the speaker says and knows, one paragraph each; empty ones are left out."""
        frame = self.slide.notes_slide.notes_text_frame
        for position, line in enumerate(line for line in lines if line):
            paragraph = frame.paragraphs[0] if position == 0 else frame.add_paragraph()
            write(paragraph, line, self.t, Look(SMALL_POINTS))


@dataclass(frozen=True, slots=True)
class Deck:
    """A presentation of 16:9 in the project's fonts, with one layout whose title stands where ours do."""

    presentation: Any
    t: Translator

    def add_page(self) -> Page:
        """A new slide at the end."""
        return Page(self.presentation.slides.add_slide(self.presentation.slide_layouts[0]), self.t)


def new_deck(t: Translator, title: str) -> Deck:
    """An empty deck."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Inches(WIDTH), Inches(HEIGHT)
    presentation.core_properties.title = title
    presentation.core_properties.language = LOCALES[t.language]
    for layout in list(presentation.slide_layouts):
        if layout.name != _LAYOUT:
            presentation.slide_layouts.remove(layout)
    layout = presentation.slide_layouts[0]
    layout.name = t("deck.layout")
    for sheet in (presentation.slide_master, layout):
        _keep_title_only(sheet, t)
    for master in (presentation.slide_master, presentation.notes_master):
        _set_fonts(master)
    return Deck(presentation, t)


def write(paragraph: Any, text: str, t: Translator, look: Look) -> None:
    """A text in its language: direction, proofing language, Latin and Arabic typeface."""
    properties = paragraph._p.get_or_add_pPr()
    if t.direction == "rtl":
        properties.set("algn", "r")
        properties.set("rtl", "1")
    else:
        properties.set("algn", "l")
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(look.points), look.bold
    run.font.color.rgb = RGBColor.from_string(look.color)
    set_language(run._r.get_or_add_rPr(), t)


def write_other_language(paragraph: Any, text: str, language: str, t: Translator, look: Look) -> None:
    """A text in another language than the slide's, at the side where the slide's own lines begin."""
    write(paragraph, text, t.into(language), look)
    paragraph._p.get_or_add_pPr().set("algn", "r" if t.direction == "rtl" else "l")
    if language != "ar":
        paragraph._p.get_or_add_pPr().set("rtl", "0")


def set_language(properties: Any, t: Translator) -> None:
    """Proofing language and typefaces of run properties (also those of a chart)."""
    properties.set("lang", LOCALES[t.language])
    for tag, typeface in (("latin", LATIN), ("cs", ARABIC)):
        for old in properties.findall(qn(f"a:{tag}")):
            properties.remove(old)
        properties.append(parse_xml(f'<a:{tag} {nsdecls("a")} typeface="{typeface}"/>'))


def describe(frame: Any, description: str) -> None:
    """Alternative text of a chart or table."""
    frame._element.nvGraphicFramePr.cNvPr.set("descr", description)


def _corners(box: Box, t: Translator) -> tuple[Any, Any, Any, Any]:
    return Inches(box.left(t)), Inches(box.top), Inches(box.width), Inches(box.height)


def _write_cell(cell: Any, text: str, t: Translator, points: int, is_heading: bool) -> None:
    cell.margin_left = cell.margin_right = Inches(_CELL_MARGIN)
    cell.margin_top = cell.margin_bottom = Inches(0.02)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor.from_string(PAPER if is_heading else palette.WHITE[1:])
    write(cell.text_frame.paragraphs[0], text, t, Look(points, bold=is_heading, color=MUTED if is_heading else INK))
    rule = f'<a:lnB {nsdecls("a")} w="9525"><a:solidFill><a:srgbClr val="{LINE}"/></a:solidFill></a:lnB>'
    # OOXML prescribes the order of child elements: borders before the fill.
    cell._tc.get_or_add_tcPr().insert(0, parse_xml(rule))


def _number_field(t: Translator) -> Any:
    return parse_xml(
        f'<a:fld {nsdecls("a")} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">'
        f'<a:rPr lang="{LOCALES[t.language]}" sz="{SMALL_POINTS}00"><a:solidFill><a:srgbClr val="{MUTED}"/></a:solidFill></a:rPr>'
        "<a:t>‹#›</a:t></a:fld>"
    )


def _keep_title_only(sheet: Any, t: Translator) -> None:
    """Take date, footer and body away; put the title where every slide has it."""
    for shape in list(sheet.placeholders):
        if shape.placeholder_format.type != PP_PLACEHOLDER.TITLE:
            shape._element.getparent().remove(shape._element)
            continue
        corners = _corners(TITLE, t)
        shape.left, shape.top, shape.width, shape.height = corners
        frame = shape.text_frame
        frame.text = t("deck.layout")
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        frame.margin_left = frame.margin_right = Inches(0.02)


def _set_fonts(master: Any) -> None:
    """The project's typefaces as those of the theme, so that what a reader adds looks the same."""
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    root = parse_xml(theme.blob)
    for font in root.iter(qn("a:majorFont"), qn("a:minorFont")):
        font.find(qn("a:latin")).set("typeface", LATIN)
        font.find(qn("a:cs")).set("typeface", ARABIC)
        for script in font.findall(qn("a:font")):
            if script.get("script") == "Arab":
                script.set("typeface", ARABIC)
    if isinstance(theme, XmlPart):
        theme._element = root
    else:
        theme._blob = serialize_part_xml(root)
