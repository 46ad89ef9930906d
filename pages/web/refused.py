"""Sign-ins that came to nothing stand in the audit log: one line a minute at most, with how many there were since the last one."""

from __future__ import annotations

import time
from typing import Any

from starlette.concurrency import run_in_threadpool
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from data import audit

BACK = "/oauth2callback"
# Anybody may ask for the address: the log must not grow with them.
SECONDS_BETWEEN_LINES = 60.0


class RefusedSignIns:
    """Sees what is sent where a provider leads back to: without a cookie nobody was let in."""

    def __init__(self, app: Any) -> None:
        self.app, self.waiting, self.written_at = app, 0, float("-inf")

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or scope["path"] != BACK:
            await self.app(scope, receive, send)
            return
        is_refused = True

        async def look(message: Any) -> None:
            nonlocal is_refused
            if message["type"] == "http.response.start":
                is_refused = not any(_lets_in(name, value) for name, value in message["headers"])
            await send(message)

        await self.app(scope, receive, look)
        if is_refused:
            await self._tell(time.monotonic())

    async def _tell(self, now: float) -> None:
        self.waiting += 1
        if now - self.written_at >= SECONDS_BETWEEN_LINES:
            count, self.waiting, self.written_at = self.waiting, 0, now
            await run_in_threadpool(audit.record, "provider", "sign-in-refused", {"count": count})


def _lets_in(name: bytes, value: bytes) -> bool:
    """Whether a header sets the cookie of the sign-in; one that empties it has no value."""
    said = value.partition(b";")[0]
    return name.lower() == b"set-cookie" and said.startswith(USER_COOKIE_NAME.encode() + b"=") and len(said.strip(b'"')) > 40
