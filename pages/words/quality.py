"""Quality of what communes reported, in words: the sentence at the head, one row a commune, each figure to ask about."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from analytics.demand import PARTS
from analytics.lateness import Receipt
from analytics.quality import FlagKind
from data.i18n import NO_VALUE
from pages.figures.collection import read_quality, read_states
from pages.words.links import commune_link
from pages.words.view import View

DIMENSIONS = ("is_complete", "is_timely", "is_internal", "is_external")
SHOWN_FLAGS = 40


def state_quality(view: View, today: date) -> str:
    """How much of what is asked for came, and how many figures are to be asked about."""
    quality, t = read_quality(view.figures, view.chosen.month, today), view.t
    communes = quality.communes.loc[view.codes]
    asked, filled = int(communes["asked"].sum()), int(communes["filled"].sum())
    count = int(quality.flags["commune_code"].isin(view.codes).sum())
    share = t.percent(filled / asked if asked else np.nan)
    said = t("quality.finding", month=t.month(view.chosen.month), share=share, filled=filled, asked=asked, count=count)
    states = read_states(view.figures, [view.chosen.month], today)["state"]
    return f"{said} {t('quality.simulated')}" if (states == Receipt.SIMULATED.value).any() else said


def list_communes(view: View, today: date) -> list[dict[str, object]]:
    """One row a commune of the chosen territory: those with most to ask about first, then the least complete."""
    quality, t = read_quality(view.figures, view.chosen.month, today), view.t
    communes = quality.communes.loc[view.codes]
    flagged = quality.flags["commune_code"].value_counts().reindex(communes.index, fill_value=0)
    order = communes.assign(flagged=flagged, label=[view.name(c) for c in communes.index])
    order = order.sort_values(["flagged", "completeness", "label"], ascending=[False, True, True])
    return [
        {
            "href": commune_link(view, code),
            "name": view.name(code),
            "filled": t("quality.filled_of", filled=int(row["filled"]), asked=int(row["asked"])),
            "completeness": t.percent(row["completeness"]),
            "days": write_days(view, row["days"]),
            "dimensions": [write_dimension(view, row[name]) for name in DIMENSIONS],
            "flagged": int(row["flagged"]),
            "mark": write_mark(view, row),
        }
        for code, row in order.iterrows()
    ]


def write_days(view: View, days: float) -> str:
    """Days from the end of the month to the first file; that nothing came; a dash where nobody can tell."""
    if np.isnan(days):
        return NO_VALUE
    return view.t("quality.never") if np.isinf(days) else view.t("quality.days", count=int(days))


def write_dimension(view: View, value: float) -> dict[str, str]:
    """A dimension that holds, that is to be looked at, or that cannot be judged."""
    kind = "unknown" if np.isnan(value) else "holds" if value == 1 else "apart"
    return {"kind": kind, "said": view.t(f"quality.is_{kind}")}


def write_mark(view: View, row: Any) -> str:
    """How many of the dimensions that can be judged hold; that none can."""
    if not row["judged"]:
        return view.t("quality.not_judged")
    return view.t("quality.mark", passed=int(row["passed"]), judged=int(row["judged"]))


def count_flags(view: View, commune: str, variables: tuple[str, ...], today: date) -> int:
    """How many figures behind a result of a commune are to be asked about in the chosen month."""
    flags = read_quality(view.figures, view.chosen.month, today).flags
    own = flags[flags["commune_code"] == commune]
    named = {part for name in variables for part in (name, *PARTS.get(name, ()))}
    return int(sum(bool(named & {row.variable, *row.others.split("+")}) for row in own.itertuples()))


def list_flags(view: View, today: date, commune: str = "") -> list[dict[str, str]]:
    """Each figure to ask about, in the order of the variables: commune, figure, what it was set beside."""
    flags = read_quality(view.figures, view.chosen.month, today).flags
    codes = [commune] if commune else view.codes
    order = {name: at for at, name in enumerate(view.variables)}
    inside = flags[flags["commune_code"].isin(codes)]
    found = sorted(inside.itertuples(), key=lambda row: (view.name(row.commune_code), order.get(row.variable, 0), row.kind))
    return [_write_flag(view, row) for row in found]


def build_quality_tables(view: View, today: date) -> dict[str, pd.DataFrame]:
    """The measures of every commune and the figures to ask about, as sheets in the reader's words."""
    t, month = view.t, view.chosen.month
    communes = read_quality(view.figures, month, today).communes.loc[view.codes]
    table = pd.DataFrame(
        {
            t("column.commune_code"): communes.index,
            t("column.commune_name"): [view.name(code) for code in communes.index],
            t("column.reference_date"): f"{month:%Y-%m}",
            t("quality.asked"): communes["asked"].to_numpy(),
            t("quality.filled"): communes["filled"].to_numpy(),
            t("quality.completeness"): communes["completeness"].to_numpy(),
            t("quality.days_heading"): [write_days(view, days) for days in communes["days"]],
            **{t(f"quality.{name}"): [write_dimension(view, v)["said"] for v in communes[name]] for name in DIMENSIONS},
            **{t(f"quality.kind_{kind}"): communes[f"{kind}_apart"].to_numpy() for kind in FlagKind},
        }
    )
    flags = pd.DataFrame(list_flags(view, today), columns=["name", "figure", "value", "kind", "said"])
    headings = {name: t(f"quality.flag_{name}") for name in flags.columns}
    return {t("quality.sheet_communes"): table, t("quality.sheet_flags"): flags.rename(columns=headings)}


def _write_flag(view: View, row: Any) -> dict[str, str]:
    t, variables = view.t, view.variables
    others = [t.label(variables[name].labels) for name in row.others.split("+") if name in variables]
    kept = {"value": t.number(row.value), "compared": t.number(row.compared), "others": t("sign.comma").join(others)}
    return {
        "name": view.name(row.commune_code),
        "figure": t.label(variables[row.variable].labels),
        "value": t.number(row.value),
        "kind": t(f"quality.kind_{row.kind}"),
        "said": t(f"quality.said_{row.kind}", **kept),
    }
