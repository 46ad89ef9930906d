"""Files of every kind that people send, made here: each with what must be kept, what may be, what must be said."""

# ruff: noqa: E501  (a table reads best as a table)

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import openpyxl
from openpyxl.styles import Font

ADAR, AOULOUZ, IRHERM = "09.541.03.01", "09.541.01.02", "09.541.01.05"
SEPTEMBER = datetime(2025, 9, 1)
HEAD = ["Commune", "Mois", "Personnes déplacées", "Élèves primaire"]
Figure = tuple[str, str, str, float]


@dataclass(frozen=True, slots=True)
class Case:
    """A file: ``need`` is what must be kept and nothing else may be but ``may``; ``say`` are keys of findings."""

    name: str
    content: bytes
    need: tuple[Figure, ...] = ()
    may: tuple[Figure, ...] = ()
    say: tuple[str, ...] = ()
    confirm: bool = False
    refused: str = ""


def book(*sheets: Sequence[Sequence[Any]], names: Sequence[str] = (), change: Callable[[Any], None] | None = None) -> bytes:
    """A workbook of sheets of rows; ``change`` is given the book before it is saved."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for number, rows in enumerate(sheets):
        sheet = made.create_sheet(names[number] if names else f"Feuil{number + 1}")
        for row in rows:
            sheet.append(list(row))
    if change:
        change(made)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def lines(text: str, encoding: str = "utf-8") -> bytes:
    """A file of lines."""
    return text.encode(encoding)


def figures(*said: tuple[str, str, float], month: str = "2025-09") -> tuple[Figure, ...]:
    """Figures of one month."""
    return tuple((commune, month, variable, float(value)) for commune, variable, value in said)


def with_parts(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The same archive with changed parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return target.getvalue()


def zipped(**files: bytes) -> bytes:
    """An archive of files; the last underscore of a name stands for its full stop."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(".".join(name.rsplit("_", 1)), content)
    return target.getvalue()


ROW = ["Adar", SEPTEMBER, 120, 340]
BOTH = figures((ADAR, "displaced_persons", 120), (ADAR, "pupils_primary", 340))
DISPLACED = BOTH[:1]


def _merge(*ranges: str) -> Callable[[Any], None]:
    return lambda made: [made.worksheets[0].merge_cells(one) for one in ranges]  # type: ignore[return-value]


def _percent(made: Any) -> None:
    for cell in made.worksheets[0][2][2:]:
        cell.number_format = "0.0%"


def _hide_row(made: Any) -> None:
    made.worksheets[0].row_dimensions[3].hidden = True


def _hide_column(made: Any) -> None:
    made.worksheets[0].column_dimensions["D"].hidden = True


def _strike(made: Any) -> None:
    made.worksheets[0]["D2"].font = Font(strike=True)


def _hide_sheet(made: Any) -> None:
    made.worksheets[1].sheet_state = "veryHidden"


