"""Files that offices and their tools send, with what must be kept of each and said."""

# Each case is a line or two, read like a table.
# ruff: noqa: E501
from __future__ import annotations

import json
from datetime import datetime

from tests.messy.files import ADAR, AOULOUZ, BOTH, DISPLACED, HEAD, ROW, Case, book, figures, lines, merge, sheets


def offices() -> list[Case]:
    """What offices send: months as columns, a month, a commune or the figure in a title."""
    pivot = [["Commune", "Indicateur", "janv-25", "févr-25"], ["Adar", "Personnes déplacées", 120, 130]]
    of_months = figures((ADAR, "displaced_persons", 120), month="2025-01") + figures(
        (ADAR, "displaced_persons", 130), month="2025-02"
    )
    named = book([["Commune", "Personnes déplacées"], ["Adar", 120]], [["Commune", "Personnes déplacées"], ["Adar", 125]],
                 names=["Sept 2025", "Oct 2025"])  # fmt: skip
    return [
        Case("months as columns.xlsx", sheets(pivot), need=of_months),
        Case("months of a calendar as columns.xlsx",
             sheets([["Commune", "Indicateur", datetime(2025, 1, 1), datetime(2025, 2, 1)], pivot[1]]), need=of_months),
        Case("months above figures.xlsx",
             sheets([[None, "Janvier 2025", None, "Février 2025", None],
                   ["Commune", "Personnes déplacées", "Élèves primaire", "Personnes déplacées", "Élèves primaire"],
                   ["Adar", 120, 340, 130, 341]], change=merge("B1:C1", "D1:E1")),
             need=of_months + figures((ADAR, "pupils_primary", 340), month="2025-01")
             + figures((ADAR, "pupils_primary", 341), month="2025-02")),
        Case("the figure in the title.xlsx", sheets([["Personnes déplacées"], ["Commune", "janv-25", "févr-25"], ["Adar", 120, 130]]),
             say=("variable_suggested",)),
        Case("the figure in the title, confirmed.xlsx",
             sheets([["Personnes déplacées"], ["Commune", "janv-25", "févr-25"], ["Adar", 120, 130]]), need=of_months, confirm=True),
        Case("a month a sheet.xlsx", named, say=("month_suggested",)),
        Case("a month a sheet, confirmed.xlsx", named, confirm=True,
             need=DISPLACED + figures((ADAR, "displaced_persons", 125), month="2025-10")),
        Case("the month in the title, confirmed.xlsx",
             sheets([["Situation du mois de septembre 2025"], [], ["Commune", "Élèves primaire"], ["Adar", 340]]), need=BOTH[1:], confirm=True),
        Case("the commune in the title.xlsx", sheets([["Commune d'Adar"], [], HEAD[1:3], ROW[1:3]]), say=("commune_suggested",)),
        Case("the commune in the title, confirmed.xlsx", sheets([["Commune rurale d'Adar"], [], HEAD[1:3], ROW[1:3]]), need=DISPLACED,
             confirm=True),
        Case("the province in the title.xlsx", sheets([["Province de Taroudannt"], [], HEAD[1:3], ROW[1:3]]), confirm=True,
             say=("column_commune_missing",)),
        Case("labels beside a table.xlsx",
             sheets([["Commune :", "Adar"], ["Mois : septembre 2025"], [], ["Indicateur", "Valeur"], ["Élèves primaire", 340], ["Médecins", 3]]),
             need=figures((ADAR, "pupils_primary", 340), (ADAR, "doctors", 3))),
    ]  # fmt: skip


def tools() -> list[Case]:
    """What tools of collection send: tags, submissions, values of a server."""
    values = {"period": "202509", "dataValues": [
        {"dataElement": "pupils_primary", "orgUnit": ADAR, "value": "340"},
        {"dataElement": "doctors", "orgUnit": "Aoulouz", "value": "3", "categoryOptionCombo": "HllvX50cXC0"},
        {"dataElement": "doctors", "orgUnit": "Irherm", "value": "9", "categoryOptionCombo": "aBcDeFgHiJk"}]}  # fmt: skip
    return [
        Case("tags alone.xlsx",
             sheets([["Place", "When", "IDP", "Kids"], ["#adm3+name", "#date+month", "#affected+ind+idps", "#population+pupils+primary"], ROW]),
             need=BOTH),
        Case("tags and no heading.xlsx",
             sheets([["#adm3+name", "#date+month", "#affected+idps+ind", "#population+pupils+primary"], ROW]), need=BOTH),
        Case("groups of a form.xlsx",
             sheets([["identification/commune", "identification/mois", "effectifs/displaced_persons", "_id", "_validation_status"],
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
