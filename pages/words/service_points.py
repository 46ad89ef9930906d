"""Service points in words: which places are derived, how well, which are true and what they are worth, what contradicts."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from analytics.service_network import CommunePoint, PointStatus, held_out
from geo.dots import Dot, Ellipse
from geo.points import distance_from_commune
from pages.figures.service_points import DISTANCES, ServiceMap, to_degrees
from pages.words.douars import douar_name, write_figure
from pages.words.view import View

LISTED = 15
_RADIUS, _TRUE_RADIUS = 4.0, 5.0


def state_services(view: View, found: ServiceMap) -> str:
    """The finding: how many places are derived and true, of how many communes."""
    t = view.t
    statuses = [found.points[code].status for code in view.codes if code in found.points]
    derived = sum(s in (PointStatus.DERIVED, PointStatus.WEAK) for s in statuses)
    true = sum(s is PointStatus.TRUE for s in statuses)
    return t(
        f"points.finding_{found.service}", derived=t.number(derived), true=t.number(true), total=t.number(len(view.codes))
    )


def write_quality(view: View, found: ServiceMap) -> list[str]:
    """How far off the derived places are on douars that were held out, against the plain median, in words and as a factor."""
    t = view.t
    error, median, douars = held_out(found.points)
    if not douars:
        return [t("points.nothing_derived")]
    return [
        t("points.held_out", count=douars, error=t.number(error, 2), factor=_factor(view, error)),
        t("points.held_out_median", median=t.number(median, 2), factor=_factor(view, median)),
        t("points.ellipse"),
        t("points.weak_note"),
    ]


def _factor(view: View, error: float) -> str:
    """An error of logarithms as a share: ×1.2 is 20 % off."""
    return view.t.percent(math.expm1(error))


def list_points(view: View, found: ServiceMap) -> list[dict[str, object]]:
    """One row a commune of the chosen territory, the best known first: status, place, ellipse, what it rests on, what a true point
    changed."""
    order = list(PointStatus)
    status = {code: found.points[code].status if code in found.points else order[-1] for code in view.codes}
    codes = sorted(view.codes, key=lambda code: (order.index(status[code]), view.name(code)))
    return [_row(view, found, code, found.points.get(code)) for code in codes]


def _row(view: View, found: ServiceMap, code: str, point: CommunePoint | None) -> dict[str, object]:
    t = view.t
    status = point.status if point else PointStatus.NOT_DERIVABLE
    places = point.places if point else np.empty((0, 2))
    derived = point.derived if point else None
    return {
        "code": code,
        "commune": view.name(code),
        "status": t(f"points.status_{status}"),
        "is_derived": status in (PointStatus.DERIVED, PointStatus.WEAK),
        "place": t("points.coordinates", **_written(view, places[0])) if len(places) else "",
        "ellipse": t("points.axes", long=t.number(derived.ellipse.long_km, 1), short=t.number(derived.ellipse.short_km, 1))
        if derived and status is not PointStatus.TRUE
        else "",
        "outside": _is_outside(view, code, places, status),
        "douars": t("douar.count", count=derived.douars) if derived else "",
        "error": t("points.error_pair", error=t.number(float(np.median(point.errors)), 2),
                   median=t.number(float(np.median(derived.median_errors)), 2))
        if point and derived and len(point.errors)
        else "",
        "worth": _say_worth(view, found, code, point) if status is PointStatus.TRUE and point else "",
    }  # fmt: skip


def _written(view: View, place: np.ndarray) -> dict[str, str]:
    latitude, longitude = to_degrees(view.figures.province, place)
    return {"latitude": f"{latitude:.4f}", "longitude": f"{longitude:.4f}"}


def _is_outside(view: View, code: str, places: np.ndarray, status: PointStatus) -> bool:
    if not len(places) or status is PointStatus.TRUE:
        return False
    latitude, longitude = to_degrees(view.figures.province, places[0])
    away = distance_from_commune(view.figures.province.layer, [code], np.array([latitude]), np.array([longitude]))
    return bool(away[0] > 0)


def _say_worth(view: View, found: ServiceMap, code: str, point: CommunePoint) -> str:
    """How far off the derived place was, and how much better the communes around are now said."""
    t, worth = view.t, found.worth[code]
    off = "" if math.isnan(point.off_km) else t("points.off", km=t.number(point.off_km, 1))
    if not worth.communes:
        return " ".join(part for part in (off, t("points.worth_none")) if part)
    gained = t("points.worth", count=worth.communes, before=t.number(worth.without, 2), after=t.number(worth.with_it, 2))
    return " ".join(part for part in (off, gained) if part)


def list_contradictions(view: View, found: ServiceMap) -> list[str]:
    """Douars next to a known place that the census puts far from it; then those that contradict three or more neighbours."""
    t, codes, douars = view.t, set(view.codes), found.douars
    near = [
        t(
            "points.contradicts_known",
            douar=_douar(view, found, code),
            km=_km(view, found, code),
            straight=t.number(row.straight_km, 1),
        )
        for code, row in zip(found.near_known.index, found.near_known.itertuples(), strict=True)
        if douars.at[code, "commune_code"] in codes
    ]
    others = [
        t("points.contradicts_others", count=int(row.others), douar=_douar(view, found, code), km=_km(view, found, code))
        for code, row in zip(found.contradicted.index, found.contradicted.itertuples(), strict=True)
        if douars.at[code, "commune_code"] in codes
    ]
    return [*near, *others]


def _douar(view: View, found: ServiceMap, code: str) -> str:
    row = found.douars.loc[code]
    return f"{douar_name(view, code, row['place_name'])} ({view.name(row['commune_code'])})"


def _km(view: View, found: ServiceMap, code: str) -> str:
    return write_figure(view, DISTANCES[found.service], found.douars.at[code, "km"])


def dots_of(view: View, found: ServiceMap, codes: Sequence[str]) -> list[Dot]:
    """Derived places as open red dots, true ones filled."""
    dots = []
    for code in codes:
        point = found.points.get(code)
        for place in point.places if point else ():
            latitude, longitude = to_degrees(view.figures.province, place)
            is_true = point is not None and point.status is PointStatus.TRUE
            said = view.t("points.status_true" if is_true else "points.status_derived")
            worth = _say_worth(view, found, code, point) if is_true and point else ""
            title = f"{view.name(code)}{view.t('sign.colon')}{said}. {worth}".rstrip(". ")
            dots.append(
                Dot(longitude, latitude, "true" if is_true else "derived", _TRUE_RADIUS if is_true else _RADIUS, title)
            )
    return dots


def ellipses_of(view: View, found: ServiceMap, codes: Sequence[str]) -> list[Ellipse]:
    """Where each derived place may lie."""
    shapes = []
    for code in codes:
        point = found.points.get(code)
        if point is None or point.derived is None or point.status is PointStatus.TRUE:
            continue
        latitude, longitude = to_degrees(view.figures.province, point.places[0])
        axes = point.derived.ellipse
        shapes.append(Ellipse(longitude, latitude, axes.long_km, axes.short_km, axes.degrees))
    return shapes
