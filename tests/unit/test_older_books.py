"""Workbooks of older programs (.xls), record by record: results of formulas, names and formats in Arabic, what is hidden or raised."""

import itertools
import struct

import pytest

from data.importing.findings import RefusedError
from data.importing.reading import other_books
from data.importing.reading import sheet as sheet_module
from data.importing.reading.book import read_sheets
from data.importing.reading.compound_file import read_stream
from data.importing.reading.other_books import read_book
from tests.older_workbooks import PLAIN, RAISED, compound_file

# Fonts in order: plain, plain, plain, struck out, raised; the numbers 0, 1, 2, 3, and 5, for there is no font 4.
FONTS = [(0, 0), (0, 0), (0, 0), (8, 0), (0, 1)]
STRUCK = 3


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def text(words: str, form: str) -> bytes:
    """A text behind its length: one byte a letter where all letters are of Western Europe, else two."""
    narrow = all(ord(letter) < 256 for letter in words)
    return struct.pack(form, len(words)) + (
        b"\x00" + words.encode("latin-1") if narrow else b"\x01" + words.encode("utf-16-le")
    )


def stream_of(*cells: bytes, name: str = "F", styles=((0, 0),), formats=()) -> bytes:
    """A workbook of one sheet; styles are font and format of each, formats their number and code."""
    head = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    for struck, raised in FONTS:
        head += record(0x0031, struct.pack("<HHHHH", 200, struck, 0, 400, raised) + bytes(5))
    head += b"".join(record(0x041E, struct.pack("<H", number) + text(code, "<H")) for number, code in formats)
    head += b"".join(record(0x00E0, struct.pack("<HH", *style) + bytes(16)) for style in styles)
    listed = text(name, "<B")
    end, start = record(0x000A, b""), len(head) + 4 + 6 + len(listed) + 4
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 16, 0, 0, 0, 0)) + b"".join(cells)
    return head + record(0x0085, struct.pack("<IH", start, 0) + listed) + end + sheet + end


def older(*cells: bytes, **said) -> bytes:
    return compound_file(stream_of(*cells, **said))


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, style, value))


def error(row: int, column: int, code: int) -> bytes:
    return record(0x0205, struct.pack("<HHHBB", row, column, 0, code, 1))


def formula(row: int, column: int, result: bytes) -> bytes:
    """A formula (the number 1) with the result that its program kept."""
    return record(0x0006, struct.pack("<HHH", row, column, 0) + result + struct.pack("<HIH", 0, 0, 3) + b"\x1e\x01\x00")


def marked(row: int, column: int, words: str, style: int, *runs: tuple[int, int]) -> bytes:
    """A text in its cell whose parts have fonts of their own."""
    body = struct.pack("<HHH", row, column, style) + text(words, "<H") + struct.pack("<H", len(runs))
    return record(0x00D6, body + b"".join(struct.pack("<HH", *run) for run in runs))


@pytest.mark.parametrize(
    ("code", "shown"),
    [(0x00, "#NULL!"), (0x07, "#DIV/0!"), (0x0F, "#VALUE!"), (0x17, "#REF!"), (0x1D, "#NAME?"), (0x24, "#NUM!"), (0x2A, "#N/A")],
)  # fmt: skip
def test_the_error_of_a_formula_or_of_a_cell_is_an_error_and_no_blank(code, shown):
    results = bytes([2, 0, code, 0, 0, 0, 255, 255]), struct.pack("<d", 12), bytes([1, 0, 1, 0, 0, 0, 255, 255])
    cells = [formula(0, at, result) for at, result in enumerate(results)]
    (sheet,) = read_book(older(*cells, error(0, 3, code), number(0, 4, 7)))
    # An error, a number, "true", an error, a number.
    assert sheet.rows == [(shown, 12, True, shown, 7)]


@pytest.mark.parametrize("values", [0, 1, 2, 5])
@pytest.mark.parametrize("column", [0, 1, 2, 3, 6, 7])
@pytest.mark.parametrize("down", [0, 1, 3])
def test_an_error_behind_the_last_value_stands_in_its_own_cell(values, column, down):
    before = [number(0, at, 10 + at) for at in range(values) if down or at != column]
    (sheet,) = read_book(older(*before, error(down, column, 0x2A)))
    expected = {(0, at): 10 + at for at in range(values)} | {(down, column): "#N/A"}
    found = {
        (row, at): cell for row, cells in enumerate(sheet.rows) for at, cell in enumerate(cells) if cell not in (None, "")
    }
    assert found == expected


@pytest.mark.parametrize("name", ["F", "Août", "شتنبر", "تلاميذ الابتدائي 2025", "Élèves – شتنبر", "œ" * 31])
@pytest.mark.parametrize("code", ["0%", '0" pour cent"%', '0" في المائة"%', '"حصة التلاميذ" 0.0%'])
def test_what_is_shown_is_that_of_its_sheet_in_whatever_letters_names_and_formats_are(name, code):
    cells = number(0, 0, 0.5, style=1), number(0, 1, 12), number(1, 0, 3)
    (sheet,) = read_book(older(*cells, name=name, styles=((0, 0), (0, 164)), formats=[(164, code)]))
    assert (sheet.name, sheet.percent) == (name, {(0, 0)})


