"""Where the store of a territory lies."""

from __future__ import annotations

import os
from pathlib import Path

from data.province import Province

DEFAULT_ROOT = Path(__file__).parent / "var"
ROOT_VARIABLE = "SERVICE_PRESSURE_STORE"


def store_root(province: Province) -> Path:
    """Folder of a territory's store below ``SERVICE_PRESSURE_STORE``.

    A store that was made before territories had folders lies at the root itself and is read and written where it is.
    """
    base = Path(os.environ.get(ROOT_VARIABLE, DEFAULT_ROOT))
    is_earlier = province.at_store_root and _holds_store(base) and not _holds_store(base / province.id)
    return base if is_earlier else base / province.id


def _holds_store(folder: Path) -> bool:
    """Whether a store lies in a folder, even one that has lost its pointer."""
    return (folder / "current").exists() or (folder / "snapshots").is_dir()
