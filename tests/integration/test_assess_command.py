"""`python -m data assess`: Parquet in, Parquet out, the same to the bit by every engine, and the same as on every screen."""

import importlib.util
import json
import shutil
import subprocess
import sys

import pandas as pd
import pytest

from data.command_line import main
from data.store import ROOT_VARIABLE, Store
from pages.figures.load import load_figures

KEYS = ["indicator_id", "commune_code", "reference_date"]


@pytest.fixture(scope="module")
def tables(first_week_store, tmp_path_factory):
    """The tables of a small store, as the command writes them."""
    folder = tmp_path_factory.mktemp("tables")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(ROOT_VARIABLE, str(first_week_store))
        assert main(["export", str(folder), "--parquet"]) == 0
    return folder


def run(tables, target, *options):
    assert main(["assess", str(tables), str(target), *options]) == 0
    return pd.read_parquet(target).sort_values(KEYS, ignore_index=True)


@pytest.mark.slow
def test_two_processes_give_what_one_gives_and_what_the_screens_show(tables, first_week_store, tmp_path, monkeypatch):
    alone = run(tables, tmp_path / "local")
    # In a process of its own: its workers begin with the main module, which screens without a browser leave as their script.
    target = tmp_path / "duckdb"
    asked = [sys.executable, "-m", "data", "assess", str(tables), str(target), "--engine", "duckdb", "--parts", "2"]
    subprocess.run(asked, check=True, capture_output=True)
    several = pd.read_parquet(target).sort_values(KEYS, ignore_index=True)
    assert len(list((tmp_path / "duckdb").iterdir())) == 2
    pd.testing.assert_frame_equal(several, alone, check_exact=True)
    monkeypatch.setenv(ROOT_VARIABLE, str(first_week_store))
    shown = load_figures(Store().snapshot_id()).assessment.frame().sort_values(KEYS, ignore_index=True)
    pd.testing.assert_frame_equal(alone, shown, check_exact=True, check_dtype=False)


@pytest.mark.slow
@pytest.mark.skipif(not (importlib.util.find_spec("pyspark") and shutil.which("java")), reason="no Spark or no Java here")
def test_spark_gives_what_one_process_gives(tables, tmp_path):
    pd.testing.assert_frame_equal(
        run(tables, tmp_path / "spark", "--engine", "spark", "--parts", "2"),
        run(tables, tmp_path / "local"),
        check_exact=True,
    )


def test_a_folder_without_tables_is_refused_with_what_to_do(tmp_path, capsys):
    assert main(["--lang", "en", "--json", "assess", str(tmp_path), str(tmp_path / "results")]) == 1
    said = capsys.readouterr()
    assert json.loads(said.out)["reason"] == "assess.no_table"
    assert "--parquet" in said.err
