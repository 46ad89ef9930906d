"""What a file leaves open is asked for the cells that it is about, in the words of the file, in its order; nothing else is."""

import pytest

from tests.messy.files import AOULOUZ, BOTH, HEAD, ROW, SEPTEMBER, book, figures, lines
from tests.read_files import cells_of, kept, prepared

pytestmark = pytest.mark.taroudannt
TITLED = [["Situation de septembre 2025"], ["Commune", "Élèves primaire"], ["Adar", 340], ["Aoulouz", 900], ["Irherm", 77]]


def texts_of(report, key):
    """What the findings of a key quote, in their order."""
    return [finding.values["text"] for finding in report.findings if finding.key == key]


def hide(*rows):
    def change(made):
        for row in rows:
            made.worksheets[0].row_dimensions[row].hidden = True

    return change


@pytest.mark.parametrize("hidden", [(), (4,), (3, 5)])
def test_a_month_of_a_title_is_asked_for_what_a_reader_sees(hidden):
    report = prepared(book(TITLED, change=hide(*hidden)))
    assert cells_of(report, "month_suggested") == [f"Feuil1!B{row}" for row in (3, 4, 5) if row not in hidden]
    assert cells_of(report, "hidden_cells") == [f"Feuil1!B{row}" for row in hidden]
    confirmed = prepared(book(TITLED, change=hide(*hidden)), confirm=True)
    assert {value for *_, value in kept(confirmed)} == {340.0, 900.0, 77.0}


def test_a_month_of_a_title_is_not_asked_for_a_row_that_has_something_wrong():
    rows = [
        [*row, state]
        for row, state in zip(TITLED[1:], ("_validation_status", "Approved", "Not approved", "Approved"), strict=True)
    ]
    report = prepared(book([TITLED[0], *rows]))
    assert cells_of(report, "month_suggested") == ["Feuil1!B3", "Feuil1!B5"]
    assert cells_of(report, "not_approved") == ["Feuil1!B4"]


@pytest.mark.parametrize("months", [("septembre 2025", "octobre 2025"), ("octobre 2025", "septembre 2025")])
def test_questions_about_several_months_stand_in_the_order_of_the_file(months):
    rows = [row for month, count in zip(months, (340, 350), strict=True)
            for row in ([f"Situation de {month}"], ["Commune", "Élèves primaire"], ["Adar", count], [])]  # fmt: skip
    asked = prepared(book(rows))
    assert [text["fr"].lower() for text in texts_of(asked, "month_suggested")] == list(months)
    assert cells_of(asked, "month_suggested") == ["Feuil1!B3", "Feuil1!B7"]


@pytest.mark.parametrize(
    ("days", "key"),
    [
        # Ninth of January or first of September; each "month" of the file is a January: perhaps months stand first.
        (("09/01/2025", "10/01/2025"), "month_first_suggested"),
        # Third of September or ninth of March: read as days before months, and that is said.
        (("03/09/2025", "04/10/2025"), "day_first_read"),
        # There is no month 25: months stand first.
        (("09/25/2025", "10/03/2025"), "month_first_read"),
        # One cell can only be the one, another only the other.
        (("09/25/2025", "25/09/2025", "03/04/2025"), "day_order_unclear"),
    ],
)
def test_an_order_of_day_and_month_that_a_file_leaves_open_is_said_in_its_own_writing(days, key):
    text = "".join(
        f"{name};{day};{340 + n}\n" for n, (name, day) in enumerate(zip(("Adar", "Aoulouz", "Irherm"), days, strict=False))
    )
    report = prepared(lines(f"Commune;Mois;Élèves primaire\n{text}"), "envoi.csv")
    (said,) = texts_of(report, key)
    assert said in days
    others = {"month_first_suggested", "day_first_read", "month_first_read", "day_order_unclear"} - {key}
    assert not [other for other in others if texts_of(report, other)]


@pytest.mark.parametrize(
    ("value", "read"),
    [("0,4", None), (0.4, None), (0.999, None), ("0,001", None), (0, 0.0), (1, 1.0), ("1", 1.0), ("1,5", 1.5), ("0,4 %", 0.4),
     (87.5, 87.5), ("87,5 %", 87.5), (100, 100.0)],
)  # fmt: skip
def test_a_share_between_nought_and_one_may_be_a_part_of_one_and_is_not_read(value, read):
    report = prepared(book([["Commune", "Mois", "taux de réponse des écoles"], ["Adar", SEPTEMBER, value]]))
    assert {number for *_, number in kept(report)} == ({read} if read is not None else set())
    assert cells_of(report, "share_below_one") == ([] if read is not None else ["Feuil1!C2"])


@pytest.mark.parametrize(
    ("cells", "expected", "offered"),
    [
        (("2025-09", "septembre 2025"), {*BOTH}, []),
        ((SEPTEMBER, None), {*BOTH}, []),
        ((None, SEPTEMBER), {*BOTH}, []),
        (("rentrée", SEPTEMBER), {*BOTH}, []),
        (("rentrée", "un jour"), set(), [("Feuil1!B2", "rentrée")]),
        ((None, "un jour"), set(), [("Feuil1!C2", "un jour")]),
        (("2025-09", "2025-10"), set(), [("Feuil1!B2", "2025-09 / 2025-10")]),
    ],
)
def test_two_columns_of_the_month_must_agree_and_what_is_offered_to_correct_is_what_stands_there(cells, expected, offered):
    content = book(
        [["Commune", "Mois", "Mois", *HEAD[2:]], ["Adar", *cells, *ROW[2:]], ["Aoulouz", SEPTEMBER, SEPTEMBER, 7, 9]]
    )
    report = prepared(content)
    assert kept(report) == expected | {*figures((AOULOUZ, "displaced_persons", 7), (AOULOUZ, "pupils_primary", 9))}
    assert [
        (cell, str(raw)) for cell, raw in zip(report.aside.get("cell", ()), report.aside.get("raw", ()), strict=True)
    ] == offered
