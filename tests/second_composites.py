"""Services, index and starting point of the second answer, at both ends of what is missing (docs/classes.md).

A result is a dictionary of arrays over the rows; ``status`` is a word, ``kind`` and ``grade`` are ranks (``tests.second_known``).
"""

import numpy as np

from tests.second_definitions import BANDS, INDICATORS, JUDGED, LEGEND, SERVICES, class_of, divide, read, score

NEVER = ("not_assessed", "no_demand")


def counts(indicator):
    return indicator["measure"] in JUDGED and (indicator.get("weight", 0) > 0 or indicator.get("critical", False))


def face(indicator):
    return indicator.get("face", "load")


def critical_load(indicator):
    return bool(indicator.get("critical")) and face(indicator) == "load"


ENDS = {"low": 0.0, "high": 100.0}


def between(result):
    """Where a score is known and the class only between two: of some people nothing was published."""
    return ~np.isnan(result["score"]) & np.isnan(result["severity_class"])


def mean(members, found, end, at=None):
    """Mean of the scores by weight, at one end of what is missing or without it; of access alone the worst."""
    rows = [found[i["id"]] for i in members]
    fields = [f"score_{at}" if at and i["terms"][0].get("whole") else f"score{end}" for i in members]
    scores = [np.where(r["status"] == "missing", ENDS.get(at, np.nan), r[f]) for r, f in zip(rows, fields, strict=True)]
    scores = np.array(scores)
    if all(face(i) == "access" for i in members):
        return np.fmax.reduce(scores)
    weights = np.array([i.get("weight", 0) for i in members])[:, None] * ~np.isnan(scores)
    return divide(np.nansum(np.nan_to_num(scores) * weights, axis=0), weights.sum(axis=0))


def lifted(own, found, end, at):
    """Class of indicators that count together with what is missing at its best (``at`` "low") or at its worst ("high")."""
    loads = [i for i in own if face(i) == "load"] or own
    base = class_of(mean(loads, found, end, at), BANDS)
    breaks, high, gone = [], [], []
    for i in own:
        r = found[i["id"]]
        missing = r["status"] == "missing"
        classed = np.where(missing | between(r), r[f"severity_class_{at}"], r[f"severity_class{end}"])
        breaks.append(classed == 5)
        high.append(classed == 4)
        nobody = (r["status"] == "no_service") | (missing if at == "high" else False)
        gone.append(nobody & (classed == 5) & critical_load(i))
    least = np.select([np.any(gone, axis=0), np.any(breaks, axis=0), np.any(high, axis=0)], [5.0, 3.0, 2.0], np.nan)
    return np.fmax(base, least)


def settle(low, high):
    """Where one class holds, and where any can be left out."""
    return ~np.isnan(low) & (low == high), ~np.isnan(low) & ~((low == 1) & (high == 5))


def worst(parts, says, name):
    return np.where(says, np.max([np.where(np.isnan(p["severity_class_low"]), -1, p[name]) for p in parts], axis=0), -1)


def comparable(parts):
    """Without displaced persons only where the same figures are known with and without."""
    return np.all([np.isnan(p["score"]) | ~np.isnan(p["score_without_displaced"]) for p in parts], axis=0)


def service(name, found):
    """The faces of a service, then the service."""
    members = [i for i in INDICATORS if i["sector"] == name and counts(i)]
    faces = {f"{name}_{kind}": [i for i in members if face(i) == kind] for kind in ("load", "access")}
    return {key: _combined(own, found) for key, own in (*faces.items(), (name, members))}


