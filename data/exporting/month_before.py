"""What a form of one month is made of: the commune, the month, and what was reported for the month before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from analytics.model import Provenance
from data import queries
from data.exporting.one_month_form import OneMonth
from data.loaders.today import load_disclosure_rules, monthly_sheets
from data.store import Store


def ask_one_month(store: Store, commune: pd.Series, month: date, *, counts_of_people: bool = False) -> OneMonth:
    """A form for a commune (``commune_code, name_fr, name_ar``); demonstration figures are no figures of the month before.

    Args:
        counts_of_people: counts that are withheld where they are small are shown too: only to who keeps the store.

    Raises:
        StoreError: the store is empty.
    """
    code = str(commune["commune_code"])
    found = read_month_before(store, [code], month, counts_of_people=counts_of_people)
    names = {"fr": str(commune["name_fr"]), "ar": str(commune["name_ar"])}
    return OneMonth(code, names, month, {variable: value for (_, variable), value in found.items()})


def read_month_before(
    store: Store, communes: Sequence[str], month: date, *, counts_of_people: bool = False
) -> dict[tuple[str, str], float]:
    """What communes reported for the month before, by commune and variable; nothing that is simulated.

    Args:
        counts_of_people: counts that are withheld where they are small are among them: only for who is handed complete data.

    Raises:
        StoreError: the store is empty.
    """
    before = (pd.Timestamp(month) - pd.offsets.MonthBegin(1)).date()
    with store.open() as connection:
        territory = queries.whole_territory(connection)
        withheld = {} if counts_of_people else load_disclosure_rules()
        asked = [v.id for sheet in monthly_sheets() for v in sheet.variables if v.id not in withheld]
        values = queries.read_values_near(connection, territory, list(communes), (before, before), asked)
    real = values[(values["provenance"] != Provenance.DEMONSTRATION.value) & values["value"].notna()]
    return {(str(row.commune_code), str(row.variable)): float(row.value) for row in real.itertuples()}
