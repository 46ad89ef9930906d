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
from tests.second_answer import COUNTED, INDICATORS, SERVICES, SecondAnswer

VARIANTS = list(product(CensusCounting, PopulationBasis, OFFERED_PROFILES))
FIELDS = (
    "value", "pressure", "pressure_without_displaced", "gap_to_norm", "score", "score_without_displaced", "severity_class",
    "severity_class_without_displaced", "class_by_score",
)  # fmt: skip
_ANSWER = []


@pytest.fixture
def second(figures, built_store):
    from data import queries
    from data.store import Store

    if not _ANSWER:
        with Store(built_store).open() as connection:
            territory = queries.whole_territory(connection)
            observed, moved = queries.read_observations(connection, territory), queries.read_movements(connection, territory)
        _ANSWER.append(SecondAnswer(observed, moved, figures.communes["group_code"]))
    return _ANSWER[0]


ATTRIBUTES = {"score_without_displaced": "score_without", "severity_class_without_displaced": "severity_class_without"}


def given(result, field):
    """A field of a result, as the rows of ``Assessment.frame`` have it."""
    name = ATTRIBUTES.get(field, field)
    return getattr(result, name) if hasattr(result, name) else result.figures[name]


def compare(figures, second, variant):
    """How many cells were compared, each equal to 1e-9, and the results that only one of the two knows."""
    counting, basis, profile = variant
    answer = second.results(counting.value, basis.value, profile.value)
    assessment = assess(figures.assessment.panel, figures.definitions, Assumptions(counting, basis, profile))
    assessment = with_baseline(assessment, figures.definition_set.baseline)
    months = len(assessment.panel.months)
    places = {code: at for at, code in enumerate(assessment.panel.commune_codes)}
    codes = second.rows.get_level_values(0).unique()
    order = np.concatenate([np.arange(months) + months * places[code] for code in codes])
    cells = 0
    for name, expected in answer.items():
        for field in FIELDS:
            if field in expected:
                shown = given(assessment.results[name], field)[order].astype(float)
                told = f"{name} {field} {variant}"
                np.testing.assert_allclose(shown, expected[field], rtol=1e-9, atol=1e-9, equal_nan=True, err_msg=told)
                cells += int((~np.isnan(shown)).sum())
    return cells, set(answer) ^ set(assessment.results)


def test_every_result_of_every_commune_and_month_agrees(figures, second):
    cells, other = compare(figures, second, VARIANTS[0])
    assert other == set()
    assert cells > 300_000
    assert len(INDICATORS) + 3 * len(SERVICES) + 1 + len(BASELINE_IDS) == len(figures.assessment.results)


@pytest.mark.slow
@pytest.mark.parametrize("variant", VARIANTS[1:], ids=lambda v: "-".join(part.value for part in v))
def test_every_variant_agrees(figures, second, variant):
    cells, _ = compare(figures, second, variant)
    assert cells > 300_000
    assert variant[0].value in COUNTED


def test_the_second_answer_imports_nothing_of_the_first():
    for name in ("second_answer.py", "second_definitions.py"):
        tree = ast.parse((Path(__file__).parents[1] / name).read_text(encoding="utf-8"))
        imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import)]
        imported = {alias.name for node in imports for alias in node.names}
        imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert imported <= {"math", "pathlib", "numpy", "pandas", "yaml", "tests.second_definitions"}, name