def _combined(own, found):
    parts, loads = [found[i["id"]] for i in own], [i for i in own if face(i) == "load"] or own
    low, high = (lifted(own, found, "", at) for at in ("low", "high"))
    settled, says = settle(low, high)
    scored = settled | ~np.any([p["status"] == "missing" for p in parts], axis=0)
    same, total = comparable(parts), np.where(scored, mean(own, found, ""), np.nan)
    told = says | ~np.isnan(total)
    without = [lifted(own, found, "_without_displaced", at) for at in ("low", "high")]
    never = np.all([np.isin(p["status"], NEVER) for p in parts], axis=0)
    return {
        "status": np.select([never, settled, says], ["not_assessed", "assessed", "partial"], "insufficient"),
        "score": total,
        "score_without_displaced": np.where(scored & same, mean(own, found, "_without_displaced"), np.nan),
        "score_low": mean(own, found, "", "low"),
        "score_high": mean(own, found, "", "high"),
        "score_of_load": np.where(scored, mean(loads, found, ""), np.nan),
        "severity_class": np.where(settled, low, np.nan),
        "severity_class_low": np.where(says, low, np.nan),
        "severity_class_high": np.where(says, high, np.nan),
        "severity_class_without_displaced": np.where(settled & same & settle(*without)[0], without[0], np.nan),
        "class_by_score": np.where(scored, class_of(mean(loads, found, ""), BANDS), np.nan),
        "kind": worst(parts, told, "kind"),
        "grade": worst(parts, told, "grade"),
    }


def index(found):
    """The mean of the services, at least two of them; a service of which nothing is known may be anything at both ends."""
    parts = [found[name] for name in SERVICES]
    scores = {end: np.array([p[f"score{end}"] for p in parts]) for end in ("", "_without_displaced")}
    enough = {end: (~np.isnan(table)).sum(axis=0) >= 2 for end, table in scores.items()}
    means = {end: np.where(enough[end], _power_mean(table), np.nan) for end, table in scores.items()}
    bounds = {
        at: _power_mean(np.array([np.where(np.isnan(p[f"score_{at}"]), end, p[f"score_{at}"]) for p in parts]))
        for at, end in (("low", 0.0), ("high", 100.0))
    }
    known = np.sum([~np.isnan(p["severity_class_low"]) for p in parts], axis=0) >= 2
    ends = {
        at: np.where(known, lift(found, bounds[at], f"_{at}", unknown), np.nan)
        for at, unknown in (("low", 1.0), ("high", 5.0))
    }
    settled, says = settle(ends["low"], ends["high"])
    settled &= ~np.isnan(means[""])
    total = np.where(settled | ~np.isnan(scores[""]).any(axis=0), means[""], np.nan)
    same, told = comparable(parts), says | ~np.isnan(total)
    without = [lift(found, means["_without_displaced"], "_without_displaced", np.nan, at) for at in ENDS]
    return {
        "status": np.select([settled, says], ["assessed", "partial"], "insufficient"),
        "score": total,
        "score_without_displaced": np.where(~np.isnan(total) & same, means["_without_displaced"], np.nan),
        "score_low": bounds["low"],
        "score_high": bounds["high"],
        "severity_class": np.where(settled, ends["low"], np.nan),
        "severity_class_low": np.where(says, ends["low"], np.nan),
        "severity_class_high": np.where(says, ends["high"], np.nan),
        "severity_class_without_displaced": np.where(settled & same & settle(*without)[0], without[0], np.nan),
        "class_by_score": class_of(total, BANDS),
        "kind": worst(parts, told, "kind"),
        "grade": worst(parts, told, "grade"),
    }


def _power_mean(table):
    weights, power = np.array(list(SERVICES.values()), dtype=float)[:, None], LEGEND["composite"]["power"]
    there = weights * ~np.isnan(table)
    return divide((np.nan_to_num(table) ** power * there).sum(axis=0), there.sum(axis=0)) ** (1 / power)


def lift(found, scores, end, unknown, at=None):
    """The class that a score gives, lifted by services and by critical indicators; those between two classes at one of them."""
    heaviest = []

    def classed(name):
        own = found[name][f"severity_class{end}"]
        return np.where(between(found[name]), found[name][f"severity_class_{at}"], own) if at else own

    critical = [i for i in INDICATORS if counts(i) and i.get("critical")]
    for name in SERVICES:
        whole = classed(name)
        own = [classed(i["id"]) for i in critical if face(i) == "load" and i["sector"] == name]
        heaviest.append(np.fmax.reduce([np.where(np.isnan(whole), unknown, whole), *own]))
    heaviest = np.array(heaviest)
    far = np.array([classed(i["id"]) for i in critical if face(i) == "access"])
    flagged = (heaviest == 5).any(axis=0) | ((heaviest >= 4).sum(axis=0) >= 2)
    least = np.select([flagged, (far == 5).any(axis=0), (far == 4).any(axis=0)], [4.0, 3.0, 2.0], np.nan)
    return np.where(np.isnan(scores), np.nan, np.fmax(class_of(scores, BANDS), least))


