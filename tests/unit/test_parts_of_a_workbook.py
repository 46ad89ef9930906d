"""Parts of a workbook (.xlsx, and the XML of 2003) as other programs write them: what cells refer to, switches, told places."""

import io
import zipfile

import pytest
from openpyxl.styles import Font

from data.importing.reading.book import read_sheets
from tests.messy.files import book, with_parts
from tests.unit.test_other_forms import of_2003

KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def by_excel(rows: str, texts: str) -> bytes:
    """A workbook as Excel writes it: the texts of its cells stand in a part of their own, and cells say their number."""
    told = {"r1": ("worksheet", "worksheets/sheet1.xml"), "r2": ("sharedStrings", "sharedStrings.xml")}
    related = "".join(
        f'<Relationship Id="{at}" Type="{KINDS}/{kind}" Target="{part}"/>' for at, (kind, part) in told.items()
    )
    first = f'<Relationship Id="r1" Type="{KINDS}/officeDocument" Target="xl/workbook.xml"/>'
    parts = {
        "_rels/.rels": f"<Relationships>{first}</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns:r="{KINDS}"><sheets><sheet name="F" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships>{related}</Relationships>",
        "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{rows}</sheetData></worksheet>",
        "xl/sharedStrings.xml": f"<sst>{texts}</sst>",
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return target.getvalue()


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("0", "Adar"),
        ("1", "340"),
        ("2", "Élèves"),
        ("3", "#REF!"),
        ("4", "#REF!"),
        ("300", "#REF!"),
        ("-1", "#REF!"),
        ("x", "#REF!"),
    ],
)
def test_a_text_is_the_one_that_its_cell_refers_to_and_an_error_where_there_is_none(number, shown):
    texts = "<si><t>Adar</t></si><si><t>340</t></si><si><t>Élèves</t></si>"
    row = f'<row><c t="s"><v>{number}</v></c><c><v>9</v></c></row>'
    (sheet,) = read_sheets(by_excel(row, texts), "envoi.xlsx")
    assert sheet.rows == [(shown, 9)]


def test_a_text_that_cells_share_is_shown_in_each_of_them_with_its_marks_and_what_is_struck_out():
    run = "<r>{}<t>{}</t></r>"
    raised = run.format("", "340") + run.format('<rPr><vertAlign val="superscript"/></rPr>', "1")
    struck = run.format("", "340 ") + run.format("<rPr><strike/></rPr>", "430")
    kept = run.format("", "340 ") + run.format('<rPr><strike val="0"/></rPr>', "430")
    texts = "".join(f"<si>{text}</si>" for text in ("<t>Adar</t>", raised, struck, kept, "<t> </t>"))
    cell = '<c t="s"><v>{}</v></c>'.format
    rows = "".join(f"<row>{''.join(map(cell, order))}</row>" for order in ((0, 1, 2, 3), (2, 0, 4, 1)))
    (sheet,) = read_sheets(by_excel(rows, texts), "envoi.xlsx")
    assert sheet.rows == [("Adar", "340¹", "340 430", "340 430"), ("340 430", "Adar", None, "340¹")]
    assert sheet.struck == {(0, 2), (1, 0)}


@pytest.mark.parametrize(
    ("switch", "is_struck"),
    [("<strike/>", True), ('<strike val="1"/>', True), ('<strike val="true"/>', True), ('<strike val="0"/>', False),
     ('<strike val="false"/>', False), ("<b/>", False)],
)  # fmt: skip
def test_a_font_strikes_out_where_its_switch_is_on(switch, is_struck):
    content = book([[120, 340]], change=lambda made: setattr(made.worksheets[0]["B1"], "font", Font(strike=True)))
    content = with_parts(
        content,
        lambda name, part: part.replace(b'<strike val="1"/>', switch.encode()) if name.endswith("styles.xml") else part,
    )
    (sheet,) = read_sheets(content, "envoi.xlsx")
    assert sheet.rows == [(120, 340)]
    assert sheet.struck == ({(0, 1)} if is_struck else frozenset())


@pytest.mark.parametrize(
    "other", ["metadata/thumbnail", "metadata/core-properties", "extended-properties", "ui/extensibility"]
)
@pytest.mark.parametrize("before", [True, False])
def test_the_workbook_is_the_part_that_its_archive_calls_so_whatever_stands_beside_it(other, before):
    # A picture of its first page, who wrote it: parts of the archive that are no workbook, listed before it or behind it.
    kind = "http://schemas.openxmlformats.org/package/2006/relationships/"
    beside = f'<Relationship Id="r9" Type="{kind}{other}" Target="docProps/app.xml"/>'.encode()

    def change(name: str, part: bytes) -> bytes:
        if name != "_rels/.rels":
            return part
        head, sign, rest = part.partition(b"<Relationship ")
        return head + beside + sign + rest if before else part.replace(b"</Relationships>", beside + b"</Relationships>")

    (sheet,) = read_sheets(with_parts(book([["Adar", 340]]), change), "envoi.xlsx")
    assert sheet.rows == [("Adar", 340)]


def at(content: bytes, *told: tuple[str, str]) -> bytes:
    for old, new in told:
        content = content.replace(old.encode(), new.encode(), 1)
    return content


@pytest.mark.parametrize(("column", "row"), [(1, 1), (2, 1), (1, 2), (3, 4), (7, 2)])
def test_a_workbook_of_2003_counts_its_places_from_one(column, row):
    # The first cell stands where it says, the second behind it.
    content = at(
        of_2003(("Number", "120"), ("Number", "340")),
        ("<Cell>", f'<Cell ss:Index="{column}">'),
        ("<Row>", f'<Row ss:Index="{row}">'),
    )
    (sheet,) = read_sheets(content, "envoi.xml")
    assert sheet.rows == [*[()] * (row - 1), (*[None] * (column - 1), 120, 340)]
