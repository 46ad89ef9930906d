"""Files as offices, servers and collection tools send them, made after a third reading: lists of schools, pivots, copies out of PDF."""

# ruff: noqa: E501  (a table reads best as a table)

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from tests.messy.files import (
    ADAR,
    AOULOUZ,
    BOTH,
    DISPLACED,
    IRHERM,
    SEPTEMBER,
    Case,
    Figure,
    book,
    figures,
    lines,
    sheets,
    with_parts,
)

THREE = ["Commune", "Mois", "Élèves primaire"]
PUPILS = BOTH[1:]
TWO = PUPILS + figures((AOULOUZ, "pupils_primary", 900))
AUGUST = figures((ADAR, "pupils_primary", 330), month="2025-08")
R1, R2 = ["Adar", SEPTEMBER, 340], ["Aoulouz", SEPTEMBER, 900]
ODK_HEADINGS = "SubmissionDate,identification-commune,identification-mois,effectifs-pupils_primary,KEY,SubmitterName,ReviewState,FormVersion"


def headed(name: str, *headings: str, need: tuple[Figure, ...] = PUPILS, **said: Any) -> Case:
    """A row of Adar in September 2025 below some headings; its figures count 340, 7, 8 …"""
    values = [340, *range(7, 7 + len(headings) - 3)]
    return Case(name, sheets([headings, ["Adar", SEPTEMBER, *values]]), need=need, **said)


def column(name: str, at: int, *values: Any, **said: Any) -> Case:
    """A row of 340 pupils for each value, in the place of the commune (0), of the month (1), of the figure (2)."""
    rows = [["Adar", SEPTEMBER, 340] for _ in values]
    for row, value in zip(rows, values, strict=True):
        row[at] = value
    return Case(name, sheets([THREE, *rows]), **said)


