"""``python -m data``: what it prints, what it exits with, what it leaves."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from data.command_line import main
from data.i18n import Translator
from data.records.register import count_demonstration
from data.records.table import registers
from data.store import ROOT_VARIABLE, Store
from data.support_tables import DEMONSTRATION, read_support_files
from data.typography import typeset
from tests.workbooks import messy_workbook, write_workbook

ROOT = Path(__file__).parents[2]

SIMULATED = "SELECT count(DISTINCT variable) FROM observation WHERE provenance = 'demonstration'"


@pytest.fixture
def messy(tmp_path):
    path = tmp_path / "saisie.xlsx"
    path.write_bytes(messy_workbook())
    return str(path)


def answer(capsys, *arguments):
    code = main([*arguments, "--json"])
    out, err = capsys.readouterr()
    return code, json.loads(out), err


def test_an_import_is_done_and_its_errors_stand_one_a_line_with_file_sheet_cell_and_remedy(store, messy, capsys):
    before = store.snapshot_id()
    assert main(["import", messy]) == 0
    out, err = capsys.readouterr()
    assert "36 cases lues = 11 gardées + 25 mises de côté" in out
    assert store.snapshot_id() != before
    lines = err.strip().splitlines()
    assert len(lines) >= 10
    assert all("saisie.xlsx: Saisie août!" in line for line in lines)
    bad = next(line for line in lines if "douze" in line)
    assert "Saisie août!C9" in bad
    assert "Écrivez un nombre" in bad


def test_a_dry_run_writes_nothing(built, messy, capsys):
    before = built.snapshot_id()
    code, data, _ = answer(capsys, "import", messy, "--dry-run")
    assert (code, data["status"], built.snapshot_id()) == (0, "checked", before)
    assert data["cells_in"] == data["cells_kept"] + data["cells_set_aside"] == 36
    assert {"key", "severity", "cells", "message", "remedy"} <= set(data["findings"][0])


def test_movements_and_facilities_are_counted_apart(built, tmp_path, capsys):
    path = tmp_path / "mouvements.csv"
    path.write_text(
        "mois;type de mouvement;origine;destination;personnes\n2025-08;arrivée;Irherm;Freija;5\n2025-08;?;Irherm;Freija;5\n"
    )
    code, data, err = answer(capsys, "import", str(path), "--dry-run")
    assert (code, data["cells_in"], data["cells_kept"], data["movements_kept"], data["movements_in"]) == (0, 2, 1, 1, 2)
    assert "B3" in err
    assert main(["import", str(path), "--dry-run"]) == 0
    assert typeset("fr", "Lignes de « Mouvements » gardées : 1 sur 2") in capsys.readouterr().out


def test_a_refused_file_exits_with_one(store, tmp_path, capsys):
    path = tmp_path / "liste.xlsx"
    path.write_bytes(write_workbook([["Commune", "Nom et prénom"], ["Freija", "X"]]))
    before = store.snapshot_id()
    assert main(["import", str(path)]) == 1
    assert "données personnelles" in capsys.readouterr().err
    assert store.snapshot_id() == before
    assert not (store.root / "uploads").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["import", "/nowhere/x.xlsx"],
        ["template", "x.pdf"],
        ["template", "x.xlsx", "--months", "2025-13", "2025-14"],
        ["template", "x.xlsx", "--months", "2025-08", "2025-01"],
        ["template", "x.xlsx", "--commune", "Marrakech"],
        ["template", "/nowhere/at/all/x.xlsx"],
    ],
)
def test_a_wrong_call_exits_with_two_and_says_the_remedy(built, arguments, capsys):
    assert main(arguments) == 2
    assert "À faire" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["nope"], ["import"], ["history", "--lang", "de"]])
def test_what_cannot_be_parsed_exits_with_two(arguments, capsys):
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2


def test_history_undo_and_drop(store, messy, capsys):
    first = store.snapshot_id()
    assert main(["import", messy]) == 0
    second = store.snapshot_id()
    capsys.readouterr()
    with store.open() as connection:
        movements = connection.execute("SELECT count(*) FROM movement").fetchone()[0]
        simulated = connection.execute(SIMULATED).fetchone()[0]
        examples = sum(count_demonstration(connection, kind) for kind in registers())
    code, data, _ = answer(capsys, "drop-demonstration")
    invented = sum(len(rows) for rows in read_support_files(store.province, DEMONSTRATION).values())
    assert (code, data["removed"]) == (0, 89 * 24 * simulated + movements + invented + examples)
    code, data, _ = answer(capsys, "history")
    assert [s["id"] for s in data["snapshots"]][1:] == [second, first]
    assert answer(capsys, "drop-demonstration")[0] == 1
    assert answer(capsys, "undo")[1]["snapshot"] == second
    assert answer(capsys, "undo")[1]["snapshot"] == first
    code, data, err = answer(capsys, "undo")
    assert (code, data["reason"]) == (1, "store.nothing_to_undo")
    assert err


def test_init_once(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path / "new"))
    assert main(["init", "--without-demonstration"]) == 0
    assert main(["init"]) == 1
    assert main(["init", "--if-missing"]) == 0
    with Store().open() as connection:
        kinds = {row[0] for row in connection.execute("SELECT DISTINCT provenance FROM observation").fetchall()}
    assert "demonstration" not in kinds
    assert "measured" in kinds


def test_template_and_export_write_files(built, tmp_path, capsys):
    for name in ("modele.xlsx", "modele.csv"):
        assert main(["template", str(tmp_path / name), "--commune", "Tizi N'Test", "--months", "2025-07", "2025-08"]) == 0
        assert (tmp_path / name).stat().st_size > 1000
    assert main(["export", str(tmp_path / "all")]) == 0
    assert (tmp_path / "all" / "observations.csv").exists()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_other_languages(built, messy, capsys, language):
    assert main(["import", messy, "--dry-run", "--lang", language]) == 0
    out, err = capsys.readouterr()
    assert "cases lues" not in out
    assert "à corriger" not in err


@pytest.mark.parametrize(
    "arguments",
    [
        ["--lang", "ar", "history"],
        ["history", "--lang", "ar"],
        ["--lang", "en", "history", "--lang", "ar"],
        ["--lang=ar", "history"],
    ],
    ids=["before", "after", "both: the later one", "one word"],
)
def test_the_language_stands_before_or_after_the_command(built, capsys, arguments):
    assert main(arguments) == 0
    (created,) = (snapshot.created_at for snapshot in built.history())
    assert Translator("ar").moment(created) in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["--json", "history"], ["history", "--json"]])
def test_json_stands_before_or_after_the_command(built, capsys, arguments):
    assert main(arguments) == 0
    assert json.loads(capsys.readouterr().out)["status"] == "done"


def test_without_a_language_a_command_speaks_french_to_a_person(built, capsys):
    assert main(["history"]) == 0
    (created,) = (snapshot.created_at for snapshot in built.history())
    assert Translator("fr").moment(created) in capsys.readouterr().out


def test_it_runs_as_a_module(built):
    done = subprocess.run([sys.executable, "-m", "data", "history"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert built.snapshot_id() in done.stdout
