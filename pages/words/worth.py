"""What to ask for first, in words: the figures of a month that would say most, and what is missing altogether."""

from __future__ import annotations

import pandas as pd

from analytics.demand import PARTS
from analytics.model import ResultStatus
from pages.words.links import commune_link
from pages.words.view import View

SHOWN = 12
# What narrows the range by less is 0 % in words.
LEAST_NARROWING = 0.005
_UNKNOWN = (ResultStatus.MISSING, ResultStatus.INSUFFICIENT)


def worth_rows(view: View, commune: str | None = None) -> list[dict[str, str]]:
    """The twelve figures that would say most: of the chosen territory for the list of the first communes, or of one commune for its
    own index."""
    table = worth_table(view)
    if commune is None:
        listed = table[table["commune_code"].isin(view.codes)].head(SHOWN)
    else:
        own = table[(table["commune_code"] == commune) & (table["narrowing"] >= LEAST_NARROWING)]
        listed = own.sort_values("narrowing", ascending=False, kind="stable").head(SHOWN)
    return [_row(view, row) for row in listed.itertuples()]


def state_worth(view: View, rows: list[dict[str, str]]) -> str:
    """The first figure to confirm of a commune and what it would bring; that there is none where nothing is unsure."""
    t, month = view.t, view.t.month(view.chosen.month)
    if not rows:
        return t("worth.nothing_unsure", month=month)
    return t("worth.first", figure=rows[0]["figure"], narrowing=rows[0]["narrowing"], month=month)


def unknown_indicators(view: View, commune: str) -> list[str]:
    """Labels of the indicators that weigh in the index of a commune and cannot be computed in the chosen month."""
    results = view.figures.of_commune(commune, view.chosen.month)
    weighing = [
        i.id for i in view.figures.definitions.indicators.values() if i.weight > 0 and i.sector in view.figures.services
    ]
    return [view.result_label(name) for name in weighing if results.at[name, "status"] in _UNKNOWN]


def worth_table(view: View) -> pd.DataFrame:
    """Every figure of the month with what it is worth (``analytics.worth``), the worthiest first."""
    return view.figures.worth(view.chosen.month)


def name_figure(view: View, variable: str) -> str:
    """Label of a reported figure; of a total, the labels of its parts."""
    parts = PARTS.get(variable, (variable,))
    return view.t("sign.comma").join(view.t.label(view.variables[part].labels) for part in parts if part in view.variables)


def without_result(view: View) -> int:
    """How many communes of the chosen territory have no index in the month: what is missing comes before what is unsure."""
    return len(set(view.codes) - set(worth_table(view)["commune_code"]))


def _row(view: View, row: object) -> dict[str, str]:
    t = view.t
    return {
        "href": commune_link(view, row.commune_code),  # type: ignore[attr-defined]
        "name": view.name(row.commune_code),  # type: ignore[attr-defined]
        "figure": name_figure(view, row.variable),  # type: ignore[attr-defined]
        "list_surer": t.percent(row.list_surer, 1),  # type: ignore[attr-defined]
        "narrowing": t.percent(row.narrowing),  # type: ignore[attr-defined]
        "class_surer": t.percent(row.class_surer),  # type: ignore[attr-defined]
        "provenance": view.figures.provenance(row.variable, view.chosen.month, row.commune_code),  # type: ignore[attr-defined]
    }
