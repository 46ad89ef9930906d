"""What the sheets of a file hold: tables of monthly figures and of records, entries; lists of persons and dwellings are refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from data.importing.blocks.beside import with_said
from data.importing.blocks.block import Block
from data.importing.blocks.find import Claimant, find_blocks
from data.importing.blocks.headings import DATE, figure_vocabulary
from data.importing.blocks.turned import find_turned
from data.importing.checks.columns import lacking_column
from data.importing.findings import Finding, RefusedError, Severity
from data.importing.personal_data import refuse_personal_data
from data.importing.reading.sheet import RawSheet, is_filled
from data.importing.record_headers import HeadedEntries, find_entries, record_vocabulary
from data.records.sheet_kind import SheetKind, name_column
from data.records.table import sheet_kinds
from geo.names import NameIndex, find_commune


@dataclass(frozen=True, slots=True)
class Contents:
    """The tables of a file: ``blocks`` are read, ``lacking`` are not, each with the finding that says what it lacks."""

    sheets: list[RawSheet]
    blocks: list[Block]
    lacking: list[tuple[Block, Finding]]
    entries: list[HeadedEntries]

    def of_kind(self, kind: SheetKind | None) -> list[Block]:
        """The tables of one kind of record, or of monthly figures."""
        return [block for block in self.blocks if block.kind is kind]


def recognise(sheets: Sequence[RawSheet], index: NameIndex, file_name: str) -> Contents:
    """Sort what a file holds, after refusing lists of persons and of dwellings.

    Raises:
        RefusedError: such a list, or nothing that can be read.
    """
    entries = [headed for sheet in sheets if (headed := find_entries(sheet))]
    taken = {id(headed.sheet) for headed in entries}
    claimants = _claimants()
    others = [sheet for sheet in sheets if id(sheet) not in taken]
    tables = [(sheet, list(_blocks_of(sheet, claimants, index, file_name))) for sheet in others]
    blocks = [block for _, found in tables for block in found]
    refuse_personal_data(others, blocks)
    turned = {id(sheet): block for sheet, found in tables if (block := _turned(sheet, found, index, file_name))}
    if turned:
        # The turned copy stands for the sheet from here on: its cells are those of the file, and so are their addresses.
        blocks = [block for sheet, found in tables for block in ([turned[id(sheet)]] if id(sheet) in turned else found)]
        sheets = [turned[id(sheet)].sheet if id(sheet) in turned else sheet for sheet in sheets]
        refuse_personal_data([block.sheet for block in turned.values()], list(turned.values()))
    for block in blocks:
        if block.kind is not None:
            block.kind.refuse(block)
    were_headed = bool(blocks)
    blocks = [block for block in blocks if not block.is_empty]
    lacking = [(block, finding) for block in blocks if (finding := lacking_column(block))]
    complete = [block for block in blocks if all(block is not other for other, _ in lacking)]
    if not complete and not entries and not (were_headed and not lacking):
        raise _refusal([finding for _, finding in lacking], sheets)
    return Contents(list(sheets), complete, lacking, entries)


def _turned(sheet: RawSheet, found: Sequence[Block], index: NameIndex, file_name: str) -> Block | None:
    """The table of a sheet whose communes are columns, where no table of it can be read as it stands."""
    if any(not block.is_empty and lacking_column(block) is None for block in found):
        return None
    block = find_turned(sheet, figure_vocabulary(), lambda text: find_commune(index, text).commune_code, file_name)
    return block if block is not None and not block.is_empty and lacking_column(block) is None else None


def _refusal(lacking: list[Finding], sheets: Sequence[RawSheet]) -> RefusedError:
    """Why nothing of a file can be read: what its first table lacks, that its columns stand in one, or that there is none."""
    if not lacking:
        return RefusedError("columns_in_one" if any(map(_is_in_one_column, sheets)) else "nothing_recognised")
    refused = RefusedError(lacking[0].key, lacking[0].cells)
    refused.finding = Finding(lacking[0].key, Severity.ERROR, lacking[0].cells, values=lacking[0].values)
    return refused


def _is_in_one_column(sheet: RawSheet) -> bool:
    """Whether each row holds one text in which the same sign parts three cells or more: lines that a spreadsheet did not part."""
    rows = [[str(cell) for cell in row if is_filled(cell)] for row in sheet.rows]
    texts = [row[0] for row in rows if len(row) == 1]
    is_single = len(texts) > 1 and len(texts) == sum(map(bool, rows))
    return is_single and any(sum(text.count(sign) > 1 for text in texts) > len(texts) / 2 for sign in ";\t,|")


def _blocks_of(sheet: RawSheet, claimants: Sequence[Claimant], index: NameIndex, file_name: str) -> Iterator[Block]:
    """The tables of a sheet, each with what stands beside it."""

    def commune_named(text: str) -> str | None:
        return find_commune(index, text).commune_code

    ends: list[Block] = []
    for block in find_blocks(sheet, claimants, lambda text: commune_named(text) is not None):
        above = max((b.end for b in ends if b.end <= block.top), default=0)
        ends.append(block)
        yield with_said(block, above, commune_named, figure_vocabulary(), file_name)


def _claimants() -> list[Claimant]:
    """Every kind with the headings that it knows: records first, for their headings say more."""
    return [
        *(_claimant_of(kind) for kind in sheet_kinds()),
        Claimant(None, figure_vocabulary(), lambda named: len(named) > 1),
    ]


def _claimant_of(kind: SheetKind) -> Claimant:
    layout = kind.layout()
    communes = {name for field in layout.of_type("commune") for name in (field.id, name_column(field.id))}
    beside = communes | {DATE}

    def claims(named: frozenset[str]) -> bool:
        absent = [group for group in layout.recognised_by if not named & set(group)]
        if len(absent) == 1 and len(layout.recognised_by) > 1 and set(absent[0]) <= communes:
            # A title may name the one commune that no column does, where all else of such a row is there.
            return all(named & set(group) for group in layout.required if not set(group) <= beside)
        return not absent

    return Claimant(kind, record_vocabulary(kind), claims)
