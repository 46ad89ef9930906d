"""Import of the largest monthly workbook, in a process of its own for its memory; template; full export."""

import io
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl

from data.exporting.full_export import export_store
from data.exporting.template import build_template
from data.i18n import Translator
from data.loaders.today import monthly_sheets
from data.months import months_between
from data.reference_files import read_communes
from data.store import Store
from tests.benchmarks.budget import Measure, median_seconds
from tests.territories import TAROUDANNT
from tests.workbooks import consistent_values

MONTHS = months_between("2023-09", "2025-08")
# The thirty figures that the measure is about; the other columns of the template stay empty, as most communes leave them.
FILLED = {"displacement": 3, "education": 12, "health": 8, "civil_registry": 7}
IMPORTER = """
import sys, time
from pathlib import Path
from data.importing.accept import accept_import, prepare_for_store
from data.store import Store
from tests.benchmarks.budget import peak_megabytes, peak_of_children
store, content = Store(Path(sys.argv[1])), Path(sys.argv[2]).read_bytes()
begin = time.perf_counter()
report = prepare_for_store(store, content, "all.xlsx")
accept_import(store, content, report)
print(time.perf_counter() - begin, time.process_time(), peak_megabytes(), peak_of_children(), report.cells_kept)
"""
# A server has its definitions and its reading process already when a commune sends its month.
CHECKER = """
import sys, time
from pathlib import Path
from data.importing.accept import prepare_for_store
from data.store import Store
store, content = Store(Path(sys.argv[1])), Path(sys.argv[2]).read_bytes()
for begin in [0.0] * 3:
    begin = time.process_time()
    prepare_for_store(store, content, "one.xlsx")
print(time.process_time() - begin)
"""


def run(store: Store) -> Iterator[Measure]:
    """Measures of files in and out."""
    communes, french = read_communes(TAROUDANNT), Translator("fr")
    with tempfile.TemporaryDirectory() as folder:
        month, path = Path(folder) / "one.xlsx", Path(folder) / "all.xlsx"
        month.write_bytes(_filled(build_template(communes.head(1), MONTHS[-1:], french)))
        path.write_bytes(_filled(build_template(communes, MONTHS, french)))
        (seconds,) = _answer(CHECKER, store, month)
        yield Measure("checks of one commune's month, of the processor", seconds, "s", 0.5)
        seconds, _, megabytes, reading, kept = _answer(IMPORTER, store, path)
        yield Measure(f"import of 89 communes x 24 months x 30 ({kept:.0f} cells)", seconds, "s", 3)
        yield Measure("  its memory at most", megabytes, "MB", 400)
        yield Measure("  memory of the process that reads the file", reading, "MB", 400)
        yield Measure("full export of the store", median_seconds(lambda: export_store(store, Path(folder) / "out"), 2), "s")
    work = lambda: build_template(read_communes(TAROUDANNT), MONTHS[-3:], Translator("ar"))  # noqa: E731
    yield Measure("template of 89 communes x 3 months", median_seconds(work, 3), "s")


def _answer(program: str, store: Store, path: Path) -> list[float]:
    """The numbers that a program prints of a store and a file, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", program, str(store.root), str(path)], capture_output=True, text=True, check=True
    )
    return [float(part) for part in done.stdout.split()]


def _filled(template: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(template))
    for definition, sheet in zip(monthly_sheets(), book.worksheets[1:5], strict=True):
        for number, row in enumerate(sheet.iter_rows(min_row=4, min_col=4, max_col=3 + len(definition.variables))):
            values = consistent_values(number % 24)
            for cell, variable in zip(row[: FILLED[definition.id]], definition.variables, strict=False):
                cell.value = values[variable.id]
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
