"""The gap table and a plan's units as CSV and as a workbook: text that no spreadsheet runs, numbers as numbers."""

from __future__ import annotations

import io

import pandas as pd
import xlsxwriter

from analytics.allocation_equity import BEFORE
from analytics.model import Provenance
from analytics.resources import Means
from analytics.situation import Situation
from data.i18n import Translator
from data.source_words import in_words
from pages.figures.figures import Figures
from pages.print.tables.notes import write_notes
from pages.print.tables.results import write_csv, write_hxl_row

_CODES = {
    "sector": "sector",
    "role": "means_role",
    "unit": "unit",
    "resource_unit": "unit",
    "competence": "competence",
    "responsible": "actor",
    "accountable": "actor",
    "status": "status",
    "provenance": "provenance",
    "reason": "reason",
}
# The others are whole units, people or dirhams.
_WITH_DECIMALS = ("pressure", "pressure_before", "pressure_after", "need_units", "available_units", "gain")


def write_gap_csv(
    rows: pd.DataFrame, figures: Figures, means: Means, situation: Situation, t: Translator, *, hxl: bool = False
) -> bytes:
    """The rows of a gap table as CSV, codes beside the names of communes, needs and resources, with scenario and month; ``hxl``: with
    the row of HXL tags."""
    return write_csv(_named(rows, figures, means, situation, t), hxl=hxl, name="means")


