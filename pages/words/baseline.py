"""The starting point of a commune in words: its classes, its parts with their figures, and how the order compares with a programme."""

from __future__ import annotations

import pandas as pd

from analytics.baseline_rules import BASELINE_ID, BASELINE_IDS, BaselineFace, BaselinePart, baseline_face_id
from analytics.external_check import check_against
from analytics.model import PROVENANCE_ORDER
from data.i18n import Translator
from data.source_words import write_source
from pages.figures.baseline import read_baseline_parts
from pages.words.known import WHOLE
from pages.words.view import View


def has_baseline(view: View) -> bool:
    """Whether these figures have a starting point."""
    return BASELINE_ID in view.figures.results


def write_baseline(view: View, results: pd.DataFrame) -> str:
    """The starting point of a commune in one line: the whole, then both faces; empty where there is none.

    Args:
        results: every result of the commune, by id.
    """
    if not has_baseline(view):
        return ""
    parts = [
        f"{view.result_label(name)}{view.t('sign.colon')}{view.describe_class(results.loc[name])}" for name in BASELINE_IDS
    ]
    return view.t("sign.between").join(parts)


def list_faces(view: View, results: pd.DataFrame) -> list[dict[str, object]]:
    """The whole and its two faces: label, class, score with its bounds."""
    return [_face(view, results.loc[name]) for name in BASELINE_IDS if has_baseline(view)]


def _face(view: View, row: pd.Series) -> dict[str, object]:
    t, badge = view.t, view.badge(row)
    low, high = (t.number(row[end], 0) for end in ("score_low", "score_high"))
    text = t(
        "baseline.score_between" if low != high else "baseline.score", score=t.number(row["score"], 0), low=low, high=high
    )
    return {
        "label": view.result_label(row["indicator_id"]),
        "badge": badge,
        "is_known": badge.severity is not None,
        "number": t.number(row["score"], 0),
        "score": text if badge.severity else "",
    }


def list_parts(view: View, commune: str) -> list[dict[str, object]]:
    """Each part that concerns a commune: what, how much, its class, of how many people it is known, why it is scored so."""
    rules = view.figures.definitions.baseline
    if rules is None:
        return []
    known = read_baseline_parts(view.figures, view.chosen.month)
    rows = known.loc[commune] if commune in known.index.get_level_values(0) else known.iloc[:0]
    return [
        _part(view, part, rows.loc[part.id])
        for face in BaselineFace
        for part in rules.of_face(face)
        if part.id in rows.index
    ]


def _part(view: View, part: BaselinePart, row: pd.Series) -> dict[str, object]:
    t, rules = view.t, view.figures.definitions.baseline
    assert rules is not None, "asked for where there is a baseline"
    severity = None if pd.isna(row["severity_class"]) else int(row["severity_class"])
    withheld = t("baseline.known_of", share=t.percent(row["known_share"])) if row["known_share"] < 1 else ""
    return {
        "label": t.label(part.labels),
        "theme": t.label(rules.themes[part.theme]),
        "face": t.label(rules.faces[part.face]),
        "figure": write_part(part, row["value"], t),
        "note": withheld,
        "severity": severity,
        "color": view.figures.definitions.legend.color(severity),
        "provenance": PROVENANCE_ORDER[int(row["provenance"])].value if row["provenance"] >= 0 else "",
    }


def write_part(part: BaselinePart, value: float, t: Translator) -> str:
    """A part's figure with its unit; outside of the map of the event where only that is known."""
    if pd.isna(value):
        return t("baseline.outside") if part.where_silent is not None else t("status.missing")
    # The label of the intensity says its unit.
    return t.number(value, part.decimals) if part.unit == "mmi" else t.quantity(value, part.unit, part.decimals)


def write_worst_part(view: View, row: pd.Series) -> str:
    """The part that weighs most in a result of the baseline, with its figure; empty where there is no score."""
    rules, part_id = view.figures.definitions.baseline, row["worst_indicator"]
    part = next((p for p in rules.parts if p.id == part_id), None) if rules else None
    if part is None:
        return ""
    found = read_baseline_parts(view.figures, view.chosen.month).loc[(row["commune_code"], part_id)]
    figure = write_part(part, found["value"], view.t)
    if found["known_share"] < WHOLE:
        figure = view.t("baseline.known_short", figure=figure, share=view.t.percent(found["known_share"]))
    return view.t("rank.why", indicator=view.t.label(part.labels), times=figure)


def list_definitions(view: View) -> list[dict[str, object]]:
    """Each part with its goalposts, its reason and its source, as the Methods screen prints them."""
    rules, t = view.figures.definitions.baseline, view.t
    if rules is None:
        return []
    return [
        {
            "id": part.id,
            "label": t.label(part.labels),
            "unit": t(f"unit.{part.unit}"),
            "figure": "",
            "goalposts": "",
            "assumption": "",
            "weight": f"{t.label(rules.faces[part.face])} · {t.label(rules.themes[part.theme])}",
            "description": t.label(part.why),
            "formula": _points(part, t),
            "norms": [t(f"norm_status.{part.status}")],
            "sources": [write_source(part.source, t)],
        }
        for face in BaselineFace
        for part in rules.of_face(face)
    ]


def _points(part: BaselinePart, t: Translator) -> str:
    pairs = (f"{t.number(value, 2 if value % 1 else 0)} → {t.number(score, 0)}" for value, score in part.points)
    return t("sign.between").join(f"\u2066{pair}\u2069" for pair in pairs)


def write_check(view: View) -> list[str]:
    """How well the order finds the communes of the programme, who is not in it, and who stands low although it is: questions."""
    t, month = view.t, view.chosen.month
    lines = []
    for name in (BASELINE_ID, *(baseline_face_id(face) for face in BaselineFace)):
        scores = view.figures.of_month(name, month)["score"] if has_baseline(view) else pd.Series(dtype=float)
        check = check_against(scores, view.figures.communes["in_programme"])
        if check is None:
            continue
        values = {"area": t.number(check.area, 2), "found": check.found, "chosen": check.chosen, "compared": check.compared}
        lines.append(t("baseline.check", result=view.result_label(name), **values))
        if name == BASELINE_ID:
            names = {
                key: t("sign.comma").join(map(view.name, codes))
                for key, codes in (("left", check.left_out), ("low", check.low))
            }
            lines += [t(f"baseline.check_{key}", names=text) for key, text in names.items() if text]
    return lines
