"""Spreadsheets of LibreOffice, written by hand as the standard has them: rows that repeat, marks above the line, sheets too long."""

import pytest

from data.importing.findings import RefusedError
from data.importing.reading import open_document
from data.importing.reading.book import read_sheets
from data.importing.reading.sheet import Merge

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
) + ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'  # fmt: skip


def document(rows: str, styles: str = "", columns: str = "") -> bytes:
    """A flat document with one sheet."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {SPACES}><office:automatic-styles>{styles}</office:automatic-styles>'
        f'<office:body><office:spreadsheet><table:table table:name="Feuille">{columns}{rows}</table:table></office:spreadsheet>'
        "</office:body></office:document>"
    ).encode()


def row(*cells: str, times: int = 1, said: str = "") -> str:
    return f'<table:table-row table:number-rows-repeated="{times}" {said}>{"".join(cells)}</table:table-row>'


def number(value: float, said: str = "") -> str:
    kind = "" if "value-type" in said else 'office:value-type="float"'
    return f'<table:table-cell {kind} office:value="{value}" {said}/>'


def text(words: str, said: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {said}><text:p>{words}</text:p></table:table-cell>'


def read(*said: str, **parts: str):
    (sheet,) = read_sheets(document("".join(said), **parts), "envoi.fods")
    return sheet


@pytest.mark.parametrize("before", [0, 1, 2, 5])
@pytest.mark.parametrize("times", [1, 2, 3, 7])
def test_a_row_that_repeats_stands_as_often_as_it_says_wherever_it_begins(before, times):
    share = 'office:value-type="percentage"'
    sheet = read(*(row(number(n)) for n in range(before)), row(number(340), number(0.5, share), times=times), row(number(9)))
    assert sheet.rows == [*((n,) for n in range(before)), *[(340, 0.5)] * times, (9,)]
    assert sheet.percent == {(before + n, 1) for n in range(times)}


@pytest.mark.parametrize("times", [1, 3])
def test_what_is_struck_out_or_hidden_is_so_in_each_row_that_repeats(times):
    struck = (
        '<style:style style:name="s"><style:text-properties style:text-line-through-style="solid"/></style:style>'
        '<style:style style:name="n"><style:text-properties style:text-line-through-style="none"/></style:style>'
    )
    hidden = 'table:visibility="collapse"'
    columns = f'<table:table-column/><table:table-column table:number-columns-repeated="2" {hidden}/><table:table-column/>'
    cells = number(1, 'table:style-name="n"'), number(2, 'table:style-name="s" table:number-columns-repeated="2"')
    sheet = read(
        row(number(0)), row(*cells, times=times), row(number(5), times=2, said=hidden), styles=struck, columns=columns
    )
    assert sheet.rows == [(0,), *[(1, 2, 2)] * times, (5,), (5,)]
    assert sheet.struck == {(1 + n, at) for n in range(times) for at in (1, 2)}
    assert sheet.hidden_rows == {1 + times, 2 + times}
    assert sheet.hidden_columns == {1, 2}


@pytest.mark.parametrize(
    ("before", "times", "fits"),
    [(0, 20, True), (0, 21, False), (2, 18, True), (2, 19, False), (19, 1, True), (20, 1, False)],
)
def test_a_sheet_holds_as_many_rows_as_its_limit_and_not_one_more(monkeypatch, before, times, fits):
    monkeypatch.setattr(open_document, "MAXIMUM_ROWS", 20)
    blank = row("<table:table-cell/>", times=before) if before else ""
    if fits:
        assert len(read(blank, row(number(1), times=times)).rows) == before + times
        return
    with pytest.raises(RefusedError) as refused:
        read(blank, row(number(1), times=times))
    assert refused.value.finding.key == "too_many_rows"


@pytest.mark.parametrize(
    ("position", "shown"),
    [("super", "340¹"), ("super 58%", "340¹"), ("33% 58%", "340¹"), ("sub", "340₁"), ("-33% 58%", "340₁"), ("0% 100%", "3401"),
     ("0%", "3401"), ("", "3401")],
)  # fmt: skip
def test_what_stands_above_the_line_is_no_digit_of_the_number_before_it(position, shown):
    style = f'<style:style style:name="t"><style:text-properties style:text-position="{position}"/></style:style>'
    said = read(row(text('340<text:span text:style-name="t">1</text:span>')), styles=style).rows[0][0]
    # Raised or lowered, a mark is shown raised: what matters is that it is no digit of the line.
    assert said == shown.replace("₁", "¹")


@pytest.mark.parametrize(("down", "right"), [(1, 2), (2, 1), (3, 4)])
def test_joined_cells_reach_as_far_as_they_say(down, right):
    joined = text("Adar", f'table:number-rows-spanned="{down}" table:number-columns-spanned="{right}"')
    sheet = read(row(text("x")), row(text("x"), text("x"), joined))
    assert sheet.merges == (Merge(1, 2, down, 1 + right),)


@pytest.mark.parametrize("turned_on", ["true", "false"])
def test_a_switch_is_on_or_off_as_it_says(turned_on):
    cell = f'<table:table-cell office:value-type="boolean" office:boolean-value="{turned_on}"><text:p>VRAI</text:p></table:table-cell>'
    assert read(row(cell)).rows == [(turned_on == "true",)]


FORMULA = 'table:formula="of:=[.A2]+[.B2]"'


@pytest.mark.parametrize(
    ("said", "shown", "expected"),
    [('office:value-type="float" office:value="12"', "12", 12), ('office:value-type="string"', "ND", "ND"),
     ('office:value-type="string"', "", None), ("", "", "=of:=[.A2]+[.B2]"), ("", "12", "12")],
)  # fmt: skip
def test_a_formula_is_its_result_a_blank_where_that_is_an_empty_text_and_itself_where_there_is_none(said, shown, expected):
    paragraph = f"<text:p>{shown}</text:p>" if shown else ""
    sheet = read(row(f"<table:table-cell {FORMULA} {said}>{paragraph}</table:table-cell>", number(7)))
    assert sheet.rows == [(expected, 7)]


@pytest.mark.parametrize("shown", ["true", "false", ""])
def test_a_sheet_is_hidden_where_its_style_says_that_it_is_not_shown(shown):
    display = f'table:display="{shown}"' if shown else ""
    style = f'<style:style style:name="ta"><style:table-properties {display}/></style:style>'
    other = '<style:style style:name="tb"><style:table-properties style:writing-mode="rl-tb"/></style:style>'
    content = document(row(number(1)), styles=style + other)
    for name in ("ta", "tb", "tc"):
        (sheet,) = read_sheets(
            content.replace(b'table:name="Feuille"', f'table:name="Feuille" table:style-name="{name}"'.encode()),
            "envoi.fods",
        )
        assert sheet.is_hidden is (name == "ta" and shown == "false")
