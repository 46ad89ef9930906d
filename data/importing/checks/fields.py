"""Fields of their own: a day that none is, a word that none of the list is, a blank that must be filled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from data.importing.checks.saying import Says, that_say
from data.importing.days import EARLIEST_DAY, LATEST_DAY
from data.importing.findings import Finding, Severity
from data.importing.grouping import group_findings
from data.loaders.words import Word

if TYPE_CHECKING:
    from data.importing.checks import CheckContext


def check(cells: pd.DataFrame, context: CheckContext) -> list[Finding]:
    """Errors: days by how they are written, words by how they are, blanks by field and sheet."""
    return [
        *_days(that_say(cells, Says.DAY), context),
        *_words(that_say(cells, Says.WORD), context),
        *group_findings(
            that_say(cells, Says.BLANK),
            ["variable", "sheet"],
            "field_absent",
            Severity.ERROR,
            lambda cell: {"field": context.fields[cell["variable"]].labels},
        ),
    ]


def _days(cells: pd.DataFrame, context: CheckContext) -> list[Finding]:
    """Cells that hold no day, or one that no action and no agreement has; a day may lie ahead."""
    if cells.empty:
        return []
    is_usual = cells["reference_date"].between(pd.Timestamp(EARLIEST_DAY), pd.Timestamp(LATEST_DAY))
    wrong = cells[~is_usual].assign(written=lambda found: found["date_raw"].astype(str))

    def described(cell: pd.Series) -> dict[str, object]:
        return {"field": context.fields[cell["variable"]].labels, "text": str(cell["date_raw"])[:40]}

    return group_findings(wrong, ["variable", "written"], "day_unreadable", Severity.ERROR, described)


def _words(cells: pd.DataFrame, context: CheckContext) -> list[Finding]:
    if cells.empty:
        return []
    unknown = cells[cells["word"].isna()].assign(text=lambda found: found["raw"].astype(str))

    def described(cell: pd.Series) -> dict[str, object]:
        field = context.fields[cell["variable"]]
        return {"field": field.labels, "text": cell["text"][:40], "choices": list_choices(field.words)}

    return group_findings(unknown, ["variable", "text"], "word_unknown", Severity.ERROR, described)


def list_choices(words: Mapping[str, Word]) -> dict[str, str]:
    """What a field may hold, in each language."""
    return {lang: ", ".join(word["labels"][lang] for word in words.values()) for lang in ("fr", "ar", "en")}
