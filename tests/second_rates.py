"""One indicator of the second answer, by the YAML: value, pressure, score and class of each row, whole or of its worst cycle."""

import math

import numpy as np

from tests.second_definitions import BANDS, JUDGED, LEGEND, UPPERS, class_of, divide, norm, score


def rate(indicator, o, profile):
    parts = [part_of(term, indicator, o, profile) for term in indicator["terms"]]
    demand, less, capacity, carried = (sum(p[at] for p in parts) for at in range(4))
    gap = sum(np.maximum(0.0, d - n) for d, _, _, n, _ in parts)
    if indicator["measure"] not in JUDGED:
        return {"value": count(indicator, o, profile, parts, gap), "score": np.full_like(demand, np.nan)}
    known = ~np.isnan(demand) & ~np.isnan(carried)
    pressure, without = divide(demand, carried), divide(less, carried)
    absent, absent_less = (known & (carried == 0) & (asked > 0) for asked in (demand, less))
    value = indicator.get("scale", 1) * (
        divide(demand, capacity) if indicator["measure"] == "load" else divide(capacity, demand)
    )
    result = {
        "value": value,
        "pressure": pressure,
        "pressure_without_displaced": without,
        "gap_to_norm": np.where(known, gap, np.nan),
    }
    by_term = indicator.get("classed_by") == "worst_term"
    for end, at, figure, gone in (("", 0, pressure, absent), ("_without_displaced", 1, without, absent_less)):
        if by_term:
            figure, none = worst_of(parts, at, figure)
            gone = gone | none
        result |= judge(indicator, end, value, figure, gone)
    return result | {"known": known, "carried": carried, "demand": demand, "least": least_of(parts, by_term)}


def part_of(term, indicator, o, profile):
    """Of one term: demand, demand without displaced people, capacity, what that carries at the norm, the norm."""
    demand, limit = o[term["demand"]], norm(term["norm"], profile)
    factors = [o[c] for c in term.get("capacity", ())] + [norm(n, profile) for n in term.get("capacity_norms", ())]
    capacity = math.prod(factors) + np.zeros_like(demand) if factors else np.full_like(demand, np.nan)
    carried = capacity * (indicator.get("scale", 1) / limit if indicator["measure"] == "density" else limit)
    less = demand - o[term["displaced"]] if term.get("displaced") else demand
    return demand, np.maximum(less, 0.0), capacity, carried, limit


def judge(indicator, end, value, figure, gone):
    """Score and class, by the indicator's own goalposts where it has some; 100 and 5 where nothing carries the demand."""
    own = indicator.get("goalposts")
    scored = score(value if own and own["scored"] == "value" else figure, own or LEGEND["goalposts"])
    classed = class_of(scored, BANDS) if own else class_of(figure, UPPERS)
    return {f"score{end}": np.where(gone, 100.0, scored), f"severity_class{end}": np.where(gone, 5.0, classed)}


def least_of(parts, by_term):
    """A cycle that is known leaves no class below its own, whatever the others are."""
    if not by_term:
        return np.ones_like(parts[0][0])
    raw = [np.where(p[0] > 0, divide(p[0], p[3]), np.nan) for p in parts]
    gone = np.any([(p[3] == 0) & (p[0] > 0) for p in parts], axis=0)
    return np.where(gone, 5.0, np.fmax(1.0, class_of(np.fmax.reduce(raw), UPPERS)))


def worst_of(parts, at, together):
    """The highest pressure of the terms with demand, where the whole has one; and where a term has demand and no capacity."""
    asked = [np.where(p[at] > 0, divide(p[at], p[3]), np.nan) for p in parts]
    none = np.any([(p[3] == 0) & (p[at] > 0) for p in parts], axis=0) & ~np.isnan(together)
    return np.where(np.isnan(together), np.nan, np.fmax.reduce(asked)), none


def count(indicator, o, profile, parts, gap):
    """The figure of what is only counted."""
    demand, _, capacity, _, limit = parts[0]
    names = indicator.get("parameters", {})
    if indicator["measure"] == "rate":
        return indicator.get("scale", 1) * divide(demand, capacity)
    if indicator["measure"] == "people_above_norm":
        return gap
    if indicator["measure"] == "units_short":
        return sum(np.ceil(np.round(np.maximum(0.0, d - n) / own, 9)) for d, _, _, n, own in parts)
    if indicator["measure"] == "outstanding":
        return np.maximum(0.0, demand * norm(names["share"], profile) * limit - o[names["done"]])
    per_day = divide(demand, capacity) + o[names["backlog"]] / norm(names["days_to_clear"], profile)
    served = o[names["pace"]] * limit * norm(names["target_utilisation"], profile)
    return np.ceil(np.round(per_day / served, 9))
