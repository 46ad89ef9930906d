"""A choice of communes as it leaves: table, workbook, and the note "critères de sélection" for the file of a decision."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pandas as pd
import xlsxwriter

from data.exporting.inert import inert_text
from pages.print import word
from pages.print.tables.results import write_csv
from pages.words import choosing
from pages.words.choosing import Choice
from pages.words.view import View

_WIDTHS = (14, 50, 46, 24, 36)
_HALF = (60, 110)
_SHARES = {"share_selected"}


def write_choice_csv(view: View, choice: Choice) -> bytes:
    """Every commune with its points or the reason why it has none; names of columns for other programs."""
    return write_csv(choosing.build_table(view, choice))


def write_choice_workbook(view: View, choice: Choice) -> bytes:
    """The same in the reader's words, and a sheet with the rules, the sources and the version of the method."""
    target, t = io.BytesIO(), view.t
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        page = book.add_worksheet(t("choose.sheet"))
        notes = book.add_worksheet(t("table.notes"))
        if t.direction == "rtl":
            page.right_to_left()
            notes.right_to_left()
        _write_table(book, page, view, choosing.build_table(view, choice))
        notes.set_column(0, 0, 110)
        for row, line in enumerate(_notes(view, choice)):
            notes.write_string(row, 0, inert_text(line))
    return target.getvalue()


def _write_table(book: xlsxwriter.Workbook, page: Any, view: View, table: pd.DataFrame) -> None:
    number, share = book.add_format({"num_format": "#,##0.0"}), book.add_format({"num_format": "0%"})
    for column, name in enumerate(table.columns):
        for row, value in enumerate(table[name], 1):
            if isinstance(value, str):
                page.write_string(row, column, inert_text(value))
            elif isinstance(value, bool):
                page.write_string(row, column, view.t("choose.yes" if value else "choose.no"))
            elif pd.notna(value):
                page.write_number(row, column, float(value), share if name in _SHARES else number)
        page.set_column(column, column, 26 if name in ("commune_name", "cercle", "reason") else 14)
    headings = [{"header": _heading(view, name)} for name in table.columns]
    page.add_table(0, 0, max(len(table), 1), len(table.columns) - 1, {"columns": headings, "style": "Table Style Light 1"})
    page.freeze_panes(1, 2)
    page.set_landscape()
    page.fit_to_pages(1, 0)


def _heading(view: View, name: str) -> str:
    t, criterion = view.t, name.removesuffix("_points")
    if criterion not in choosing.CRITERIA:
        return t(f"choose.column_{name}")
    label = t(f"compare.criterion_{criterion}")
    return label if criterion == name else t("choose.points_of", criterion=label)


def write_choice_note(view: View, choice: Choice, today: date) -> bytes:
    """The note as DOCX: the rules, the communes retained with their points, those left out by name and reason, the cercles."""
    t = view.t
    document = word.new_document(t("choose.note_title"), t)
    word.add_paragraph(document, t("choose.note_title"), "Title", t)
    word.add_paragraph(
        document, t("choose.note_about", today=t.date(today), month=t.month(view.chosen.month)), "Subtitle", t
    )
    word.add_paragraph(document, choosing.state_choice(view, choice), "Normal", t)
    word.add_paragraph(document, t("choose.rules"), "Heading 1", t)
    for line in choosing.write_rules_lines(view, choice.rules):
        word.add_paragraph(document, line, "List Bullet", t)
    word.add_paragraph(document, t("choose.retained"), "Heading 1", t)
    _add_chosen(document, view, choice)
    word.add_paragraph(document, t("choose.left_out"), "Heading 1", t)
    _add_pairs(document, view, ("choose.column_commune_name", "choose.column_reason"), choosing.list_left_out(view, choice))
    word.add_paragraph(document, t("choose.cercles"), "Heading 1", t)
    cercles = [(row["group"], t("choose.cercle_line", **row)) for row in choosing.list_cercles(view, choice)]
    _add_pairs(document, view, ("choose.column_cercle", "choose.column_selected"), cercles)
    word.add_paragraph(document, t("annex.basis"), "Heading 1", t)
    for line in _basis(view, choice):
        word.add_paragraph(document, line, "Normal", t)
    return word.save(document)


def _add_chosen(document: Any, view: View, choice: Choice) -> None:
    t = view.t
    headings = [t(f"choose.column_{name}") for name in ("position", "commune_name", "cercle", "points", "share_selected")]
    table = word.add_table(document, headings, _WIDTHS, t)
    for row in choosing.list_rows(view, choice, len(choice.chosen)):
        group = view.group_label(str(row["code"]))
        texts = (row["position"], row["name"], group, row["points"], row["share"])
        for cell, text in zip(word.add_row(table).cells, texts, strict=True):
            word.fill_cell(cell, str(text), t)


def _add_pairs(document: Any, view: View, headings: tuple[str, str], rows: list[tuple[str, str]]) -> None:
    if not rows:
        word.add_paragraph(document, view.t("choose.nobody"), "Normal", view.t)
        return
    table = word.add_table(document, [view.t(heading) for heading in headings], _HALF, view.t)
    for pair in rows:
        for cell, text in zip(word.add_row(table).cells, pair, strict=True):
            word.fill_cell(cell, text, view.t)


def _notes(view: View, choice: Choice) -> list[str]:
    return [choosing.state_choice(view, choice), *choosing.write_rules_lines(view, choice.rules), *_basis(view, choice)]


def _basis(view: View, choice: Choice) -> list[str]:
    t = view.t
    lines = [t("chart.from", sources=choosing.write_sources(view, choice.rules) or t("chart.source_none"))]
    lines.append(t("annex.snapshots", snapshots=view.figures.snapshot_id[:15], version=view.method))
    lines.append(t("choose.how"))
    return [*lines, t("deck.demonstration")] if view.figures.has_demonstration else lines
