"""An order of communes in words: ranks, why, the scale of the list, severity against people, what moves the order."""

from __future__ import annotations

import pandas as pd

from analytics.baseline_rules import BASELINE_IDS
from analytics.ranking import Quadrant, Tier, classed_above_rank, count_tiers
from analytics.summary import displacement_share
from pages.words.baseline import write_worst_part
from pages.words.certainty import write_ranks, write_sure_tier, write_tier, write_too_few
from pages.words.class_words import sign_of, write_own, write_score
from pages.words.coverage import add_coverage
from pages.words.links import commune_link
from pages.words.view import View

SCORE_SCALE = 100.0


def label_move(view: View, move: pd.Series) -> str:
    """An assumption and the way it was moved, in words."""
    t, definitions = view.t, view.figures.definitions
    kind, name, way = move["kind"], move["id"], move["way"]
    if kind == "norm":
        return t(f"compare.norm_{way}", label=t.label(definitions.norms[name].labels))
    if kind == "weight":
        return t(f"compare.weight_{way}", label=view.result_label(name))
    if kind == "rule":
        return t(f"compare.rule_{way}")
    return t(f"compare.{kind}", label=t(f"census.{way}" if kind == "counting" else f"norms.{way}"))


def rank_row(view: View, row: pd.Series) -> dict[str, object]:
    """One ranked commune in the reader's words: possible ranks, whether it is among the first, why, score, class."""
    t, legend = view.t, view.figures.definitions.legend
    displaced = displacement_share(row["score"], row["score_without_displaced"])
    severity, color = sign_of(row, legend)
    if row["indicator_id"] in BASELINE_IDS:
        # The census does not tell displaced people apart: no part of the score is due to them.
        displaced = 0.0
    known = pd.notna(displaced)
    parts = {"score": write_score(row["score"], legend, t)} | ({"displaced": t.number(displaced, 0)} if known else {})
    return {
        "rank": t.number(row["rank"]),
        "ranks": write_ranks(t, row),
        "tier": write_sure_tier(view, row),
        "name": view.name(row["commune_code"]),
        "why": _why(view, row),
        "code": row["commune_code"],
        "href": commune_link(view, row["commune_code"]),
        "structural": round(row["score"] - displaced, 1) if known else round(row["score"], 1),
        # An unknown share is not a share of nothing: no part is drawn, and it is said.
        "displacement": round(displaced, 1) if known else None,
        "detail": _detail(view, row["indicator_id"], parts),
        "severity": severity,
        "color": color,
        "kind": view.figures.definitions.class_kind(row["indicator_id"]).value,
        "class_label": view.describe_class(row),
    }


def _detail(view: View, result_id: str, parts: dict[str, str]) -> str:
    """The score of a row, and how much of it displacement makes."""
    if result_id in BASELINE_IDS:
        return view.t("baseline.rank_detail", score=parts["score"])
    return view.t("rank.detail" if "displaced" in parts else "rank.detail_unknown", **parts)


def _why(view: View, row: pd.Series) -> str:
    """What gives the class that stands beside it: what lifted it, or what weighs most, with its figure where it has one."""
    t, figures = view.t, view.figures
    if row["indicator_id"] in BASELINE_IDS:
        return write_worst_part(view, row)
    worst = row["lifted_by"] or row["worst_indicator"] or row["indicator_id"]
    if worst in figures.definitions.sector_labels:
        inside = figures.of_month(worst, view.chosen.month).loc[row["commune_code"]]
        worst = inside["lifted_by"] or inside["worst_indicator"] or worst
    if worst not in figures.definitions.indicators:
        return view.result_label(worst)
    result = figures.of_month(worst, view.chosen.month).loc[row["commune_code"]]
    why = t("rank.why", indicator=view.result_label(worst), times=view.figure_against_norm(worst, result))
    own = write_own(result, t)
    return t("face.classed", reason=why, severity=own) if own and own != write_own(row, t) else why


def say_out_of_class(view: View, listed: pd.DataFrame) -> str:
    """How many communes of a list have a class higher than their rank, and why; empty where the order of the list and the classes
    agree (``analytics.ranking.classed_above_rank``)."""
    count = len(classed_above_rank(listed))
    return view.t("rank.out_of_class", count=count) if count else ""


