"""A second implementation of the whole method, for tests: results from the YAML and the store with NumPy and pandas.

Nothing of ``analytics`` is imported or called. It knows what the figures that ship need: everything reported, nothing withheld in
secret, no share of displaced people declared; what does not apply to a commune is NaN.
"""

import math

import numpy as np
import pandas as pd

from tests.second_definitions import (
    BANDS,
    CENSUS,
    CENSUS_BEFORE,
    COUNTED,
    INDICATORS,
    JUDGED,
    LEGEND,
    SERVICES,
    SUMS,
    UPPERS,
    VARIABLES,
    class_of,
    divide,
    norm,
    read,
    rounded,
    score,
)


class SecondAnswer:
    """Observed figures laid out by commune and month, and every result of them under any assumptions."""

    def __init__(self, observations, movements, groups):
        codes, months = sorted(groups.index), sorted(set(observations["reference_date"]) - {CENSUS_BEFORE, CENSUS})
        months = list(pd.date_range(months[0], months[-1], freq="MS"))
        self.rows = pd.MultiIndex.from_product([codes, months], names=["commune_code", "reference_date"])
        self.months = months
        self.table = self._published(observations)
        self._people(observations, movements, groups)

    def __getitem__(self, name):
        return self.table[name]

    def _published(self, observations):
        table, small = {}, {}
        for name, part in observations.groupby("variable"):
            series = part.set_index(["commune_code", "reference_date"])["value"]
            if VARIABLES[name].get("monthly", True) and series.index.get_level_values(1).nunique() > 2:
                values = series.reindex(self.rows).to_numpy()
            else:
                census = series.xs(CENSUS, level=1) if CENSUS in series.index.get_level_values(1) else series.droplevel(1)
                values = census.reindex(self.rows.get_level_values(0)).to_numpy()
            threshold = VARIABLES[name].get("disclosure_threshold")
            table[name] = rounded(values, threshold, VARIABLES[name].get("rounding", 1)) if threshold else values
            small[name] = (values > 0) & (values < threshold) if threshold else np.zeros(len(values), dtype=bool)
        for name in table:
            # What is done for a count of people tells how many they are: withheld where they are few.
            told = small.get(VARIABLES[name].get("follows", ""))
            table[name] = table[name] if told is None else np.where(told, np.nan, table[name])
        for name, parts in SUMS.items():
            table[name] = sum(table[part] for part in parts)
        return table

    def _people(self, observations, movements, groups):
        counts = observations[observations["variable"] == "population"].pivot(
            index="commune_code", columns="reference_date", values="value"
        )
        between = (CENSUS - CENSUS_BEFORE).days / 365.25
        before, last = counts[CENSUS_BEFORE], counts[CENSUS]
        mates = counts.groupby(groups.reindex(counts.index)).transform("sum")
        rate = lambda first, second: (second / first) ** (1 / between) - 1  # noqa: E731
        growth = ((rate(before, last) + rate(mates[CENSUS_BEFORE], mates[CENSUS])) / 2).clip(-0.025, 0.025)
        code, month = self.rows.get_level_values(0), self.rows.get_level_values(1)
        years = ((month - CENSUS).days / 365.25).to_numpy()
        base = last.loc[code].to_numpy()
        past = base * (base / before.loc[code].to_numpy()) ** (years / between)
        self.table["residents"] = np.where(years <= 0, past, base * (1 + growth.loc[code].to_numpy()) ** years)
        elsewhere, at_home, away = self._books(movements)
        shown, home = rounded(elsewhere, 5, 5), rounded(at_home, 5, 5)
        share = np.where(shown + home > 0, divide(shown, shown + home), 1.0)
        self.table["away"] = rounded(away, 5, 5)
        self.table["displaced_from_elsewhere"] = self.table["displaced_persons"] * share
        for cycle in ("primary", "college", "lycee"):
            name = f"displaced_pupils_{cycle}"
            self.table[f"{name}_from_elsewhere"] = self.table[name] * share

    def _books(self, movements):
        """Persons hosted from elsewhere, hosted at home and away, by row: every movement counted from its month on."""
        steps = []
        for m in movements.itertuples():
            home = {"arrival": m.origin_code, "return": m.destination_code}.get(m.kind, m.home_code)
            ends = {"arrival": [(m.destination_code, 1)], "return": [(m.origin_code, -1)]}
            for host, sign in ends.get(m.kind, [(m.origin_code, -1), (m.destination_code, 1)]):
                book = "elsewhere" if host != home else "home"
                steps.append((book, host, m.reference_date, sign * m.persons))
                if host != home:
                    steps.append(("away", home, m.reference_date, sign * m.persons))
        frame = pd.DataFrame(steps, columns=["book", "code", "month", "persons"])
        found = []
        for book in ("elsewhere", "home", "away"):
            part = frame[frame["book"] == book].pivot_table(index="code", columns="month", values="persons", aggfunc="sum")
            part = part.reindex(index=sorted(set(self.rows.get_level_values(0))), columns=self.months).fillna(0.0)
            found.append(part.cumsum(axis=1).to_numpy().ravel())
        return found

    def results(self, counting, basis, profile):
        """Every result by id, each a dictionary of arrays over the rows."""
        o = dict(self.table)
        gone = COUNTED[counting]
        elsewhere, away = o["displaced_from_elsewhere"], o["away"]
        present = o["residents"] + (elsewhere - away) * (1 - gone)
        o["population_served"] = present if basis == "presence" else o["residents"] - (elsewhere - away) * gone
        acts, extracts = o["registry_full_acts"], o["registry_extracts"]
        hours = acts / norm("acts_per_agent_day", profile) + extracts / norm("extracts_per_agent_day", profile)
        o["registry_pace"] = (acts + extracts) / hours
        o["room_turns"] = 1 + norm("double_shift_counted", profile) * o["schools_double_shift"] / o["schools_open"]
        found = {i["id"]: rate(i, o, profile) for i in INDICATORS}
        for name in SERVICES:
            found |= service(name, found)
        found["ISP"] = index(found)
        return found | baseline(o)


