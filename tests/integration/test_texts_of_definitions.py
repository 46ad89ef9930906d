"""Texts that stand in definitions are corrected in the same workbook, where they stand; all else of their files stays."""

import json
import shutil
from dataclasses import replace

import pytest

from data import texts_command
from data.command_line import main
from data.languages import LANGUAGES
from data.loaders.digest import digest_of
from data.loaders.files import DEFINITIONS, FOLDER_VARIABLE, DefinitionFiles
from data.loaders.today import forget_today, load_today
from data.loaders.yaml_text import parse
from data.texts.definition_texts import DefinitionTexts, raised, write_scalars
from tests.integration.test_texts_command import correct, state
from tests.territories import TAROUDANNT

LABEL = "indicators/EDU01#labels"


@pytest.fixture
def definitions(tmp_path, monkeypatch):
    """A copy of the definitions that ship, and of the territory's own."""
    folder, own = tmp_path / "definitions", tmp_path / "taroudannt"
    shutil.copytree(DEFINITIONS, folder)
    shutil.copytree(TAROUDANNT.folder, own)
    read = texts_command.read_catalogue
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    monkeypatch.setenv("SERVICE_PRESSURE_STORE", str(tmp_path / "store"))
    monkeypatch.setattr(texts_command, "read_catalogue", lambda place, _: read(place, replace(TAROUDANNT, folder=own)))
    forget_today()
    yield folder
    monkeypatch.undo()
    forget_today()


@pytest.mark.slow
@pytest.mark.taroudannt
def test_a_label_is_corrected_where_it_stands_and_the_method_version_rises(definitions, tmp_path, capsys):
    file = tmp_path / "texts.xlsx"
    assert main(["texts", "export", str(file)]) == 0
    before, version = state(definitions), load_today().method_version
    correct(file, values={(LABEL, "fr"): "Élèves : par salle « utilisable » # en service"})
    assert main(["--json", "texts", "import", str(file)]) == 0
    answer = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (answer["changed"], answer["method_version"]) == (1, raised(version))
    after = state(definitions)
    indicator, legend = definitions / "indicators" / "EDU01.yaml", definitions / "legends" / "severity.yaml"
    assert {path for path in after if after[path] != before[path]} == {indicator, legend}
    # Line by line: the label and nothing else, comments included.
    old, new = before[indicator].decode().splitlines(), after[indicator].decode().splitlines()
    assert next(line for line, was in zip(new, old, strict=True) if line != was).startswith("labels: {fr: ")
    assert sum(line != was for line, was in zip(new, old, strict=True)) == 1
    assert parse(after[indicator].decode())["labels"]["fr"] == "Élèves : par salle « utilisable » # en service"
    assert parse(after[legend].decode())["method_version"] == raised(version)


@pytest.mark.taroudannt
@pytest.mark.parametrize(
    ("row", "column", "text", "told"),
    [
        (LABEL, "fr", "Remède : payer", "Remède :"),
        (LABEL, "ar", "", "vide"),
        # A second variable of the same name could not be told apart in a workbook: the checks of definitions say so.
        ("variables/health#variables.doctors.labels", "fr", "Infirmiers en poste", "Infirmiers en poste"),
        ("source_words#", "fr", "Autre titre", "traductions"),
    ],
)
def test_a_fault_is_told_by_its_cell_and_nothing_is_written(definitions, tmp_path, capsys, row, column, text, told):
    file = tmp_path / "texts.xlsx"
    assert main(["texts", "export", str(file)]) == 0
    row = next(key for key in DefinitionTexts(load_today().contents).texts if key.startswith(row))
    before = state(definitions)
    correct(file, values={(row, column): text})
    assert main(["texts", "import", str(file)]) == 1
    said = capsys.readouterr().err
    assert row in said
    assert told in said
    assert state(definitions) == before


@pytest.mark.taroudannt
def test_every_text_of_every_definition_can_be_corrected_and_no_value_moves():
    """Each text is written anew, in every file: what is read then differs in the texts and nowhere else."""
    files = DefinitionFiles(territory=TAROUDANNT.folder)
    texts = DefinitionTexts(files).texts
    new = {(t.key, language): f"{t.texts[language]}: « ' \" # ×" for t in texts.values() for language in t.spots}
    assert len(new) > 2_900
    after = DefinitionTexts(files).with_texts(new)
    assert after.texts.keys() == texts.keys()
    assert all(after.texts[key].texts[language] == said for (key, language), said in new.items())
    assert after.changed_files().keys() == {files.paths[name] for name, _ in _spots(texts)}
    for name, draft in after.drafts.items():
        stored = files.paths[name].read_text("utf-8")
        assert _comments(draft) == _comments(stored)
        plain = {path: said for (at, path), said in _spots(texts).items() if at == name}
        if name == "legends/severity":
            plain[("method_version",)] = load_today().method_version
        assert digest_of({"": parse(write_scalars(draft, plain))}) == digest_of({"": parse(stored)}), name


def _spots(texts):
    return {spot: t.texts[language] for t in texts.values() for language, spot in t.spots.items()}


def _comments(text):
    return [line.strip() for line in text.splitlines() if line.lstrip().startswith("#")]


@pytest.mark.taroudannt
def test_every_language_of_a_row_has_its_place():
    for text in DefinitionTexts(DefinitionFiles(territory=TAROUDANNT.folder)).texts.values():
        assert set(text.texts) == set(LANGUAGES)
        assert set(text.spots) | set(text.fixed) == set(LANGUAGES)
