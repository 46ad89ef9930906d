"""Two worlds that differ in withheld counts alone: whatever leaves the application says the same of both."""

import io
import re
import zipfile
from datetime import date

import pandas as pd
import pytest

from analytics.assumptions import DEFAULTS
from analytics.resource_gap import build_gap_table
from data.i18n import Translator
from data.keeping.parts import add_upload, remove_upload
from pages.address.assumptions import OPTIONS
from pages.address.selection import Selection
from pages.figures.load import load_figures
from pages.print.deck.slides import build_deck
from pages.print.plan.content import build_document
from pages.print.plan.context import PlanContext
from pages.print.sheet.bag import build_bag
from pages.print.tables.means import write_gap_csv
from pages.print.tables.results import build_result_table, write_csv, write_workbook
from pages.widgets.province_map import fill_map
from pages.widgets.screen import Screen
from pages.words import gaps
from pages.words.lateness import ALL_SERVICES, list_lateness
from pages.words.quality import build_quality_tables
from pages.words.reasons import reason_rows
from tests.clients import open_client
from tests.integration.test_bag import request
from tests.plan_words import words_of

TODAY = date(2026, 11, 27)
UPLOAD = "of-a-world"
# The same in print: 2 and 4 persons, one of them counted by the census; 2 and 3 households with four documents each.
WORLDS = (
    {"displaced_persons": 2, "displaced_counted_in_census_pct": 50.0, "displaced_households": 2, "documents_reissued_total": 8,
     "displaced_women": 1, "displaced_men": 1, "displaced_pupils_primary": 1, "displaced_registry_requests": 1},
    {"displaced_persons": 4, "displaced_counted_in_census_pct": 25.0, "displaced_households": 3, "documents_reissued_total": 12,
     "displaced_women": 3, "displaced_men": 1, "displaced_pupils_primary": 4, "displaced_registry_requests": 3},
)  # fmt: skip
# Names of snapshots and when they were made, which differ whatever the figures are.
OWN = re.compile(r"\d{8}T\d{6,}(?:-[0-9a-f]+)?|\d{4}-\d\d-\d\d[T ]\d\d:\d\d[\d:.Z]*|\d\d?\s\S+\s\d{4}[,،]\s\d\d:\d\d:\d\d")


@pytest.fixture
def in_both(province_store):
    """What something gives in each world, with the names of snapshots taken out."""

    def ask_both(ask):
        said = []
        for world in WORLDS:
            code = put(province_store, world)
            figures = load_figures(province_store.snapshot_id(), province=province_store.province)
            assert figures.withheld("displaced_persons", figures.months[-1])[code]
            said.append({name: OWN.sub("", text) for name, text in ask(figures, code)})
        return said

    return ask_both


def put(store, world):
    """A commune with the figures of a world in every month that it reports; its code."""
    with store.write("test") as connection:
        months = connection.execute(
            "SELECT DISTINCT commune_code, reference_date FROM observation WHERE variable = 'registry_backlog' AND commune_code ="
            " (SELECT min(commune_code) FROM observation WHERE variable = 'registry_backlog')"
        ).df()
        remove_upload(connection, UPLOAD)
        connection.execute("DELETE FROM upload WHERE upload_id = ?", [UPLOAD])
        connection.execute(
            "INSERT INTO upload SELECT * REPLACE (? AS upload_id, (SELECT max(upload_number) + 1 FROM upload) AS upload_number)"
            " FROM upload LIMIT 1",
            [UPLOAD],
        )
        said = {"status": "reported", "provenance": "declared", "reliability": "B", "source": "", "cell": ""}
        rows = [months.assign(variable=name, value=float(value), **said) for name, value in world.items()]
        add_upload(connection, UPLOAD, pd.concat(rows, ignore_index=True))
    code = str(months["commune_code"].iloc[0])
    return code


def screen(figures, code, month=-1):
    chosen = Selection("fr", "all", figures.months[month], "ISP", code, DEFAULTS)
    return Screen(figures, chosen, Translator("fr", figures.province), {})


