"""Streamlit's page as we send it: in the reader's language and direction, with our style rules and the first view of the screen."""

from __future__ import annotations

import logging
import re
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection

from data.i18n import DEFAULT_LANGUAGE, LANGUAGES, Translator
from data.people.viewer import Viewer
from pages.web.gate import person_of
from pages.web.page_script import page_script_address
from pages.web.policy import policy_of

_LOG = logging.getLogger(__name__)

_HTML_TAG = b'<html lang="en"'
# Streamlit appends its own style sheets to <head>: ours is linked at the end of <body>, so that its rules win the cascade.
_END_OF_BODY = b"</body>"
# Our script runs before Streamlit's: it says where the server is.
_HEAD = b"<head>"
# A script that is written on the page; the policy of the page names each by its hash, so that no other one runs.
_WRITTEN = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
# The font that Streamlit asks for before anything else: our theme never shows it, and a slow line carries it for seconds.
_UNUSED_FONT = re.compile(rb'<link\s+rel="preload"[^>]*\bas="font"[^>]*>')
# The page must arrive uncompressed to be changed (GZipMiddleware compresses it afterwards) and whole: Streamlit knows when its file
# changed, not what we write on it, and an answer without a body (304) would put its policy, which names no script, on a page that the
# browser kept.
_NOT_ASKED = frozenset((b"accept-encoding", b"if-none-match", b"if-modified-since"))
_VALIDATORS = ("etag", "last-modified")
# The query holds a hash of the contents (cache busting): the browser caches the file until it changes.
STYLE_FILE = Path(__file__).parent / "style.css"
ICON_FILE = Path(__file__).parents[1] / "static" / "icon.svg"
STYLE_ADDRESS = f"assets/style.css?{sha256(STYLE_FILE.read_bytes()).hexdigest()[:12]}"


class PageWriter:
    """Writes on Streamlit's index page what a reader needs before the application has started: ``<html lang dir>`` from
    ``?lang=``, the address of our style rules, the first view of the screen; takes away the font that is not used."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or not _is_page(scope["path"]):
            await self.app(scope, receive, send)
            return
        asked = dict(parse_qsl(scope["query_string"].decode("latin-1")))
        first_view = await run_in_threadpool(_first_view, scope["path"], asked, person_of(HTTPConnection(scope)).viewer)
        plain = {**scope, "headers": [(k, v) for k, v in scope["headers"] if k not in _NOT_ASKED]}
        await self.app(plain, receive, _WritingSend(send, scope, asked.get("lang", ""), first_view.encode()))


class _WritingSend:
    """Collects the page, writes on it, sends it."""

    def __init__(self, send: Any, scope: Any, language: str, first_view: bytes) -> None:
        self.send, self.scope = send, scope
        self.translator = Translator(language if language in LANGUAGES else DEFAULT_LANGUAGE)
        self.first_view = first_view
        self.start: Any = None
        self.body = b""

    async def __call__(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.start = message
            return
        self.body += message.get("body", b"")
        if message.get("more_body"):
            return
        tag = f'<html lang="{self.translator.language}" dir="{self.translator.direction}"'.encode()
        style = f'<link rel="stylesheet" href="./{STYLE_ADDRESS}">'.encode()
        body = _UNUSED_FONT.sub(b"", self.body, count=1)
        script = _HEAD + f'<script src="./{page_script_address()}"></script>'.encode()
        body = (
            body.replace(_HEAD, script, 1)
            .replace(_HTML_TAG, tag, 1)
            .replace(_END_OF_BODY, style + self.first_view + _END_OF_BODY, 1)
        )
        headers = MutableHeaders(scope=self.start)
        headers["content-length"] = str(len(body))
        for validator in _VALIDATORS:
            if validator in headers:
                del headers[validator]
        host = HTTPConnection(self.scope).headers.get("host", "")
        headers["content-security-policy"] = policy_of(self.scope["path"], host, _WRITTEN.findall(body))
        await self.send(self.start)
        await self.send({"type": "http.response.body", "body": body})


def _first_view(path: str, asked: dict[str, str], viewer: Viewer) -> str:
    # Lazy import: screens import Plotly and Folium, which would slow the cold start.
    from pages.first_view import fill_first_view

    try:
        return fill_first_view(path.strip("/"), asked, viewer)
    except Exception:
        # A fault here must not keep the application from starting: log it and send the page without a first view.
        _LOG.exception("no first view of %s", path)
        return ""


def _is_page(path: str) -> bool:
    return "." not in path.rsplit("/", 1)[-1] and not path.startswith(
        (
            "/_stcore",
            "/assets",
            "/api",
            "/sheet",
            "/deck",
            "/diaspora",
            "/embed",
            "/healthz",
            "/sign-in",
            "/auth",
            "/oauth2callback",
        )
    )
