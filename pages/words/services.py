"""A service of a commune in words: the indicator that stands for it, its figures, norm, class and certainty."""

from __future__ import annotations

import pandas as pd

from analytics.model import Definitions, Indicator, Measure, Sector
from analytics.summary import class_of, displacement_share
from data.i18n import NO_VALUE
from data.source_words import in_words
from pages.words.certainty import write_counting, write_interval, write_share
from pages.words.faces import list_absent, list_faces, write_bounds, write_given_beside_faces
from pages.words.known import HALF
from pages.words.view import View


def service_row(view: View, results: pd.DataFrame, sector: str) -> dict[str, object]:
    """A service as one bar: score split into structural and due to displacement, class, people above the norm."""
    t, result = view.t, results.loc[sector]
    headline = view.figures.definitions.indicators[view.figures.definitions.headlines[sector]]  # type: ignore[index]
    displaced = displacement_share(result["score"], result["score_without_displaced"])
    known = pd.notna(displaced)
    severity = class_of(result)
    return {
        "label": view.result_label(sector),
        "severity": severity,
        "color": view.figures.definitions.legend.color(severity),
        "status": "" if severity else view.describe_absence(result),
        "given": write_given_beside_faces(view, results, Sector(sector)),
        "faces": list_faces(view, results, Sector(sector)),
        "absent": list_absent(view, results, Sector(sector)),
        "structural": round(result["score"] - (displaced if known else 0), 1) if pd.notna(result["score"]) else 0,
        "displacement": round(displaced, 1) if known else 0,
        "people_label": t(f"commune.above_{headline.people}"),
        "people": t.number(result["gap_to_norm"], 0),
    }


def first_indicator(definitions: Definitions, sector: Sector, results: pd.DataFrame) -> Indicator:
    """The indicator that stands for a service: what lifts its class, otherwise the headline, or the first that has a figure when
    the headline has none; the one that weighs most where the headline's own class does not explain the class of the service."""
    lifting = str(results.at[sector.value, "lifted_by"])
    if lifting in definitions.indicators:
        return definitions.indicators[lifting]
    headline = definitions.headlines[sector]
    compared = [i.id for i in definitions.of_sector(sector) if i.has_pressure]
    known = [i for i in compared if pd.notna(results.loc[i, "score"])]
    standing = headline if headline in known or not known else known[0]
    worst = str(results.loc[sector.value, "worst_indicator"])
    service_class, own_class = results.loc[[sector.value, standing], "severity_class"]
    if worst in known and pd.notna(service_class) and pd.notna(own_class) and service_class > own_class:
        standing = worst
    return definitions.indicators[standing]


def figure_lines(view: View, commune: str, indicator: Indicator, result: pd.Series) -> list[tuple[str, str]]:
    """What stands beside the line of an indicator, as label and figure: value, norm, pressure, certainty, people above. Where the
    value itself gives the class, it is no multiple of a norm, with displaced people or without."""
    t = view.t
    value = t.number(result["value"], indicator.decimals)
    norm = indicator_row(view, indicator, result)
    without = result["pressure_without_displaced"]
    times = [
        (t("commune.pressure"), view.figure_with_whole(indicator.id, result)),
        (t("commune.without"), t("pressure.times", times=t.number(without, 1)) if pd.notna(without) else NO_VALUE),
    ]
    return [
        (t("commune.value"), value),
        (t("commune.norm_of", status=norm["norm_status"]), str(norm["norm"])),
        *([] if indicator.goalposts else times),
        *_certainty(view, commune, indicator, result),
        (t(f"commune.above_{indicator.people}"), t.number(result["gap_to_norm"], 0)),
    ]


def _certainty(view: View, commune: str, indicator: Indicator, result: pd.Series) -> list[tuple[str, str]]:
    """Interval, probability of a high class, and what the double-counting switch changes; nothing where there is no class. Of an
    access that is not known of all people, what is true of them all; of fewer than half, nothing else."""
    t, bounds = view.t, (view.t("certainty.bounds_label"), write_bounds(view, indicator, result))
    if view.share_known(indicator, result) < HALF:
        return [bounds]
    lines = [
        bounds,
        (t("certainty.interval_label"), write_interval(view, commune, indicator.id, "certainty.between")),
        (t("certainty.probability_label"), write_share(view, commune, indicator.id)),
        (t("certainty.counting_label"), write_counting(view, commune, indicator.id)),
    ]
    return [(label, text) for label, text in lines if text]


def indicator_row(view: View, indicator: Indicator, result: pd.Series) -> dict[str, object]:
    """One indicator of a commune in the reader's words: value, its unit and of how many people it is
    known, norm with status and source, pressure, class, gap."""
    t, definitions = view.t, view.figures.definitions
    profile = view.figures.assumptions.profile
    norm = definitions.norms[indicator.terms[0].norm].in_force(view.chosen.month.date(), profile)
    is_compared = indicator.has_pressure or indicator.measure is Measure.RATE
    severity = class_of(result)
    return {
        "id": indicator.id,
        "label": _name(view, indicator),
        "formula": t.label(indicator.formulas),
        "value": t.number(result["value"], indicator.decimals),
        "unit": view.known_of(indicator, result, t(f"unit.{indicator.unit}")),
        "norm": _write_norm(view, indicator, result["norm_value"]) if is_compared else NO_VALUE,
        "norm_status": t(f"norm_status.{norm.status}") if is_compared else "",
        "norm_source": in_words(norm.source.title, t) if is_compared else "",
        "pressure": view.bare_against_norm(indicator.id, result),
        "severity": severity,
        "color": definitions.legend.color(severity),
        "kind": definitions.class_kind(indicator.id).value,
        "gap": t.number(result["gap_to_norm"], 0),
        "status": "" if result["status"] == "assessed" else view.describe_absence(result),
        "provenance": result["provenance"],
        "reliability": result["reliability"],
    }


def _name(view: View, indicator: Indicator) -> str:
    """The label; for staff to clear a backlog with the target that they are counted for, which is not the norm of the gap table."""
    t, label = view.t, view.t.label(indicator.labels)
    if indicator.measure is not Measure.STAFF_TO_CLEAR:
        return label
    days, utilisation = (_parameter(view, indicator, name) for name in ("days_to_clear", "target_utilisation"))
    return t("indicator.staff_target", label=label, utilisation=t.percent(utilisation), count=int(days))


def _parameter(view: View, indicator: Indicator, name: str) -> float:
    """Value in force of a norm among the parameters of an indicator."""
    norm = view.figures.definitions.norms[indicator.parameters[name]]
    return norm.in_force(view.chosen.month.date(), view.figures.assumptions.profile).value


def _write_norm(view: View, indicator: Indicator, norm_value: float) -> str:
    """The norm beside the value; the low and the high reference of what is a warning on both sides."""
    t, shown = view.t, view.t.number(norm_value, indicator.decimals)
    if "high" not in indicator.parameters:
        return shown
    return t("commune.norm_range", low=shown, high=t.number(_parameter(view, indicator, "high"), indicator.decimals))
