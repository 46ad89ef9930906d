"""Parts and wholes: displaced pupils among pupils, households among persons; women and men that make up a total."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pandas as pd

from analytics.demand import SUMS
from data.i18n import LANGUAGES
from data.importing.findings import Finding, Severity
from data.importing.grouping import group_findings
from data.loaders.today import load_variables

if TYPE_CHECKING:
    from data.importing.checks import CheckContext

PLACE = ["commune_code", "reference_date"]
# Parts in full-time equivalents add up to halves and tenths of a post.
_ROUNDING = 6


def check(cells: pd.DataFrame, context: CheckContext) -> list[Finding]:
    """Errors for a part larger than its whole, and for the parts of a split (by sex, by age) that do not make up their total;
    the other figures are read in the file or, failing that, among the figures in force."""
    columns = [*PLACE, "variable", "value"]
    filled = cells.loc[cells["value"].notna() & (cells["variable"] != ""), [*columns, "cell"]]
    known = pd.concat([context.current[columns], filled[columns]]).dropna(subset=["value"])
    known = known.drop_duplicates([*PLACE, "variable"], keep="last")
    return [*_larger_than_whole(filled, known), *_unlike_total(filled, known)]


def _larger_than_whole(cells: pd.DataFrame, known: pd.DataFrame) -> list[Finding]:
    whole_of = {v.id: v.at_most for v in load_variables().values() if v.at_most}
    parts = cells[cells["variable"].isin(list(whole_of))]
    parts = parts.assign(whole=parts["variable"].map(whole_of))
    if parts.empty:
        return []
    merged = parts.reset_index().merge(
        known.rename(columns={"variable": "whole", "value": "whole_value"}), on=[*PLACE, "whole"], how="left"
    )
    wrong = merged[merged["value"] > merged["whole_value"]].set_index("index")
    return group_findings(wrong, ["variable"], "part_above_whole", Severity.ERROR, _described)


def _unlike_total(cells: pd.DataFrame, known: pd.DataFrame) -> list[Finding]:
    """Parts of a file whose sum exceeds the total or, once every part is known, differs from it."""
    parts = _with_split(cells)
    if parts.empty:
        return []
    key = [*PLACE, "whole", "split"]
    places = known.merge(parts[PLACE].drop_duplicates(), on=PLACE)
    sums = _with_split(places).groupby(key)["value"].agg(parts_sum="sum", parts_known="count").round(_ROUNDING).reset_index()
    merged = parts.reset_index().merge(sums, on=key).merge(_totals(places), on=[*PLACE, "whole"])
    complete = merged["parts_known"] == _split_size(merged)
    wrong = (merged["parts_sum"] > merged["whole_value"]) | (complete & (merged["parts_sum"] != merged["whole_value"]))
    return group_findings(
        merged[wrong].set_index("index"), ["whole", "split"], "parts_unlike_total", Severity.ERROR, _described_split
    )


def _with_split(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures that are a part, with the total and the split they belong to."""
    variables = {v.id: v for v in load_variables().values() if v.part_of}
    parts = figures[figures["variable"].isin(list(variables))]
    return parts.assign(
        whole=parts["variable"].map(lambda v: variables[v].part_of),
        split=parts["variable"].map(lambda v: variables[v].split),
    )


def _split_size(parts: pd.DataFrame) -> pd.Series:
    """How many parts the split of each row has."""
    sizes = Counter((v.part_of, v.split) for v in load_variables().values() if v.part_of)
    return pd.Series(
        [sizes[pair] for pair in zip(parts["whole"], parts["split"], strict=True)], index=parts.index, dtype=int
    )


def _totals(known: pd.DataFrame) -> pd.DataFrame:
    """Totals by place: the variables themselves, and the sums that nobody reports as such where every part is known."""
    reported = known.rename(columns={"variable": "whole", "value": "whole_value"})
    tables = [reported[[*PLACE, "whole", "whole_value"]]]
    for whole, names in SUMS.items():
        parts = known[known["variable"].isin(names)].groupby(PLACE)["value"].agg(["sum", "count"])
        added = parts.loc[parts["count"] == len(names), "sum"].rename("whole_value").reset_index()
        tables.append(added.assign(whole=whole))
    totals = pd.concat(tables, ignore_index=True)
    return totals.assign(whole_value=totals["whole_value"].round(_ROUNDING))


def _described(cell: pd.Series) -> dict[str, object]:
    variables = load_variables()
    return {
        "part": variables[cell["variable"]].labels,
        "whole": variables[cell["whole"]].labels,
        "value": float(cell["value"]),
        "whole_value": float(cell["whole_value"]),
    }


def _described_split(cell: pd.Series) -> dict[str, object]:
    variables = load_variables()
    whole = [variables[name].labels for name in SUMS.get(cell["whole"], (cell["whole"],))]
    parts = [v.labels for v in variables.values() if (v.part_of, v.split) == (cell["whole"], cell["split"])]
    return {
        "parts": {language: " + ".join(p[language] for p in parts) for language in LANGUAGES},
        "whole": {language: " + ".join(w[language] for w in whole) for language in LANGUAGES},
        "sum": float(cell["parts_sum"]),
        "whole_value": float(cell["whole_value"]),
    }
