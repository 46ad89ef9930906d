"""A message that fits one SMS: 160 characters of the GSM-7 alphabet, or 70 of UCS-2 as soon as one character lies outside it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

GSM_LENGTH = 160
UCS2_LENGTH = 70
# GSM 03.38, basic character set without its extension table (whose characters count twice).
GSM_7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_SUBSTITUTES = {
    "’": "'",
    "×": "x",
    "œ": "oe",
    "Œ": "OE",
    "–": "-",
    "—": "-",
    "«": '"',
    "»": '"',
    "\u202f": " ",
    "\u00a0": " ",
}


def to_gsm(text: str) -> str:
    """A Latin text in the GSM-7 alphabet: what lies outside loses its accent, or becomes a question mark."""
    return "".join(_gsm_character(c) for c in "".join(_SUBSTITUTES.get(c, c) for c in text))


def _gsm_character(character: str) -> str:
    if character in GSM_7:
        return character
    base = unicodedata.normalize("NFKD", character)[0]
    return base if base in GSM_7 else "?"


def message_length(text: str) -> int:
    """The most characters that one SMS with this text may have."""
    return GSM_LENGTH if set(text) <= GSM_7 else UCS2_LENGTH


def fit_message(wordings: Sequence[Sequence[str]], language: str) -> str:
    """One SMS from parts in order of weight: as many of the first ones as fit, the very first cut where it is too long alone.

    Arabic stays Arabic (UCS-2); any other language is written in GSM-7.

    Args:
        wordings: the same parts, from the fullest wording to the briefest; the fullest is taken under which no part of more
            weight is lost.
        language: language of the message.
    """
    fitted = [_fit([p if language == "ar" else to_gsm(p) for p in parts if p]) for parts in wordings]
    return max(fitted, key=lambda message: message[1])[0]


def _fit(parts: Sequence[str]) -> tuple[str, list[bool]]:
    """The message, and which of the parts are in it."""
    message, is_in = "", []
    for position, part in enumerate(parts):
        longer = f"{message} {part}" if position else part[: message_length(part)]
        is_in.append(len(longer) <= message_length(longer))
        if is_in[-1]:
            message = longer
    return message, is_in
