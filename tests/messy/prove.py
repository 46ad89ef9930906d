"""Proves the reader on many damaged files: each ends in a report or a refusal, in bounded time and memory, and nothing else.

    python -m tests.messy.prove COUNT [FOLDER]

Resumes after the last seed that was proved (``.prove/done``). A file that is not read in order is written to
``.prove/`` under its seed.
"""

from __future__ import annotations

import resource
import sys
import time
import traceback
from datetime import date
from pathlib import Path

import pandas as pd

from data.exporting.template import build_long_template, build_template
from data.i18n import Translator
from data.importing.prepare import prepare_import
from data.months import months_between
from data.reference_files import read_communes
from tests.messy.cases import every_case
from tests.messy.mutate import mutate
from tests.messy.offices import office_cases
from tests.territories import TAROUDANNT

MOST_SECONDS, MOST_MEGABYTES = 20.0, 500
STATE = Path(".prove")
TODAY = date(2026, 3, 1)
NOTHING = pd.DataFrame(columns=["commune_code", "reference_date", "variable", "value", "provenance"]).astype(
    {"value": float, "reference_date": "datetime64[ns]"}
)


def sources(folder: Path | None = None) -> list[tuple[str, bytes]]:
    """The sound files that are damaged: those of every case, the template, and those of a folder."""
    communes, months = read_communes(TAROUDANNT), months_between("2025-07", "2025-08")
    t = Translator("fr")
    found = [(case.name, case.content) for case in (*every_case(), *office_cases()) if len(case.content) < 100_000]
    found.append(("modele.xlsx", build_template(communes.head(2), months, t)))
    found.append(("modele.csv", build_long_template(communes.head(2), months, t)))
    if folder:
        found += [(path.name, path.read_bytes()) for path in sorted(folder.iterdir()) if path.suffix != ".json"]
    return found


def prove_one(seed: int, files: list[tuple[str, bytes]], communes: pd.DataFrame) -> tuple[str, bytes]:
    """What is wrong with how one damaged file is read, empty where nothing is; and the file."""
    name, content = files[seed % len(files)]
    damaged = mutate(content, name, seed, [other for _, other in files[:20]])
    before = time.process_time()
    try:
        report = prepare_import(damaged, name, communes, NOTHING, TAROUDANNT, TODAY, is_confirmed=seed % 2 == 0)
    except Exception:
        return traceback.format_exc(), damaged
    took = time.process_time() - before
    if took > MOST_SECONDS:
        return f"{took:.0f} seconds", damaged
    if report.refusal is None and report.cells_in != report.cells_kept + report.cells_set_aside:
        return "a cell was lost", damaged
    return "", damaged


def main() -> int:
    """Prove seeds from where the last run stopped until COUNT are proved."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    files = sources(Path(sys.argv[2]) if len(sys.argv) > 2 else None)
    communes = read_communes(TAROUDANNT)
    STATE.mkdir(exist_ok=True)
    done = STATE / "done"
    first = int(done.read_text(encoding="ascii")) if done.exists() else 0
    wrong = 0
    for seed in range(first, count):
        said, damaged = prove_one(seed, files, communes)
        if said:
            wrong += 1
            (STATE / f"{seed}-{files[seed % len(files)][0]}").write_bytes(damaged)
            print(f"{seed}: {said}", file=sys.stderr)
        if seed % 50 == 49 or seed == count - 1:
            done.write_text(str(seed + 1), encoding="ascii")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{max(count - first, 0)} files proved, {wrong} wrong, {memory} MB at the most")
    return int(wrong > 0 or memory > MOST_MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())
