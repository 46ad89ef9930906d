"""What a heading says: the field it stands for, from ``column_maps`` and the variable catalogue; never a near guess."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from data.i18n import LANGUAGES, Translator
from data.loaders.today import load_variables, monthly_sheets
from geo.spelling import plain

FOLDER = Path(__file__).parents[1] / "column_maps"

COMMUNE_CODE, COMMUNE_NAME, DATE = "commune_code", "commune_name", "reference_date"
# A date that tells the month only where no column says that it does; the year of a month that stands in another column.
ANY_DATE, YEAR = "any_date", "year"
VARIABLE, VALUE = "variable", "value"
STATUS = "status"
LONG_FIELDS = (STATUS, "provenance", "reliability", "source")
# What a collection tool or a server says of a row: whether it was approved, whether a value is deleted or is of a part only.
VALIDATION, DELETED, PART = "validation_status", "deleted", "part"
PLACE_FIELDS = (COMMUNE_CODE, COMMUNE_NAME)
# What a title says of all the figures below it: that they are thousands.
SCALE = "scale"
# What it says of them too, and a person must confirm: that they are planned, that they add up months.
FORECAST, CUMULATIVE = "forecast", "cumulative"
# A school, a douar, a health centre: a row that names one may count only what is there.
UNIT = "smaller_unit"
ROW_FIELDS = (*PLACE_FIELDS, DATE, ANY_DATE, YEAR, VARIABLE, *LONG_FIELDS, VALIDATION, DELETED, PART, UNIT)

_FILLERS = frozenset(
    [
        "nombre",
        "nb",
        "nbre",
        "n",
        "total",
        "de",
        "du",
        "des",
        "d",
        "la",
        "le",
        "les",
        "l",
        "en",
        "of",
        "the",
        "number",
        "عدد",
    ]
)
_BRACKETS = re.compile(r"[(\[{（](?P<within>[^()\[\]{}（）]*)[)\]}）]")
# Signs that make another quantity of what they stand beside, each with the word that it is read as.
_SIGNS = str.maketrans({"%": " pct ", "٪": " pct ", **{sign: f" u{ord(sign)} " for sign in "‰±∆×÷<>≤≥=≠"}})
# The groups of a form before the name of a question, as collection tools join them: Kobo by "/", ODK by "-", others by ".".
_GROUP_PATH = re.compile(r"(?P<groups>[^\s/]+(?:/[^\s/]+)*)/(?P<last>[^\s/]+)")
_ASCII_PATH = re.compile(r"(?P<groups>[a-z_][a-z0-9_]*(?:[.-][a-z0-9_]+)*)[.-](?P<last>[a-z][a-z0-9_]*)", re.ASCII)
# What forms and tables put around a heading: mark-up, the number of a question ("3. ", "Q3) "), a mark above the line, an HXL tag.
_MARK_UP = re.compile(r"</?[a-zA-Z][^<>]*>")
_NUMBER_OF_QUESTION = re.compile(r"^\s*(?:[A-Za-z]{1,2}\d{1,3}|\d{1,3})(?:\.\d{1,2})*[.)]\s+(?=[^\W\d])")
_RAISED_MARK = re.compile(r"\s*[⁰¹²³⁴-⁹⁽⁾]+\s*$")
_BEFORE_TAG = re.compile(
    r"(?P<heading>[^#]+?)\s+(?P<tag>#[a-z][a-z0-9_]*(?:\s*\+\s*[a-z0-9_]+)*)", re.IGNORECASE | re.ASCII | re.DOTALL
)
# What parts a heading in two languages.
_BETWEEN_LANGUAGES = re.compile(r"\s*[/|\n–—]\s*|\s+-\s+")
# What is counted beside these is counted for each of them.
_PEOPLE = frozenset(("population", "habitants", "inhabitants", "persons", "people", "patients"))
# A tag of the Humanitarian Exchange Language: #adm3+name. An error of a spreadsheet (#REF!, #N/A) is none.
HXL_TAG = re.compile(r"\s*#[a-z][a-z0-9_]*(\s*\+\s*[a-z][a-z0-9_]*)*\s*", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What headings stand for: ``fields`` by reduced heading (empty: known and not read), ``bare`` by a heading of which
    nothing is left when it is reduced, ``tags`` by HXL tag."""

    fields: Mapping[str, str]
    bare: Mapping[str, str]
    tags: Mapping[str, str]

    def find(self, heading: str) -> str | None:
        """The field of a heading, empty where it is known and not read; None where it is not known.

        The words in brackets belong to it: they make another quantity unless they say what the variable says anyway.
        """
        text = heading.strip()
        if text.casefold() in self.bare:
            return self.bare[text.casefold()]
        found = self.fields.get(_words(text))
        if found is None:
            found = self._in_two_languages(text)
        if found is None:
            found = self._behind_groups(text)
        if found is None and (brackets := _BRACKETS.findall(text)):
            field = self.fields.get(reduce_heading(text))
            found = field if field and all(says_nothing_else(within, field) for within in brackets) else None
        return found if found is not None else self._in_dress(text)

    def _in_dress(self, text: str) -> str | None:
        """The field of a heading that a form or a table dressed: mark-up, the number of its question, a raised mark, its HXL tag."""
        if tagged := _BEFORE_TAG.fullmatch(text):
            said, own = self.tags.get(read_tag(tagged["tag"])), self.find(tagged["heading"])
            is_date = {said, own} <= {DATE, ANY_DATE}
            return said if said and (own in (None, "", said) or is_date) else None
        bare = _RAISED_MARK.sub("", _NUMBER_OF_QUESTION.sub("", _MARK_UP.sub(" ", text)))
        return self.find(bare) if bare.strip() and bare.strip() != text else None

    def _in_two_languages(self, text: str) -> str | None:
        """The field of a heading that says the same in two languages ("Médecins / الأطباء")."""
        parts = [part for part in _BETWEEN_LANGUAGES.split(text) if part.strip()]
        if len(parts) != 2 or text.isascii():
            return None
        one, other = (self.find(part) for part in parts)
        return one if one == other else None

    def _behind_groups(self, text: str) -> str | None:
        """The field of a question that stands behind the groups of its form; a figure only by its own id, or behind groups that say
        nothing: "Consultations/Médecins" is a ratio."""
        match = _GROUP_PATH.fullmatch(text) or _ASCII_PATH.fullmatch(text)
        if match is None:
            group, sign, label = text.partition("/")
            return self.find(label) if sign and plain(group) in _form_groups() else None
        groups, last = re.split(r"[/.-]", match["groups"]), match["last"]
        found = self.find(last)
        if found is None or all(is_neutral_group(group) for group in groups) or ("/" in text and found in (*ROW_FIELDS, "")):
            return found
        is_ratio = any(self.find(group) or group.casefold() in _PEOPLE for group in groups)
        return found if last == found and not is_ratio else None


