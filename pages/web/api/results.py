"""Tables of results: pressures, intervals, what each figure is worth; the communes and the douars that they are of."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analytics.terms import read_terms
from data.douar_table import read_place_source
from pages.address.assumptions import LENS
from pages.address.selection import read_selection
from pages.figures.figures import Figures
from pages.print.tables.results import COLUMNS, build_result_table
from pages.print.tables.service_points import COLUMNS as POINT_COLUMNS
from pages.print.tables.service_points import build_point_table
from pages.web.api.parameters import ASSUMED, PLAIN_FORMS, SDMX_CSV, Question
from pages.web.api.resource import Resource
from pages.words.douars import COLUMNS as DOUAR_COLUMNS
from pages.words.douars import build_table, list_douars
from pages.words.view import View

_COMMUNE = (
    "commune_code", "name_fr", "name_ar", "area_type", "cercle_code", "cercle_fr", "cercle_ar", "in_programme", "note",
)  # fmt: skip
_WORTH = ("commune_code", "variable", "narrowing", "class_surer", "list_surer", "reference_date")
_INTERVALS = (
    "commune_code", "reference_date", "indicator_id", "estimate", "median", "low", "high", "probability_class_1",
    "probability_class_2", "probability_class_3", "probability_class_4", "probability_class_5", "probability_high", "rank",
    "rank_low", "rank_high", "expected_rank", "first_10", "first_20",
)  # fmt: skip


def _communes(question: Question) -> pd.DataFrame:
    figures = question.figures
    communes = figures.communes[figures.communes["commune_code"].isin(question.communes)]
    notes = [_note(figures, code) for code in communes["commune_code"]]
    return communes[list(_COMMUNE[:-1])].assign(note=pd.Series(notes, index=communes.index, dtype=object))


def _note(figures: Figures, commune_code: str) -> dict[str, str] | None:
    note = figures.records.notes.get(commune_code)
    if note is None:
        return None
    return {"text": note.text, "author_role": note.author_role, "written_at": f"{note.written_at.isoformat()}Z"}


def _pressure(question: Question) -> pd.DataFrame:
    asked = question.results, question.months, question.communes
    return build_result_table(question.figures, question.t, *asked)


def _intervals(question: Question) -> pd.DataFrame:
    drawn = question.figures.intervals(question.month)
    chosen = drawn["indicator_id"].isin(question.results) & drawn["commune_code"].isin(question.communes)
    return drawn[chosen].assign(reference_date=f"{question.month:%Y-%m}").reindex(columns=list(_INTERVALS))


def _worth(question: Question) -> pd.DataFrame:
    table = question.figures.worth(question.month)
    own = table[table["commune_code"].isin(question.communes)]
    return own.assign(reference_date=f"{question.month:%Y-%m}")[list(_WORTH)]


def _douars(question: Question) -> pd.DataFrame:
    view = View(question.figures, read_selection(question.figures, {}), question.t)
    return build_table(view, list_douars(view, list(question.communes)))


def _service_points(question: Question) -> pd.DataFrame:
    view = View(question.figures, read_selection(question.figures, {}), question.t)
    return build_point_table(view, question.communes)


def _places_licence(figures: Figures) -> dict[str, Any]:
    """Licence and attribution of the coordinates, for whoever passes them on; null where there are none."""
    source = read_place_source(figures.province)
    return {"licence_of_places": f"{source['licence']}: {source['attribution']}" if source else None}


COMMUNES = Resource("communes", "communes", _COMMUNE, _communes, ("commune",))
DOUARS = Resource("douars", "douars", DOUAR_COLUMNS, _douars, ("commune",), head=_places_licence)
SERVICE_POINTS = Resource(
    "service_points", "service_points", POINT_COLUMNS, _service_points, ("commune", LENS), head=_places_licence
)
PRESSURE = Resource(
    "pressure",
    "results",
    COLUMNS,
    _pressure,
    ("date", "indicator", "commune", *ASSUMED),
    (*PLAIN_FORMS, SDMX_CSV),
    # The pressures of school cycles by name, the cycles that a commune has not as a list.
    {"pressure_by_term": read_terms, "absent_terms": str.split},
)
INTERVALS = Resource("intervals", "intervals", _INTERVALS, _intervals, ("date", "indicator", "commune", *ASSUMED))
WORTH = Resource("worth", "worth", _WORTH, _worth, ("date", "commune", *ASSUMED))
