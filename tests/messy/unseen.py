"""Further files of every kind that people send, made after a second reading of what may be lost without a word."""

# ruff: noqa: E501  (a table reads best as a table)

from __future__ import annotations

import io
import json
import struct
import zipfile
from datetime import datetime
from typing import Any

from openpyxl.styles import Font

from tests.messy.files import ADAR, AOULOUZ, BOTH, DISPLACED, HEAD, ROW, SEPTEMBER, Case, book, figures, lines, sheets

PUPILS = BOTH[1:]
MOVEMENTS = ["Mois", "Mouvement", "Commune de départ", "Commune d'arrivée", "Personnes"]
ARRIVAL = [SEPTEMBER, "arrivée", "Adar", "Aoulouz", 12]
OTHER = [SEPTEMBER, "arrivée", "Irherm", "Aoulouz", 5]


def one(name: str, value: Any, heading: str = "Élèves primaire", **said: Any) -> Case:
    """A file with one figure."""
    return Case(name, sheets([["Commune", "Mois", heading], ["Adar", SEPTEMBER, value]]), **said)


def beside(name: str, heading: str, *values: Any, **said: Any) -> Case:
    """A file with a column beside its figures."""
    rows = [
        ["Adar" if at == 0 else "Aoulouz", SEPTEMBER, 120 if at == 0 else None, value] for at, value in enumerate(values)
    ]
    return Case(name, sheets([["Commune", "Mois", "Personnes déplacées", heading], *rows]), **said)


def further_figures() -> list[Case]:
    """Headings, cells, months and places."""
    struck_name = lambda made: setattr(made.worksheets[0]["A3"], "font", Font(strike=True))  # noqa: E731
    two = book(
        [["Commune", "Mois", "Élèves primaire"], ["Adar", SEPTEMBER, 340], ["Aoulouz", SEPTEMBER, 900]], change=struck_name
    )
    titles = [("Situation arrêtée au 30/09/2025", PUPILS), ("الوضعية إلى غاية 30/09/2025", PUPILS), ("Situation au 30 septembre 2025", PUPILS),
              ("Imprimé le 05/10/2025", ()), ("Imprimé le 5 octobre 2025", ()), ("Année scolaire 2025-2026", ())]  # fmt: skip
    names = [
        "09.541.03.01 - Adar",
        "Adar (09.541.03.01)",
        "الجماعة القروية لأضار",
        "ج. ق. أضار",
        "جماعة أضار القروية",
        "Cne Adar",
    ]
    return [
        Case("a name struck out.xlsx", two, need=PUPILS, say=("struck_cells",)),
        Case("a name struck out, confirmed.xlsx", two, need=PUPILS + figures((AOULOUZ, "pupils_primary", 900)), confirm=True),
        *(Case(f"a sign in a heading {number}.xlsx", sheets([["Commune", "Mois", heading, "Médecins"], ["Adar", SEPTEMBER, 7, 3]]),
               need=figures((ADAR, "doctors", 3)), say=("columns_unknown",))
          for number, heading in enumerate(("Élèves primaire ‰", "Médecins +/-", "Médecins < 40 ans", "Δ Élèves primaire"))),
        *(one(f"no number {number}.xlsx", value, say=("not_a_number",))
          for number, value in enumerate(("12,", "12.", "12/15", "<5", "12 (dont 3)", "12+3", "néant", "½"))),
        *(Case(f"a title {number}.xlsx", sheets([[title], ["Commune", "Élèves primaire"], ["Adar", 340]]), need=need, confirm=True,
               say=() if need else ("column_date_missing",)) for number, (title, need) in enumerate(titles)),
        Case("a title and a day of print.xlsx",
             sheets([["Effectifs de septembre 2025"], ["Imprimé le 5 octobre 2025"], ["Commune", "Élèves primaire"], ["Adar", 340]]),
             need=PUPILS, confirm=True),
        *(Case(f"a commune {number}.xlsx", sheets([["Commune", "Mois", "Élèves primaire"], [name, SEPTEMBER, 340]]), need=PUPILS)
          for number, name in enumerate(names)),
        Case("a code and another name.xlsx", sheets([["Commune", "Mois", "Élèves primaire"], ["09.541.03.01 - Aoulouz", SEPTEMBER, 340]]),
             say=("commune_ambiguous",)),
        Case("a code with dashes.xlsx", sheets([["Code commune", "Mois", "Élèves primaire"], ["09-541-03-01", SEPTEMBER, 340]]), need=PUPILS),
        Case("a month and its year without a space.csv", lines("Commune;Mois;Élèves primaire\nAdar;شتنبر2025;340\n"), need=PUPILS),
    ]  # fmt: skip


