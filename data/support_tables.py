"""Actors and actions that ship with a territory: published facts with their sources, and invented ones that say so."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pandas as pd

from data.province import Province
from data.records.actions import ACTIONS
from data.records.actors import ACTORS
from data.records.sheet_kind import SheetKind

FACTS, DEMONSTRATION = "", "demonstration_"
TITLE = "Published facts of support"


def read_support_files(province: Province, which: str = FACTS) -> dict[str, pd.DataFrame]:
    """The rows of ``support/actors.csv`` and ``support/actions.csv`` of a territory (``demonstration_…`` for the invented ones), by
    kind, with the columns of the kind; nothing where the territory has no such file.

    They are in the form of an export and pass the same checks as any file; a test reads them by an import.
    """
    paths = {kind: file_of(province, kind, which) for kind in (ACTORS, ACTIONS)}
    return {kind.id: _read(kind, path) for kind, path in paths.items() if path.exists()}


def digest_of_files(province: Province, which: str = FACTS) -> str:
    """Digest of the content of both files."""
    paths = [file_of(province, kind, which) for kind in (ACTORS, ACTIONS)]
    return sha256(b"".join(path.read_bytes() for path in paths if path.exists())).hexdigest()


def file_of(province: Province, kind: SheetKind, which: str = FACTS) -> Path:
    """Where the rows of a kind stand."""
    return province.folder / "support" / f"{which}{kind.id}.csv"


def _read(kind: SheetKind, path: Path) -> pd.DataFrame:
    layout, rows = kind.layout(), pd.read_csv(path, dtype=str, keep_default_na=False)
    typed: dict[str, object] = {field.id: pd.to_datetime(rows[field.id]) for field in layout.of_type("day")}
    typed |= {field.id: pd.to_numeric(rows[field.id]) for field in layout.of_type("number")}
    main = kind.main
    cells = [f"{row}:{main}" for row in range(2, len(rows) + 2)]
    return kind.complete(rows.assign(**typed, cell=cells), layout)[list(kind.columns)]
