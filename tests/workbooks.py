"""Workbooks and CSV files written by hand for the tests of the importer."""

import io
from collections import Counter

import openpyxl

from analytics.demand import SUMS
from data.loaders.today import load_variables

MESSY_ROWS = [
    ["Province de Taroudannt — situation mensuelle"],
    ["(chiffres transmis par les communes)"],
    [],
    ["Nom de la commune", "Mois", "Élèves primaire", "dont déplacés primaire", "Personnes déplacées", "Consultations externes",
     "Observations", "Salles fonctionnelles, primaire"],
    ["Tizi N'Test", "août 2025", "1 234", 120, "2\u202f345", "1.250", "RAS", 20],
    ["تيزي نتاست", "2025-07", "1200", "1300", 2000, "ND", "", 18],
    ["Sidi Abdallah", "08/2025", 500, 10, 100, 900, "", 9],
    ["Igherm", "31/08/2025", -4, "3,5", "n/a", "#REF!", "", 0],
    ["Aït Yazza", "2025-08-01", "douze", 5, 100, 700, "", 7],
    ["Taroudant", "mois dernier", 900, 5, 100, 700, "", 7],
    ["Igherm", "août 2025", 400, None, None, None, "", 5],
    ["Freija", "2031-01", 400, None, None, None, "", 5],
    [None, "août 2025", 400, None, None, None, "", 5],
]  # fmt: skip


def consistent_values(number: int) -> dict[str, int]:
    """A figure for every monthly variable that no check complains of where some thousands live: parts within their wholes,
    splits that add up."""
    monthly = [v for v in load_variables().values() if v.monthly]
    values: dict[str, int] = {}
    for position, v in enumerate(v for v in monthly if not v.part_of):
        # A part of a part is listed after it and is smaller still.
        few = v.maximum or v.ceiling == "vital_events"
        limit = values[v.at_most] if v.at_most else 20 + number % 10 if few else 100 + 10 * number + position
        values[v.id] = limit // 2 if v.at_most else limit
    sizes = Counter((v.part_of, v.split) for v in monthly if v.part_of)
    seen: Counter[tuple[str | None, str]] = Counter()
    for v in (v for v in monthly if v.part_of):
        split = (v.part_of, v.split)
        total = sum(values[name] for name in SUMS.get(str(v.part_of), (str(v.part_of),)))
        seen[split] += 1
        share = total // sizes[split]
        values[v.id] = share if seen[split] < sizes[split] else total - share * (sizes[split] - 1)
    return values


def write_workbook(rows, title="Saisie août", merge=None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    return saved(book)


def saved(book) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def messy_workbook() -> bytes:
    """Title rows merged above the header, French and Arabic names, mixed numbers and months, bad cells of every kind."""
    return write_workbook(MESSY_ROWS, merge="A1:H1")
