"""The account of a file, counted by hand: each filled cell is a word, a figure, of a record, or named as not read."""

import pytest

from data.importing.report import OBSERVATION_COLUMNS
from data.records.movements import MOVEMENTS
from tests.messy.files import HEAD, ROW, SEPTEMBER, book
from tests.messy.unseen import ARRIVAL, OTHER
from tests.messy.unseen import MOVEMENTS as HEADINGS
from tests.read_files import prepared

pytestmark = pytest.mark.taroudannt


@pytest.mark.parametrize("unknown", [0, 1, 2, 3, 8])
@pytest.mark.parametrize("rows", [1, 3])
def test_figures_of_unknown_columns_are_counted_beside_those_that_are_read(unknown, rows):
    places = ["Adar", "Aoulouz", "Irherm"][:rows]
    content = book(
        [
            [*HEAD, *(f"Truc {chr(65 + n)}" for n in range(unknown))],
            *([place, *ROW[1:], *range(50, 50 + unknown)] for place in places),
        ]
    )
    account = prepared(content).account
    # The headings, and in each row the commune and the month; two figures a row that are read.
    assert account.words == 4 + unknown + 2 * rows
    assert (account.figures, account.records, account.not_read) == (2 * rows, 0, unknown * rows)
    assert account.in_file == (4 + unknown) * (1 + rows)


@pytest.mark.parametrize("left", [0, 1, 3])
def test_each_cell_of_a_row_of_records_is_counted_wherever_the_table_begins(left):
    # Five headings and five cells a row; a remark to the left of the table, where there is room, is a word.
    remark = ["relevé du 3"] if left else []
    rows = [[*[None] * left, *HEADINGS], [*remark, *[None] * (left - len(remark)), *ARRIVAL], [*[None] * left, *OTHER]]
    report = prepared(book([row if any(row) else [] for row in rows]))
    account = report.account
    assert (account.words, account.figures, account.records, account.not_read) == (5 + len(remark), 0, 10, 0)
    assert account.in_file == 15 + len(remark)
    assert len(report.movements) == 2


def test_figures_beside_a_table_of_records_are_not_of_its_rows():
    # A figure to the left of the table and one to the right of its last heading are named, not counted with the row.
    rows = [[None, *HEADINGS], [77, *ARRIVAL, 88], [None, *OTHER]]
    account = prepared(book(rows)).account
    assert (account.words, account.records, account.not_read) == (5, 10, 2)


@pytest.mark.parametrize("wrong", [0, 1, 2, None])
def test_what_is_kept_has_the_columns_of_the_store_and_is_numbered_anew(wrong):
    rows = [["Adar", SEPTEMBER, 120], ["Aoulouz", SEPTEMBER, 7], ["Irherm", SEPTEMBER, 5]]
    moves = [ARRIVAL, OTHER, [SEPTEMBER, "arrivée", "Adar", "Irherm", 3]]
    if wrong is not None:
        rows[wrong], moves[wrong] = [*rows[wrong][:2], "douze"], [*moves[wrong][:4], "douze"]
    report = prepared(book([HEAD[:3], *rows], [HEADINGS, *moves]))
    count = 3 - (wrong is not None)
    assert list(report.observations.columns) == OBSERVATION_COLUMNS
    assert list(report.observations.index) == list(report.movements.index) == list(range(count))
    assert list(report.movements.columns) == list(MOVEMENTS.columns)
