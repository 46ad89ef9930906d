"""Files whose like stands in public reports of bugs of DHIS2, KoboToolbox, HXL, pandas, SheetJS and spreadsheets, made after a fourth reading."""

# ruff: noqa: E501  (a table reads best as a table)

from __future__ import annotations

import json
from datetime import datetime, time
from typing import Any

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from tests.messy.files import ADAR, AOULOUZ, SEPTEMBER, Case, book, figures, lines, sheets, with_parts, zipped
from tests.messy.offices import AUGUST, PUPILS, R1, R2, THREE, TWO, column, headed

TAGS = ["#adm3+name", "#date+month", "#population+pupils+primary"]
CSV = "Commune;Mois;Élèves primaire\n"


def _raised(mark: str) -> CellRichText:
    return CellRichText("340", TextBlock(InlineFont(vertAlign="superscript"), mark))


def _format(code: str) -> Any:
    return lambda made: setattr(made.worksheets[0]["C2"], "number_format", code)


def tags() -> list[Case]:
    """Rows of tags, of units and of numbers beside headings (hxl-proxy 211, 332; libhxl 269, 331; healthsites 883)."""
    units = [THREE, ["texte", "mois", "nombre"], R1]
    return [
        Case("a tag with an attribute that is none.xlsx", sheets([[*THREE, "Autre"], [*TAGS, "#affected+2013"], [*R1, 5]]), need=PUPILS),
        Case("tags in the headings.xlsx", sheets([[f"{name} {tag}" for name, tag in zip(THREE, TAGS, strict=True)], R1]), need=PUPILS),
        Case("a blank row between headings and tags.xlsx", sheets([THREE, [], TAGS, R1]), need=PUPILS),
        Case("a blank row below headings.xlsx", sheets([THREE, [], R1]), need=PUPILS),
        Case("a row of units below headings.xlsx", sheets(units), need=PUPILS),
        Case("a row of letters below headings.xlsx", sheets([THREE, ["(a)", "(b)", "(c)"], R1]), need=PUPILS),
        Case("a row of numbers below headings.xlsx", sheets([THREE, [1, 2, 3], R1]), need=PUPILS, say=("commune_unknown",)),
        Case("tags of which one is written twice.xlsx", sheets([["Commune", "Mois", "A", "B"], [*TAGS, TAGS[2]], [*R1, 5]]), refused="column_variable_twice"),
        Case("a tag of planned figures.xlsx", sheets([["Commune", "Mois", "X"], [*TAGS[:2], "#population+pupils+primary+planned"], R1])),
    ]  # fmt: skip


def _of_2003(said: str) -> bytes:
    """What Excel called "XML Spreadsheet 2003": a figure as a text with parts."""
    rows = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in row) + "</Row>"
        for row in (THREE, ["Adar", "2025-09", said])
    )
    space = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    return f"<?xml version='1.0'?><Workbook {space}><Worksheet ss:Name='F'><Table>{rows}</Table></Worksheet></Workbook>".encode()


