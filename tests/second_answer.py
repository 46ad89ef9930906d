"""A second implementation of the whole method, for tests: results from the YAML and the store with NumPy and pandas.

Nothing of ``analytics`` is imported or called. It knows what the figures that ship need, whole or with figures taken out: nothing
withheld in secret, no share of displaced people declared.
"""

import numpy as np
import pandas as pd

from tests.second_composites import baseline, index, service
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
    VARIABLES,
    class_of,
    divide,
    norm,
    rounded,
    score,
)
from tests.second_known import ESTIMATE, MEASURED, Known, graded, least_firm, nothing, observed, of_movements
from tests.second_rates import rate

RATES = ("acts_per_agent_day", "extracts_per_agent_day", "full_acts_share")


class SecondAnswer:
    """Observed figures laid out by commune and month, and every result of them under any assumptions."""

    def __init__(self, observations, movements, groups):
        codes, months = sorted(groups.index), sorted(set(observations["reference_date"]) - {CENSUS_BEFORE, CENSUS})
        months = list(pd.date_range(months[0], months[-1], freq="MS"))
        self.rows = pd.MultiIndex.from_product([codes, months], names=["commune_code", "reference_date"])
        self.months = months
        self.known = {}
        self.table = self._published(observations)
        self._people(observations, movements, groups)
        self._firmness(movements)

    def __getitem__(self, name):
        return self.table[name]

    def _published(self, observations):
        table, small = {}, {}
        for name, part in observations.groupby("variable"):
            monthly = VARIABLES[name].get("monthly", True) and part["reference_date"].nunique() > 2
            if not monthly and (part["reference_date"] == CENSUS).any():
                part = part[part["reference_date"] == CENSUS]
            keys = self.rows if monthly else self.rows.get_level_values(0)
            of_key = part.set_index(["commune_code", "reference_date"] if monthly else "commune_code")
            values = of_key["value"].reindex(keys).to_numpy()
            self.known[name] = observed(of_key.assign(day=part["reference_date"].to_numpy()), keys, self.rows)
            threshold = VARIABLES[name].get("disclosure_threshold")
            table[name] = rounded(values, threshold, VARIABLES[name].get("rounding", 1)) if threshold else values
            small[name] = (values > 0) & (values < threshold) if threshold else np.zeros(len(values), dtype=bool)
        for name in table:
            # What is done for a count of people tells how many they are: withheld where they are few.
            told = small.get(VARIABLES[name].get("follows", ""))
            table[name] = table[name] if told is None else np.where(told, np.nan, table[name])
        for name, parts in SUMS.items():
            table[name] = sum(table[part] for part in parts)
        # Who sends acts and extracts alone has sent the total.
        added = table["registry_full_acts"] + table["registry_extracts"]
        self.added_up = np.isnan(table["registry_requests"]) & ~np.isnan(added)
        table["registry_requests"] = np.where(self.added_up, added, table["registry_requests"])
        return table

    def _firmness(self, movements):
        """Kind and grade of every figure that an indicator names."""
        known, books = self.known, of_movements(movements, self.rows, self.months)
        parts = least_firm(known[name][0] for name in ("registry_full_acts", "registry_extracts"))
        requests, age = known["registry_requests"]
        known["registry_requests"] = mixed(self.added_up, parts, requests), age
        legal, age = known["population"]
        is_census = (self.rows.get_level_values(1) == CENSUS) | (legal.kind < 0)
        carried = np.where(is_census, legal.kind, np.maximum(legal.kind, ESTIMATE))
        known["residents"] = Known(carried, legal.grade, legal.not_applicable), age
        known["books"] = books, np.zeros(len(self.rows))
        done = {name: graded(name, *of, self._answered) for name, of in known.items() if name != "residents"}
        # Projected residents are read as the count of the census is: its age is no fault.
        done["residents"] = graded("population", *known["residents"], self._answered)
        done["displaced_from_elsewhere"] = least_firm([done["displaced_persons"], done["books"]])
        done["population_served"] = least_firm([done["residents"], done["displaced_from_elsewhere"]])
        done |= {name: least_firm(done[part] for part in parts) for name, parts in SUMS.items()}
        told = ~np.isnan(self.table["registry_full_acts"] + self.table["registry_extracts"])
        plain, firm = nothing(len(self.rows)), np.zeros(len(self.rows), dtype=int)
        done["registry_pace"] = Known(np.where(told, MEASURED, ESTIMATE), firm, plain.not_applicable)
        done["room_turns"] = Known(firm + MEASURED, firm, plain.not_applicable)
        self.known = done

    def _answered(self, share):
        return self.table.get(share, np.full(len(self.rows), np.nan))

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

    def columns(self, counting, basis, profile):
        """Every figure that an indicator names, over the rows."""
        o = dict(self.table)
        gone = COUNTED[counting]
        elsewhere, away = o["displaced_from_elsewhere"], o["away"]
        present = o["residents"] + (elsewhere - away) * (1 - gone)
        o["population_served"] = present if basis == "presence" else o["residents"] - (elsewhere - away) * gone
        acts, extracts = o["registry_full_acts"], o["registry_extracts"]
        by_act, by_extract, usual = (norm(name, profile) for name in RATES)
        told = divide(acts, acts + extracts)
        share = np.where(np.isnan(told), usual, told)
        o["registry_pace"] = 1 / (share / by_act + (1 - share) / by_extract)
        twice = np.nan_to_num(divide(o["schools_double_shift"], o["schools_open"]))
        o["room_turns"] = np.minimum(1 + norm("double_shift_counted", profile) * twice, 2)
        return o

    def results(self, counting, basis, profile):
        """Every result by id, each a dictionary of arrays over the rows."""
        o = self.columns(counting, basis, profile)
        found = {i["id"]: known_result(i, rate(i, o, profile), o, self.known) for i in INDICATORS}
        for name in SERVICES:
            found |= service(name, found)
        found["ISP"] = index(found)
        return found | baseline(o, self.known)


