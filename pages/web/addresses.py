"""Addresses that people type: what is known is led to, what is not is told so with the nearest there is, never by another commune."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlencode

from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Match

from data.i18n import DEFAULT_LANGUAGE, Translator, load_texts
from data.loaders.slips import DefinitionsError
from data.province import Province
from data.reference_files import read_communes
from pages.address.guess import Guess, guess_address, recognise, search
from pages.address.province import read_province
from pages.address.short import SHORT, lengthen
from pages.html import fill
from pages.web.access import Need, need_of
from pages.web.gate import person_of
from pages.web.guard import API, answer
from pages.web.reader import translator_of

# Streamlit's own addresses, and those of files that a screen offers.
STREAMLIT = ("/_stcore/", "/static/", "/app/static/", "/media/", "/component/", "/auth/", "/oauth2callback", "/assets/")
# What a machine of the administration may ask for where it is switched on (Prometheus).
METRICS, METRICS_VARIABLE = "/_stcore/metrics", "SERVICE_PRESSURE_METRICS"
PAGES = ("/", "/index.html")
# Names of communes in a path of a paper are read, too.
PAPERS = ("/sheet/",)
_SHOWN = 40
# Screens that a commune is looked for on: offered where nothing is near what was asked.
SEARCHED = ("map", "commune", "places", "compare", "council")


class KnownAddresses:
    """Leads a typed address to its screen, answers 404 for what is neither a screen nor a route nor a file: Streamlit sends its page
    for any address.

    Args:
        routes: our own.
    """

    def __init__(self, app: Any, routes: Sequence[BaseRoute]) -> None:
        self.app, self.routes = app, routes

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        elsewhere = _lead(scope) if scope["method"] in ("GET", "HEAD") else None
        if elsewhere is not None:
            await elsewhere(scope, receive, send)
        elif self._is_known(scope):
            await self.app(scope, receive, send)
        elif "." in scope["path"].rsplit("/", 1)[-1]:
            # A file of Streamlit's own, or its page in the place of one that is not there.
            await self.app(scope, receive, _NoPage(scope, receive, send))
        else:
            await not_found(scope)(scope, receive, send)

    def _is_known(self, scope: Any) -> bool:
        path = scope["path"]
        if path == METRICS:
            return bool(os.environ.get(METRICS_VARIABLE))
        is_ours = any(route.matches(scope)[0] is not Match.NONE for route in self.routes)
        return is_ours or path in PAGES or path.startswith(STREAMLIT) or path.strip("/") in screens()


class OpenScreens:
    """Answers 403 for a screen that the role has not, and leads to the bare address for its first one: Streamlit knows that screen
    there only, and would show it under a message that there is no such page. Behind the gate; whoever has no screen yet is told so
    on the page."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        # The start of the server comes by here too, and names no path.
        name = scope["path"].strip("/") if scope["type"] == "http" else ""
        if name in screens():
            viewer = person_of(HTTPConnection(scope)).viewer
            if viewer.screens and name == viewer.screens[0]:
                await _redirect(scope, "", {})(scope, receive, send)
                return
            if viewer.screens and not viewer.opens(name):
                t = translator_of(HTTPConnection(scope))
                message = t("address.not_yours", screen=t(f"screen.{name}"))
                links = [{"href": _relative(scope, s), "name": t(f"screen.{s}")} for s in viewer.screens]
                page = fill(
                    "sheet_problem", t, title=t("address.not_yours_title"), message=message, links=links, way_on=None
                )
                await HTMLResponse(page, 403, {"cache-control": "no-store"})(scope, receive, send)
                return
        await self.app(scope, receive, send)