def further_readers() -> list[Case]:
    """What programs write that a library does not tell."""
    state = {"uid": "validation_status_not_approved", "label": "Not approved"}
    submissions = [{"commune": "Adar", "mois": "2025-09", "pupils_primary": 340, "g": [{"x": 7}, {"x": 8}]},
                   {"commune": "Aoulouz", "mois": "2025-09", "pupils_primary": 900, "_validation_status": state}]  # fmt: skip
    page = ("<html><meta charset='utf-8'><table><tr><td>Commune<td>Mois<td>Élèves primaire<tr><td>Adar<td>2025-09<td>{}"
            "<tr style='display: none'><td>Aoulouz<td>2025-09<td>900</table></html>")  # fmt: skip
    sheet = [HEAD, ROW, ["Aoulouz", SEPTEMBER, "#N/A", 900]]
    return [
        Case("blank cells without an address.xlsx", _without_addresses(), need=figures((ADAR, "displaced_persons", 120), (ADAR, "nurses", 3))),
        Case("submissions with states and repeats.json", json.dumps(submissions).encode(), need=PUPILS, say=("not_approved", "columns_unknown")),
        Case("a page with a hidden row.xls", page.format(340).encode(), need=PUPILS, say=("hidden_cells",)),
        Case("a page with a struck figure.xls", page.format("<s>340</s>").encode(), say=("struck_cells", "hidden_cells")),
        Case("binary parts.xlsb", binary_parts(sheet), need=BOTH + figures((AOULOUZ, "pupils_primary", 900)), say=("spreadsheet_error",)),
        Case("binary parts with a percentage.xlsb", binary_parts([["Commune", "Mois", "taux de réponse des écoles"], ["Adar", SEPTEMBER, 0.875]], 2),
             need=figures((ADAR, "schools_reporting_pct", 87.5))),
        Case("binary parts with a figure struck out.xlsb", binary_parts([HEAD, ROW], 3), say=("struck_cells",)),
        Case("binary parts with a figure that is not shown.xlsb", binary_parts([HEAD, ROW], 4), say=("hidden_cells",)),
        Case("binary parts with a hidden row.xlsb", binary_parts([HEAD, ROW], 0, hidden=1), say=("hidden_cells",)),
    ]  # fmt: skip


