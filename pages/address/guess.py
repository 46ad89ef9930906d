"""What somebody meant who typed an address: a screen and a commune by any of their names, or the nearest there are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from data.i18n import load_texts
from data.languages import LANGUAGES
from data.province import Province
from data.reference_files import read_communes
from geo.names import MatchKind, NameIndex, build_name_index, communes_holding, find_commune, search_communes
from geo.spelling import plain

LONGEST = 120
MOST_NEAR = 6
_ALIKE = 70
# What a screen shows for a commune by this name stands at an address of its own.
PAPER = "sheet"
_BETWEEN = re.compile(r"[,;،؛\n\t]+")


@dataclass(frozen=True, slots=True)
class Guess:
    """``screen`` and ``commune`` that an address names (empty where it names none), ``language`` where it begins with one;
    ``is_known``: nothing in it is left over. Otherwise ``near_screens`` and ``near_communes`` are what may have been meant."""

    screen: str = ""
    commune: str = ""
    language: str = ""
    is_known: bool = False
    near_screens: tuple[str, ...] = ()
    near_communes: tuple[str, ...] = ()

    def address(self) -> str:
        """Where it leads, below the application's own address."""
        return f"{PAPER}/{self.commune}" if self.screen == PAPER else "" if self.screen == "overview" else self.screen

    def parameters(self) -> dict[str, str]:
        """The parameters that the address adds."""
        commune = {"commune": self.commune} if self.commune and self.screen != PAPER else {}
        return commune | ({"lang": self.language} if self.language else {})


def guess_address(path: str, province: Province) -> Guess:
    """Read a path such as ``/conseil``, ``/commune/tizi-ntest``, ``/fr/carte`` or ``/تيزي نتاست``; never a guess of a commune."""
    parts = [part for part in path[:LONGEST].split("/") if part.strip()]
    language = parts.pop(0) if parts and parts[0] in LANGUAGES else ""
    screen = screen_words().get(_word(parts[0]), "") if parts else "overview"
    rest = parts[1:] if screen else parts
    if len(path) > LONGEST or len(rest) > 1 or (rest and screen not in ("", PAPER, *_of_communes())):
        return Guess(near_screens=_near_screens(parts), near_communes=search(" ".join(rest), province))
    if not rest:
        return Guess(screen, "", language, is_known=screen != PAPER, near_screens=("commune",) if screen == PAPER else ())
    match = find_commune(names_of(province), rest[0])
    if match.commune_code:
        return Guess(screen or "commune", match.commune_code, language, is_known=True)
    near = () if screen else _near_screens(parts)
    return Guess(screen, language=language, near_screens=near, near_communes=search(rest[0], province))


def search(text: str, province: Province) -> tuple[str, ...]:
    """Codes of the communes that a text may mean, the likeliest first."""
    return search_communes(names_of(province), text)[:MOST_NEAR] if text.strip() else ()


def standing_for(text: str, province: Province) -> tuple[str, ...]:
    """Codes of the communes that a text stands for; none that is merely near."""
    return communes_holding(names_of(province), text) if text.strip() else ()


def read_names(texts: Iterable[str], province: Province) -> tuple[list[str], list[str]]:
    """Codes of the communes that texts stand for, several in one text with a comma, a semicolon or a line between; and what stands for
    none or for more than one."""
    names = [name.strip()[:LONGEST] for text in texts for name in _BETWEEN.split(text) if name.strip()]
    meant = [(name, standing_for(name, province)) for name in names]
    return [codes[0] for _, codes in meant if len(codes) == 1], [name for name, codes in meant if len(codes) != 1]


def recognise(text: str, province: Province) -> str:
    """The code of the commune that a text names; empty where it is not sure."""
    match = find_commune(names_of(province), text[:LONGEST])
    return match.commune_code or "" if match.kind in (MatchKind.CODE, MatchKind.NAME) else ""


@cache
def names_of(province: Province) -> NameIndex:
    """Spellings of the communes of a territory, those that an import recognises."""
    return build_name_index(read_communes(province), province.aliases)


@cache
def screen_words() -> Mapping[str, str]:
    """Screens by every word for them: their own names, those of the navigation in each language, and what people say besides."""
    words: dict[str, str] = {PAPER: PAPER}
    for texts in map(load_texts, LANGUAGES):
        for key in (key for key in texts if key.startswith("screen.")):
            name = key.removeprefix("screen.")
            words |= {_word(name): name, _word(texts[key]): name}
        for name in (*dict.fromkeys(words.values()),):
            said = texts.get(f"address.words_{name}", "").split(",")
            words |= {_word(word): name for word in said if word.strip()}
    return words


def _of_communes() -> tuple[str, ...]:
    """Screens that may be asked for with a commune."""
    return tuple(dict.fromkeys(name for name in screen_words().values() if name not in (PAPER, "accounts")))


def _near_screens(parts: list[str]) -> tuple[str, ...]:
    words = screen_words()
    found = process.extract(_word(parts[0]) if parts else "", words.keys(), scorer=fuzz.ratio, limit=3, score_cutoff=_ALIKE)
    return tuple(dict.fromkeys(words[word] for word, _, _ in found if words[word] != PAPER))


def _word(text: str) -> str:
    """A word without accents, article and spaces."""
    return plain(text.removesuffix(".html").removesuffix(".php")).removeprefix("ال").replace(" ", "")
