"""Sources in the reader's language: our own words are translated, a citation keeps its own."""

from __future__ import annotations

import re
from datetime import date

from analytics.norms import Source
from data.i18n import Translator, isolate
from data.loaders.today import load_today

_BETWEEN_PARTS = " ; "


def in_words(text: str, t: Translator) -> str:
    """A title, publisher or date of a source in the language of ``t``; as it stands where it is a citation."""
    words = load_today().source_words
    parts = [text] if text in words else text.split(_BETWEEN_PARTS)
    return t("sign.between").join(t.words({"fr": part, **words[part]} if part in words else part) for part in parts)


def write_source(source: Source, t: Translator) -> str:
    """Title, publisher and date in one line."""
    named = [in_words(source.title, t), in_words(source.publisher, t), write_source_day(source.date, t)]
    # From right to left, a date after a Latin name would stand on the wrong side of it.
    return t("sign.comma").join(isolate(part) if t.direction == "rtl" else part for part in named if part)


def write_source_day(written: str, t: Translator) -> str:
    """The date of a source as people read it; a year, a span, words or what is no day as they stand."""
    is_day = re.fullmatch(r"\d{4}-\d\d-\d\d", written) is not None
    try:
        day = date.fromisoformat(written if is_day else f"{written}-01")
    except ValueError:
        return in_words(written, t) if written else ""
    return t.date(day) if is_day else t.month(day)
