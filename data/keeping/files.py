"""Files that are whole or not there: written beside, made durable, then renamed; known by the hash of what they hold."""

from __future__ import annotations

import os
import uuid
from collections.abc import Mapping
from hashlib import file_digest
from pathlib import Path

DRAFT = "draft-"


def draft_beside(path: Path) -> Path:
    """A new name beside a file, to write its contents under first; swept away by the next write where nobody finishes."""
    return path.with_name(f"{DRAFT}{uuid.uuid4().hex[:12]}{path.suffix}")


def is_draft(path: Path) -> bool:
    """Whether a file is one that nobody has finished writing."""
    return path.name.startswith(DRAFT)


def settle(draft: Path, path: Path) -> None:
    """Give a file that is written its name, durably: the file first, then the folder that names it."""
    make_durable(draft)
    draft.replace(path)
    make_durable(path.parent)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that nobody ever sees a half of it, and that it is there after a power cut.

    Raises:
        OSError: the disk is full or may not be written; the file is what it was.
    """
    draft = draft_beside(path)
    try:
        draft.write_bytes(content)
        settle(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def replace_files(contents: Mapping[Path, bytes]) -> None:
    """Write several files that belong together: all of them, or none where one may not be written.

    Raises:
        OSError: the disk is full or may not be written; the files are what they were.
    """
    # Without a suffix: whoever reads the folder meanwhile takes no draft for a file of its own.
    drafts = {path: path.with_name(f"{DRAFT}{uuid.uuid4().hex[:12]}") for path in contents}
    before = {path: path.read_bytes() if path.exists() else None for path in contents}
    done: list[Path] = []
    try:
        for path, draft in drafts.items():
            draft.write_bytes(contents[path])
        for path, draft in drafts.items():
            settle(draft, path)
            done.append(path)
    except OSError:
        for path in done:
            _put_back(path, before[path])
        raise
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)


def _put_back(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)


def make_durable(path: Path) -> None:
    """Have the operating system write a file or folder to the disk now."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def hash_of(path: Path) -> str:
    """SHA-256 of what a file holds.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def file_state(path: Path) -> tuple[int, int]:
    """What changes when somebody writes on a file, as a key of what was read of it; (0, 0) where it is gone."""
    try:
        state = path.stat()
    except OSError:
        return 0, 0
    return state.st_mtime_ns, state.st_size
