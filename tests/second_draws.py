"""Ranges of the second answer: figures that err, with errors of its own, by what docs/ranks.md says and nothing of ``analytics``.

One month; everything reported and nobody without a service. Arrays are communes × (1 + draws), the first column without error.
"""

import math

import numpy as np
from scipy.special import ndtr

from tests.second_composites import counts, face
from tests.second_definitions import INDICATORS, JUDGED, LEGEND, SERVICES, divide, norm, read, score
from tests.second_known import GRADES, RULES

DRAWING = read("uncertainty.yaml")
JUDGED_IDS = {i["id"] for i in INDICATORS if i["measure"] in JUDGED}
FACTORS = ("registry_pace", "room_turns")
SPREAD = [RULES["variation"][letter] for letter in GRADES]


class SecondDraws:
    """Figures of one month of a second answer, each with the error of its grade."""

    def __init__(self, second, month, profile, draws, seed):
        self.at = np.flatnonzero(second.rows.get_level_values(1) == month)
        self.second, self.profile, self.draws = second, profile, draws
        self.normal = np.random.default_rng(seed).standard_normal
        self.errors, self.columns = {}, second.columns("declared", "presence", profile)

    def error(self, name):
        if name not in self.errors:
            own = self.normal((len(self.at), self.draws))
            for cause in DRAWING["shared_causes"]:
                if name in cause["variables"]:
                    key = f"cause {cause['id']}"
                    if key not in self.errors:
                        self.errors[key] = self.normal(own.shape)
                    rho = cause["correlation"]
                    own = math.sqrt(rho) * self.errors[key] + math.sqrt(1 - rho) * own
            self.errors[name] = own
        return self.errors[name]

    def spread(self, name):
        return np.array([*SPREAD, SPREAD[-1]])[self.second.known[name].grade[self.at]][:, None]

    def plain(self, name):
        return np.broadcast_to(self.columns[name][self.at][:, None], (len(self.at), 1 + self.draws))

    def erring(self, name, factor):
        return self.plain(name) * np.hstack([np.ones((len(self.at), 1)), factor])

    def demand(self, name, of=None, known=None):
        sigma = np.sqrt(np.log1p(self.spread(known or name) ** 2))
        return self.erring(name, np.exp(sigma * self.error(of or name)))

    def capacity(self, name):
        if name in FACTORS:
            return self.plain(name)
        error = self.error(name)
        triangle = np.sign(error) * (1 - np.sqrt(2 * ndtr(-np.abs(error))))
        width = np.vectorize(half_width)(self.spread(name))
        return self.erring(name, np.exp(width * triangle))

    def people_served(self):
        rho = DRAWING["census_share"]["correlation"]
        drawn = math.sqrt(rho) * self.normal((1, self.draws)) + math.sqrt(1 - rho) * self.normal((len(self.at), self.draws))
        share = ndtr(np.hstack([np.zeros((len(self.at), 1)), drawn]))
        residents, hosted = self.demand("residents"), self.demand("displaced_from_elsewhere", "displaced_persons")
        away = self.demand("away", "residents_away", "books")
        told = (hosted * share).sum(axis=0) / hosted.sum(axis=0)
        return residents + hosted * (1 - share) - away * (1 - told)

    def term(self, term, indicator):
        demand = self.people if term["demand"] == "population_served" else self.demand(term["demand"])
        norms = [norm(name, self.profile) for name in term.get("capacity_norms", ())]
        capacity = math.prod([self.capacity(name) for name in term.get("capacity", ())] + norms)
        if indicator["id"] in DRAWING["shares"]:
            # The error moves people between the part and the rest of a whole that is known.
            names = (term["demand"], term["capacity"][0])
            part, whole = names if indicator["measure"] == "load" else names[::-1]
            erred = self.demand(part)
            demand = self.of_all(term, divide(erred, erred + self.plain(whole) - self.plain(part)))
            capacity = np.ones_like(demand)
            demand, capacity = (demand, capacity) if indicator["measure"] == "load" else (capacity, demand)
        limit = norm(term["norm"], self.profile)
        return (
            demand,
            capacity,
            capacity * (indicator.get("scale", 1) / limit if indicator["measure"] == "density" else limit),
        )

    def of_all(self, term, share):
        """A share with the people of whom nothing was published: half of the time they lie below the others, half above."""
        if not term.get("whole"):
            return share
        everyone, told = (self.columns[name][self.at][:, None] for name in (term["whole"], term["capacity"][0]))
        silent = np.maximum(1 - told / everyone, 0.0)
        # As many below the middle as above it: a mirror of half of them.
        half = ndtr(self.normal((len(self.at), self.draws // 2)))
        own, at = share[:, :1], np.hstack([np.full((len(self.at), 1), 0.5), half, 1 - half])
        theirs = np.where(at < 0.5, own * 2 * at, 1 - 2 * (1 - own) * (1 - at))
        return (1 - silent) * share + silent * theirs

    def ranges(self):
        """The draws of every judged indicator, face, service and of the index, by id."""
        self.people, self.pushed, figures, scores = self.people_served(), {}, {}, {}
        for i in (i for i in INDICATORS if i["measure"] in JUDGED):
            figures[i["id"]], scores[i["id"]] = self._indicator(i)
        for name in SERVICES:
            members = [i for i in INDICATORS if i["sector"] == name and counts(i)]
            faces = {f"{name}_{kind}": [i for i in members if face(i) == kind] for kind in ("load", "access")}
            for key, own in (*faces.items(), (name, members)):
                raw = _mean(own, scores)
                figures[key] = _moved(raw)
                before = np.array([self.pushed[i["id"]] for i in own])[:, :, None]
                told = ~np.isnan(np.array([scores[i["id"]][:, :1] for i in own]))
                before = _mean(own, {i["id"]: np.where(t, b, np.nan) for i, b, t in zip(own, before, told, strict=True)})
                self.pushed[key] = _push(raw) + np.nan_to_num(before[:, 0])
        power, weights = LEGEND["composite"]["power"], np.array(list(SERVICES.values()), dtype=float)[:, None, None]
        table = np.array([figures[name] for name in SERVICES])
        raw = ((table**power * weights).sum(axis=0) / weights.sum()) ** (1 / power)
        figures["ISP"] = _moved(raw)
        parts = sum(weight * self.pushed[name] for name, weight in SERVICES.items()) / sum(SERVICES.values())
        self.pushed["ISP"] = _push(raw) + parts
        return figures

    def ends(self, name, table):
        """The interval of a result: where a score was pushed to one side, it reaches as far to the other."""
        low, high = np.quantile(table[:, 1:], DRAWING["interval"], axis=1)
        if name not in self.pushed or name in JUDGED_IDS:
            return low, high
        back = self.pushed[name]
        return np.maximum(low - np.maximum(back, 0), 0), np.minimum(high - np.minimum(back, 0), 100)

    def _indicator(self, i):
        terms = [self.term(term, i) for term in i["terms"]]
        demand, capacity, carried = (sum(t[at] for t in terms) for at in range(3))
        own = i.get("goalposts") or LEGEND["goalposts"]
        by_value = own["scored"] == "value"
        figure = divide(demand, capacity) * i.get("scale", 1) if by_value else divide(demand, carried)
        pressed, middle = figure, np.median(figure[:, 1:], axis=1)
        figure = figure if i["id"] in DRAWING["shares"] else _scaled(figure)
        if i.get("classed_by") == "worst_term":
            asked = np.array([np.where(t[0] > 0, divide(t[0], t[2]), np.nan) for t in terms])
            pressed, middle = np.fmax.reduce(asked), _if_as_heavy(asked)
        self.pushed[i["id"]] = score(middle, own) - score(pressed[:, 0], own)
        return figure, score(pressed if i["id"] in DRAWING["shares"] else _scaled(pressed), own)


def _if_as_heavy(asked):
    """The median of the heaviest term, were all as heavy that stand above it in more than one draw of twenty."""
    middle = []
    for terms in np.swapaxes(asked, 0, 1):
        told = sorted((t for t in terms if t[0] == t[0]), key=lambda t: -t[0])
        rivals = told[:1] + [t for t in told[1:] if np.mean(t[1:] > told[0][1:]) > DRAWING["interval"][0]]
        as_heavy = [told[0][0] * t[1:] / t[0] for t in rivals]
        middle.append(np.median(np.max(as_heavy, axis=0)) if told else np.nan)
    return np.array(middle)


def _push(table):
    return np.median(table[:, 1:], axis=1) - table[:, 0]


def _mean(members, scores):
    table = np.array([scores[i["id"]] for i in members])
    if all(face(i) == "access" for i in members):
        return np.fmax.reduce(table)
    weights = np.array([i.get("weight", 0) for i in members])[:, None, None] * ~np.isnan(table)
    return divide((np.nan_to_num(table) * weights).sum(axis=0), weights.sum(axis=0))


def _scaled(table):
    """Draws multiplied so that the figure without error is their median."""
    middle = np.median(table[:, 1:], axis=1, keepdims=True)
    return np.hstack([table[:, :1], table[:, 1:] * np.where(middle > 0, divide(table[:, :1], middle), 1.0)])


def _moved(table):
    """Draws of a score moved so that the score without error is their median, within 0 to 100."""
    shift = table[:, :1] - np.median(table[:, 1:], axis=1, keepdims=True)
    return np.hstack([table[:, :1], np.clip(table[:, 1:] + shift, 0, 100)])


def half_width(spread):
    """Half-width of the triangle on the logarithm whose exponential has a coefficient of variation, by halving."""
    low, high = 1e-9, 6.0
    for _ in range(60):
        w = (low + high) / 2
        first, second = (2 * (math.cosh(x) - 1) / x**2 for x in (w, 2 * w))
        low, high = (w, high) if math.sqrt(max(0.0, second / first**2 - 1)) < spread else (low, w)
    return w