def write_gap_workbook(
    rows: pd.DataFrame,
    figures: Figures,
    means: Means,
    situation: Situation,
    t: Translator,
    equity: pd.DataFrame | None = None,
    *,
    hxl: bool = False,
) -> bytes:
    """The rows of a gap table or of a plan as a workbook in the reader's words, with the equity of the plans where it is given,
    the unit costs, their sources, and the notes; ``hxl``: with the row of HXL tags."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        _write_table(book, _worded(_named(rows, figures, means, situation, t), figures, t), t, hxl=hxl)
        if equity is not None:
            _write_equity(book, equity, situation, t)
        _write_costs(book, figures, means, situation, t)
        simulated = "provenance" in rows and Provenance.DEMONSTRATION.value in set(rows["provenance"])
        is_less = "done_units" in rows and bool((rows["done_units"] > 0).any())
        said = [(t("screen.support"), t("support.done_twice"))] if is_less else []
        write_notes(book, figures, t, _norms_behind(rows, figures, means), simulated, said)
    return target.getvalue()


def describe_situation(situation: Situation, t: Translator) -> str:
    """Which figures something rests on, in words: a scenario or the observed ones, and their month."""
    name = t.label(dict(situation.scenario.labels)) if situation.scenario else t("basis.observed_short")
    return t("basis.stated", figures=name, month=t.month(situation.month))


def _norms_behind(rows: pd.DataFrame, figures: Figures, means: Means) -> set[str]:
    """Norms that say what is missing in some rows."""
    indicators = {means.needs[need_id].indicator for need_id in rows["need_id"].unique()}
    return {term.norm for i in indicators for term in figures.definitions.indicators[i].terms}


def _named(rows: pd.DataFrame, figures: Figures, means: Means, situation: Situation, t: Translator) -> pd.DataFrame:
    names = figures.communes["name_ar" if t.language == "ar" else "name_fr"]
    named = rows.copy()
    named.insert(1, "commune_name", rows["commune_code"].map(names))
    named.insert(2, "need_label", rows["need_id"].map(lambda n: t.label(means.needs[n].labels)))
    if "resource_id" in rows:
        labels = rows["resource_id"].map(lambda r: t.label(means.resources[r].labels) if r else "")
        named.insert(3, "resource_label", labels)
    said = {"reference_date": f"{situation.month:%Y-%m-%d}", "scenario_id": situation.assessment.scenario_id}
    return named.assign(**said, basis=describe_situation(situation, t))


def _worded(named: pd.DataFrame, figures: Figures, t: Translator) -> pd.DataFrame:
    """Codes as words; identifiers that a reader has no use for left out."""
    worded = named.drop(columns=[c for c in ("need_id", "resource_id", "scenario_id", "reference_date") if c in named])
    for column, area in _CODES.items():
        if column in worded:
            words = figures.definitions.sector_labels if column == "sector" else None
            worded[column] = worded[column].map(
                lambda v, area=area, words=words: t.label(words[v]) if words else (t(f"{area}.{v}") if v else "")
            )
    if "financing" in worded:
        worded["financing"] = worded["financing"].map(lambda v: ", ".join(t(f"financing.{s}") for s in v.split()))
    return worded


def _write_table(book: xlsxwriter.Workbook, table: pd.DataFrame, t: Translator, *, hxl: bool) -> None:
    page = _page(book, t("means.sheet_gap"), t)
    whole, decimal = (book.add_format({"num_format": pattern}) for pattern in ("#,##0", "#,##0.00"))
    first = write_hxl_row(page, list(table.columns), "means") if hxl else 1
    for column, name in enumerate(table.columns):
        numeric = pd.api.types.is_numeric_dtype(table[name])
        for row, value in enumerate(table[name], first):
            if numeric and pd.notna(value) and abs(value) != float("inf"):
                page.write_number(row, column, float(value), decimal if name in _WITH_DECIMALS else whole)
            elif not numeric:
                page.write_string(row, column, str(value))
        page.set_column(column, column, 14 if numeric else 24)
    headings = [{"header": t(f"column.{name}")} for name in table.columns]
    last = max(len(table) + first - 1, 1)
    page.add_table(0, 0, last, len(table.columns) - 1, {"columns": headings, "style": "Table Style Light 1"})
    page.freeze_panes(1, 2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _write_equity(book: xlsxwriter.Workbook, equity: pd.DataFrame, situation: Situation, t: Translator) -> None:
    page = _page(book, t("means.sheet_equity"), t)
    page.write_string(1, 0, describe_situation(situation, t))
    page.write_string(0, 0, t("equity.lead"))
    for column, name in enumerate(equity.columns):
        page.write_string(2, column, t(f"equity.{name}"))
    for row, line in enumerate(equity.itertuples(index=False), 3):
        page.write_string(row, 0, t(f"equity.kind_{line.kind}"))
        page.write_string(row, 1, t("equity.before") if line.plan == BEFORE else t(f"plan.{line.plan}"))
        for column, value in enumerate(line[2:], 2):
            if pd.notna(value):
                page.write_number(row, column, value)
    page.set_column(0, 1, 30)
    page.set_column(2, len(equity.columns) - 1, 18)


def _write_costs(book: xlsxwriter.Workbook, figures: Figures, means: Means, situation: Situation, t: Translator) -> None:
    page = _page(book, t("means.sheet_costs"), t)
    page.write_string(0, 0, t("means.order_of_magnitude"))
    page.write_string(1, 0, f"{t('table.snapshot')} {figures.snapshot_id}")
    page.write_string(2, 0, describe_situation(situation, t))
    amount_format = book.add_format({"num_format": "#,##0"})
    headings = ("costs.item", "costs.unit", "costs.low_mad", "costs.central_mad", "costs.high_mad", "costs.year",
                "costs.status", "costs.source")  # fmt: skip
    for column, key in enumerate(headings):
        page.write_string(3, column, t(key))
    for row, cost in enumerate(means.costs.values(), 4):
        page.write_string(row, 0, t.label(cost.labels))
        page.write_string(row, 1, t(f"unit.{cost.unit}"))
        for column, amount in enumerate((cost.low_mad, cost.central_mad, cost.high_mad), 2):
            page.write_number(row, column, amount, amount_format)
        page.write_number(row, 5, cost.year)
        page.write_string(row, 6, t(f"norm_status.{cost.status}"))
        page.write_string(row, 7, " — ".join(in_words(text, t) for text in (cost.source.title, cost.source.publisher)))
    page.set_column(0, 0, 50)
    page.set_column(1, 6, 16)
    page.set_column(7, 7, 80)


def _page(book: xlsxwriter.Workbook, title: str, t: Translator) -> xlsxwriter.worksheet.Worksheet:
    page = book.add_worksheet(title)
    if t.direction == "rtl":
        page.right_to_left()
    return page
