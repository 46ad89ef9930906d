"""What leaves runs nowhere and what stands for nothing comes in nowhere: formulas, Markdown, characters."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.exporting.inert import inert_text, plain_text
from data.free_text import one_line
from data.importing.apart import read_sheets_apart
from pages.web.api import forms
from pages.widgets.html import plain_markdown


@given(st.text(alphabet="'=+-@;,\t\r\n a1＝", max_size=12))
def test_what_is_made_inert_comes_back_and_begins_no_formula_in_any_cell(text):
    safe = inert_text(text)
    assert plain_text(safe) == text
    for separator in (";", "\t", "\n", "\r"):
        for cell in safe.split(separator):
            assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "＝"))


def test_a_formula_behind_the_separator_of_a_french_spreadsheet_is_inert():
    assert inert_text("vu;=1+1") == "vu;'=1+1"
    assert inert_text("vu, =1+1 ; note") == "vu, =1+1 ; note"


@pytest.mark.parametrize("character", ["\ufffe", "\uffff", "\ufdd0", "\x00", "\x0b", "\U0001fffe"])
def test_characters_that_stand_for_nothing_come_neither_by_hand_nor_by_file(character):
    assert one_line(f"Piste{character} ouverte") == "Piste ouverte"
    if character == "\x00":
        return  # a file with such a character is no text, and refused
    (sheet,) = read_sheets_apart(f"commune;mois\nFrei{character}ja;2025-08\n".encode(), "a.csv")
    assert sheet.rows[1] == ("Freija", "2025-08")


def test_the_name_of_a_file_is_no_markdown():
    assert plain_markdown("![x](http://a)**b**_c_.xlsx") == "\\!\\[x\\](http:\u2060//a)\\*\\*b\\*\\*\\_c\\_.xlsx"
    # Streamlit finds addresses in the text that is left, whatever was escaped.
    assert plain_markdown("www.ici.example :material/home: a@b.ma") == "www\u2060.ici.example \\:material/home: a@\u2060b.ma"
    assert [plain_markdown(text) for text in ("# a", "- a", "12. a")] == [r"\# a", r"\- a", r"12\. a"]


def test_a_sentence_of_ours_stands_as_it_is():
    sentence = "Départ, février 2026. Coût : 69 à 152 millions (ordre de grandeur) · l'an 2 ; 10-12 km"
    assert plain_markdown(sentence) == sentence


# Tables that stay inside: read by the importer at once, or texts of our own and names of communes.
STAY = {
    "data/importing/published.py", "data/support_form.py", "pages/screens/places/true_point.py", "data/exporting/template.py",
    # Written by whoever makes the table inert first.
    "data/exporting/columns.py",
}  # fmt: skip


def test_whatever_writes_a_table_of_text_makes_it_inert():
    root = Path(__file__).parents[2]
    modules = [path for room in ("data", "pages", "geo", "analytics") for path in (root / room).rglob("*.py")]
    sources = {str(path.relative_to(root)): path.read_text(encoding="utf-8") for path in modules}
    writers = {name for name, source in sources.items() if re.search(r"csv\.writer\(|DictWriter\(|\.to_csv\(", source)}
    assert {name for name in writers if "inert_text(" not in sources[name] and "(inert_text)" not in sources[name]} == STAY
    # xlsxwriter takes a text for a formula where it guesses; write_string never does.
    books = {
        name for name, source in sources.items() if "Workbook(" in source and '"strings_to_formulas": False' not in source
    }
    guessing = {name for name in books if re.search(r"(page|sheet|book)\.write(_row|_column|_formula)?\(", sources[name])}
    assert not guessing


def test_a_source_that_is_a_formula_is_inert_in_sdmx():
    assert forms._plain('=HYPERLINK("http://x")') == '\'=HYPERLINK("http://x")'
    assert (forms._plain(-3.5), forms._plain(float("nan")), forms._plain(None)) == (-3.5, "", "")
