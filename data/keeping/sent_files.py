"""Files that people sent, kept as they came, each under its hash."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

from data.keeping.files import write_whole
from data.keeping.lock import disk_in_words

FOLDER = "uploads"
# From the name that its sender gave it: whatever else stands there is no ending of a file.
_ENDING = re.compile(r"\.[a-z0-9]{1,8}", re.ASCII)


def keep_sent_file(root: Path, content: bytes, ending: str) -> str:
    """Keep a file below the folder of a store, unchanged; returns its hash.

    Raises:
        StoreError: the disk is full or may not be written.
    """
    digest = sha256(content).hexdigest()
    target = root / FOLDER / f"{digest}{ending if _ENDING.fullmatch(ending) else ''}"
    with disk_in_words(root):
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            write_whole(target, content)
    return digest
