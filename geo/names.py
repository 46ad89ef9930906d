"""From a commune's code or name, in any usual spelling, to its code; never a guess."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd
from rapidfuzz import fuzz, process

from geo.spelling import plain

CANDIDATES_SHOWN = 3
_LEAST_LIKENESS = 55
_LEAST_LETTERS = 2

# Spellings of the same sound that writers of Amazigh and Arabic names do not keep apart in Latin letters.
_SAME_SOUND = (
    (re.compile(r"\b(c r|c u|c t|mun)( de la| de l| de| d| du)?\b"), " "),
    (
        re.compile(
            r"\b(collectivite|commune|municipalite|municipality|jamaa|baladiya|ville|cr|cu|ct|cne|com)"
            r"( (territoriale|rurale|urbaine|municipale|rle))?( de la| de l| de| d| du| of)?\b"
        ),
        " ",
    ),
    (re.compile(r"^(conseil (communal|municipal)|(ال)?مجلس ((ال)?جماعي|(ال)?بلدي|جماعه)) ?(de la|de l|de|d|du|ل)?\b"), " "),
    (re.compile(r"^(ال)?جماعه (.+) (ال)?(قرويه|حضريه|ترابيه)$"), r"\2"),
    (re.compile(r"^ج [قحت] "), ""),
    (re.compile(r"\b(ال)?(جماعه|بلديه)( (ال)?(قرويه|حضريه|ترابيه|محليه))?\b"), " "),
    (re.compile(r"\bouled\b"), "oulad"),
    (re.compile(r"\btaima\b"), "teima"),
    (re.compile(r"\bidaou\b"), "ida ou"),
    (re.compile(r"\babdel+ah?\b|\babdal+ah?\b"), "abdallah"),
    (re.compile(r"\bn (?=\w)"), "n"),
)


# Words before which a name stands with a preposition, plainly written and without their article.
_PREFIXES = frozenset(map(plain, ("جماعة", "بلدية")))


class MatchKind(StrEnum):
    """How a text was recognised, or why it was not."""

    CODE = "code"
    NAME = "name"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class NameMatch:
    """The commune recognised, or the nearest candidates for a person to choose from."""

    commune_code: str | None
    kind: MatchKind
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NameIndex:
    """Codes by code text and by reduced name; a reduced name may stand for several communes."""

    codes: Mapping[str, str]
    names: Mapping[str, tuple[str, ...]]


def build_name_index(communes: pd.DataFrame, aliases: Mapping[str, Sequence[str]]) -> NameIndex:
    """Index the French and Arabic names of ``communes`` and the aliases (other spellings by commune code)."""
    names: dict[str, set[str]] = {}
    for row in communes.itertuples():
        for name in (row.name_fr, row.name_ar, *aliases.get(row.commune_code, ())):
            names.setdefault(_reduced(name), set()).add(row.commune_code)
    codes = {_digits(code): code for code in communes["commune_code"]}
    return NameIndex(codes, {name: tuple(sorted(found)) for name, found in names.items()})


def find_commune(index: NameIndex, text: str) -> NameMatch:
    """Recognise a code (dotted, nine digits, or eight when a spreadsheet dropped the zero; without its region or its province) or
    a name in any usual spelling.

    A name that stands for several communes is ambiguous; anything else is unknown and comes with its nearest candidates.
    """
    code = _digits(text)
    if code:
        known = index.codes.get(code) or index.codes.get(code.zfill(9)) or _ending_in(index, code)
        return NameMatch(known, MatchKind.CODE) if known else NameMatch(None, MatchKind.UNKNOWN)
    written = [_reduced(text), *_without_preposition(text)]
    found = next((index.names[name] for name in written if name in index.names), ())
    if len(found) == 1:
        return NameMatch(found[0], MatchKind.NAME)
    if found:
        return NameMatch(None, MatchKind.AMBIGUOUS, found)
    return NameMatch(None, MatchKind.UNKNOWN, _nearest(index, text))


def search_communes(index: NameIndex, text: str) -> tuple[str, ...]:
    """Codes of the communes that somebody who typed this may mean: those that it stands for (``communes_holding``), or the nearest
    names where there are none."""
    return communes_holding(index, text) or find_commune(index, text).candidates


def communes_holding(index: NameIndex, text: str) -> tuple[str, ...]:
    """Codes of the communes that a text stands for: the one recognised; else those that bear the name, or those with a name that
    begins with it and then those with one that holds it."""
    match = find_commune(index, text)
    if match.commune_code:
        return (match.commune_code,)
    typed = _reduced(text)
    if match.kind is MatchKind.AMBIGUOUS or len(typed) < _LEAST_LETTERS:
        return match.candidates if match.kind is MatchKind.AMBIGUOUS else ()
    holding = sorted((name for name in index.names if typed in name), key=lambda name: (not name.startswith(typed), name))
    return tuple(dict.fromkeys(code for name in holding for code in index.names[name]))


def _reduced(text: str) -> str:
    reduced = plain(text)
    for pattern, sound in _SAME_SOUND:
        reduced = pattern.sub(sound, reduced)
    return re.sub(r"\s+", "", reduced)


def _ending_in(index: NameIndex, code: str) -> str | None:
    """The only code that ends in these digits, where its region (two digits) or its province (three more) is left out."""
    found = [full for digits, full in index.codes.items() if len(code) in (4, 7) and digits.endswith(code)]
    return found[0] if len(found) == 1 else None


def _without_preposition(text: str) -> list[str]:
    """An Arabic name without the preposition that the words before it join to it ("الجماعة القروية لأولوز"), in reduced form;
    "لل" stands before an article, or before a name that itself begins so."""
    words = plain(text).split()
    if not words or words[0].removeprefix("ال") not in _PREFIXES:
        return []
    first = next((at for at, word in enumerate(words) if at and word.startswith("ل")), None)
    if first is None:
        return []
    rest = words[first].removeprefix("ل")
    written = [rest, f"ال{rest.removeprefix('ل')}"] if rest.startswith("ل") else [rest]
    return [_reduced(" ".join([name, *words[first + 1 :]])) for name in written]


def _digits(text: str) -> str:
    """The digits of a code; empty when the text is anything else than digits, dots and spaces, or a whole code with other signs."""
    written = str(text).removesuffix(".0")
    stripped = re.sub(r"[.\s]", "", written)
    if re.fullmatch(r"\d{1,2}([-/]\d{2,3}){3}", stripped):
        stripped = re.sub(r"[-/]", "", stripped)
    return stripped if stripped.isascii() and stripped.isdigit() else ""


def _nearest(index: NameIndex, text: str) -> tuple[str, ...]:
    close = process.extract(
        _reduced(text), index.names.keys(), scorer=fuzz.ratio, limit=CANDIDATES_SHOWN, score_cutoff=_LEAST_LIKENESS
    )
    return tuple(dict.fromkeys(code for name, _, _ in close for code in index.names[name]))
