"""What changed since another month or another version of the data, in words: where, by how much and why."""

from __future__ import annotations

import pandas as pd

from analytics.two_dates import CAUSES, Known, compare_dates
from pages.figures.figures import Figures
from pages.words.view import View

SHOWN = 10
# Less than this, in multiples of the norm or in the indicator's unit, is written as no change.
_LEAST, _LEAST_SCORE = 0.005, 0.5


def read_changes(view: View, other: Figures, month: pd.Timestamp, recomputed: Figures | None = None) -> pd.DataFrame:
    """The change of the chosen result by commune of the territory (``analytics.two_dates``); of a service, the index or the starting
    point the change of its score, which no cause is told of.

    Args:
        other: figures of the first date, and ``month`` its month; ``recomputed`` the same under today's definitions.
    """
    result, chosen = view.chosen.indicator, view.chosen.month
    first, second = other.of_month(result, month).reindex(view.codes), view.figures.of_month(result, chosen).loc[view.codes]
    indicator = view.figures.definitions.indicators.get(result)
    if indicator is not None:
        between = recomputed.of_month(result, month) if recomputed else None
        return compare_dates(first, second, indicator, between)
    before, after = first["score"], second["score"]
    both = before.notna() & after.notna()
    known = pd.Series(Known.NEITHER.value, index=second.index)
    known[before.notna() & ~both], known[after.notna() & ~both] = Known.FIRST.value, Known.SECOND.value
    known[both] = Known.BOTH.value
    classes = {"class_before": first["severity_class"], "class_after": second["severity_class"]}
    parts = dict.fromkeys(CAUSES, float("nan"))
    return pd.DataFrame({"before": before, "after": after, "change": after - before, **parts, **classes, "known": known})


def state_changes(view: View, changes: pd.DataFrame, since: str) -> str:
    """How many communes rose or fell by a class, how many stayed, and of how many only reporting changed."""
    both = changes[changes["known"] == Known.BOTH]
    moved = both["class_after"].astype(float) - both["class_before"].astype(float)
    counts = {"up": int((moved > 0).sum()), "down": int((moved < 0).sum()), "same": int((moved == 0).sum())}
    reporting = int(changes["known"].isin([Known.FIRST, Known.SECOND]).sum())
    said = view.t("dates.finding", since=since, **counts)
    return f"{said} {view.t('dates.reporting', count=reporting)}" if reporting else said


def list_changes(view: View, changes: pd.DataFrame) -> list[dict[str, object]]:
    """The communes that changed most, the largest change first, each with its causes."""
    known = changes[changes["known"] == Known.BOTH]
    order = known["change"].abs().sort_values(ascending=False, kind="stable").index[:SHOWN]
    least = _LEAST if view.chosen.indicator in view.figures.definitions.indicators else _LEAST_SCORE
    return [_row(view, str(code), known.loc[code]) for code in order if abs(known.at[code, "change"]) >= least]


def _row(view: View, code: str, row: pd.Series) -> dict[str, object]:
    t, decimals = view.t, 2 if view.chosen.indicator in view.figures.definitions.indicators else 0
    before, after = (t.number(row[name], decimals) for name in ("before", "after"))
    return {
        "name": view.name(code),
        "before": before,
        "after": after,
        "change": write_signed(view, row["change"], decimals),
        "why": write_causes(view, row),
        "classes": tuple(None if pd.isna(row[name]) else int(row[name]) for name in ("class_before", "class_after")),
    }


def write_causes(view: View, row: pd.Series) -> str:
    """The causes of a change that moved anything, the largest first; empty where none is told."""
    parts = {cause: row[cause] for cause in CAUSES if pd.notna(row[cause]) and abs(row[cause]) >= _LEAST}
    ordered = sorted(parts, key=lambda cause: -abs(parts[cause]))
    return view.t("sign.between").join(
        view.t(f"dates.{cause}", change=write_signed(view, parts[cause], 2)) for cause in ordered
    )


def write_signed(view: View, value: float, decimals: int) -> str:
    """A change with its sign, which stands before the figure in both directions."""
    text = view.t.number(abs(value), decimals)
    return f"\u2066{'+' if value >= 0 else '−'}{text}\u2069"


def write_commune_changes(view: View, commune: str) -> str:
    """One line on paper: the headline of each service a year before, or at the first month known, and now, with the causes."""
    figures, chosen, t = view.figures, view.chosen.month, view.t
    earlier = [month for month in figures.months if month < chosen]
    if not earlier:
        return ""
    since = max([m for m in earlier if m <= chosen - pd.DateOffset(years=1)], default=earlier[0])
    lines = []
    for sector in figures.services:
        indicator = figures.definitions.indicators[figures.definitions.headlines[sector]]
        row = compare_dates(figures.of_month(indicator.id, since), figures.of_month(indicator.id, chosen), indicator).loc[
            commune
        ]
        before, after = t.number(row["before"], 2), t.number(row["after"], 2)
        # A change that the figures do not show is none to a reader.
        if row["known"] == Known.BOTH and before != after:
            values = {"before": before, "after": after, "why": write_causes(view, row)}
            lines.append(t("dates.of_service", service=view.result_label(sector.value), **values))
    return t("dates.since", month=t.month(since), changes=t("sign.between").join(lines)) if lines else ""
