"""The full export as other programs open it: a data package, CSV on the Web metadata, a row of HXL tags."""

import csv
import json
import re
from types import SimpleNamespace

import frictionless
import openpyxl
import pytest

from data.exporting.columns import is_described
from data.exporting.full_export import export_store
from data.i18n import Translator
from data.importing.accept import prepare_for_store
from data.store import Store
from pages.print.tables.results import build_result_table, write_workbook

TAG = re.compile(r"#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*")


@pytest.fixture(scope="module")
def exported(first_week_store, tmp_path_factory):
    """The export of a small store, without and with tags."""
    folders = {hxl: tmp_path_factory.mktemp("package") for hxl in (False, True)}
    for hxl, folder in folders.items():
        export_store(Store(first_week_store), folder, hxl=hxl)
    return folders


@pytest.mark.slow
@pytest.mark.parametrize("hxl", [False, True])
def test_the_data_package_is_valid_down_to_each_cell_and_key(exported, hxl):
    report = frictionless.Package(str(exported[hxl] / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "type", "note"])[:10]
    assert report.stats["tasks"] >= 10


def test_every_column_that_leaves_is_described(exported):
    package = json.loads((exported[False] / "datapackage.json").read_text(encoding="utf-8"))
    leaving = {(f["name"], r["path"].removesuffix(".csv")) for r in package["resources"] for f in r["schema"]["fields"]}
    assert {(column, table) for column, table in leaving if not is_described(column, table)} == set()


def test_csv_on_the_web_metadata_name_the_very_headings_of_each_table(exported):
    metadata = json.loads((exported[False] / "csv-metadata.json").read_text(encoding="utf-8"))
    assert {table["url"] for table in metadata["tables"]} == {path.name for path in exported[False].glob("*.csv")}
    for table in metadata["tables"]:
        with (exported[False] / table["url"]).open(encoding="utf-8-sig", newline="") as file:
            assert next(csv.reader(file)) == [column["name"] for column in table["tableSchema"]["columns"]]


def test_csv_on_the_web_takes_the_tags_for_a_comment_and_no_row_of_figures(exported):
    metadata = json.loads((exported[True] / "csv-metadata.json").read_text(encoding="utf-8"))
    for table in metadata["tables"]:
        with (exported[True] / table["url"]).open(encoding="utf-8-sig", newline="") as file:
            begins = [row[0].startswith(table["dialect"]["commentPrefix"]) for row in csv.reader(file)]
        assert begins == [False, True, *[False] * (len(begins) - 2)], table["url"]


@pytest.mark.slow
@pytest.mark.parametrize("hxl", [False, True])
def test_a_library_of_csv_on_the_web_reads_every_cell_as_its_type_and_finds_every_key(exported, hxl):
    csvw = pytest.importorskip("csvw", reason="csvw is no part of the lock: see docs/exchange.md")
    group, log = csvw.TableGroup.from_file(str(exported[hxl] / "csv-metadata.json")), []
    told = SimpleNamespace(warning=lambda *said: log.append(said), warn=lambda *said: log.append(said))
    for table in group.tables:
        with (exported[False] / table.local_name).open(encoding="utf-8-sig", newline="") as file:
            assert sum(1 for _ in table.iterdicts(log=told)) == sum(1 for _ in csv.reader(file)) - 1, table.local_name
    assert log == []
    assert group.check_referential_integrity()


def test_the_tags_stand_under_the_headings_and_libhxl_reads_them(exported):
    for path in exported[True].glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.reader(file)
            headings, tags = next(lines), next(lines)
        assert len(tags) == len(headings)
        assert all(TAG.fullmatch(tag) for tag in tags), path.name
    hxl = pytest.importorskip("hxl", reason="libhxl is there as source only: see docs/exchange.md")
    source = hxl.data(str(exported[True] / "observations.csv"), hxl.InputOptions(allow_local=True))
    assert source.columns[0].display_tag == "#adm3+code"
    assert sum(1 for _ in source) == sum(1 for _ in (exported[False] / "observations.csv").open("rb")) - 1


def test_a_workbook_has_its_tags_under_the_headings(figures, tmp_path):
    t, month = Translator("fr"), figures.months[-1]
    table = build_result_table(figures, t, ["ISP"], [month], list(figures.territory))
    path = tmp_path / "results.xlsx"
    path.write_bytes(write_workbook(table, figures, t, hxl=True))
    sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    headings, tags, first, *_ = sheet.iter_rows(values_only=True)
    assert (headings[0], tags[0], first[0]) == ("Code commune", "#adm3+code", figures.territory[0])
    assert all(TAG.fullmatch(tag) for tag in tags)
    hxl = pytest.importorskip("hxl", reason="libhxl is there as source only: see docs/exchange.md")
    rows = list(hxl.data(str(path), hxl.InputOptions(allow_local=True)))
    assert [row.get("#adm3+code") for row in rows] == list(figures.territory)


def test_an_export_with_tags_is_imported_again(exported, official_store):
    content = b"".join((exported[True] / "observations.csv").read_bytes().splitlines(keepends=True)[:60])
    report = prepare_for_store(Store(official_store), content, "observations.csv")
    assert report.cells_set_aside == 0
    assert len(report.observations) == 58
