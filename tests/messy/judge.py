"""What is wrong with the way a messy file was read: kept wrongly, lost, not said, not refused.

    python -m tests.messy.judge FOLDER

runs every file of a folder with an ``expected.json`` through ``python -m data import FILE --json`` and names what is wrong.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

Figure = tuple[str, str, str, float]


def judge(expected: Mapping[str, Any], code: int, answer: Mapping[str, Any], kept: Collection[Figure]) -> list[str]:
    """What is wrong: ``need`` must be kept, ``may`` may be (``*``: anything), nothing else; a finding, a refusal."""
    wrong = []
    need = {_figure(figure) for figure in expected["need"]}
    if code not in (0, 1):
        wrong.append(f"exit {code}")
    if not answer:
        wrong.append("no JSON")
    wrong += [f"lost {figure}" for figure in sorted(need - set(kept))]
    if expected["may"] != "*":
        allowed = need | {_figure(figure) for figure in expected["may"]}
        wrong += [f"kept {figure}" for figure in sorted(set(kept) - allowed)]
    if expected.get("finding") and not answer.get("findings"):
        wrong.append("nothing said")
    if expected.get("refused") and code != 1:
        wrong.append("not refused")
    return wrong


def _figure(said: Collection[Any]) -> Figure:
    commune, month, variable, value = said
    return str(commune), str(month), str(variable), float(value)


def run_commands(file: Path, confirm: bool, store: Path) -> tuple[int, dict[str, Any], set[Figure], str]:
    """Import with the command line into a copy of a store, and export; what went to standard error last."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "store"
        subprocess.run(["cp", "-r", str(store), str(root)], check=True)
        env = {**os.environ, "SERVICE_PRESSURE_STORE": str(root)}
        call = [sys.executable, "-m", "data", "import", str(file), "--json", *(["--confirm"] if confirm else [])]
        done = subprocess.run(call, capture_output=True, text=True, env=env, check=False)
        out = Path(folder) / "out"
        subprocess.run([sys.executable, "-m", "data", "export", str(out)], check=True, env=env, capture_output=True)
        answer = json.loads(done.stdout) if done.stdout.strip().startswith("{") else {}
        return done.returncode, answer, set(exported_figures(out / "observations.csv")), done.stderr


def exported_figures(path: Path) -> Iterator[Figure]:
    """The figures of imports in a full export."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["upload_id"].startswith("import") and row["value"]:
                yield row["commune_code"], row["reference_date"][:7], row["variable"], float(row["value"])


def main() -> int:
    """Judge a folder."""
    folder, store = Path(sys.argv[1]), Path(os.environ["SERVICE_PRESSURE_STORE"])
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    only = sys.argv[2:]
    failed = 0
    for name, wanted in expected.items():
        if only and not any(name.startswith(part) for part in only):
            continue
        code, answer, kept, errors = run_commands(folder / name, bool(wanted.get("confirm")), store)
        wrong = judge(wanted, code, answer, kept)
        if "Traceback" in errors:
            wrong.append(f"traceback: {errors.strip().splitlines()[-1]}")
        failed += bool(wrong)
        print(f"{'WRONG' if wrong else 'right'}  {name}: {'; '.join(wrong)}")
    print(f"{failed} of {len(expected)} wrong")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
