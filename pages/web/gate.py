"""The gate: every request and every websocket passes it, and has a person, or is turned away."""

from __future__ import annotations

import ipaddress
import logging
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from data import audit
from data.i18n import DEFAULT_LANGUAGE, LANGUAGES, Translator
from data.people import handed_on, sessions
from data.people.roles import Right
from data.people.setting import Mode, Setting, read_setting
from data.people.viewer import NOBODY, ONE_PERSON, Person
from pages.html import fill
from pages.web import way_on
from pages.web.access import Need, need_of
from pages.web.identity import Found, identify, is_proven, read_cookie

_LOG = logging.getLogger(__name__)
# What a person opens and reads.
_READ = (Need.SCREENS, Right.PAPERS, Right.RECORDS)
# Closes a websocket before it is opened; the browser sees that it was refused.
_UNAUTHORISED = 4401
# Whoever stands in between on the way from another machine.
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")


def person_of(asked: HTTPConnection) -> Person:
    """Whoever asks, as the gate found out; nobody where no gate was passed."""
    found: Person = asked.scope.get("person", NOBODY)
    return found


class Gate:
    """ASGI middleware: decides by the table of ``pages.web.access``; hands on the person in the scope, and to the script of a
    websocket in headers that no client can write.

    Args:
        setting: how people sign in; that of the environment, read when the first request comes, where none is given.
    """

    def __init__(self, app: Any, setting: Setting | None = None) -> None:
        self.app = app
        self.setting = setting

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        setting = self.setting or read_setting()
        asked, need = HTTPConnection(scope), need_of(scope["path"])
        found = await self._find(asked, setting, need)
        if found is None:
            await _turn_away(scope, receive, send, _elsewhere(asked))
            return
        if not _passes(found, need):
            await _turn_away(scope, receive, send, _refusal(asked, found.person, setting))
            return
        if scope["type"] == "http" and setting.mode is Mode.OPENID and (further := way_on.lead_on(asked)):
            await _turn_away(scope, receive, send, further)
            return
        ours = {handed_on.HEADER: handed_on.write(found.person), handed_on.ACCOUNT_HEADER: found.person.actor}
        kept = [(name, value) for name, value in scope["headers"] if name.decode("latin-1") not in ours]
        if scope["type"] == "websocket":
            kept += [(name.encode(), value.encode()) for name, value in ours.items()]
        await self.app({**scope, "headers": kept, "person": found.person}, receive, send)

    async def _find(self, asked: HTTPConnection, setting: Setting, need: object) -> Found | None:
        """Whoever asks; None for another machine in the open mode."""
        if setting.mode is Mode.OPEN:
            return Found(ONE_PERSON) if _is_this_machine(asked, setting) else None
        if asked.scope["path"] == "/auth/logout":
            await run_in_threadpool(_end_session, asked)
        return Found(NOBODY) if need is Need.ANYONE else await run_in_threadpool(identify, asked, setting)


def _passes(found: Found, need: object) -> bool:
    if need is Need.ANYONE:
        return True
    if need is Need.SCREENS:
        # Somebody without a role yet is told so on the page; a token opens no page.
        return not found.by_token and found.person != NOBODY
    return found.person.may(need)  # type: ignore[arg-type]


def _is_this_machine(asked: HTTPConnection, setting: Setting) -> bool:
    """Whether nobody else can be asking: from this machine, and through no proxy but our own, which proves itself and says that it
    was asked from this machine (``make serve``)."""
    forwarded = [asked.headers[name] for name in _FORWARDED if name in asked.headers]
    if forwarded and not (setting.proxy_secret and is_proven(asked, setting)):
        return False
    named = [part.strip() for value in forwarded for part in value.split(",")]
    # A socket that has no address is of this machine.
    is_here = asked.client is None or _is_loopback(asked.client.host, otherwise=True)
    return is_here and all(_is_loopback(address, otherwise=False) for address in named)


def _is_loopback(address: str, *, otherwise: bool) -> bool:
    """Whether an address is of this machine; ``otherwise`` for what is none."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return otherwise


def _end_session(asked: HTTPConnection) -> None:
    cookie = read_cookie(asked)
    person = NOBODY if cookie is None else sessions.end(cookie.session)
    if person != NOBODY:
        audit.record(person.actor, "sign-out")


def _refusal(asked: HTTPConnection, person: Person, setting: Setting) -> Response:
    """To sign in, or that the role does not reach so far; in JSON for a program."""
    t, known = _translator(asked), person.account != "" or (setting.public and person != NOBODY)
    status = 403 if known else 401
    if asked.scope["path"].startswith("/api"):
        headers = {} if known else {"www-authenticate": "Bearer"}
        error = {"error": "not_allowed" if known else "sign_in", "message": t(f"accounts.{status}")}
        return JSONResponse(error, status, headers)
    # A link to a paper is sent on as one to a screen is; what another site frames can lead to no sign-in.
    is_read = need_of(asked.scope["path"]) in _READ and not asked.scope["path"].startswith("/embed")
    is_page = is_read and "text/html" in asked.headers.get("accept", "")
    if is_page and not known:
        # Relative, so that the application may stand under a path of its own.
        up = "../" * (asked.scope["path"].count("/") - 1)
        to_sign_in = RedirectResponse(f"{up}sign-in?lang={t.language}", 303)
        return way_on.remember(asked, to_sign_in) if setting.mode is Mode.OPENID else to_sign_in
    return page(t, f"{status}_title", f"{status}", status, asked)


def _elsewhere(asked: HTTPConnection) -> Response:
    _LOG.warning("open mode: refused a request that does not come from this machine")
    return page(_translator(asked), "open_title", "open_elsewhere", 403, asked)


def page(t: Translator, title: str, message: str, status: int, _asked: HTTPConnection) -> HTMLResponse:
    """A page of two sentences."""
    words = {"title": t(f"accounts.{title}"), "message": t(f"accounts.{message}"), "way_on": None, "links": ()}
    return HTMLResponse(fill("sheet_problem", t, **words), status)


def _translator(asked: HTTPConnection) -> Translator:
    language = asked.query_params.get("lang", "")
    return Translator(language if language in LANGUAGES else DEFAULT_LANGUAGE)


async def _turn_away(scope: Any, receive: Any, send: Any, response: Response) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": _UNAUTHORISED})
        return
    response.headers["cache-control"] = "no-store"
    await response(scope, receive, send)
