"""Every chart that a screen offers as a picture, on the figures that ship: what the tests look at and what the measures time."""

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.text import Text

from analytics.allocation import AllocationCriterion, allocate
from analytics.allocation_problem import Limits, build_problem
from analytics.assumptions import DEFAULTS
from analytics.douar_rounds import Team
from analytics.mobile_units import people_by_weekly_day, place_units
from analytics.model import Sector
from analytics.provenance import least_firm
from analytics.resource_gap import build_gap_table, worst_classes
from analytics.selection_criteria import select_places
from analytics.situation import observed_situation
from data.i18n import Translator
from data.loaders.today import load_library, load_means
from geo.distances import centroid_distances_km
from pages.address.selection import Selection
from pages.figures.figures import Figures
from pages.figures.service_points import read_services
from pages.print.charts import canvas, catalogue, ground_catalogue, means_catalogue
from pages.print.charts.chart import Chart
from pages.widgets.screen import Screen
from pages.words import douar_rounds, douars, gaps
from pages.words.choosing_communes import CommunePlaces
from pages.words.mobile_rounds import FAR
from pages.words.people_ahead import read_people
from pages.words.reconstruction import read_watch
from pages.words.scenario import ScenarioChoice
from tests.territories import TAROUDANNT

TIZI = "09.541.04.67"
EDUCATION = Sector.EDUCATION
TREND, OTHER = "trend", "second_shock"
BUDGET = 10e6
WEIGHTS = {"severity": 3, "people": 3, "displaced": 2}


def make_screen(figures: Figures, language: str = "fr", indicator: str = "ISP", territory: str = "all") -> Screen:
    """A screen on the last month."""
    chosen = Selection(language, territory, figures.months[-1], indicator, TIZI, DEFAULTS)
    return Screen(figures, chosen, Translator(language), {})


def list_charts(figures: Figures) -> dict[str, Chart]:
    """The charts by name; their subjects are computed once, in French."""
    screen = make_screen(figures)
    return {
        "map": catalogue.map_chart(screen),
        "surroundings": catalogue.surroundings_chart(screen, TIZI),
        "ranking": catalogue.ranking_chart(screen),
        "services": catalogue.services_chart(screen, TIZI),
        "intervals": catalogue.intervals_chart(screen),
        "quadrant": catalogue.quadrant_chart(screen),
        "short_list": catalogue.short_list_chart(screen, short_list(screen), WEIGHTS),
        "sensitivity": catalogue.sensitivity_chart(screen),
        "history": catalogue.history_chart(screen, TIZI, "EDU01"),
        "displaced": catalogue.displaced_chart(screen, TIZI),
        "outlook": catalogue.outlook_chart(screen, TIZI),
        **_of_scenario(screen),
        **_of_means(screen),
        **_of_ground(screen),
    }


def short_list(screen: Screen):
    """The list of ten communes by the weights that the screen starts with."""
    return select_places(CommunePlaces().read_criteria(screen), WEIGHTS, 10).head(15)


def choose_scenario(figures: Figures):
    """A choice of two scenarios, with their projections."""
    library = load_library(TAROUDANNT)
    mine, other = library[TREND], library[OTHER]
    choice = ScenarioChoice(mine, mine, other, mine.horizon_months)
    return choice, figures.projection(mine), figures.projection(other)


def gap_rows(screen: Screen):
    """The gap table of the month, and the means that it rests on."""
    figures, means = screen.figures, load_means()
    rows = build_gap_table(
        figures.assessment, figures.definitions, means, screen.chosen.month, assumptions=figures.assumptions
    )
    return rows, means


def share_budget(screen: Screen):
    """Three plans for ten million dirhams."""
    rows, means = gap_rows(screen)
    offered = [r.id for r in means.resources.values() if r.offered]
    costs = {r: means.annual_cost(r) for r in offered}
    own = rows[rows["resource_id"].isin(offered)]
    return allocate(build_problem(own, means.weights(), means.comparable, costs, Limits(budget_mad=BUDGET)))


def place_teams(screen: Screen):
    """The rounds of three mobile teams."""
    people = screen.figures.column(FAR, screen.chosen.month).loc[screen.codes].to_numpy(dtype=float)
    codes = tuple(screen.codes)
    distances = np.asarray(centroid_distances_km(TAROUDANNT.layer, codes))
    return place_units(codes, people, distances, 3, 25.0, 5, people_by_weekly_day(40.0, 1.0))


def _dates(screen: Screen) -> Chart:
    months = screen.figures.months[-13], screen.chosen.month
    frames = [screen.figures.of_month(screen.chosen.indicator, month) for month in months]
    return catalogue.dates_chart(screen, "12 | 5 | 72", frames, [screen.t.month(month) for month in months])


def _of_scenario(screen: Screen) -> dict[str, Chart]:
    choice, mine, other = choose_scenario(screen.figures)
    people = read_people(screen, mine, other, EDUCATION)
    return {
        "people": catalogue.people_chart(screen, people, EDUCATION, (choice.scenario, choice.other)),
        "pair": catalogue.pair_chart(screen, choice, mine, other),
        "dates": _dates(screen),
        "shock": catalogue.shock_chart(screen, choice.other, other.shock),
    }


def _of_means(screen: Screen) -> dict[str, Chart]:
    rows, means = gap_rows(screen)
    situation = observed_situation(screen.figures.assessment, screen.chosen.month, screen.figures.assumptions)
    allocation = share_budget(screen)
    plan = allocation.plans[AllocationCriterion.FAIRNESS]
    classes = worst_classes(rows[rows["need_id"].isin(set(plan.problem.need_ids))])
    kind = least_firm(rows["provenance"])
    return {
        "needs": means_catalogue.needs_chart(screen, means, situation, gaps.of_index(screen, means, rows)),
        "plans": means_catalogue.plans_chart(screen, means, situation, allocation, kind),
        "units": means_catalogue.units_chart(screen, situation, plan, classes, kind),
        "rounds": means_catalogue.rounds_chart(screen, place_teams(screen), "far"),
    }


def _of_ground(screen: Screen) -> dict[str, Chart]:
    """The douars of the province, those chosen, and rounds of three teams in one cercle."""
    listed = douars.list_douars(screen, screen.codes)
    cercle = replace(screen, chosen=replace(screen.chosen, territory="09.541.03"))
    rounds = douar_rounds.plan(cercle, 3, Team(20, 25.0, 3.0, 520.0))
    return {
        "douars": ground_catalogue.douars_chart(screen, listed, "health_centre_km"),
        "chosen_douars": ground_catalogue.chosen_douars_chart(screen, listed, listed.nlargest(20, "health_centre_km")),
        "points": ground_catalogue.points_chart(screen, read_services(screen.figures, "college")),
        "reconstruction": ground_catalogue.reconstruction_chart(screen, read_watch(screen, "province")),
        "douar_rounds": ground_catalogue.douar_rounds_chart(cercle, rounds),
    }


def draw_and_keep(chart, screen, render=canvas.render):
    """The picture before it takes a form, with everything in it, and the PNG; nobody else sees that drawing is watched."""
    figures = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(canvas, "render", lambda figure, form: figures.append(figure) or render(figure, form))
        png = chart.draw(screen, canvas.PNG)
    return figures[-1], png


def texts(figure) -> list[str]:
    """Every text in a picture, lines joined."""
    return [t.get_text().replace("\n", " ") for t in figure.findobj(Text) if t.get_text().strip() and t.get_visible()]