class _NoPage:
    """Sends what comes, unless it is a page."""

    def __init__(self, scope: Any, receive: Any, send: Any) -> None:
        self.scope, self.receive, self.send, self.is_page = scope, receive, send, False

    async def __call__(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            kind = dict(message["headers"]).get(b"content-type", b"")
            self.is_page = kind.startswith(b"text/html") and message["status"] == 200
            if self.is_page:
                await not_found(self.scope)(self.scope, self.receive, self.send)
        if not self.is_page:
            await self.send(message)


def screens() -> set[str]:
    """Names of the screens: each has the text that names it in the navigation."""
    return {key.removeprefix("screen.") for key in load_texts(DEFAULT_LANGUAGE) if key.startswith("screen.")}


def not_found(scope: Any) -> Response:
    """404: a sentence for a program, a page with what may have been meant for a person."""
    if scope["path"].startswith((API, *STREAMLIT)):
        return answer(scope, "not_found", 404)
    province = read_province(HTTPConnection(scope).query_params)
    guess = guess_address(scope["path"], province)
    path = scope["path"].strip("/")
    return _suggest(scope, path.rsplit("/", 1)[-1] if guess.screen else path, guess, province)


def _lead(scope: Any) -> Response | None:
    """Where a typed address leads; None for one that stands as it is, or that nobody knows."""
    path, asked = scope["path"], HTTPConnection(scope).query_params
    if path.startswith(SHORT):
        return _lead_short(scope, path.removeprefix(SHORT))
    if not _is_page(path):
        return None
    try:
        province = read_province(asked)
        if path.strip("/") in screens() and path.endswith("/"):
            return _redirect(scope, path.strip("/"), {})
        if path.strip("/") in screens() or path in PAGES:
            return _settle_commune(scope, asked.get("commune", ""), province)
        guess = guess_address(path, province)
    except DefinitionsError:
        # Said by the page itself, with file and line.
        return None
    return _redirect(scope, guess.address(), guess.parameters()) if guess.is_known else None


def _is_page(path: str) -> bool:
    """Whether an address is one of pages, or of a paper that names a commune in words."""
    if any(part in ("", ".", "..") for part in path.rstrip("/").split("/")[1:]) or "\\" in path:
        return False
    if path.startswith(PAPERS):
        return path.count("/") == 2 and not path.endswith(".pdf") and not path.rsplit("/", 1)[-1][:1].isdigit()
    return need_of(path) is Need.SCREENS


def _settle_commune(scope: Any, named: str, province: Province) -> Response | None:
    """A screen is asked for with a commune: by its code it stands; by a name it is led to; an unknown one is told so."""
    if not named or named in set(read_communes(province)["commune_code"]):
        return None
    if code := recognise(named, province):
        return _redirect(scope, scope["path"].strip("/"), {"commune": code})
    return _suggest(scope, named, Guess(scope["path"].strip("/"), near_communes=search(named, province)), province)


def _lead_short(scope: Any, token: str) -> Response | None:
    found = lengthen(token)
    if found is None or found[0] not in screens():
        return None
    screen, parameters = found
    return _redirect(scope, "" if screen == "overview" else screen, parameters)


def _redirect(scope: Any, address: str, parameters: dict[str, str]) -> Response:
    asked = dict(HTTPConnection(scope).query_params) | parameters
    query = f"?{urlencode(asked)}" if asked else ""
    return RedirectResponse(_relative(scope, address) + query, 307)


def _relative(scope: Any, address: str) -> str:
    """An address below the application's own, as seen from the one that was asked for: it holds behind a proxy with a prefix."""
    return "../" * (scope["path"].count("/") - 1) + quote(address) or "./"


def _suggest(scope: Any, named: str, guess: Guess, province: Province) -> Response:
    """404 with the nearest screens and communes, those to search on where nothing is near, and the way to the first page."""
    asked = HTTPConnection(scope).query_params
    t = Translator(translator_of(HTTPConnection(scope)).language, province)
    kept = {k: v for k, v in asked.items() if k != "commune"} | {"lang": t.language}
    names = read_communes(province).set_index("commune_code")["name_ar" if t.language == "ar" else "name_fr"]

    def link(address: str, name: str, **further: str) -> dict[str, str]:
        return {"href": f"{_relative(scope, address)}?{urlencode(kept | further)}", "name": name}

    paper_or_screen = "" if guess.screen in ("", "overview") else guess.screen
    links = [link("" if s == "overview" else s, t(f"screen.{s}")) for s in guess.near_screens]
    links += [_commune_link(link, paper_or_screen or "commune", code, names[code]) for code in guess.near_communes]
    is_near = bool(links)
    links = links or [link(s, t(f"screen.{s}")) for s in SEARCHED]
    key = "address.commune_unknown" if guess.screen and guess.screen not in guess.near_screens else "address.unknown"
    message = t(key, asked=f"\u2068{named[:_SHOWN]}\u2069") + " " + t("address.near" if is_near else "address.none_near")
    words = {
        "title": t("guard.not_found_title"),
        "message": message,
        "links": links,
        "way_on": link("", t("address.first_page")),
    }
    return HTMLResponse(fill("sheet_problem", t, **words), 404, {"cache-control": "no-store"})


def _commune_link(link: Any, screen: str, code: str, name: str) -> dict[str, str]:
    return dict(link(f"{screen}/{code}", name)) if screen == "sheet" else dict(link(screen, name, commune=code))
