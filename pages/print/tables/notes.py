"""The sheet of notes of a workbook: versions, classes, statuses, kinds of figures, reliability, norms and sources, in words."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import pandas as pd
import xlsxwriter

from analytics.faces import ClassKind
from analytics.model import PROVENANCE_ORDER, RELIABILITY_ORDER, ResultStatus
from data.i18n import Translator
from data.ingest import IMPORT
from pages.figures.figures import Figures
from pages.words.class_words import list_kind
from pages.words.methods import list_norms, list_reference_tables, write_rules
from pages.words.view import write_method

Lines = Sequence[Sequence[str]]
LINE_POINTS = 15
_WIDTHS = (38, 44, 22, 22, 22, 60)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the lines under it, each cell a text."""

    title: str
    lines: Lines


def write_notes(
    book: xlsxwriter.Workbook,
    figures: Figures,
    t: Translator,
    norm_ids: Collection[str],
    is_demonstration: bool,
    said: Lines = (),
) -> None:
    """Add the sheet of notes to a workbook, every cell as text.

    Args:
        norm_ids: norms that the workbook's figures were compared with.
        is_demonstration: whether any of its figures is simulated.
        said: further lines of its own, how it is to be read.
    """
    page = book.add_worksheet(t("table.notes"))
    if t.direction == "rtl":
        page.right_to_left()
    for column, width in enumerate(_WIDTHS):
        page.set_column(column, column, width)
    # Set the direction: Excel takes it from the first strong character, often a Latin letter.
    direction = {"reading_order": 2, "align": "right"} if t.direction == "rtl" else {}
    heading = book.add_format({"bold": True, "font_size": 12, "bottom": 1, **direction})
    wrapped = book.add_format({"text_wrap": True, "valign": "top", **direction})
    row = 0
    first, *others = _sections(figures, t, norm_ids, is_demonstration)
    for section in (replace(first, lines=[*first.lines, *said]), *others):
        page.write_string(row, 0, section.title, heading)
        for at, cells in enumerate(section.lines, row + 1):
            _write_line(page, at, cells, wrapped)
        row += len(section.lines) + 2
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)


def _write_line(
    page: xlsxwriter.worksheet.Worksheet, row: int, cells: Sequence[str], style: xlsxwriter.format.Format
) -> None:
    """The cells of a line; the last one of a short line takes the room that is left. Not every spreadsheet fits the height of
    a row to its text: it is set."""
    last = len(cells) - 1
    widths = [*_WIDTHS[:last], sum(_WIDTHS[last:])]
    if last < len(_WIDTHS) - 1:
        page.merge_range(row, last, row, len(_WIDTHS) - 1, "", style)
    for column, text in enumerate(cells):
        page.write_string(row, column, text, style)
    lines = max(math.ceil(len(text) / width) for text, width in zip(cells, widths, strict=True))
    page.set_row(row, LINE_POINTS * max(lines, 1))


def _sections(figures: Figures, t: Translator, norm_ids: Collection[str], is_demonstration: bool) -> list[Section]:
    return [
        Section(t("table.notes"), _versions(figures, t, is_demonstration)),
        Section(t("notes.classes"), _classes(figures, t)),
        Section(t("notes.statuses"), [(t(f"status.{s}"), t(f"notes.status_{s}")) for s in ResultStatus]),
        Section(t("notes.provenances"), [(t(f"provenance.{p}"), t(f"notes.provenance_{p}")) for p in PROVENANCE_ORDER]),
        Section(t("notes.reliability"), _reliability(figures, t)),
        Section(t("methods.norms"), _norms(figures, t, norm_ids)),
        Section(t("notes.sources"), _sources(figures, t)),
    ]


def _versions(figures: Figures, t: Translator, is_demonstration: bool) -> Lines:
    lines = [
        (t("table.snapshot"), figures.snapshot_id),
        (t("table.method"), write_method(figures, t)),
        (t("table.title"), t("table.meaning")),
    ]
    return [*lines, (t("data.demonstration"), t("sheet.demonstration"))] if is_demonstration else lines


def _classes(figures: Figures, t: Translator) -> Lines:
    """Every class by kind: what it is called and how it reads."""
    lines = [
        (f"{line.id} · {line.label}", t(f"class_of.{kind}"), line.reading)
        for kind in ClassKind
        for line in list_kind(figures.definitions, kind, t)
    ]
    return [(t("methods.class"), t("class_of.what"), t("methods.class_reading")), *lines]


def _reliability(figures: Figures, t: Translator) -> Lines:
    rules = write_rules(figures.definitions, t)
    grades = [(t(f"reliability.{grade}"), t(f"notes.grade_{grade}")) for grade in RELIABILITY_ORDER]
    return [*grades, (t("notes.reliability_rule"), t("methods.reliability_1", **{g: rules[g] for g in "abc"}))]


def _norms(figures: Figures, t: Translator, norm_ids: Collection[str]) -> Lines:
    """Each dated value of the norms: value, profile, status, in force since, verified on, source."""
    used = {norm_id: norm for norm_id, norm in figures.definitions.norms.items() if norm_id in norm_ids}
    columns = ("label", "value", "profile", "status", "since", "source")
    heading = tuple(
        t(key)
        for key in ("methods.norm", "methods.norm_value", "column.norm_profile", "methods.norm_status", "methods.norm_from",
                    "methods.norm_source")
    )  # fmt: skip
    rows = list_norms(replace(figures.definitions, norms=used), t)
    return [heading, *([row[c] for c in columns] for row in rows)]


def _sources(figures: Figures, t: Translator) -> Lines:
    """Tables of reference with producer, licence and date; then the files that communes sent."""
    heading = (t("notes.source"), t("notes.producer"), t("notes.date"), t("notes.file"))
    tables = [(row["label"], row["origin"], row["date"], row["file"]) for row in list_reference_tables(figures.province, t)]
    uploads = figures.origins.uploads()
    sent = [
        (t("notes.sent"), t("notes.declared"), t.date(pd.Timestamp(row.uploaded_at).date()), str(row.file_name))
        for row in uploads[uploads["kind"] == IMPORT].itertuples()
    ]
    return [heading, *tables, *sent]
