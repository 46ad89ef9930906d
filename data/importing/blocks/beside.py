"""What stands beside a table and not in it: a month, a commune or a variable in a title, a label or a sheet's name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from data.importing.blocks.block import Block, Said
from data.importing.blocks.headings import (
    COMMUNE_NAME,
    CUMULATIVE,
    DATE,
    FORECAST,
    PLACE_FIELDS,
    SCALE,
    STATUS,
    VARIABLE,
    YEAR,
    Vocabulary,
)
from data.importing.blocks.levels import month_of
from data.importing.days import MONTHS, month_words, read_day
from data.importing.reading.sheet import RawValue, is_filled
from data.importing.record_headers import record_vocabulary
from data.importing.status_words import status_in_title
from data.loaders.today import load_variables
from data.records.sheet_kind import name_column
from geo.spelling import plain

FindCommune = Callable[[str], str | None]

_NUMERIC_MONTHS = re.compile(r"(?<![\d/.-])(?:(\d{4})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{4}))(?![\d/.-])")
_DAYS = re.compile(
    r"(\b(?:au|à la date du|jusqu'au|as of|until|إلى غاية|لغاية)\s+)?(?<!\d)(\d{1,2}[-/.]\d{1,2}[-/.]\d{4})(?!\d)",
    re.IGNORECASE,
)
# A title that counts several months names none.
_SPANS = re.compile(
    r"\b(cumul\w*|trimestr\w*|semestr\w*|annuel\w*|premiers|quarter\w*|cumulative|ytd|[tqs][1-4]|تراكمي|الاسدس|الفصل)\b"
)
_SCALES = re.compile(r"\b(en (milliers|millions)|in thousands|in millions|x ?1 ?000|بالالاف|بالملايين)\b")
_FORECASTS = re.compile(
    r"\b(previsions?|previsionnel\w*|prevus?|objectifs?|projections?|forecasts?|targets?|planned|توقعات|التوقعات|المتوقع|الاهداف)\b"
)
# Figures that add up months; "since the earthquake" is how those who are still displaced are called.
_CUMULATIVE = re.compile(
    r"\b(cumul\w*|year to date|ytd|تراكمي\w*)\b|\b(depuis|since|منذ) ((le|la|l|debut|de|d|the|beginning|of|بدايه|شهر) )*"
    rf"(annee|year|rentree|السنه|20\d\d|{'|'.join(name for name in MONTHS if len(name) > 3)})\b"
)
# Also words of other tongues, or of other things: alone they name no second month.
_DOUBTFUL_ALONE = frozenset(("mar", "may", "dec", "sept", "اب"))
_SINCE = ("du", "depuis", "from", "من")
_UNTIL = ("au", "fin", "of", "until", "غايه", "لغايه", "متم")
# After these words a name is that of a larger territory: the town of the same name is not meant.
_LARGER = frozenset(map(plain, ("province", "préfecture", "cercle", "caïdat", "région", "pachalik", "إقليم", "عمالة", "دائرة",
                                "قيادة", "جهة", "للإقليم", "بإقليم", "لإقليم")))  # fmt: skip
_COMMUNE_WORDS = frozenset(map(plain, ("commune", "communes", "جماعة", "الجماعة", "municipalité", "بلدية", "cr", "ct")))
_LONGEST_NAME = 5


def with_said(block: Block, above: int, find_commune: FindCommune, vocabulary: Vocabulary, file_name: str) -> Block:
    """The table with the month, the commune and the variable that only stand beside it.

    Args:
        above: the first row that is not part of the table before it.
    """
    lines = list(_lines(block, above, file_name))
    if block.kind is not None:
        return _with_said_of_records(block, above, lines, find_commune)
    said = _status_beside(block, above, lines, vocabulary)
    fields = block.column_of
    has_place = any(name in fields for name in PLACE_FIELDS)
    if not has_place and (found := _labelled(block, above, PLACE_FIELDS, vocabulary) or _commune_in(lines, find_commune)):
        said[COMMUNE_NAME] = found
    if not block.has_date or YEAR in fields:
        month = _month_beside(block, above, lines, vocabulary)
        if month and DATE not in fields:
            said[DATE] = month
    for field, words in ((SCALE, _SCALES), (FORECAST, _FORECASTS), (CUMULATIVE, _CUMULATIVE)):
        if found_in := next((Said(cell, place) for place, cell in lines if words.search(plain(str(cell)))), None):
            said[field] = found_in
    has_months = any(column.month for column in block.columns.values() if column.field == "value")
    if has_months and VARIABLE not in fields and (variable := _variable_in(lines, vocabulary)):
        said[VARIABLE] = variable
    return replace(block, said=said) if said else block


def _with_said_of_records(
    block: Block, above: int, lines: Sequence[tuple[str, RawValue]], find_commune: FindCommune
) -> Block:
    """A table of records whose month, commune or status only its title names: a list of facilities, arrivals in one commune."""
    assert block.kind is not None
    kind, layout, vocabulary = block.kind, block.kind.layout(), record_vocabulary(block.kind)
    said = _status_beside(block, above, lines, vocabulary) if layout.of_type("persons") else {}
    if DATE not in block.column_of and layout.has_month and (month := _month_beside(block, above, lines, vocabulary)):
        said[DATE] = month
    needed = [field.id for field in layout.of_type("commune") if field.id not in kind.optional]
    absent = [name for name in needed if not {name, name_column(name)} & set(block.column_of)]
    # Of two ends of a movement one is said by the title; nobody can tell which where both are.
    if len(absent) == 1:
        names = (absent[0], name_column(absent[0]))
        if found := _labelled(block, above, names, vocabulary) or _commune_in(lines, find_commune):
            said[name_column(absent[0])] = found
    return replace(block, said=said) if said else block


def _status_beside(
    block: Block, above: int, lines: Sequence[tuple[str, RawValue]], vocabulary: Vocabulary
) -> dict[str, Said]:
    """How firm the figures are, where a label or a title says it and no column does."""
    if STATUS in block.column_of:
        return {}
    labelled = _labelled(block, above, (STATUS,), vocabulary)
    found = labelled or next((Said(word, at) for at, cell in lines if (word := status_in_title(str(cell)))), None)
    return {STATUS: found} if found else {}


def _month_beside(block: Block, above: int, lines: Sequence[tuple[str, RawValue]], vocabulary: Vocabulary) -> Said | None:
    labelled = _labelled(block, above, (DATE,), vocabulary)
    return labelled if labelled and read_day(labelled.value).day else _month_in(lines)


def _lines(block: Block, above: int, file_name: str) -> Iterator[tuple[str, RawValue]]:
    """Where words may stand, nearest first: titles above, the sheet's name, the file's name."""
    for row in range(block.top - 1, above - 1, -1):
        for column, cell in enumerate(block.sheet.rows[row]):
            if is_filled(cell):
                yield block.sheet.address(row, column), _with_label(block.sheet.rows[row], column)
    if block.sheet.name:
        yield block.sheet.name, block.sheet.name
    yield file_name, re.sub(r"\.\w{2,5}$", "", file_name)


def _with_label(cells: Sequence[RawValue], column: int) -> RawValue:
    """A day as text behind the words that stand before it in its row: "Taroudannt, le" dates a letter, "Situation au" what it says."""
    day = cells[column]
    label = next((cell for cell in reversed(cells[:column]) if isinstance(cell, str) and cell.strip()), None)
    return f"{label} {day:%d/%m/%Y}" if isinstance(day, date) and label else day


def _labelled(block: Block, above: int, fields: Sequence[str], vocabulary: Vocabulary) -> Said | None:
    """The cell beside a label ("Commune" or "Commune :"), or what follows its colon in the same cell."""
    for row in range(block.top - 1, above - 1, -1):
        for column, cell in enumerate(block.sheet.rows[row]):
            if not isinstance(cell, str):
                continue
            label, colon, rest = cell.partition(":")
            if vocabulary.find(label) not in fields:
                continue
            if colon and rest.strip():
                return Said(rest.strip(), block.sheet.address(row, column), is_stated=True)
            beside = [(at, c) for at, c in enumerate(block.sheet.rows[row]) if at > column and is_filled(c)]
            if beside:
                return Said(beside[0][1], block.sheet.address(row, beside[0][0]), is_stated=True)
    return None


def _month_in(lines: Sequence[tuple[str, RawValue]]) -> Said | None:
    """The one month that the nearest words name; none where they name two."""
    for place, cell in lines:
        months = {found} if (found := month_of(cell)) else set(_months_of(str(cell))) if isinstance(cell, str) else set()
        named = [month for month in months if month is not None]
        if len(months) == 1 and named and not _SPANS.search(plain(str(cell))):
            return Said(named[0], place)
        if named:
            return None
    return None


def _months_of(text: str) -> Iterator[date | None]:
    """The months that a text names; None for one that it names without its year."""
    for match in _NUMERIC_MONTHS.finditer(text):
        year, month = (match[1], match[2]) if match[1] else (match[4], match[3])
        if 1 <= int(month) <= 12 and 2000 <= int(year) <= 2100:
            yield date(int(year), int(month), 1)
    for match in _DAYS.finditer(text):
        # The day until which a situation was drawn up tells its month; a day of print, of signature or of entry does not.
        if match[1] and (day := read_day(match[2]).day):
            yield date(day.year, day.month, 1)
    words = month_words(_DAYS.sub(" ", text))
    for at, word in enumerate(words):
        if at and words[at - 1].isdigit() and len(words[at - 1]) < 3 and (at < 2 or words[at - 2] not in _UNTIL):
            if word in MONTHS and at > 1 and words[at - 2] in _SINCE:
                # From a day on: the month in which a span begins, and another one may end it.
                yield None
            continue
        following = words[at + 1] if at + 1 < len(words) else ""
        if word in MONTHS and following.isascii() and following.isdigit() and len(following) in (2, 4):
            year_said = int(following) if len(following) == 4 else 2000 + int(following)
            if 2000 <= year_said <= 2100:
                yield date(year_said, MONTHS[word], 1)
        elif word in MONTHS and word not in _DOUBTFUL_ALONE:
            yield None


def _commune_in(lines: Sequence[tuple[str, RawValue]], find_commune: FindCommune) -> Said | None:
    """The one commune that the nearest words name."""
    for place, cell in lines:
        communes = set(_communes_of(str(cell), find_commune)) if isinstance(cell, str) else set()
        if len(communes) == 1:
            return Said(communes.pop(), place)
        if communes:
            return None
    return None


def _communes_of(text: str, find_commune: FindCommune) -> Iterator[str]:
    """Codes of the communes whose names stand in a text, the longest names first."""
    words = [word for word in re.split(r"[^\w'’]+", re.sub(r"\b[dDlL]['’]", " ", text)) if word]
    taken: set[int] = set()
    for length in range(min(_LONGEST_NAME, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            span = range(start, start + length)
            if taken & set(span):
                continue
            name = " ".join(words[start : start + length])
            if plain(name) in _COMMUNE_WORDS or name.isdigit() or len(name) < 3:
                continue
            code = find_commune(name)
            if code:
                taken |= set(span)
                if not _is_of_larger(words, start):
                    yield code


def _is_of_larger(words: Sequence[str], start: int) -> bool:
    before = [plain(word) for word in words[max(0, start - 2) : start] if plain(word) not in ("de", "du", "la", "d")]
    return bool(before) and before[-1] in _LARGER


def _variable_in(lines: Sequence[tuple[str, RawValue]], vocabulary: Vocabulary) -> Said | None:
    for place, cell in lines:
        parts = [str(cell), *re.split(r"\s+[–—-]\s+|[:;|]", str(cell))] if isinstance(cell, str) else []
        found = {field for part in parts if (field := vocabulary.find(part)) in load_variables()}
        if len(found) == 1:
            return Said(found.pop(), place)
        if found:
            return None
    return None