def headings() -> list[Case]:
    """What programs make of headings: names that they tell apart by a number, marks of footnotes, mark-up of forms."""
    return [
        headed("pandas tells two headings apart.xlsx", *THREE, "Élèves primaire.1", need=(), refused="column_variable_twice"),
        headed("a table of Excel tells two headings apart.xlsx", *THREE, "Élèves primaire2", need=(), refused="column_variable_twice"),
        headed("Power Query tells two headings apart.xlsx", *THREE, "Élèves primaire_1", "Médecins", need=figures((ADAR, "doctors", 8)), say=("columns_twice",)),
        headed("a heading of a form in HTML.xlsx", "Commune", "Mois", '<span style="color:red">Élèves primaire</span>'),
        headed("a heading of a form in bold.xlsx", "**Commune**", "**Mois**", "**Élèves primaire**"),
        headed("a heading with a star.xlsx", "Commune", "Mois", "Élèves primaire *"),
        headed("headings in capitals with colons.xlsx", "COMMUNE :", "MOIS :", "ÉLÈVES PRIMAIRE :"),
        headed("headings with numbers of questions.xlsx", "1. Commune", "2. Mois", "3. Élèves primaire"),
        headed("another month in the heading.xlsx", "Commune", "Mois", "Élèves primaire août 2025", need=(), may=()),
        headed("girls behind a dash.xlsx", "Commune", "Mois", "Élèves primaire - F", need=(), may=figures((ADAR, "pupils_primary_girls", 340))),
        headed("of them displaced.xlsx", *THREE, "dont déplacés", "dont filles", may=figures((ADAR, "displaced_pupils_primary", 7), (ADAR, "pupils_primary_girls", 8))),
        headed("two levels in one figure.xlsx", "Commune", "Mois", "Élèves primaire et collège", need=()),
        headed("a rate of a figure.xlsx", *THREE, "Taux d'élèves primaire", "Médecins pour 10 000 hab.", "Indice consultations", say=("columns_unknown",)),
        Case("figures and months in one heading.xlsx", sheets([["Commune", "Élèves primaire août 2025", "Élèves primaire septembre 2025"], ["Adar", 330, 340]]), may=PUPILS + AUGUST),
        Case("an index without a heading.csv", lines(",Commune,Mois,Élèves primaire\n0,Adar,2025-09,340\n"), need=PUPILS),
        Case("an index that moves the headings.csv", lines('"Commune","Mois","Élèves primaire"\n"1","Adar",2025-09,340\n'), say=("row_too_long",)),
        Case("headings in letters read wrongly.csv", lines("Commune;Mois;Ã‰lÃ¨ves primaire\nAdar;2025-09;340\n"), need=PUPILS),
    ]  # fmt: skip


def cells() -> list[Case]:
    """Cells that a spreadsheet shows otherwise than it holds them, and words of statistics programs."""
    unread = ["NaN", "nan", "None", "NULL", "inf", "1e3", "340-", "(340)", "340 DH", "340 (100 %)", "+/- 340", "340?", "340,", ".340.", "3 40",
              time(3, 40), datetime(2025, 2, 1)]  # fmt: skip
    return [
        column("what programs write for nothing.xlsx", 2, *unread),
        column("a mark of a footnote that is raised.xlsx", 2, _raised("1"), say=("not_a_number",)),
        column("a mark of a footnote in words that is raised.xlsx", 2, _raised(" (1)"), say=("not_a_number",)),
        column("a mark of a footnote behind a name.xlsx", 0, "Adar*", "Adar (1)", "Adar ¹", need=PUPILS),
        column("a raised mark behind a name.xlsx", 0, CellRichText("Adar", TextBlock(InlineFont(vertAlign="superscript"), "1")), need=PUPILS),
        Case("a format that shows nothing.xlsx", sheets([THREE, R1], change=_format(";;;")), say=("hidden_cells",)),
        Case("a format that shows nothing, confirmed.xlsx", sheets([THREE, R1], change=_format(";;;")), need=PUPILS, confirm=True),
        Case("a format with a unit.xlsx", sheets([THREE, R1], change=_format('0" élèves"')), need=PUPILS),
        Case("a format that colours less than nothing.xlsx", sheets([THREE, R1], change=_format("#,##0;[Red]-#,##0")), need=PUPILS),
        column("spaces that do not break.xlsx", 2, "\u00a0340\u00a0", "340\u202f", "'340", need=PUPILS),
        column("a code that lost its nought.xlsx", 0, 95410301, "9.541.03.01", "95410301.0", need=PUPILS),
        column("a code in powers of ten.xlsx", 0, "9.54E+07", say=("commune_unknown",)),
        Case("a row of a raised mark.html", "<meta charset='utf-8'><table><tr><td>Commune<td>Mois<td>Élèves primaire<tr><td>Adar<td>2025-09<td>340<sup>1</sup></table>".encode(),
             say=("not_a_number",)),
        Case("a row of a mark that a style raises.html", "<meta charset='utf-8'><table><tr><td>Commune<td>Mois<td>Élèves primaire<tr><td>Adar<td>2025-09<td>340<span style='vertical-align: super'><i></i>1</span></table>".encode(),
             say=("not_a_number",)),
        Case("a raised mark in a workbook of 2003.xml", _of_2003("340<Sup>1</Sup>"), say=("not_a_number",)),
        Case("a struck part in a workbook of 2003.xml", _of_2003("340<S>12</S>"), say=("struck_cells",)),
        column("numbers of a language.xlsx", 2, "٣٤٠", "340٫0", "３４０", need=PUPILS),
        column("less than nothing.xlsx", 2, -99, -999, "−5"),
    ]  # fmt: skip