def blocks() -> list[Case]:
    """Tables and headings."""
    girls = figures((ADAR, "pupils_primary_girls", 150), (ADAR, "pupils_primary_boys", 190))
    return [
        Case("girls and boys below a joined heading.xlsx",
             book([["Commune", "Mois", "Élèves primaire", None, "Médecins"], [None, None, "Filles", "Garçons", None],
                   ["Adar", SEPTEMBER, 150, 190, 3]], change=_merge("A1:A2", "B1:B2", "C1:D1", "E1:E2")),
             need=figures((ADAR, "doctors", 3)), may=girls),
        Case("girls and boys below a heading of lines.csv",
             lines("Commune;Mois;Élèves primaire;;Médecins\n;;Filles;Garçons;\nAdar;2025-09;150;190;3\n"),
             need=figures((ADAR, "doctors", 3)), may=girls),
        Case("women, men and the total.xlsx",
             book([["Commune", "Mois", "Personnes déplacées", None, None], [None, None, "Femmes", "Hommes", "Total"],
                   ["Adar", SEPTEMBER, 30, 25, 55]], change=_merge("C1:E1")),
             need=figures((ADAR, "displaced_persons", 55)),
             may=figures((ADAR, "displaced_women", 30), (ADAR, "displaced_men", 25))),
        Case("girls and boys at the third level.xlsx",
             book([["Commune", "Mois", "Éducation", None, None, None], [None, None, "Élèves primaire", None, "Élèves collège", None],
                   [None, None, "Filles", "Garçons", "Filles", "Total"], ["Adar", SEPTEMBER, 150, 190, 60, 140]],
                  change=_merge("A1:A3", "B1:B3", "C1:F1", "C2:D2", "E2:F2")),
             need=figures((ADAR, "pupils_college", 140)), may=girls),
        Case("years below headings of lines.csv",
             lines("Commune;Mois;Élèves primaire;;Médecins\n;;2024;2025;\nAdar;2025-09;340;350;3\n"),
             need=figures((ADAR, "doctors", 3)), say=("columns_unknown",)),
        Case("a heading joined over two columns of figures.xlsx",
             book([["Commune", "Mois", "Élèves primaire", None, "Médecins"], ["Adar", SEPTEMBER, 340, 350, 3]], change=_merge("C1:D1")),
             need=figures((ADAR, "doctors", 3)), say=("columns_unknown",)),
        Case("a heading joined over a blank column.xlsx",
             book([["Commune", "Mois", "Élèves primaire", None, "Médecins"], ["Adar", SEPTEMBER, 340, None, 3]], change=_merge("C1:D1")),
             need=figures((ADAR, "pupils_primary", 340), (ADAR, "doctors", 3))),
        Case("services above headings.xlsx",
             book([[None, None, "Éducation", None, "Santé"], ["Commune", "Mois", "Élèves primaire", "Salles primaire", "Médecins"],
                   ["Adar", SEPTEMBER, 340, 12, 3]], change=_merge("C1:D1")),
             need=figures((ADAR, "pupils_primary", 340), (ADAR, "classrooms_functional_primary", 12), (ADAR, "doctors", 3))),
        Case("another year above a heading.xlsx",
             book([[None, None, "Prévision 2026", None, "Réalisé"], ["Commune", "Mois", "Élèves primaire", "Médecins", "Salles primaire"],
                   ["Adar", SEPTEMBER, 400, 5, 12]], change=_merge("C1:D1")), say=("column_variable_missing",)),
        Case("a second table below.xlsx",
             book([[*HEAD], ROW, [], ["Commune", "Mois", "Médecins"], ["Aoulouz", SEPTEMBER, 3]]),
             need=BOTH + figures((AOULOUZ, "doctors", 3))),
        Case("headings again on each page.csv",
             lines("Commune;Mois;Élèves primaire\nAdar;2025-09;340\nCommune;Mois;Élèves primaire\nAoulouz;2025-09;900\n"),
             need=figures((ADAR, "pupils_primary", 340), (AOULOUZ, "pupils_primary", 900))),
        Case("a table below whose headings nobody knows.xlsx",
             book([[*HEAD], ROW, [], ["Localité", "Trimestre", "Truc", "Machin"], ["Aoulouz", "T3", 7, 8]]), need=BOTH,
             say=("cells_not_read",)),
        Case("tables side by side.xlsx",
             book([["Commune", "Mois", "Élèves primaire", None, "Commune", "Mois", "Consultations"],
                   ["Adar", SEPTEMBER, 340, None, "Aoulouz", SEPTEMBER, 450]]),
             need=figures((ADAR, "pupils_primary", 340), (AOULOUZ, "outpatient_visits", 450))),
        Case("the name in two languages.xlsx",
             book([["Commune", "الجماعة", "Mois", "Élèves primaire"], ["Adar", "أضار", SEPTEMBER, 340],
                   ["Adar", "أولوز", SEPTEMBER, 341]]), need=figures((ADAR, "pupils_primary", 340)), say=("commune_ambiguous",)),
        Case("the same heading twice.xlsx",
             book([["Commune", "Mois", "Élèves primaire", "Élèves primaire", "Médecins"], ["Adar", SEPTEMBER, 340, 350, 3]]),
             need=figures((ADAR, "doctors", 3)), say=("columns_twice",)),
        Case("the date of entry before the month.xlsx",
             book([["Date", *HEAD], [datetime(2025, 10, 5), *ROW]]), need=BOTH),
        Case("columns called number and total.xlsx",
             book([[*HEAD, "Nombre", "Total"], [*ROW, 17, 477]]), need=BOTH, say=("columns_unknown",)),
        Case("figures under a blank heading.xlsx", book([[*HEAD[:3], None], ROW]), need=DISPLACED, say=("columns_without_heading",)),
        Case("thousands that part cells.csv",
             lines("Commune,Mois,Personnes déplacées,Élèves primaire\nAdar,2025-09,1,234,340\nAoulouz,2025-09,300,900\n"),
             need=figures((AOULOUZ, "displaced_persons", 300), (AOULOUZ, "pupils_primary", 900)), say=("row_too_long",)),
        Case("other quantities in brackets.xlsx",
             book([["Commune", "Mois", "Médecins (postes vacants)", "Salles primaire [détruites]", "Consultations (cumul)",
                    "Classes surchargées (%)", "Personnes déplacées (ménages)", "Élèves primaire (nombre)"],
                   ["Adar", SEPTEMBER, 1, 2, 3, 4, 5, 340]]), need=figures((ADAR, "pupils_primary", 340)), say=("columns_unknown",)),
        Case("a percentage before the heading.xlsx",
             book([["Commune", "Mois", "% classes surchargées", "Médecins"], ["Adar", SEPTEMBER, 12, 3]]),
             need=figures((ADAR, "doctors", 3)), say=("columns_unknown",)),
        Case("the province called like its town.xlsx",
             book([[*HEAD], ROW, ["Aoulouz", SEPTEMBER, 300, 900], ["Taroudannt", SEPTEMBER, 420, 1240]]),
             need=BOTH + figures((AOULOUZ, "displaced_persons", 300), (AOULOUZ, "pupils_primary", 900)), say=("row_of_sum",)),
        Case("a hidden sheet.xlsx", book([HEAD, ROW], [HEAD, ["Irherm", SEPTEMBER, 77, 88]], change=_hide_sheet), need=BOTH,
             say=("hidden_sheet",)),
        Case("a hidden sheet that is confirmed.xlsx",
             book([HEAD, ROW], [HEAD, ["Irherm", SEPTEMBER, 77, 88]], change=_hide_sheet), confirm=True,
             need=BOTH + figures((IRHERM, "displaced_persons", 77), (IRHERM, "pupils_primary", 88))),
        Case("a hidden row.xlsx", book([HEAD, ROW, ["Irherm", SEPTEMBER, 77, 88]], change=_hide_row), need=BOTH,
             say=("hidden_cells",)),
        Case("a hidden column.xlsx", book([HEAD, ROW], change=_hide_column), need=DISPLACED, say=("hidden_cells",)),
        Case("a figure struck out.xlsx", book([HEAD, ROW], change=_strike), need=DISPLACED, say=("struck_cells",)),
        Case("a commune joined over its months.xlsx",
             book([HEAD, ROW, [None, datetime(2025, 8, 1), 121, 341]], change=_merge("A2:A3")),
             need=BOTH + figures((ADAR, "displaced_persons", 121), (ADAR, "pupils_primary", 341), month="2025-08")),
        Case("a figure joined over two communes.xlsx",
             book([HEAD, ROW, ["Aoulouz", SEPTEMBER, None, 900]], change=_merge("C2:C3")),
             need=figures((ADAR, "pupils_primary", 340), (AOULOUZ, "pupils_primary", 900)), say=("joined_figures",)),
    ]  # fmt: skip


