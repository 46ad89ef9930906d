"""Files as they are forwarded: letters above tables, sheets of three services, registers by age, exports of forms, Arabic out of PDF."""

# ruff: noqa: E501  (a table reads best as a table)

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from openpyxl.worksheet.table import Table

from tests.messy.files import ADAR, AOULOUZ, IRHERM, SEPTEMBER, Case, book, figures, lines, merge, sheets, with_parts
from tests.messy.offices import AUGUST, PUPILS, R1, R2, THREE, TWO, column, headed

CSV = "Commune;Mois;Élèves primaire\n"
LETTER = [
    ["ROYAUME DU MAROC"],
    ["Ministère de l'Éducation Nationale"],
    ["Réf :", 123],
    ["N°", "456/2025"],
    ["Taroudannt, le", datetime(2025, 10, 5)],
    [],
]
DOCTORS = figures((ADAR, "doctors", 3))


def letters() -> list[Case]:
    """What stands above, below and between tables of a letter."""
    signed = [[], ["Arrêté le présent état à", 1240, "élèves"], ["Page 1 sur 1"]]
    suite = [["Suite"], THREE, R2]
    return [
        Case("a letter above.xlsx", sheets([*LETTER, THREE, R1]), need=PUPILS, say=("cells_not_read",)),
        Case("a letter above, its month in a label.xlsx", sheets([*LETTER, ["Mois de :", "Septembre 2025"], [], ["Commune", "Élèves primaire"], R1[::2]]), need=PUPILS),
        Case("the day of a letter is no month.xlsx", sheets([*LETTER, ["Commune", "Élèves primaire"], R1[::2]]), confirm=True, say=("column_date_missing",)),
        Case("a table stopped at a sum.xlsx", sheets([THREE, R1, R2, *signed]), need=TWO, say=("commune_unknown",)),
        Case("a table that goes on.xlsx", sheets([THREE, R1, [], *suite]), need=TWO),
        Case("sums between.xlsx", sheets([THREE, R1, ["Total cercle Irherm", SEPTEMBER, 340], R2, ["S/Total", SEPTEMBER, 900], ["TOTAL GENERAL", SEPTEMBER, 1240], ["Total Province", SEPTEMBER, 1240]]),
             need=TWO, say=("total_row",)),
        Case("Arabic sums.xlsx", sheets([["الجماعة", "الشهر", "تلاميذ الابتدائي"], ["أضار", "شتنبر 2025", 340], ["أولوز", "شتنبر 2025", 900], ["المجموع", "شتنبر 2025", 1240], ["مجموع الإقليم", "شتنبر 2025", 1240]]),
             need=TWO, say=("total_row",)),
        Case("a correction of an earlier file.xlsx", sheets([["ERRATUM : annule et remplace l'état du 03/10/2025"], THREE, R1]), need=PUPILS),
        Case("an example.xlsx", sheets([THREE, R1], [THREE, ["Irherm", SEPTEMBER, 999]], names=["Saisie", "Exemple"]), need=PUPILS, may=figures((IRHERM, "pupils_primary", 999))),
        Case("a sheet for all and one a commune.xlsx", sheets([THREE, R1, R2], [THREE, R1], [THREE, R2], names=["Récap", "Adar", "Aoulouz"]), need=TWO, say=("duplicate_same",)),
        Case("a cercle joined beside its communes.xlsx", sheets([["Cercle", *THREE], ["Irherm", *R1], [None, *R2]], change=merge("A2:A3")), need=TWO),
        Case("a totals row of a table.xlsx", sheets([THREE, R1, R2, ["Total", None, 1240]], change=lambda made: made.worksheets[0].add_table(Table(displayName="T", ref="A1:C4", totalsRowCount=1))),
             need=TWO, say=("total_row",)),
        *(Case(f"cumulated figures {at}.xlsx", sheets([[title], THREE, R1]), say=("cumulative_suggested",)) for at, title in enumerate(("Cumul au 30/09/2025", "Depuis janvier 2025", "أرقام تراكمية"))),
        Case("cumulated figures, confirmed.xlsx", sheets([["Cumul"], THREE, R1]), need=PUPILS, say=("cumulative_suggested_confirmed",), confirm=True),
        Case("displaced since the earthquake.xlsx", sheets([["Personnes déplacées depuis le séisme du 8 septembre 2023"], THREE, R1]), need=PUPILS),
        Case("figures since January.xlsx", sheets([["Consultations depuis janvier 2025"], ["Commune", "Mois", "Consultations"], R1]), say=("cumulative_suggested",)),
        Case("a day beside its words.xlsx", sheets([["Situation arrêtée au", datetime(2025, 9, 30)], ["Commune", "Élèves primaire"], R1[::2]]), need=PUPILS, confirm=True),
        Case("the year in the sheet's name.xlsx", sheets([["Commune", "Mois", "Élèves primaire"], ["Adar", "septembre", 340]], names=["2025"]), confirm=True, may=PUPILS),
        Case("lines of a message.txt", lines("[05/10/2025, 10:30] Délégué: Adar 340 élèves primaire\n[05/10/2025, 10:31] Délégué: Aoulouz 900\n")),
        Case("a message with a table.txt", lines("Bonjour, voici les chiffres\nCommune\tMois\tÉlèves primaire\nAdar\t09/2025\t340\nMerci\n"), need=PUPILS),
    ]  # fmt: skip