def months() -> list[Case]:
    """Months that a time zone, a server or a fiscal year moves."""
    zoned = ("2025-08-31T23:00:00.000Z", "2025-08-31T23:00:00Z", "2025-08-31 23:00:00+00:00")
    none = ("2025April", "2025Oct", "2025Q3", "2025S2", "202501B", "2025SixMonthlyApril", "2025W36", "2025-00", "2025-13", "00/09/2025", "31/06/2025", "été 2025",
            "2025-09-01/2025-12-31", "2025-2026", "9", "1447-03")  # fmt: skip
    return [
        *(column(f"the eve in another zone {number}.xlsx", 1, text, may=PUPILS) for number, text in enumerate(zoned)),
        column("the eve in another zone as a day.xlsx", 1, datetime(2025, 8, 31, 23, 59, 39), may=PUPILS),
        column("a day of the month itself.xlsx", 1, "2025-09-15T23:30:00Z", datetime(2025, 9, 15, 23, 30), need=PUPILS),
        column("periods that are no month.xlsx", 1, *none, say=("date_unreadable",)),
        Case("a day as a number.csv", lines(f"{CSV}Adar;45901;340\n"), need=PUPILS),
        Case("a name and the year in brackets.csv", lines(f"{CSV}Adar;Septembre (2025);340\nAdar;2025 septembre;340\n"), need=PUPILS),
        Case("a title from a day to a day.xlsx", sheets([["Période du 1er au 30 septembre 2025"], ["Commune", "Élèves primaire"], ["Adar", 340]]), need=PUPILS, confirm=True),
        Case("a title over two months.xlsx", sheets([["Période du 15 août au 15 septembre 2025"], ["Commune", "Élèves primaire"], ["Adar", 340]]), confirm=True, say=("column_date_missing",)),
        Case("a report in October of September.xlsx", sheets([["Rapport d'octobre 2025, données de septembre 2025"], ["Commune", "Élèves primaire"], ["Adar", 340]]), confirm=True,
             say=("column_date_missing",)),
        Case("the year above months without one.xlsx", sheets([["Année 2025"], ["Commune", "Indicateur", "août", "septembre"], ["Adar", "Élèves primaire", 330, 340]]), may=PUPILS + AUGUST),
    ]  # fmt: skip


