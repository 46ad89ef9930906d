"""Every result of every commune and month, under every way of counting and every profile of norms, against a second implementation
that shares nothing with ``analytics`` (``tests/second_answer.py``)."""

import ast
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from analytics.assessment import assess
from analytics.assumptions import OFFERED_PROFILES, Assumptions, CensusCounting, PopulationBasis
from analytics.baseline import with_baseline
from analytics.baseline_rules import BASELINE_IDS
from analytics.observations import observe
from analytics.partition import add_up, assess_part, build_part, describe_whole, read_piece
from analytics.result import STATUS
from data.loaders.rules import rules_of
from tests.second_answer import COUNTED, INDICATORS, SERVICES, SecondAnswer
from tests.second_draws import SecondDraws

VARIANTS = list(product(CensusCounting, PopulationBasis, OFFERED_PROFILES))
FIELDS = (
    "value", "pressure", "pressure_without_displaced", "gap_to_norm", "score", "score_without_displaced", "severity_class",
    "severity_class_without_displaced", "severity_class_low", "severity_class_high", "class_by_score", "score_of_load", "score_low",
    "score_high", "kind", "grade",
)  # fmt: skip
_ANSWER = []


_READ = []
# Whatever an indicator of the index rests on may be silent; counts of people are withheld with others, and are left whole.
_SILENT = (
    "pupils_primary", "pupils_college", "pupils_lycee", "classrooms_functional_primary", "classrooms_functional_lycee",
    "teachers_primary", "clinicians_fte", "primary_care_facilities_functional", "health_opening_days", "outpatient_visits",
    "registry_agents_fte", "registry_full_acts", "registry_extracts", "registry_requests", "registry_backlog", "doctors",
    "schools_double_shift", "schools_reporting_pct",
)  # fmt: skip
_SILENT_CENSUS = (
    "population_beyond_5km_health_centre", "population_without_booklet", "population_covered_college", "mmi_intensity",
    "paved_road_km", "households",
)  # fmt: skip


@pytest.fixture
def sent(built_store):
    """The figures and movements of the built store, as the queries read them."""
    from data import queries
    from data.store import Store

    if not _READ:
        with Store(built_store).open() as connection:
            territory = queries.whole_territory(connection)
            _READ.append((queries.read_observations(connection, territory), queries.read_movements(connection, territory)))
    return _READ[0]


@pytest.fixture
def second(figures, sent):
    if not _ANSWER:
        _ANSWER.append(SecondAnswer(*sent, figures.communes["group_code"]))
    return _ANSWER[0]


ATTRIBUTES = {
    "score_without_displaced": "score_without", "severity_class_without_displaced": "severity_class_without",
    "severity_class_low": "class_low", "severity_class_high": "class_high", "kind": "provenance", "grade": "reliability",
}  # fmt: skip


def given(result, field):
    """A field of a result, as the rows of ``Assessment.frame`` have it."""
    name = ATTRIBUTES.get(field, field)
    return getattr(result, name) if hasattr(result, name) else result.figures[name]


def compare(assessment, second, variant):
    """How many cells were compared, each equal to 1e-9, and the results that only one of the two knows."""
    answer = second.results(*(part.value for part in variant))
    months = len(assessment.panel.months)
    places = {code: at for at, code in enumerate(assessment.panel.commune_codes)}
    codes = second.rows.get_level_values(0).unique()
    order = np.concatenate([np.arange(months) + months * places[code] for code in codes])
    cells = 0
    for name, expected in answer.items():
        result = assessment.results[name]
        told = f"{name} {variant}"
        assert [STATUS[rank] for rank in result.status[order]] == list(expected["status"]), told
        for field in FIELDS:
            if field in expected:
                shown = given(result, field)[order].astype(float)
                np.testing.assert_allclose(
                    shown, expected[field], rtol=1e-9, atol=1e-9, equal_nan=True, err_msg=f"{told} {field}"
                )
                cells += int((~np.isnan(shown)).sum())
    return cells, set(answer) ^ set(assessment.results)


def assess_again(figures, variant):
    """The first answer under other assumptions."""
    assessment = assess(figures.assessment.panel, figures.definitions, Assumptions(*variant))
    return with_baseline(assessment, figures.definition_set.baseline)


