"""The order of communes as a sheet of a workbook: ranks, possible ranks, interval, class, and whose class is higher than its rank."""

from __future__ import annotations

import pandas as pd

from analytics.ranking import classed_above_rank
from pages.words.data_version import name_version
from pages.words.ranks import count_in_words, say_out_of_class, unit_of
from pages.words.sources import cite
from pages.words.view import View

_COUNTED = ("rank", "rank_low", "rank_high", "expected_rank")
_FIGURES = (
    "estimate", "low", "high", "probability_high", "people_above_norm", "severity_class_low", "severity_class_high", "reliability",
)  # fmt: skip
# Of what a sheet shows; the API has every digit.
_DECIMALS = {"expected_rank": 1, "estimate": 2, "low": 2, "high": 2}
_HEADINGS = {"people_above_norm": "compare.people"}


def build_ranking_table(view: View, ranking: pd.DataFrame) -> pd.DataFrame:
    """The order of a territory (``pages.words.ranks.read_ranking``), one row a commune, under headings in words; ``estimate`` and its
    ends in the unit of the list. The remark says of a commune that its class is higher than its rank."""
    t, above = view.t, classed_above_rank(ranking)
    among = [f"first_{size}" for size in sorted(view.figures.definitions.uncertainty.first_communes)]
    table = ranking.assign(
        commune_name=ranking["name"],
        remark=[t("rank.class_above") if code in above else "" for code in ranking["commune_code"]],
    )
    columns = [*_COUNTED, *among, "commune_code", "commune_name", *_FIGURES, "remark"]
    return (
        table[columns].round(_DECIMALS).rename(columns={name: t(_HEADINGS.get(name, f"column.{name}")) for name in columns})
    )


def write_ranking_notes(view: View, ranking: pd.DataFrame) -> list[str]:
    """What the sheet is an order of, how sure it is, how many classes are higher than the rank, its sources and its version."""
    t, chosen = view.t, view.chosen
    said = t("compare.lead", result=view.result_label(chosen.indicator), month=t.month(chosen.month))
    unit = f"{t('column.estimate')}{t('sign.colon')}{unit_of(view)}"
    source = t("chart.from", sources=cite(view, [chosen.indicator]) or t("chart.source_none"))
    version = t("annex.snapshots", snapshots=name_version(t, view.figures.snapshot_id), version=view.method)
    demonstration = t("deck.demonstration") if view.figures.has_demonstration else ""
    lines = [said, unit, count_in_words(view, ranking), say_out_of_class(view, ranking), source, version, demonstration]
    return [line for line in lines if line]