def test_nothing_that_anything_is_computed_from_differs(in_both):
    def ask(figures, _code):
        for name, column in figures.assessment.panel.columns.items():
            yield name, f"{column.value.tolist()} {column.status.tolist()} {column.reliability.tolist()}"

    first, second = in_both(ask)
    assert len(first) > 100
    assert [name for name in first if first[name] != second[name]] == []


@pytest.mark.slow
def test_the_api_in_every_variant_and_the_sheet_say_the_same_of_both(in_both):
    def ask(figures, code):
        client = open_client()
        # Every variant of one option beside the defaults of the others: three calls gave a share back.
        for name, value in ((name, value) for name, values in OPTIONS.items() for value in values):
            for month, form in ((figures.months[-1], "json"), (figures.months[0], "csv")):
                asked = {"commune": code, "date": f"{month:%Y-%m}", "format": form, name: value}
                yield f"api {asked}", client.get("/api/v1/pressure", params=asked).text
        for table in ("observations", "movements", "intervals", "worth"):
            yield f"api {table}", client.get(f"/api/v1/{table}?commune={code}").text
        for month in (figures.months[0], figures.months[-1]):
            yield (
                f"observations {month}",
                client.get(f"/api/v1/observations?commune={code}&date={month:%Y-%m}&format=sdmx-csv").text,
            )
        for language in ("fr", "ar"):
            yield f"sheet {language}", client.get(f"/sheet/{code}?lang={language}").text

    first, second = in_both(ask)
    assert len(first) >= 18
    assert all(len(text) > 300 and "bad_parameter" not in text for text in first.values())
    assert [name for name in first if first[name] != second[name]] == []


@pytest.mark.slow
def test_tables_maps_scenarios_reasons_slides_plan_and_bag_say_the_same_of_both(in_both, tmp_path):
    def ask(figures, code):
        seen, means, month = screen(figures, code), figures.definition_set.means, figures.months[-1]
        table = build_result_table(figures, seen.t, list(figures.results), list(figures.months), [code])
        yield "table", write_csv(table).decode()
        yield from office("workbook", write_workbook(table.head(60), figures, seen.t))
        rows = build_gap_table(figures.assessment, figures.definitions, means, month)
        yield "means", write_gap_csv(rows, figures, means, gaps.observed(seen), seen.t).decode()
        yield "map", str(fill_map(seen, seen.month_results()))
        yield from ((f"quality {name}", table.to_csv()) for name, table in build_quality_tables(seen, TODAY).items())
        yield "late", str(list_lateness(seen, month, ALL_SERVICES, TODAY))
        yield "reasons", str(reason_rows(seen, code))
        yield (
            "trace",
            figures.origins.trace(code, list(WORLDS[0]))[["variable", "reference_date", "value", "status"]].to_csv(),
        )
        yield "pairs", figures.pairs("ISP", month).to_csv()
        for name, scenario in figures.definition_set.library.items():
            projection, row = figures.projection(scenario), figures.territory.index(code)
            for bound in ("low", "central", "high"):
                yield f"{name} {bound}", f"{projection.displaced(bound)[row]} {projection.table('ISP', 'score', bound)[row]}"
        yield from office("deck", build_deck(seen, code, means, TODAY))
        plan = PlanContext(seen, code, figures.definition_set.library["hard_winter"], means, TODAY)
        yield "plan", str(words_of(build_document(plan, TODAY)))
        with zipfile.ZipFile(io.BytesIO(build_bag(seen, request(tmp_path, [code]), lambda *_: None).content)) as archive:
            for page in sorted(n for n in archive.namelist() if n.endswith(".html")):
                yield f"bag {page}", archive.read(page).decode()

    first, second = in_both(ask)
    assert len(first) > 40
    assert [name for name in first if first[name] != second[name]] == []


def office(name, content):
    """Every part of an Office file that holds words or figures."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for part in sorted(parts.namelist()):
            if part.endswith(".xml") and "core" not in part:
                yield f"{name} {part}", parts.read(part).decode()
