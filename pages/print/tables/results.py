"""Results as a table: the columns of the API, of the CSV file and of the workbook, the same everywhere."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pandas as pd
import xlsxwriter

from analytics.assumptions import NormProfile
from analytics.drawn_results import CLASS_COLUMNS
from analytics.model import Definitions, Provenance
from analytics.norms import NormValue, least_certain
from data.exporting.columns import hxl_tags, write_table
from data.exporting.inert import inert_text
from data.i18n import Translator
from data.source_words import in_words
from pages.figures.figures import Figures
from pages.print.tables.notes import write_notes
from pages.words.class_words import list_classes
from pages.words.sign_offs import read_state

# What the draws of the errors of measurement say of a result: its 5–95 % interval in the unit of its class, and its classes.
DRAWN = ("low", "high", *CLASS_COLUMNS, "probability_high")
COLUMNS = (
    "commune_code", "commune_name", "reference_date", "indicator_id", "indicator_label", "unit", "value", "numerator",
    "denominator", "norm_id", "norm_value", "norm_profile", "norm_status", "norm_source", "norm_valid_on", "pressure",
    "pressure_without_displaced", "worst_term", "pressure_by_term", "absent_terms", "severity_class", "severity_label",
    "severity_class_low", "severity_class_high", "lifted_by", "score", "gap_to_norm", "status", "provenance", "reliability",
    "low", "high", "probability_class_1", "probability_class_2", "probability_class_3", "probability_class_4",
    "probability_class_5", "probability_high", "worst_indicator", "score_low", "score_high", "figures_state",
)  # fmt: skip
_NUMBERS = (
    "value",
    "numerator",
    "denominator",
    "norm_value",
    "pressure",
    "pressure_without_displaced",
    "score",
    "gap_to_norm",
    *DRAWN,
    "score_low",
    "score_high",
)
_CLASSES = ("severity_class", "severity_class_low", "severity_class_high")
_WIDE = ("commune_name", "indicator_label")


def build_result_table(
    figures: Figures, t: Translator, result_ids: Sequence[str], months: Sequence[pd.Timestamp], communes: Sequence[str]
) -> pd.DataFrame:
    """Results of indicators, sectors or the composite, one row a commune, month and result, in the order of ``COLUMNS``.

    Numbers are exact and missing where they are not known; ``reference_date`` is text, ``YYYY-MM``.
    """
    frame = pd.concat([figures.results[i] for i in result_ids], ignore_index=True)
    frame = frame[frame["reference_date"].isin(list(months)) & frame["commune_code"].isin(list(communes))]
    drawn = pd.concat({month: figures.intervals(month)[list(DRAWN)] for month in months}, names=["reference_date"])
    names = figures.communes["name_ar" if t.language == "ar" else "name_fr"]
    definitions = figures.definitions
    keys = ["reference_date", "indicator_id", "commune_code"]
    labels = {i: t.label(definitions.labels(i)) for i in result_ids}
    units = {i: _unit(definitions, i) for i in result_ids}
    return frame.join(drawn, on=keys).assign(
        commune_name=frame["commune_code"].map(names),
        indicator_label=[labels[i] for i in frame["indicator_id"]],
        unit=[units[i] for i in frame["indicator_id"]],
        severity_label=_name_classes(definitions, frame, t),
        **_norms_in_force(figures, frame, t),
        figures_state=_states(figures, frame),
        reference_date=frame["reference_date"].dt.strftime("%Y-%m"),
    )[list(COLUMNS)]


def _states(figures: Figures, frame: pd.DataFrame) -> list[str]:
    """How far the month of each row is signed off; empty where the commune has no figure of its own in it."""
    keys = list(zip(frame["commune_code"], frame["reference_date"], strict=True))
    found = {key: read_state(figures, *key) for key in dict.fromkeys(keys)}
    states = {key: "" if one is None else one.state for key, one in found.items()}
    return [states[key] for key in keys]


def _name_classes(definitions: Definitions, frame: pd.DataFrame, t: Translator) -> list[str]:
    """What the class of each row is called, in the words of its kind; empty where there is none."""
    names = {i: ["", *(line.label for line in list_classes(definitions, i, t))] for i in frame["indicator_id"].unique()}
    classes = frame["severity_class"].fillna(0).astype(int)
    return [names[i][severity] for i, severity in zip(frame["indicator_id"], classes, strict=True)]


def _norms_in_force(figures: Figures, frame: pd.DataFrame, t: Translator) -> dict[str, list[str]]:
    """What stands behind the norm of each row: profile, the least firm status, sources, the day it was last known to hold."""
    profile, norms = figures.assumptions.profile, figures.definitions.norms
    keys = list(zip(frame["norm_id"], frame["reference_date"], strict=True))
    known = {
        (ids, month): [norms[norm_id].in_force(month.date(), profile) for norm_id in ids.split("+")] if ids else []
        for ids, month in dict.fromkeys(keys)
    }
    described = {key: _describe_norms(values, profile, t) for key, values in known.items()}
    return {column: [described[key][column] for key in keys] for column in NORM_COLUMNS}


NORM_COLUMNS = ("norm_profile", "norm_status", "norm_source", "norm_valid_on")


def _describe_norms(values: list[NormValue], profile: NormProfile, t: Translator) -> dict[str, str]:
    """The values behind one norm (several for a mean over cycles) as the columns ``NORM_COLUMNS``; empty where there is none."""
    if not values:
        return dict.fromkeys(NORM_COLUMNS, "")
    # A value of the profile that was asked for stands for all; without one, the values are those of another profile.
    of_profile = [value for value in values if value.profile is profile]
    still_valid = [value.last_value_still_valid_on for value in values if value.last_value_still_valid_on]
    return {
        "norm_profile": (of_profile or values)[0].profile.value,
        "norm_status": least_certain(value.status for value in values).value,
        "norm_source": " ; ".join(dict.fromkeys(in_words(value.source.title, t) for value in values)),
        "norm_valid_on": f"{min(still_valid):%Y-%m-%d}" if still_valid else "",
    }


def write_csv(table: pd.DataFrame, *, hxl: bool = False, name: str = "") -> bytes:
    """The table as CSV: UTF-8 with a mark, so that a spreadsheet reads its letters; no text that one would run.

    Args:
        hxl: write the row of HXL tags under the headings.
        name: which table it is, where a column means something else in it (``data.exporting.columns``).
    """
    safe = table.apply(lambda column: column.map(lambda v: inert_text(v) if isinstance(v, str) else v))
    return write_table(safe, name, hxl=hxl).encode("utf-8-sig")


def write_workbook(table: pd.DataFrame, figures: Figures, t: Translator, *, hxl: bool = False) -> bytes:
    """The table as XLSX: a real table with number formats, and a sheet of notes; text is written as text, never as a formula.
    ``hxl``: with the row of HXL tags under the headings."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        _write_results(book, table, t, hxl=hxl)
        norms = {norm_id for joined in table["norm_id"].unique() for norm_id in joined.split("+")}
        write_notes(book, figures, t, norms, Provenance.DEMONSTRATION.value in set(table["provenance"]))
    return target.getvalue()


