"""The language of whoever asks over HTTP, before a page knows more of them."""

from __future__ import annotations

from starlette.requests import HTTPConnection

from data.i18n import DEFAULT_LANGUAGE, LANGUAGES, Translator


def translator_of(asked: HTTPConnection) -> Translator:
    """Words in the language that ``lang=`` names, else in the first one of ``Accept-Language`` that there is, else in French."""
    named = asked.query_params.get("lang", "")
    return Translator(named if named in LANGUAGES else _accepted(asked.headers.get("accept-language", "")))


def _accepted(header: str) -> str:
    """The language that a browser prefers most among ours (RFC 9110, 12.5.4)."""
    wanted = [part.split(";") for part in header.split(",")]
    weighed = [(_weight(part[1:]), part[0].strip().split("-")[0].lower()) for part in wanted]
    known = [(weight, language) for weight, language in weighed if language in LANGUAGES and weight > 0]
    return max(known, key=lambda pair: pair[0])[1] if known else DEFAULT_LANGUAGE


def _weight(parameters: list[str]) -> float:
    quality = next((p.strip()[2:] for p in parameters if p.strip().startswith("q=")), "1")
    try:
        return float(quality)
    except ValueError:
        return 0.0
