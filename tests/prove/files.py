"""10,000 damaged workbooks: each is read or refused, none stops the reading, none takes more memory than it is given."""

import random
from pathlib import Path

from data.importing import apart
from tests.integration.importing.test_reading_apart import damaged, outcome_of
from tests.workbooks import messy_workbook

FILES_A_ROUND, ROUNDS = 100, 100
MEGABYTES = 600
SAYS = f"{FILES_A_ROUND * ROUNDS} damaged workbooks read or refused below {MEGABYTES} MB"


def run(_root: Path, at: int) -> None:
    rng, whole = random.Random(at), messy_workbook()
    for _ in range(FILES_A_ROUND):
        outcome_of(damaged(whole, rng))
        process = apart._READER._process
        if process is not None and process.poll() is None:
            state = Path(f"/proc/{process.pid}/status").read_text()
            peak = next(int(line.split()[1]) for line in state.splitlines() if line.startswith("VmHWM"))
            assert peak // 1024 <= MEGABYTES
    assert outcome_of(whole) == "read"