def mixed(use, first, second):
    """The first where it is used, the second elsewhere."""
    return Known(*(np.where(use, getattr(first, f), getattr(second, f)) for f in ("kind", "grade", "not_applicable")))


def known_result(indicator, result, o, known):
    """A result with what is known of it: status, kind, grade, and its class at both ends of what is missing."""
    names = [name for term in indicator["terms"] for name in (term["demand"], *term.get("capacity", ()))]
    named = indicator.get("parameters", {})
    inputs = least_firm(known[name] for name in (*names, *(named[k] for k in ("backlog", "done", "pace") if k in named)))
    judged = indicator["measure"] in JUDGED
    there = result.pop("known") if judged else ~np.isnan(result["value"])
    carried, demand = result.pop("carried", None), result.pop("demand", None)
    empty = there & (carried == 0) if judged else np.zeros(len(there), dtype=bool)
    status = np.select(
        [inputs.not_applicable, ~there, empty & (demand > 0) if judged else empty, empty],
        ["not_assessed", "missing", "no_service", "no_demand"],
        "assessed",
    )
    said = np.isin(status, ("assessed", "no_service", "no_demand"))
    found = result | {"status": status}
    found |= {"kind": np.where(said, inputs.kind, -1), "grade": np.where(said, inputs.grade, -1)}
    if judged:
        missing, least = status == "missing", found.pop("least")
        found["severity_class_low"] = np.where(missing, least, result["severity_class"])
        found["severity_class_high"] = np.where(missing, 5.0, result["severity_class"])
        found |= {"score_low": result["score"], "score_high": result["score"]}
        whole = indicator["terms"][0].get("whole")
        found |= of_all_people(indicator, o, found, o[whole]) if whole else {}
    return found


def of_all_people(indicator, o, found, people):
    """A share that was published of some people: its class where the others, none or all of them, cannot change it."""
    (term,), goalposts = indicator["terms"], indicator["goalposts"]
    far, told = o[term["demand"]], o[term["capacity"][0]]
    everyone = np.where(people < told, told, people)
    scores = [score(100 * divide(count, everyone), goalposts) for count in (far, far + everyone - told)]
    low, high = (class_of(end, BANDS) for end in scores)
    said = found["status"] == "assessed"
    enough = told / everyone >= LEGEND["least_known_share"]
    low, high = (np.where(enough, found["severity_class"], end) for end in (low, high))
    scores = [np.where(enough, found["score"], end) for end in scores]
    open_ended = said & (low != high)
    nothing_said = (low == 1) & (high == 5)
    return {
        "status": np.where(open_ended, np.where(nothing_said, "insufficient", "partial"), found["status"]),
        "severity_class": np.where(open_ended, np.nan, found["severity_class"]),
        "severity_class_without_displaced": np.where(open_ended, np.nan, found["severity_class_without_displaced"]),
        "severity_class_low": np.where(said, low, found["severity_class_low"]),
        "severity_class_high": np.where(said, high, found["severity_class_high"]),
        "score_low": np.where(said, scores[0], found["score"]),
        "score_high": np.where(said, scores[1], found["score"]),
    }
