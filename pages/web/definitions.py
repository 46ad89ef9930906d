"""Nothing that is computed leaves while a definition is broken: sheets, slides and the API say which line to mend instead."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from data.i18n import DEFAULT_LANGUAGE, LANGUAGES, Translator
from data.loaders.slips import DefinitionsError
from data.loaders.today import require_sound
from data.province import offered_provinces
from pages.web.access import RECEIVED, is_computed

API = "/api/"


class SoundDefinitions:
    """Answers 503 in the language that is asked for, with the same words as ``python -m data check``."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        answer = self.app
        if scope["type"] == "http" and (is_computed(scope["path"]) or scope["path"] == RECEIVED):
            answer = _refusal(scope) or self.app
        await answer(scope, receive, send)


def _refusal(scope: Any) -> Response | None:
    try:
        for province in offered_provinces():
            require_sound(province)
    except DefinitionsError as error:
        asked = Request(scope).query_params.get("lang", "")
        t = Translator(asked if asked in LANGUAGES else DEFAULT_LANGUAGE)
        sentences = [fault.sentence(t) for fault in error.faults]
        if scope["path"].startswith(API):
            return JSONResponse({"error": "definitions", "message": t("definition.broken_title"), "faults": sentences}, 503)
        return PlainTextResponse("\n".join((t("definition.broken_title"), "", *sentences)), 503)
    return None