def take_out(observations, seed):
    """The figures without some of them: single months of a commune, and a part of the census of some communes."""
    chance = np.random.default_rng(seed).random(len(observations))
    monthly = observations["variable"].isin(_SILENT) & (chance < 0.06)
    communes = sorted(observations["commune_code"].unique())
    few = np.random.default_rng(seed + 1).choice(communes, size=12, replace=False)
    census = observations["variable"].isin(_SILENT_CENSUS) & observations["commune_code"].isin(few)
    return observations[~(monthly | census)]


def assess_rows(observations, movements, figures, variant):
    """The first answer from rows, by the way that figures of a store take."""
    codes, rules = tuple(figures.communes.index), rules_of(figures.definition_set, Assumptions(*variant))
    seen = observe(observations, codes)
    whole = describe_whole(codes, figures.months, seen, movements, figures.communes["group_code"])
    panel = build_part(whole, codes, seen, movements, rules)
    return assess_part(panel, add_up(whole, [read_piece(panel, rules)]), rules)


def test_every_result_of_every_commune_and_month_agrees(figures, second):
    cells, other = compare(assess_again(figures, VARIANTS[0]), second, VARIANTS[0])
    assert other == set()
    assert cells > 700_000
    assert len(INDICATORS) + 3 * len(SERVICES) + 1 + len(BASELINE_IDS) == len(figures.assessment.results)


@pytest.mark.slow
@pytest.mark.parametrize("variant", VARIANTS[1:], ids=lambda v: "-".join(part.value for part in v))
def test_every_variant_agrees(figures, second, variant):
    cells, _ = compare(assess_again(figures, variant), second, variant)
    assert cells > 700_000
    assert variant[0].value in COUNTED


@pytest.mark.parametrize("variant", [VARIANTS[0], VARIANTS[-1]], ids=lambda v: "-".join(part.value for part in v))
def test_ranges_and_grades_agree_where_figures_are_missing(figures, sent, variant):
    observations, movements = take_out(sent[0], 20230908), sent[1]
    first = assess_rows(observations, movements, figures, variant)
    second = SecondAnswer(observations, movements, figures.communes["group_code"])
    compare(first, second, variant)
    found = second.results(*(part.value for part in variant))
    for name in (*SERVICES, "ISP"):
        assert (found[name]["status"] == "partial").sum() > 100, name
        assert (found[name]["severity_class_low"] < found[name]["severity_class_high"]).sum() > 100, name


def test_drawn_ranges_agree_within_what_chance_leaves(figures, second):
    """Two sets of draws of the same errors: each end differs by chance alone, about a fifteenth of a standard deviation, and by
    nothing on average."""
    month = figures.months[-1]
    again = SecondDraws(second, month, "planning", draws=2000, seed=7)
    drawn, shown = again.ranges(), figures.intervals(month)
    away = {}
    for name, table in drawn.items():
        first = shown.loc[name].reindex(second.rows.get_level_values(0).unique())
        # Where a figure cannot err (all of a whole, nobody of it) the ends are equal but for how 32 bits divide.
        there = (first["high"] - first["low"] > 1e-3 * first["high"]).to_numpy()
        if not there.any():
            continue
        low, high = (end[there] for end in again.ends(name, table))
        deviation = (first["high"] - first["low"]).to_numpy()[there] / 3.29
        away[name] = np.array([low - first["low"][there], high - first["high"][there]]) / deviation
    every = np.concatenate([ends.ravel() for ends in away.values()])
    assert len(every) > 4_000
    assert np.abs(every).mean() < 0.12
    assert np.quantile(np.abs(every), 0.99) < 0.5
    for name, ends in away.items():
        assert np.abs(ends.mean(axis=1)).max() < 0.15, name


def test_the_second_answer_imports_nothing_of_the_first():
    for path in Path(__file__).parents[1].glob("second_*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        imported += [name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names]
        foreign = {name for name in imported if not str(name).startswith("tests.second_")}
        assert foreign <= {"math", "dataclasses", "pathlib", "numpy", "pandas", "yaml", "scipy.special"}, path.name
