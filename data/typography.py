"""Spaces that a line is never broken at, set once for every text that is shown: whoever writes a text need not think of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

NO_BREAK, NARROW = "\u00a0", "\u202f"
# After a sign come a space, another sign, a value to fill in, or the end.
_ENDS = r"(?=[\s.,;:)\]»{*]|$)"
_FRENCH = (
    # The Imprimerie nationale: a whole space before a colon and inside quotation marks, a narrow one before the others.
    (re.compile(rf"(?<=\S) (:){_ENDS}"), rf"{NO_BREAK}\1"),
    (re.compile(r"(?<=\S) »"), f"{NO_BREAK}»"),
    (re.compile(r"« (?=\S)"), f"«{NO_BREAK}"),
    # A text that begins with such a space is what stands between two others.
    (re.compile(rf"(?:(?<=\S)|^) ([;?!%]){_ENDS}"), rf"{NARROW}\1"),
)
# A number and its unit, or the sign that multiplies it.
_UNITS = (re.compile(r"(?<=[\d}]) (?=(?:DH|km²|km|m²|min|درهم|كلم)(?!\w)|×)"), NO_BREAK)
# Between Arabic letters the sign would step to the other side of its number.
_PERCENTAGE = (re.compile(r"(?<![\u2068\d.,])((?:\d[\d.,]*|\{[^{}]*\})%)"), "\u2068\\1\u2069")
_SIGNS: dict[str, tuple[tuple[re.Pattern[str], str], ...]] = {"fr": _FRENCH, "ar": (_PERCENTAGE,)}

# "de", "que" and "jusque" before a value that begins with a vowel: "d'Ait Iaaza".
_ELIDED = re.compile(r"\b([Dd]|[Qq]u|[Jj]usqu)e (?=(\**)\{(\w+)[^{}]*\})")
_VOWELS = frozenset("aàâeéèêëiîïoôuAÀÂEÉÈÊËIÎÏOÔU")


def elide(text: str, values: Mapping[str, Any]) -> str:
    """A French text with its small words cut short before the values that begin with a vowel; what is a number begins with none."""
    if "e {" not in text and "e **{" not in text:
        return text
    return _ELIDED.sub(lambda found: f"{found[1]}'" if str(values.get(found[3], ""))[:1] in _VOWELS else found[0], text)


def typeset(language: str, text: Any) -> Any:
    """A text of the catalogues, or its plural forms by name, with the spaces of its language; what is no text is given back."""
    if isinstance(text, Mapping):
        return {form: typeset(language, said) for form, said in text.items()}
    if not isinstance(text, str):
        return text
    for pattern, spaced in (*_SIGNS.get(language, ()), _UNITS):
        text = pattern.sub(spaced, text)
    return text
