"""What a binary workbook (.xls, .xlsb) shows and calamine does not say: errors, percentages, cells struck out, hidden, not shown.

Records and their fields after [MS-XLS] (BIFF5, BIFF8) and [MS-XLSB] (BIFF12).
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from openpyxl.styles.numbers import BUILTIN_FORMATS

from data.importing.reading.compound_file import read_stream
from data.importing.reading.markup import attribute, children, parse
from data.importing.reading.sheet import Place
from data.importing.reading.styles import is_percent_format, shows_nothing

ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
          0x2B: "#GETTING_DATA"}  # fmt: skip
_STRIKEOUT = 0x0008
Record = tuple[int, bytes]


@dataclass(slots=True)
class Shown:
    """What is shown of one sheet, beside its values."""

    errors: dict[Place, str] = field(default_factory=dict)
    percent: set[Place] = field(default_factory=set)
    struck: set[Place] = field(default_factory=set)
    unshown: set[Place] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def read_shown(content: bytes) -> dict[str, Shown]:
    """What each sheet shows, by its name.

    Raises:
        ValueError: the file is damaged.
    """
    try:
        return dict(_sheets_of_parts(content) if content.startswith(b"PK") else _sheets_of_stream(content))
    except (struct.error, IndexError, KeyError, zipfile.BadZipFile) as error:
        raise ValueError("damaged workbook") from error


class _Styles:
    """Fonts and formats by the number of a style."""

    def __init__(self) -> None:
        self.formats: dict[int, str] = {}
        self.fonts: list[bool] = []
        self.styles: list[tuple[int, int]] = []

    def show(self, shown: Shown, place: Place, style: int) -> None:
        """Note what a style says of a cell."""
        number, font = self.styles[style] if style < len(self.styles) else (0, 0)
        code = self.formats.get(number) or BUILTIN_FORMATS.get(number, "General")
        if is_percent_format(code):
            shown.percent.add(place)
        if shows_nothing(code):
            shown.unshown.add(place)
        if font < len(self.fonts) and self.fonts[font]:
            shown.struck.add(place)


def _sheets_of_stream(content: bytes) -> Iterator[tuple[str, Shown]]:
    """Sheets of a workbook in one stream (.xls): the first substream lists them with their places."""
    stream = read_stream(content, "Workbook", "Book")
    if not stream:
        return
    styles, places = _Styles(), list[tuple[int, str]]()
    is_wide = struct.unpack_from("<H", stream, 4)[0] >= 0x0600
    for kind, body in _records_of_stream(stream, 0):
        if kind == 0x0031:
            styles.fonts.append(bool(struct.unpack_from("<H", body, 2)[0] & _STRIKEOUT))
        elif kind == 0x041E:
            styles.formats[struct.unpack_from("<H", body)[0]] = _text_of_stream(body[2:], 2 if is_wide else 1, is_wide)
        elif kind == 0x00E0:
            font, number = struct.unpack_from("<HH", body)
            # There is no font 4.
            styles.styles.append((number, font - 1 if font > 4 else font))
        elif kind == 0x0085:
            places.append((struct.unpack_from("<I", body)[0], _text_of_stream(body[6:], 1, is_wide)))
    for start, name in places:
        yield name, _shown_of_stream(_records_of_stream(stream, start), styles)


def _records_of_stream(stream: bytes, at: int) -> Iterator[Record]:
    """Records from one beginning of a substream to its end."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == 0x000A:
            return
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _text_of_stream(body: bytes, width: int, is_wide: bool) -> str:
    """A text behind its length; in wide strings a flag says how many bytes a letter has."""
    length = int.from_bytes(body[:width], "little")
    if not is_wide:
        return body[width : width + length].decode("latin-1")
    rest = body[width + 1 :]
    return rest[: 2 * length].decode("utf-16-le", "replace") if body[width] & 1 else rest[:length].decode("latin-1")