def write_hxl_row(page: Any, names: Sequence[str], table: str = "") -> int:
    """Write the HXL tags of some columns under their headings; the row of the first figures."""
    for column, tag in enumerate(hxl_tags(names, table)):
        page.write_string(1, column, tag)
    return 2


def _unit(definitions: Definitions, result_id: str) -> str:
    return definitions.indicators[result_id].unit if result_id in definitions.indicators else ""


def _write_results(book: xlsxwriter.Workbook, table: pd.DataFrame, t: Translator, *, hxl: bool) -> None:
    page = book.add_worksheet(t("table.title"))
    if t.direction == "rtl":
        page.right_to_left()
    number = book.add_format({"num_format": "#,##0.00"})
    words = table.assign(
        status=table["status"].map(lambda s: t(f"status.{s}")),
        provenance=table["provenance"].map(lambda p: t(f"provenance.{p}") if p else ""),
        unit=table["unit"].map(lambda u: t(f"unit.{u}") if u else ""),
        norm_profile=table["norm_profile"].map(lambda p: t(f"norms.{p}") if p else ""),
        norm_status=table["norm_status"].map(lambda s: t(f"norm_status.{s}") if s else ""),
    )
    first = write_hxl_row(page, COLUMNS) if hxl else 1
    for row, values in enumerate(words.itertuples(index=False), first):
        for column, (name, value) in enumerate(zip(COLUMNS, values, strict=True)):
            if name in _NUMBERS or name in _CLASSES:
                if pd.notna(value):
                    page.write_number(row, column, float(value), number if name in _NUMBERS else None)
            else:
                page.write_string(row, column, str(value))
    headings = [{"header": t(f"column.{name}")} for name in COLUMNS]
    last = max(len(table) + first - 1, 1)
    page.add_table(0, 0, last, len(COLUMNS) - 1, {"columns": headings, "style": "Table Style Light 1"})
    for column, name in enumerate(COLUMNS):
        page.set_column(column, column, 30 if name in _WIDE else 14)
    page.freeze_panes(1, 2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
