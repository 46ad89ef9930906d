"""``python -m tests.mutate MUTANTS``: each mutant of a list in a copy of the code, against the tests that walk its line.

Those of the unit tests; where none walks it, those of ``FURTHER``. What was found is remembered in ``.mutate.json``: an interrupted
run goes on where it stopped. What no test walks counts as survived. Fails where fewer than ``LEAST`` of a hundred are found.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import coverage

from tests.mutate.judge import first_failure, load_libraries

ROOT = Path(__file__).parents[2]
PROGRESS = ROOT / ".mutate.json"
ROOMS = ("analytics", "data", "geo", "pages", "tests", "app.py", "pyproject.toml", "docs", "deploy", "Makefile")
MOST_TESTS, LEAST = 25, 85
# What reads files and keeps figures is proved with a store.
FURTHER = tuple(
    f"tests/integration/{name}"
    for name in ("importing", "test_store.py", "test_store_keeping.py", "test_store_damages.py", "test_backup.py", "test_revert.py",
                 "test_snapshots.py", "test_recovery.py", "test_corrections.py")
)  # fmt: skip
WALKS = {".mutate.coverage": ("tests/unit", "-m", "not slow"), ".mutate.further": FURTHER}


def main(listed: Path) -> int:
    mutants = [json.loads(line) for line in listed.read_text(encoding="utf-8").splitlines()]
    done = json.loads(PROGRESS.read_text()) if PROGRESS.exists() else {}
    walks = [_read(_walk(name)) for name in WALKS]
    load_libraries()
    with tempfile.TemporaryDirectory() as folder:
        copy, keys = _copy(Path(folder)), [f"{m['module']}:{m['line']} {m['operator']} {m['is']}" for m in mutants]
        tests = {key: _tests_of(walks, mutant) for key, mutant in zip(keys, mutants, strict=True) if key not in done}
        sound: set[str] = set()
        for number, (key, mutant) in enumerate(zip(keys, mutants, strict=True), 1):
            if key not in done:
                done[key] = _judge(copy, mutant, tests[key], sound)
                PROGRESS.write_text(json.dumps(done, ensure_ascii=False, indent=1))
            print(f"{number} of {len(mutants)}: {done[key]} {key}", flush=True)
    return _tell(Counter(done[key] for key in keys))


def _tell(counts: Counter[str]) -> int:
    tried = counts.total()
    share = 100 * counts["found"] / tried if tried else 0
    print(f"{counts['found']} of {tried} found ({share:.0f} %), {counts['no test']} walked by no test")
    return 0 if share >= LEAST else 1


def _walk(name: str) -> Path:
    """Which test walks which line: worked out once, beside the progress."""
    walked = ROOT / name
    if not walked.exists():
        sources = [f"--cov={room}" for room in ("analytics", "data")]
        call = [sys.executable, "-m", "pytest", *WALKS[name], "-q", "-p", "no:randomly", *sources, "--cov-context=test"]
        subprocess.run([*call, "--cov-report="], cwd=ROOT, check=True, env={**os.environ, "COVERAGE_FILE": str(walked)})
    return walked


def _read(walked: Path) -> coverage.CoverageData:
    data = coverage.CoverageData(str(walked))
    data.read()
    return data


def _copy(folder: Path) -> Path:
    copy = folder / "code"
    for room in ROOMS:
        source = ROOT / room
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, _made(copy / room))
    return copy


def _made(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _tests_of(walks: list[coverage.CoverageData], mutant: dict[str, str]) -> tuple[str, ...]:
    """Tests of the first walk that walk the line, or its module where the line is walked when it is loaded; some of them, drawn by
    the mutant, where there are many."""
    module, line = str(ROOT / mutant["module"]), int(mutant["line"])
    for walk in walks:
        contexts = walk.contexts_by_lineno(module)
        named = set(contexts.get(line, ()))
        # Walked by no test's call: when the module was loaded, or not at all.
        named = {name for names in contexts.values() for name in names} if named == {""} else named
        tests = sorted({name.rsplit("|", 1)[0] for name in named - {""}})
        if tests:
            drawn = random.Random(mutant["source"]).sample(tests, min(MOST_TESTS, len(tests)))
            # Those that are named after the module find most, and first.
            return tuple(sorted(drawn, key=lambda test: Path(module).stem not in test))
    return ()


def _judge(copy: Path, mutant: dict[str, str], tests: tuple[str, ...], sound: set[str]) -> str:
    """``found``, ``survived``, or ``no test``.

    Raises:
        SystemExit: the test that found it fails without it, too: it would find every mutant.
    """
    if not tests:
        return "no test"
    module = copy / mutant["module"]
    whole = module.read_text(encoding="utf-8")
    module.write_text(mutant["source"], encoding="utf-8")
    try:
        failed = first_failure(copy, tests)
    finally:
        module.write_text(whole, encoding="utf-8")
    if failed is not None and failed not in sound:
        if first_failure(copy, [failed]):
            raise SystemExit(f"this test fails without a mutant, or is gone: {failed}")
        sound.add(failed)
    return "survived" if failed is None else "found"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
