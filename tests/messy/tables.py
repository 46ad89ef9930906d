"""Files whose tables and headings lie as people lay them, with what must be kept of each and said."""

# Each case is a line or two, read like a table.
# ruff: noqa: E501
from __future__ import annotations

from datetime import datetime
from typing import Any

from openpyxl.styles import Font

from tests.messy.files import (
    ADAR,
    AOULOUZ,
    BOTH,
    DISPLACED,
    HEAD,
    IRHERM,
    ROW,
    SEPTEMBER,
    Case,
    figures,
    lines,
    merge,
    sheets,
)


def _hide_row(made: Any) -> None:
    made.worksheets[0].row_dimensions[3].hidden = True


def _hide_column(made: Any) -> None:
    made.worksheets[0].column_dimensions["D"].hidden = True


def _strike(made: Any) -> None:
    made.worksheets[0]["D2"].font = Font(strike=True)


def _hide_sheet(made: Any) -> None:
    made.worksheets[1].sheet_state = "veryHidden"


def headings() -> list[Case]:
    """Headings of several lines, and what stands above them."""
    girls = figures((ADAR, "pupils_primary_girls", 150), (ADAR, "pupils_primary_boys", 190))
    return [
        Case("girls and boys below a joined heading.xlsx",
             sheets([["Commune", "Mois", "Élèves primaire", None, "Médecins"], [None, None, "Filles", "Garçons", None],
                   ["Adar", SEPTEMBER, 150, 190, 3]], change=merge("A1:A2", "B1:B2", "C1:D1", "E1:E2")),
             need=figures((ADAR, "doctors", 3)), may=girls),
        Case("girls and boys below a heading of lines.csv",
             lines("Commune;Mois;Élèves primaire;;Médecins\n;;Filles;Garçons;\nAdar;2025-09;150;190;3\n"),
             need=figures((ADAR, "doctors", 3)), may=girls),
        Case("women, men and the total.xlsx",
             sheets([["Commune", "Mois", "Personnes déplacées", None, None], [None, None, "Femmes", "Hommes", "Total"],
                   ["Adar", SEPTEMBER, 30, 25, 55]], change=merge("C1:E1")),
             need=figures((ADAR, "displaced_persons", 55)),
             may=figures((ADAR, "displaced_women", 30), (ADAR, "displaced_men", 25))),
        Case("girls and boys at the third level.xlsx",
             sheets([["Commune", "Mois", "Éducation", None, None, None], [None, None, "Élèves primaire", None, "Élèves collège", None],
                   [None, None, "Filles", "Garçons", "Filles", "Total"], ["Adar", SEPTEMBER, 150, 190, 60, 140]],
                  change=merge("A1:A3", "B1:B3", "C1:F1", "C2:D2", "E2:F2")),
             need=figures((ADAR, "pupils_college", 140)), may=girls),
        Case("years below headings of lines.csv",
             lines("Commune;Mois;Élèves primaire;;Médecins\n;;2024;2025;\nAdar;2025-09;340;350;3\n"),
             need=figures((ADAR, "doctors", 3)), say=("columns_unknown",)),
        Case("a heading joined over two columns of figures.xlsx",
             sheets([["Commune", "Mois", "Élèves primaire", None, "Médecins"], ["Adar", SEPTEMBER, 340, 350, 3]], change=merge("C1:D1")),
             need=figures((ADAR, "doctors", 3)), say=("columns_unknown",)),
        Case("a heading joined over a blank column.xlsx",
             sheets([["Commune", "Mois", "Élèves primaire", None, "Médecins"], ["Adar", SEPTEMBER, 340, None, 3]], change=merge("C1:D1")),
             need=figures((ADAR, "pupils_primary", 340), (ADAR, "doctors", 3))),
        Case("services above headings.xlsx",
             sheets([[None, None, "Éducation", None, "Santé"], ["Commune", "Mois", "Élèves primaire", "Salles primaire", "Médecins"],
                   ["Adar", SEPTEMBER, 340, 12, 3]], change=merge("C1:D1")),
             need=figures((ADAR, "pupils_primary", 340), (ADAR, "classrooms_functional_primary", 12), (ADAR, "doctors", 3))),
        Case("another year above a heading.xlsx",
             sheets([[None, None, "Prévision 2026", None, "Réalisé"], ["Commune", "Mois", "Élèves primaire", "Médecins", "Salles primaire"],
                   ["Adar", SEPTEMBER, 400, 5, 12]], change=merge("C1:D1")), say=("column_variable_missing",)),
    ]  # fmt: skip


