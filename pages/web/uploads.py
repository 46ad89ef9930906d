"""What a browser sends to an upload field: into a page of its own only, and not more than this process can hold."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from starlette.requests import HTTPConnection
from streamlit.runtime import Runtime, exists, get_instance

from data.people import handed_on
from pages.web.gate import person_of
from pages.web.guard import UPLOADS, answer

# Streamlit holds what was sent in memory, as long as its page is shown: of one account on all its pages, and of everybody. A province
# sends a file of each commune at once; they are of some kilobytes.
MOST_FILES, MOST_BYTES, MOST_BYTES_OF_ALL = 200, 150_000_000, 500_000_000
# The largest file on a slow line; whoever sends more slowly than that keeps a place from others.
SECONDS = 600.0


class Uploads:
    """Refuses a file for the page of another account, and one that would be too much."""

    def __init__(self, app: Any) -> None:
        self.app = app
        # Whose a page is whose files are still held: one that was closed is kept for two minutes.
        self._owners: dict[str, str] = {}
        # What is on its way, and whose.
        self._coming: list[tuple[str, int]] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(UPLOADS) or not exists():
            await self.app(scope, receive, send)
            return
        asked, runtime = HTTPConnection(scope), get_instance()
        page, actor = scope["path"].removeprefix(UPLOADS).split("/")[0], person_of(asked).actor
        if _owner_of(page, runtime) != actor:
            await answer(scope, "not_found", 404)(scope, receive, send)
            return
        self._owners[page] = actor
        size = _length(asked) if scope["method"] == "PUT" else 0
        if refused := self._refuse(actor, size, _held(runtime)):
            await answer(scope, *refused)(scope, receive, send)
            return
        with self._on_its_way(actor, size or 0):
            async with asyncio.timeout(SECONDS):
                await self.app(scope, receive, send)

    def _refuse(self, actor: str, size: int | None, held: dict[str, list[int]]) -> tuple[str, int] | None:
        """Why a file of that size is not taken; None where it is."""
        self._owners = {page: owner for page, owner in self._owners.items() if page in held or owner == actor}
        own = [one for page, sizes in held.items() if self._owners.get(page) == actor for one in sizes]
        own += [one for owner, one in self._coming if owner == actor]
        everything = sum(sum(sizes) for sizes in held.values()) + sum(one for _, one in self._coming)
        if size is None or (size and (len(own) >= MOST_FILES or sum(own) + size > MOST_BYTES)):
            return "uploads_full", 413
        return ("busy", 503) if size and everything + size > MOST_BYTES_OF_ALL else None

    @contextmanager
    def _on_its_way(self, actor: str, size: int) -> Iterator[None]:
        self._coming.append((actor, size))
        try:
            yield
        finally:
            self._coming.remove((actor, size))


def _owner_of(page: str, runtime: Runtime) -> str | None:
    """The account that the gate let into a page; None for a page that is not open."""
    client = runtime.get_client(page)
    context = None if client is None else client.client_context
    return None if context is None else dict(context.headers).get(handed_on.ACCOUNT_HEADER)


def _held(runtime: Runtime) -> dict[str, list[int]]:
    """The sizes of the files that are held, by page."""
    stored = dict(getattr(runtime.uploaded_file_mgr, "file_storage", {}))
    return {page: [len(file.data) for file in list(files.values())] for page, files in stored.items()}


def _length(asked: HTTPConnection) -> int | None:
    """What is coming; None where it is not said, as no browser does."""
    said = asked.headers.get("content-length", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 12 else None
