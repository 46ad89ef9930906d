"""What is asked of this installation at all: by a name that it goes by, and not more than it can do at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from cachetools import LRUCache
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from pages.html import fill
from pages.web.access import RECEIVED, is_computed
from pages.web.reader import translator_of

API = "/api"
TRY_AGAIN_LATER = 1013
# Papers and answers made at once; those that wait take no thread, so that screens and /healthz go on.
AT_ONCE, MOST_WAITING, PATIENCE = 2, 60, 30.0
# Files that a program sends: they take memory while they come, and come as slowly as their sender likes.
RECEIVED_AT_ONCE = 4
# Where a browser opens a page, and where it sends files.
STREAM, UPLOADS = "/_stcore/stream", "/_stcore/upload_file/"
# Of one address: so many computed answers in a row, then so many a second.
BURST, A_SECOND, MOST_ADDRESSES = 300, 5.0, 4096


class KnownHosts:
    """Refuses what is asked of another name than those of ``server.allowedHosts``: a page of the Internet whose name was turned to
    this machine (DNS rebinding) reads and writes nothing here. Streamlit looks at it for the websocket only.

    Of the websocket it also refuses what a page of another origin opens. Streamlit takes any port of a name of its own; a browser
    sends the cookies of a name to each of its ports, so that the page of another service there would act as whoever is signed in.
    """

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and not is_host_allowed(HTTPConnection(scope).headers.get("host")):
            await PlainTextResponse("unknown host; see server.allowedHosts", 400)(scope, receive, send)
            return
        if scope["type"] == "websocket" and not is_own_origin(HTTPConnection(scope).headers):
            await refuse_socket(receive, send)
            return
        await self.app(scope, receive, send)


def is_own_origin(headers: Mapping[str, str]) -> bool:
    """Whether a page was opened under the name and port that it asks at, or no browser asks: a program names no origin. What a proxy
    says that it was asked for (``x-forwarded-host``) counts too; no page can send it with a websocket."""
    if "origin" not in headers:
        return True
    origin = urlsplit(headers["origin"])
    asked = (headers.get("host", ""), headers.get("x-forwarded-host", ""))
    return bool(origin.netloc) and origin.netloc.lower() in {
        _without_usual_port(name.lower(), origin.scheme) for name in asked
    }


def _without_usual_port(name: str, scheme: str) -> str:
    """A browser leaves it out, a proxy may write it."""
    return name.removesuffix({"http": ":80", "https": ":443"}.get(scheme, ""))


class Turns:
    """Lets a few computed answers be made at once, and a few files be sent by programs; the others wait without a thread, and are
    told so when it takes too long. Papers never wait for somebody who is sending a file."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self._computed, self._received = _Lane(AT_ONCE), _Lane(RECEIVED_AT_ONCE)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        lane = self._lane_of(scope)
        if lane is None:
            await self.app(scope, receive, send)
        elif lane.waiting >= MOST_WAITING or not await lane.wait():
            await _busy(scope, 503)(scope, receive, send)
        else:
            try:
                await self.app(scope, receive, send)
            finally:
                lane.turn().release()

    def _lane_of(self, scope: Any) -> _Lane | None:
        if scope["type"] != "http":
            return None
        return self._received if scope["path"] == RECEIVED else self._computed if is_computed(scope["path"]) else None


class _Lane:
    """Turns of one kind of request."""

    def __init__(self, at_once: int) -> None:
        self.at_once, self.waiting = at_once, 0
        self._turns: WeakKeyDictionary[Any, asyncio.Semaphore] = WeakKeyDictionary()

    def turn(self) -> asyncio.Semaphore:
        """The turns of this event loop: a test has several, a server one."""
        return self._turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(self.at_once))

    async def wait(self) -> bool:
        """Whether a turn came in time."""
        self.waiting += 1
        try:
            await asyncio.wait_for(self.turn().acquire(), PATIENCE)
        except TimeoutError:
            return False
        finally:
            self.waiting -= 1
        return True


class Rate:
    """Bounds how many computed answers one address gets, files it sends and pages it opens: ``BURST`` in a row, then ``A_SECOND``
    each second."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self._left: LRUCache[str, tuple[float, float]] = LRUCache(MOST_ADDRESSES)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if _is_counted(scope) and not self.takes(address_of(scope), time.monotonic()):
            if scope["type"] == "websocket":
                await refuse_socket(receive, send)
            else:
                await _busy(scope, 429)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def takes(self, address: str, now: float) -> bool:
        """Whether an address may have one more at a moment in seconds."""
        left, before = self._left.get(address, (float(BURST), now))
        left = min(float(BURST), left + (now - before) * A_SECOND)
        self._left[address] = (left - 1 if left >= 1 else left, now)
        return left >= 1


def _is_counted(scope: Any) -> bool:
    path = scope.get("path", "")
    if scope["type"] == "websocket":
        return bool(path == STREAM)
    return scope["type"] == "http" and (is_computed(path) or path == RECEIVED or path.startswith(UPLOADS))


def address_of(scope: Any) -> str:
    """The address of whoever asks; that which our own proxy names, where it stands on this machine."""
    return scope["client"][0] if scope.get("client") else ""


async def refuse_socket(receive: Any, send: Any) -> None:
    """Close a websocket before it is opened; a browser tries again later, for there may be too many."""
    await receive()
    await send({"type": "websocket.close", "code": TRY_AGAIN_LATER})


def answer(scope: Any, key: str, status: int) -> Response:
    """A sentence in the reader's language: JSON for a program, a page for a person."""
    t = translator_of(HTTPConnection(scope))
    if scope["path"].startswith(API):
        return JSONResponse({"error": key, "message": t(f"guard.{key}")}, status)
    page = fill("sheet_problem", t, title=t(f"guard.{key}_title"), message=t(f"guard.{key}"), links=(), way_on=None)
    return HTMLResponse(page, status)


def _busy(scope: Any, status: int) -> Response:
    response = answer(scope, "busy", status)
    response.headers["retry-after"] = "30"
    return response
