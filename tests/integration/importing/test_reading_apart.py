"""Files are read in a process of their own: nothing that is sent stops the application or fills its memory."""

import io
import os
import pickle
import random
import resource
import signal
import subprocess
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from data.importing import apart, reading_child
from data.importing.apart import read_sheets_apart
from data.importing.findings import RefusedError
from data.importing.reading import archive
from data.importing.reading.book import read_sheets
from tests.workbooks import messy_workbook, write_workbook

ROOT = Path(__file__).parents[3]
FAR = b'<row r="%d"><c r="XFD%d" t="inlineStr"><is><t>x</t></is></c></row>'


def far_workbook(rows: int) -> bytes:
    """A small file whose cells all lie in the last column: each row of it is 16,384 cells wide."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(write_workbook([["Commune"]]))) as whole,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in whole.namelist():
            content = whole.read(name)
            if name == "xl/worksheets/sheet1.xml":
                head, _, tail = content.partition(b"<sheetData>")
                cells = b"".join(FAR % (at, at) for at in range(1, rows + 1))
                content = (
                    head.replace(b'<dimension ref="A1:A1"/>', b"")
                    + b"<sheetData>"
                    + cells
                    + b"</sheetData>"
                    + tail.split(b"</sheetData>")[1]
                )
            new.writestr(name, content)
    return target.getvalue()


@pytest.mark.taroudannt
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", messy_workbook()),
        ("b.csv", "commune;mois;élèves\nFreija;2025-08;12\n\nTizi N'Test;2025-08;\n".encode()),
        ("c.csv", "commune\tmois\nفريجة\t2025-08\n".encode("utf-16")),
    ],
)
def test_what_is_read_apart_is_what_is_read_here(name, content):
    assert read_sheets_apart(content, name) == read_sheets(content, name)


@pytest.mark.parametrize(
    ("content", "name", "key"),
    [
        (b"", "a.xlsx", "file_empty"),
        (b"PK\x03\x04 and nothing else", "a.xlsx", "file_damaged"),
        (b"%PDF-1.7", "a.pdf", "file_of_another_kind"),
    ],
)
def test_refusals_come_back_in_the_same_words(content, name, key):
    with pytest.raises(RefusedError) as refused:
        read_sheets_apart(content, name)
    assert refused.value.finding.key == key


def test_limits_of_this_process_hold_in_the_other_one(monkeypatch):
    monkeypatch.setattr(archive, "MAXIMUM_UNPACKED_BYTES", 300)
    with pytest.raises(RefusedError) as refused:
        read_sheets_apart(messy_workbook(), "a.xlsx")
    assert refused.value.finding.key == "file_too_large"


@pytest.mark.parametrize("size", [60_000, 70_000, 1_048_000, 1_050_000, 2_500_000])
def test_an_answer_that_comes_in_many_pieces_is_put_together(size):
    # A pipe gives 65 536 bytes at once at the most; what is asked of it at once is a megabyte.
    rows = "".join(f"{at};{'x' * 990}\n" for at in range(size // 1_000))
    (sheet,) = read_sheets_apart(f"Commune;Remarque\n{rows}".encode(), "long.csv")
    assert sheet.rows[0] == ("Commune", "Remarque")
    assert sheet.rows[1:] == [(str(at), "x" * 990) for at in range(size // 1_000)]


@pytest.mark.parametrize(
    ("own", "system", "allowed"), [(0.4, 0.05, 60), (100.7, 20.6, 181), (35.2, 0.0, 95), (59.9, 60.2, 180)]
)
def test_each_file_has_a_minute_of_the_processor_whatever_those_before_it_took(monkeypatch, own, system, allowed):
    # What the process took by itself and within the system, and a minute more; the system counts whole seconds.
    used, set_to = SimpleNamespace(ru_utime=own, ru_stime=system), []
    monkeypatch.setattr(reading_child.resource, "getrusage", lambda whose: used)
    monkeypatch.setattr(reading_child.resource, "setrlimit", lambda of, limits: set_to.append((of, limits[0])))
    reading_child._limit_seconds()
    assert set_to == [(resource.RLIMIT_CPU, allowed)]


def damaged(whole: bytes, rng: random.Random) -> bytes:
    """A workbook with bytes changed: of the archive, or of one file in it, which then opens and says nonsense."""
    if rng.random() < 0.3:
        return whole[: rng.randrange(100, len(whole))]
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = rng.choice(old.namelist())
        for name in old.namelist():
            content = bytearray(old.read(name))
            for _ in range(rng.randint(1, 12) if name == chosen else 0):
                content[rng.randrange(len(content))] = rng.randrange(256)
            new.writestr(name, bytes(content))
    return target.getvalue()


def outcome_of(content: bytes) -> str:
    try:
        read_sheets_apart(content, "a.xlsx")
    except RefusedError as refused:
        return refused.finding.key
    return "read"


def test_no_damaged_workbook_is_an_exception():
    """Each file is read or refused, and the next one is read."""
    whole, rng = messy_workbook(), random.Random(20230908)
    outcomes = {outcome_of(damaged(whole, rng)) for _ in range(60)}
    assert {"read", "file_damaged"} <= outcomes
    assert outcome_of(whole) == "read"


def test_a_reader_that_dies_refuses_its_file_and_the_next_one_is_read():
    read_sheets_apart(b"a;b\n1;2\n", "a.csv")
    os.kill(apart._READER._process.pid, signal.SIGKILL)
    apart._READER._process.wait()
    assert read_sheets_apart(b"a;b\n1;2\n", "a.csv")[0].rows == [("a", "b"), ("1", "2")]


def test_what_a_large_file_leaves_behind_goes_with_the_process_that_read_it(monkeypatch):
    monkeypatch.setattr(apart, "_READER", apart._Reader())
    read_sheets_apart(b"a;b\n1;2\n", "a.csv")
    process = apart._READER._process
    assert process.poll() is None
    monkeypatch.setattr(apart, "LARGE", 5)
    assert read_sheets_apart(b"a;b\n3;4\n", "a.csv")[0].rows == [("a", "b"), ("3", "4")]
    assert process.poll() is not None


@pytest.mark.parametrize("nearby", [-1, 1])
def test_a_child_of_a_fork_leaves_the_process_of_its_parent_alone(monkeypatch, nearby):
    monkeypatch.setattr(apart, "_READER", apart._Reader())
    read_sheets_apart(b"a;b\n1;2\n", "a.csv")
    process, parent = apart._READER._process, os.getpid()
    with monkeypatch.context() as child:
        child.setattr(apart.os, "getpid", lambda: parent + nearby)
        apart._READER._end()
    assert process.poll() is None
    process.kill()
    process.communicate()


def test_an_answer_that_would_run_something_is_not_loaded():
    class Evil:
        def __reduce__(self):
            return os.system, ("true",)

    with pytest.raises(pickle.UnpicklingError):
        apart._Plain(io.BytesIO(pickle.dumps(Evil()))).load()


MEASURE = """
import resource, sys
from data.importing.apart import read_sheets_apart
from data.importing.findings import RefusedError
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    read_sheets_apart(open(sys.argv[1], "rb").read(), "a.xlsx")
    print("read", end=" ")
