"""The report of a file that was sent, and what it says: for tests of the importer."""

import datetime

from data.importing.accept import prepare_for_store
from tests.workbooks import write_workbook

TODAY = datetime.date(2025, 9, 15)
# Headings of movements and of facilities, and one facility.
MOVES = ["Mois", "Type de mouvement", "Commune d'origine", "Commune d'accueil", "Commune habituelle", "Personnes"]
PLACES = ["Mois", "Commune", "Nom de l'établissement", "Type", "Latitude", "Longitude", "Capacité", "Unité", "État", "Cause"]
SCHOOL = ["2025-08", "Freija", "École Al Massira", "École primaire", 30.53, -8.68, 6, "salles", "Fonctionnel", None]


def prepared(store, content, name="saisie.xlsx"):
    return prepare_for_store(store, content, name, TODAY)


def sent(store, rows, name="saisie.xlsx", title="Feuille"):
    return prepared(store, write_workbook(rows, title=title), name)


def places(store, *rows):
    return sent(store, [PLACES, *rows])


def by_key(report):
    return {finding.key: finding for finding in report.findings}


def kept(report):
    return {(o.commune_code, f"{o.reference_date:%Y-%m}", o.variable): o.value for o in report.observations.itertuples()}
