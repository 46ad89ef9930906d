"""ZIP archives: workbooks of every program, and archives of several files. Nothing is unpacked before its size is known."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

from data.importing.findings import RefusedError
from data.importing.reading import open_document, other_books, workbook
from data.importing.reading.sheet import RawSheet

MAXIMUM_UNPACKED_BYTES = 400_000_000
MAXIMUM_FILES = 200
_READ_IN_ARCHIVES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt", ".json")
_ENCRYPTED = 0x1

Parts = dict[str, bytes]
Reader = Callable[[bytes, str], list[RawSheet]]


def read_archive(content: bytes, read_other: Reader) -> list[RawSheet]:
    """The sheets of a workbook, or those of every file of an archive.

    Raises:
        RefusedError: a password, a part that is damaged or packed in a way that is not known, too large, of another kind.
    """
    parts = _unpack(content)
    names = {name.lower() for name in parts}
    if any(name.endswith("content.xml") for name in names) and "mimetype" in names:
        return open_document.read_document(parts)
    if any(name.endswith("workbook.bin") for name in names):
        return other_books.read_book(content)
    for other, suffix in (("word/", ".docx"), ("ppt/", ".pptx"), ("index/document.iwa", ".numbers")):
        if any(name.startswith(other) for name in names):
            raise RefusedError("file_of_another_kind", suffix=suffix)
    if "[content_types].xml" in names or any(name.startswith("xl/") for name in names):
        return workbook.read_workbook(parts)
    return _read_each(parts, read_other)


def _unpack(content: bytes) -> Parts:
    """Every part by its name, with slashes as the standard has them."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > MAXIMUM_UNPACKED_BYTES:
                raise RefusedError("file_too_large", limit=MAXIMUM_UNPACKED_BYTES // 1_000_000)
            if any(entry.flag_bits & _ENCRYPTED for entry in entries):
                raise RefusedError("file_with_password")
            return {
                entry.filename.replace("\\", "/").lstrip("/"): _read_part(archive, entry)
                for entry in entries
                if not entry.is_dir() and _is_wanted(entry.filename)
            }
    except NotImplementedError as error:
        raise RefusedError("file_packed_otherwise") from error
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, KeyError, RuntimeError, struct.error) as error:
        raise RefusedError("file_damaged") from error


def _read_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """One part, never longer than it says of itself."""
    with archive.open(entry) as part:
        return part.read(entry.file_size + 1)


def _is_wanted(name: str) -> bool:
    """Pictures, macros and printer settings are left packed: they hold no cell."""
    suffix = PurePath(name).suffix.lower()
    return suffix in ("", ".xml", ".rels", ".bin", *_READ_IN_ARCHIVES) and "printersettings" not in name.lower()


def _read_each(parts: Parts, read_other: Reader) -> list[RawSheet]:
    """The files of an archive, each sheet under its file's name; folders of other programs are left alone."""
    files = {
        name: content
        for name, content in parts.items()
        if name.lower().endswith(_READ_IN_ARCHIVES) and not name.startswith("__MACOSX") and content
    }
    if not files:
        raise RefusedError("archive_without_tables")
    if len(files) > MAXIMUM_FILES:
        raise RefusedError("archive_of_too_many", limit=MAXIMUM_FILES)
    sheets: list[RawSheet] = []
    for name, content in files.items():
        if content.startswith(b"PK") and not name.lower().endswith((".xlsx", ".xlsm", ".xlsb", ".ods")):
            raise RefusedError("file_of_another_kind", suffix=PurePath(name).suffix)
        for sheet in read_other(content, name):
            named = " · ".join(part for part in (PurePath(name).name, sheet.name) if part)
            sheets.append(replace(sheet, name=named))
    return sheets
