"""Sources in the reader's language: our own words are translated, a citation keeps its own."""

from __future__ import annotations

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
    named = [in_words(text, t) for text in (source.title, source.publisher, source.date) if text]
    # From right to left, a date after a Latin name would stand on the wrong side of it.
    return t("sign.comma").join(isolate(part) if t.direction == "rtl" else part for part in named)
