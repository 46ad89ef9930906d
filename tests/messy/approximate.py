"""Cells, months and rows as registers and ministries write them: what is about a figure is none, and what is a month is read."""

from __future__ import annotations

from typing import Any

from openpyxl.comments import Comment

from tests.messy.files import ADAR, AOULOUZ, SEPTEMBER, Case, book, figures, sheets

HEAD = ["Commune", "Mois", "Élèves primaire"]
FIRST, SECOND = ["Adar", SEPTEMBER, 340], ["Aoulouz", SEPTEMBER, 900]
ONE = figures((ADAR, "pupils_primary", 340))
TWO = figures((ADAR, "pupils_primary", 340), (AOULOUZ, "pupils_primary", 900))
# About forty, more than forty, one of two numbers, a number with a mark or a unit: none is the count.
ABOUT = (
    "~40",
    "40 env.",
    "≈ 40",
    "40+",
    ">40",
    "une quarantaine",
    "40/50",
    "40 à 50",
    "0*",
    "40(1)",
    "40 [2]",
    "1 200 DH",
    "340-",
)
# Nothing to say, or as above: nobody can tell whether that is nought.
NOTHING_SAID = ("néant", "RAS", "idem", "″", "لا شيء", "لا يوجد", "en cours")
# Words that say the count is not known, with full stops or without.
NOT_KNOWN = ("n.c.", "N.C", "n.r.", "non renseigné", "غير متوفرة", "-")
SAME = ("\u200f٣٤٠", "３４０", "+340", "340,00", "'340")
MONTHS = ("Sep 2025", "سبتمبر 2025", "أيلول 2025", "شتنبر/2025", "٠٩/٢٠٢٥", "2025.09", "Septembre 25", 45901, "45901")
NO_MONTHS = ("T3 2025", "3e trimestre 2025", "2024/2025", "S2 2025", "semaine 38", "juil-sept 2025", "2025")


def _of(said: object, at: int = 2) -> bytes:
    row: list[Any] = [*FIRST]
    row[at] = said
    return book([HEAD, row])


def _filtered(made: Any) -> None:
    sheet = made.worksheets[0]
    sheet.auto_filter.ref = "A1:C3"
    sheet.auto_filter.add_filter_column(0, ["Adar"])
    sheet.row_dimensions[3].hidden = True


def _grouped(made: Any) -> None:
    made.worksheets[0].row_dimensions.group(3, 3, outline_level=1, hidden=True)


def _commented(made: Any) -> None:
    made.worksheets[0]["C2"].comment = Comment("chiffre provisoire", "service")


def approximate_cases() -> list[Case]:
    """Each with what must be kept and said."""
    signed = [[], [None, None, "Fait à Taroudannt, le 05/10/2025"], [None, None, "Le directeur provincial"]]
    growing = [[*HEAD, "Évolution (%)"], [*FIRST, 0.05], [*SECOND, -0.02]]
    return [
        *(Case(f"about a figure {at}.xlsx", _of(said), say=("not_a_number",)) for at, said in enumerate((*ABOUT, *NOTHING_SAID))),
        *(Case(f"a figure in signs {at}.xlsx", _of(said), need=ONE) for at, said in enumerate(SAME)),
        *(Case(f"a month as senders write it {at}.xlsx", _of(said, 1), need=ONE) for at, said in enumerate(MONTHS)),
        *(Case(f"no month {at}.xlsx", _of(said, 1), say=("date_unreadable",)) for at, said in enumerate(NO_MONTHS)),
        Case("units below the headings.xlsx", sheets([HEAD, ["", "", "(nombre)"], FIRST, SECOND]), need=TWO),
        Case("a block of signatures.xlsx", sheets([HEAD, FIRST, SECOND, *signed]), need=TWO),
        Case("a total on top.xlsx", sheets([HEAD, ["المجموع العام", SEPTEMBER, 1240], FIRST, SECOND]), need=TWO, say=("total_row",)),
        Case("a mean above.xlsx", sheets([HEAD, ["Moyenne", SEPTEMBER, 620], FIRST, SECOND]), need=TWO, say=("commune_unknown_near",)),
        Case("a column of growth.xlsx", sheets(growing), need=TWO, say=("columns_unknown",)),
        Case("last year, a column.xlsx", sheets([[*HEAD, "Élèves primaire N-1"], [*FIRST, 330]]), need=ONE, say=("columns_unknown",)),
        Case("a row that a filter hides.xlsx", sheets([HEAD, FIRST, SECOND], change=_filtered), need=ONE, say=("hidden_cells",)),
        Case("a row that an outline hides.xlsx", sheets([HEAD, FIRST, SECOND], change=_grouped), need=ONE, say=("hidden_cells",)),
        Case("a comment in a cell.xlsx", sheets([HEAD, FIRST, SECOND], change=_commented), need=TWO),
    ]  # fmt: skip
