"""From a row of headings, with what stands above and below it, to the columns of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from data.importing.blocks.block import Block, Column, Unread
from data.importing.blocks.headings import (
    ANY_DATE,
    DATE,
    ROW_FIELDS,
    VALUE,
    Vocabulary,
    is_hxl_row,
    is_neutral_group,
    is_total_word,
    read_tag,
    says_nothing_else,
)
from data.importing.blocks.levels import group_row, is_sub_heading, month_of, shown_at, to_the_left
from data.importing.blocks.twice import without_twice
from data.importing.reading.sheet import RawSheet, RawValue, is_filled
from data.loaders.today import load_variables
from data.records.sheet_kind import SheetKind

_NO_END = 20_000
# So many rows below the headings may part them further.
_MOST_LEVELS = 3


@dataclass(frozen=True, slots=True)
class Anchor:
    """A row of headings that opens a table, its columns, who claims it with which vocabulary; ``is_tagged``: by HXL tags.

    ``is_strong`` says that it names what tells a row apart: a place, a month, a variable.
    """

    row: int
    left: int
    right: int
    kind: SheetKind | None
    vocabulary: Vocabulary
    is_strong: bool = True
    is_tagged: bool = False

    def place_columns(self, sheet: RawSheet) -> frozenset[int]:
        """Columns whose heading says where, when or of what a row is."""
        found = {at: self.find(sheet, at) for at in range(self.left, self.right)}
        return frozenset(at for at, field in found.items() if field in ROW_FIELDS or (field and self.kind is not None))

    def find(self, sheet: RawSheet, column: int) -> str | None:
        """The field of its own heading in a column."""
        cell = sheet.at(self.row, column)
        if not isinstance(cell, str):
            return None
        return self.vocabulary.tags.get(read_tag(cell)) if self.is_tagged else self.vocabulary.find(cell)


def read_columns(sheet: RawSheet, anchor: Anchor, end: int) -> Block:
    """The table that an anchor opens."""
    tags = _tag_row(sheet, anchor)
    places = anchor.place_columns(sheet)
    below = max(anchor.row, tags) if tags is not None else anchor.row
    subs = _sub_headings(sheet, anchor, below + 1, places) if anchor.kind is None else []
    groups = group_row(sheet, anchor) if anchor.kind is None else None
    bottom = max(row for row in (anchor.row, tags, *subs) if row is not None)
    right = _right_end(sheet, anchor, subs)
    columns = {
        at: _column(sheet, anchor, at, groups, subs, tags) for at in range(anchor.left, right)
    }  # fmt: skip
    found = _without_options({at: column for at, column in columns.items() if column is not None})
    if not subs:
        found = _without_joined(sheet, anchor, found, end)
    kept = without_twice(found, anchor.kind, anchor.vocabulary)
    top = groups if groups is not None else anchor.row
    first = min(top, tags if tags is not None else top)
    return Block(sheet, anchor.kind, first, bottom, max(end, bottom + 1), anchor.left, right, kept)


def _without_options(columns: Mapping[int, Column]) -> dict[int, Column]:
    """The choices of a question of several are no figures: "staff/doctors" says yes or no where "staff" is a question itself."""
    questions = {column.heading for column in columns.values()}
    return {
        at: Column(column.heading, unread=Unread.UNKNOWN) if column.heading.rpartition("/")[0] in questions else column
        for at, column in columns.items()
    }


def _sub_headings(sheet: RawSheet, anchor: Anchor, first: int, places: frozenset[int]) -> list[int]:
    """The rows below the headings that part them, one level after the other."""
    rows: list[int] = []
    while len(rows) < _MOST_LEVELS and is_sub_heading(sheet, first + len(rows), anchor, places):
        rows.append(first + len(rows))
    return rows


def _without_joined(sheet: RawSheet, anchor: Anchor, columns: Mapping[int, Column], end: int) -> dict[int, Column]:
    """A heading that is joined over several columns of figures, with nothing to tell them apart, is that of none."""
    found = dict(columns)
    for merge in sheet.merges:
        spanned = range(max(merge.left, anchor.left), min(merge.right, anchor.left + _NO_END) + 1)
        if not merge.top <= anchor.row <= merge.bottom or len(spanned) < 2 or anchor.kind is not None:
            continue
        filled = [at for at in spanned if any(is_filled(sheet.at(row, at)) for row in range(merge.bottom + 1, end))]
        if len(filled) > 1:
            found |= {at: Column(found[at].heading, unread=Unread.UNKNOWN) for at in spanned if at in found}
        else:
            kept = filled[0] if filled else spanned[0]
            found = {at: column for at, column in found.items() if at not in spanned or at == kept}
    return found


def _right_end(sheet: RawSheet, anchor: Anchor, subs: Sequence[int]) -> int:
    """The column behind the last heading, below joined cells and in the row below too."""
    joined = [m.right + 1 for m in sheet.merges if m.top <= anchor.row <= m.bottom and anchor.left <= m.left < anchor.right]
    below = [at + 1 for row in subs for at, c in enumerate(sheet.rows[row]) if at >= anchor.left and is_filled(c)]
    within = [end for end in (*joined, *below) if end <= _NO_END]
    next_table = min((at for at in range(anchor.right, len(sheet.rows[anchor.row])) if is_filled(sheet.at(anchor.row, at))),
                     default=_NO_END)  # fmt: skip
    return min(max([anchor.right, *within]), max(next_table, anchor.right))


def _tag_row(sheet: RawSheet, anchor: Anchor) -> int | None:
    """The row of HXL tags beside the headings."""
    if anchor.is_tagged:
        return anchor.row
    for row in (anchor.row + 1, anchor.row + 2, anchor.row - 1):
        if 0 <= row < len(sheet.rows) and is_hxl_row(sheet.rows[row]):
            return row
    return None


def _column(
    sheet: RawSheet, anchor: Anchor, at: int, groups: int | None, subs: Sequence[int], tags: int | None
) -> Column | None:
    """What a column holds; None where nothing stands above it."""
    if anchor.is_tagged:
        tag, field = sheet.at(anchor.row, at), anchor.find(sheet, at)
        shown = sheet.at(anchor.row - 1, at) or sheet.at(anchor.row + 1, at) if field is None else None
        return _named(str(shown or tag or ""), field) if is_filled(tag) or is_filled(shown) else None
    own = shown_at(sheet, anchor.row, at)
    under = [_shown_below(sheet, subs, level, at, anchor) for level in range(len(subs))]
    if not is_filled(own) and any(is_filled(cell) for cell in under):
        own = to_the_left(sheet, anchor.row, at, anchor.left)
    above = _group(sheet, anchor, groups, at) if groups is not None else None
    column = resolve_levels([above, own, *under], anchor.vocabulary)
    return _with_tag(column, sheet.at(tags, at) if tags is not None else None, anchor.vocabulary)


def _shown_below(sheet: RawSheet, rows: Sequence[int], level: int, column: int, anchor: Anchor) -> RawValue:
    """What one of the rows below the headings says of a column; a blank goes on the cell to its left where a row follows."""
    cell = shown_at(sheet, rows[level], column)
    is_parted = level + 1 < len(rows) and is_filled(sheet.at(rows[level + 1], column))
    if is_filled(cell) or not is_parted or column in anchor.place_columns(sheet):
        return cell
    return to_the_left(sheet, rows[level], column, anchor.left)


def _group(sheet: RawSheet, anchor: Anchor, row: int, column: int) -> RawValue:
    """The heading of the service above a column."""
    if column in anchor.place_columns(sheet):
        return None
    cell = shown_at(sheet, row, column)
    if is_filled(cell) or any(m.top == row and m.right > m.left for m in sheet.merges):
        return cell
    filled = (sheet.at(row, at) for at in range(column, anchor.left - 1, -1))
    return next((found for found in filled if is_filled(found)), None)


def resolve_levels(levels: list[RawValue], vocabulary: Vocabulary) -> Column | None:
    """The field and month of the headings of one column, from the highest level to the lowest."""
    filled = list(dict.fromkeys(cell for cell in levels if is_filled(cell)))
    if not filled:
        return None
    months = [month for cell in filled if (month := month_of(cell)) is not None]
    texts = [str(cell).strip() for cell in filled if month_of(cell) is None]
    shown = " · ".join(texts) or str(filled[-1])
    month = months[0] if len(months) == 1 else None
    if len(months) > 1:
        return Column(shown, unread=Unread.UNKNOWN)
    if not texts:
        return Column(shown, VALUE, month)
    return replace(_named(shown, _field(texts, vocabulary)), month=month)


def _field(texts: list[str], vocabulary: Vocabulary) -> str | None:
    """The field that all levels make together; None where one of them makes another quantity."""
    if len(texts) == 1:
        return vocabulary.find(texts[0])
    *above, last = texts
    for said in (" ".join(texts), " ".join([last, *above])):
        if found := vocabulary.find(said):
            return found
    parent = _field(above, vocabulary)
    if parent and (is_total_word(last) or says_nothing_else(last, parent)):
        return parent
    own = vocabulary.find(last)
    if own and all(is_neutral_group(text) or _belongs(own, vocabulary.find(text)) for text in above):
        return own
    return None


def _belongs(variable: str, above: str | None) -> bool:
    """Whether a variable is a part of the one named above it."""
    entry = load_variables().get(variable)
    return entry is not None and above is not None and above in (entry.part_of, entry.at_most, variable)


def _named(heading: str, field: str | None) -> Column:
    if field is None:
        return Column(heading, unread=Unread.UNKNOWN)
    return Column(heading, field) if field else Column(heading, unread=Unread.LABEL)


def _with_tag(column: Column | None, tag: RawValue, vocabulary: Vocabulary) -> Column | None:
    """An HXL tag says what a heading leaves open; where the two disagree, the column is not read."""
    said = vocabulary.tags.get(read_tag(tag)) if isinstance(tag, str) and is_filled(tag) else None
    if said is None:
        return column
    if column is None or column.unread is Unread.UNKNOWN:
        return Column(column.heading if column else str(tag), said, column.month if column else None)
    agree = said == column.field or {said, column.field} <= {DATE, ANY_DATE} or column.unread is Unread.LABEL
    agree |= column.field not in load_variables() and said not in load_variables()
    return column if agree else Column(column.heading, unread=Unread.TAG_DISAGREES)
