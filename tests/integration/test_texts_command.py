"""``python -m data texts``: an editor's corrections go back to the files whole, or not at all."""

import json
import shutil
from dataclasses import replace

import openpyxl
import pytest
import yaml

from data import i18n, texts_command
from data.command_line import main
from data.languages import LANGUAGES
from data.texts.reviews import count_reviewed
from data.texts.spreadsheet import COLUMNS, SHEET
from tests.territories import TAROUDANNT

AREAS = {"texts", "signs", "sheet", "import_report", "counted", "importing"}
# What the command says of itself.
AREAS |= {path.stem for path in (i18n.LOCALES / "fr").glob("*.json") if '"cli.' in path.read_text("utf-8")}


@pytest.fixture
def locales(tmp_path, monkeypatch):
    """A few files of texts in a folder of their own, and those of the territory."""
    folder, province = tmp_path / "locales", tmp_path / "taroudannt"
    shutil.copytree(TAROUDANNT.folder / "locales", province / "locales")
    for language in LANGUAGES:
        (folder / language).mkdir(parents=True)
        for area in AREAS:
            shutil.copy(i18n.LOCALES / language / f"{area}.json", folder / language)
        i18n.load_texts(language)
    monkeypatch.setattr(i18n, "LOCALES", folder)
    read = texts_command.read_catalogue
    own = replace(TAROUDANNT, folder=province)
    monkeypatch.setattr(texts_command, "read_catalogue", lambda place, _: read(place, own))
    monkeypatch.setenv("SERVICE_PRESSURE_STORE", str(tmp_path / "store"))
    yield folder
    i18n.load_texts.cache_clear()
    i18n.load_place_texts.cache_clear()


def correct(file, **cells):
    """Write other values into cells, by row id and column."""
    book = openpyxl.load_workbook(file)
    page = book[SHEET]
    rows = {f"{row[0].value} [{row[1].value}]" if row[1].value else row[0].value: row[0].row for row in page.iter_rows()}
    for (row, column), value in cells["values"].items():
        page.cell(rows[row], COLUMNS.index(column) + 1).value = value
    book.save(file)


def state(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.taroudannt
def test_a_correction_comes_back_with_its_review_and_nothing_else_moves(locales, tmp_path, capsys):
    file = tmp_path / "texts.xlsx"
    assert main(["texts", "export", str(file)]) == 0
    before = state(locales)
    assert main(["texts", "import", str(file)]) == 0
    assert state(locales) == before
    reviewed = {
        ("counted.months [two]", "ar_reviewed_by"): "traduction",
        ("counted.months [two]", "ar_reviewed_on"): "2026-11-20",
    }
    correct(file, values={("counted.months [two]", "ar"): "شهران اثنان", **reviewed})
    assert main(["--json", "texts", "import", str(file)]) == 0
    answer = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert answer["changed"] == 1
    assert answer["reviewed"] == {"fr": 0, "ar": 1, "en": 0}
    after = state(locales)
    changed = {path for path in after if after[path] != before.get(path)}
    assert changed == {locales / "ar" / "counted.json", locales / "review.yaml"}
    texts = json.loads((locales / "ar" / "counted.json").read_text("utf-8"))
    assert texts["counted.months"]["two"] == "شهران اثنان"
    assert list(texts["counted.months"]) == ["zero", "one", "two", "few", "many", "other"]
    written = yaml.safe_load((locales / "review.yaml").read_text("utf-8"))["counted.months [two]"]["ar"]
    assert (written["by"], str(written["on"])) == ("translator", "2026-11-20")
    count = count_reviewed("ar", TAROUDANNT)
    assert (count.reviewed, count.unreviewed) == (1, count.total - 1)


@pytest.mark.taroudannt
def test_with_one_fault_nothing_is_written(locales, tmp_path, capsys):
    file = tmp_path / "texts.xlsx"
    assert main(["texts", "export", str(file)]) == 0
    before = state(locales)
    correct(file, values={("counted.months [few]", "ar"): "", ("counted.months [two]", "ar"): "شهران اثنان"})
    assert main(["texts", "import", str(file)]) == 1
    said = capsys.readouterr().err
    assert "counted.months [few]" in said
    assert "À faire" in said
    assert state(locales) == before


@pytest.mark.taroudannt
def test_files_are_put_back_where_one_cannot_be_written(locales, tmp_path, monkeypatch, capsys):
    file = tmp_path / "texts.xlsx"
    assert main(["texts", "export", str(file)]) == 0
    correct(file, values={("counted.months [two]", "ar"): "شهران اثنان", ("counted.months [one]", "fr"): "un mois"})
    before, settle, calls = state(locales), texts_command.replace_files.__globals__["settle"], []

    def fail_second(draft, path):
        calls.append(path)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        settle(draft, path)

    monkeypatch.setitem(texts_command.replace_files.__globals__, "settle", fail_second)
    assert main(["texts", "import", str(file)]) == 2
    assert len(calls) == 2
    assert state(locales) == before


@pytest.mark.taroudannt
@pytest.mark.parametrize(
    ("name", "content", "code"), [("a.xlsx", b"no workbook", 1), ("a.csv", b"", 2), ("none.xlsx", None, 2)]
)
def test_what_is_no_workbook_of_texts_is_refused_with_a_remedy(locales, tmp_path, capsys, name, content, code):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert main(["texts", "import", str(tmp_path / name)]) == code
    assert capsys.readouterr().err