def headings() -> list[Case]:
    """Headings in two languages, over two rows, of pivots, of choices; and titles that say more than a month."""
    titles = ["Août et septembre 2025", "Cumul de janvier à septembre 2025", "من يناير إلى شتنبر 2025",
              "3ème trimestre 2025 (édité en octobre 2025)", "T3 2025 (septembre 2025)"]  # fmt: skip
    return [
        headed("a heading in two languages.xlsx", "Commune / الجماعة", "Mois - الشهر", "Élèves primaire / تلاميذ الابتدائي"),
        headed("a heading in two languages over two lines.xlsx", "Commune\nالجماعة", "Mois\nالشهر", "Élèves primaire\nتلاميذ الابتدائي"),
        headed("two figures in a heading.xlsx", *THREE, "Médecins / Infirmières", "Médecins / الممرضون", say=("columns_unknown",)),
        headed("ratios.xlsx", *THREE, "Consultations/Médecins", "Habitants/médecins", "population/doctors", "visits/nurses", say=("columns_unknown",)),
        headed("other quantities.xlsx", *THREE, "Élèves primaire prévus", "Élèves primaire N-1", "Élèves primaire (public)", "Élèves primaire (en milliers)",
               "Moyenne de Infirmiers", "Max. de Sages-femmes", "Écart médecins", say=("columns_unknown",)),
        headed("a heading with a hyphen and a figure's name.xlsx", *THREE, "nb-mois", "jours-médecins", say=("columns_unknown",)),
        Case("a heading over two rows.csv", lines("Commune;Mois;Élèves;Personnes\n;;primaire;déplacées\nAdar;2025-09;340;120\n"), need=BOTH),
        Case("a total of a pivot.xlsx", sheets([["Commune", "Indicateur", "août-25", "sept-25", "Total général"], ["Adar", "Élèves primaire", 330, 340, 670]]),
             need=PUPILS + AUGUST, say=("columns_unknown",)),
        Case("labels of a pivot that are not repeated.xlsx", sheets([THREE, ["Adar", datetime(2025, 8, 1), 330], [None, SEPTEMBER, 340]]), need=AUGUST, say=("commune_absent",)),
        Case("labels of a pivot.xlsx", sheets([["Étiquettes de lignes", "Somme de Élèves primaire"], ["Adar", 340]]), say=("nothing_recognised",)),
        Case("thousands in the title.xlsx", sheets([["Effectifs (en milliers)"], [], THREE, R1]), say=("scale_beside",)),
        Case("thousands in an Arabic title.xlsx", sheets([["المعطيات بالآلاف"], [], THREE, R1]), say=("scale_beside",)),
        Case("forecasts.xlsx", sheets([["Prévisions 2025-2026"], THREE, R1]), say=("forecast_suggested",)),
        Case("a sheet of targets, confirmed.xlsx", sheets([THREE, R1], names=["Objectifs"]), need=PUPILS, say=("forecast_suggested_confirmed",), confirm=True),
        *(Case(f"a title of several months {number}.xlsx", sheets([[title], ["Commune", "Élèves primaire"], ["Adar", 340]]), confirm=True, say=("column_date_missing",))
          for number, title in enumerate(titles)),
        Case("two tables, each below its month.xlsx",
             sheets([["Août 2025"], ["Commune", "Élèves primaire"], ["Adar", 330], [], ["Septembre 2025"], ["Commune", "Élèves primaire"], ["Adar", 340]]),
             need=PUPILS + AUGUST, confirm=True),
        Case("a form below a form.xlsx",
             sheets([row for name, count in (("Adar", 340), ("Aoulouz", 900)) for row in (["Commune :", name], ["Mois :", "septembre 2025"], ["Indicateur", "Valeur"], ["Élèves primaire", count], [])]),
             need=TWO),
        Case("a sheet a figure.xlsx",
             sheets([["Commune", "août-25", "sept-25"], ["Adar", 330, 340]], [["Commune", "sept-25", "oct-25"], ["Adar", 3, None]], names=["Élèves primaire", "Médecins"]),
             need=PUPILS + AUGUST + figures((ADAR, "doctors", 3)), confirm=True),
        Case("a sheet a commune.xlsx", sheets([["Mois", "Élèves primaire"], [SEPTEMBER, 340]], [["Mois", "Élèves primaire"], [SEPTEMBER, 900]], names=["Adar", "Aoulouz"]),
             need=TWO, confirm=True),
        Case("Situation_09-2025.xlsx", sheets([["Commune", "Élèves primaire"], ["Adar", 340]]), need=PUPILS, confirm=True),
        Case("a cercle above its communes.xlsx", sheets([THREE, ["Cercle d'Irherm"], R1, ["Cercle d'Aoulouz", SEPTEMBER, 900], R2]), need=TWO, say=("commune_unknown_near",)),
    ]  # fmt: skip


def parts() -> list[Case]:
    """A row a school, a douar, a sex: what counts a part is never the commune."""
    schools = [["Adar", "X", SEPTEMBER, 40], ["Adar", "Y", SEPTEMBER, 40], ["Aoulouz", "Z", SEPTEMBER, 900]]
    by_sex = [["Adar", SEPTEMBER, "Filles", 160], ["Adar", SEPTEMBER, "{}", 340]]
    return [
        *(Case(f"a row a {number}.xlsx", sheets([["Commune", heading, "Mois", "Élèves primaire"], *schools]), say=("part_of_value", "unit_suggested"))
          for number, heading in enumerate(("École", "Nom de l'établissement", "Douar", "المؤسسة", "Facility name"))),
        Case("a row a school, confirmed.xlsx", sheets([["Commune", "École", "Mois", "Élèves primaire"], *schools]), confirm=True,
             need=TWO[1:], say=("part_of_value", "unit_suggested_confirmed")),
        Case("a column that counts schools.xlsx", sheets([["Commune", "École", "Mois", "Élèves primaire"], ["Adar", 12, SEPTEMBER, 340]]), need=PUPILS, say=("cells_not_read",)),
        *(Case(f"a row a {heading}.xlsx", sheets([["Commune", "Mois", heading, "Consultations"], ["Adar", SEPTEMBER, one, 34], ["Adar", SEPTEMBER, other, 34]]), say=("part_of_value",))
          for heading, one, other in (("Semaine", "S36", "S37"), ("week", 36, 37), ("Scénario", "Prévision", "Objectif"))),
        Case("a row a day.xlsx", sheets([["Commune", "Date", "Consultations"], ["Adar", datetime(2025, 9, 15), 34], ["Adar", datetime(2025, 9, 16), 34]]), say=("duplicate_different",)),
        *(Case(f"a row a sex {number}.xlsx", sheets([["Commune", "Mois", heading, "Élèves primaire"], by_sex[0], [*by_sex[1][:2], whole, 340]]), need=PUPILS, say=("part_of_value",))
          for number, (heading, whole) in enumerate((("Sexe", "Total"), ("Tranche d'âge", "Ensemble"), ("Sex", "Both sexes"), ("الجنس", "المجموع")))),
    ]  # fmt: skip