def further_persons() -> list[Case]:
    """Both sides: numbers of persons however they are written, and numbers that are none."""
    digits = [234567, 771231, 345678, 902311, 567123, 310992, 220145]
    return [
        *(beside(f"an identity number with signs {number}.xlsx", "Observations", *(shape.format(d) for d in digits), refused="personal_identity_number")
          for number, shape in enumerate(("J.B {}", "JB-{}", "j.b. {}"))),
        beside("numbers of pupils.xlsx", "Code", *(f"J13{d}4" for d in digits), refused="personal_identity_number"),
        beside("a telephone with its country as a number.xlsx", "Observations", 212661234567, refused="personal_telephone"),
        beside("a telephone in Arabic digits.xlsx", "Observations", "٠٦٦١٢٣٤٥٦٧", refused="personal_telephone"),
        beside("a telephone with a zero in brackets.xlsx", "Observations", "+212 (0)661 23 45 67", refused="personal_telephone"),
        beside("an address of e-mail in a remark.xlsx", "Observations", "écrire à x.y@example.ma", refused="personal_e_mail"),
        *(beside(f"a heading of persons {number}.xlsx", heading, "x", refused="personal_heading")
          for number, heading in enumerate(("C.I.N", "Né(e) le", "phonenumber", "Code Massar"))),
        beside("names of beneficiaries.xlsx", "Bénéficiaire", "Mohamed Ait X", refused="personal_heading"),
        beside("ids of a tool that hold digits.xlsx", "_uuid", "ab0661234567cdefab0661234567cdef", need=DISPLACED),
        beside("roads.xlsx", "Route", "RP17351", "RN10", need=DISPLACED),
        beside("a large amount.xlsx", "Montant (DH)", 212661234567, need=DISPLACED),
        beside("codes of facilities with signs.xlsx", "Code établissement", *(f"CS-{d % 100_000:05d}" for d in digits), need=DISPLACED),
    ]  # fmt: skip


def record_files() -> list[tuple[Case, int]]:
    """Files of records, each with how many are kept."""
    hide = lambda made: setattr(made.worksheets[0].row_dimensions[3], "hidden", True)  # noqa: E731
    strike = lambda made: setattr(made.worksheets[0]["E3"], "font", Font(strike=True))  # noqa: E731
    hide_sheet = lambda made: setattr(made.worksheets[1], "sheet_state", "hidden")  # noqa: E731
    merge = lambda *ranges: lambda made: [made.worksheets[0].merge_cells(r) for r in ranges]  # noqa: E731
    one_line = ";".join(MOVEMENTS)
    return [
        (Case("movements in a hidden row.xlsx", sheets([MOVEMENTS, ARRIVAL, OTHER], change=hide), say=("hidden_cells",)), 1),
        (Case("movements in a hidden row, confirmed.xlsx", sheets([MOVEMENTS, ARRIVAL, OTHER], change=hide), confirm=True), 2),
        (Case("movements struck out.xlsx", sheets([MOVEMENTS, ARRIVAL, OTHER], change=strike), say=("struck_cells",)), 1),
        (Case("movements in a hidden sheet.xlsx", sheets([MOVEMENTS, ARRIVAL], [MOVEMENTS, OTHER], change=hide_sheet), say=("hidden_sheet",)), 1),
        (Case("movements not approved.xlsx",
              sheets([[*MOVEMENTS, "_validation_status"], [*ARRIVAL, "Approved"], [*OTHER, "Not approved"]]), say=("not_approved",)), 1),
        (Case("movements of a joined month.xlsx", sheets([MOVEMENTS, ARRIVAL, [None, *OTHER[1:]]], change=merge("A2:A3"))), 2),
        (Case("persons joined over two movements.xlsx", sheets([MOVEMENTS, ARRIVAL, OTHER[:4]], change=merge("E2:E3")), say=("joined_figures",)), 0),
        (Case("persons twice.xlsx", sheets([[*MOVEMENTS, "Personnes"], [*ARRIVAL, 13]]), say=("record_column_missing",)), 0),
        (Case("a row of movements that is too long.csv",
              lines(",".join(MOVEMENTS) + "\n2025-09,arrivée,Adar,Aoulouz,1,234\n"), say=("row_too_long",)), 0),
        (Case("months before days of movements.csv",
              lines(f"{one_line}\n09/01/2025;arrivée;Adar;Aoulouz;12\n10/01/2025;arrivée;Adar;Aoulouz;13\n"), say=("month_first_suggested",)), 0),
        (Case("months before days of movements, confirmed.csv",
              lines(f"{one_line}\n09/01/2025;arrivée;Adar;Aoulouz;12\n10/01/2025;arrivée;Adar;Aoulouz;13\n"), confirm=True), 2),
    ]  # fmt: skip


def further_cases() -> list[Case]:
    """All of them but those of records."""
    return [*further_figures(), *further_readers(), *further_persons()]