def cells() -> list[Case]:
    """What one cell may hold."""
    shares = ["Commune", "Mois", "part déjà comptée au RGPH", "taux de réponse des écoles"]
    return [
        Case("cells shown as percentages.xlsx", book([shares, ["Adar", SEPTEMBER, 0.45, 0.875]], change=_percent),
             need=figures((ADAR, "displaced_counted_in_census_pct", 45), (ADAR, "schools_reporting_pct", 87.5))),
        Case("a count shown as a percentage.xlsx", book([HEAD, ["Adar", SEPTEMBER, 1.2, 3.4]], change=_percent),
             say=("percent_of_a_count",)),
        Case("errors.xlsx", book([HEAD, ["Adar", SEPTEMBER, "#N/A", "#N/D"], ["Aoulouz", SEPTEMBER, "#REF!", "Err:502"]]),
             say=("spreadsheet_error",)),
        Case("a fraction or a share below one per cent.xlsx", book([shares, ["Adar", SEPTEMBER, 0.45, "87 %"]]),
             need=figures((ADAR, "schools_reporting_pct", 87)), say=("share_below_one",)),
        Case("two numbers in a cell.xlsx", book([HEAD, ["Adar", SEPTEMBER, "3 4", "12\n15"]]), say=("not_a_number",)),
        Case("a thousand or a decimal.xlsx",
             book([["Commune", "Mois", "Soignants ETP", "Élèves primaire"], ["Adar", SEPTEMBER, "1.200", "1.200"]]),
             need=figures((ADAR, "pupils_primary", 1200)), say=("thousand_or_decimal", "thousands_assumed")),
        Case("marks of direction.csv", lines("\ufeffCommune;Mois;Élèves primaire\n\u200fAdar\u200e;\u200f09/2025;\u202b340\u202c\n"),
             need=figures((ADAR, "pupils_primary", 340))),
        Case("noise of a float.xlsx", book([HEAD, ["Adar", SEPTEMBER, 120.00000000000001, 339.99999999999994]]), need=BOTH),
        Case("months before days.csv", lines("Commune;Mois;Élèves primaire\nAdar;09/01/2025;340\nAoulouz;09/01/2025;900\n"),
             say=("month_first_suggested",)),
        Case("months before days, confirmed.csv", lines("Commune;Mois;Élèves primaire\nAdar;09/01/2025;340\n"), confirm=True,
             need=figures((ADAR, "pupils_primary", 340)), say=("month_first_suggested_confirmed",)),
        Case("months before days, as another row shows.csv",
             lines("Commune;Mois;Élèves primaire\nAdar;09/01/2025;340\nAoulouz;08/31/2025;900\n"), say=("month_first_read",),
             need=figures((ADAR, "pupils_primary", 340)) + figures((AOULOUZ, "pupils_primary", 900), month="2025-08")),
        *(Case(f"a month as {text.replace('/', '-')}.csv", lines(f"Commune;Mois;Élèves primaire\nAdar;{text};340\n"),
               need=figures((ADAR, "pupils_primary", 340)))
          for text in ("01/09/2025", "01/09/25", "sept-25", "09/25", "202509", "20250901", "2025-09-01 00:00:00", "01/09/2025 10:30",
                       "1er septembre 2025", "Mois de septembre 2025", "شهر شتنبر 2025", "2025-09-30T12:00:00.000+01:00")),
        Case("a month as a number.xlsx", book([["Commune", "Mois", "Élèves primaire"], ["Adar", 202509, 340]]),
             need=figures((ADAR, "pupils_primary", 340))),
        Case("year and month apart.xlsx",
             book([["Commune", "Année", "Mois", "Élèves primaire"], ["Adar", 2025, "septembre", 340], ["Aoulouz", 2025, 9, 900]]),
             need=figures((ADAR, "pupils_primary", 340), (AOULOUZ, "pupils_primary", 900))),
        Case("a month without its year.csv", lines("Commune;Mois;Élèves primaire\nAdar;septembre;340\n"), say=("date_unreadable",)),
        Case("two communes in a cell.csv", lines("Commune;Mois;Élèves primaire\nAdar et Aoulouz;2025-09;340\n"),
             say=("commune_unknown_near",)),
        Case("a code without its province.csv", lines("Code commune;Mois;Élèves primaire\n03.01;2025-09;340\n"),
             need=figures((ADAR, "pupils_primary", 340))),
        Case("official names.csv",
             lines("Commune;Mois;Élèves primaire\nC.R. Adar;2025-09;340\nالجماعة القروية لأولوز;2025-09;900\n"),
             need=figures((ADAR, "pupils_primary", 340), (AOULOUZ, "pupils_primary", 900))),
    ]  # fmt: skip


