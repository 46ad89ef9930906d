"""``python -m tests.mutate MUTANTS [--again]``: each mutant of a list in a copy of the code, against the tests that walk its line.

What was found is remembered in ``.mutate.json``: an interrupted run goes on where it stopped. What no test walks counts as survived.
``--again`` tries once more what survived, also against tests written since, and in a process that has loaded nothing before. Fails
where fewer than ``LEAST`` of a hundred are found.
"""

import json
import os
import shutil
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from tests.mutate.built_once import build_stores
from tests.mutate.judge import Judge, load_libraries
from tests.mutate.transfer import replaced_codes
from tests.mutate.walked import Place, place_of
from tests.mutate.warm import CannotChangeError, Warm

ROOT = Path(__file__).parents[2]
PROGRESS, WALKED, PROGRESS_OF_ONE = ROOT / ".mutate.json", ROOT / ".mutate.walked.json", ".mutate.part{}.json"
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
# Most mutants are found by the first tests; who goes round for ever is found by the bounds of the judge.
FIRST_TESTS, MOST_TESTS, MOST_AGAIN, LEAST = 6, 40, 200, 85
FOUND, SURVIVED, NO_TEST = "found", "survived", "no test"
# Unit tests, and what is proved with a store: what reads files and keeps figures.
TESTS = ("tests/unit", *(
    f"tests/integration/{name}"
    for name in ("importing", "test_store.py", "test_store_keeping.py", "test_store_damages.py", "test_backup.py", "test_revert.py",
                 "test_snapshots.py", "test_recovery.py", "test_corrections.py")
))  # fmt: skip
Mutant = Mapping[str, str]
Walk = Mapping[str, Sequence[Place]]


@dataclass(frozen=True)
class Judges:
    """``warm`` has everything loaded; ``anew`` loads it for each mutant; ``copy``: the code that they read."""

    warm: Warm
    anew: Judge
    copy: Path


def main(listed: Path, again: bool) -> int:
    mutants = [json.loads(line) for line in listed.read_text(encoding="utf-8").splitlines()]
    done = {key: said for key, said in _gathered().items() if not again or said.startswith(FOUND)}
    _remember(done)
    load_libraries()
    with tempfile.TemporaryDirectory() as folder:
        copy, stores, files = _copy(Path(folder)), build_stores(Path(folder) / "stores"), _list_files()
        warm = Warm(copy, files, stores)
        walk = _walk(warm, files, mutants, sha256(listed.read_bytes()).hexdigest())
        left = [mutant for mutant in mutants if _key(mutant) not in done]
        _judge_beside_each_other(left, walk, files, stores, again)
        done = _gathered()
        _require_sound(warm, done)
    return _tell(Counter(done[_key(mutant)].partition(":")[0] for mutant in mutants if _key(mutant) in done))


def _key(mutant: Mutant) -> str:
    return f"{mutant['module']}:{mutant['line']} {mutant['operator']} {mutant['is']}"


def _gathered() -> dict[str, str]:
    """What earlier runs said, and each of the processes of this one, in one file from now on."""
    parts = sorted(ROOT.glob(PROGRESS_OF_ONE.format("*")))
    done = {key: said for file in (PROGRESS, *parts) if file.exists() for key, said in json.loads(file.read_text()).items()}
    _remember(done)
    for part in parts:
        part.unlink()
    return done


def _remember(done: Mapping[str, str]) -> None:
    PROGRESS.write_text(json.dumps(done, ensure_ascii=False, indent=1))


def _judge_beside_each_other(
    mutants: Sequence[Mutant], walk: Walk, files: Sequence[str], stores: Mapping[str, Path], again: bool
) -> None:
    """A process for each processor, with a copy of its own; each writes down what it found, for one file has one writer."""
    parts = os.cpu_count() or 1
    done: dict[str, str] = {}
    for part in range(parts):
        if not os.fork():
            with tempfile.TemporaryDirectory() as folder:
                copy = _copy(Path(folder))
                judges, progress = (
                    Judges(Warm(copy, files, stores), Judge(copy, stores), copy),
                    ROOT / PROGRESS_OF_ONE.format(part),
                )
                for mutant in mutants[part::parts]:
                    said = _judge(judges, mutant, walk, again)
                    done[_key(mutant)] = said
                    progress.write_text(json.dumps(done, ensure_ascii=False, indent=1))
                    print(f"{said} {_key(mutant)}", flush=True)
            os._exit(0)
    ended = [os.wait()[1] for _ in range(parts)]
    if any(ended):
        raise SystemExit("a process of the run broke down; the next run goes on where it stopped")


