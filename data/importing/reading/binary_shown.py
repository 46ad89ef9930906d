"""What a binary workbook (.xls, .xlsb) shows and calamine does not say: errors, percentages, cells struck out, hidden, not shown,
parts of a text that are raised.

Records and their fields after [MS-XLS] (BIFF5, BIFF8) and [MS-XLSB] (BIFF12).
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from openpyxl.styles.numbers import BUILTIN_FORMATS

from data.importing.reading.compound_file import read_stream
from data.importing.reading.markup import attribute, children, parse
from data.importing.reading.rich_text import Run, Span, font_of_stream, runs_of_label, runs_of_part, shared_runs, spans_of
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
    raised: dict[Place, list[Span]] = field(default_factory=dict)


def read_shown(content: bytes) -> dict[str, Shown]:
    """What each sheet shows, by its name.

    Raises:
        ValueError: the file is damaged.
    """
    try:
        return dict(_sheets_of_parts(content) if content.startswith(b"PK") else _sheets_of_stream(content))
    except (struct.error, IndexError, KeyError, zipfile.BadZipFile) as error:
        raise ValueError("damaged workbook") from error


class _Font(NamedTuple):
    is_struck: bool = False
    is_raised: bool = False


class _Styles:
    """Fonts and formats by the number of a style; runs of the shared texts, where a font marks parts of a text."""

    def __init__(self) -> None:
        self.formats: dict[int, str] = {}
        self.fonts: list[_Font] = []
        self.styles: list[tuple[int, int]] = []
        self.runs: Mapping[int, Sequence[Run]] = {}

    def add_font(self, body: bytes, escapement_at: int) -> None:
        """A font of a record; what stands above or below the line has an escapement."""
        struck, escapement = struct.unpack_from("<H", body, 2)[0], struct.unpack_from("<H", body, escapement_at)[0]
        self.fonts.append(_Font(bool(struck & _STRIKEOUT), escapement in (1, 2)))

    def mark_parts(self) -> bool:
        """Whether a font strikes out or raises what is written in it."""
        return any(any(font) for font in self.fonts)

    def show(self, shown: Shown, place: Place, style: int) -> None:
        """Note what a style says of a cell."""
        number, font = self.styles[style] if style < len(self.styles) else (0, 0)
        code = self.formats.get(number) or BUILTIN_FORMATS.get(number, "General")
        if is_percent_format(code):
            shown.percent.add(place)
        if shows_nothing(code):
            shown.unshown.add(place)
        if self._font(font).is_struck:
            shown.struck.add(place)

    def show_runs(self, shown: Shown, place: Place, style: int, runs: Sequence[Run]) -> None:
        """Note what the runs of its text say of a cell; a cell that is raised as a whole is no mark of anything."""
        if not runs:
            return
        _, first = self.styles[style] if style < len(self.styles) else (0, 0)
        fonts = {span: self._font(font) for span, font in spans_of(first, runs).items()}
        if spans := [span for span, font in fonts.items() if font.is_raised]:
            shown.raised[place] = spans
        if any(font.is_struck for font in fonts.values()):
            shown.struck.add(place)

    def _font(self, number: int) -> _Font:
        return self.fonts[number] if number < len(self.fonts) else _Font()


def _sheets_of_stream(content: bytes) -> Iterator[tuple[str, Shown]]:
    """Sheets of a workbook in one stream (.xls): the first substream lists them with their places."""
    stream = read_stream(content, "Workbook", "Book")
    if not stream:
        return
    styles, places = _Styles(), list[tuple[int, str]]()
    is_wide = struct.unpack_from("<H", stream, 4)[0] >= 0x0600
    shared, before = list[bytes](), 0
    for kind, body in _records_of_stream(stream, 0):
        before = before if kind == 0x003C else kind
        if before == 0x00FC:
            shared.append(body)
        elif kind == 0x0031:
            styles.add_font(body, 8)
        elif kind == 0x041E:
            styles.formats[struct.unpack_from("<H", body)[0]] = _text_of_stream(body[2:], 2 if is_wide else 1, is_wide)
        elif kind == 0x00E0:
            font, number = struct.unpack_from("<HH", body)
            styles.styles.append((number, font_of_stream(font)))
        elif kind == 0x0085:
            places.append((struct.unpack_from("<I", body)[0], _text_of_stream(body[6:], 1, is_wide)))
    if shared and styles.mark_parts():
        styles.runs = shared_runs(shared)
    for start, name in places:
        yield name, _shown_of_stream(_records_of_stream(stream, start), styles, is_wide)


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


def _shown_of_stream(records: Iterator[Record], styles: _Styles, is_wide: bool) -> Shown:
    shown = Shown()
    for kind, body in records:
        if kind in (0x0203, 0x027E, 0x00FD, 0x0204, 0x00D6, 0x0006, 0x0205):
            row, column, style = struct.unpack_from("<HHH", body)
            styles.show(shown, (row, column), style)
            if kind == 0x0205 and body[7]:
                shown.errors[row, column] = ERRORS.get(body[6], "#ERR")
            elif kind == 0x0006 and body[12:14] == b"\xff\xff" and body[6] == 2:
                shown.errors[row, column] = ERRORS.get(body[8], "#ERR")
            elif kind == 0x00FD and styles.runs:
                styles.show_runs(shown, (row, column), style, styles.runs.get(struct.unpack_from("<I", body, 6)[0], ()))
            elif kind == 0x00D6 and styles.mark_parts():
                styles.show_runs(shown, (row, column), style, runs_of_label(body, is_wide))
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
    if styles.mark_parts():
        texts = (
            body
            for kind, body in _records_of_part(parts.get(posixpath.join(folder, "sharedstrings.bin"), b""))
            if kind == 19
        )
        styles.runs = {number: runs for number, text in enumerate(texts) if (runs := runs_of_part(text))}
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
            styles.add_font(body, 6)
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
            elif kind == 7 and styles.runs:
                styles.show_runs(
                    shown, (row, column), style & 0xFFFFFF, styles.runs.get(struct.unpack_from("<I", body, 8)[0], ())
                )
        elif kind == 60:
            first, last, width, _, flags = struct.unpack_from("<IIIIH", body)
            if flags & 1 or not width:
                shown.hidden_columns.update(range(first, min(last, 16_383) + 1))
    return shown
