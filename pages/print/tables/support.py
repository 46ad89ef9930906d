"""Support against need as a table: the columns of the API and of the CSV file, and the lines below which it is not spread."""

from __future__ import annotations

import io
from collections.abc import Collection

import pandas as pd
import xlsxwriter

from analytics.model import Provenance
from analytics.support import BALANCE
from data.i18n import Translator
from data.shipped_texts import say_shipped
from pages.figures.figures import Figures
from pages.figures.support import read_actions, read_balance, read_weighed
from pages.print.tables.notes import write_notes

COLUMNS = (
    "commune_code", "commune_name", "reference_date", "sector", "need_id", "need_label", "unit", *BALANCE, "quantity_planned",
    "quantity_funded", "quantity_under_way", "quantity_done", "actions", "organisations", "status", "provenance",
    "support_provenance", "reliability", "source", "reported_on",
)  # fmt: skip
# An action of a cercle or of the whole province: what it says, never shared out.
WIDER = (
    "action_id", "level", "cercle_code", "organisation", "activity", "sector", "need_id", "quantity", "unit", "action_status",
    "start_date", "end_date", "provenance", "source", "reported_on",
)  # fmt: skip
_NUMBERS = (
    *BALANCE, "quantity_planned", "quantity_funded", "quantity_under_way", "quantity_done", "actions", "organisations",
)  # fmt: skip
_DAYS = ("start_date", "end_date", "reported_on")


def build_support_table(
    figures: Figures, t: Translator, month: pd.Timestamp, communes: Collection[str], needs: Collection[str]
) -> pd.DataFrame:
    """One row a commune and need, in the order of ``COLUMNS``: ``need`` = ``covered`` + ``open``; numbers exact, missing where the
    need is not known. ``source`` and ``reported_on`` are those of the actions, ``provenance`` that of the need,
    ``support_provenance`` the least firm of the actions; all empty where there is none."""
    table = read_balance(figures, month)
    table = table[table["commune_code"].isin(list(communes)) & table["need_id"].isin(list(needs))]
    listed = figures.definition_set.means.needs
    said = _sources(say_shipped(read_weighed(figures, month), ("said_by",), figures.province, t))
    names = figures.communes["name_ar" if t.language == "ar" else "name_fr"]
    joined = table.join(said, on=["commune_code", "need_id"])
    return joined.assign(
        commune_name=joined["commune_code"].map(names),
        need_label=joined["need_id"].map(lambda need: t.label(listed[need].labels)),
        reference_date=f"{month:%Y-%m}",
        source=joined["source"].fillna(""),
        reported_on=joined["reported_on"].fillna(""),
        actions=joined["actions"].astype(int),
        organisations=joined["organisations"].astype(int),
    )[list(COLUMNS)].reset_index(drop=True)


def build_wider_table(figures: Figures) -> pd.DataFrame:
    """The actions that name no commune, in the order of ``WIDER``."""
    actions = read_actions(figures)
    wider = actions[actions["commune_code"] == ""]
    written = {name: wider[name].dt.strftime("%Y-%m-%d").fillna("") for name in _DAYS}
    return wider.assign(**written, source=wider["said_by"])[list(WIDER)].reset_index(drop=True)


def write_support_workbook(table: pd.DataFrame, figures: Figures, t: Translator) -> bytes:
    """The table as XLSX, and a sheet of notes; text is written as text, never as a formula."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        page = book.add_worksheet(t("screen.support"))
        if t.direction == "rtl":
            page.right_to_left()
        words = table.assign(
            status=table["status"].map(lambda s: t(f"status.{s}")),
            unit=table["unit"].map(lambda u: t(f"unit.{u}")),
            **{c: table[c].map(lambda p: t(f"provenance.{p}") if p else "") for c in ("provenance", "support_provenance")},
        )
        for row, values in enumerate(words.itertuples(index=False), 1):
            for column, (name, value) in enumerate(zip(COLUMNS, values, strict=True)):
                if name in _NUMBERS:
                    if pd.notna(value):
                        page.write_number(row, column, float(value))
                else:
                    page.write_string(row, column, str(value))
        headings = [{"header": t(f"column.{name}")} for name in COLUMNS]
        page.add_table(0, 0, max(len(table), 1), len(COLUMNS) - 1, {"columns": headings, "style": "Table Style Light 1"})
        page.set_column(0, len(COLUMNS) - 1, 16)
        page.freeze_panes(1, 2)
        kinds = {*table["provenance"], *table["support_provenance"]}
        said = [(t("screen.support"), f"{t('support.counted')} {t('support.done_twice')}")]
        write_notes(book, figures, t, set(), Provenance.DEMONSTRATION.value in kinds, said)
    return target.getvalue()


def _sources(actions: pd.DataFrame) -> pd.DataFrame:
    """Whose word the actions of a commune and need are, and the latest day on which one was said."""
    counted = actions[actions["need_units"].notna()]
    groups = counted.groupby(["commune_code", "need_id"])
    return pd.DataFrame(
        {
            "source": groups["said_by"].agg(lambda said: " ; ".join(dict.fromkeys(said))),
            "reported_on": groups["reported_on"].max().dt.strftime("%Y-%m-%d"),
        }
    )