def reduce_heading(heading: str) -> str:
    """A heading without what writers vary: brackets, "nombre de", articles, accents, case."""
    return _words(_BRACKETS.sub(" ", heading))


def _words(text: str) -> str:
    """Plain words without fillers; a sign of percent is a word, and so is any other that makes another quantity."""
    said = plain(text.replace("+/-", "±").translate(_SIGNS)).split()
    return " ".join(word for word in said if word not in _FILLERS)


def says_nothing_else(words: str, field: str) -> bool:
    """Whether words beside a heading leave it the quantity that it is: a unit of its own, or a word that says nothing."""
    said = _words(words)
    variable = load_variables().get(field)
    if variable and any(said == _words(within) for label in variable.labels.values() for within in _BRACKETS.findall(label)):
        return True
    unit = variable.unit if variable else field
    units = _units()
    return all(units.get(word) in ("", unit) for word in said.split())


@cache
def _units() -> dict[str, str]:
    """Words that say a unit, or nothing (``words/units.csv``)."""
    with (FOLDER / "words" / "units.csv").open(encoding="utf-8", newline="") as lines:
        return {_words(row["word"]): row["unit"] for row in csv.DictReader(lines)}


@cache
def group_words() -> frozenset[str]:
    """Words of headings above others that only name a service or say "figures" (``words/groups.csv``)."""
    with (FOLDER / "words" / "groups.csv").open(encoding="utf-8", newline="") as lines:
        return frozenset(word for row in csv.DictReader(lines) for word in _words(row["words"]).split())


