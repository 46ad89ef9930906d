"""A second answer to docs/classes.md: classes and scores of services, faces and index from the YAML and the store, with pandas and
plain Python; nothing of ``analytics`` computes it."""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from tests.plain_people import books, published, residents, share_of

DEFINITIONS = Path(__file__).parents[2] / "data" / "definitions"
LEGEND = yaml.safe_load((DEFINITIONS / "legends" / "severity.yaml").read_text())
INDICATORS = [yaml.safe_load(path.read_text()) for path in sorted((DEFINITIONS / "indicators").glob("*.yaml"))]
NORMS = {k: v for path in (DEFINITIONS / "norms").glob("*.yaml") for k, v in yaml.safe_load(path.read_text()).items()}
VARIABLES = {
    name: entry
    for path in (DEFINITIONS / "variables").glob("*.yaml")
    for name, entry in yaml.safe_load(path.read_text())["variables"].items()
}
SERVICES = [name for name, entry in LEGEND["sectors"].items() if "weight" in entry]
COUNTING = [i for i in INDICATORS if i["measure"] in ("load", "density") and (i.get("weight", 0) > 0 or i.get("critical"))]
EVERY = 7


def norm(name):
    """The value of the planning profile; none changed over the months that ship."""
    return next(v["value"] for v in NORMS[name]["values"] if v.get("profile", "planning") == "planning")


def class_of_pressure(pressure):
    return next(c["id"] for c in LEGEND["classes"] if round(pressure, 9) <= c["upper"])


def class_of_score(score):
    return 1 + sum(round(score, 9) > bound for bound in (20, 40, 60, 80))


def rate(indicator, o):
    """Score and class of one indicator, and whether its capacity is absent; None where it does not apply."""
    parts = []
    for term in indicator["terms"]:
        if any(o.get(name) is None for name in (term["demand"], *term["capacity"])):
            return None
        capacity = math.prod([o[c] for c in term["capacity"]] + [norm(n) for n in term.get("capacity_norms", ())])
        parts.append((o[term["demand"]], capacity, capacity * norm(term["norm"])))
    demand, capacity, at_norm = (sum(column) for column in zip(*parts, strict=True))
    if at_norm == 0:
        return (100.0, 5, True) if demand > 0 else None
    pressure = demand / at_norm
    if indicator.get("classed_by") == "worst_term":
        pressures = [math.inf if n == 0 else d / n for d, _, n in parts if d > 0]
        pressure = max(pressures)
    own = indicator.get("goalposts")
    scored = indicator.get("scale", 1) * demand / capacity if own else pressure
    points = np.array((own or LEGEND["goalposts"])["points"], dtype=float)
    score = float(np.interp(scored, points[:, 0], points[:, 1]))
    return score, class_of_score(score) if own else class_of_pressure(pressure), False


def combine(members, rated):
    """Score and class of a service or a face."""
    known = [(i, *rated[i["id"]]) for i in members if rated[i["id"]] is not None]
    if not known:
        return None
    loads = [k for k in known if k[0].get("face", "load") == "load"]

    def mean(of):
        if all(k[0].get("face") == "access" for k in of):
            return max(k[1] for k in of)
        return sum(k[1] * k[0].get("weight", 0) for k in of) / sum(k[0].get("weight", 0) for k in of)

    classes = [k[2] for k in known]
    least = 3 if 5 in classes else 2 if 4 in classes else 1
    if any(k[3] and k[0].get("critical") for k in loads):
        least = 5
    return mean(known), max(class_of_score(mean(loads or known)), least)


def combine_index(services, rated):
    score = math.sqrt(sum(s[0] ** 2 for s in services.values()) / len(services))
    critical = [(i["sector"], i.get("face", "load"), rated[i["id"]]) for i in COUNTING if i.get("critical")]
    heaviest = {
        name: max([s[1], *(r[1] for sector, face, r in critical if r and (sector, face) == (name, "load"))])
        for name, s in services.items()
    }
    access = [r[1] for _, face, r in critical if r and face == "access"]
    high = sum(c >= 4 for c in heaviest.values())
    least = 4 if 5 in heaviest.values() or high >= 2 else 3 if 5 in access else 2 if 4 in access else 1
    return score, max(class_of_score(score), least)


def as_published(name, value):
    threshold, step = VARIABLES[name].get("disclosure_threshold"), VARIABLES[name].get("rounding", 1)
    if not threshold:
        return value
    return threshold / 2 if 0 < value < threshold else step * math.floor(value / step + 0.5)


@pytest.fixture(scope="module")
def stored(built_store):
    """Observations and movements of the store that ships."""
    from data import queries
    from data.store import Store

    with Store(built_store).open() as connection:
        territory = queries.whole_territory(connection)
        return queries.read_observations(connection, territory), queries.read_movements(connection, territory)


def figures_of(stored, group_of, code, month):
    """What one commune reported for one month, as it may be published, and the people whom it serves."""
    observations, movements = stored
    own = observations[observations["commune_code"] == code]
    now = own[own["reference_date"].isin([month, pd.Timestamp("2024-09-01")])]
    now = now.sort_values("reference_date", key=lambda d: d == month)
    o = {r.variable: as_published(r.variable, r.value) for r in now.itertuples() if not math.isnan(r.value)}
    counts = observations[observations["variable"] == "population"].pivot(
        index="commune_code", columns="reference_date", values="value"
    )
    mates = counts[group_of[counts.index] == group_of[code]].sum()
    hosted, at_home, away = books(movements, month)
    elsewhere = published(hosted.get(code, 0) + at_home.get(code, 0)) * share_of(hosted, at_home, code)
    stay = residents(list(counts.loc[code]), list(mates), month)
    o["population_served"] = stay + (elsewhere - published(away.get(code, 0))) * 0.5
    return o


@pytest.mark.parametrize("month_index", [0, 7, 15, 23])
def test_classes_and_scores_agree_with_the_plain_answer(figures, stored, month_index):
    month, compared = figures.months[month_index], 0
    for code in figures.territory[month_index % EVERY :: EVERY]:
        o = figures_of(stored, figures.communes["group_code"], code, month)
        rated = {i["id"]: rate(i, o) for i in COUNTING}
        expected = {}
        for name in SERVICES:
            members = [i for i in COUNTING if i["sector"] == name]
            expected[name] = combine(members, rated)
            for face in ("load", "access"):
                expected[f"{name}_{face}"] = combine([i for i in members if i.get("face", "load") == face], rated)
        expected["ISP"] = combine_index({name: expected[name] for name in SERVICES}, rated)
        shown = figures.of_commune(code, month)
        for name, answer in {**{i: r and r[:2] for i, r in rated.items()}, **expected}.items():
            if answer is None:
                assert pd.isna(shown.at[name, "severity_class"]), (code, name)
                continue
            assert shown.at[name, "score"] == pytest.approx(answer[0], rel=0, abs=1e-9), (code, name)
            assert shown.at[name, "severity_class"] == answer[1], (code, name)
            compared += 1
    assert compared > 200
