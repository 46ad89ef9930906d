"""What a file is, told from its bytes and not from its name, and the reader for it."""

from __future__ import annotations

import re
from email.parser import BytesHeaderParser
from pathlib import PurePath

from data.importing.findings import RefusedError
from data.importing.reading import archive, flat_xml, lines, other_books, web_tables
from data.importing.reading.limits import MAXIMUM_BYTES
from data.importing.reading.sheet import RawSheet, bounded

_OLE_HEADER = bytes.fromhex("d0cf11e0a1b11ae1")
_PASSWORD_STREAM = "EncryptedPackage".encode("utf-16-le")
_HTML = re.compile(rb"^\s*(?:<!doctype html|<html|<head|<meta|<body|<table)", re.IGNORECASE)
# Kinds of file that are told by their first bytes and hold no table that can be read.
_OTHER_KINDS = {b"%PDF": ".pdf", b"\x89PNG": ".png", b"\xff\xd8\xff": ".jpg", b"GIF8": ".gif", b"{\\rtf": ".rtf", b"Rar!": ".rar",
                b"7z\xbc\xaf": ".7z", b"\x1f\x8b": ".gz", b"SQLite format 3": ".sqlite", b"MZ": ".exe",
                b"MIME-Version": ".mht"}  # fmt: skip


def read_sheets(content: bytes, file_name: str) -> list[RawSheet]:
    """Read every sheet of a file.

    Raises:
        RefusedError: too large, of another kind, protected by a password, or damaged.
    """
    if len(content) > MAXIMUM_BYTES:
        raise RefusedError("file_too_large", limit=MAXIMUM_BYTES // 1_000_000)
    if not content.strip(b"\0 \t\r\n"):
        raise RefusedError("file_empty")
    return bounded(_read(content, file_name))


def _read(content: bytes, file_name: str) -> list[RawSheet]:
    if content.startswith(b"PK"):
        return archive.read_archive(content, _read)
    if content.startswith(_OLE_HEADER):
        if _PASSWORD_STREAM in content:
            raise RefusedError("file_with_password")
        return other_books.read_book(content)
    for start, suffix in _OTHER_KINDS.items():
        if content.startswith(start):
            raise RefusedError("file_of_another_kind", suffix=suffix)
    start = content[:2000].removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(start) or (start.lstrip().startswith(b"<?xml") and b"<html" in start):
        return web_tables.read_tables(content)
    if start.lstrip().startswith(b"<?xml"):
        return flat_xml.read_flat(content.removeprefix(b"\xef\xbb\xbf").lstrip())
    if _is_message(start):
        raise RefusedError("file_of_another_kind", suffix=".eml")
    suffix = PurePath(file_name).suffix.lower()
    if suffix in (".pdf", ".doc", ".docx", ".ppt", ".pptx", ".jpg", ".jpeg", ".png"):
        raise RefusedError("file_of_another_kind", suffix=suffix)
    return lines.read_lines(content)


def _is_message(start: bytes) -> bool:
    """Whether a file begins with the headers of a message of e-mail: the file that it brings stands coded within."""
    headers = {name.lower() for name in BytesHeaderParser().parsebytes(start)}
    return "content-type" in headers and bool(headers & {"from", "received", "message-id"})
