"""What many tests share: a store built once, copied for each test that writes; and which cases of a family are run."""

import functools
import math
import os
import random
import shutil
from collections import defaultdict
from pathlib import Path

import hypothesis
import pytest
from streamlit import config
from streamlit.components.v2 import manifest_scanner

from data.ingest import drop_demonstration
from data.initialise import initialise
from data.province import FOLDERS_VARIABLE, OFFERED_VARIABLE, Province
from data.store import ROOT_VARIABLE, Store
from tests.territories import FOLDERS, HAS_TAROUDANNT, TAROUDANNT, VALCLAIR
from tests.three_communes import report

# A run of everything draws, of what needs a store or a browser: some families of cases (the same thing in each language, width, screen
# or role) and of each of these some cases; of single proofs that take long (``slow``, or in a browser) and of other single proofs one
# in so many. Another seed draws others. Of the files that are imported, the quickest of them, a third are read; what else imports is
# tested whole, and what is marked ``always`` is the main job.
ONE_FAMILY_IN, ONE_CASE_IN, ONE_SLOW_IN, ONE_SINGLE_IN, ONE_FILE_IN = 3, 4, 8, 6, 3
SAMPLED = ("tests/integration/", "tests/browser/", "tests/unit/test_ranks_of_provinces.py")
IMPORTING, FILES = "tests/integration/importing/", "tests/integration/importing/test_messy.py"


# What a test takes by the clock says how busy the machine is, and nothing of what is tested.
hypothesis.settings.register_profile("without a clock", deadline=None)
hypothesis.settings.load_profile("without a clock")

# Stores of Taroudannt.
OF_TAROUDANNT = {"built_store", "official_store", "first_week_store"}


def pytest_collection_modifyitems(config, items):
    """Tests about a territory that a fork deleted are left out; of a run of everything, what is not drawn."""
    if not HAS_TAROUDANNT:
        deselect(config, items, {item.nodeid for item in items if is_about_taroudannt(item)})
    if is_run_of_everything(config):
        draw(config, items)
    # Those of the browser first: the tester that begins with them starts the one server that they share, and the others come to them
    # only where it is not done with them by then; no long one is left for the end.
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


def is_about_taroudannt(item) -> bool:
    """Whether a test reads a store of it (by its own name, or by that of its case), is marked so, or lies in its folder."""
    marked = item.get_closest_marker("taroudannt") is not None or item.path.parent.name == "taroudannt"
    cases = item.callspec.params.values() if hasattr(item, "callspec") else ()
    return marked or not OF_TAROUDANNT.isdisjoint([*item.fixturenames, *(name for name in cases if isinstance(name, str))])


def deselect(config, items, left_out: set[str]) -> None:
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid in left_out])
    items[:] = [item for item in items if item.nodeid not in left_out]


def is_run_of_everything(config) -> bool:
    """Whether neither files nor words choose tests, and not ``FULL=1`` all of them: what somebody asks for by name is run whole."""
    return config.args == config.getini("testpaths") and not config.option.keyword and not os.environ.get("FULL")


def draw(config, items):
    """Cases of families, then slow tests, then others on a store, by the seed that the header prints: others another time, all of
    them with FULL=1."""
    chance = random.Random(str(config.getoption("randomly_seed", 0)))
    families, files, slow, single = defaultdict(list), [], [], []
    for item in items:
        name = item.nodeid.partition("[")[0]
        is_sampled = name.startswith(SAMPLED) and not name.startswith(IMPORTING)
        if item.get_closest_marker("always") is not None:
            continue
        if name.startswith(FILES):
            files.append(item.nodeid)
        elif is_sampled and hasattr(item, "callspec"):
            families[name].append(item.nodeid)
        elif takes_long(item):
            slow.append(item.nodeid)
        elif is_sampled:
            single.append(item.nodeid)
    left_out = lose(chance, slow, ONE_SLOW_IN) | lose(chance, single, ONE_SINGLE_IN) | lose(chance, files, ONE_FILE_IN)
    not_drawn = lose(chance, list(families), ONE_FAMILY_IN)
    for name in sorted(families):
        left_out |= set(families[name]) if name in not_drawn else lose(chance, families[name], ONE_CASE_IN)
    deselect(config, items, left_out)


def takes_long(item) -> bool:
    """Whether a test is known to take long, by its marks."""
    return any(map(item.get_closest_marker, ("slow", "browser")))