def _tell(counts: Counter[str]) -> int:
    tried = counts.total()
    share = 100 * counts[FOUND] / tried if tried else 0
    print(f"{counts[FOUND]} of {tried} found ({share:.0f} %), {counts[NO_TEST]} walked by no test")
    return 0 if share >= LEAST else 1


def _list_files() -> list[str]:
    rooms = [ROOT / name for name in TESTS]
    files = [file for room in rooms for file in (sorted(room.rglob("test_*.py")) if room.is_dir() else [room])]
    return [str(file.relative_to(ROOT)) for file in files]


def _walk(warm: Warm, files: Sequence[str], mutants: Sequence[Mutant], listed: str) -> dict[str, list[Place]]:
    """Which test walks which place; only tests that are new or other than at the last walk are run, where the mutants are the same."""
    walked = json.loads(WALKED.read_text()) if WALKED.exists() else {}
    now = {file: sha256((ROOT / file).read_bytes() + listed.encode()).hexdigest() for file in files}
    if new := [file for file, digest in now.items() if walked.get(file, {}).get("digest") != digest]:
        lines = defaultdict(list)
        for mutant in mutants:
            lines[mutant["module"]].append(int(mutant["line"]))
        found = warm.walk(lines, new)
        for file in new:
            tests = {name: places for name, places in found.items() if name.partition("::")[0] == file}
            walked[file] = {"digest": now[file], "tests": tests}
        WALKED.write_text(json.dumps(walked))
    return {name: places for file in files for name, places in walked[file]["tests"].items()}


def _copy(folder: Path) -> Path:
    copy = folder / "code"
    for room in ROOMS:
        source = ROOT / room
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, _made(copy / room))
    return copy


def _made(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _tests_of(walk: Walk, mutant: Mutant, in_function: bool, most: int) -> list[str]:
    """Tests that walk the line, or any function of the module where the line runs when it is loaded: those that are named after the
    module first, then those that walk the fewest places: the fewer, the more a test is about one of them, and the sooner it is run."""
    place, any_of = place_of(mutant["module"], mutant["line"]), f"{mutant['module']} "
    if in_function:
        tests = [name for name, places in walk.items() if place in places]
    else:
        tests = [name for name, places in walk.items() if any(one.startswith(any_of) for one in places)]
    stem = Path(mutant["module"]).stem
    return sorted(tests, key=lambda test: (stem not in test, len(walk[test]), test))[:most]


def _judge(judges: Judges, mutant: Mutant, walk: Walk, thoroughly: bool) -> str:
    """``found`` and by which test, ``survived``, or ``no test``."""
    module = judges.copy / mutant["module"]
    whole = module.read_text(encoding="utf-8")
    in_function = replaced_codes(whole, mutant["source"]) is not None
    tests = _tests_of(walk, mutant, in_function, MOST_AGAIN if thoroughly else MOST_TESTS)
    if not tests:
        return NO_TEST
    # What fills a store is proved on one that is filled with it.
    stores, failed = mutant["module"].startswith("analytics/"), None
    module.write_text(mutant["source"], encoding="utf-8")
    try:
        for some in filter(None, (tests[:FIRST_TESTS], tests[FIRST_TESTS:])):
            failed = failed or _first_failure(judges, some, mutant, whole, stores)
        if failed is None and thoroughly and in_function:
            failed = judges.anew.first_failure(tests, ready_stores=stores)
    finally:
        module.write_text(whole, encoding="utf-8")
    return SURVIVED if failed is None else f"{FOUND}: {failed}"


def _first_failure(judges: Judges, tests: Sequence[str], mutant: Mutant, whole: str, stores: bool) -> str | None:
    try:
        return judges.warm.first_failure(tests, mutant["module"], (whole, mutant["source"]), ready_stores=stores)
    except CannotChangeError:
        return judges.anew.first_failure(tests, ready_stores=stores)


def _require_sound(warm: Warm, done: dict[str, str]) -> None:
    """Each test that found a mutant passes without one.

    Raises:
        SystemExit: one does not: what it found is judged anew by the next run, once it is mended.
    """
    finders = sorted({said.partition(": ")[2] for said in done.values() if said.startswith(FOUND)})
    if finders and (failed := warm.first_failure(finders, bounded=False)):
        left = {key: said for key, said in done.items() if said != f"{FOUND}: {failed}"}
        _remember(left)
        raise SystemExit(f"this test fails without a mutant, or is gone: {failed}")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), "--again" in sys.argv))