def state_quadrant(view: View, quadrant: Quadrant) -> str:
    """How many communes are both under more pressure than the median and with more people, and the first of them."""
    t = view.t
    if quadrant.known.empty:
        return t("compare.quadrant_empty")
    if not quadrant.both:
        return t("compare.quadrant_none")
    finding = t("compare.quadrant_finding", count=len(quadrant.both), name=view.name(quadrant.both[0]))
    return add_coverage(t, finding, view.figures.coverage(view.chosen.indicator, view.chosen.month))


def read_ranking(view: View) -> pd.DataFrame:
    """The communes of the territory that have a rank on the chosen result, the first first: interval, ranks, people."""
    return view.keep("ranks", lambda: _read_ranking(view))


def _read_ranking(view: View) -> pd.DataFrame:
    figures, chosen = view.figures, view.chosen
    intervals = figures.ranking(chosen.indicator, chosen.month)
    everyone = intervals[intervals["rank"].notna()]
    # Reindexed: assigning a column of all communes to an empty table would give it rows.
    results = figures.of_month(chosen.indicator, chosen.month).reindex(everyone.index)
    return (
        everyone.assign(
            people_above_norm=figures.people_above_norm(chosen.indicator, chosen.month).reindex(everyone.index),
            **{
                name: results[name]
                for name in ("severity_class", "severity_class_low", "severity_class_high", "status", "score")
            },
            reliability=results["reliability"],
            name=[view.name(code) for code in everyone.index],
        )
        .loc[[code for code in view.codes if code in everyone.index]]
        .sort_values(["rank", "people_above_norm"], ascending=[True, False], kind="stable")
    )


def state_finding(view: View, ranking: pd.DataFrame) -> str:
    """The first commune, and how many are almost surely among the first; why there is no order where there is none."""
    t, result = view.t, view.chosen.indicator
    if ranking.empty:
        return write_too_few(view, result) or t("finding.nothing_assessed", result=view.result_label(result))
    rules = view.figures.definitions.uncertainty
    count, size = count_tiers(ranking, rules)[Tier.FIRST], rules.first_communes[0]
    found = "baseline.compare" if result in BASELINE_IDS else "compare.finding"
    finding = t(found if count else "compare.finding_none", name=ranking.iloc[0]["name"], count=count, size=size)
    return add_coverage(t, finding, view.figures.coverage(result, view.chosen.month))


def count_in_words(view: View, ranking: pd.DataFrame) -> str:
    """How many communes are almost surely among the first, how many almost surely not, and of how many nothing can be said."""
    rules = view.figures.definitions.uncertainty
    counts = {str(tier): count for tier, count in count_tiers(ranking, rules).items()}
    return view.t("compare.tiers", size=rules.first_communes[0], **counts)


def write_chart_ranks(view: View, figure: str, row: pd.Series) -> str:
    """A figure with the expected and the possible ranks of its commune, and whether it is among the first: as a chart writes it
    beside a bar."""
    t, expected = view.t, view.t.number(row["expected_rank"], 0)
    return t("chart.ranks", figure=figure, expected=expected, ranks=write_ranks(t, row), tier=write_tier(view, row))


def write_ranks_key(view: View) -> str:
    """What the words beside the bars of a chart of ranks say."""
    return view.t("chart.ranks_key", size=view.figures.definitions.uncertainty.first_communes[0])


def is_score(view: View) -> bool:
    """Whether the chosen result is a score, not a pressure."""
    return view.chosen.indicator not in view.figures.definitions.indicators


def scale_of(view: View, ranking: pd.DataFrame) -> float:
    """End of the bars: 100 for a score, the highest interval otherwise, so that all bars share it."""
    return SCORE_SCALE if is_score(view) else max(1.5, float(ranking["high"].quantile(0.95)))


def decimals_of(view: View) -> int:
    """With how many decimals the chosen result is written."""
    return 0 if is_score(view) else 1


def unit_of(view: View) -> str:
    """What the scale of the ranking counts."""
    t, definitions = view.t, view.figures.definitions
    if is_score(view):
        return t("compare.unit_score")
    indicator = definitions.indicators[view.chosen.indicator]
    return t(f"unit.{indicator.unit}") if indicator.goalposts else t("compare.unit_norm")
