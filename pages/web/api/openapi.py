"""The OpenAPI 3.1 document, made from the table of resources, and a page that shows it without anything from another host."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from data.exporting.columns import ColumnType, LeavingColumn, name_in_words
from data.i18n import LANGUAGES, Translator
from data.province import offered_provinces
from pages.address.assumptions import LENS, OPTIONS
from pages.address.province import PARAMETER as PROVINCE
from pages.address.selection import territory_options
from pages.html import fill
from pages.web.api import pictures, territory
from pages.web.api.answering import answer
from pages.web.api.forms import MEDIA_TYPES
from pages.web.api.parameters import ALWAYS, DHIS2, JSON, LARGEST_NUMBER, Question
from pages.web.api.resource import Resource, of_what
from pages.web.api.resources import RESOURCES
from pages.web.kept_answers import Answer

VERSION = "1.0.0"
_TYPES: Mapping[ColumnType, Mapping[str, Any]] = {
    ColumnType.STRING: {"type": ["string", "null"]},
    ColumnType.INTEGER: {"type": ["integer", "null"]},
    ColumnType.NUMBER: {"type": ["number", "null"]},
    ColumnType.BOOLEAN: {"type": ["boolean", "null"]},
    ColumnType.MONTH: {"type": ["string", "null"], "pattern": r"^\d{4}-\d{2}$"},
    ColumnType.DATE: {"type": ["string", "null"]},
    ColumnType.DATETIME: {"type": ["string", "null"]},
    ColumnType.JSON: {"type": ["object", "array", "string", "null"]},
}
IMPORT = "/api/v1/import"
_IMPORT_ANSWERS = {"200": "report", "400": "bad_parameter", "401": "sign_in", "403": "not_allowed", "422": "refused_file",
                   "503": "unavailable"}  # fmt: skip
_REFUSALS = {"400": "bad_parameter", "401": "sign_in", "403": "not_allowed", "429": "busy", "503": "unavailable"}


@dataclass(frozen=True, slots=True)
class _File:
    """An address that answers a file: its kind, its parameters; ``key`` names its description."""

    path: str
    key: str
    media_type: str
    parameters: Sequence[str]
    named: bool = False


_FILES = (
    _File("/api/v1/communes.geojson", "communes_geojson", territory.GEOJSON, territory.PARAMETERS),
    _File("/api/v1/territory.gpkg", "territory_gpkg", territory.GEOPACKAGE, territory.PACKAGE_PARAMETERS),
    *(_File(f"/api/v1/map.{form}", "map", kind, pictures.PARAMETERS) for form, kind in pictures.MEDIA_TYPES.items()),
    *(
        _File(f"/api/v1/chart/{{name}}.{form}", "chart", kind, pictures.PARAMETERS, named=True)
        for form, kind in pictures.MEDIA_TYPES.items()
    ),
    _File("/embed/map", "embed_map", "text/html", pictures.PARAMETERS),
    _File("/embed/chart/{name}", "embed_chart", "text/html", pictures.PARAMETERS, named=True),
)
# Parameters that hold one value where a picture or a layer shows one result of one commune.
_ALONE = ("/api/v1/communes.geojson", *(f.path for f in _FILES if f.parameters is pictures.PARAMETERS))


def openapi(request: Request) -> Response:
    """``GET /openapi.json``: the document, with the months, results, communes and variables that there are."""
    return answer(request, ALWAYS, (JSON,), lambda question: _as_json(build_document(question)))


def api_page(request: Request) -> Response:
    """``GET /api/docs``: the document as a page, in the language of ``lang``."""
    return answer(request, ALWAYS, ("html",), _page)


def not_found(request: Request) -> Response:
    """Any other address below ``/api``: 404 in JSON, so that a program never takes a screen for an answer."""
    allowed = ", ".join((*(resource.path for resource in RESOURCES), *(f.path for f in _FILES), "/openapi.json"))
    return JSONResponse({"error": "not_found", "value": request.url.path[:100], "allowed": allowed}, status_code=404)


def build_document(question: Question) -> dict[str, Any]:
    """The OpenAPI document for the figures that a caller sees."""
    t = question.t
    tables = {resource.path: {"get": _operation(resource, question)} for resource in RESOURCES}
    files = {file.path: {"get": _file_operation(file, question)} for file in _FILES}
    return {
        "openapi": "3.1.0",
        "info": {"title": t("exchange.title", place=t.place), "version": VERSION, "description": t("api.lead")},
        "paths": {**tables, **files, IMPORT: {"post": _import_operation(t)}},
        "components": {
            "schemas": {**{_schema_name(r): _row_schema(r, t) for r in RESOURCES}, "Error": _error()},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"token": []}],
    }


def _import_operation(t: Translator) -> dict[str, Any]:
    """The one address that takes something in (``pages.web.importing``)."""
    schemas: dict[str, dict[str, Any]] = {
        **{name: {"type": "string"} for name in ("lang", "name", PROVINCE)},
        **{name: {"type": "string", "enum": ["0", "1"]} for name in ("confirm", "dry_run")},
    }
    parameters = [{"name": name, "in": "query", "required": False, "schema": schema} for name, schema in schemas.items()]
    report = {"application/json": {"schema": {"type": "object"}}}
    answers = {status: {"description": t(f"api.answer_{key}"), "content": report} for status, key in _IMPORT_ANSWERS.items()}
    body = {"schema": {"type": "string", "contentMediaType": "application/octet-stream"}}
    return {
        "operationId": "import_files",
        "summary": "import",
        "description": t("api.import"),
        "parameters": parameters,
        "requestBody": {"required": True, "content": {"application/octet-stream": body}},
        "responses": answers,
        "security": [{"token": []}],
    }


def _as_json(document: Mapping[str, Any]) -> Answer:
    return Answer(json.dumps(document, ensure_ascii=False).encode(), "application/json")


def _page(question: Question) -> Answer:
    document = build_document(question)
    page = fill("api_docs", question.t, document=document, operations=_listed(document), tags=_listed_columns(question.t))
    return Answer(str(page).encode(), "text/html; charset=utf-8")


def _listed(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "path": path,
            "description": said["get"]["description"],
            "parameters": [
                {"name": p["name"], "description": p["description"], "allowed": _values(p)}
                for p in said["get"]["parameters"]
            ],
            "forms": list(said["get"]["responses"]["200"]["content"]),
        }
        for path, said in document["paths"].items()
        if "get" in said
    ]


def _values(parameter: Mapping[str, Any]) -> str:
    """The values of a parameter in short: all of a few, the first and the last of many."""
    schema = parameter["schema"].get("items", parameter["schema"])
    values = [str(value) for value in schema.get("enum", ())]
    return ", ".join(values) if len(values) <= 8 else f"{values[0]} … {values[-1]}"


def _listed_columns(t: Translator) -> list[dict[str, Any]]:
    return [
        {"path": r.path, "columns": [{"name": c.name, "words": name_in_words(c.name, t), "hxl": c.hxl} for c in r.described]}
        for r in RESOURCES
    ]


def _operation(resource: Resource, question: Question) -> dict[str, Any]:
    t = question.t
    schema = {
        "type": "object",
        "required": [*of_what(question.figures), "total", resource.rows],
        "properties": {
            **{name: {"type": ["string", "null"]} for name in of_what(question.figures)},
            "total": {"type": "integer"},
            resource.rows: {"type": "array", "items": {"$ref": f"#/components/schemas/{_schema_name(resource)}"}},
        },
    }
    forms: dict[str, Any] = {MEDIA_TYPES[form]: {} for form in resource.forms if form != DHIS2} | {
        MEDIA_TYPES[JSON]: {"schema": _with_dhis2(resource, schema)}
    }
    return {
        "operationId": f"list_{resource.name}",
        "summary": f"{resource.name}",
        "description": t(f"api.{resource.name}"),
        "parameters": [_parameter(name, question, resource) for name in resource.parameters],
        "responses": _responses(forms, t, _absences(resource.parameters)),
    }


def _with_dhis2(resource: Resource, schema: dict[str, Any]) -> dict[str, Any]:
    """JSON is the table, or value sets where a resource has that form too."""
    if DHIS2 not in resource.forms:
        return schema
    values = {"type": "object", "required": ["dataValues"], "properties": {"dataValues": {"type": "array"}}}
    return {"oneOf": [schema, values]}


def _file_operation(file: _File, question: Question) -> dict[str, Any]:
    t = question.t
    named = {
        "name": "name", "in": "path", "required": True, "description": t("api.parameter_name"),
        "schema": {"type": "string", "enum": list(pictures.PICTURES)},
    }  # fmt: skip
    own = [named] if file.named else []
    return {
        "operationId": "get" + file.path.replace("/", "_").replace(".", "_").replace("{", "").replace("}", ""),
        "summary": file.key,
        "description": t(f"api.{file.key}"),
        "parameters": [*own, *(_parameter(name, question, file) for name in file.parameters)],
        "responses": _responses({file.media_type: {}}, t, _absences(file.parameters, file.named)),
    }


def _absences(parameters: Sequence[str], is_named: bool = False) -> list[str]:
    """Why an address may answer 404: no picture of a name, no month through a lens."""
    return [key for key, there in (("not_found", is_named), ("no_month", {"date", LENS} <= set(parameters))) if there]


def _responses(content: Mapping[str, Any], t: Translator, absences: Sequence[str]) -> dict[str, Any]:
    found = {
        "description": t("api.answer_200"),
        "headers": {"ETag": {"schema": {"type": "string"}}},
        "content": dict(content),
    }
    refusals = {status: _refusal(t, key) for status, key in _REFUSALS.items()}
    refusals |= {"404": _refusal(t, *absences)} if absences else {}
    return {"200": found, "304": {"description": t("api.answer_304")}, **refusals}


def _refusal(t: Translator, *keys: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    return {"description": " ".join(t(f"api.answer_{key}") for key in keys), "content": content}


def _parameter(name: str, question: Question, of: Resource | _File) -> dict[str, Any]:
    is_list = name in ("indicator", "commune", "variable", "need") and not (isinstance(of, _File) and of.path in _ALONE)
    schema = _schema_of(name, question, of)
    said = {"name": name, "in": "query", "required": False, "description": question.t(f"api.parameter_{name}")}
    if is_list:
        return {**said, "style": "form", "explode": False, "schema": {"type": "array", "items": schema, "minItems": 1}}
    return {**said, "schema": schema}


def _schema_of(name: str, question: Question, of: Resource | _File) -> dict[str, Any]:
    figures = question.figures
    if name in ("limit", "offset"):
        return {"type": "integer", "minimum": 1 if name == "limit" else 0, "maximum": LARGEST_NUMBER}
    values: Mapping[str, Sequence[str]] = {
        "date": [f"{month:%Y-%m}" for month in figures.months],
        "indicator": list(figures.results),
        "commune": figures.territory,
        "variable": list(figures.definition_set.variables),
        "need": list(figures.definition_set.means.needs),
        "territory": territory_options(figures),
        "format": of.forms if isinstance(of, Resource) else (),
        "hxl": ("0", "1"),
        "lang": tuple(LANGUAGES),
        "province": tuple(p.id for p in offered_provinces()),
        **OPTIONS,
    }
    return {"type": "string", "enum": list(values[name])}


def _schema_name(resource: Resource) -> str:
    return f"{resource.name.capitalize()}Row"


def _row_schema(resource: Resource, t: Translator) -> dict[str, Any]:
    properties = {c.name: _property(c, t) for c in resource.described}
    return {"type": "object", "required": list(properties), "additionalProperties": False, "properties": properties}


def _property(column: LeavingColumn, t: Translator) -> dict[str, Any]:
    return {**_TYPES[column.type], "description": name_in_words(column.name, t), "x-hxl": column.hxl}


def _error() -> dict[str, Any]:
    return {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}
