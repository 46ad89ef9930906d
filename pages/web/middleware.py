"""What every answer passes through: compression, the document's language and direction, security headers."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from data.i18n import DEFAULT_LANGUAGE, LANGUAGES, Translator

# Streamlit evaluates code in the map's frame and writes inline styles; nothing may come from another host.
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss:; worker-src 'self' blob:; "
    "frame-src 'self'; object-src 'none'; base-uri 'self'"
)

_HTML_TAG = b'<html lang="en"'
# Streamlit adds its own rules to the head: ours come after them.
_END_OF_BODY = b"</body>"
# The font that Streamlit asks for before anything else: our theme never shows it, and a slow line carries it for seconds.
_UNUSED_FONT = re.compile(rb'<link\s+rel="preload"[^>]*\bas="font"[^>]*>')
# Named by its contents, so that a browser keeps it until it changes.
STYLE_FILE = Path(__file__).parents[1] / "ui" / "style.css"
STYLE_ADDRESS = f"assets/style.css?{sha256(STYLE_FILE.read_bytes()).hexdigest()[:12]}"


class SecurityHeaders:
    """Adds a content-security policy and forbids guessing of content types."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def send_with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("content-security-policy", CONTENT_SECURITY_POLICY)
                headers.setdefault("x-content-type-options", "nosniff")
                headers.setdefault("referrer-policy", "same-origin")
            await send(message)

        await self.app(scope, receive, send_with_headers)


class DocumentLanguage:
    """Writes ``<html lang dir>`` on Streamlit's index page from ``?lang=``, so that the first paint is in the right direction,
    and the address of our style rules; asks for no font that is not used."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or not _is_page(scope["path"]):
            await self.app(scope, receive, send)
            return
        # The page must arrive uncompressed to be written on; the outer middleware compresses it afterwards.
        plain = {**scope, "headers": [(k, v) for k, v in scope["headers"] if k != b"accept-encoding"]}
        await self.app(plain, receive, _LanguageWriter(send, _language(scope)))


class _LanguageWriter:
    def __init__(self, send: Any, language: str) -> None:
        self.send = send
        self.translator = Translator(language)
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
        body = body.replace(_HTML_TAG, tag, 1).replace(_END_OF_BODY, style + _END_OF_BODY, 1)
        headers = MutableHeaders(scope=self.start)
        headers["content-length"] = str(len(body))
        if body != self.body and "etag" in headers:
            del headers["etag"]
        await self.send(self.start)
        await self.send({"type": "http.response.body", "body": body})


def _is_page(path: str) -> bool:
    return "." not in path.rsplit("/", 1)[-1] and not path.startswith(
        ("/_stcore", "/assets", "/api", "/sheet", "/deck", "/healthz")
    )


def _language(scope: Any) -> str:
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [DEFAULT_LANGUAGE])[0]
    return asked if asked in LANGUAGES else DEFAULT_LANGUAGE


MIDDLEWARE = [Middleware(GZipMiddleware, minimum_size=500), Middleware(SecurityHeaders), Middleware(DocumentLanguage)]
