"""Forms of files that other programs write, made by hand: what each cell holds, what is hidden, joined, or a percentage."""

import json
import struct
from datetime import datetime

import pytest

from data.importing.reading.book import read_sheets
from data.importing.reading.sheet import Merge
from tests.messy.files import book, with_parts
from tests.messy.unseen import binary_parts
from tests.older_workbooks import compound_file

FIFTEEN_NINES = 999_999_999_999_999


def of_2003(*cells: tuple[str, str]) -> bytes:
    """A row of a workbook that is one XML file: type and text of each cell."""
    said = "".join(f'<Cell><Data ss:Type="{kind}">{text}</Data></Cell>' for kind, text in cells)
    space = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    table = f"<Table><Row>{said}</Row></Table>"
    return f'<?xml version="1.0"?><Workbook {space}><Worksheet ss:Name="F">{table}</Worksheet></Workbook>'.encode()


def open_document(value: float) -> bytes:
    spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table"))
    cell = f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    rows = f'<table:table table:name="F"><table:table-row>{cell}</table:table-row></table:table>'
    inner = f"<office:body><office:spreadsheet>{rows}</office:spreadsheet></office:body>"
    return f'<?xml version="1.0"?><office:document {spaces}>{inner}</office:document>'.encode()


NUMBER_IN = {
    "xlsx": lambda value: book([[value]]),
    "xlsb": lambda value: binary_parts([[value]]),
    "fods": open_document,
    "xml": lambda value: of_2003(("Number", repr(value))),
}


@pytest.mark.parametrize("form", NUMBER_IN)
@pytest.mark.parametrize(
    ("value", "shown"),
    [(340.0, "340"), (-4.0, "-4"), (3.5, "3.5"), (0.0, "0"), (float(FIFTEEN_NINES), "999999999999999"),
     (-float(FIFTEEN_NINES), "-999999999999999"), (1e15, "1000000000000000.0"), (-1e15, "-1000000000000000.0")],
)  # fmt: skip
def test_a_whole_number_has_no_decimals_up_to_the_fifteen_digits_that_a_spreadsheet_keeps(form, value, shown):
    (sheet,) = read_sheets(NUMBER_IN[form](value), f"envoi.{form}")
    assert str(sheet.rows[0][0]) == shown


def test_what_a_workbook_of_2003_calls_a_text_is_one():
    cells = ("String", "0095"), ("String", "12"), ("Number", "0095"), ("Boolean", "1"), ("Boolean", "0"), ("Error", "#N/A")
    (sheet,) = read_sheets(of_2003(*cells, ("DateTime", "2025-09-01T00:00:00.000"), ("String", "1e5")), "envoi.xml")
    assert sheet.rows == [("0095", "12", 95, True, False, "#N/A", datetime(2025, 9, 1), "1e5")]
    assert [type(cell) for cell in sheet.rows[0][:3]] == [str, str, int]


@pytest.mark.parametrize(
    ("cells", "row"),
    [
        ('<c t="str"><v>a</v></c><c t="str"><v>b</v></c><c><v>3</v></c>', ("a", "b", 3)),
        ('<c t="str"><v>a</v></c><c/><c/><c><v>3</v></c>', ("a", None, None, 3)),
        (
            '<c r="B1"><v>1</v></c><c><v>2</v></c><c r="F1"><v>3</v></c><c/><c><v>4</v></c>',
            (None, 1, 2, None, None, 3, None, 4),
        ),
        ('<c r="C1"><v>3</v></c><c r="A1"><v>1</v></c><c><v>2</v></c>', (1, 2, 3)),
    ],
)
def test_a_cell_without_an_address_stands_behind_the_one_before_it(cells, row):
    sheet = f"<worksheet><sheetData><row>{cells}</row><row><c><v>9</v></c></row></sheetData></worksheet>".encode()
    (read,) = read_sheets(
        with_parts(book([[1]]), lambda name, part: sheet if name.endswith("sheet1.xml") else part), "envoi.xlsx"
    )
    assert read.rows == [row, (9,)]


@pytest.mark.parametrize("at", [1, 2, 3, 4])
@pytest.mark.parametrize("down", [1, 2, 3])
@pytest.mark.parametrize("right", [1, 2])
def test_cells_of_a_web_page_are_joined_as_far_as_they_say(at, down, right):
    above = "".join("<tr><td>x<td>y<td>z</tr>" for _ in range(at))
    joined = f'<tr><td>a<td rowspan="{down}" colspan="{right}">b<td>c</tr>'
    below = "".join(f"<tr><td>d{'' if row < down else '<td>e<td>f'}<td>g</tr>" for row in range(1, 4))
    (sheet,) = read_sheets(f"<html><table>{above}{joined}{below}</table></html>".encode(), "envoi.xls")
    # Rows and columns are counted from 0: the cell stands in row `at`, column 1.
    assert sheet.merges == (() if down == right == 1 else (Merge(at, 1, at + down - 1, right),))
    assert sheet.rows[at][1] == "b"
    assert sheet.rows[at][1 + right] == "c"
    assert [row.index("g") for row in sheet.rows[at + 1 : at + down]] == [1 + right] * (down - 1)