def rate(indicator, o, profile):
    parts = []
    for term in indicator["terms"]:
        demand, limit = o[term["demand"]], norm(term["norm"], profile)
        factors = [o[c] for c in term.get("capacity", ())] + [norm(n, profile) for n in term.get("capacity_norms", ())]
        capacity = math.prod(factors) + np.zeros_like(demand) if factors else np.full_like(demand, np.nan)
        carried = capacity * (indicator.get("scale", 1) / limit if indicator["measure"] == "density" else limit)
        less = demand - o[term["displaced"]] if term.get("displaced") else demand
        parts.append((demand, np.maximum(less, 0.0), capacity, carried, limit))
    demand, less, capacity, carried = (sum(p[at] for p in parts) for at in range(4))
    measure, scale = indicator["measure"], indicator.get("scale", 1)
    gap = sum(np.maximum(0.0, d - n) for d, _, _, n, _ in parts)
    if measure not in JUDGED:
        return {"value": count(indicator, o, profile, parts, gap), "score": np.full_like(demand, np.nan)}
    known = ~np.isnan(demand) & ~np.isnan(carried)
    pressure, absent = divide(demand, carried), known & (carried == 0) & (demand > 0)
    without, absent_less = divide(less, carried), known & (carried == 0) & (less > 0)
    if indicator.get("classed_by") == "worst_term":
        judged, none = worst_of(parts, 0, pressure)
        judged_less, none_less = worst_of(parts, 1, without)
        broken, broken_less = absent | none, absent_less | none_less
    else:
        judged, judged_less, broken, broken_less = pressure, without, absent, absent_less
    own = indicator.get("goalposts")
    value = scale * (divide(demand, capacity) if measure == "load" else divide(capacity, demand))
    by_value = own and own["scored"] == "value"
    result = {
        "value": value,
        "pressure": pressure,
        "pressure_without_displaced": without,
        "gap_to_norm": np.where(known, gap, np.nan),
    }
    for end, figure, gone in (("", judged, broken), ("_without_displaced", judged_less, broken_less)):
        scored = score(value if by_value else figure, own or LEGEND["goalposts"])
        classed = class_of(scored, BANDS) if own else class_of(figure, UPPERS)
        result[f"score{end}"] = np.where(gone, 100.0, scored)
        result[f"severity_class{end}"] = np.where(gone, 5.0, classed)
    return result | {"absent": absent}


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


def mean(members, found, end):
    scores = np.array([found[i["id"]][f"score{end}"] for i in members])
    if all(i.get("face") == "access" for i in members):
        return np.fmax.reduce(scores)
    weights = np.array([i.get("weight", 0) for i in members])[:, None] * ~np.isnan(scores)
    return divide(np.nansum(np.nan_to_num(scores) * weights, axis=0), weights.sum(axis=0))


