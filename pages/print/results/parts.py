"""What the tables of activities and results share: an empty table that says so, the mark of an example, a sum that leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from analytics.summary import total_over_communes
from data.i18n import Translator
from pages.print.plan.blocks import Block, Cell, Paragraph, TableColumn, make_table
from pages.words.money import write_mad
from pages.words.registers import Row, has_examples, write_origin
from pages.words.totals import at_least


def first_cell(row: Row, text: str, t: Translator) -> Cell:
    """The cell that says what a row is of, with its origin under it."""
    return Cell(text, write_origin(row, t))


def columns(t: Translator, *named: tuple[str, float] | tuple[str, float, str]) -> tuple[TableColumn, ...]:
    """Columns by the key of their heading (``results.<key>``), part of the width, ``end`` for figures."""
    return tuple(TableColumn(t(f"results.{key}"), share, *align) for key, share, *align in named)  # type: ignore[arg-type]


def table_of(
    t: Translator,
    caption: str,
    named: Sequence[tuple[str, float] | tuple[str, float, str]],
    rows: Iterable[Sequence[Cell | str]],
    read: pd.DataFrame,
) -> list[Block]:
    """A table with the sentence that some rows are examples; where there is no row, that there is none."""
    cells = list(rows)
    if not cells:
        return [Paragraph(t("results.none", what=caption), "small")]
    said = [Paragraph(t("results.examples"), "warning")] if has_examples(read) else []
    return [*said, make_table(caption, columns(t, *named), cells)]


def write_total(t: Translator, amounts: pd.Series) -> str:
    """A sum of amounts: at least so much where rows say nothing."""
    total = total_over_communes(amounts)
    return at_least(t, write_mad(total.value, t), total.missing_count)
