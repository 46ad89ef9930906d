"""``python -m tests.prove [NAME…]``: each proof in rounds that are remembered, so that an interrupted one goes on where it stopped."""

import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from data.initialise import initialise
from data.store import ROOT_VARIABLE, Store
from tests.prove import clock, damages, disk, files, kills, pages, readers

PROGRESS = Path(__file__).parents[2] / ".prove.json"
PROOFS = {
    "kills": kills,
    "damages": damages,
    "disk": disk,
    "clock": clock,
    "readers": readers,
    "files": files,
    "pages": pages,
}


def main(names: list[str]) -> None:
    done = _remembered()
    with tempfile.TemporaryDirectory() as folder:
        built = Path(folder) / "built"
        initialise(Store(built))
        for name in names or PROOFS:
            proof, first, begin = PROOFS[name], done.get(name, 0), time.monotonic()
            for at in range(first, proof.ROUNDS):
                root = Path(folder) / "round"
                shutil.rmtree(root, ignore_errors=True)
                shutil.copytree(built, root)
                os.environ[ROOT_VARIABLE] = str(root)
                proof.run(root, at)
                _remember(name, at + 1)
                print(f"\r{name}: {at + 1} of {proof.ROUNDS} rounds", end="", flush=True)
            seconds = time.monotonic() - begin
            print(f"\r{name}: {proof.ROUNDS} rounds, {proof.SAYS} ({seconds:.0f} s for {proof.ROUNDS - first})")


def _remembered() -> dict[str, int]:
    return json.loads(PROGRESS.read_text()) if PROGRESS.exists() else {}


def _remember(name: str, rounds: int) -> None:
    """Whole or not at all, whenever the run is interrupted; what another run proves meanwhile stays."""
    part = PROGRESS.with_suffix(f".{os.getpid()}.part")
    part.write_text(json.dumps(_remembered() | {name: rounds}))
    part.replace(PROGRESS)


if __name__ == "__main__":
    main(sys.argv[1:])