def headings() -> list[Case]:
    """Headings as registers and ministries write them."""
    other = ("Élèves primaire rural", "Élèves primaire (2024/2025)", "Élèves primaire privé", "Élèves primaire préscolaire", "Nouveaux inscrits élèves primaire", "Élèves primaire absents",
             "Abandons élèves primaire", "Élèves primaire redoublants", "Élèves primaire 1ère année", "Capacité élèves primaire", "Besoin en médecins", "Médecins spécialistes", "Médecins affectés",
             "Consultations < 5 ans", "Consultations prénatales", "Consultations (cumul annuel)", "Naissances hors délai", "Naissances (garçons)", "Personnes déplacées sorties",
             "Nouvelles personnes déplacées", "Infirmiers retraités", "Naissances vivantes", "Élèves primaire internes", "Salles primaire en construction", "Salles primaire en dur", "Personnes déplacées N-1")  # fmt: skip
    plain = [("ELEVES PRIMAIRE", "MEDECINS"), ("eleves  primaire ", "Medecins."), ("Élèves\nprimaire", "Nbre\nmédecins"), ("Nombre d’élèves primaire", "Nombre de médecins"),
             ("Effectif total des élèves du primaire", "Total médecins"), ("تـلامـيـذ الابتدائي", "الاطباء"), ("تَلاميذ الابتدائي", "عدد الأطباء"), ("élèves_primaire", "MÉDECINS EN POSTE")]  # fmt: skip
    return [
        *(headed(f"another quantity {at}.xlsx", "Commune", "Mois", heading, need=()) for at, heading in enumerate(other)),
        *(headed(f"other letters {at}.xlsx", "Commune", "Mois", one, two, need=PUPILS[:1] + figures((ADAR, "doctors", 7))) for at, (one, two) in enumerate(plain)),
        Case("births by sex with the whole.xlsx", sheets([["Commune", "Mois", "Naissances", None, None, "Décès"], [None, None, "Garçons", "Filles", "Total", None], ["Adar", SEPTEMBER, 5, 6, 11, 2]], change=merge("C1:E1", "F1:F2", "A1:A2", "B1:B2")),
             need=figures((ADAR, "births_registered", 11)), may=figures((ADAR, "deaths_registered", 2))),
        Case("visits by age.xlsx", sheets([["Commune", "Mois", "Consultations", None, None], [None, None, "< 5 ans", "≥ 5 ans", "Total"], ["Adar", SEPTEMBER, 50, 60, 110]], change=merge("C1:E1")),
             need=figures((ADAR, "outpatient_visits", 110))),
        Case("visits by sector.xlsx", sheets([["Commune", "Mois", "Consultations", None], [None, None, "Public", "Privé"], ["Adar", SEPTEMBER, 50, 60]], change=merge("C1:D1"))),
        Case("visits of weeks.xlsx", sheets([["Commune", "Mois", "Consultations", None, None], [None, None, "S1", "S2", "S3"], ["Adar", SEPTEMBER, 50, 60, 70]], change=merge("C1:E1"))),
        Case("weeks without a heading above.csv", lines("Commune;Mois;Consultations S1;Consultations S2\nAdar;2025-09;50;60\n")),
        Case("milieu above.xlsx", sheets([["Commune", "Mois", "Élèves primaire", None], [None, None, "Urbain", "Rural"], ["Adar", SEPTEMBER, 50, 60]], change=merge("C1:D1"))),
        Case("public and private rows.xlsx", sheets([[*THREE[:2], "Secteur", THREE[2]], ["Adar", SEPTEMBER, "Public", 300], ["Adar", SEPTEMBER, "Privé", 40]])),
        Case("town and country rows.xlsx", sheets([[*THREE, "Milieu"], [*R1, "Urbain"], ["Adar", SEPTEMBER, 30, "Rural"]])),
        Case("offices of a commune.xlsx", sheets([["Commune", "Bureau d'état civil", "Mois", "Naissances"], ["Adar", "Principal", SEPTEMBER, 9], ["Adar", "Annexe 1", SEPTEMBER, 2]]), say=("part_of_value",)),
        Case("cycles as rows.xlsx", sheets([["Commune", "Mois", "Cycle", "Élèves"], ["Adar", SEPTEMBER, "Primaire", 340], ["Adar", SEPTEMBER, "Collège", 120]]), may=figures((ADAR, "pupils_primary", 340), (ADAR, "pupils_college", 120))),
        Case("an indicator and a sex a row.xlsx", sheets([["Commune", "Mois", "Indicateur", "Sexe", "Valeur"], ["Adar", SEPTEMBER, "Élèves primaire", "F", 160], ["Adar", SEPTEMBER, "Élèves primaire", "M", 180]])),
    ]  # fmt: skip


