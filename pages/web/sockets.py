"""How many pages are open at once: each is a session of Streamlit's, with a thread and the choices of its reader."""

from __future__ import annotations

from collections import Counter
from typing import Any

from pages.web.guard import STREAM, address_of, refuse_socket

# A whole office may share one address; of everybody, what memory of one process was counted for (docs/deploy.md).
MOST_OF_ADDRESS, MOST_OF_ALL = 100, 300


class Sockets:
    """Opens no more pages than these, of one address and of all."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self._open: Counter[str] = Counter()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "websocket" or scope["path"] != STREAM:
            await self.app(scope, receive, send)
            return
        address = address_of(scope)
        if self._open[address] >= MOST_OF_ADDRESS or self._open.total() >= MOST_OF_ALL:
            await refuse_socket(receive, send)
            return
        self._open[address] += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self._open[address] -= 1
            if not self._open[address]:
                del self._open[address]
