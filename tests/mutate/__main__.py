"""``python -m tests.mutate MUTANTS``: each mutant of a list in a copy of the code, against the unit tests that walk its line.

What was found is remembered in ``.mutate.json``: an interrupted run goes on where it stopped. Fails where fewer than ``LEAST`` of a
hundred are found.
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

ROOT = Path(__file__).parents[2]
PROGRESS, WALKED = ROOT / ".mutate.json", ROOT / ".mutate.coverage"
ROOMS = ("analytics", "data", "geo", "pages", "tests", "app.py", "pyproject.toml", "docs", "deploy", "Makefile")
MOST_TESTS, SECONDS, LEAST = 25, 300, 85
_PYTEST = (
    sys.executable,
    "-m",
    "pytest",
    "-q",
    "-x",
    "--no-header",
    "-p",
    "no:randomly",
    "-p",
    "no:cacheprovider",
    "--no-cov",
)


def main(listed: Path) -> int:
    mutants = [json.loads(line) for line in listed.read_text(encoding="utf-8").splitlines()]
    done = json.loads(PROGRESS.read_text()) if PROGRESS.exists() else {}
    walked = coverage.CoverageData(str(_walk()))
    walked.read()
    with tempfile.TemporaryDirectory() as folder:
        copy, keys = _copy(Path(folder)), [f"{m['module']}:{m['line']} {m['operator']} {m['is']}" for m in mutants]
        tests = {key: _tests_of(walked, mutant) for key, mutant in zip(keys, mutants, strict=True) if key not in done}
        _require_sound(copy, sorted({test for some in tests.values() for test in some}))
        for number, (key, mutant) in enumerate(zip(keys, mutants, strict=True), 1):
            if key not in done:
                done[key] = _judge(copy, mutant, tests[key])
                PROGRESS.write_text(json.dumps(done, ensure_ascii=False, indent=1))
            print(f"{number} of {len(mutants)}: {done[key]} {key}", flush=True)
    return _tell(Counter(done.values()))


def _tell(counts: Counter[str]) -> int:
    tried = counts["found"] + counts["survived"]
    share = 100 * counts["found"] / tried if tried else 0
    print(f"{counts['found']} of {tried} found ({share:.0f} %), {counts['no test']} walked by no unit test")
    return 0 if share >= LEAST else 1


def _walk() -> Path:
    """Which unit test walks which line: worked out once, beside the progress."""
    if not WALKED.exists():
        sources = [f"--cov={room}" for room in ("analytics", "data")]
        call = [
            sys.executable,
            "-m",
            "pytest",
            "tests/unit",
            "-q",
            "-n",
            "2",
            "-m",
            "not slow",
            *sources,
            "--cov-context=test",
        ]
        subprocess.run([*call, "--cov-report="], cwd=ROOT, check=True, env={**os.environ, "COVERAGE_FILE": str(WALKED)})
    return WALKED


def _copy(folder: Path) -> Path:
    copy = folder / "code"
    for room in ROOMS:
        source = ROOT / room
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, _made(copy / room))
    return copy


def _made(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _tests_of(walked: coverage.CoverageData, mutant: dict[str, str]) -> list[str]:
    """Tests that walk the line; those that walk the module where the line is walked when it is loaded; some of them, drawn by the
    mutant, where there are many."""
    contexts = walked.contexts_by_lineno(str(ROOT / mutant["module"]))
    named = set(contexts.get(int(mutant["line"]), ())) - {""}
    named = named or {name for names in contexts.values() for name in names} - {""}
    tests = sorted({name.rsplit("|", 1)[0] for name in named})
    return random.Random(mutant["source"]).sample(tests, min(MOST_TESTS, len(tests)))


def _require_sound(copy: Path, tests: list[str]) -> None:
    """Nothing where the tests pass in the copy before anything is changed: one that fails anyway would find every mutant."""
    if tests and subprocess.run([*_PYTEST, "-n", "2", *tests], cwd=copy).returncode:
        raise SystemExit(f"these tests fail without a mutant, or are gone: delete {WALKED.name}")


def _judge(copy: Path, mutant: dict[str, str], tests: list[str]) -> str:
    """``found``, ``survived``, or ``no test``; a test that takes too long has found it."""
    if not tests:
        return "no test"
    module = copy / mutant["module"]
    whole = module.read_text(encoding="utf-8")
    module.write_text(mutant["source"], encoding="utf-8")
    try:
        is_found = subprocess.run([*_PYTEST, *tests], cwd=copy, capture_output=True, timeout=SECONDS).returncode != 0
    except subprocess.TimeoutExpired:
        return "found"
    finally:
        module.write_text(whole, encoding="utf-8")
    return "found" if is_found else "survived"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
