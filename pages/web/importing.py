"""``POST /api/v1/import``: a program sends files with a token; the same checks and the same report as ``data import --json``."""

from __future__ import annotations

import asyncio
from pathlib import PurePath

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from data.actor import acting_as
from data.answer import REFUSED, Answer
from data.i18n import DEFAULT_LANGUAGE, LANGUAGES, Translator
from data.importing.reading.limits import MAXIMUM_BYTES
from data.people.tokens import bearer
from data.people.viewer import NOBODY, Person
from data.province import Province, find_province, offered_provinces
from data.store import Store, StoreError
from pages.web.gate import person_of
from pages.web.identity import BEARER

PARAMETERS = ("province", "lang", "name", "confirm", "dry_run")
# What a file is called where its sender does not say: the reader goes by the content.
_NAMES = {
    "application/json": "import.json",
    "text/csv": "import.csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "import.xlsx",
    "application/vnd.oasis.opendocument.spreadsheet": "import.ods",
    "application/vnd.ms-excel": "import.xls",
    "application/zip": "import.zip",
}
MOST_FILES, SECONDS = 10, 60.0
FORM = "multipart/form-data"

Contents = list[tuple[str, bytes]]


class _CallError(Exception):
    """A call that is not answered: with which status, by which name, and the text that says why."""

    def __init__(self, status: int, error: str, **values: object) -> None:
        super().__init__(error)
        self.status, self.error, self.values = status, error, values


async def import_files(request: Request) -> JSONResponse:
    """Judge and keep what is sent: one file as the body, or several as the fields of a form.

    ``province``, ``lang`` of the report, ``name`` of the file, ``confirm=1`` accepts what a file only suggests, ``dry_run=1`` keeps
    nothing. 200 with the report, 422 with it where a file is refused; 400, 401, 403, 405, 408, 413, 503 with an error.
    """
    t = _translator(request)
    try:
        if request.method != "POST":
            raise _CallError(405, "post_asked")
        person, province = await _person(request), _province(request)
        is_confirmed, is_trial = (_switch(request, name) for name in ("confirm", "dry_run"))
        try:
            async with asyncio.timeout(SECONDS):
                contents = await _contents(request)
        except TimeoutError:
            raise _CallError(408, "too_slow", seconds=int(SECONDS)) from None
        answer = await run_in_threadpool(_import, person, province, contents, t, is_confirmed, is_trial)
    except _CallError as error:
        said = {"error": error.error, "message": t(f"api.{error.error}", **error.values)}
        headers = {"www-authenticate": "Bearer"} if error.status == 401 else {}
        return JSONResponse(said, error.status, headers)
    except StoreError as error:
        status = 403 if error.key in ("store.role_may_not", "store.commune_not_own") else 503
        return JSONResponse({"error": error.key, "message": t(error.key, **error.values)}, status)
    return JSONResponse(answer.data, 422 if answer.code == REFUSED else 200, {"cache-control": "no-store"})


def _import(
    person: Person, province: Province, contents: Contents, t: Translator, is_confirmed: bool, is_trial: bool
) -> Answer:
    # Lazy import: reading workbooks loads openpyxl and RapidFuzz, which only a file needs.
    from data.import_command import import_contents

    with acting_as(person.actor):
        store = Store(province=province, writer=person)
        return import_contents(store, contents, t, is_confirmed=is_confirmed, is_trial=is_trial)


async def _person(request: Request) -> Person:
    """Whoever the token stands for. No session will do: what a browser sends by itself, another site can have it send."""
    found = person_of(request)
    if found.scopes is not None:
        return found
    authorization = request.headers.get("authorization", "")
    by_token = authorization[len(BEARER) :].strip() if authorization.lower().startswith(BEARER) else ""
    # In the open mode the gate asks nobody who they are: a token is read here.
    person = await run_in_threadpool(bearer, by_token)
    if person == NOBODY:
        raise _CallError(401, "token_asked")
    return person


def _province(request: Request) -> Province:
    unknown = [name for name in request.query_params if name not in PARAMETERS]
    if unknown:
        raise _CallError(400, "parameter_unknown", name=unknown[0][:40], allowed=", ".join(PARAMETERS))
    offered, asked = [p.id for p in offered_provinces()], request.query_params.get("province")
    if asked is not None and asked not in offered:
        raise _CallError(400, "parameter_value", name="province", allowed=", ".join(offered))
    return find_province(asked)


def _switch(request: Request, name: str) -> bool:
    value = request.query_params.get(name, "0")
    if value not in ("0", "1"):
        raise _CallError(400, "parameter_value", name=name, allowed="0, 1")
    return value == "1"


async def _contents(request: Request) -> Contents:
    """The files by name, within the limits of size and number."""
    if int(request.headers.get("content-length") or 0) > MAXIMUM_BYTES:
        raise _CallError(413, "too_large", limit=MAXIMUM_BYTES // 1_000_000)
    is_form = request.headers.get("content-type", "").startswith(FORM)
    found = await (_form(request) if is_form else _body(request))
    if not any(content for _, content in found):
        raise _CallError(400, "nothing_sent")
    return found


async def _body(request: Request) -> Contents:
    return [(_name(request), await _whole(request))]


async def _whole(request: Request) -> bytes:
    content = bytearray()
    async for part in request.stream():
        content += part
        if len(content) > MAXIMUM_BYTES:
            raise _CallError(413, "too_large", limit=MAXIMUM_BYTES // 1_000_000)
    return bytes(content)


async def _form(request: Request) -> Contents:
    # A form without its length would be read to its end before anything of it is counted.
    if "content-length" not in request.headers:
        raise _CallError(413, "too_large", limit=MAXIMUM_BYTES // 1_000_000)
    try:
        async with request.form(max_files=MOST_FILES, max_fields=MOST_FILES) as form:
            files = [value for _, value in form.multi_items() if isinstance(value, UploadFile)]
            return [(_plain(file.filename or "import"), await file.read()) for file in files]
    except HTTPException:
        raise _CallError(400, "form_unreadable", most=MOST_FILES) from None


def _name(request: Request) -> str:
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    return _plain(request.query_params.get("name", "")) or _NAMES.get(kind, "import")


def _plain(name: str) -> str:
    """The last part of a name, as a browser of another system may write it."""
    return PurePath(name.replace("\\", "/")).name[:120]


def _translator(request: Request) -> Translator:
    asked = request.query_params.get("lang", "")
    return Translator(asked if asked in LANGUAGES else DEFAULT_LANGUAGE)
