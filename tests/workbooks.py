"""Workbooks and CSV files written by hand for the tests of the importer."""

import io

import openpyxl

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