def _without_addresses() -> bytes:
    """A sheet whose cells do not say where they stand; some of them are blank."""
    rows = [["Commune", "Mois", *HEAD[2:], "Infirmiers"], ["Adar", "2025-09", 120, None, 3]]
    cells = ["".join("<c/>" if v is None else f'<c t="str"><v>{v}</v></c>' for v in row) for row in rows]
    sheet = f"<worksheet><sheetData>{''.join(f'<row>{row}</row>' for row in cells)}</sheetData></worksheet>"
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(rows))) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, sheet if name.endswith("sheet1.xml") else old.read(name))
    return target.getvalue()


def binary_parts(rows: list[list[Any]], style: int = 0, hidden: int = -1) -> bytes:
    """A workbook in binary parts ([MS-XLSB]), as no library writes it: one sheet, with a style for its last column.

    Styles: 0 none, 1 a day, 2 a percentage, 3 struck out, 4 one that shows nothing. Font 2 is raised.
    """
    texts: list[str] = []
    sheet = _record(129) + _record(148, struct.pack("<4I", 0, len(rows) - 1, 0, len(rows[0]) - 1)) + _record(145)
    for at, row in enumerate(rows):
        sheet += _record(0, struct.pack("<IIHBBB", at, 0, 300, 0, 0x10 if at == hidden else 0, 0) + bytes(4))
        sheet += b"".join(_cell(column, v, style if at and column > 1 else 0, texts) for column, v in enumerate(row))
    parts = {
        "xl/workbook.bin": _record(131) + _record(143) + _record(156, struct.pack("<II", 0, 1) + _text("rId1") + _text("Feuil1"))
        + _record(144) + _record(132),
        "xl/worksheets/sheet1.bin": sheet + _record(146) + _record(130),
        "xl/sharedStrings.bin": _record(159, struct.pack("<II", len(texts), len(texts)))
        + b"".join(_record(19, b"\0" + _text(text)) for text in texts) + _record(160),
        "xl/styles.bin": _record(278) + b"".join(_record(43, struct.pack("<4H", 200, *font) + bytes(16)) for font in ((0, 0, 0), (8, 0, 0), (0, 0, 1)))
        + _record(44, struct.pack("<H", 200) + _text(";;;")) + _record(617, struct.pack("<I", 5)) + b"".join(_record(47, struct.pack("<HHH", 0xFFFF, number, font) + bytes(10))
                                  for number, font in ((0, 0), (14, 0), (10, 0), (0, 1), (200, 0))) + _record(618) + _record(279),
        "_rels/.rels": _relations("officeDocument", "xl/workbook.bin"),
        "xl/_rels/workbook.bin.rels": _relations("worksheet", "worksheets/sheet1.bin", "sharedStrings", "sharedStrings.bin", "styles", "styles.bin"),
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    }  # fmt: skip
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def _relations(*said: str) -> bytes:
    kinds, targets = said[::2], said[1::2]
    base = "http://schemas.openxmlformats.org"
    listed = "".join(
        f'<Relationship Id="rId{at}" Type="{base}/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(zip(kinds, targets, strict=True), 1)
    )
    return f'<Relationships xmlns="{base}/package/2006/relationships">{listed}</Relationships>'.encode()


def _record(kind: int, body: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, left = b"", len(body)
    while True:
        length += bytes([left & 0x7F | (0x80 if left > 0x7F else 0)])
        left >>= 7
        if not left:
            return head + length + body


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _cell(column: int, value: Any, style: int, texts: list[str]) -> bytes:
    if value == "#N/A":
        return _record(3, struct.pack("<IIB", column, style, 0x2A))
    if isinstance(value, str):
        texts += [] if value in texts else [value]
        return _record(7, struct.pack("<III", column, style, texts.index(value)))
    if isinstance(value, datetime):
        return _record(5, struct.pack("<IId", column, 1, (value - datetime(1899, 12, 30)).days))
    return _record(5, struct.pack("<IId", column, style, value))
