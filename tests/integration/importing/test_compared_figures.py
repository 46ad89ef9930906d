"""Figures beside those of the month before, of their total, of other rows: what is doubted, in which order, and what never is."""

from datetime import datetime

import pandas as pd
import pytest

from analytics.model import Provenance
from data.importing.prepare import prepare_import
from tests.messy.files import ADAR, AOULOUZ, BOTH, HEAD, IRHERM, ROW, SEPTEMBER, book, figures
from tests.read_files import COMMUNES, TODAY, cells_of, kept, prepared
from tests.territories import TAROUDANNT

pytestmark = pytest.mark.taroudannt
AUGUST = datetime(2025, 8, 1)
PUPILS = ["Commune", "Mois", "Élèves primaire"]


@pytest.mark.parametrize("provenance", list(Provenance))
@pytest.mark.parametrize(("before", "is_sudden"), [(330, False), (34, True)])
def test_a_figure_is_compared_with_that_of_the_month_before_unless_that_is_a_demonstration(provenance, before, is_sudden):
    told = {
        "commune_code": ADAR,
        "reference_date": pd.Timestamp(AUGUST),
        "variable": "pupils_primary",
        "value": float(before),
    }
    current = pd.DataFrame([told | {"provenance": provenance.value}])
    content = book([PUPILS, ["Adar", SEPTEMBER, 340]])
    report = prepare_import(content, "x.xlsx", COMMUNES, current, TAROUDANNT, TODAY)
    is_real = provenance is not Provenance.DEMONSTRATION
    assert cells_of(report, "jump") == (["Feuil1!C2"] if is_sudden and is_real else [])


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize(("in_force", "in_file", "is_sudden"), [(34, 340, False), (340, 34, True), (34, 34, True)])
def test_a_figure_of_the_month_before_in_the_file_stands_before_the_one_in_force(order, in_force, in_file, is_sudden):
    told = {
        "commune_code": ADAR,
        "reference_date": pd.Timestamp(AUGUST),
        "variable": "pupils_primary",
        "value": float(in_force),
    }
    current = pd.DataFrame([told | {"provenance": "declared"}])
    rows = [["Adar", AUGUST, in_file], ["Adar", SEPTEMBER, 340]]
    report = prepare_import(
        book([PUPILS, *(rows[at] for at in order)]), "x.xlsx", COMMUNES, current, TAROUDANNT, TODAY, is_confirmed=True
    )
    assert cells_of(report, "jump") == ([f"Feuil1!C{2 + order.index(1)}"] if is_sudden else [])


@pytest.mark.parametrize("first", ["Irherm", "Adar"])
def test_what_is_said_twice_is_named_in_the_order_of_the_file(first):
    second = "Adar" if first == "Irherm" else "Irherm"
    report = prepared(book([PUPILS, *[[first, SEPTEMBER, 5]] * 2, *[[second, SEPTEMBER, 7]] * 3]))
    assert cells_of(report, "duplicate_same") == ["Feuil1!C3", "Feuil1!C5", "Feuil1!C6"]
    named = [finding.values["commune"]["fr"] for finding in report.findings if finding.key == "duplicate_same"]
    assert [name[0] for name in named] == [first[0], second[0]]


# The town of Taroudannt has the name of its province: a row of it that is the sum of all others is that of the province.
@pytest.mark.parametrize(
    ("total", "is_sum"),
    [((120 + 7 + 5, 340 + 9 + 6), True), ((120 + 7 + 6, 340 + 9 + 6), False), ((120, 340 + 9 + 6), False), ((0, 0), False),
     ((2 * (120 + 7 + 5), 2 * (340 + 9 + 6)), False)],
)  # fmt: skip
@pytest.mark.parametrize("at", [0, 3])
@pytest.mark.parametrize("name", ["Taroudannt", "Freija"])
def test_a_row_that_is_the_sum_of_all_others_is_that_of_no_commune(total, is_sum, at, name):
    rows = [ROW, ["Aoulouz", SEPTEMBER, 7, 9], ["Irherm", SEPTEMBER, 5, 6]]
    rows.insert(at, [name, SEPTEMBER, *total])
    report = prepared(book([HEAD, *rows]))
    summed = [f"Feuil1!{column}{2 + at}" for column in "CD"]
    assert cells_of(report, "row_of_sum") == (summed if is_sum else [])
    others = figures((AOULOUZ, "displaced_persons", 7), (AOULOUZ, "pupils_primary", 9), (IRHERM, "displaced_persons", 5),
                     (IRHERM, "pupils_primary", 6))  # fmt: skip
    assert kept(report) >= {*BOTH, *others}
    assert (len(kept(report)) == 6) is is_sum


@pytest.mark.parametrize(("rooms", "said"), [(-4, "value_negative"), (0, "zero_with_demand"), (1, "")])
def test_only_a_zero_is_doubted_for_being_one(rooms, said):
    content = book([[*PUPILS, "Salles fonctionnelles, primaire"], ["Adar", SEPTEMBER, 12, rooms]])
    report = prepared(content)
    for key in ("value_negative", "zero_with_demand"):
        assert cells_of(report, key) == (["Feuil1!D2"] if key == said else [])


@pytest.mark.parametrize(
    ("girls", "boys", "is_wrong"),
    [(160, 180, False), (160, 179, True), (160, 181, True), (341, None, True), (340, None, False)],
)
def test_the_parts_of_a_figure_make_it_up_where_all_are_known_and_exceed_it_never(girls, boys, is_wrong):
    heads = ["Élèves primaire", "Filles primaire", "Garçons primaire"]
    report = prepared(book([["Commune", "Mois", *heads], ["Adar", SEPTEMBER, 340, girls, boys]]))
    named = {*cells_of(report, "parts_unlike_total"), *cells_of(report, "part_above_whole")}
    assert named == ({"Feuil1!D2", *(["Feuil1!E2"] if boys is not None else [])} if is_wrong else set())