def carriers() -> list[Case]:
    """What carries a table: archives of other systems, lines in quotation marks, a table in one column, files that hold none."""
    good, line = book([THREE, R1]), "Adar;2025-09;340"
    packed = zipped(
        **{
            "__MACOSX/._data_xlsx": b"\0\5\x16\7Mac OS X        ",
            "data_xlsx": good,
            "desktop_ini": b"[x]",
            "_DS_Store": b"\0\0\0\1Bud1",
        }
    )
    null = {"dataValues": [{"dataElement": "pupils_primary", "period": "202509", "orgUnit": ADAR, "value": None},
                           {"dataElement": "doctors", "period": "202509", "orgUnit": ADAR, "value": "NaN"},
                           {"dataElement": "nurses", "period": "202509", "orgUnit": ADAR, "value": 3}]}  # fmt: skip
    held = [{"commune": "Adar", "mois": "2025-09", "pupils_primary": 340, "_validation_status": {}},
            {"commune": "Aoulouz", "mois": "2025-09", "pupils_primary": 900, "_validation_status": {"uid": "validation_status_on_hold", "label": "On Hold"}}]  # fmt: skip
    return [
        Case("an archive of a Mac.zip", packed, need=PUPILS),
        Case("each line in quotation marks.csv", lines('"Commune;Mois;Élèves primaire"\n"Adar;2025-09;340"\n'), need=PUPILS),
        Case("lines in one column.xlsx", sheets([[CSV.strip()], [line]]), refused="columns_in_one"),
        Case("signs behind the last cell.csv", lines(f"{CSV.strip()};;;\n{line};;;\n;;;;;\n"), need=PUPILS),
        Case("two files one after the other.csv", lines(f"\ufeff{CSV}{line}\n\ufeff{CSV}Aoulouz;2025-09;900\n"), need=TWO),
        Case("lines that end twice.csv", lines(f"{CSV}{line}\n").replace(b"\n", b"\r\r\n"), need=PUPILS),
        Case("a page that asks to sign in.csv", b"<!DOCTYPE html><html><body><form>Sign in</form></body></html>", refused="archive_without_tables"),
        Case("a link to a sheet.gsheet", b'{"doc_id": "1", "url": "https://example.org"}', refused="nothing_recognised"),
        Case("an empty file.xlsx", b"", refused="file_empty"),
        Case("a lock of an open file.xlsx", b"\4User" + b" " * 160, refused="nothing_recognised"),
        Case("a copy of the sheet.xlsx", sheets([THREE, R1], [THREE, R1], names=["Feuil1", "Feuil1 (2)"]), need=PUPILS, say=("duplicate_same",)),
        Case("an older sheet.xlsx", sheets([THREE, R1, R2], [THREE, ["Adar", SEPTEMBER, 333]], names=["Nouveau", "Ancien"]), need=TWO[1:], say=("duplicate_different",)),
        Case("values that are null.json", json.dumps(null).encode(), need=figures((ADAR, "nurses", 3))),
        Case("submissions on hold.json", json.dumps(held).encode(), need=PUPILS, say=("not_approved",)),
        Case("notes below the table.xlsx", sheets([THREE, R1, [], ["Source : DPS"], ["* hors annexes"], ["Total provincial", None, 340]]), need=PUPILS),
        Case("a sheet of charts before.xlsx", sheets([THREE, R1], change=lambda made: made.create_chartsheet("Graphique", 0)), need=PUPILS),
        Case("spaces in a part's name.xlsx", with_parts(good, lambda name, part: part.replace(b"worksheets/sheet1.xml", b"worksheets/sheet1.xml ") if name.endswith(".rels") else part), refused="file_damaged"),
    ]  # fmt: skip


def statuses() -> list[Case]:
    """What a row says of how firm its figures are, and titles that say it of all."""

    def row(*said: Any) -> list[list[Any]]:
        return [
            [*THREE, "Statut"],
            *([("Adar", "Aoulouz")[at], SEPTEMBER, (340, 900)[at], status] for at, status in enumerate(said)),
        ]

    return [
        Case("figures that are provisional.xlsx", sheets(row("provisoire", "définitif")), need=TWO, say=("word_replaced",)),
        Case("figures that are estimated.xlsx", sheets(row("Estimé", "Observé")), need=TWO),
        Case("figures whose status nobody knows.xlsx", sheets(row("zzz", "réel")), need=TWO, say=("word_replaced",)),
        Case("a figure that is said to be missing.xlsx", sheets([[*THREE, "Statut"], ["Adar", SEPTEMBER, 0, "manquant"], [*R2, "communiqué"]]), need=TWO[1:], say=("status_with_value",)),
        Case("figures of a draft.xlsx", sheets(row("brouillon", "validé")), need=TWO[1:], say=("not_approved",)),
        Case("a row of a budget.xlsx", sheets(row("prévisionnel", "réalisé")), need=TWO[1:], say=("forecast_suggested",)),
        Case("codes of SDMX.csv", lines("commune_code,reference_date,variable,value,status\n"
                                        f"{ADAR},2025-09,pupils_primary,340,A\n{AOULOUZ},2025-09,pupils_primary,900,P\n"), need=TWO, say=("word_replaced",)),
        Case("a title of provisional figures.xlsx", sheets([["Données provisoires"], THREE, R1]), need=PUPILS, say=("word_replaced",)),
        Case("a label of provisional figures.xlsx", sheets([["Statut : provisoire"], THREE, R1]), need=PUPILS, say=("word_replaced",)),
        Case("communes of the town and the country.xlsx", sheets([[*THREE, "Milieu"], [*R1, "Rural"], [*R2, "Urbain"]]), need=TWO),
    ]  # fmt: skip


