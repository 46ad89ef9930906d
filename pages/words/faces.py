"""The two faces of a service in words: the class of each, the indicator that gives it, its figure and the people concerned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analytics.faces import Face, face_id
from analytics.model import Indicator, Sector
from analytics.pressure import HIGH_CLASS, LOWEST_CLASS
from analytics.summary import class_of
from pages.words.class_words import write_own, write_score
from pages.words.known import WHOLE
from pages.words.view import View

# From this class on, people are concerned.
ABOVE_NORM = 3


@dataclass(frozen=True, slots=True)
class FaceLine:
    """One face of a service: its name, its class (``said`` in words where there is no one class), and what gives it."""

    label: str
    severity: int | None
    color: str
    kind: str
    said: str
    reason: str


def list_faces(view: View, results: pd.DataFrame, sector: Sector) -> list[FaceLine]:
    """The faces of a service, the worse first; last the access of a town, that the census does not measure."""
    faces = [(face, results.loc[i]) for face in Face if (i := face_id(sector.value, face)) in results.index]
    known = [(face, result) for face, result in faces if result["status"] != "not_assessed"]
    ordered = sorted(known, key=lambda of: -_weight(of[1]["severity_class_low"]))
    lines = [_write_face(view, results, sector, face, result) for face, result in ordered]
    is_town = any(face is Face.ACCESS and result["status"] == "not_assessed" for face, result in faces)
    return [*lines, _write_town(view, sector)] if is_town else lines


def _write_town(view: View, sector: Sector) -> FaceLine:
    """Why nothing is said of access: not that all is near."""
    kind = view.figures.definitions.class_kind(face_id(sector.value, Face.ACCESS)).value
    said = view.t("face.not_in_towns")
    return FaceLine(view.t(f"face.{Face.ACCESS.value}"), None, view.figures.definitions.legend.color(None), kind, said, "")


def _write_face(view: View, results: pd.DataFrame, sector: Sector, face: Face, result: pd.Series) -> FaceLine:
    severity = class_of(result)
    return FaceLine(
        label=view.t(f"face.{face.value}"),
        severity=severity,
        color=view.figures.definitions.legend.color(severity),
        kind=view.figures.definitions.class_kind(face_id(sector.value, face)).value,
        said="" if severity else view.describe_absence(result),
        reason=_write_reasons(view, results, sector, face, result),
    )


def _write_reasons(view: View, results: pd.DataFrame, sector: Sector, face: Face, result: pd.Series) -> str:
    """What gives a face its class: the heaviest indicator where that has the same class; otherwise the mean that gives it, and the
    heaviest with its own."""
    t, indicator = view.t, heaviest(view.figures.definitions.counting(sector, face), results)
    if indicator is None:
        return ""
    severity, own = class_of(result), class_of(results.loc[indicator.id])
    reason = write_reason(view, indicator, results.loc[indicator.id], own)
    if severity is None or own is None or own == severity:
        return reason if own == severity or own is None else t("face.classed", reason=reason, severity=own)
    if severity == result["class_by_score"]:
        return t(
            "face.mean_and_worst",
            score=write_score(result["score"], view.figures.definitions.legend, t),
            severity=own,
            reason=reason,
        )
    return t("face.lifted", computed=int(result["class_by_score"]), reason=t("face.classed", reason=reason, severity=own))


def name_heaviest(view: View, results: pd.DataFrame, sector: Sector) -> frozenset[str]:
    """Ids of the indicators that the lines of the faces name, with their figures."""
    found = (heaviest(view.figures.definitions.counting(sector, face), results) for face in Face)
    return frozenset(indicator.id for indicator in found if indicator)


def heaviest(indicators: Sequence[Indicator], results: pd.DataFrame) -> Indicator | None:
    """The indicator in the heaviest class, by score among equals; None where none has one."""
    known = [i for i in indicators if pd.notna(results.at[i.id, "score"])]
    by_weight = lambda i: (_weight(results.at[i.id, "severity_class_low"]), _weight(results.at[i.id, "score"]))  # noqa: E731
    return max(known, key=by_weight, default=None)


def _weight(figure: float) -> float:
    return 0.0 if pd.isna(figure) else float(figure)


def write_reason(view: View, indicator: Indicator, result: pd.Series, beside: int | None = None) -> str:
    """An indicator with its raw figure and the people concerned; its own class where another stands beside it."""
    t = view.t
    reason = t("face.reason", indicator=view.result_label(indicator.id), figure=write_figure(view, indicator, result))
    own = write_own(result, t)
    return t("face.classed", reason=reason, severity=own) if own and own != str(beside) else reason


def write_figure(view: View, indicator: Indicator, result: pd.Series) -> str:
    """The raw figure with its unit: of the school cycle that gives the class, or of the commune; who is not reached, in persons,
    where that is above the norm."""
    t = view.t
    if result["worst_term"] or result["status"] == "no_service":
        return view.figure_against_norm(indicator.id, result)
    if indicator.face is not Face.ACCESS or not _weight(result["severity_class_low"]) >= ABOVE_NORM:
        return view.figure_of_known(indicator, result)
    figure = t.quantity(result["value"], indicator.unit, indicator.decimals)
    people = t.quantity(round(result["numerator"]), indicator.people)
    if view.share_known(indicator, result) < WHOLE:
        return t("face.people_of", figure=figure, people=people, known=t.number(round(result["denominator"])))
    return t("face.people", figure=figure, people=people)


def write_bounds(view: View, indicator: Indicator, result: pd.Series) -> str:
    """Between which shares of all people an access lies, whatever is true of those whom the census withholds; empty where it withholds
    nobody."""
    t = view.t
    if view.share_known(indicator, result) >= WHOLE or pd.isna(result["value_low"]):
        return ""
    low, high = (
        t.number(result["value_low"], indicator.decimals),
        t.quantity(result["value_high"], indicator.unit, indicator.decimals),
    )
    return t("certainty.between", low=low, high=high)


def write_given(view: View, results: pd.DataFrame, sector: Sector) -> str:
    """What gives a service the class that stands beside: what lifts it, with its figure and its own class, otherwise what gives its
    load its class."""
    load = face_id(sector.value, Face.LOAD)
    if results.at[sector.value, "lifted_by"] or load not in results.index:
        return write_lift(view, results, sector)
    return _write_reasons(view, results, sector, Face.LOAD, results.loc[load])


def write_given_beside_faces(view: View, results: pd.DataFrame, sector: Sector) -> str:
    """The same where the lines of the faces stand below, which say the figures: of which face is what lifts it, and in which class;
    empty where nothing does, since its load says it then."""
    t, service = view.t, results.loc[sector.value]
    if not service["lifted_by"] or pd.isna(service["severity_class"]):
        return write_lift(view, results, sector)
    indicator, computed = view.figures.definitions.indicators[service["lifted_by"]], service["class_by_score"]
    return t(
        f"given.lifted_by_{indicator.face.value}",
        computed=LOWEST_CLASS if pd.isna(computed) else int(computed),
        own=int(results.at[indicator.id, "severity_class_low"]),
    )


def write_lift(view: View, results: pd.DataFrame, sector: Sector) -> str:
    """What lifts the class of a service above that of its load; empty where nothing does."""
    t, service = view.t, results.loc[sector.value]
    if not service["lifted_by"]:
        return ""
    indicator = view.figures.definitions.indicators[service["lifted_by"]]
    if pd.isna(service["severity_class"]):
        reason = write_reason(view, indicator, results.loc[indicator.id])
        return t("face.lifted_unknown", severity=int(service["severity_class_low"]), reason=reason)
    reason = write_reason(view, indicator, results.loc[indicator.id], int(service["severity_class"]))
    computed = service["class_by_score"]
    return t("face.lifted", computed=LOWEST_CLASS if pd.isna(computed) else int(computed), reason=reason)


def list_high(view: View, results: pd.DataFrame, sector: Sector) -> list[str]:
    """The indicators of a service that count and are in class 4 or 5, with figure and class: nothing may be said to lack nothing
    beside them."""
    high = [
        i for i in view.figures.definitions.counting(sector) if _weight(results.at[i.id, "severity_class_low"]) >= HIGH_CLASS
    ]
    ordered = sorted(high, key=lambda i: -_weight(results.at[i.id, "severity_class_low"]))
    return [write_reason(view, i, results.loc[i.id]) for i in ordered]


def list_absent(view: View, results: pd.DataFrame, sector: Sector) -> list[str]:
    """School cycles that a commune does not have, its pupils going elsewhere."""
    named = [term for i in view.figures.definitions.counting(sector) for term in results.at[i.id, "absent_terms"].split()]
    return [view.t(f"absent.{term}") for term in dict.fromkeys(named)]


def list_all_high(view: View, commune: str) -> list[str]:
    """Over all services of a commune, the indicators that count and are in class 4 or 5."""
    results = view.figures.of_commune(commune, view.chosen.month)
    return [reason for sector in view.figures.services for reason in list_high(view, results, sector)]


def state_nothing_missing(view: View, communes: Sequence[str]) -> tuple[str, str]:
    """What is said where nothing is to be bought: that nothing is missing, or only that what is counted suffices, and then what
    remains beside it (of one commune; empty of several)."""
    t, high = view.t, [list_all_high(view, code) for code in communes]
    if not any(high):
        return t("deck.means_none"), ""
    beside = high[0] if len(high) == 1 else []
    return t("council.nothing_counted"), t("council.but", reasons=t("sign.between").join(beside)) if beside else ""
