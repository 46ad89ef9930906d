"""What changed since another month or another version of the data, in words: where, by how much and why."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analytics.baseline_rules import BASELINE_IDS
from analytics.bounds import CENTRAL
from analytics.projection import Projection
from analytics.score_change import Moment, change_of_score
from analytics.two_dates import Known, compare_dates
from analytics.whole_change import PARTS
from data.i18n import isolate
from pages.figures.figures import Figures
from pages.words.view import View

SHOWN = 10
# Less than this, in multiples of the norm or in the indicator's unit, or in points of a score, is written as no change.
_LEAST, _LEAST_SCORE = 0.005, 0.05


@dataclass(frozen=True, slots=True)
class State:
    """One of the two sides of a comparison: result rows by commune, and the figures behind them."""

    rows: pd.DataFrame
    moment: Moment


def state_of(figures: Figures, result: str, month: pd.Timestamp) -> State:
    """What is known of a result in a month."""
    moment = Moment(figures.assessment.panel.of_month(month), figures.assessment.assumptions)
    return State(figures.of_month(result, month), moment)


def state_of_projection(projection: Projection, result: str, month: pd.Timestamp) -> State:
    """What a scenario would make of a result in a month ahead."""
    assessment = projection.assessments[CENTRAL]
    return State(projection.of_month(result, month), Moment(assessment.panel.of_month(month), assessment.assumptions))


def read_changes(view: View, other: Figures, month: pd.Timestamp, recomputed: Figures | None = None) -> pd.DataFrame:
    """The change of the chosen result since another month or another version of the data (``compare_states``).

    Args:
        other: figures of the first date, and ``month`` its month; ``recomputed`` the same under today's definitions.
    """
    result, chosen = view.chosen.indicator, view.chosen.month
    between = state_of(recomputed, result, month) if recomputed else None
    name = f"changes {result} {other.snapshot_id} {month:%Y-%m}"
    changes = view.figures.keep(
        name,
        chosen,
        lambda: compare_states(view, state_of(other, result, month), state_of(view.figures, result, chosen), between),
    )
    return changes.loc[view.codes]


def compare_states(view: View, first: State, second: State, recomputed: State | None = None) -> pd.DataFrame:
    """The change of the chosen result by commune: of an indicator that of its figure (``analytics.two_dates``); of a service, of the
    index or of the starting point that of its score, figures that came in among the causes (``analytics.score_change``)."""
    result, definitions = view.chosen.indicator, view.figures.definitions
    before, after = first.rows.reindex(second.rows.index), second.rows
    middle = recomputed.rows.reindex(after.index) if recomputed else before
    if result in definitions.indicators:
        return compare_dates(before, after, definitions.indicators[result], middle)
    scores = [rows["score"].astype(float) for rows in (before, middle, after)]
    parts = _parts_of_score(view, recomputed or first, second, scores)
    both = scores[0].notna() & scores[2].notna()
    parts["method"] = scores[1] - scores[0]
    known = pd.Series(Known.NEITHER.value, index=after.index)
    known[scores[0].notna()], known[scores[2].notna()], known[both] = Known.FIRST.value, Known.SECOND.value, Known.BOTH.value
    return pd.DataFrame(
        {
            "before": scores[0],
            "after": scores[2],
            "change": scores[2] - scores[0],
            **{name: parts[name].where(both) for name in PARTS},
            "class_before": before["severity_class"],
            "class_after": after["severity_class"],
            "lifted_by": after["lifted_by"],
            "known": known,
        }
    )


def _parts_of_score(view: View, first: State, second: State, scores: list[pd.Series]) -> dict[str, pd.Series]:
    """What demand, capacity, norm and reporting add under one method. The starting point is measured, and has no demand: what changes
    in it are figures that came in."""
    if view.chosen.indicator in BASELINE_IDS:
        nothing = pd.Series(0.0, index=second.rows.index)
        return {"demand": nothing, "capacity": nothing, "norm": nothing, "reporting": scores[2] - scores[1]}
    table = change_of_score(first.moment, second.moment, view.figures.definitions, view.chosen.indicator)
    return {name: table[name].reindex(second.rows.index) for name in ("demand", "capacity", "norm", "reporting")}


def state_changes(view: View, changes: pd.DataFrame, since: str) -> str:
    """Since when, or from what to what (``dates.from``, ``dates.between``): how many communes rose or fell by a class, how many
    did
    not, and of how many only reporting changed."""
    both = changes[changes["known"] == Known.BOTH]
    moved = both["class_after"].astype(float) - both["class_before"].astype(float)
    counts = {"up": int((moved > 0).sum()), "down": int((moved < 0).sum()), "same": int((moved == 0).sum())}
    reporting = int(changes["known"].isin([Known.FIRST, Known.SECOND]).sum())
    unknown = len(changes) - sum(counts.values()) - reporting
    # Without a class on both sides, "0 up, 0 down" would tell a calm that nobody knows of.
    said = view.t("dates.finding" if sum(counts.values()) else "dates.none_known", since=since, **counts)
    if unknown and sum(counts.values()):
        said = view.t("dates.unknown", finding=said, unknown=unknown)
    return f"{said}. {view.t('dates.only_reporting', count=reporting)}" if reporting else said


def list_changes(view: View, changes: pd.DataFrame) -> list[dict[str, object]]:
    """The communes that changed most, the largest change first, each with its causes."""
    known = changes[changes["known"] == Known.BOTH]
    order = known["change"].abs().sort_values(ascending=False, kind="stable").index[:SHOWN]
    least, decimals = _written(view)
    return [_row(view, str(code), known.loc[code], decimals) for code in order if abs(known.at[code, "change"]) >= least]


def _written(view: View) -> tuple[float, int]:
    """The least change that is written, and with how many decimals: a score in tenths, so that its parts are seen to sum."""
    return (_LEAST, 2) if view.chosen.indicator in view.figures.definitions.indicators else (_LEAST_SCORE, 1)


def _row(view: View, code: str, row: pd.Series, decimals: int) -> dict[str, object]:
    before, after = (view.t.number(row[name], decimals) for name in ("before", "after"))
    return {
        "name": view.name(code),
        "before": before,
        "after": after,
        "change": write_signed(view, row["change"], decimals),
        "why": write_causes(view, row, *_written(view)),
        "lifted_by": _write_lift(view, row),
        "classes": tuple(None if pd.isna(row[name]) else int(row[name]) for name in ("class_before", "class_after")),
        "classes_said": write_classes(view, row["class_before"], row["class_after"]),
    }


def write_classes(view: View, before: float, after: float) -> str:
    """The class on both sides; that there is none in words, and once where there is none on either side."""
    if pd.isna(before) and pd.isna(after):
        return view.t("class.none")
    said = (view.t("class.none") if pd.isna(side) else str(int(side)) for side in (before, after))
    # The arrow points from the first to the second in both directions of writing.
    return f"\u2066{' → '.join(isolate(side) for side in said)}\u2069"


def _write_lift(view: View, row: pd.Series) -> str:
    """What lifts the new class above the one that the score gives, where the class is another one than before."""
    lifting = str(row.get("lifted_by") or "")
    moved = (
        row["class_before"] != row["class_after"] if pd.notna(row["class_before"]) and pd.notna(row["class_after"]) else True
    )
    return view.t("face.lifted_by", indicator=view.result_label(lifting)) if lifting and moved else ""


def write_causes(view: View, row: pd.Series, least: float = _LEAST, decimals: int = 2) -> str:
    """The causes of a change that moved anything, the largest first."""
    parts = {cause: row[cause] for cause in PARTS if cause in row and pd.notna(row[cause]) and abs(row[cause]) >= least}
    ordered = sorted(parts, key=lambda cause: -abs(parts[cause]))
    written = (view.t(f"dates.{cause}", change=write_signed(view, parts[cause], decimals)) for cause in ordered)
    return view.t("sign.between").join(written)


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
            values = {"service": view.result_label(sector.value), "before": before, "after": after}
            # Several causes may each be too small to be written.
            why = write_causes(view, row)
            lines.append(t("dates.of_service", **values, why=why) if why else t("dates.of_service_alone", **values))
    return t("dates.since", month=t.month(since), changes=t("sign.between").join(lines)) if lines else ""
