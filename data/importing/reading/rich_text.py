"""Runs of a text in binary workbooks: from which letter on another font is used, so that parts raised or struck out are known.

Fields after [MS-XLS] (XLUnicodeRichExtendedString) and [MS-XLSB] (RichStr). Letters are counted in UTF-16 code units.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from data.importing.reading.letters import raised

# A run is where it begins and the number of its font; a span is the first letter of a part and the one behind its last.
Run: TypeAlias = tuple[int, int]
Span: TypeAlias = tuple[int, int]
_WIDE, _EXTENDED, _RICH = 0x01, 0x04, 0x08
# There is no font 4 in .xls.
_NO_FONT = 4


def font_of_stream(number: int) -> int:
    """The place of a font among the records of an .xls, by its number."""
    return number - 1 if number > _NO_FONT else number


def shared_runs(records: Sequence[bytes]) -> dict[int, list[Run]]:
    """Runs of the shared texts of an .xls that have any, by the number of the text.

    Args:
        records: the table (SST) and those that continue it; IndexError or struct.error where they are damaged.
    """
    table = _Continued(records)
    _, count = struct.unpack("<II", table.take(8))
    found = {}
    for number in range(count):
        if runs := table.take_text():
            found[number] = runs
    return found


def runs_of_label(body: bytes, is_wide: bool) -> list[Run]:
    """Runs of a text that stands in its cell (RSTRING): behind its letters."""
    letters = struct.unpack_from("<H", body, 6)[0]
    if is_wide:
        at = 9 + letters * (2 if body[8] & _WIDE else 1)
        count, at, form, width = struct.unpack_from("<H", body, at)[0], at + 2, "<HH", 4
    else:
        at = 8 + letters
        count, at, form, width = body[at], at + 1, "<BB", 2
    return _unpack(body[at : at + width * count], form, count)


def runs_of_part(body: bytes, at: int = 0) -> list[Run]:
    """Runs of a text of an .xlsb; fonts are numbered without a gap there."""
    if not body[at] & 1:
        return []
    at += 5 + 2 * int(struct.unpack_from("<I", body, at + 1)[0])
    count = int(struct.unpack_from("<I", body, at)[0])
    return [(start, font) for start, font in struct.iter_unpack("<HH", body[at + 4 : at + 4 + 4 * count])]


def set_apart(text: str, spans: Iterable[Span]) -> str:
    """The text with its raised parts in signs of their own: the mark of a footnote is no digit of the number before it."""
    units = text.encode("utf-16-le", "surrogatepass")
    parts, done = list[bytes](), 0
    for start, end in spans:
        within = units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")
        parts += [units[2 * done : 2 * start], raised(within).encode("utf-16-le", "surrogatepass")]
        done = end
    return b"".join([*parts, units[2 * done :]]).decode("utf-16-le", "surrogatepass")


def spans_of(first: int, runs: Sequence[Run]) -> Mapping[Span, int]:
    """Parts of a text with the font of each; what stands before the first run has the font of the cell."""
    starts = [(0, first), *runs]
    ends = [*(start for start, _ in runs), 1 << 16]
    return {(start, end): font for (start, font), end in zip(starts, ends, strict=True) if start < end}


def _unpack(packed: bytes, form: str, count: int) -> list[Run]:
    if len(packed) != count * struct.calcsize(form):
        raise IndexError("runs cut short")
    return [(start, font_of_stream(font)) for start, font in struct.iter_unpack(form, packed)]


class _Continued:
    """Bytes that go on from one record to the next; letters that do begin there with a flag of their width."""

    def __init__(self, records: Sequence[bytes]) -> None:
        self.records, self.number, self.at = records, 0, 0

    def take(self, count: int) -> bytes:
        """The next bytes, from as many records as hold them; IndexError where there are no more."""
        taken = b""
        while len(taken) < count:
            piece = self.records[self.number][self.at : self.at + count - len(taken)]
            taken += piece
            self.at += len(piece)
            if len(taken) < count:
                self._turn()
        return taken

    def take_text(self) -> list[Run]:
        """Runs of the next text; its letters are known already."""
        letters, flags = struct.unpack("<HB", self.take(3))
        count = struct.unpack("<H", self.take(2))[0] if flags & _RICH else 0
        further = struct.unpack("<I", self.take(4))[0] if flags & _EXTENDED else 0
        self._pass_letters(letters, 2 if flags & _WIDE else 1)
        runs = _unpack(self.take(4 * count), "<HH", count)
        self.take(further)
        return runs

    def _pass_letters(self, count: int, width: int) -> None:
        while True:
            here = min(count, (len(self.records[self.number]) - self.at) // width)
            count -= here
            self.at += here * width
            if not count:
                return
            self._turn()
            width, self.at = 2 if self.records[self.number][0] & _WIDE else 1, 1

    def _turn(self) -> None:
        self.number, self.at = self.number + 1, 0
