"""What texts of actors and actions may hold: no datum of a person, no title before a name, functions and not names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from data.free_text import find_personal_data, one_line
from data.importing.findings import Finding, Severity
from data.importing.grouping import group_findings
from data.records.layout import load_layout
from data.records.rows import Rows
from geo.spelling import plain

LONGEST = 300


def check_texts(rows: Rows, names: Sequence[str]) -> list[Finding]:
    """Errors for texts that are too long, that hold a telephone, an address or a number of a person, or a title before a name."""
    findings: list[Finding] = []
    for name in names:
        at = rows.at(name)
        said = {text: _problem(text) for text in at[name].unique()}
        wrong = at.assign(problem=at[name].map(said))
        wrong = wrong[wrong["problem"] != ""]
        for key, cells in wrong.groupby("problem", sort=False):
            findings += group_findings(cells, ["sheet"], str(key), Severity.ERROR, lambda cell: {})
    return findings


def lists_unknown(text: str, known: Iterable[str]) -> list[str]:
    """The parts of a list with commas that are none of the known words, as they are written."""
    words = {plain(word) for word in known}
    return [part.strip() for part in re.split(r"[,;/،؛]", text) if part.strip() and plain(part) not in words]


def is_function(text: str) -> bool:
    """Whether a text names a function: it holds a word for one, and no title of a person."""
    return bool(_said(text) & _plain_words("function_words")) and not names_a_person(text)


def names_a_person(text: str) -> bool:
    """Whether a title stands in a text with a word behind it: "M. …", "Mme …", "السيد …"."""
    words = plain(text).split()
    return any(word in _plain_words("titles_of_persons") for word in words[:-1]) and bool(_TITLE.search(text))


def _problem(text: str) -> str:
    if len(one_line(text)) > LONGEST:
        return "entry_length"
    if kind := find_personal_data(text):
        return f"entry_{kind}"
    return "support_person" if names_a_person(text) else ""


# An abbreviation has a full stop, or a capital; "m" alone is a metre, "si" an if.
_TITLE = re.compile(
    r"(?:^|[\s,;:(])(?:M\.|Mr\.?|Mrs\.?|Ms\.?|Miss|Mme\.?|Mlle\.?|Dr\.?|Docteur|Monsieur|Madame|Mademoiselle|Lalla|Ha(?:jj|j)|Si)\s+[A-ZÀ-Ý]"
    r"|(?:السيد|السيدة|الآنسة|الدكتور|الدكتورة|الحاج|الحاجة)\s"
)


def _said(text: str) -> set[str]:
    """The words of a text, alone and in pairs."""
    words = plain(text).split()
    return {*words, *(" ".join(pair) for pair in pairwise(words))}


@cache
def _plain_words(rule: str) -> frozenset[str]:
    return frozenset(plain(word) for word in load_layout("actors").rules[rule])