def counts(indicator):
    return indicator["measure"] in JUDGED and (indicator.get("weight", 0) > 0 or indicator.get("critical", False))


def face(indicator):
    return indicator.get("face", "load")


def service(name, found):
    """The faces of a service, then the service."""
    members = [i for i in INDICATORS if i["sector"] == name and counts(i)]
    faces = {f"{name}_{kind}": [i for i in members if face(i) == kind] for kind in ("load", "access")}
    answer = {}
    for key, own in (*faces.items(), (name, members)):
        result = {}
        for end in ("", "_without_displaced"):
            loads = [i for i in own if face(i) == "load"] or own
            base = class_of(mean(loads, found, end), BANDS)
            classes = np.array([found[i["id"]][f"severity_class{end}"] for i in own])
            gone = [found[i["id"]]["absent"] & (classes[at] == 5) for at, i in enumerate(own) if critical_load(i)]
            least = (
                np.select(
                    [np.any(gone, axis=0), (classes == 5).any(axis=0), (classes == 4).any(axis=0)], [5.0, 3.0, 2.0], np.nan
                )
                if gone
                else np.select([(classes == 5).any(axis=0), (classes == 4).any(axis=0)], [3.0, 2.0], np.nan)
            )
            result[f"score{end}"] = mean(own, found, end)
            result[f"severity_class{end}"] = np.fmax(base, least)
        result["class_by_score"] = np.where(
            np.isnan(result["severity_class"]),
            np.nan,
            class_of(mean([i for i in own if face(i) == "load"] or own, found, ""), BANDS),
        )
        answer[key] = result
    return answer


def critical_load(indicator):
    return bool(indicator.get("critical")) and face(indicator) == "load"


def index(found):
    result, weights = {}, np.array(list(SERVICES.values()), dtype=float)
    power = LEGEND["composite"]["power"]
    for end in ("", "_without_displaced"):
        scores = np.array([found[name][f"score{end}"] for name in SERVICES])
        value = (weights[:, None] * scores**power).sum(axis=0) / weights.sum()
        result[f"score{end}"] = value ** (1 / power)
        classes = {name: found[name][f"severity_class{end}"] for name in SERVICES}
        critical = [i for i in INDICATORS if counts(i) and i.get("critical")]
        heaviest = np.array(
            [
                np.fmax.reduce(
                    [
                        classes[name],
                        *(
                            found[i["id"]][f"severity_class{end}"]
                            for i in critical
                            if face(i) == "load" and i["sector"] == name
                        ),
                    ]
                )
                for name in SERVICES
            ]
        )
        far = np.array([found[i["id"]][f"severity_class{end}"] for i in critical if face(i) == "access"])
        flagged = (heaviest == 5).any(axis=0) | ((heaviest >= 4).sum(axis=0) >= 2)
        least = np.select([flagged, (far == 5).any(axis=0), (far == 4).any(axis=0)], [4.0, 3.0, 2.0], np.nan)
        base = class_of(result[f"score{end}"], BANDS)
        result[f"severity_class{end}"] = np.fmax(base, least)
        if not end:
            result["class_by_score"] = base
    return result


def mean_of_known(table):
    return divide(np.nansum(table, axis=0), (~np.isnan(table)).sum(axis=0))


def baseline(o):
    """The starting point: scores of parts on their goalposts, means of themes, of faces, and the power mean of both faces."""
    rules, faces = read("baseline.yaml"), {}
    for part in rules["parts"]:
        value = sum(o[name] for name in part["of"]) * part.get("scale", 1)
        value = divide(value, o[part["over"]]) if part.get("over") else value
        if np.isnan(value).all():
            continue
        scored = score(value, part)
        silent = part.get("where_silent")
        scored = scored if silent is None else np.where(np.isnan(scored), silent, scored)
        faces.setdefault(part["face"], {}).setdefault(part["theme"], []).append(scored)
    found = {}
    for name, themes in faces.items():
        means = np.stack([mean_of_known(np.vstack(parts)) for parts in themes.values()])
        found[f"BASE_{name.upper()}"] = means.mean(axis=0)
    found["BASE"] = np.mean([part ** rules["power"] for part in found.values()], axis=0) ** (1 / rules["power"])
    uppers = [c["upper"] for c in rules["classes"][:-1]]
    return {name: {"score": scores, "severity_class": class_of(scores, uppers)} for name, scores in found.items()}
