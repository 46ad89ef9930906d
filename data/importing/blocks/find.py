"""Finds the tables of a sheet: every row of headings opens one, wherever it stands; tables may stand beside one another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from data.importing.blocks.block import Block
from data.importing.blocks.columns import Anchor, read_columns
from data.importing.blocks.headings import (
    ANY_DATE,
    DATE,
    PLACE_FIELDS,
    ROW_FIELDS,
    VALUE,
    VARIABLE,
    Vocabulary,
    is_hxl_row,
    read_tag,
)  # fmt: skip
from data.importing.blocks.levels import months_in, span_above
from data.importing.reading.sheet import RawSheet, RawValue, is_filled
from data.importing.values import is_readable
from data.records.sheet_kind import SheetKind

# What tells a row of figures apart: where, when, of what.
_TELLING = frozenset((*PLACE_FIELDS, DATE, ANY_DATE, VARIABLE))


@dataclass(frozen=True, slots=True)
class Claimant:
    """One kind of content: the headings it knows, and whether the fields of a row of headings make a table of it.

    ``looked_up`` keeps what texts of one file stand for: cells repeat.
    """

    kind: SheetKind | None
    vocabulary: Vocabulary
    claims: Callable[[frozenset[str]], bool]
    looked_up: dict[str, str | None] = field(default_factory=dict)

    def find(self, text: str) -> str | None:
        """The field of a heading."""
        if text not in self.looked_up:
            self.looked_up[text] = self.vocabulary.find(text)
        return self.looked_up[text]


def find_blocks(sheet: RawSheet, claimants: Sequence[Claimant], is_commune: Callable[[str], bool]) -> list[Block]:
    """The tables of a sheet in order, each claimed by the first kind that knows its headings."""
    strange = set[str]()
    anchors = _drop_weak([anchor for row in range(len(sheet.rows)) for anchor in _anchors(sheet, row, claimants, strange)])
    blocks = []
    for number, anchor in enumerate(anchors):
        below = [other for other in anchors[number + 1 :] if other.row > anchor.row and _overlap(anchor, other)]
        end = min((_without_titles(sheet, anchor, span_above(sheet, other)) for other in below), default=len(sheet.rows))
        blocks.append(_cut(read_columns(sheet, anchor, end), is_commune))
    return blocks


def _without_titles(sheet: RawSheet, anchor: Anchor, end: int) -> int:
    """The end of a table without the lines of title that stand above the next one."""
    row = end
    while row > anchor.row + 1:
        filled = [cell for cell in sheet.rows[row - 1] if is_filled(cell)]
        is_title = len(filled) < 2 and all(isinstance(cell, str) for cell in filled)
        if not is_title and not _is_label(filled, anchor.vocabulary):
            return row
        row -= 1
    return end


def _is_label(filled: Sequence[RawValue], vocabulary: Vocabulary) -> bool:
    """Whether a row says the commune or the month of a table below it: "Commune :" and a name."""
    label = str(filled[0]).strip()
    field = vocabulary.find(label.rstrip(": "))
    return len(filled) == 2 and label.endswith(":") and field in (*PLACE_FIELDS, DATE, ANY_DATE)


def _anchors(sheet: RawSheet, row: int, claimants: Sequence[Claimant], strange: set[str]) -> Iterator[Anchor]:
    """The tables that a row opens; none where it is no row of headings. ``strange`` gathers texts that no claimant knows: rows of
    data repeat them."""
    cells = sheet.rows[row]
    texts = {at: cell for at, cell in enumerate(cells) if isinstance(cell, str) and is_filled(cell)}
    if not texts:
        return
    if is_hxl_row(cells):
        yield from _tagged(sheet, row, texts, claimants)
        return
    if strange.issuperset(texts.values()):
        return
    is_known = False
    for claimant in claimants:
        fields = {at: found for at, text in texts.items() if (found := claimant.find(text)) is not None}
        if not fields:
            continue
        is_known = True
        months = months_in(sheet, row) if claimant.kind is None else {}
        named = frozenset(name for name in fields.values() if name) | ({VALUE} if len(months) > 1 else frozenset())
        if claimant.claims(named) and not _is_data(sheet, row, fields, months):
            yield from _segments(sheet, row, claimant, fields, tuple(months))
            return
    if not is_known:
        strange.update(texts.values())


def _tagged(sheet: RawSheet, row: int, texts: Mapping[int, str], claimants: Sequence[Claimant]) -> Iterator[Anchor]:
    """A row of HXL tags opens a table where the headings beside it are not known."""
    for beside in (row - 1, row - 2, row + 1):
        for claimant in claimants if 0 <= beside < len(sheet.rows) else ():
            found = [claimant.find(c) for c in sheet.rows[beside] if isinstance(c, str) and is_filled(c)]
            if claimant.claims(frozenset(name for name in found if name)):
                return
    for claimant in claimants:
        fields = {at: claimant.vocabulary.tags.get(read_tag(text)) for at, text in texts.items()}
        known = {at: name for at, name in fields.items() if name}
        if claimant.claims(frozenset(known.values())):
            yield Anchor(row, min(texts), max(texts) + 1, claimant.kind, claimant.vocabulary, is_tagged=True)
            return


def _is_data(sheet: RawSheet, row: int, fields: Mapping[int, str], months: Mapping[int, object]) -> bool:
    """Whether a row that names fields is one of data: it holds numbers where no month may stand."""
    return any(
        isinstance(cell, int | float) and at not in months for at, cell in enumerate(sheet.rows[row]) if at not in fields
    )


def _segments(
    sheet: RawSheet, row: int, claimant: Claimant, fields: Mapping[int, str], months: Sequence[int]
) -> Iterator[Anchor]:
    """Tables beside one another: a place that is named again, behind figures, opens the next one; so does what the figures of
    a long table are of, before figures of its own (a label in a second language has none behind it)."""
    filled = [at for at, cell in enumerate(sheet.rows[row]) if is_filled(cell)]
    starts, seen, has_figures = [filled[0]], set[str](), False
    for at in filled:
        name = fields.get(at, "")
        is_again = claimant.kind is None and name in PLACE_FIELDS and name in seen and has_figures
        is_long_again = claimant.kind is None and name == VARIABLE and VALUE in seen and _has_value_next(at, filled, fields)
        if is_long_again or (is_again and _has_figures_behind(at, filled, fields, months)):
            starts.append(at)
            seen, has_figures = set(), False
        seen.add(name)
        has_figures |= at in months or bool(name and name not in ROW_FIELDS)
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else max(filled) + 1
        named = {fields[at] for at in filled if start <= at < end and at in fields}
        yield Anchor(row, start, end, claimant.kind, claimant.vocabulary, bool(claimant.kind or named & _TELLING))


def _has_figures_behind(at: int, filled: Sequence[int], fields: Mapping[int, str], months: Sequence[int]) -> bool:
    """Whether a figure stands behind a place before the next place: else the place is only repeated."""
    return any(
        other in months or bool(fields.get(other) and fields[other] not in ROW_FIELDS) for other in filled if other > at
    )


def _has_value_next(at: int, filled: Sequence[int], fields: Mapping[int, str]) -> bool:
    """Whether the figures of what is named stand behind it, before something else is named."""
    return next((fields[other] for other in filled if other > at and fields.get(other) in (VARIABLE, VALUE)), "") == VALUE


def _drop_weak(anchors: list[Anchor]) -> list[Anchor]:
    """Without rows that name figures and no place or month, where such a row follows: they are headings of services."""
    strong = [anchor for anchor in anchors if anchor.is_strong]
    if not strong:
        return anchors[:1]
    return [anchor for anchor in anchors if anchor.is_strong]


def _overlap(one: Anchor, other: Anchor) -> bool:
    return one.left < other.right and other.left < one.right


def _cut(block: Block, is_commune: Callable[[str], bool]) -> Block:
    """The table without what stands under a row of headings that are not known."""
    for row in block.rows():
        if _is_apart(block, row) and _is_foreign_heading(block, row, is_commune):
            return replace(block, end=row)
    return block


def _is_apart(block: Block, row: int) -> bool:
    """Whether a row stands behind a blank one."""
    before = block.sheet.rows[row - 1][block.left : block.right]
    return not any(is_filled(cell) for cell in before)


def _is_foreign_heading(block: Block, row: int, is_commune: Callable[[str], bool]) -> bool:
    """A row of words above a row that holds numbers."""
    sheet = block.sheet
    cells = {at: c for at, c in enumerate(sheet.rows[row]) if block.left <= at < block.right and is_filled(c)}
    if len(cells) < 2 or not all(isinstance(cell, str) and not is_readable(cell) for cell in cells.values()):
        return False
    if any(is_commune(str(cell)) for cell in cells.values()):
        return False
    below = sheet.rows[row + 1] if row + 1 < len(sheet.rows) else ()
    return any(isinstance(cell, int | float) or (isinstance(cell, str) and is_readable(cell)) for cell in below)
