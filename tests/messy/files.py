"""What files that people send are made of, and the case of one: what must be kept, what may be, what must be said."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import openpyxl

ADAR, AOULOUZ, IRHERM = "09.541.03.01", "09.541.01.02", "09.541.01.05"
SEPTEMBER = datetime(2025, 9, 1)
HEAD = ["Commune", "Mois", "Personnes déplacées", "Élèves primaire"]
Figure = tuple[str, str, str, float]


@dataclass(frozen=True, slots=True)
class Case:
    """A file: ``need`` is what must be kept and nothing else may be but ``may``; ``say`` are keys of findings.

    ``made``: its bytes, or what makes them, which costs whoever only lists the cases nothing.
    """

    name: str
    made: bytes | Callable[[], bytes]
    need: tuple[Figure, ...] = ()
    may: tuple[Figure, ...] = ()
    say: tuple[str, ...] = ()
    confirm: bool = False
    refused: str = ""

    @property
    def content(self) -> bytes:
        """The bytes of the file."""
        return self.made if isinstance(self.made, bytes) else self.made()


def book(*sheets: Sequence[Sequence[Any]], names: Sequence[str] = (), change: Callable[[Any], None] | None = None) -> bytes:
    """A workbook of sheets of rows; ``change`` is given the book before it is saved."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for number, rows in enumerate(sheets):
        sheet = made.create_sheet(names[number] if names else f"Feuil{number + 1}")
        for row in rows:
            sheet.append(list(row))
    if change:
        change(made)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def sheets(*rows: Sequence[Sequence[Any]], **how: Any) -> Callable[[], bytes]:
    """What makes such a workbook when the case is read."""
    return partial(book, *rows, **how)


def lines(text: str, encoding: str = "utf-8") -> bytes:
    """A file of lines."""
    return text.encode(encoding)


def figures(*said: tuple[str, str, float], month: str = "2025-09") -> tuple[Figure, ...]:
    """Figures of one month."""
    return tuple((commune, month, variable, float(value)) for commune, variable, value in said)


def with_parts(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The same archive with changed parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return target.getvalue()


def zipped(**files: bytes) -> bytes:
    """An archive of files; the last underscore of a name stands for its full stop."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(".".join(name.rsplit("_", 1)), content)
    return target.getvalue()


ROW = ["Adar", SEPTEMBER, 120, 340]
BOTH = figures((ADAR, "displaced_persons", 120), (ADAR, "pupils_primary", 340))
DISPLACED = BOTH[:1]


def merge(*ranges: str) -> Callable[[Any], None]:
    """A change of a workbook: these ranges of its first sheet are one cell each."""
    return lambda made: [made.worksheets[0].merge_cells(one) for one in ranges]  # type: ignore[return-value]
