"""``python -m tests.mutate MUTANTS [--again]``: each mutant of a list in a copy of the code, against the tests that walk its line.

Those of the unit tests first, then those of ``FURTHER``. What was found is remembered in ``.mutate.json``: an interrupted run goes on
where it stopped. What no test walks counts as survived. ``--again`` tries once more what survived, also against tests written
since. Fails where fewer than ``LEAST`` of a hundred are found.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import coverage

from tests.mutate.built_once import build_stores
from tests.mutate.judge import READER, Judge, load_libraries

ROOT = Path(__file__).parents[2]
PROGRESS, WALKED = ROOT / ".mutate.json", ROOT / ".mutate.walked.json"
ROOMS = (
    "analytics",
    "data",
    "geo",
    "pages",
    "tests",
    "app.py",
    "pyproject.toml",
    "docs",
    "deploy",
    "Makefile",
    ".streamlit",
)
# Most mutants are found by the first tests, and to collect the others costs more than to run those.
FIRST_TESTS, MOST_TESTS, LEAST = 6, 40, 85
FOUND, SURVIVED, NO_TEST = "found", "survived", "no test"
# What reads files and keeps figures is proved with a store.
FURTHER = tuple(
    f"tests/integration/{name}"
    for name in ("importing", "test_store.py", "test_store_keeping.py", "test_store_damages.py", "test_backup.py", "test_revert.py",
                 "test_snapshots.py", "test_recovery.py", "test_corrections.py")
)  # fmt: skip
WALKS = {".mutate.coverage": ("tests/unit",), ".mutate.further": FURTHER}
# By the name of a test, how many lines it walks: the fewer, the more it is about one of them, and the sooner it is run.
Width = dict[str, int]


def main(listed: Path, again: bool) -> int:
    mutants = [json.loads(line) for line in listed.read_text(encoding="utf-8").splitlines()]
    done = json.loads(PROGRESS.read_text()) if PROGRESS.exists() else {}
    if again:
        done = {key: said for key, said in done.items() if said.startswith(FOUND)}
    walks = [_walk(name, rooms) for name, rooms in WALKS.items()]
    widths = [_widths(walk) for walk in walks]
    load_libraries()
    with tempfile.TemporaryDirectory() as folder:
        judge = Judge(_copy(Path(folder)), build_stores(Path(folder) / "stores"))
        for number, mutant in enumerate(mutants, 1):
            key = f"{mutant['module']}:{mutant['line']} {mutant['operator']} {mutant['is']}"
            if key not in done:
                tests = [name for walk, width in zip(walks, widths, strict=True) for name in _tests_of(walk, width, mutant)]
                done[key] = _judge(judge, mutant, tests)
                PROGRESS.write_text(json.dumps(done, ensure_ascii=False, indent=1))
            print(f"{number} of {len(mutants)}: {done[key]} {key}", flush=True)
        _require_sound(judge, done)
    return _tell(Counter(said.partition(":")[0] for said in done.values()))


def _tell(counts: Counter[str]) -> int:
    tried = counts.total()
    share = 100 * counts[FOUND] / tried if tried else 0
    print(f"{counts[FOUND]} of {tried} found ({share:.0f} %), {counts[NO_TEST]} walked by no test")
    return 0 if share >= LEAST else 1


def _walk(name: str, rooms: Sequence[str]) -> coverage.CoverageData:
    """Which test walks which line; only tests that are new or other than at the last walk are run."""
    walked = json.loads(WALKED.read_text()) if WALKED.exists() else {}
    files = [
        file
        for room in rooms
        for file in sorted((ROOT / room).rglob("test_*.py") if (ROOT / room).is_dir() else [ROOT / room])
    ]
    now = {str(file.relative_to(ROOT)): sha256(file.read_bytes()).hexdigest() for file in files}
    if new := [file for file, digest in now.items() if walked.get(file) != digest]:
        sources = [f"--cov={room}" for room in ("analytics", "data")]
        call = [
            sys.executable,
            "-m",
            "pytest",
            *new,
            "-m",
            "not slow",
            "-q",
            "-p",
            "no:randomly",
            "-p",
            READER,
            *sources,
            "--cov-context=test",
        ]
        # A test that fails walks its lines too; one that fails without a mutant is noticed when it finds the first.
        subprocess.run(
            [*call, "--cov-append", "--cov-report="], cwd=ROOT, env={**os.environ, "COVERAGE_FILE": str(ROOT / name)}
        )
        WALKED.write_text(json.dumps(walked | now, indent=1))
    data = coverage.CoverageData(str(ROOT / name))
    data.read()
    return data


def _widths(walk: coverage.CoverageData) -> Width:
    counts = Counter[str]()
    for module in walk.measured_files():
        for names in walk.contexts_by_lineno(module).values():
            counts.update({_test(name) for name in names if name})
    return counts


def _test(context: str) -> str:
    return context.rsplit("|", 1)[0]


def _copy(folder: Path) -> Path:
    copy = folder / "code"
    for room in ROOMS:
        source = ROOT / room
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, _made(copy / room))
    return copy


def _made(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _tests_of(walk: coverage.CoverageData, width: Width, mutant: dict[str, str]) -> list[str]:
    """Tests that walk the line, or its module where the line is walked when it is loaded: those that are named after the module first,
    then those that walk the fewest lines."""
    contexts = walk.contexts_by_lineno(str(ROOT / mutant["module"]))
    named = set(contexts.get(int(mutant["line"]), ()))
    # Walked by no test's call: when the module was loaded, or not at all.
    named = {name for names in contexts.values() for name in names} if named == {""} else named
    tests = {_test(name) for name in named - {""}}
    stem = Path(mutant["module"]).stem
    return sorted(tests, key=lambda test: (stem not in test, width[test], test))[:MOST_TESTS]


def _judge(judge: Judge, mutant: dict[str, str], tests: Sequence[str]) -> str:
    """``found`` and by which test, ``survived``, or ``no test``."""
    if not tests:
        return NO_TEST
    module = judge.copy / mutant["module"]
    # What fills a store is proved on one that is filled with it.
    stores = mutant["module"].startswith("analytics/")
    whole = module.read_text(encoding="utf-8")
    module.write_text(mutant["source"], encoding="utf-8")
    try:
        failed = judge.first_failure(tests[:FIRST_TESTS], ready_stores=stores)
        if failed is None and tests[FIRST_TESTS:]:
            failed = judge.first_failure(tests[FIRST_TESTS:], ready_stores=stores)
    finally:
        module.write_text(whole, encoding="utf-8")
    return SURVIVED if failed is None else f"{FOUND}: {failed}"


def _require_sound(judge: Judge, done: dict[str, str]) -> None:
    """Each test that found a mutant passes without one.

    Raises:
        SystemExit: one does not: what it found is judged anew by the next run, once it is mended.
    """
    finders = sorted({said.partition(": ")[2] for said in done.values() if said.startswith(FOUND)})
    if finders and (failed := judge.first_failure(finders, bounded=False)):
        left = {key: said for key, said in done.items() if said != f"{FOUND}: {failed}"}
        PROGRESS.write_text(json.dumps(left, ensure_ascii=False, indent=1))
        raise SystemExit(f"this test fails without a mutant, or is gone: {failed}")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), "--again" in sys.argv))
