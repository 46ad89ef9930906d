"""Texts of binary workbooks whose parts are raised or struck out: the mark of a footnote is no digit of the figure before it."""

import itertools
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.importing.findings import RefusedError
from data.importing.reading.letters import raised
from data.importing.reading.other_books import read_book
from data.importing.reading.rich_text import runs_of_label, runs_of_part, set_apart, shared_runs
from tests.messy.files import with_parts
from tests.messy.unseen import binary_parts
from tests.older_workbooks import PLAIN, RAISED, STRUCK, older_workbook, shared_texts

LARGE = itertools.repeat(8000)
RICH = st.tuples(
    st.text(st.characters(codec="utf-16", max_codepoint=0xFFFF), max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 9)), max_size=6),
)


def fonts(runs):
    """Runs with the places of their fonts: there is no font 4 in the file."""
    return [(start, font - 1 if font > 4 else font) for start, font in runs]


@given(st.lists(RICH, max_size=12), st.lists(st.integers(11, 60), min_size=1))
def test_runs_are_read_wherever_a_record_ends(texts, sizes):
    records = shared_texts(texts, itertools.cycle(sizes))
    assert shared_runs(records) == {at: fonts(runs) for at, (_, runs) in enumerate(texts) if runs}


@given(st.lists(RICH, min_size=1, max_size=6), st.integers(11, 60), st.data())
def test_a_table_that_is_cut_short_is_damaged(texts, size, data):
    records = shared_texts(texts, itertools.repeat(size))
    number = data.draw(st.integers(0, len(records) - 1))
    shorter = data.draw(st.integers(0, len(records[number]) - 1))
    with pytest.raises((IndexError, struct.error)):
        shared_runs([*records[:number], records[number][:shorter]])


@pytest.mark.parametrize(
    ("runs", "shown"),
    [
        ([(3, RAISED)], "340¹"),
        ([(0, RAISED), (1, PLAIN)], "³401"),
        ([(1, RAISED), (2, PLAIN), (3, RAISED)], "3⁴0¹"),
        ([(3, PLAIN)], "3401"),
        ([], "3401"),
        ([(9, RAISED)], "3401"),
    ],
)
def test_a_raised_part_is_set_apart(runs, shown):
    # Texts before it fill several records, so that its runs stand behind one that continues.
    before = [[(f"{'é' * (at % 3)}remarque {at}", [(2, RAISED), (3, PLAIN)] * (at % 4))] for at in range(200)]
    (sheet,) = read_book(older_workbook([*before, [("3401", runs)]], itertools.cycle([90, 120, 77])))
    assert sheet.rows[-1] == (shown,)
    assert not sheet.struck


def test_a_part_that_is_struck_out_is_known():
    (sheet,) = read_book(older_workbook([[("340", []), ("34012", [(3, STRUCK)])]], LARGE))
    assert sheet.struck == {(0, 1)}


def test_runs_of_a_text_in_its_cell():
    body = struct.pack("<HHHH", 4, 2, 0, 4) + b"3401" + struct.pack("<BBB", 1, 3, RAISED)
    assert runs_of_label(body, is_wide=False) == [(3, RAISED - 1)]
    wide = struct.pack("<HHHHB", 4, 2, 0, 4, 1) + "3401".encode("utf-16-le") + struct.pack("<HHH", 1, 3, RAISED)
    assert runs_of_label(wide, is_wide=True) == [(3, RAISED - 1)]
    with pytest.raises(IndexError):
        runs_of_label(wide[:-1], is_wide=True)


def test_letters_of_two_units_are_counted_as_the_file_does():
    assert set_apart("\U0001f4a7 340 1", [(6, 8)]) == f"\U0001f4a7 340{raised(' 1')}"


@pytest.mark.parametrize("length", [1, 2, 3, 4, 5, 6, 7, 8, 11, 40, 54])
def test_a_workbook_in_binary_parts(length):
    # A figure of so many digits, and a raised 1 behind it as its last letter; the length of the text stands before it as 4 bytes.
    figure = "3" * length + "1"
    text = figure.encode("utf-16-le")

    def rich(name, content):
        plain = bytes([19, 5 + len(text), 0]) + struct.pack("<I", len(figure)) + text
        marked = bytes([19, 13 + len(text), 1]) + struct.pack("<I", len(figure)) + text + struct.pack("<IHH", 1, length, 2)
        return content.replace(plain, marked)

    content = binary_parts([["Commune", "Élèves"], ["Adar", figure]])
    assert read_book(content)[0].rows[1] == ("Adar", figure)
    assert read_book(with_parts(content, rich))[0].rows[1] == ("Adar", "3" * length + "¹")


@given(
    st.text(st.characters(codec="utf-16", max_codepoint=0xFFFF), max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 9)), min_size=1, max_size=6),
    st.binary(max_size=9),
)
def test_runs_of_a_text_in_binary_parts_are_those_that_it_counts_whatever_stands_behind_them(text, runs, behind):
    # Behind them may stand how the text is pronounced.
    letters = text.encode("utf-16-le")
    packed = struct.pack("<I", len(runs)) + b"".join(struct.pack("<HH", *run) for run in runs)
    body = struct.pack("<I", len(letters) // 2) + letters
    assert runs_of_part(b"\x01" + body + packed + behind) == runs
    assert runs_of_part(b"\x03" + body + packed + behind) == runs
    assert runs_of_part(b"\x00" + body) == []


def test_damaged_runs_are_refused_with_the_reason():
    content = older_workbook([[("3401", [(3, RAISED)])]], LARGE)
    damaged = content.replace(struct.pack("<HBH", 4, 8, 1), struct.pack("<HBH", 4, 8, 999))
    assert damaged != content
    with pytest.raises(RefusedError) as refused:
        read_book(damaged)
    assert refused.value.finding.key == "file_damaged"