def readers() -> list[Case]:
    """What programs write, and what is left of it."""
    plain, latin = book([HEAD, ROW]), "Commune;Mois;Élèves primaire;Médecins\nAdar;2025-09;340;3\n"
    kept = figures((ADAR, "pupils_primary", 340), (ADAR, "doctors", 3))
    main, strict = (
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    sheet = "xl/worksheets/sheet1.xml"
    return [
        Case("a wrong dimension.xlsx",
             with_parts(plain, lambda n, c: c.replace(b'<dimension ref="A1:D2"', b'<dimension ref="A1"')), need=BOTH),
        Case("strict.xlsx", with_parts(plain, lambda n, c: c.replace(main, strict)), need=BOTH),
        Case("a damaged drawing and properties.xlsx", with_parts(plain, lambda n, c: b"<x" if n.startswith("docProps") else c), need=BOTH),
        Case("a sheet cut short.xlsx", with_parts(plain, lambda n, c: c[: len(c) // 2] if n == sheet else c), refused="file_damaged"),
        Case("an archive cut short.xlsx", plain[:-200], refused="file_damaged"),
        Case("formulas never calculated.xlsx", book([HEAD, ["Adar", SEPTEMBER, "=100+20", 340]]), need=BOTH[1:],
             say=("formula_without_value",)),
        Case("a workbook of 2003 as XML.xls",
             lines('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet Name="F"><Table>'
                   "<Row><Cell><Data Type='String'>Commune</Data></Cell><Cell><Data Type='String'>Mois</Data></Cell>"
                   "<Cell Index='4'><Data Type='String'>Médecins</Data></Cell></Row><Row><Cell><Data Type='String'>Adar</Data></Cell>"
                   "<Cell><Data Type='DateTime'>2025-09-01T00:00:00.000</Data></Cell><Cell Index='4'><Data Type='Number'>3</Data></Cell>"
                   "</Row></Table></Worksheet></Workbook>"), need=kept[1:]),
        Case("lines called a workbook.xlsx", lines(latin), need=kept),
        Case("a web page called a workbook.xls",
             lines("<html><body><table><tr><th>Commune<th>Mois<th>Élèves primaire<th>Médecins</tr>"
                   "<tr><td>Adar<td>2025-09<td>340<td>3</tr></table></body></html>"), need=kept),
        *(Case(f"lines in {encoding}.csv", latin.encode(encoding), need=kept)
          for encoding in ("cp1252", "mac_roman", "cp850", "utf-16", "utf-16-le", "utf-8-sig")),
        Case("lines in cp1256.csv", "الجماعة;الشهر;تلاميذ الابتدائي\nأضار;شتنبر 2025;340\n".encode("cp1256"), need=kept[:1]),
        Case("lines that end in CR.csv", latin.replace("\n", "\r").encode(), need=kept),
        Case("a delimiter that is declared.csv", lines("sep=;\n" + latin), need=kept),
        Case("a quotation mark that nobody closed.csv",
             lines('Commune;Mois;Élèves primaire\n"Adar;2025-09;340\nAoulouz;2025-09;900\nIrherm;2025-09;77\n'),
             need=figures((AOULOUZ, "pupils_primary", 900), (IRHERM, "pupils_primary", 77)), may=kept[:1]),
        Case("a very long remark.csv", lines(f"Commune;Mois;Élèves primaire;Observations\nAdar;2025-09;340;{'x' * 200_000}\n"), need=kept[:1]),
        Case("UTF-16 cut short.csv", latin.encode("utf-16")[:-1], refused="file_cut"),
        Case("nothing but zeros.csv", bytes(2000), refused="file_empty"),
        Case("an archive of files.zip", zipped(un_xlsx=plain, deux_csv=lines("Commune;Mois;Médecins\nAoulouz;2025-09;3\n")),
             need=BOTH + figures((AOULOUZ, "doctors", 3))),
    ]  # fmt: skip


def persons() -> list[Case]:
    """Codes of places and tools, and lists of persons."""

    def coded(heading: str, *values: Any) -> bytes:
        communes = ["Adar", "Aoulouz", "Irherm", "Argana", "Tafraouten", "Freija", "Toubkal"]
        rows = [[communes[n % 7], SEPTEMBER, 120, value] for n, value in enumerate(values)]
        return book([["Commune", "Mois", "Personnes déplacées", heading], *rows])

    def one(name: str, *values: Any, heading: str = "Code") -> Case:
        communes = [ADAR, AOULOUZ, IRHERM, "09.541.11.03", "09.541.09.51", "09.541.09.15", "09.541.07.23"]
        kept = figures(*((communes[n], "displaced_persons", 120) for n in range(len(values))))
        return Case(name, coded(heading, *values), need=kept[:1], may=kept)

    return [
        one("codes of places.xlsx", *(f"MA00900{n}" for n in range(7))),
        one("codes of facilities.xlsx", "CS12345", "ES23456", "DR34567", "ES98765", "CS55555", "CS11111", heading="Code établissement"),
        one("an amount.xlsx", "DH 50000", heading="Observations"),
        one("numbers of a tool.xlsx", 612345678, 612345679, heading="_id"),
        Case("a list of persons under a code.xlsx", coded("Code", *(f"JB{n}" for n in (123456, 771231, 345678, 902311, 567123, 310992, 220145))),
             refused="personal_identity_number"),
        Case("two persons of one commune.xlsx", coded("Code", "JB123456", *["MA009001"] * 6, "JB654321"),
             refused="personal_identity_number"),
        Case("identity numbers.xlsx", coded("N° CNIE", "JB123456"), refused="personal_heading"),
        Case("telephones.xlsx", coded("Observations", 661234567), refused="personal_telephone"),
    ]  # fmt: skip


def senders() -> list[Case]:
    """What tools and offices send: months as columns, titles, tags, submissions, values of a server."""
    pivot = [["Commune", "Indicateur", "janv-25", "févr-25"], ["Adar", "Personnes déplacées", 120, 130]]
    of_months = figures((ADAR, "displaced_persons", 120), month="2025-01") + figures(
        (ADAR, "displaced_persons", 130), month="2025-02"
    )
    named = book([["Commune", "Personnes déplacées"], ["Adar", 120]], [["Commune", "Personnes déplacées"], ["Adar", 125]],
                 names=["Sept 2025", "Oct 2025"])  # fmt: skip
    values = {"period": "202509", "dataValues": [
        {"dataElement": "pupils_primary", "orgUnit": ADAR, "value": "340"},
        {"dataElement": "doctors", "orgUnit": "Aoulouz", "value": "3", "categoryOptionCombo": "HllvX50cXC0"},
        {"dataElement": "doctors", "orgUnit": "Irherm", "value": "9", "categoryOptionCombo": "aBcDeFgHiJk"}]}  # fmt: skip
    return [
        Case("months as columns.xlsx", book(pivot), need=of_months),
        Case("months of a calendar as columns.xlsx",
             book([["Commune", "Indicateur", datetime(2025, 1, 1), datetime(2025, 2, 1)], pivot[1]]), need=of_months),
        Case("months above figures.xlsx",
             book([[None, "Janvier 2025", None, "Février 2025", None],
                   ["Commune", "Personnes déplacées", "Élèves primaire", "Personnes déplacées", "Élèves primaire"],
                   ["Adar", 120, 340, 130, 341]], change=_merge("B1:C1", "D1:E1")),
             need=of_months + figures((ADAR, "pupils_primary", 340), month="2025-01")
             + figures((ADAR, "pupils_primary", 341), month="2025-02")),
        Case("the figure in the title.xlsx", book([["Personnes déplacées"], ["Commune", "janv-25", "févr-25"], ["Adar", 120, 130]]),
             say=("variable_suggested",)),
        Case("the figure in the title, confirmed.xlsx",
             book([["Personnes déplacées"], ["Commune", "janv-25", "févr-25"], ["Adar", 120, 130]]), need=of_months, confirm=True),
        Case("a month a sheet.xlsx", named, say=("month_suggested",)),
        Case("a month a sheet, confirmed.xlsx", named, confirm=True,
             need=DISPLACED + figures((ADAR, "displaced_persons", 125), month="2025-10")),
        Case("the month in the title, confirmed.xlsx",
             book([["Situation du mois de septembre 2025"], [], ["Commune", "Élèves primaire"], ["Adar", 340]]), need=BOTH[1:], confirm=True),
        Case("the commune in the title.xlsx", book([["Commune d'Adar"], [], HEAD[1:3], ROW[1:3]]), say=("commune_suggested",)),
        Case("the commune in the title, confirmed.xlsx", book([["Commune rurale d'Adar"], [], HEAD[1:3], ROW[1:3]]), need=DISPLACED,
             confirm=True),
        Case("the province in the title.xlsx", book([["Province de Taroudannt"], [], HEAD[1:3], ROW[1:3]]), confirm=True,
             say=("column_commune_missing",)),
        Case("labels beside a table.xlsx",
             book([["Commune :", "Adar"], ["Mois : septembre 2025"], [], ["Indicateur", "Valeur"], ["Élèves primaire", 340], ["Médecins", 3]]),
             need=figures((ADAR, "pupils_primary", 340), (ADAR, "doctors", 3))),
        Case("tags alone.xlsx",
             book([["Place", "When", "IDP", "Kids"], ["#adm3+name", "#date+month", "#affected+ind+idps", "#population+pupils+primary"], ROW]),
             need=BOTH),
        Case("tags and no heading.xlsx",
             book([["#adm3+name", "#date+month", "#affected+idps+ind", "#population+pupils+primary"], ROW]), need=BOTH),
        Case("groups of a form.xlsx",
             book([["identification/commune", "identification/mois", "effectifs/displaced_persons", "_id", "_validation_status"],
                   ["Adar", "2025-09", 120, 1234567, "Approved"], ["Aoulouz", "2025-09", 77, 1234568, "Not approved"]]),
             need=DISPLACED, say=("not_approved",)),
        Case("submissions.json", json.dumps({"results": [{"id": {"commune": "Adar", "mois": "2025-09"}, "displaced_persons": 120}]}).encode(),
             need=DISPLACED),
        Case("values of a server.json", json.dumps(values).encode(), say=("part_of_value",),
             need=figures((ADAR, "pupils_primary", 340), (AOULOUZ, "doctors", 3))),
        Case("values of a server.csv",
             lines('"dataelement","period","orgunit","categoryoptioncombo","attributeoptioncombo","value","storedby","deleted"\n'
                   f'"pupils_primary","202509","{ADAR}","HllvX50cXC0","HllvX50cXC0","340","admin","false"\n'
                   '"doctors","202509","Aoulouz","HllvX50cXC0","HllvX50cXC0","3","admin","true"\n'),
             need=figures((ADAR, "pupils_primary", 340)), say=("deleted_value",)),
    ]  # fmt: skip


def every_case() -> list[Case]:
    """All of them."""
    return [*blocks(), *cells(), *readers(), *persons(), *senders()]