def cells() -> list[Case]:
    """What stands in cells that are forwarded."""
    good = ("1 234", "1\u202f234", "1.234", "1'234", "1’234", "١٬٢٣٤", "1,234", "1\u00a0234\n", " 1234 ")
    bad = ("340 (dont 12 déplacés)", "x", "X", "✓", "oui", "340 élèves", "340;", "340/12", "340 ?", "340 (prov.)", "34O", "==", "…", "voir ci-joint", "340 & 12", "3 classes", "340h", "12 340 12", "1.2.3", "0,5 k", "2 mille", "1-2", "#", "340%", "€ 340", "⁓340", "340⁽¹⁾", "III")  # fmt: skip
    epoch = with_parts(
        book([THREE, R1]),
        lambda name, part: (
            part.replace(b"<workbookPr />", b'<workbookPr date1904="1"/>').replace(
                b"<workbookPr/>", b'<workbookPr date1904="1"/>'
            )
            if name.endswith("workbook.xml")
            else part
        ),
    )
    return [
        *(column(f"a thousand {at}.xlsx", 2, value, may=figures((ADAR, "pupils_primary", 1234))) for at, value in enumerate(good)),
        column("what is no figure.xlsx", 2, *bad, say=("not_a_number",)),
        column("decimals of agents.xlsx", 2, 340, need=PUPILS),
        Case("days of 1904.xlsx", epoch, may=figures((ADAR, "pupils_primary", 340), month="2029-09")),
        Case("agents in halves.csv", lines("Commune;Mois;Soignants ETP\nAdar;2025-09;3,5\nAoulouz;2025-09;٣٫٥\nIrherm;2025-09;3.5\n"),
             need=figures(*((place, "clinicians_fte", 3.5) for place in (ADAR, AOULOUZ, IRHERM)))),
        Case("decimals of a count.csv", lines(f"{CSV}Adar;2025-09;340,5\nAoulouz;2025-09;900,0\n"), need=TWO[1:]),
        Case("Arabic out of PDF.xlsx", sheets([["ﺍﻟﺠﻤﺎﻋﺔ", "ﺍﻟﺸﻬﺮ", "ﺗﻼﻣﻴﺬ ﺍﻻﺑﺘﺪﺍﺋﻲ"], ["ﺃﺿﺎﺭ", "ﺷﺘﻨﺒﺮ 2025", 340]]), may=PUPILS),
        column("the other months.xlsx", 1, "09-sept-25", "Sep/25", "2025 / 09", "SEPT 2025", "septembre-25", "Septembre, 2025", "01-Sep-2025", "Sept.-25", "mois 09/2025", "M09 2025", may=PUPILS),
        column("no months.xlsx", 1, "09", "rentrée 2025", "S37-2025", "2025-2026", "sept/oct 2025", "fin août/début septembre 2025", "Q3 2025", "30/02/2025", "2025-9-31", "septembre 20255", "09/2O25", say=("date_unreadable",)),
        column("other spellings.xlsx", 0, "ADAR", "adar ", "Adâr", "COMMUNE ADAR", "Commune territoriale Adar", "CT Adar", "جماعة أضار", "الجماعة الترابية أضار", "اضار", "Adar :", "C/R Adar", need=(), may=PUPILS),
        column("no communes.xlsx", 0, "Adar (douar)", "Cercle Adar", "Caïdat Adar", "Annexe Adar", "Adar et environs", "Reste d'Adar", "CS Adar", "Groupe scolaire Adar", "Total Adar", "Adar + Aoulouz", "Adar 2", "Ex-Adar", "Province d'Adar", "Hors Adar", "Adar ?"),
        Case("tags of women.csv", lines("#adm3+name,#date+month,#affected+idps+f,#affected+idps+ind\nAdar,2025-09,60,120\n"), need=figures((ADAR, "displaced_persons", 120), (ADAR, "displaced_women", 60))),
        Case("two figures in a column that is asked twice.csv", lines("Commune;Mois;Élèves primaire;Élèves primaire\nAdar;2025-09;340;340\n"), may=PUPILS),
    ]  # fmt: skip