MONTHS = (
    "Sept. 25", "9-2025", "أيلول 2025", "SEPTEMBRE 2025", "2025/9", "شتمبر 2025", "09.2025", "30 septembre 2025",
    "شتنبر ٢٠٢٥", "2025M09",
)  # fmt: skip
NO_MONTHS = (
    "25 septembre", "T3 2025", "2025W36", "2025-2026", "août-septembre 2025", "ربيع الأول 1447", "1447-03-15",
    "31/09/2025", "9",
)  # fmt: skip
NAMES = (
    "Adar (CR)", "1-Adar", "2. Adar", "Adar/أضار", "أضار - Adar", "Adar (أضار)", "Commune d’Adar", 95410301,
    "Conseil communal d'Adar", "المجلس الجماعي أضار",
)  # fmt: skip
NO_NAMES = (
    "Adar II", "Douar Adar", "École Adar", "Lycée Adar", "Adar-Aoulouz", "Adar / أولوز", "Adar - مدرسة",
    "Sous-total Irherm", "Aoulouz centre", "Hors Aoulouz",
)  # fmt: skip
NO_NUMBERS = (
    "340*", "340¹", "1O2", "~340", "340-350", "(120)", "340 élèves", "③", "1,2E+03", "12h30", True,
    datetime(2025, 4, 3), "Ⅻ", "3_40", "zéro",
)  # fmt: skip


def values() -> list[Case]:
    """Many writings of a month, of a name, of a number in one file each."""
    return [
        column("writings of a month.xlsx", 1, *MONTHS, need=PUPILS),
        column("what is no month.xlsx", 1, *NO_MONTHS, say=("date_unreadable", "date_outside")),
        column("writings of a name.xlsx", 0, *NAMES, need=PUPILS),
        column("what is no commune.xlsx", 0, *NO_NAMES, say=("commune_unknown_near",)),
        column("what is no number.xlsx", 2, *NO_NUMBERS, say=("not_a_number",)),
        column("digits of other scripts.xlsx", 2, "۳۴۰", "٣٤٠", "340.0", "340,00", need=PUPILS),
        Case("a code of another province beside a name.xlsx", sheets([["Code commune", *THREE], ["09.163.05.01", *R1]]), say=("commune_contradiction",)),
        Case("numbers of a list beside names.xlsx", sheets([["Code", *THREE], [12, *R1]]), need=PUPILS),
    ]  # fmt: skip


