"""The template filled with the month before: stocks to be confirmed or changed, never what was simulated or counted in a month."""

import io
from datetime import date

import openpyxl

from data import queries
from data.command_line import main
from data.exporting.month_before import read_month_before
from data.exporting.template import FIRST_ROW, build_template
from data.i18n import Translator
from data.importing.accept import prepare_for_store
from data.loaders.today import load_disclosure_rules, monthly_sheets
from data.store import Store
from tests.three_communes import CODES, FIGURES

NOVEMBER = date(2026, 11, 1)


def communes_of(store: Store):
    with store.open() as connection:
        return queries.read_communes(connection, CODES[:2])


def template(store: Store, **given) -> bytes:
    before = read_month_before(store, CODES[:2], NOVEMBER, **given)
    return build_template(communes_of(store), [NOVEMBER, date(2026, 12, 1)], Translator("fr"), None, before)


def filled(content: bytes) -> dict[tuple[str, str, str], float]:
    book, found = openpyxl.load_workbook(io.BytesIO(content)), {}
    for sheet, page in zip(monthly_sheets(), book.worksheets[1:], strict=False):
        for row in page.iter_rows(min_row=FIRST_ROW + 1, max_row=FIRST_ROW + 4):
            for cell, variable in zip(row[3:], sheet.variables, strict=False):
                if cell.value is not None:
                    found[row[0].value, f"{row[2].value:%Y-%m}", variable.id] = cell.value
    return found


def test_the_first_month_holds_the_stocks_of_the_month_before_and_no_flow(first_week_store):
    store = Store(first_week_store)
    found = filled(template(store, counts_of_people=True))
    kinds = {v.id: v.kind for sheet in monthly_sheets() for v in sheet.variables}
    expected = {
        (code, "2026-11", name): values[CODES.index(code)]
        for code in CODES[:2]
        for name, values in FIGURES.items()
        if kinds[name] in ("stock", "share")
    }
    assert found == expected
    assert (CODES[0], "2026-11", "registry_requests") not in found


def test_counts_that_may_be_small_are_left_out_for_whoever_is_not_handed_complete_data(first_week_store):
    found = filled(template(Store(first_week_store)))
    assert found
    assert not {name for _, _, name in found} & set(load_disclosure_rules())


def test_what_is_left_is_confirmed_for_the_new_month(first_week_store):
    store = Store(first_week_store)
    content = template(store, counts_of_people=True)
    report = prepare_for_store(store, content, "modele.xlsx", date(2026, 12, 20))
    assert {f"{day:%Y-%m}" for day in report.observations["reference_date"]} == {"2026-11"}
    assert len(report.observations) == len(filled(content))
    assert report.cells_set_aside == 0


def test_simulated_figures_fill_nothing(built, tmp_path):
    target = tmp_path / "modele.xlsx"
    assert main(["template", str(target), "--prefilled", "--commune", "Adar", "--months", "2025-09", "2025-09"]) == 0
    assert filled(target.read_bytes()) == {}
    assert main(["template", str(tmp_path / "modele.csv"), "--prefilled"]) == 2