@cache
def _form_groups() -> frozenset[str]:
    """The groups of our form, as a tool writes them before the words of a question."""
    where = (Translator(language)("xlsform.identification") for language in LANGUAGES)
    return frozenset(
        plain(label) for label in (*where, *(label for sheet in monthly_sheets() for label in sheet.labels.values()))
    )


def is_neutral_group(text: str) -> bool:
    """Whether a heading above others says only what service they are of."""
    return all(word in group_words() for word in _words(text).split())


def is_total_word(text: str) -> bool:
    """Whether a heading below another one says that it is the whole of it."""
    return plain(text) in {"total", "ensemble", "totaux", "les deux sexes", "المجموع", "مجموع", "both sexes", "all"} or (
        bool(plain(text)) and _words(text) == ""
    )


def list_headings() -> list[tuple[str, str]]:
    """Every heading that is recognised, with its field: the map files, then ids and labels of the catalogue."""
    headings = [pair for path in sorted(FOLDER.glob("*.csv")) for pair in read_column_map(path)]
    for variable in load_variables().values():
        headings += [(heading, variable.id) for heading in (variable.id, *variable.labels.values())]
    return headings


def read_column_map(path: Path) -> list[tuple[str, str]]:
    """Headings of one map file with their fields."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [(row["heading"], row["field"]) for row in csv.DictReader(lines)]


def build_vocabulary(headings: list[tuple[str, str]], tags: Mapping[str, str]) -> Vocabulary:
    """A vocabulary of headings with their fields; a heading stands for its field with and without its own brackets."""
    # The columns of a tool ("_status") are those of their own names; what they are when reduced, other headings say first.
    ordered = sorted(headings, key=lambda pair: not pair[0].startswith("_"))
    fields = {reduce_heading(heading): field for heading, field in ordered}
    fields |= {_words(heading): field for heading, field in ordered}
    bare = {
        heading.strip().casefold(): field for heading, field in headings if not reduce_heading(heading) or heading[0] == "_"
    }
    fields.pop("", None)
    return Vocabulary(fields, bare, {read_tag(tag): field for tag, field in tags.items()})


@cache
def figure_vocabulary() -> Vocabulary:
    """Headings of monthly figures."""
    variables = load_variables().values()
    tags = {variable.hxl: variable.id for variable in variables if variable.monthly}
    tags |= {"#adm3+code": COMMUNE_CODE, "#adm3+name": COMMUNE_NAME, "#date+month": DATE, "#date": ANY_DATE,
             "#adm3": COMMUNE_NAME, "#indicator+code": VARIABLE, "#indicator+value+num": VALUE}  # fmt: skip
    return build_vocabulary(list_headings(), tags)


def read_tag(text: str) -> str:
    """A tag in one form: its attributes in alphabetical order."""
    name, *attributes = "".join(text.casefold().split()).split("+")
    return "+".join([name, *sorted(attributes)])


def is_hxl_row(row: tuple[object, ...]) -> bool:
    """Whether all that a row holds is HXL tags, but for a first cell that may name the row."""
    if not any(isinstance(cell, str) and "#" in cell for cell in row):
        return False
    filled = [cell for cell in row if cell is not None and str(cell).strip()]
    tags = [cell for cell in filled if isinstance(cell, str) and HXL_TAG.fullmatch(cell)]
    return len(tags) >= 1 and len(filled) - len(tags) <= (1 if len(tags) > 1 else 0)
