"""The locks hold what pyproject.toml asks for and everything that this needs, each file by its hash, and name no host."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ASKED = {
    "requirements.txt": PROJECT["dependencies"],
    "requirements-dev.txt": [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]],
}
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


def read_lock(name: str) -> list[tuple[Requirement, frozenset[str]]]:
    """The requirements of a lock, each with the hashes of its files."""
    text = (ROOT / name).read_text(encoding="utf-8")
    lines = re.sub(r"^\s*#.*\n", "", text, flags=re.M).replace("\\\n", " ").splitlines()
    return [(Requirement(line.split(" --hash")[0]), frozenset(re.findall(r"sha256:[0-9a-f]{64}", line))) for line in lines]


def pinned(name: str) -> dict[str, set[str]]:
    """Package -> the versions that a lock pins, by marker one or more."""
    versions: dict[str, set[str]] = {}
    for requirement, _ in read_lock(name):
        versions.setdefault(canonicalize_name(requirement.name), set()).add(str(requirement.specifier))
    return versions


@pytest.mark.parametrize("lock", ASKED)
def test_what_the_project_asks_for_is_locked_at_that_version(lock):
    versions = pinned(lock)
    for asked in map(Requirement, ASKED[lock]):
        assert versions.get(canonicalize_name(asked.name)) == {str(asked.specifier)}, f"{asked}: run `make lock`"


@pytest.mark.parametrize("lock", ASKED)
def test_every_locked_package_has_one_version_and_the_hashes_of_its_files(lock):
    for requirement, hashes in read_lock(lock):
        assert re.fullmatch(r"==[^,*]+", str(requirement.specifier)), requirement
        assert hashes, f"{requirement} has no hash"
        assert requirement.url is None


@pytest.mark.parametrize("lock", ASKED)
def test_what_a_locked_package_needs_here_is_locked_too(lock):
    """Asked of the packages that are installed, not of the tool that wrote the lock."""
    versions = pinned(lock)
    applied = {(canonicalize_name(r.name), *r.extras) for r, _ in read_lock(lock) if r.marker is None or r.marker.evaluate()}
    for name, *_ in applied:
        try:
            needs = map(Requirement, requires(name) or [])
        except PackageNotFoundError:
            pytest.fail(f"{name} is locked and not installed: run `make test`")
        for need in needs:
            if need.marker is None or need.marker.evaluate({"extra": ""}):
                assert canonicalize_name(need.name) in versions, f"{name} needs {need}: run `make lock`"


def test_the_tools_are_tested_with_the_very_packages_that_the_dashboard_runs_on():
    assert set(read_lock("requirements.txt")) <= set(read_lock("requirements-dev.txt"))


@pytest.mark.parametrize("lock", ASKED)
def test_a_lock_names_no_host(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host| @ ", text)


def test_the_pythons_that_are_said_are_those_that_are_allowed():
    allowed = SpecifierSet(PROJECT["requires-python"])
    assert [v for v in ("3.10", *PYTHONS, "3.15") if f"{v}.2" in allowed] == list(PYTHONS)
    workflow = (ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r'python: \["3.11", "3.12", "3.13", "3.14"\]', workflow)
    assert f"for python in {' '.join(PYTHONS)}" in makefile
    assert "Python 3.11 to 3.14" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_list_of_packages_says_what_each_that_is_asked_for_is_for():
    table = re.findall(r"^\| (.+?) \| [\d; ]+ \| .+ \|$", (ROOT / "docs" / "packages.md").read_text(encoding="utf-8"), re.M)
    told = {canonicalize_name(name) for row in table for name in re.findall(r"[\w-]+", row)}
    assert {canonicalize_name(Requirement(asked).name) for asked in PROJECT["dependencies"]} - told == set()
