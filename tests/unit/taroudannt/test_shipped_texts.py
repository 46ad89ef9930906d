"""What ships with the territory in French alone would stand in French on an Arabic screen: each text has its two translations."""

import re

import pandas as pd
import pytest

from data.i18n import Translator
from data.records.register import Register
from data.records.table import registers
from data.shipped_texts import load_shipped_texts, say_shipped
from data.support_tables import DEMONSTRATION, FACTS, read_support_files
from tests.territories import TAROUDANNT

# What is the same in every language: codes, figures, acronyms.
CODES = {"code", "result_code", "results", "quarters", "languages", "units", "year", "funder"}
SUPPORT = {"actions": ("activity", "partner", "stop_reason", "verification", "source"),
           "actors": ("role", "territory", "focal_function", "source")}  # fmt: skip


def texts_of(kind: Register) -> set[str]:
    path = TAROUDANNT.folder / "results" / f"{kind.id}.csv"
    if not path.exists():
        return set()
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    names = [f.id for f in kind.typed if f.form in ("text", "lines") and f.id in rows and f.id not in CODES]
    return {text for name in names for text in rows[name] if text}


def all_texts() -> set[str]:
    found = {text for kind in registers() for text in texts_of(kind)}
    for which in (FACTS, DEMONSTRATION):
        for kind, rows in read_support_files(TAROUDANNT, which).items():
            found |= {text for name in SUPPORT[kind] for text in rows[name] if text}
    return {text for text in found if not text.startswith("https://")}


def test_every_text_that_ships_is_said_in_three_languages_and_no_other_stands_in_the_file():
    known = load_shipped_texts(TAROUDANNT.folder)
    assert all_texts() - set(known) == set()
    assert set(known) - all_texts() == set()
    assert all(set(said) == {"ar", "en"} for said in known.values())
    assert all(re.search("[\u0600-\u06ff]", said["ar"]) for said in known.values())


@pytest.mark.parametrize(
    ("source", "expected"),
    [("Exemple inventé", "التكوين"), ("https://example.org", "التكوين"), ("Convention", "Formation"), ("", "Formation")],
)
def test_what_people_wrote_stays_as_they_wrote_it(source, expected):
    rows = pd.DataFrame({"activity": ["Formation"], "source": [source]})
    said = say_shipped(rows, ("activity",), TAROUDANNT, Translator("ar"))
    assert said["activity"].tolist() == [expected]
    assert say_shipped(rows, ("activity",), TAROUDANNT, Translator("fr")) is rows
