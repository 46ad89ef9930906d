"""The report of a file that was sent, and what it says: for tests of the importer."""

import datetime

from data.importing.accept import prepare_for_store

TODAY = datetime.date(2025, 9, 15)


def prepared(store, content, name="saisie.xlsx"):
    return prepare_for_store(store, content, name, TODAY)


def by_key(report):
    return {finding.key: finding for finding in report.findings}


def kept(report):
    return {(o.commune_code, f"{o.reference_date:%Y-%m}", o.variable): o.value for o in report.observations.itertuples()}