def reported_cases() -> list[Case]:
    """All of them."""
    return [*tags(), *headings(), *cells(), *months(), *carriers(), *statuses()]


def record_files() -> list[tuple[Case, int]]:
    """Files of records whose commune, month or status stands beside them, each with how many are kept."""
    moves = ["Mois", "Mouvement", "Commune de départ", "Personnes"]
    left = [SEPTEMBER, "arrivée", "Adar", 12]
    centres = ["Mois", "Établissement", "Type d'établissement"]
    centre = [SEPTEMBER, "Centre A", "Centre de santé"]
    return [
        (Case("arrivals in the commune of the title.xlsx", sheets([["Arrivées à Aoulouz"], moves, left]), say=("place_suggested",)), 0),
        (Case("arrivals in the commune of the title, confirmed.xlsx", sheets([["Arrivées à Aoulouz"], moves, left]), confirm=True), 1),
        (Case("arrivals in the commune of a label.xlsx", sheets([["Commune d'accueil : Aoulouz"], moves, left])), 1),
        (Case("arrivals in two communes of the title.xlsx", sheets([["Arrivées à Aoulouz et Irherm"], moves, left]), confirm=True, say=("commune_absent",)), 0),
        (Case("departures from the commune of the sheet.xlsx",
              sheets([["Mois", "Mouvement", "Commune d'arrivée", "Personnes"], [SEPTEMBER, "arrivée", "Aoulouz", 12]], names=["Adar"]), confirm=True), 1),
        (Case("arrivals in the commune of an Arabic title.xlsx", sheets([["الوافدون على جماعة أولوز"], ["الشهر", "نوع التنقل", "جماعة الانطلاق", "عدد الأشخاص"],
                                                                      ["2025-09", "وصول", "أضار", 12]]), confirm=True), 1),
        (Case("centres of the commune of the title.xlsx", sheets([["Établissements de la commune d'Aoulouz"], centres, centre]), say=("place_suggested",)), 0),
        (Case("centres of the commune of the title, confirmed.xlsx", sheets([["Établissements de la commune d'Aoulouz"], centres, centre]), confirm=True), 1),
        (Case("centres of the commune of a label.xlsx", sheets([["Commune", "Aoulouz"], [], centres, centre])), 1),
        (Case("centres of the province.xlsx", sheets([["Établissements de la province de Taroudannt"], centres, centre]), confirm=True), 0),
        (Case("centres of one commune and month a sheet, confirmed.xlsx",
              sheets([centres[1:], centre[1:]], [centres[1:], ["Centre B", "École"]], names=["Adar 09-2025", "Aoulouz 09-2025"]), confirm=True), 2),
        (Case("movements that are provisional.xlsx", sheets([[*moves, "Commune d'arrivée", "Statut"], [*left, "Aoulouz", "provisoire"]]), say=("word_replaced",)), 1),
        (Case("movements of a draft.xlsx", sheets([[*moves, "Commune d'arrivée", "Statut"], [*left, "Aoulouz", "brouillon"]]), say=("not_approved",)), 0),
    ]  # fmt: skip
