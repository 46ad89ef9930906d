"""Every command that the documentation tells a reader to type is run, or stands in a list with the reason why not."""

import ast
import shlex
import subprocess
from pathlib import Path

import pytest
import yaml
from pre_commit.clientlib import load_config

from data.command_line import main
from tests.markdown import ROOT, list_coming, list_pages, read_commands
from tests.workbooks import write_workbook

PYTHON = [".venv/bin/python", "-m"]
# What a make target would do is read, not done: it installs, serves, or runs these very tests.
READ_ONLY = ("make", "--dry-run", "--no-print-directory")
NOT_RUN = {
    ".venv/bin/pre-commit run --all-files": "runs ruff, mypy and these tests again; the file is validated instead",
    'git tag --annotate v2026.11.0 --message "2026.11.0"': "would tag this very repository",
}
# What a word of a command needs, where that is on its way here.
NEEDS = {"check": "data/loaders", "--territory": "data/territories"}
FILLED = [
    ["Commune", "Mois", "Demandes du mois", "Agents d'état civil (ETP)", "Jours d'ouverture état civil"],
    ["Tizi N'Test", "2025-09", 1250, 1.5, 22],
]
PAGES = [page for page in list_pages() if read_commands(page)]


def words_of(command: str) -> list[str]:
    return shlex.split(command, comments=True)


def run_data(arguments: list[str]) -> None:
    """A command of ``python -m data``, where a reader fills the workbook as soon as it is written."""
    assert main(arguments) == 0, arguments
    if "template" in arguments:
        Path(arguments[arguments.index("template") + 1]).write_bytes(write_workbook(FILLED))


def check_tests(paths: list[str]) -> None:
    """Files given to pytest exist and hold tests."""
    for path in paths:
        if path not in list_coming():
            tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
            assert any(isinstance(node, ast.FunctionDef) and node.name.startswith("test_") for node in tree.body), path


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_command_of_a_page_runs_in_order(page, store, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for command in read_commands(page):
        words = words_of(command)
        if command in NOT_RUN:
            continue
        if words[:3] == [*PYTHON, "data"]:
            if not any(NEEDS.get(word) in list_coming() for word in words):
                run_data(words[3:])
        elif words[:3] == [*PYTHON, "pytest"]:
            check_tests(words[3:])
        else:
            assert words[0] == "make", f"{command}: run it here, or say in NOT_RUN why not"
            subprocess.run([*READ_ONLY, *words[1:]], cwd=ROOT, check=True, capture_output=True)


def test_the_list_of_commands_that_are_not_run_holds_no_other():
    assert set(NOT_RUN) <= {command for page in PAGES for command in read_commands(page)}


def test_the_hooks_are_valid_and_call_the_tools_of_the_environment():
    config = load_config(ROOT / ".pre-commit-config.yaml")
    hooks = [hook for repository in config["repos"] for hook in repository["hooks"]]
    assert {repository["repo"] for repository in config["repos"]} == {"local"}
    assert all(hook["entry"].startswith(".venv/bin/") for hook in hooks)
    for hook in hooks:
        check_tests([word for word in hook["entry"].split() if word.startswith("tests/")])
    steps = yaml.safe_load((ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8"))["jobs"]["test"][
        "steps"
    ]
    assert any(step.get("run", "").startswith("make test") for step in steps)
