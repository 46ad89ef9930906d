"""Files as programs write and damage them, and the codes in them, with what must be kept of each and said."""

# Each case is a line or two, read like a table.
# ruff: noqa: E501
from __future__ import annotations

from typing import Any

from tests.messy.files import (
    ADAR,
    AOULOUZ,
    BOTH,
    HEAD,
    IRHERM,
    ROW,
    SEPTEMBER,
    Case,
    book,
    figures,
    lines,
    sheets,
    with_parts,
    zipped,
)


def readers() -> list[Case]:
    """What programs write, and what is left of it."""
    plain, latin = book([HEAD, ROW]), "Commune;Mois;Élèves primaire;Médecins\nAdar;2025-09;340;3\n"
    kept = figures((ADAR, "pupils_primary", 340), (ADAR, "doctors", 3))
    main, strict = (
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    sheet = "xl/worksheets/sheet1.xml"
    return [
        Case("a wrong dimension.xlsx",
             with_parts(plain, lambda n, c: c.replace(b'<dimension ref="A1:D2"', b'<dimension ref="A1"')), need=BOTH),
        Case("strict.xlsx", with_parts(plain, lambda n, c: c.replace(main, strict)), need=BOTH),
        Case("a damaged drawing and properties.xlsx", with_parts(plain, lambda n, c: b"<x" if n.startswith("docProps") else c), need=BOTH),
        Case("a sheet cut short.xlsx", with_parts(plain, lambda n, c: c[: len(c) // 2] if n == sheet else c), refused="file_damaged"),
        Case("an archive cut short.xlsx", plain[:-200], refused="file_damaged"),
        Case("formulas never calculated.xlsx", sheets([HEAD, ["Adar", SEPTEMBER, "=100+20", 340]]), need=BOTH[1:],
             say=("formula_without_value",)),
        Case("a workbook of 2003 as XML.xls",
             lines('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet Name="F"><Table>'
                   "<Row><Cell><Data Type='String'>Commune</Data></Cell><Cell><Data Type='String'>Mois</Data></Cell>"
                   "<Cell Index='4'><Data Type='String'>Médecins</Data></Cell></Row><Row><Cell><Data Type='String'>Adar</Data></Cell>"
                   "<Cell><Data Type='DateTime'>2025-09-01T00:00:00.000</Data></Cell><Cell Index='4'><Data Type='Number'>3</Data></Cell>"
                   "</Row></Table></Worksheet></Workbook>"), need=kept[1:]),
        Case("lines called a workbook.xlsx", lines(latin), need=kept),
        Case("a web page called a workbook.xls",
             lines("<html><body><table><tr><th>Commune<th>Mois<th>Élèves primaire<th>Médecins</tr>"
                   "<tr><td>Adar<td>2025-09<td>340<td>3</tr></table></body></html>"), need=kept),
        *(Case(f"lines in {encoding}.csv", latin.encode(encoding), need=kept)
          for encoding in ("cp1252", "mac_roman", "cp850", "utf-16", "utf-16-le", "utf-8-sig")),
        Case("lines in cp1256.csv", "الجماعة;الشهر;تلاميذ الابتدائي\nأضار;شتنبر 2025;340\n".encode("cp1256"), need=kept[:1]),
        Case("lines that end in CR.csv", latin.replace("\n", "\r").encode(), need=kept),
        Case("a delimiter that is declared.csv", lines("sep=;\n" + latin), need=kept),
        Case("a quotation mark that nobody closed.csv",
             lines('Commune;Mois;Élèves primaire\n"Adar;2025-09;340\nAoulouz;2025-09;900\nIrherm;2025-09;77\n'),
             need=figures((AOULOUZ, "pupils_primary", 900), (IRHERM, "pupils_primary", 77)), may=kept[:1]),
        Case("a very long remark.csv", lines(f"Commune;Mois;Élèves primaire;Observations\nAdar;2025-09;340;{'x' * 200_000}\n"), need=kept[:1]),
        Case("UTF-16 cut short.csv", latin.encode("utf-16")[:-1], refused="file_cut"),
        Case("nothing but zeros.csv", bytes(2000), refused="file_empty"),
        Case("an archive of files.zip", zipped(un_xlsx=plain, deux_csv=lines("Commune;Mois;Médecins\nAoulouz;2025-09;3\n")),
             need=BOTH + figures((AOULOUZ, "doctors", 3))),
    ]  # fmt: skip


def persons() -> list[Case]:
    """Codes of places and tools, and lists of persons."""

    def coded(heading: str, *values: Any) -> bytes:
        communes = ["Adar", "Aoulouz", "Irherm", "Argana", "Tafraouten", "Freija", "Toubkal"]
        rows = [[communes[n % 7], SEPTEMBER, 120, value] for n, value in enumerate(values)]
        return book([["Commune", "Mois", "Personnes déplacées", heading], *rows])

    def one(name: str, *values: Any, heading: str = "Code") -> Case:
        communes = [ADAR, AOULOUZ, IRHERM, "09.541.11.03", "09.541.09.51", "09.541.09.15", "09.541.07.23"]
        kept = figures(*((communes[n], "displaced_persons", 120) for n in range(len(values))))
        return Case(name, coded(heading, *values), need=kept[:1], may=kept)

    return [
        one("codes of places.xlsx", *(f"MA00900{n}" for n in range(7))),
        one("codes of facilities.xlsx", "CS12345", "ES23456", "DR34567", "ES98765", "CS55555", "CS11111", heading="Code établissement"),
        one("an amount.xlsx", "DH 50000", heading="Observations"),
        one("numbers of a tool.xlsx", 612345678, 612345679, heading="_id"),
        Case("a list of persons under a code.xlsx", coded("Code", *(f"JB{n}" for n in (123456, 771231, 345678, 902311, 567123, 310992, 220145))),
             refused="personal_identity_number"),
        Case("two persons of one commune.xlsx", coded("Code", "JB123456", *["MA009001"] * 6, "JB654321"),
             refused="personal_identity_number"),
        Case("identity numbers.xlsx", coded("N° CNIE", "JB123456"), refused="personal_heading"),
        Case("telephones.xlsx", coded("Observations", 661234567), refused="personal_telephone"),
    ]  # fmt: skip