except RefusedError as refused:
    print(refused.finding.key, end=" ")
from data.importing import apart
apart._READER._end()
here = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print((here + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024)
"""


@pytest.mark.slow
def test_a_small_file_that_would_take_a_gigabyte_takes_less_than_600_megabytes(tmp_path):
    file = tmp_path / "far.xlsx"
    file.write_bytes(far_workbook(9_000))
    assert file.stat().st_size < 100_000
    done = subprocess.run([sys.executable, "-c", MEASURE, str(file)], cwd=ROOT, capture_output=True, text=True, check=True)
    outcome, megabytes = done.stdout.split()
    assert outcome in ("too_many_cells", "file_too_heavy")
    assert int(megabytes) <= 600


def test_the_process_that_reads_loads_nothing_that_it_does_not_read_with() -> None:
    # Each of them would double the time until the first file is read, and lie in memory beside it.
    program = "import sys, data.importing.reading_child; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {"pandas", "geopandas", "duckdb", "scipy", "babel", "streamlit"} & set(done.stdout.split())


def test_names_of_fields_part_the_cells_whatever_the_texts_of_the_rows_hold() -> None:
    rows = "commune,month,remark\nAdar,2025-09,un; deux; trois\nAdar,2025-10,a; b; c; d\n"
    (sheet,) = read_sheets_apart(rows.encode(), "export.csv")
    assert sheet.rows[1] == ("Adar", "2025-09", "un; deux; trois")
