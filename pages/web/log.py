"""What the server says of its work: one line of JSON an event, with no figure, no query and no address of a person; no fault of ours
reaches a reader as a stack trace."""

from __future__ import annotations

import json
import logging
import os
import sys
import time
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from data.actor import current_actor
from pages.html import fill
from pages.web.reader import translator_of

NAME, LEVEL_VARIABLE = "service_pressure", "SERVICE_PRESSURE_LOG"
DEEPEST = 12
# What follows names a page of somebody, or a file that is fetched by its name alone.
_PRIVATE = ("/_stcore/upload_file/", "/media/")
_LOG = logging.getLogger(f"{NAME}.web")


class JsonLines(logging.Formatter):
    """An event as one line of JSON: moment, level, what happened, its details; where it went wrong, for whoever mends it."""

    def format(self, record: logging.LogRecord) -> str:
        """One event."""
        said = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **getattr(record, "details", {}),
        }
        if record.exc_info and record.exc_info[0]:
            # Not what the exception says: that may hold a figure or what somebody typed.
            frames = traceback.extract_tb(record.exc_info[2])
            said["fault"] = record.exc_info[0].__name__
            said["where"] = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames[-DEEPEST:]]
        return json.dumps(said, ensure_ascii=False, default=str)


def start_logging() -> None:
    """Have events written to standard error: faults, or every answer where ``SERVICE_PRESSURE_LOG`` is ``INFO``."""
    logger = logging.getLogger(NAME)
    if not logger.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonLines())
        logger.addHandler(handler)
        logger.propagate = False
    logger.setLevel(os.environ.get(LEVEL_VARIABLE, "WARNING").upper())


class Told:
    """Tells of every answer, and answers a fault with a sentence in the reader's language."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begin, status = time.perf_counter(), 0

        async def send_and_note(message: Any) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, send_and_note)
        except Exception:
            _LOG.exception("fault", extra={"details": _details(scope, 500, begin)})
            if status:
                raise
            await _fault(scope)(scope, receive, send)
        else:
            _LOG.info("answer", extra={"details": _details(scope, status, begin)})


def _details(scope: Any, status: int, begin: float) -> dict[str, object]:
    milliseconds = round((time.perf_counter() - begin) * 1000, 1)
    path = next((part for part in _PRIVATE if scope["path"].startswith(part)), scope["path"][:200])
    asked = {"method": scope["method"], "path": path}
    return {**asked, "status": status, "ms": milliseconds, "actor": current_actor()}


def _fault(scope: Any) -> Response:
    t = translator_of(Request(scope))
    if scope["path"].startswith("/api"):
        return JSONResponse({"error": "fault", "message": t("guard.fault")}, 500)
    page = fill("sheet_problem", t, title=t("guard.fault_title"), message=t("guard.fault"), links=(), way_on=None)
    return HTMLResponse(page, 500)