def _shown_of_stream(records: Iterator[Record], styles: _Styles) -> Shown:
    shown = Shown()
    for kind, body in records:
        if kind in (0x0203, 0x027E, 0x00FD, 0x0204, 0x0006, 0x0205):
            row, column, style = struct.unpack_from("<HHH", body)
            styles.show(shown, (row, column), style)
            if kind == 0x0205 and body[7]:
                shown.errors[row, column] = ERRORS.get(body[6], "#ERR")
            elif kind == 0x0006 and body[12:14] == b"\xff\xff" and body[6] == 2:
                shown.errors[row, column] = ERRORS.get(body[8], "#ERR")
        elif kind == 0x00BD:
            row, first = struct.unpack_from("<HH", body)
            for number in range((len(body) - 6) // 6):
                styles.show(shown, (row, first + number), struct.unpack_from("<H", body, 4 + 6 * number)[0])
        elif kind == 0x0208 and struct.unpack_from("<H", body, 12)[0] & 0x20:
            shown.hidden_rows.add(struct.unpack_from("<H", body)[0])
        elif kind == 0x007D:
            first, last, width, _, flags = struct.unpack_from("<HHHHH", body)
            if flags & 1 or not width:
                shown.hidden_columns.update(range(first, last + 1))
    return shown


def _sheets_of_parts(content: bytes) -> Iterator[tuple[str, Shown]]:
    """Sheets of a workbook in parts (.xlsb)."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name.lower(): archive.read(name) for name in archive.namelist() if name.lower().endswith((".bin", ".rels"))}
    book = next(name for name in parts if posixpath.basename(name) == "workbook.bin")
    folder = posixpath.dirname(book)
    targets = _targets(parts.get(posixpath.join(folder, "_rels", "workbook.bin.rels"), b"<none/>"), folder)
    styles = _styles_of_part(parts.get(posixpath.join(folder, "styles.bin"), b""))
    for kind, body in _records_of_part(parts[book]):
        if kind == 156:
            relation, rest = _text_of_part(body, 8)
            name, _ = _text_of_part(body, rest)
            yield name, _shown_of_part(_records_of_part(parts.get(targets.get(relation, ""), b"")), styles)


def _targets(relations: bytes, folder: str) -> Mapping[str, str]:
    """Names of parts by the id of their relation."""
    found = {}
    for relation in children(parse(relations), "Relationship"):
        target = attribute(relation, "Target").replace("\\", "/").lower()
        found[attribute(relation, "Id")] = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
    return found


def _records_of_part(part: bytes) -> Iterator[Record]:
    at = 0
    while at < len(part):
        kind = part[at]
        at += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (part[at] & 0x7F) << 7
            at += 1
        length = shift = 0
        while True:
            byte = part[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift > 21:
                break
        yield kind, part[at : at + length]
        at += length


def _text_of_part(body: bytes, at: int) -> tuple[str, int]:
    """A text behind its length, and where it ends."""
    length = struct.unpack_from("<I", body, at)[0]
    end = at + 4 + 2 * length
    return body[at + 4 : end].decode("utf-16-le", "replace"), end


def _styles_of_part(part: bytes) -> _Styles:
    styles, of_cells = _Styles(), False
    for kind, body in _records_of_part(part):
        if kind in (617, 618):
            of_cells = kind == 617
        elif kind == 44:
            styles.formats[struct.unpack_from("<H", body)[0]] = _text_of_part(body, 2)[0]
        elif kind == 43:
            styles.fonts.append(bool(struct.unpack_from("<H", body, 2)[0] & _STRIKEOUT))
        elif kind == 47 and of_cells:
            number, font = struct.unpack_from("<HH", body, 2)
            styles.styles.append((number, font))
    return styles


def _shown_of_part(records: Iterator[Record], styles: _Styles) -> Shown:
    shown, row = Shown(), 0
    for kind, body in records:
        if kind == 0:
            row = struct.unpack_from("<I", body)[0]
            if body[11] & 0x10:
                shown.hidden_rows.add(row)
        elif 2 <= kind <= 11:
            column, style = struct.unpack_from("<II", body)
            styles.show(shown, (row, column), style & 0xFFFFFF)
            if kind in (3, 11):
                shown.errors[row, column] = ERRORS.get(body[8], "#ERR")
        elif kind == 60:
            first, last, width, _, flags = struct.unpack_from("<IIIIH", body)
            if flags & 1 or not width:
                shown.hidden_columns.update(range(first, min(last, 16_383) + 1))
    return shown
