"""What the reader is looking at, as one value that an address holds: language, territory, month, result, commune, assumptions."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from zlib import crc32

import pandas as pd

from analytics.assumptions import Assumptions, FigureKinds
from data.free_text import one_line
from data.i18n import DEFAULT_LANGUAGE, LANGUAGES
from pages.address.assumptions import KNOWN, LENS, read_assumptions, write_assumptions
from pages.address.province import write_province
from pages.figures.figures import Figures

ALL = "all"
PROGRAMME = "programme"
URBAN = "urban"
# A territory of one's own: ``communes:04.67,04.69:Name``, each code without what all codes of the province begin with.
OWN = "communes:"
LONGEST_NAME = 40
_LONGEST_PART = 60
# In the names of files, which are the same in all languages.
MEASURED = "mesure"
# What the page's script adds to an address that was walked to by Back or Forward.
WALKED = "walked"


@dataclass(frozen=True, slots=True)
class Selection:
    """Language, territory, month, result on the map, commune, assumptions, and the commune whose card is open on the map (empty
    when none is); ``province`` is the parameter that leads back to the territory, where several are offered."""

    lang: str
    territory: str
    month: pd.Timestamp
    indicator: str
    commune: str
    assumptions: Assumptions
    card: str = ""
    province: Mapping[str, str] = field(default_factory=dict)

    def address(self) -> dict[str, str]:
        """The selection as parameters of an address."""
        return {
            "lang": self.lang,
            "territory": self.territory,
            "month": f"{self.month:%Y-%m}",
            "indicator": self.indicator,
            "commune": self.commune,
            **write_assumptions(self.assumptions),
            LENS: self.assumptions.figures.value,
            KNOWN: self.assumptions.known.value,
            **({"card": self.card} if self.card else {}),
            **self.province,
        }


def read_selection(figures: Figures, asked: Mapping[str, str]) -> Selection:
    """The selection that an address asks for, every part replaced by its default where it does not exist in these figures."""

    def known(key: str, options: Collection[str], default: str) -> str:
        value = asked.get(key, "")
        return value if value in options else default

    months = [f"{m:%Y-%m}" for m in figures.months]
    return Selection(
        lang=known("lang", LANGUAGES, DEFAULT_LANGUAGE),
        territory=known_territory(figures, asked.get("territory", "")),
        month=pd.Timestamp(known("month", months, f"{figures.default_month:%Y-%m}")),
        indicator=known("indicator", figures.assessment.results, figures.default_result),
        commune=known("commune", figures.territory, figures.territory[0]),
        assumptions=read_assumptions(asked),
        card=known("card", figures.territory, ""),
        province=write_province(figures.province),
    )


def known_territory(figures: Figures, asked: str) -> str:
    """The territory that an address asks for, the whole one where it is not known; one's own group in the one way it is written."""
    if asked in territory_options(figures):
        return asked
    codes, name = read_own(figures, asked)
    return write_own(figures, codes, name) if codes else ALL


def read_own(figures: Figures, territory: str) -> tuple[list[str], str]:
    """Codes and name of a territory of one's own; no code where it is none, or where none of its communes is known."""
    if not territory.startswith(OWN):
        return [], ""
    listed, _, name = territory.removeprefix(OWN).partition(":")
    start = f"{figures.province.codes}."
    asked = {code if code.startswith(start) else f"{start}{code}" for code in listed.split(",")}
    return [code for code in figures.communes["commune_code"] if code in asked], one_line(name)[:LONGEST_NAME]


def write_own(figures: Figures, codes: Collection[str], name: str) -> str:
    """The parameter of a territory of one's own."""
    start = f"{figures.province.codes}."
    return f"{OWN}{','.join(code.removeprefix(start) for code in sorted(codes))}:{one_line(name)[:LONGEST_NAME]}"


def file_part(territory: str) -> str:
    """A territory as a part of a file's name; a list of communes too long for it gives way to the name that the reader gave to it, and
    to a checksum that tells it from another of that name or beginning."""
    whole = territory.removeprefix(OWN)
    part = _dashed(whole)
    if len(part) <= _LONGEST_PART:
        return part
    start = _dashed(whole.partition(":")[2]) or part[:_LONGEST_PART]
    return f"{start}-{crc32(part.encode()):08x}"


def _dashed(text: str) -> str:
    return re.sub(r"[^\w-]+", "-", text).strip("-")


def name_file(assumptions: Assumptions, *parts: str, form: str) -> str:
    """Name of a file that figures leave in: what it holds, then the lens where it shows measured figures only, so that the two files
    of a month never take each other's place.

    Args:
        form: its ending, without the dot.
    """
    lens = (MEASURED,) if assumptions.figures is FigureKinds.REAL else ()
    return f"{'-'.join((*parts, *lens))}.{form}"


def territory_options(figures: Figures) -> list[str]:
    """Ids of the territories to choose from: the province, the programme and the urban communes where there are any, each
    cercle."""
    groups = {PROGRAMME: figures.communes["in_programme"].any(), URBAN: URBAN in set(figures.communes["group_code"])}
    return [ALL, *(name for name, is_there in groups.items() if is_there), *figures.cercles]


def communes_in(figures: Figures, territory: str) -> list[str]:
    """Codes of the communes of a territory, in order of code."""
    communes = figures.communes
    if territory.startswith(OWN):
        return read_own(figures, territory)[0]
    if territory == PROGRAMME:
        communes = communes[communes["in_programme"]]
    elif territory != ALL:
        communes = communes[communes["group_code"] == territory]
    return list(communes["commune_code"])
