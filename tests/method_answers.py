"""Answers of every formula on a small invented territory, kept beside the digest of the definitions (tests/golden/method.json).

``python -m tests.method_answers`` writes them again. It refuses when an answer or a definition moved and ``method_version``
(data/definitions/legends/severity.yaml) was not raised.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from zlib import crc32

import numpy as np
import pandas as pd

from analytics.alerts import read_levels
from analytics.allocation import allocate
from analytics.allocation_problem import Limits, build_problem
from analytics.assessment import COMPOSITE_ID, assess
from analytics.assumptions import Assumptions, CensusCounting, NormProfile, PopulationBasis
from analytics.bases import compare_bases
from analytics.demand import add_flows
from analytics.disclosure import protect_panel
from analytics.displacement import build_flows
from analytics.panel import Panel, build_panel
from analytics.population import add_resident_population
from analytics.projection import project
from analytics.resource_gap import build_gap_table
from analytics.resources import Means
from analytics.scenario import ScenarioSetting
from analytics.sensitivity import measure_sensitivity
from analytics.uncertainty import simulate
from data.loaders.definition_set import DefinitionSet
from data.loaders.today import load_today

KEPT = Path(__file__).parent / "golden" / "method.json"
CODES = ("01", "02", "03", "04", "05")
GROUPS = pd.Series(["A", "A", "B", "B", "B"], index=list(CODES))
CENTROIDS = {code: (30.4 + 0.1 * at, -8.9 + 0.12 * at) for at, code in enumerate(CODES)}
MONTHS = tuple(pd.date_range("2024-11-01", periods=4, freq="MS"))
VARIANTS = {
    "planning": Assumptions(),
    "emergency": Assumptions(CensusCounting.COUNTED, PopulationBasis.PRESENCE, NormProfile.EMERGENCY),
    "regional": Assumptions(CensusCounting.NOT_COUNTED, PopulationBasis.RESIDENCE, NormProfile.REGIONAL),
}
DRAWS = 60
BUDGET_MAD = 6e6
# Seven figures: the same on every machine, and far below what any reader sees.
FIGURES = 7


def invented_panel(definitions: DefinitionSet) -> Panel:
    """Five communes, four months: every variable a plain number of its name, one commune without service, one unheard."""
    rows = [
        (code, month, variable.id, _figure(variable.id, variable.maximum, at, step))
        for variable in definitions.variables.values()
        for at, code in enumerate(CODES)
        for step, month in enumerate(MONTHS)
        if not (code == "05" and variable.sheet == "health")
    ]
    frame = pd.DataFrame(rows, columns=["commune_code", "reference_date", "variable", "value"])
    frame = frame.assign(status="reported", provenance="declared", reliability="B")
    frame.loc[frame["commune_code"] == "02", "provenance"] = "proxy"
    census = frozenset(v.id for v in definitions.variables.values() if not v.monthly)
    panel = build_panel(frame, CODES, MONTHS, census)
    panel = add_resident_population(panel, frame, GROUPS)
    panel = add_flows(panel, build_flows(_movements(), CODES, MONTHS))
    return protect_panel(panel, definitions.disclosure)


def _figure(name: str, maximum: float | None, at: int, step: int) -> float:
    seed = crc32(name.encode())
    if at == 3 and name.startswith(("classrooms_functional", "registry_agents")):
        return 0.0
    if maximum is not None:
        return float((seed + 7 * at + 3 * step) % int(maximum + 1))
    if name in ("population", "municipal_population"):
        return 4000.0 + 700 * at
    asked = name.startswith(("pupils", "outpatient", "registry_requests", "displaced_persons"))
    if not asked and name.startswith(("primary_care", "registry_agents_fte", "clinicians", "doctors", "midwives")):
        return 1.0 + (seed + at) % 2
    return float(180 + (seed + 37 * at + 5 * step) % 420 if asked else 6 + (seed + at + step) % 9)


def _movements() -> pd.DataFrame:
    columns = ("reference_date", "kind", "origin_code", "destination_code", "home_code", "persons")
    rows = [
        (MONTHS[0], "arrival", "01", "01", "", 60.0),
        (MONTHS[0], "arrival", "02", "01", "", 40.0),
        (MONTHS[1], "relocation", "01", "03", "02", 15.0),
        (MONTHS[2], "return", "01", "02", "", 10.0),
    ]
    said = {"status": "reported", "provenance": "declared", "reliability": "B"}
    return pd.DataFrame(rows, columns=list(columns)).assign(**said)


def answers(definitions: DefinitionSet) -> dict[str, object]:
    """Every answer by name, as plain numbers."""
    d = definitions.definitions
    panel, found = invented_panel(definitions), {}
    for name, assumptions in VARIANTS.items():
        assessment = assess(panel, d, assumptions)
        ids = [*d.indicators, *(s.value for s in d.services), COMPOSITE_ID]
        frame = assessment.frame(ids)
        for column in ("value", "pressure", "score", "severity_class", "gap_to_norm"):
            found[f"{name} {column}"] = _by_result(frame, column)
        rows = build_gap_table(assessment, d, definitions.means, MONTHS[-1], assumptions=assumptions)
        found[f"{name} cost"] = _plain(rows.groupby("need_id", sort=True)["cost_central_mad"].sum())
        found[f"{name} units"] = _plain(rows.groupby("need_id", sort=True)["resource_units"].sum())
    assessment = assess(panel, d)
    rows = build_gap_table(assessment, d, definitions.means, MONTHS[-1])
    found["allocation"] = _plans(rows, definitions.means)
    found["levels"] = {s.value: _plain(read_levels(assessment, d, definitions.triggers, s).to_numpy()) for s in d.services}
    found |= _ahead(panel, definitions)
    found["bases"] = _plain(compare_bases(panel.of_month(MONTHS[-1]), d).select_dtypes("number").sum())
    found["sensitivity"] = _plain(measure_sensitivity(panel.of_month(MONTHS[-1]), d).select_dtypes("number").sum())
    few = replace(d, uncertainty=replace(d.uncertainty, draws=DRAWS))
    drawn = simulate(assess(panel, few), few, [MONTHS[-1]])[MONTHS[-1]]
    found["intervals"] = _plain(drawn.select_dtypes("number").sum())
    return found


def _plans(rows: pd.DataFrame, means: Means) -> dict[str, object]:
    """Units of each plan over what is offered, under a budget that closes about half of what is missing."""
    offered = rows[rows["resource_id"].isin([r.id for r in means.resources.values() if r.offered])]
    problem = build_problem(
        offered,
        weights=means.weights(),
        comparable=means.comparable,
        unit_cost={name: means.annual_cost(name) for name in means.resources},
        limits=Limits(budget_mad=BUDGET_MAD),
    )
    return {plan.name.value: _plain(plan.units) for plan in allocate(problem).plans.values()}


def _ahead(panel: Panel, definitions: DefinitionSet) -> dict[str, object]:
    setting = ScenarioSetting(
        dict(GROUPS), CENTROIDS, definitions.definitions, definitions.presets, definitions.shock_model, months_since_event=17
    )
    found: dict[str, object] = {}
    for name, scenario in definitions.library.items():
        projection = project(panel, scenario, setting)
        found[f"ahead {name}"] = _plain(projection.table(COMPOSITE_ID, "score")[:, [0, 5, -1]])
    return found


def _by_result(frame: pd.DataFrame, column: str) -> dict[str, object]:
    return {str(key): _plain(part[column]) for key, part in frame.groupby("indicator_id", sort=True)}


def _plain(values: object) -> object:
    """Rounded to so many figures; None where nothing is known."""
    if isinstance(values, pd.Series) and values.index.dtype == object:
        return {str(key): _number(value) for key, value in values.items()}
    return [_number(value) for value in np.asarray(values, dtype=float).ravel()]


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(f"{value:.{FIGURES}g}")


def now() -> dict[str, object]:
    """What today's definitions and formulas give."""
    definitions = load_today()
    return {
        "method_version": definitions.method_version, "definitions": definitions.digest, "answers": answers(definitions)
    }  # fmt: skip


def moved(before: dict, after: dict) -> list[str]:
    """Names of what differs: ``definitions``, and each answer."""
    names = sorted(set(before["answers"]) | set(after["answers"]))
    differing = [name for name in names if before["answers"].get(name) != after["answers"].get(name)]
    return [*(["definitions"] if before["definitions"] != after["definitions"] else []), *differing]


def write() -> int:
    """Keep today's answers, unless something moved under the same version."""
    found = now()
    if KEPT.exists():
        kept = json.loads(KEPT.read_text(encoding="utf-8"))
        differing = moved(kept, found)
        if differing and kept["method_version"] == found["method_version"]:
            print("Raise method_version in data/definitions/legends/severity.yaml; these moved:", *differing, sep="\n  ")
            return 1
    lines = json.dumps(found, ensure_ascii=False).replace("], ", "],\n ").replace("}, ", "},\n")
    KEPT.write_text(lines + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(write())
