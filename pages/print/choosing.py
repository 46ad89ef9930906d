"""A choice of communes or douars as it leaves: table, workbook, and the note "critères de sélection" for the file of a decision."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pandas as pd
import xlsxwriter

from data.exporting.inert import inert_text
from data.records.place_choices import DOUARS
from pages.print import word
from pages.print.tables.results import write_csv
from pages.words import choosing
from pages.words.choosing import Choice, Places
from pages.words.choosing_douars import left_out_by_commune
from pages.words.data_version import name_version
from pages.words.view import View

_WIDTHS = (18, 48, 44, 24, 36)
_HALF = (60, 110)
_SHARES = {"share_selected"}
_WIDE = {"commune_name", "douar_name", "cercle", "reason"}


def write_choice_csv(view: View, choice: Choice) -> bytes:
    """Every place with its points or the reason why it has none; names of columns for other programs."""
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
        _write_table(book, page, view, choice)
        notes.set_column(0, 0, 110)
        for row, line in enumerate(_notes(view, choice)):
            notes.write_string(row, 0, inert_text(line))
    return target.getvalue()


def _write_table(book: xlsxwriter.Workbook, page: Any, view: View, choice: Choice) -> None:
    table = choosing.build_table(view, choice)
    number, share = book.add_format({"num_format": "#,##0.0"}), book.add_format({"num_format": "0%"})
    for column, name in enumerate(table.columns):
        for row, value in enumerate(table[name], 1):
            if isinstance(value, str):
                page.write_string(row, column, inert_text(value))
            elif isinstance(value, bool):
                page.write_string(row, column, view.t("choose.yes" if value else "choose.no"))
            elif pd.notna(value):
                page.write_number(row, column, float(value), share if name in _SHARES else number)
        page.set_column(column, column, 26 if name in _WIDE else 14)
    headings = [{"header": _heading(view, choice.places, name)} for name in table.columns]
    page.add_table(0, 0, max(len(table), 1), len(table.columns) - 1, {"columns": headings, "style": "Table Style Light 1"})
    page.freeze_panes(1, 2)
    page.set_landscape()
    page.fit_to_pages(1, 0)


def _heading(view: View, places: Places, name: str) -> str:
    t, criterion = view.t, name.removesuffix("_points")
    if criterion not in places.criteria:
        return places.say(view, f"column_{name}")
    label = places.label(view, criterion)
    return label if criterion == name else t("choose.points_of", criterion=label)


def write_choice_note(view: View, choice: Choice, today: date) -> bytes:
    """The note as DOCX: the rules, the places retained with their points, those left out by name and reason, the groups."""
    t, places = view.t, choice.places
    title = places.say(view, "note_title")
    document = word.new_document(title, t)
    word.add_paragraph(document, title, "Title", t)
    about = t("choose.note_about", today=t.date(today), month=t.month(view.chosen.month))
    word.add_paragraph(document, about, "Subtitle", t)
    word.add_paragraph(document, choosing.head_choice(view, choice), "Normal", t)
    word.add_paragraph(document, t("choose.rules"), "Heading 1", t)
    for line in choosing.write_rules_lines(view, places, choice.rules):
        word.add_paragraph(document, line, "List Bullet", t)
    word.add_paragraph(document, places.say(view, "retained"), "Heading 1", t)
    _add_chosen(document, view, choice)
    word.add_paragraph(document, places.say(view, "left_out"), "Heading 1", t)
    # Douars are many: one row a commune.
    by_commune = places.about == DOUARS
    left_out = left_out_by_commune(view, choice) if by_commune else choosing.list_left_out(view, choice)
    _add_pairs(document, view, (t("choose.column_commune_name"), places.say(view, "column_reason")), left_out)
    word.add_paragraph(document, places.say(view, "groups"), "Heading 1", t)
    groups = [(row["group"], places.say(view, "group_line", **row)) for row in choosing.list_groups(view, choice)]
    group = t(f"choose.column_{places.group_column}")
    _add_pairs(document, view, (group, places.say(view, "column_selected")), groups)
    word.add_paragraph(document, t("annex.basis"), "Heading 1", t)
    for line in _basis(view, choice):
        word.add_paragraph(document, line, "Normal", t)
    return word.save(document)


def _add_chosen(document: Any, view: View, choice: Choice) -> None:
    t, places = view.t, choice.places
    singular = places.about.removesuffix("s")
    names = ("position", f"{singular}_name", places.group_column, "points", "share_selected")
    table = word.add_table(document, [places.say(view, f"column_{name}") for name in names], _WIDTHS, t)
    for row in choosing.list_rows(view, choice, len(choice.chosen)):
        texts = (row["position"], row["name"], row["group"], row["points"], row["share"])
        for cell, text in zip(word.add_row(table).cells, texts, strict=True):
            word.fill_cell(cell, str(text), t)


def _add_pairs(document: Any, view: View, headings: tuple[str, str], rows: list[tuple[str, str]]) -> None:
    if not rows:
        word.add_paragraph(document, view.t("choose.nobody"), "Normal", view.t)
        return
    table = word.add_table(document, headings, _HALF, view.t)
    for pair in rows:
        for cell, text in zip(word.add_row(table).cells, pair, strict=True):
            word.fill_cell(cell, text, view.t)


def _notes(view: View, choice: Choice) -> list[str]:
    return [
        choosing.head_choice(view, choice),
        *choosing.write_rules_lines(view, choice.places, choice.rules),
        *_basis(view, choice),
    ]


def _basis(view: View, choice: Choice) -> list[str]:
    t, places = view.t, choice.places
    source = places.write_sources(view, choice.rules) or t("chart.from", sources=t("chart.source_none"))
    lines = [source, t("annex.snapshots", snapshots=name_version(t, view.figures.snapshot_id), version=view.method)]
    lines.append(places.say(view, "how"))
    # The census figures of douars are measured, whatever else is shown.
    is_demonstration = places.about != DOUARS and view.figures.has_demonstration
    return [*lines, t("deck.demonstration")] if is_demonstration else lines
