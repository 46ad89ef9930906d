"""Files in which one cell is written as people and programs write it, with what must be kept of each and said."""

from __future__ import annotations

from typing import Any

from tests.messy.files import ADAR, AOULOUZ, BOTH, HEAD, SEPTEMBER, Case, figures, lines, sheets


def _percent(made: Any) -> None:
    for cell in made.worksheets[0][2][2:]:
        cell.number_format = "0.0%"


def cells() -> list[Case]:
    """What one cell may hold."""
    shares = ["Commune", "Mois", "part déjà comptée au RGPH", "taux de réponse des écoles"]
    return [
        Case("cells shown as percentages.xlsx", sheets([shares, ["Adar", SEPTEMBER, 0.45, 0.875]], change=_percent),
             need=figures((ADAR, "displaced_counted_in_census_pct", 45), (ADAR, "schools_reporting_pct", 87.5))),
        Case("a count shown as a percentage.xlsx", sheets([HEAD, ["Adar", SEPTEMBER, 1.2, 3.4]], change=_percent),
             say=("percent_of_a_count",)),
        Case("errors.xlsx", sheets([HEAD, ["Adar", SEPTEMBER, "#N/A", "#N/D"], ["Aoulouz", SEPTEMBER, "#REF!", "Err:502"]]),
             say=("spreadsheet_error",)),
        Case("a fraction or a share below one per cent.xlsx", sheets([shares, ["Adar", SEPTEMBER, 0.45, "87 %"]]),
             need=figures((ADAR, "schools_reporting_pct", 87)), say=("share_below_one",)),
        Case("two numbers in a cell.xlsx", sheets([HEAD, ["Adar", SEPTEMBER, "3 4", "12\n15"]]), say=("not_a_number",)),
        Case("a thousand or a decimal.xlsx",
             sheets([["Commune", "Mois", "Soignants ETP", "Élèves primaire"], ["Adar", SEPTEMBER, "1.200", "1.200"]]),
             need=figures((ADAR, "pupils_primary", 1200)), say=("thousand_or_decimal", "thousands_assumed")),
        Case("marks of direction.csv", lines("\ufeffCommune;Mois;Élèves primaire\n\u200fAdar\u200e;\u200f09/2025;\u202b340\u202c\n"),
             need=figures((ADAR, "pupils_primary", 340))),
        Case("noise of a float.xlsx", sheets([HEAD, ["Adar", SEPTEMBER, 120.00000000000001, 339.99999999999994]]), need=BOTH),
        Case("months before days.csv", lines("Commune;Mois;Élèves primaire\nAdar;09/01/2025;340\nAoulouz;09/01/2025;900\n"),
             say=("month_first_suggested",)),
        Case("months before days, confirmed.csv", lines("Commune;Mois;Élèves primaire\nAdar;09/01/2025;340\n"), confirm=True,
             need=figures((ADAR, "pupils_primary", 340)), say=("month_first_suggested_confirmed",)),
        Case("months before days, as another row shows.csv",
             lines("Commune;Mois;Élèves primaire\nAdar;09/01/2025;340\nAoulouz;08/31/2025;900\n"), say=("month_first_read",),
             need=figures((ADAR, "pupils_primary", 340)) + figures((AOULOUZ, "pupils_primary", 900), month="2025-08")),
        *(Case(f"a month as {text.replace('/', '-')}.csv", lines(f"Commune;Mois;Élèves primaire\nAdar;{text};340\n"),
               need=figures((ADAR, "pupils_primary", 340)))
          for text in ("01/09/2025", "01/09/25", "sept-25", "09/25", "202509", "20250901", "2025-09-01 00:00:00", "01/09/2025 10:30",
                       "1er septembre 2025", "Mois de septembre 2025", "شهر شتنبر 2025", "2025-09-30T12:00:00.000+01:00")),
        Case("a month as a number.xlsx", sheets([["Commune", "Mois", "Élèves primaire"], ["Adar", 202509, 340]]),
             need=figures((ADAR, "pupils_primary", 340))),
        Case("year and month apart.xlsx",
             sheets([["Commune", "Année", "Mois", "Élèves primaire"], ["Adar", 2025, "septembre", 340], ["Aoulouz", 2025, 9, 900]]),
             need=figures((ADAR, "pupils_primary", 340), (AOULOUZ, "pupils_primary", 900))),
        Case("a month without its year.csv", lines("Commune;Mois;Élèves primaire\nAdar;septembre;340\n"), say=("date_unreadable",)),
        Case("two communes in a cell.csv", lines("Commune;Mois;Élèves primaire\nAdar et Aoulouz;2025-09;340\n"),
             say=("commune_unknown_near",)),
        Case("a code without its province.csv", lines("Code commune;Mois;Élèves primaire\n03.01;2025-09;340\n"),
             need=figures((ADAR, "pupils_primary", 340))),
        Case("official names.csv",
             lines("Commune;Mois;Élèves primaire\nC.R. Adar;2025-09;340\nالجماعة القروية لأولوز;2025-09;900\n"),
             need=figures((ADAR, "pupils_primary", 340), (AOULOUZ, "pupils_primary", 900))),
    ]  # fmt: skip
