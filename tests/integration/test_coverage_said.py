"""Every title over a territory says how many communes it speaks of; below the stated coverage there is no order and no Gini."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analytics.allocation_equity import MEASURES, measure_equity
from analytics.assessment import assess
from analytics.panel import Column
from analytics.summary import Coverage, decided_high
from data.loaders.today import load_library, load_means
from pages.figures.cache import ComputedTables
from pages.figures.frames import ResultFrames
from pages.screens.council.questions import answer
from pages.screens.means.plan_equity import state_equity
from pages.words import certainty, coverage, first_breaks, gaps, people_ahead, ranks, titles
from tests.drawings import EDUCATION, gap_rows, make_screen, share_budget
from tests.territories import TAROUDANNT


def known_only(figures, count):
    """The figures where only the first communes sent anything in any month; the census stays."""
    panel = figures.assessment.panel
    silent = np.repeat(np.arange(len(panel.commune_codes)) >= count, len(panel.months))
    monthly = {v.id for v in figures.definition_set.variables.values() if v.monthly}
    columns = {
        name: Column(
            np.where(silent, np.nan, c.value),
            np.where(silent, 3, c.status),
            np.where(silent, -1, c.provenance).astype(np.int8),
            np.where(silent, -1, c.reliability).astype(np.int8),
            c.age_months,
        )
        for name, c in panel.columns.items()
        if name in monthly
    }
    assessment = assess(panel.with_columns(columns), figures.definitions)
    return replace(figures, assessment=assessment, results=ResultFrames(assessment), cache=ComputedTables())


@pytest.fixture
def sixty(figures):
    return known_only(figures, 60)


@pytest.mark.slow
def test_every_title_over_a_territory_says_how_many_are_known(sixty):
    screen, said = make_screen(sixty), "(60 communes connues sur 89"
    results, ranking = screen.month_results(), ranks.read_ranking(screen)
    # A title tells of those of which it is known whether they are high.
    decided = f"({int(decided_high(results).notna().sum())} communes connues sur 89"
    assert decided in titles.state_overview(screen, results)
    # The map says it below its title, which is one line.
    finding, below = titles.head_territory(screen, results)
    assert below.startswith(f"Communes connues\xa0: {decided_high(results).notna().sum()} sur 89, où vivent ")
    assert "connues" not in finding
    assert said in ranks.state_finding(screen, ranking)
    code = ranking.index[0]
    assert certainty.write_rank(screen, code) == f"1 sur 60 {said})"
    rows, _ = gap_rows(screen)
    assert said in gaps.state_finding(screen, gaps.observed(screen), rows)
    scenario = load_library(TAROUDANNT)["trend"]
    projection = sixty.projection(scenario)
    breaks = first_breaks.find_breaks(screen, projection)
    assert said in first_breaks.state_finding(screen, scenario, projection, breaks)
    people = people_ahead.read_people(screen, projection, None, EDUCATION)
    assert said in people_ahead.state_people(screen, people, EDUCATION)
    # So does the council's wall of the index.
    assert answer(screen, "all", "where").lead == below
    title = answer(screen, "all", "why").title
    assert said in title or decided in title


def test_a_title_that_leaves_nobody_out_says_nothing_of_it(figures):
    screen = make_screen(figures, indicator="EDU01")
    assert "connues" not in titles.state_overview(screen, screen.month_results())
    assert titles.head_territory(screen, screen.month_results())[1] == ""
    # Distances do not concern the eight towns: so many of 81 communes.
    far = make_screen(figures, indicator="HEA07")
    assert "sur 81" in titles.state_overview(far, far.month_results())


def test_no_rank_and_no_gini_of_a_plan_where_fewer_than_half_are_known(figures):
    few = known_only(figures, 40)
    screen = make_screen(few)
    assert ranks.read_ranking(screen).empty
    assert certainty.write_rank(screen, few.territory[0]) == ""
    rows, _ = gap_rows(screen)
    allocation = share_budget(screen)
    groups = dict(few.communes["group_code"])
    measured = measure_equity(allocation, rows, load_means(), few.definitions, groups, few.months[-1])
    few_known = (measured["concerned_count"] - measured["missing_count"]) * 2 < measured["concerned_count"]
    # What the census measured of everyone keeps its measure; what 40 of 89 sent has none.
    assert 0 < few_known.sum() < len(measured)
    assert measured.loc[few_known, list(MEASURES)].isna().all(axis=None)
    assert measured.loc[~few_known, "gini"].notna().all()
    kind = measured[measured["kind"] == measured.iloc[0]["kind"]]
    assert "40 communes connues sur 89" in state_equity(kind, screen.t)


@pytest.mark.parametrize(("known", "concerned", "said"), [(3, 89, True), (89, 89, False), (0, 89, False)])
def test_coverage_is_added_where_some_are_left_out(figures, known, concerned, said):
    t = make_screen(figures).t
    assert ("89)" in coverage.add_coverage(t, "x", Coverage(known, concerned))) == said


def test_a_need_that_does_not_concern_a_commune_is_not_missing():
    rows = pd.DataFrame(
        {
            "commune_code": ["a", "a", "b", "c"],
            "missing_units": [1, np.nan, 0, np.nan],
            "status": ["assessed", "not_assessed", "assessed", "missing"],
        }
    )
    assert coverage.coverage_of_needs(rows) == Coverage(2, 3)
