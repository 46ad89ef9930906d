"""Charts draw the figures that were computed: bars, lines, dots and words are compared with the tables behind them."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex

from analytics.allocation import AllocationCriterion
from analytics.allocation_reading import list_places, list_units
from analytics.resource_gap import summarise_needs
from data.i18n import Translator
from pages.print.charts.catalogue import ranking_chart
from pages.words import gaps, ranks
from tests.drawings import (
    EDUCATION,
    TIZI,
    choose_scenario,
    gap_rows,
    make_screen,
    place_teams,
    share_budget,
    short_list,
    texts,
)


def bars(figure) -> list[float]:
    """Length of every bar of a picture with filled bars only, from the top down."""
    rectangles = [p for p in figure.axes[0].patches if p.get_width()]
    rows = {}
    for p in rectangles:
        row = round(p.get_y() + p.get_height() / 2)
        rows[row] = rows.get(row, 0) + p.get_width()
    return [rows.get(row, 0.0) for row in range(len(figure.axes[0].get_yticks()))]


def test_a_ranking_is_mirrored_for_a_reader_who_begins_at_the_right(figures, charts, picture):
    french, arabic = (picture(charts["ranking"], make_screen(figures, lang)).axes[0] for lang in ("fr", "ar"))
    assert not french.xaxis_inverted()
    assert arabic.xaxis_inverted()
    for language in ("fr", "ar"):
        time = picture(charts["history"], make_screen(figures, language)).axes[0]
        assert not time.xaxis_inverted()


def test_a_history_draws_the_months_of_the_snapshot(figures, charts, picture):
    figure = picture(charts["history"], make_screen(figures))
    expected = figures.history(TIZI, "EDU01")["pressure"].to_numpy()
    assert any(
        len(line.get_ydata()) == len(expected) and np.allclose(line.get_ydata(), expected, equal_nan=True)
        for line in figure.axes[0].lines
    )
    assert Translator("fr").number(float(expected[-1]), 2) in texts(figure)
    assert figure.texts[0].get_text().startswith("Tizi N'test")
    assert "× la norme" in figure.texts[0].get_text()


def test_people_ahead_are_the_sum_over_the_communes(figures, charts, picture):
    choice, mine, other = choose_scenario(figures)
    headline = figures.definitions.headlines[EDUCATION]
    figure = picture(charts["people"], make_screen(figures))
    drawn = [np.asarray(line.get_ydata(), dtype=float) for line in figure.axes[0].lines]
    past = figures.results[headline].groupby("reference_date")["gap_to_norm"].sum(min_count=1).to_numpy()
    central = np.nansum(mine.table(headline, "gap_to_norm"), axis=0)
    compared = np.nansum(other.table(headline, "gap_to_norm"), axis=0)
    for expected in (past, central, compared):
        assert any(len(line) == len(expected) and np.allclose(line, expected) for line in drawn)
    t, said = Translator("fr"), texts(figure)
    low, high = (mine.total(headline, "gap_to_norm", np.ones(89, dtype=bool), b)[-1] for b in ("low", "high"))
    written = f"{t.number(central[-1], 0)} ({t.number(low, 0)} à {t.number(high, 0)})"
    assert written in said
    assert t.number(past[-1], 0) in said
    title = figure.texts[0].get_text()
    assert t.number(central[-1], 0) in title
    assert t.number(past[-1], 0) in title
    assert choice.other.labels["fr"] in said


def test_displaced_people_are_the_published_counts(figures, charts, picture):
    stock = figures.over_time("displaced_persons", TIZI)
    figure = picture(charts["displaced"], make_screen(figures))
    lines = [np.asarray(line.get_ydata(), dtype=float) for line in figure.axes[0].lines]
    assert any(len(line) == len(stock) and np.allclose(line, stock, equal_nan=True) for line in lines)
    assert Translator("fr").number(float(stock.iloc[-1])) in texts(figure)


def test_bars_of_scores_are_the_scores(figures, charts, picture):
    screen = make_screen(figures)
    by_rank = figures.intervals(screen.chosen.month).loc["ISP"].sort_values("rank").index[:10]
    assert bars(picture(charts["ranking"], screen)) == pytest.approx(list(screen.month_results().loc[by_rank, "score"]))
    own = figures.of_commune(TIZI, screen.chosen.month)
    sectors = ["education", "health", "civil_registry"]
    assert bars(picture(charts["services"], screen)) == pytest.approx([own.at[s, "score"] for s in sectors])


def test_intervals_and_ranks_are_those_of_the_list(figures, charts, picture):
    screen = make_screen(figures)
    ranking = ranks.read_ranking(screen).head(20)
    figure, t = picture(charts["intervals"], screen), screen.t
    points = [x for line in figure.axes[0].lines if line.get_marker() == "o" for x in line.get_xdata()]
    assert points == pytest.approx(list(ranking["estimate"]))
    said = texts(figure)
    for row in ranking.itertuples():
        place = f"rang attendu {t.number(row.expected_rank, 0)} ({int(row.rank_low)} à {int(row.rank_high)})"
        tier = (
            "on ne peut pas dire" if 0.1 < row.first_20 < 0.9 else f"très probablement{' pas' if row.first_20 < 0.9 else ''}"
        )
        assert f"{t.number(row.estimate, 0)} · {place} · {tier}" in said


def test_the_quadrant_shows_every_commune_with_both_figures(figures, charts, picture):
    screen = make_screen(figures)
    ranking = ranks.read_ranking(screen)
    known = ranking[ranking["people_above_norm"] > 0]
    clouds = [c for c in picture(charts["quadrant"], screen).axes[0].collections if isinstance(c, PathCollection)]
    drawn = sorted(tuple(point) for cloud in clouds for point in np.asarray(cloud.get_offsets()))
    assert np.allclose(drawn, sorted(zip(known["estimate"], known["people_above_norm"], strict=True)))


def test_a_short_list_and_what_moves_the_order_are_drawn_as_computed(figures, charts, picture):
    screen = make_screen(figures)
    assert bars(picture(charts["short_list"], screen)) == pytest.approx(list(short_list(screen)["share_selected"]))
    moves = figures.sensitivity(screen.chosen.month)["rank_shift"].head(12)
    assert bars(picture(charts["sensitivity"], screen)) == pytest.approx(list(moves))


def test_two_maps_count_the_classes_of_both(figures, charts, picture):
    choice, mine, other = choose_scenario(figures)
    month = choice.month(mine)
    figure = picture(charts["pair"], make_screen(figures))
    legend = [text.get_text() for text in figure.legends[0].get_texts()]
    for severity in range(1, 6):
        counts = [int((p.of_month("ISP", month)["severity_class"] == severity).sum()) for p in (other, mine)]
        assert any(line.startswith(f"{severity} ·") and f"({counts[0]} | {counts[1]})" in line for line in legend)
    colors = figures.definitions.legend.color
    for axes, projection in zip(figure.axes, (other, mine), strict=True):
        shapes = [c for c in axes.collections if not len(c.get_offsets()) or c.get_hatch() is not None]
        drawn = {to_hex(c.get_facecolor()[0]): len(c.get_paths()) for c in shapes if len(c.get_paths()) > 0}
        for severity, count in projection.of_month("ISP", month)["severity_class"].value_counts().items():
            assert drawn[colors(int(severity)).lower()] == count


def test_costs_of_needs_are_in_millions_with_their_range(figures, charts, picture):
    screen = make_screen(figures)
    rows, means = gap_rows(screen)
    needs = summarise_needs(gaps.of_index(screen, means, rows))
    expected = needs[needs["missing_units"] > 0].sort_values("cost_central_mad", ascending=False)["cost_central_mad"] / 1e6
    figure = picture(charts["needs"], screen)
    assert bars(figure) == pytest.approx(list(expected.head(12)))
    assert sum("MDH (" in text for text in texts(figure)) >= 5


def test_plans_show_what_each_brings_back_under_the_norm(figures, charts, picture):
    screen = make_screen(figures)
    allocation = share_budget(screen)
    _, means = gap_rows(screen)
    shares = []
    for name, plan in allocation.plans.items():
        places = list_places(plan).assign(kind=lambda p: p["need_id"].map(lambda n: means.needs[n].unit))
        total = places.groupby("kind", sort=False)[["served", "gap"]].sum()
        shares.append((total["served"] / total["gap"])[total["gap"] > 0].rename(name.value))
    expected = pd.concat(shares, axis=1).to_numpy().ravel()
    assert bars(picture(charts["plans"], screen)) == pytest.approx(list(expected))


def test_units_and_teams_are_written_where_they_go(figures, charts, picture):
    screen = make_screen(figures)
    plan = share_budget(screen).plans[AllocationCriterion.FAIRNESS]
    units = list_units(plan).groupby("commune_code")["units"].sum()
    said = [text.get_text() for text in picture(charts["units"], screen).axes[0].texts]
    assert sorted(said) == sorted(str(n) for n in units)
    rounds = place_teams(screen)
    said = [text.get_text() for text in picture(charts["rounds"], screen).axes[0].texts]
    assert sorted(said) == sorted(str(int(n)) for n in rounds.bases if n)


def test_a_chart_of_a_territory_holds_its_communes_only(figures, picture):
    screen = make_screen(figures, territory="urban")
    figure = picture(ranking_chart(screen), screen)
    assert len(figure.axes[0].get_yticks()) == min(10, len(screen.codes))