def lose(chance: random.Random, names: list[str], one_in: int) -> set[str]:
    """All but one in so many, at least one of them stays."""
    return set(names) - set(chance.sample(sorted(names), math.ceil(len(names) / one_in)))


@pytest.fixture(scope="session", autouse=True)
def known_hosts():
    """The name that Starlette's test client asks for, beside those of the configuration."""
    config.set_option("server.allowedHosts", [*config.get_option("server.allowedHosts"), "testserver"])


@pytest.fixture(scope="session", autouse=True)
def packages_scanned_once():
    """Streamlit looks for components in every package each time that a test opens the application: which there are stays the same."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(
            manifest_scanner, "scan_component_manifests", functools.cache(manifest_scanner.scan_component_manifests)
        )
        yield


def read_through(built: Path, root: Path) -> None:
    """A folder that shows a built store and has an audit log of its own, for a test that changes nothing else."""
    root.mkdir()
    for path in built.iterdir():
        if not path.name.startswith("audit."):
            (root / path.name).symlink_to(path, target_is_directory=path.is_dir())


@pytest.fixture(scope="session")
def built_store(tmp_path_factory) -> Path:
    """The store as `python -m data init` makes it; read it, never write to it."""
    root = tmp_path_factory.mktemp("built")
    initialise(Store(root))
    return root


@pytest.fixture(scope="session")
def official_store(built_store, tmp_path_factory) -> Path:
    """The built store without its demonstration figures: a tenth of the rows."""
    root = tmp_path_factory.mktemp("official") / "store"
    shutil.copytree(built_store, root)
    with Store(root).write("drop-demonstration") as connection:
        drop_demonstration(connection)
    return root


@pytest.fixture(scope="session")
def first_week_store(official_store, tmp_path_factory) -> Path:
    """A store of measured figures to which three communes sent one month; read it, never write to it."""
    root = tmp_path_factory.mktemp("first-week") / "store"
    shutil.copytree(official_store, root)
    report(Store(root))
    return root


@pytest.fixture
def built(built_store, monkeypatch) -> Store:
    """The built store itself, for tests that only read: figures computed once serve them all."""
    monkeypatch.setenv(ROOT_VARIABLE, str(built_store))
    return Store(built_store)


@pytest.fixture
def store(built_store, tmp_path, monkeypatch) -> Store:
    """A copy of the built store for one test that writes, which the whole application uses meanwhile."""
    root = tmp_path / "store"
    shutil.copytree(built_store, root)
    monkeypatch.setenv(ROOT_VARIABLE, str(root))
    return Store(root)


@pytest.fixture
def figures(built):
    """The figures of the built store."""
    from pages.figures.load import load_figures

    return load_figures(built.snapshot_id())


@pytest.fixture(scope="session")
def valclair_store(tmp_path_factory) -> Path:
    """The store of the invented province, with demonstration figures; read it, never write to it."""
    root = tmp_path_factory.mktemp("valclair")
    initialise(Store(root, province=VALCLAIR))
    return root


@pytest.fixture
def province(monkeypatch) -> Province:
    """The invented province, the only one that is offered: what holds for any province is tested on it."""
    monkeypatch.setenv(FOLDERS_VARIABLE, str(FOLDERS))
    monkeypatch.setenv(OFFERED_VARIABLE, VALCLAIR.id)
    return VALCLAIR


@pytest.fixture
def province_store(valclair_store, province, tmp_path, monkeypatch) -> Store:
    """A copy of the invented province's store for one test that writes, which the whole application uses meanwhile."""
    shutil.copytree(valclair_store, tmp_path / province.id)
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path))
    return Store(province=province)


@pytest.fixture
def province_figures(province_store):
    """The figures of the invented province."""
    from pages.figures.load import load_figures

    return load_figures(province_store.snapshot_id())


@pytest.fixture
def two_provinces(built_store, valclair_store, tmp_path, monkeypatch) -> Path:
    """One installation that offers Taroudannt, the default one, and the invented province; to read, never to write."""
    for name, root in ((TAROUDANNT.id, built_store), (VALCLAIR.id, valclair_store)):
        (tmp_path / name).symlink_to(root, target_is_directory=True)
    monkeypatch.setenv(FOLDERS_VARIABLE, str(FOLDERS))
    monkeypatch.setenv(OFFERED_VARIABLE, f"{TAROUDANNT.id},{VALCLAIR.id}")
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path))
    return tmp_path
