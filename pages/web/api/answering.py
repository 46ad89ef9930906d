"""A call of the API from its address to its answer: whose figures, which snapshot, its mark; nothing computed twice."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from hashlib import sha256
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from analytics.last_asked import LastAsked
from data.i18n import DEFAULT_LANGUAGE, LANGUAGES, Translator
from data.store_error import StoreError
from pages.address.assumptions import read_assumptions
from pages.address.selection import name_file
from pages.figures.load import load_figures, published, trouble
from pages.web.api.forms import MEDIA_TYPES, SUFFIXES, encode_rows, write_json, write_table
from pages.web.api.parameters import (
    JSON,
    PARQUET,
    BadParameterError,
    NoSuchMonthError,
    Question,
    asked_province,
    read_question,
    require_known,
)
from pages.web.api.resource import Resource
from pages.web.gate import person_of
from pages.web.kept_answers import Answer, Kept, KeptAnswers
from pages.web.kept_tables import TABLES_KEPT, KeptTable
from pages.web.release import release

KEPT, TABLES = KeptAnswers(), LastAsked[KeptTable](TABLES_KEPT)
# What says which rows of a table leave, and in which form.
_OF_A_PAGE = ("limit", "offset", "format", "hxl")
# A browser or a program keeps the answer and asks each time whether it still holds; nobody in between keeps it for others.
CACHE_CONTROL, VARY = "private, no-cache", "Accept-Encoding, Authorization, Cookie"


def answer_resource(resource: Resource, request: Request) -> Response:
    """The answer of a table of the API."""
    return answer(request, resource.parameters, resource.forms, lambda question: _table(resource, question, request))


def _table(resource: Resource, question: Question, request: Request) -> Answer:
    def build() -> KeptTable:
        return KeptTable(resource.build(question), partial(encode_rows, resource))

    kept = build() if question.limit is None else TABLES.get(_mark(request, question, without=_OF_A_PAGE), build)
    total, first = len(kept.frame), question.offset
    last = total if question.limit is None else first + question.limit
    headers = {"x-total-count": str(total)}
    if links := _links(request, question, total):
        headers["link"] = links
    if question.form in SUFFIXES:
        month = (f"{question.month:%Y-%m}",) if "date" in resource.asks else ()
        name = name_file(question.figures.assumptions, resource.name, *month, form=SUFFIXES[question.form])
        headers["content-disposition"] = f'attachment; filename="{name}"'
    if question.form == JSON:
        body = write_json(resource, kept.write(first, last), question, total)
    else:
        body = write_table(resource, kept.frame.iloc[first:last], question, total)
    return Answer(body, MEDIA_TYPES[question.form], headers, packs=question.form != PARQUET)


def _links(request: Request, question: Question, total: int) -> str:
    """The pages before and after one (RFC 8288), relative to the address that was asked."""
    if question.limit is None:
        return ""
    before, after = max(0, question.offset - question.limit), question.offset + question.limit
    ways = {"prev": before if question.offset else None, "next": after if after < total else None}
    asked = {name: value for name, value in request.query_params.items() if name != "offset"}
    return ", ".join(
        f'<?{urlencode({**asked, "offset": offset})}>; rel="{way}"' for way, offset in ways.items() if offset is not None
    )


def answer(request: Request, allowed: Sequence[str], forms: Sequence[str], build: Callable[[Question], Answer]) -> Response:
    """The answer to a call, or why there is none: 400 with the parameter and what it may hold, 503 without figures, 304 where the
    caller has the answer already."""
    asked = request.query_params
    try:
        province = asked_province(asked)
        require_known(asked, allowed)
        snapshot_id = published(province)
        if snapshot_id is None:
            if problem := trouble(province):
                raise problem
            remedy = f"python -m data init --territory {province.id}"
            return JSONResponse({"error": "store_empty", "remedy": remedy}, status_code=503)
        person = person_of(request)
        figures = load_figures(snapshot_id, read_assumptions(asked), province, viewer=person.viewer)
        question = read_question(asked, figures, forms, person)
        mark = _mark(request, question)
        if _has_it(request, mark):
            return Response(status_code=304, headers=_headers(mark))
        return _send(request, KEPT.find(mark, lambda: build(question)), mark)
    except BadParameterError as error:
        return JSONResponse(_said(error), status_code=404 if isinstance(error, NoSuchMonthError) else 400)
    except StoreError as error:
        language = asked.get("lang", "")
        t = Translator(language if language in LANGUAGES else DEFAULT_LANGUAGE)
        return JSONResponse({"error": error.key, "message": t(error.key, **error.values)}, status_code=503)


def _said(error: BadParameterError) -> dict[str, str]:
    return {
        "error": "no_such_month" if isinstance(error, NoSuchMonthError) else "bad_parameter",
        "parameter": error.parameter,
        "value": error.value[:100],
        "allowed": error.allowed,
    }


def _mark(request: Request, question: Question, without: Collection[str] = ()) -> str:
    """The mark of an answer (ETag): snapshot, definitions, whose figures, what is asked, and the code that answers; ``without`` some
    parameters, that of the table which pages are taken from."""
    figures = question.figures
    asked = [(name, value) for name, value in sorted(request.query_params.items()) if name not in without]
    told = (
        release(), figures.province.id, figures.snapshot_id, figures.definition_set.digest, repr(figures.viewer),
        request.url.path, asked,
    )  # fmt: skip
    # As a list that is written out: joined by a sign, a value that holds the sign would pass for several.
    return sha256(repr(told).encode()).hexdigest()[:32]


def _has_it(request: Request, mark: str) -> bool:
    return f'W/"{mark}"' in (part.strip() for part in request.headers.get("if-none-match", "").split(","))


def _headers(mark: str) -> dict[str, str]:
    return {"etag": f'W/"{mark}"', "cache-control": CACHE_CONTROL, "vary": VARY}


def _send(request: Request, kept: Kept, mark: str) -> Response:
    headers = {**_headers(mark), **kept.answer.headers}
    if kept.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(kept.packed, media_type=kept.answer.media_type, headers={**headers, "content-encoding": "gzip"})
    return Response(kept.answer.body, media_type=kept.answer.media_type, headers=headers)