def hidden(content: bytes, *columns: tuple[int, int, int, int]) -> bytes:
    """A workbook in binary parts with definitions of columns: first, last, width, flags ([MS-XLSB] BrtColInfo)."""
    records = b"".join(
        bytes([60, 18]) + struct.pack("<IIIIH", first, last, width, 0, flags) for first, last, width, flags in columns
    )
    return with_parts(
        content, lambda name, part: part.replace(b"\x91\x01\x00", records + b"\x91\x01\x00", 1) if "sheet1" in name else part
    )


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ([(0, 2, 2000, 0)], []),
        ([(1, 2, 2000, 1)], [1, 2]),
        ([(2, 2, 2000, 1)], [2]),
        ([(0, 0, 0, 0)], [0]),
        ([(0, 0, 2000, 2), (1, 1, 2000, 3), (2, 3, 0, 1)], [1, 2, 3]),
        ([(16_382, 16_383, 2000, 1)], [16_382, 16_383]),
        ([(16_382, 1_000_000, 2000, 1)], [16_382, 16_383]),
    ],
)
def test_columns_that_a_workbook_in_binary_parts_hides_are_known(columns, expected):
    content = binary_parts([["Commune", "Mois", "Élèves"], ["Adar", datetime(2025, 9, 1), 340]])
    (sheet,) = read_sheets(hidden(content, *columns), "envoi.xlsb")
    assert sheet.rows[1][0] == "Adar"
    assert sorted(sheet.hidden_columns) == expected


def numbers_in_one_record(first: int, *cells: tuple[int, int]) -> bytes:
    """An .xls whose second row holds whole numbers in one record (MULRK): style and number of each. Styles: 0 none, 1 a percentage,
    2 struck out."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    head = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    head += b"".join(record(0x0031, struct.pack("<HHHHH", 200, struck, 0, 400, 0) + bytes(5)) for struck in (0, 8))
    head += b"".join(record(0x00E0, struct.pack("<HH", *style) + bytes(16)) for style in ((0, 0), (0, 9), (1, 0)))
    start = len(head) + 4 + 6 + 3 + 4
    listed = record(0x0085, struct.pack("<IH", start, 0) + b"\x01\x00F")
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 16, 0, 0, 0, 0))
    body = b"".join(struct.pack("<Hi", style, number << 2 | 2) for style, number in cells)
    sheet += record(0x00BD, struct.pack("<HH", 1, first) + body + struct.pack("<H", first + len(cells) - 1))
    end = record(0x000A, b"")
    return compound_file(head + listed + end + sheet + end)


@pytest.mark.parametrize("first", [0, 1, 5])
def test_of_numbers_that_an_older_workbook_keeps_together_each_has_its_own_style(first):
    cells = (0, 340), (1, 12), (0, -4), (2, 7), (1, 0)
    (sheet,) = read_sheets(numbers_in_one_record(first, *cells), "envoi.xls")
    assert sheet.rows[1][first:] == (340, 12, -4, 7, 0)
    assert sheet.percent == {(1, first + 1), (1, first + 4)}
    assert sheet.struck == {(1, first + 3)}


def nested(value: object, depth: int, is_list: bool) -> object:
    for _ in range(depth):
        value = [value] if is_list else {"g": value}
    return value


@pytest.mark.parametrize("is_list", [False, True], ids=["groups", "repeats"])
@pytest.mark.parametrize(("depth", "is_read"), [(1, True), (5, True), (6, True), (7, False), (40, False), (400, False)])
def test_groups_of_a_form_are_read_as_deep_as_forms_go_and_what_lies_deeper_harms_nothing(is_list, depth, is_read):
    sent = {"commune": "Adar", "x": nested("fond", depth, is_list), "pupils_primary": 340}
    (sheet,) = read_sheets(json.dumps([sent]).encode(), "envoi.json")
    headings, values = sheet.rows
    deep = "x" + ("[1]" if is_list else "/g") * depth
    assert dict(zip(headings, values, strict=True)) == {"commune": "Adar", "pupils_primary": 340} | (
        {deep: "fond"} if is_read else {}
    )
