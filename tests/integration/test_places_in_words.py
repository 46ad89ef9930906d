"""What is said of a commune's place: tiers, possible ranks, and no order where too few communes have the result."""

import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from analytics.ranking import classed_above_rank
from data.i18n import LANGUAGES
from data.loaders.definition_set import DefinitionSet
from pages.print.tables.plain import write_tables
from pages.print.tables.ranking import build_ranking_table, write_ranking_notes
from pages.words import ranks
from pages.words.certainty import write_place, write_rank, write_too_few
from tests.drawings import TIZI, make_screen


def stricter(figures, least):
    """The same figures where an order asks for more communes."""
    contents = dict(figures.definition_set.contents)
    contents["uncertainty"] = {**contents["uncertainty"], "lowest_coverage": least}
    return replace(figures, definition_set=DefinitionSet(contents), cache=type(figures.cache)())


def test_a_commune_is_placed_by_tier_expected_and_possible_ranks(figures):
    screen = make_screen(figures)
    drawn = figures.intervals(screen.chosen.month).loc["ISP"]
    row = drawn[drawn["first_20"].between(0.2, 0.8)].iloc[0]
    place = write_place(screen, row["commune_code"])
    assert place.startswith("on ne peut pas dire si elle est parmi les 20 premières\u202f; rang attendu ")
    assert f"rangs possibles {int(row['rank_low'])} à {int(row['rank_high'])} (90\u202f%)" in place
    assert "ex æquo" not in place


@pytest.mark.parametrize("language", LANGUAGES)
def test_below_the_stated_coverage_the_place_says_so(figures, language):
    """HEA07 is known for the 81 rural communes, all that it concerns: an order. Asked for more than there can be, there is none."""
    assert write_too_few(make_screen(figures, language, "HEA07"), "HEA07") == ""
    assert len(ranks.read_ranking(make_screen(figures, language, "HEA07"))) == 81
    screen = make_screen(stricter(figures, 1.01), language)
    said = write_too_few(screen, "ISP")
    assert "89" in said
    assert write_rank(screen, TIZI) == ""
    assert write_place(screen, TIZI) == said
    ranking = ranks.read_ranking(screen)
    assert ranking.empty
    assert ranks.state_finding(screen, ranking) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_order_leaves_as_a_sheet_that_says_whose_class_is_higher_than_its_rank(figures, language):
    screen = make_screen(figures, language)
    ranking = ranks.read_ranking(screen)
    content = write_tables({"order": build_ranking_table(screen, ranking)}, write_ranking_notes(screen, ranking), screen.t)
    book = load_workbook(io.BytesIO(content))
    heads, *rows = book["order"].iter_rows(values_only=True)
    assert [row[0] for row in rows] == [int(rank) for rank in ranking["rank"]]
    above = classed_above_rank(ranking)
    assert 0 < len(above) < len(rows)
    code, remark = heads.index(screen.t("column.commune_code")), heads.index(screen.t("column.remark"))
    assert [row[code] for row in rows if row[remark]] == above
    said = [row[0] for row in book[screen.t("table.notes")].iter_rows(values_only=True)]
    assert ranks.say_out_of_class(screen, ranking) in said
    assert not [head for head in heads if "column." in head]
