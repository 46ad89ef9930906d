"""What every answer passes through: compression, security headers, and what is written on the page."""

from __future__ import annotations

from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import HTTPConnection

from pages.web.addresses import KnownAddresses, OpenScreens
from pages.web.definitions import SoundDefinitions
from pages.web.embed import PREFIX, embed_policy, embedding_sites
from pages.web.gate import Gate
from pages.web.guard import KnownHosts, Rate, Turns
from pages.web.log import Told
from pages.web.page import PageWriter
from pages.web.policy import policy_of
from pages.web.refused import RefusedSignIns
from pages.web.routes import ROUTES
from pages.web.sockets import Sockets
from pages.web.uploads import Uploads


class SecurityHeaders:
    """Adds a content-security policy, forbids to guess types of contents, to be framed by another site, and what no screen needs. A
    page that is made for it may be framed by the sites of the installation's list."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def send_with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if scope["type"] == "http" and scope["path"].startswith(PREFIX):
                    headers.setdefault("content-security-policy", embed_policy())
                    is_framed = bool(embedding_sites())
                else:
                    is_framed = False
                headers.setdefault("content-security-policy", _policy(scope))
                headers.setdefault("x-content-type-options", "nosniff")
                headers.setdefault("referrer-policy", "same-origin")
                if not is_framed:
                    headers.setdefault("x-frame-options", "SAMEORIGIN")
                headers.setdefault("cross-origin-opener-policy", "same-origin")
                headers.setdefault("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _policy(scope: Any) -> str:
    return policy_of(scope.get("path", ""), HTTPConnection(scope).headers.get("host", "") if "headers" in scope else "")


MIDDLEWARE = [
    Middleware(GZipMiddleware, minimum_size=500),
    Middleware(SecurityHeaders),
    Middleware(Told),
    Middleware(KnownHosts),
    Middleware(KnownAddresses, routes=ROUTES),
    Middleware(Gate),
    Middleware(RefusedSignIns),
    Middleware(OpenScreens),
    Middleware(Rate),
    Middleware(Sockets),
    Middleware(Uploads),
    Middleware(Turns),
    Middleware(SoundDefinitions),
    Middleware(PageWriter),
]