@pytest.mark.parametrize("hidden", [(), (0,), (1, 2), (5,)])
def test_rows_that_are_hidden_are_known_and_those_that_are_only_low_are_not(hidden):
    rows = [
        record(0x0208, struct.pack("<HHHHHHHH", row, 0, 1, 255, 0, 0, 0x20 if row in hidden else 0x40, 0))
        for row in range(6)
    ]
    (sheet,) = read_book(older(*rows, *(number(row, 0, row) for row in range(6))))
    assert [row[0] for row in sheet.rows] == [0, 1, 2, 3, 4, 5]
    assert sheet.hidden_rows == {*hidden}


# Styles: 0 plain, 1 raised as a whole, 2 struck out as a whole; 9 is none that the file has.
@pytest.mark.parametrize(
    ("style", "runs", "shown", "is_struck"),
    [(0, [(3, RAISED)], "340¹", False), (0, [(0, RAISED), (1, PLAIN)], "³401", False), (1, [(1, PLAIN)], "³401", False),
     (1, [(1, PLAIN), (3, RAISED)], "³40¹", False), (1, [], "3401", False), (2, [(3, RAISED)], "340¹", True),
     (0, [(3, STRUCK)], "3401", True), (0, [(0, PLAIN)], "3401", False), (9, [(3, RAISED)], "340¹", False)],
)  # fmt: skip
def test_what_stands_before_the_first_mark_of_a_text_has_the_font_of_its_cell(style, runs, shown, is_struck):
    content = older(marked(0, 0, "3401", style, *runs), number(0, 1, 1), styles=((0, 0), (RAISED, 0), (STRUCK, 0)))
    (sheet,) = read_book(content)
    assert sheet.rows[0][0] == shown
    assert ((0, 0) in sheet.struck) is is_struck


@pytest.mark.parametrize(("rows", "fits"), [(19, True), (20, True), (21, False)])
def test_a_sheet_holds_as_many_rows_as_its_limit_and_not_one_more(monkeypatch, rows, fits):
    for module in (other_books, sheet_module):
        monkeypatch.setattr(module, "MAXIMUM_ROWS", 20)
    content = older(number(0, 0, 1), number(rows - 1, 0, 2))
    if fits:
        assert len(read_sheets(content, "envoi.xls")[0].rows) == rows
        return
    with pytest.raises(RefusedError) as refused:
        read_sheets(content, "envoi.xls")
    assert refused.value.finding.key == "too_many_rows"


def small_file(stream: bytes, order: list[int], small_shift: int) -> bytes:
    """A compound file whose workbook is shorter than 4096 bytes: its pieces, in some order, lie in the stream of the root.

    Sectors: 0 which sector follows each, 1 the folder, 2 which piece follows each, 3 and on the pieces.
    """
    size, last = 1 << small_shift, 0xFFFFFFFE
    pieces = [stream[at : at + size].ljust(size, b"\0") for at in range(0, len(stream), size)]
    assert sorted(order) == list(range(len(pieces)))
    following = [last] * len(pieces)
    for one, other in itertools.pairwise(order):
        following[one] = other
    packed = b"".join(pieces[order.index(at)] for at in range(len(pieces)))
    count = -(-len(packed) // 512)
    chain = [0xFFFFFFFD, last, last, *range(4, 3 + count), last]
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, small_shift) + bytes(6)
    head += struct.pack("<9I", 0, 1, 1, 0, 4096, 2, 1, last, 0) + struct.pack("<I", 0) + b"\xff" * (108 * 4)

    def entry(name: str, kind: int, child: int, start: int, length: int) -> bytes:
        letters = name.encode("utf-16-le")
        body = letters.ljust(64, b"\0") + struct.pack("<HBBIII", len(letters) + 2, kind, 1, last + 1, last + 1, child)
        return body + bytes(36) + struct.pack("<IQ", start, length)

    tables = [struct.pack(f"<{len(table)}I", *table).ljust(512, b"\xff") for table in (chain, following)]
    folder = entry("Root Entry", 5, 1, 3, len(packed)) + entry("Workbook", 2, last + 1, order[0], len(stream))
    return head + tables[0] + folder.ljust(512, b"\0") + tables[1] + packed.ljust(count * 512, b"\0")


@pytest.mark.parametrize("turn", [lambda n: list(range(n)), lambda n: list(range(n))[::-1], lambda n: [*range(1, n), 0]])
@pytest.mark.parametrize("small_shift", [6, 7])
def test_a_short_workbook_is_put_together_from_its_pieces_in_their_order(turn, small_shift):
    stream = stream_of(number(0, 0, 0.5, style=1), number(0, 1, 12), error(0, 2, 0x2A), styles=((0, 0), (0, 9)))
    order = turn(-(-len(stream) // (1 << small_shift)))
    content = small_file(stream, order, small_shift)
    assert read_stream(content, "Workbook") == stream
    if small_shift == 6:
        (sheet,) = read_book(content)
        assert (sheet.rows, sheet.percent) == ([(0.5, 12, "#N/A")], {(0, 0)})