def mean_of_known(table):
    return divide(np.nansum(table, axis=0), (~np.isnan(table)).sum(axis=0))


def baseline(o, known):
    """The starting point: parts on their goalposts, means of themes, of faces, the power mean of both; the people of whom the census
    says nothing at 0 and at 100."""
    rules, faces = read("baseline.yaml"), {}
    for part in rules["parts"]:
        scored = _part(part, o, known, rules)
        if scored is not None:
            faces.setdefault(part["face"], {}).setdefault(part["theme"], []).append(scored)
    found = {f"BASE_{name.upper()}": _face(themes, rules) for name, themes in faces.items()}
    parts = list(found.values())
    together = {
        name: np.mean([p[name] ** rules["power"] for p in parts], axis=0) ** (1 / rules["power"])
        for name in ("score", "score_low", "score_high")
    }
    applies = np.all([p["status"] != "not_assessed" for p in parts], axis=0)
    told = ~np.isnan(together["score"])
    ranks = {name: np.where(told, np.max([p[name] for p in parts], axis=0), -1) for name in ("kind", "grade")}
    found["BASE"] = _read(together, applies, rules) | ranks
    return found


def _part(part, o, known, rules):
    names = [*part["of"], *([part["over"]] if part.get("over") else [])]
    value = sum(o[name] for name in part["of"]) * part.get("scale", 1)
    value = divide(value, o[part["over"]]) if part.get("over") else value
    if np.isnan(value).all():
        return None
    scored, silent = score(value, part), part.get("where_silent")
    scored = scored if silent is None else np.where(np.isnan(scored), silent, scored)
    share = np.ones(len(value))
    if part.get("covered"):
        share = np.clip(np.nan_to_num(o[part["covered"]] / o[rules["people"]]), 0, 1)
    told = np.isnan(scored)
    ends = [np.where(told, end, np.nan_to_num(scored) * share + end * (1 - share)) for end in (0.0, 100.0)]
    applies = ~np.any([known[name].not_applicable for name in names], axis=0)
    ranks = [np.where(applies, np.max([getattr(known[n], rank) for n in names], axis=0), -1) for rank in ("kind", "grade")]
    return [np.where(applies, table, np.nan) for table in (scored, *ends)], applies, told & applies, ranks


def _face(themes, rules):
    parts = [p for theme in themes.values() for p in theme]
    applies = np.all([np.any([p[1] for p in theme], axis=0) for theme in themes.values()], axis=0)
    tables = [
        mean_of_known(np.stack([mean_of_known(np.stack([p[0][at] for p in t])) for t in themes.values()])) for at in range(3)
    ]
    complete = applies & ~np.any([p[2] for p in parts], axis=0)
    score_of = np.where(complete, tables[0], np.nan)
    bounds = [np.where(applies, table, np.nan) for table in tables[1:]]
    ranks = [np.where(complete, np.max([p[3][at] for p in parts], axis=0), -1) for at in (0, 1)]
    read_so = _read(dict(zip(("score", "score_low", "score_high"), (score_of, *bounds), strict=True)), applies, rules)
    return read_so | {"kind": ranks[0], "grade": ranks[1]}


def _read(scores, applies, rules):
    """Classes of a score of the starting point: one where it is known, else those of its bounds unless they leave nothing out."""
    uppers = [c["upper"] for c in rules["classes"][:-1]]
    own, low, high = (class_of(scores[name], uppers) for name in ("score", "score_low", "score_high"))
    known = ~np.isnan(own)
    says = known | (applies & (high - low < len(uppers)))
    status = np.select([~applies, known, says], ["not_assessed", "assessed", "partial"], "insufficient")
    return scores | {
        "status": status,
        "severity_class": own,
        "severity_class_low": np.where(known, own, np.where(says, low, np.nan)),
        "severity_class_high": np.where(known, own, np.where(says, high, np.nan)),
    }
