"""What every answer passes through: compression, security headers, and what is written on the page."""

from __future__ import annotations

from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from pages.web.definitions import SoundDefinitions
from pages.web.gate import Gate
from pages.web.page import PageWriter

# Streamlit evaluates code in the map's frame and writes inline styles; nothing may come from another host.
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss:; worker-src 'self' blob:; "
    "frame-src 'self'; object-src 'none'; base-uri 'self'"
)


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


MIDDLEWARE = [
    Middleware(GZipMiddleware, minimum_size=500),
    Middleware(SecurityHeaders),
    Middleware(Gate),
    Middleware(SoundDefinitions),
    Middleware(PageWriter),
]
