"""Whatever leaves as a paper or a file, as its reader finds it: what it says, its headings, its drawings."""

import io
import re
import zipfile
from dataclasses import dataclass, field
from datetime import date

import openpyxl
from docx import Document
from pptx import Presentation

from analytics.resource_gap import build_gap_table
from data.loaders.today import load_library, load_means
from pages.print.deck.slides import build_deck
from pages.print.half_year.context import Report
from pages.print.half_year.document import build_report
from pages.print.plan.content import build_document
from pages.print.plan.context import PlanContext
from pages.print.plan.docx import write_docx
from pages.print.plan.pdf import print_pdf
from pages.print.portrait_page import build_page
from pages.print.sheet.bag import Request, build_bag
from pages.print.sheet.page import build_sheet
from pages.print.tables.means import write_gap_workbook
from pages.print.tables.results import build_result_table, write_workbook
from pages.words import gaps
from tests.plan_words import text_of
from tests.territories import TAROUDANNT

TODAY = date(2026, 11, 29)
_TAGS = re.compile(r"<(script|style|svg)\b.*?</\1>|<[^>]+>", re.S)
_HEADINGS = re.compile(r"<(h[1-3])\b[^>]*>(.*?)</\1>|class=\"(figure)\"[^>]*>(.*?)<", re.S)
_DRAWINGS = re.compile(r"<svg\b.*?</svg>", re.S)


@dataclass
class Paper:
    """The words of a paper, its headings, and its drawings as SVG where it holds them as such."""

    text: str
    headings: list[str] = field(default_factory=list)
    drawings: list[str] = field(default_factory=list)


def _of_page(page):
    headings = [_TAGS.sub("", match[1] or match[3]) for match in _HEADINGS.findall(page)]
    return Paper(_TAGS.sub(" ", page), headings, _DRAWINGS.findall(page))


def _of_word(content):
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    headings = [p.text for p in document.paragraphs if p.style.name.startswith(("Heading", "Title"))]
    return Paper("\n".join([*(p.text for p in document.paragraphs), *cells]), headings)


def _of_book(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = [[str(cell) for cell in row if cell is not None] for sheet in book for row in sheet.iter_rows(values_only=True)]
    firsts = [str(cell.value) for sheet in book for cell in sheet[1] if cell.value is not None]
    return Paper("\n".join(" ".join(row) for row in rows), [*book.sheetnames, *firsts])


def _sheet(view, code, folder):
    return _of_page(build_sheet(view, code, "http://localhost/", TODAY))


def _portrait(view, code, folder):
    return _of_page(build_page(view, code, TODAY))


def _deck(view, code, folder):
    slides = Presentation(io.BytesIO(build_deck(view, code, load_means(), TODAY))).slides
    shapes = [shape for slide in slides for shape in slide.shapes]
    texts = [shape.text_frame.text for shape in shapes if shape.has_text_frame]
    cells = [cell.text for shape in shapes if shape.has_table for row in shape.table.rows for cell in row.cells]
    return Paper("\n".join([*texts, *cells]), [s.shapes.title.text_frame.text for s in slides if s.shapes.title is not None])


def _plan(view, code, folder):
    plan = PlanContext(view, code, load_library(TAROUDANNT)["trend"], load_means(), TODAY)
    document = build_document(plan, TODAY)
    paper = _of_word(write_docx(document, view.t, TODAY))
    return Paper(paper.text + "\n".join(text_of(print_pdf(document, view.t, TODAY))), paper.headings)


def _half_year(view, code, folder):
    # With one month known the address answers in words that there is no other one; the builder is asked for what it would say.
    report = Report(view, view.figures.months[0], TODAY, {})
    return _of_word(write_docx(build_report(report), view.t, TODAY))


def _results(view, code, folder):
    figures = view.figures
    table = build_result_table(figures, view.t, list(figures.results), [view.chosen.month], [code])
    return _of_book(write_workbook(table, figures, view.t))


def _means(view, code, folder):
    figures, situation = view.figures, gaps.observed(view)
    rows = build_gap_table(
        figures.assessment, figures.definitions, load_means(), view.chosen.month, assumptions=figures.assumptions
    )
    return _of_book(write_gap_workbook(rows, figures, load_means(), situation, view.t))


def _bag(view, code, folder):
    bag = build_bag(view, Request((code,), "http://localhost/", TODAY, folder), lambda done, of: None)
    with zipfile.ZipFile(io.BytesIO(bag.content)) as archive:
        texts = {name: archive.read(name) for name in archive.namelist()}
    index = _of_page(texts["index.html"].decode())
    own = [_of_page(text.decode()) for name, text in texts.items() if name.startswith(f"{view.t.language}/")]
    parts = [index, *own]
    return Paper(
        "\n".join(p.text for p in parts), [h for p in parts for h in p.headings], [d for p in parts for d in p.drawings]
    )


PAPERS = {
    "sheet": _sheet, "portrait": _portrait, "deck": _deck, "plan": _plan, "half-year": _half_year, "results": _results,
    "means": _means, "bag": _bag,
}  # fmt: skip