def tables() -> list[Case]:
    """Tables below and beside each other, columns that nobody can name."""
    return [
        Case("a second table below.xlsx",
             sheets([[*HEAD], ROW, [], ["Commune", "Mois", "Médecins"], ["Aoulouz", SEPTEMBER, 3]]),
             need=BOTH + figures((AOULOUZ, "doctors", 3))),
        Case("headings again on each page.csv",
             lines("Commune;Mois;Élèves primaire\nAdar;2025-09;340\nCommune;Mois;Élèves primaire\nAoulouz;2025-09;900\n"),
             need=figures((ADAR, "pupils_primary", 340), (AOULOUZ, "pupils_primary", 900))),
        Case("a table below whose headings nobody knows.xlsx",
             sheets([[*HEAD], ROW, [], ["Localité", "Trimestre", "Truc", "Machin"], ["Aoulouz", "T3", 7, 8]]), need=BOTH,
             say=("cells_not_read",)),
        Case("tables side by side.xlsx",
             sheets([["Commune", "Mois", "Élèves primaire", None, "Commune", "Mois", "Consultations"],
                   ["Adar", SEPTEMBER, 340, None, "Aoulouz", SEPTEMBER, 450]]),
             need=figures((ADAR, "pupils_primary", 340), (AOULOUZ, "outpatient_visits", 450))),
        Case("the name in two languages.xlsx",
             sheets([["Commune", "الجماعة", "Mois", "Élèves primaire"], ["Adar", "أضار", SEPTEMBER, 340],
                   ["Adar", "أولوز", SEPTEMBER, 341]]), need=figures((ADAR, "pupils_primary", 340)), say=("commune_ambiguous",)),
        Case("the same heading twice.xlsx",
             sheets([["Commune", "Mois", "Élèves primaire", "Élèves primaire", "Médecins"], ["Adar", SEPTEMBER, 340, 350, 3]]),
             need=figures((ADAR, "doctors", 3)), say=("columns_twice",)),
        Case("the date of entry before the month.xlsx",
             sheets([["Date", *HEAD], [datetime(2025, 10, 5), *ROW]]), need=BOTH),
        Case("columns called number and total.xlsx",
             sheets([[*HEAD, "Nombre", "Total"], [*ROW, 17, 477]]), need=BOTH, say=("columns_unknown",)),
        Case("figures under a blank heading.xlsx", sheets([[*HEAD[:3], None], ROW]), need=DISPLACED, say=("columns_without_heading",)),
        Case("thousands that part cells.csv",
             lines("Commune,Mois,Personnes déplacées,Élèves primaire\nAdar,2025-09,1,234,340\nAoulouz,2025-09,300,900\n"),
             need=figures((AOULOUZ, "displaced_persons", 300), (AOULOUZ, "pupils_primary", 900)), say=("row_too_long",)),
    ]  # fmt: skip


def left_out() -> list[Case]:
    """Other quantities under known words, sums, and what is hidden, struck out or joined."""
    return [
        Case("other quantities in brackets.xlsx",
             sheets([["Commune", "Mois", "Médecins (postes vacants)", "Salles primaire [détruites]", "Consultations (cumul)",
                    "Classes surchargées (%)", "Personnes déplacées (ménages)", "Élèves primaire (nombre)"],
                   ["Adar", SEPTEMBER, 1, 2, 3, 4, 5, 340]]), need=figures((ADAR, "pupils_primary", 340)), say=("columns_unknown",)),
        Case("a percentage before the heading.xlsx",
             sheets([["Commune", "Mois", "% classes surchargées", "Médecins"], ["Adar", SEPTEMBER, 12, 3]]),
             need=figures((ADAR, "doctors", 3)), say=("columns_unknown",)),
        Case("the province called like its town.xlsx",
             sheets([[*HEAD], ROW, ["Aoulouz", SEPTEMBER, 300, 900], ["Taroudannt", SEPTEMBER, 420, 1240]]),
             need=BOTH + figures((AOULOUZ, "displaced_persons", 300), (AOULOUZ, "pupils_primary", 900)), say=("row_of_sum",)),
        Case("a hidden sheet.xlsx", sheets([HEAD, ROW], [HEAD, ["Irherm", SEPTEMBER, 77, 88]], change=_hide_sheet), need=BOTH,
             say=("hidden_sheet",)),
        Case("a hidden sheet that is confirmed.xlsx",
             sheets([HEAD, ROW], [HEAD, ["Irherm", SEPTEMBER, 77, 88]], change=_hide_sheet), confirm=True,
             need=BOTH + figures((IRHERM, "displaced_persons", 77), (IRHERM, "pupils_primary", 88))),
        Case("a hidden row.xlsx", sheets([HEAD, ROW, ["Irherm", SEPTEMBER, 77, 88]], change=_hide_row), need=BOTH,
             say=("hidden_cells",)),
        Case("a hidden column.xlsx", sheets([HEAD, ROW], change=_hide_column), need=DISPLACED, say=("hidden_cells",)),
        Case("a figure struck out.xlsx", sheets([HEAD, ROW], change=_strike), need=DISPLACED, say=("struck_cells",)),
        Case("a commune joined over its months.xlsx",
             sheets([HEAD, ROW, [None, datetime(2025, 8, 1), 121, 341]], change=merge("A2:A3")),
             need=BOTH + figures((ADAR, "displaced_persons", 121), (ADAR, "pupils_primary", 341), month="2025-08")),
        Case("a figure joined over two communes.xlsx",
             sheets([HEAD, ROW, ["Aoulouz", SEPTEMBER, None, 900]], change=merge("C2:C3")),
             need=figures((ADAR, "pupils_primary", 340), (AOULOUZ, "pupils_primary", 900)), say=("joined_figures",)),
    ]  # fmt: skip