def tools() -> list[Case]:
    """Exports of DHIS2, ODK, Kobo, statistics programs, and what spreadsheets leave."""
    table = {
        "headers": [{"name": "dx"}, {"name": "pe"}, {"name": "ou"}, {"name": "value"}],
        "rows": [["pupils_primary", "202509", ADAR, "340.0"]],
    }
    xml = f'<?xml version="1.0"?><dataValueSet xmlns="http://dhis2.org/schema/dxf/2.0" period="202509"><dataValue orgUnit="{ADAR}" dataElement="pupils_primary" value="340"/></dataValueSet>'
    sent = [("Adar", 340, "approved"), ("Aoulouz", 900, "rejected"), ("Irherm", 77, None)]
    odk = {
        "value": [
            {
                "__id": name,
                "__system": {"reviewState": state},
                "id": {"commune": name, "mois": "2025-09"},
                "effectifs": {"pupils_primary": count},
            }
            for name, count, state in sent
        ]
    }
    rows = "".join(f"2025-10-02,{name},2025-09,{count},uuid:1,app,{state or ''},1\n" for name, count, state in sent)
    approved = PUPILS + figures((IRHERM, "pupils_primary", 77))
    row = '{"commune": "%s", "mois": "2025-09", "pupils_primary": %d}\n'
    grid = [["commune", "mois", "pupils_primary"], ["Adar", "2025-09", 340]]
    escaped = book([["Commune_x000D_", *THREE[1:]], R1])
    return [
        Case("analytics of a server.json", json.dumps(table).encode(), need=PUPILS),
        Case("a set of values.xml", xml.encode(), need=PUPILS),
        Case("analytics of a server.csv", lines("Data,Period,Organisation unit,Value\nÉlèves primaire,202509,Adar,340\n"), need=PUPILS),
        Case("a table with names and ids.csv", lines('"dataid","dataname","periodid","periodname","organisationunitid","organisationunitname","value"\n"a","Élèves primaire","202509","x","b","Adar","340"\n'), need=PUPILS),
        Case("weeks of a server.csv", lines(f"dataelement,period,orgunit,value\npupils_primary,2025W36,{ADAR},340\n"), say=("date_unreadable",)),
        Case("submissions that are reviewed.json", json.dumps(odk).encode(), need=approved, say=("not_approved",)),
        Case("submissions that are reviewed.csv", lines(f"{ODK_HEADINGS}\n{rows}"), need=approved, say=("not_approved",)),
        Case("choices of a question.csv", lines("commune,mois,staff,staff/doctors,staff/nurses,pupils_primary\nAdar,2025-09,doctors,1,0,340\n"), need=PUPILS, say=("columns_unknown",)),
        Case("groups joined by dots.csv", lines("identification.commune,identification.mois,effectifs.pupils_primary\nAdar,2025-09,340\n"), need=PUPILS),
        Case("names above labels.xlsx", sheets([["commune", "mois", "displaced_persons"], ["Commune", "Mois", "Personnes déplacées"], ["Adar", "2025-09", 120]]), need=DISPLACED),
        Case("schools in a sheet of their own.xlsx", sheets([["commune", "mois", "pupils_primary", "_index"], ["Adar", "2025-09", 340, 1]], [["ecole", "pupils_primary", "_parent_index"], ["X", 40, 1]]), need=PUPILS),
        Case("an object a line.json", (row % ("Adar", 340) + row % ("Aoulouz", 900)).encode(), need=TWO),
        Case("rows as lists.json", json.dumps(grid).encode(), need=PUPILS),
        Case("columns and rows apart.json", json.dumps({"columns": grid[0], "index": [0], "data": grid[1:]}).encode(), need=PUPILS),
        Case("a table of a wiki.txt", lines("| Commune | Mois | Élèves primaire |\n|---|---|---:|\n| Adar | 2025-09 | 340 |\n"), need=PUPILS),
        Case("a web page in one file.xls", b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<table>", refused="file_of_another_kind"),
        Case("a line end that is escaped.xlsx", with_parts(escaped, lambda _, part: part.replace(b"_x005F_x000D_", b"_x000D_")), need=PUPILS),
        Case("how a name is pronounced.xlsx", with_parts(book([THREE, R1]), lambda _, part: part.replace(b"<t>Adar</t>", b"<r><t>Adar</t></r><rPh sb='0' eb='1'><t>zz</t></rPh>")), need=PUPILS),
    ]  # fmt: skip


def office_cases() -> list[Case]:
    """All of them."""
    return [*headings(), *parts(), *values(), *tools()]
