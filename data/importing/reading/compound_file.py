"""Compound files (OLE, [MS-CFB]): the one stream of a folder of streams in which an older program keeps its workbook."""

from __future__ import annotations

import struct
from collections.abc import Sequence

_END = 0xFFFFFFFA
_ENTRY, _HEADER, _DIFAT_AT, _DIFAT_LENGTH = 128, 512, 76, 109


def read_stream(content: bytes, *names: str) -> bytes:
    """The first stream that bears one of the names, without regard to case; nothing where none does.

    Raises:
        ValueError: the file is damaged.
    """
    try:
        return _CompoundFile(content).stream({name.casefold() for name in names})
    except (struct.error, IndexError) as error:
        raise ValueError("damaged compound file") from error


class _CompoundFile:
    def __init__(self, content: bytes) -> None:
        self.content = content
        shift, small_shift = struct.unpack_from("<HH", content, 30)
        if not 7 <= shift <= 16 or not 4 <= small_shift <= shift:
            raise ValueError("no compound file")
        self.size, self.small_size = 1 << shift, 1 << small_shift
        (self.directory,) = struct.unpack_from("<I", content, 48)
        self.cutoff, self.small_table = struct.unpack_from("<II", content, 56)
        self.table = self._read_table()

    def stream(self, names: set[str]) -> bytes:
        """The content of a stream."""
        entries = self._chain(self.directory)
        root = b""
        for at in range(0, len(entries) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", entries, at + 64)
            name = entries[at : at + max(length - 2, 0)].decode("utf-16-le", "replace").casefold()
            start, size = struct.unpack_from("<II", entries, at + 116)
            if kind == 5:
                root = self._chain(start)
            elif name in names:
                return (self._small(root, start) if size < self.cutoff else self._chain(start))[:size]
        return b""

    def _read_table(self) -> Sequence[int]:
        """Which sector follows each sector."""
        listed = list(struct.unpack_from(f"<{_DIFAT_LENGTH}I", self.content, _DIFAT_AT))
        following, count = struct.unpack_from("<II", self.content, 68)
        per_sector = self.size // 4
        for _ in range(min(count, len(self.content) // self.size)):
            if following >= _END:
                break
            *more, following = struct.unpack_from(f"<{per_sector}I", self._sector(following))
            listed += more
        table: list[int] = []
        for sector in listed:
            if sector < _END:
                table += struct.unpack_from(f"<{per_sector}I", self._sector(sector))
        return table

    def _sector(self, number: int) -> bytes:
        # The header is as long as a sector, 512 bytes at the least.
        start = max(_HEADER, self.size) + number * self.size
        return self.content[start : start + self.size].ljust(self.size, b"\0")

    def _chain(self, first: int) -> bytes:
        return b"".join(self._sector(number) for number in _follow(first, self.table))

    def _small(self, root: bytes, first: int) -> bytes:
        packed = self._chain(self.small_table)
        table = struct.unpack_from(f"<{len(packed) // 4}I", packed)
        return b"".join(root[n * self.small_size : (n + 1) * self.small_size] for n in _follow(first, table))


def _follow(first: int, table: Sequence[int]) -> list[int]:
    """The sectors of a chain; one that comes back to itself is damaged."""
    found: list[int] = []
    while first < _END:
        found.append(first)
        if len(found) > len(table):
            raise ValueError("damaged compound file")
        first = table[first]
    return found
