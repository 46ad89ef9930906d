"""The read-only API: communes, and pressure with everything that an outside reader needs to check a figure."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from analytics.terms import read_terms
from data.douar_table import read_place_source
from data.i18n import DEFAULT_LANGUAGE, LANGUAGES, Translator
from data.province import Province, find_province, offered_provinces
from data.store_error import StoreError
from pages.address.assumptions import OPTIONS, read_assumptions
from pages.address.province import PARAMETER
from pages.address.selection import read_selection
from pages.figures.figures import Figures
from pages.figures.load import load_figures, published, trouble
from pages.print.tables.results import build_result_table, write_csv
from pages.print.tables.support import build_support_table, build_wider_table
from pages.web.gate import person_of
from pages.words.douars import build_table, list_douars
from pages.words.view import View

FORMATS = ("json", "csv")
PRESSURE_PARAMETERS = ("date", "indicator", "commune", "format", "lang", PARAMETER, *OPTIONS)

SUPPORT_PARAMETERS = ("date", "commune", "need", "format", "lang", PARAMETER, *OPTIONS)
WORTH_PARAMETERS = tuple(name for name in PRESSURE_PARAMETERS if name != "indicator")


class BadParameterError(Exception):
    """A parameter that cannot be answered; ``allowed`` says what can."""

    def __init__(self, parameter: str, value: str, allowed: str) -> None:
        super().__init__(parameter)
        self.parameter = parameter
        self.value = value
        self.allowed = allowed


@dataclass(frozen=True, slots=True)
class _Question:
    """A call of ``/api/v1/pressure``, checked."""

    months: list[pd.Timestamp]
    results: list[str]
    communes: list[str]
    form: str
    t: Translator


def communes(request: Request) -> Response:
    """``GET /api/v1/communes``: code, names, area type, cercle, programme flag of every commune, and what it says of its own
    figures: ``note`` with its text, the role of its author and when it was written, null where there is none. ``province`` is the
    territory where several are offered, the default one otherwise."""
    return _answer(request, ("lang", PARAMETER), lambda figures: _list_communes(figures))


def pressure(request: Request) -> Response:
    """``GET /api/v1/pressure``: results with numerator, denominator, norm, class, status and provenance.

    ``date`` YYYY-MM (the latest month otherwise), ``indicator`` and ``commune`` ids separated by commas (all otherwise),
    ``format`` json or csv, ``lang`` of the labels, ``census``, ``basis`` and
    ``norms`` as on screen, ``province`` as for communes. 400 with a JSON error for anything else.
    """
    return _answer(request, PRESSURE_PARAMETERS, lambda figures: _list_pressure(figures, _read_question(request, figures)))


def worth(request: Request) -> Response:
    """``GET /api/v1/worth``: what each monthly figure is worth, the worthiest first.

    ``commune_code, variable, narrowing, class_surer, list_surer``, shares of 0–1; ``date``, ``commune``, ``format``, ``census``,
    ``basis``, ``norms`` and ``province`` as for pressure.
    """
    return _answer(request, WORTH_PARAMETERS, lambda figures: _list_worth(figures, _read_question(request, figures)))


def douars(request: Request) -> Response:
    """``GET /api/v1/douars``: the douars one by one with their lineage; what the census withholds is null, never zero.

    ``commune`` codes separated by commas (all otherwise), ``format`` json or csv, ``lang`` of the names, ``province``.
    """
    return _answer(request, ("commune", "format", "lang", PARAMETER), lambda figures: _list_douars(request, figures))


def support(request: Request) -> Response:
    """``GET /api/v1/support``: support against need by commune and need.

    ``need``, ``covered`` (the smaller of the need and of what is funded, under way or done), ``planned`` (the part of ``open`` that is
    only planned), ``open``, ``surplus``, in ``unit``; null where the need is not known. ``wider`` are the actions that name no
    commune. ``date``, ``commune``, ``format`` and assumptions as for pressure, ``need`` ids separated by commas.
    """
    return _answer(request, SUPPORT_PARAMETERS, lambda figures: _list_support(request, figures))


def not_found(request: Request) -> Response:
    """Any other address below ``/api``: 404 in JSON, so that a program never takes a screen for an answer."""
    allowed = "/api/v1/communes, /api/v1/douars, /api/v1/pressure, /api/v1/support, /api/v1/worth"
    return JSONResponse({"error": "not_found", "value": request.url.path[:100], "allowed": allowed}, status_code=404)


def _answer(request: Request, allowed: tuple[str, ...], build: Callable[[Figures], Response]) -> Response:
    try:
        province = _asked_province(request)
        snapshot_id = published(province)
        if snapshot_id is None:
            if problem := trouble(province):
                raise problem
            remedy = f"python -m data init --territory {province.id}"
            return JSONResponse({"error": "store_empty", "remedy": remedy}, status_code=503)
        unknown = [name for name in request.query_params if name not in allowed]
        if unknown:
            raise BadParameterError(unknown[0], request.query_params[unknown[0]], "parameters: " + ", ".join(allowed))
        for name in OPTIONS.keys() & request.query_params.keys():
            _one_of(request.query_params[name], name, OPTIONS[name])
        figures = load_figures(
            snapshot_id, read_assumptions(request.query_params), province, viewer=person_of(request).viewer
        )
        return build(figures)
    except BadParameterError as error:
        detail = {
            "error": "bad_parameter",
            "parameter": error.parameter,
            "value": error.value[:100],
            "allowed": error.allowed,
        }
        return JSONResponse(detail, status_code=400)
    except StoreError as error:
        language = request.query_params.get("lang", "")
        t = Translator(language if language in LANGUAGES else DEFAULT_LANGUAGE)
        return JSONResponse({"error": error.key, "message": t(error.key, **error.values)}, status_code=503)


def _asked_province(request: Request) -> Province:
    offered = tuple(p.id for p in offered_provinces())
    asked = request.query_params.get(PARAMETER)
    return find_province(None if asked is None else _one_of(asked, PARAMETER, offered))


def _read_question(request: Request, figures: Figures) -> _Question:
    asked = request.query_params
    months = {f"{m:%Y-%m}": m for m in figures.months}
    day = asked.get("date", "")
    month = _month_of(day)
    if day and month not in months:
        raise BadParameterError("date", day, f"YYYY-MM from {min(months)} to {max(months)}")
    return _Question(
        months=[months[month] if day else figures.months[-1]],
        results=_chosen(asked.get("indicator"), "indicator", list(figures.results)),
        communes=_chosen(asked.get("commune"), "commune", list(figures.territory)),
        form=_one_of(asked.get("format", FORMATS[0]), "format", FORMATS),
        t=Translator(_one_of(asked.get("lang", DEFAULT_LANGUAGE), "lang", tuple(LANGUAGES)), figures.province),
    )


def _month_of(text: str) -> str:
    """The month of a text; a day of the month is as good as its month, a day that does not exist is none."""
    try:
        return f"{date.fromisoformat(text):%Y-%m}" if len(text) == 10 else text
    except ValueError:
        return ""


def _chosen(text: str | None, parameter: str, known: list[str]) -> list[str]:
    if text is None:
        return known
    chosen = [part.strip() for part in text.split(",")]
    for part in chosen:
        _one_of(part, parameter, tuple(known))
    return chosen


def _one_of(value: str, parameter: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise BadParameterError(parameter, value, "one of: " + ", ".join(allowed))
    return value


def _list_communes(figures: Figures) -> Response:
    fields = ["commune_code", "name_fr", "name_ar", "area_type", "cercle_code", "cercle_fr", "cercle_ar", "in_programme"]
    rows = figures.communes[fields].to_dict("records")
    listed = [{**{k: _plain(v) for k, v in r.items()}, "note": _note(figures, r["commune_code"])} for r in rows]
    return JSONResponse({"province": figures.province.id, "snapshot": figures.snapshot_id, "communes": listed})


def _note(figures: Figures, commune_code: str) -> dict[str, str] | None:
    note = figures.records.notes.get(commune_code)
    return (
        None
        if note is None
        else {"text": note.text, "author_role": note.author_role, "written_at": f"{note.written_at.isoformat()}Z"}
    )


def _list_pressure(figures: Figures, question: _Question) -> Response:
    table = build_result_table(figures, question.t, question.results, question.months, question.communes)
    if question.form == "csv":
        name = f"pressure-{question.months[0]:%Y-%m}.csv"
        headers = {"content-disposition": f'attachment; filename="{name}"'}
        return Response(write_csv(table), media_type="text/csv; charset=utf-8", headers=headers)
    return JSONResponse({**_of_what(figures), "results": [_row(row) for row in table.to_dict("records")]})


def _list_worth(figures: Figures, question: _Question) -> Response:
    (month,) = question.months
    table = figures.worth(month)
    table = table[table["commune_code"].isin(question.communes)].assign(reference_date=f"{month:%Y-%m}")
    if question.form == "csv":
        headers = {"content-disposition": f'attachment; filename="worth-{month:%Y-%m}.csv"'}
        return Response(write_csv(table), media_type="text/csv; charset=utf-8", headers=headers)
    return JSONResponse({**_of_what(figures), "worth": table.to_dict("records")})


def _list_support(request: Request, figures: Figures) -> Response:
    question = _read_question(request, figures)
    (month,), listed = question.months, figures.definition_set.means.needs
    needs = _chosen(request.query_params.get("need"), "need", list(listed))
    table = build_support_table(figures, question.t, month, question.communes, needs)
    if question.form == "csv":
        headers = {"content-disposition": f'attachment; filename="support-{month:%Y-%m}.csv"'}
        return Response(write_csv(table), media_type="text/csv; charset=utf-8", headers=headers)
    rows, wider = (
        [{name: _plain(value) for name, value in row.items()} for row in found.to_dict("records")]
        for found in (table, build_wider_table(figures))
    )
    return JSONResponse({**_of_what(figures), "support": rows, "wider": wider})


def _of_what(figures: Figures) -> dict[str, str]:
    """Which figures an answer is made of."""
    return {
        "province": figures.province.id,
        "snapshot": figures.snapshot_id,
        "method_version": figures.definitions.method_version,
        "definitions": figures.definition_set.digest,
    }


def _list_douars(request: Request, figures: Figures) -> Response:
    asked = request.query_params
    codes = _chosen(asked.get("commune"), "commune", list(figures.territory))
    form = _one_of(asked.get("format", FORMATS[0]), "format", FORMATS)
    t = Translator(_one_of(asked.get("lang", DEFAULT_LANGUAGE), "lang", tuple(LANGUAGES)), figures.province)
    view = View(figures, read_selection(figures, {}), t)
    table = build_table(view, list_douars(view, codes))
    if form == "csv":
        headers = {"content-disposition": 'attachment; filename="douars.csv"'}
        return Response(write_csv(table), media_type="text/csv; charset=utf-8", headers=headers)
    rows = [{name: _plain(value) for name, value in row.items()} for row in table.to_dict("records")]
    of_what = {
        "province": figures.province.id,
        "snapshot": figures.snapshot_id,
        "licence_of_places": _places_licence(figures),
    }
    return JSONResponse({**of_what, "douars": rows})


def _places_licence(figures: Figures) -> str | None:
    """Licence and attribution of the coordinates, for whoever passes them on; null where there are none."""
    source = read_place_source(figures.province)
    return f"{source['licence']}: {source['attribution']}" if source else None


def _row(row: dict[Any, Any]) -> dict[str, Any]:
    """One result as JSON holds it: the pressures of school cycles by name, the cycles that a commune has not as a list."""
    plain = {name: _plain(value) for name, value in row.items()}
    return plain | {"pressure_by_term": read_terms(row["pressure_by_term"]), "absent_terms": row["absent_terms"].split()}


def _plain(value: Any) -> Any:
    """A value that JSON holds: missing is null."""
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    return value.item() if hasattr(value, "item") else value
