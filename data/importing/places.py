"""The commune that the cells of a row stand for: a code, a name in one script or two, or both; all must agree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from geo.names import MatchKind, NameIndex, NameMatch, find_commune

_CODE = r"(\d[\d.]{6,})"
_CODE_FIRST = re.compile(rf"\s*{_CODE}\s*(?:[—–:-]\s*|\s)([^\d\s].*?)\s*")
_WHOLE_CODE = re.compile(r"\d{8,9}")
_NUMBERED = re.compile(r"\d{1,3}\s*[-.)]\s*(?=[^\W\d])")
# The mark of a footnote, as it stands above the line.
_FOOTNOTE = re.compile(r"\s*[⁰¹²³⁴-⁹⁽⁾]+\s*$")
# A name in Latin letters beside one in Arabic letters, in either order.
_TWO_SCRIPTS = re.compile(r"(.*[A-Za-zÀ-ÿ)][^\w]*)\s*[/|(–—-]\s*([^A-Za-zÀ-ÿ]*[\u0621-\u064a][^A-Za-zÀ-ÿ]*)"
                          r"|([^A-Za-zÀ-ÿ]*[\u0621-\u064a][^A-Za-zÀ-ÿ]*)\s*[/|(–—-]\s*(.*[A-Za-zÀ-ÿ].*)")  # fmt: skip
# Who writes these is not sure of the name.
_DOUBT = re.compile(r"[?؟~≈]")
_CODE_LAST = re.compile(rf"\s*(\D+?)\s*[—–:(\s-]\s*{_CODE}\)?\s*")


def match_each(said: Iterable[tuple[str, str]], find: Callable[[str, str], NameMatch]) -> list[NameMatch]:
    """The commune of each code and name; each distinct pair is looked up once."""
    known: dict[tuple[str, str], NameMatch] = {}
    found = []
    for pair in said:
        if pair not in known:
            known[pair] = find(*pair)
        found.append(known[pair])
    return found


def split_choice(text: str) -> tuple[str, str]:
    """Code and name where both stand in one cell, in either order, as lists of choices offer them; else no code and the text."""
    match = _CODE_FIRST.fullmatch(text)
    if match:
        return match[1], match[2]
    match = _CODE_LAST.fullmatch(text)
    return (match[2], match[1]) if match else ("", text)


def match_commune(index: NameIndex, code: str, name: str) -> NameMatch:
    """The commune that a code, a name (several lines of it), or both together stand for; all must agree."""
    texts = [part for text in (code, *name.split("\n")) for part in split_choice(text) if part]
    said = [_find_written(index, text) for text in texts]
    known = {match.commune_code for match in said if match.commune_code}
    if not said:
        return NameMatch(None, MatchKind.UNKNOWN)
    if known and any(_is_foreign_code(text, match) for text, match in zip(texts, said, strict=True)):
        return NameMatch(None, MatchKind.AMBIGUOUS, tuple(known))
    if len(known) > 1:
        return NameMatch(None, MatchKind.AMBIGUOUS, tuple(dict.fromkeys(m.commune_code for m in said if m.commune_code)))
    return next((match for match in said if match.commune_code), said[0])


def _find_written(index: NameIndex, text: str) -> NameMatch:
    """The commune of a name as lists write it: behind its number in the list, or in two scripts that agree."""
    match = find_commune(index, text)
    if match.commune_code and _DOUBT.search(text):
        return NameMatch(None, MatchKind.UNKNOWN, (match.commune_code,))
    if match.commune_code:
        return match
    if both := _TWO_SCRIPTS.fullmatch(text):
        parts = [part for part in both.groups() if part]
        found = {find_commune(index, part.strip(" )")).commune_code for part in parts}
        return NameMatch(found.pop(), MatchKind.NAME) if len(found) == 1 and None not in found else match
    bare = _FOOTNOTE.sub("", _NUMBERED.sub("", text, count=1))
    return find_commune(index, bare) if bare != text else match


def _is_foreign_code(text: str, match: NameMatch) -> bool:
    """Whether a text is a whole code of the statistics office, of a commune that is none of the province."""
    return match.kind is MatchKind.UNKNOWN and bool(_WHOLE_CODE.fullmatch(re.sub(r"[.\s/-]", "", text.removesuffix(".0"))))
