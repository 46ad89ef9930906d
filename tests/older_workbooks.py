"""Workbooks of older programs (.xls), made from bytes: rich texts as [MS-XLS] keeps them, in as many records as a test asks for."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence

# A text, and from which letter on it has which font.
Rich = tuple[str, Sequence[tuple[int, int]]]
# Fonts by their number: plain, plain, plain, struck out, none, raised. There is no font 4.
PLAIN, STRUCK, RAISED = 0, 3, 5
_SECTOR = 512


def shared_texts(texts: Sequence[Rich], sizes: Iterable[int]) -> list[bytes]:
    """The bodies of the table of shared texts and of the records that continue it, cut to the sizes."""
    room, bodies = iter(sizes), [struct.pack("<II", len(texts), len(texts))]
    left = next(room)
    for unit, flag in _units_of(texts):
        if left < len(unit):
            left = max(next(room), len(unit) + 1)
            bodies.append(flag)
            left -= len(flag)
        bodies[-1] += unit
        left -= len(unit)
    return bodies


def _units_of(texts: Sequence[Rich]) -> Iterator[tuple[bytes, bytes]]:
    """What is never cut, with the flag that a record begins with which goes on with it."""
    for text, runs in texts:
        is_wide = not text.isascii()
        yield (
            struct.pack("<HB", len(text), is_wide | (8 if runs else 0)) + (struct.pack("<H", len(runs)) if runs else b""),
            b"",
        )
        for letter in text:
            yield letter.encode("utf-16-le" if is_wide else "ascii"), bytes([is_wide])
        for run in runs:
            yield struct.pack("<HH", *run), b""


def older_workbook(rows: Sequence[Sequence[Rich]], sizes: Iterable[int]) -> bytes:
    """An .xls of one sheet of texts."""
    texts = [text for row in rows for text in row]
    first, *further = shared_texts(texts, sizes)
    fonts = [(0, 0), (0, 0), (0, 0), (8, 0), (0, 1)]
    head = [_record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))]
    head += [_record(0x0031, struct.pack("<HHHHH", 200, struck, 0, 400, raised) + bytes(5)) for struck, raised in fonts]
    head += [_record(0x00E0, bytes(20))]
    shared = [_record(0x00FC, first), *(_record(0x003C, body) for body in further), _record(0x000A, b"")]
    name = b"\x01\x00F"
    start = sum(map(len, [*head, *shared])) + 4 + 6 + len(name)
    sheet = [_record(0x0809, struct.pack("<HHHHII", 0x0600, 16, 0, 0, 0, 0))]
    places = [(row, column) for row, cells in enumerate(rows) for column in range(len(cells))]
    sheet += [_record(0x00FD, struct.pack("<HHHI", *place, 0, at)) for at, place in enumerate(places)]
    listed = _record(0x0085, struct.pack("<IH", start, 0) + name)
    return compound_file(b"".join([*head, listed, *shared, *sheet, _record(0x000A, b"")]))


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def compound_file(stream: bytes) -> bytes:
    """A compound file ([MS-CFB]) whose one stream is a workbook: table of sectors, folder, stream."""
    stream = stream.ljust(4096, b"\0")
    count = -(-len(stream) // _SECTOR)
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, count + 2), 0xFFFFFFFE]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(_SECTOR, b"\xff")
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<9I", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0) + b"\xff" * (108 * 4)
    folder = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry("Workbook", 2, 0xFFFFFFFF, 2, len(stream))
    return head + table + folder.ljust(_SECTOR, b"\0") + stream.ljust(count * _SECTOR, b"\0")


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    none = 0xFFFFFFFF
    encoded = name.encode("utf-16-le")
    body = encoded.ljust(64, b"\0") + struct.pack("<HBBIII", len(encoded) + 2, kind, 1, none, none, child)
    return body + bytes(36) + struct.pack("<IQ", start, size)