def forms() -> list[Case]:
    """Exports of forms and servers."""
    kobo = ["start", "end", "today", "identification/commune", "identification/mois", "education/pupils_primary", "__version__", "_id", "_uuid", "_submission_time", "_validation_status",
            "_notes", "_status", "_submitted_by", "_tags", "meta/rootUuid", "_index"]  # fmt: skip
    sent: list[Any] = [
        "2025-10-02T10:00:00.000+01:00",
        "2025-10-02T10:09:00.000+01:00",
        "2025-10-02",
        "Adar",
        "2025-09-01",
        340,
        "vX1",
        612345678,
        "ab06",
        "2025-10-02T09:10:00",
        None,
        None,
        "submitted_via_web",
        "agent",
        None,
        "uuid:7",
        1,
    ]
    server = [
        [
            "organisationunitid",
            "organisationunitname",
            "organisationunitcode",
            "organisationunitdescription",
            "dataname",
            "August 2025",
            "September 2025",
        ],
        ["a1", "Adar", ADAR, None, "Élèves primaire", 330, 340],
    ]
    path = [
        ["Organisation unit", "Period", "Data", "Value"],
        ["Souss-Massa / Taroudannt / Irherm / Adar", "September 2025", "Élèves primaire", 340],
    ]
    central = "commune,mois,pupils_primary,KEY,SubmitterID,ReviewState,Edits\nAdar,2025-09-01,340,uuid:1,5,{},1\n"
    values = {"dataSet": "abc", "completeDate": "2025-10-03", "period": "202509", "orgUnit": ADAR, "dataValues": [
        {"dataElement": "pupils_primary", "value": "340", "storedBy": "x", "created": "2025-10-01", "followup": True, "comment": "12 déplacés"},
        {"dataElement": "AbCdEfGhIjK", "value": "9"}, {"dataElement": "doctors", "value": "true"}, {"dataElement": "nurses", "value": "4.0"}]}  # fmt: skip
    return [
        Case("all the columns of a tool.xlsx", sheets([kobo, sent]), need=PUPILS),
        Case("all the columns of a tool.csv", lines(";".join(f'"{h}"' for h in kobo) + "\n" + ";".join("" if v is None else f'"{v}"' for v in sent) + "\n"), need=PUPILS),
        Case("groups joined by a sign.json", json.dumps([dict(zip(kobo, sent, strict=True))]).encode(), need=PUPILS),
        Case("words of a form and its groups.csv", lines("Commune et mois/Cercle;Commune et mois/Commune;Commune et mois/Mois;Éducation/Élèves inscrits, primaire (personnes déplacées comprises)\n09.541.03;Adar;2025-09;340\n"), need=PUPILS),
        Case("a quantity per another.csv", lines("Commune;Mois;Médecins/Élèves primaire\nAdar;2025-09;340\n"), say=("column_variable_missing",)),
        *(Case(f"reviewed as {state or 'nothing'}.csv", lines(central.format(state)), need=need, say=said)
          for state, need, said in (("", PUPILS, ()), ("edited", PUPILS, ()), ("hasIssues", (), ("not_approved",)), ("rejected", (), ("not_approved",)))),
        Case("months of a server as columns.xlsx", sheets(server), need=PUPILS + AUGUST),
        Case("units of a server with their path.xlsx", sheets(path), may=PUPILS),
        Case("a set of values with its unit.json", json.dumps(values).encode(), need=PUPILS + figures((ADAR, "nurses", 4))),
        Case("a sheet of answers.csv", lines('"Horodateur","Commune","Mois concerné","Élèves primaire"\n"2025/10/05 10:30:00 AM UTC+1","Adar","septembre 2025","340"\n'), need=PUPILS),
        Case("a sheet of answers with who answered.csv", lines("Horodateur,Adresse e-mail,Commune,Mois,Élèves primaire\n05/10/2025 10:30:00,x.y@example.ma,Adar,2025-09,340\n"), refused="personal_e_mail"),
        Case("a form of Microsoft.xlsx", sheets([["ID", "Heure de début", "Heure de fin", "Adresse de messagerie", "Nom", *THREE], [1, datetime(2025, 10, 5, 10), datetime(2025, 10, 5, 11), "anonymous", None, *R1]]), refused="personal_heading"),
        Case("places of a data set.csv", lines("admin2Name,admin3Name_fr,admin3Pcode,Mois,Élèves primaire\nTaroudannt,Adar,MA009541,2025-09,340\n"), may=PUPILS),
        Case("three services.xlsx", sheets([THREE, R1], [["Commune", "Mois", "Médecins"], ["Adar", SEPTEMBER, 3]], [["Commune", "Mois", "Naissances"], ["Adar", SEPTEMBER, 11]], names=["Éducation", "Santé", "État civil"]),
             need=PUPILS + DOCTORS + figures((ADAR, "births_registered", 11))),
        Case("a file of tabs.tsv", lines("Commune\tMois\tÉlèves primaire\nAdar\t2025-09\t340\n"), need=PUPILS),
        Case("a file of bars.csv", lines("Commune|Mois|Élèves primaire\nAdar|2025-09|340\n"), need=PUPILS),
        Case("remarks above lines.csv", lines(f"# exporté le 05/10/2025\n# 2 lignes\n{CSV}Adar;2025-09;340\n"), need=PUPILS),
        Case("commas within quotation marks.csv", lines('Commune,Mois,Élèves primaire\n"Adar","2025-09","1,234"\n'), may=figures((ADAR, "pupils_primary", 1234))),
        Case("a letter in a sheet.docx", b"PK\3\4" + b"x" * 300, refused="file_damaged"),
        Case("a picture.xlsx", b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(range(256)) * 4, refused="file_of_another_kind"),
        Case("a message with a file.eml", b"From: a@example.ma\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n", refused="file_of_another_kind"),
    ]  # fmt: skip


def forwarded_cases() -> list[Case]:
    """All of them."""
    return [*letters(), *headings(), *cells(), *forms()]
