"""A class stands beside the figure that gives it: the score of its band, an indicator of the same class, or what lifts it by name."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analytics.model import Sector
from analytics.pressure import class_of_score
from analytics.summary import class_of
from data.i18n import Translator
from data.loaders.today import load_definitions, load_means
from pages.print.deck.page import new_deck
from pages.print.deck.service import add_service, write_lead
from pages.print.sheet.content import build_content
from pages.print.sheet.needs import _remark
from pages.screens.council.questions import answer
from pages.words.class_words import sign_of, write_own, write_score
from pages.words.ranks import rank_row
from pages.words.services import first_indicator, service_row
from tests.drawings import TIZI, make_screen

# Every seventh commune, and the one whose people are all far.
EVERY = 11
SCORE = re.compile(r"(?:score|النقطة|نقطة|النقط)\D{0,14}(\d+(?:[,.]\d+)?)")
BASE = "http://127.0.0.1/"


def scores_in(text):
    return [float(number.replace(",", ".")) for number in SCORE.findall(text)]


def is_given(screen, results, row, text):
    """Whether a text says what gives the class of a result."""
    severity, definitions = row["severity_class"], screen.figures.definitions
    if pd.isna(severity):
        # Between two classes: what is known stands there, the score or a named indicator.
        return bool(scores_in(text)) or any(screen.result_label(i) in text for i in definitions.indicators)
    if any(class_of_score(np.array([s]), definitions.legend)[0] == severity for s in scores_in(text)):
        return True
    if row["lifted_by"]:
        return screen.result_label(row["lifted_by"]) in text
    named = [i for i in definitions.indicators if screen.result_label(i) in text]
    return any(results.loc[named, "severity_class"] == severity)


def communes(figures):
    return sorted({*list(figures.territory)[::EVERY], TIZI})


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_badge_of_a_service_and_of_an_indicator_has_its_figure_beside_it(figures, language):
    screen, month, seen = make_screen(figures, language), figures.months[-1], 0
    for code in communes(figures):
        results = figures.of_commune(code, month)
        where, why = answer(screen, code, "where").rows, answer(screen, code, "why").rows
        for at, sector in enumerate(figures.services):
            row = results.loc[sector.value]
            standing = first_indicator(figures.definitions, sector, results)
            bar = service_row(screen, results, sector.value)
            lead = write_lead(screen, sector, standing, row)
            beside_faces = " ".join([bar["given"], *(face.reason for face in bar["faces"])])
            for said in (beside_faces, " ".join(where[at].cells), lead, screen.describe(row)):
                assert is_given(screen, results, row, said), (code, sector, said)
            own, legend = results.loc[standing.id], figures.definitions.legend
            assert (where[at].severity, why[at].severity) == (sign_of(row, legend)[0], sign_of(own, legend)[0])
            assert is_given(screen, results, own, " ".join(why[at].cells))
            for face in (f for f in bar["faces"] if f.severity is not None):
                of = next(results.loc[i] for i in figures.definitions.faces if screen.t(f"face.{i.split('_')[-1]}") == face.label
                          and i.startswith(sector.value))  # fmt: skip
                assert is_given(screen, results, of, face.reason), (code, face)
            seen += 1
    assert seen > 20


def test_every_badge_of_a_list_has_its_figure_or_the_class_of_what_it_names(figures):
    for result in ("ISP", "health"):
        screen = make_screen(figures, indicator=result)
        for _, row in screen.in_order_of_rank(screen.month_results()).iterrows():
            written = rank_row(screen, row)
            results = figures.of_commune(row["commune_code"], figures.months[-1])
            named = next(
                i
                for i in figures.definitions.indicators
                if str(written["why"]).startswith(screen.result_label(i) + "\u00a0:")
            )
            own = write_own(results.loc[named], screen.t)
            assert own == write_own(row, screen.t) or not own or f"(classe {own})" in str(written["why"])


def test_a_sheet_says_a_headline_once_and_with_its_own_class(figures):
    for code in communes(figures)[-4:]:
        one = build_content(make_screen(figures), code, BASE)
        results = figures.of_commune(code, figures.months[-1])
        for sector, part in zip(figures.services, one.services, strict=True):
            said = " ".join(face.reason for face in part.bar["faces"])
            label = part.headline["label"]
            assert (f"{label}\u00a0:" in said) == part.headline_said
            assert is_given(make_screen(figures), results, results.loc[sector.value], f"{part.bar['given']} {said}")
            assert part.headline["severity"] == class_of(results.loc[figures.definitions.headlines[sector]])


def test_a_slide_of_a_service_lifted_by_access_draws_no_flat_line(figures):
    screen, deck = make_screen(figures), new_deck(Translator("fr"), "")
    for sector in (Sector.EDUCATION, Sector.HEALTH):
        add_service(deck, screen, TIZI, sector)
    slides = list(deck.presentation.slides)
    (chart,) = [shape.chart for shape in slides[1].shapes if shape.has_chart]
    values = figures.of_month("HEA07", figures.months[-1])["value"]
    group = figures.communes["group_code"]
    expected = [100, values[group == group[TIZI]].median(), values.median(), 20]
    assert list(chart.plots[0].series[0].values) == pytest.approx(expected)
    # A service that no access lifts keeps its months.
    (other,) = [shape.chart for shape in slides[0].shapes if shape.has_chart]
    assert len(list(other.plots[0].categories)) == len(figures.months)


@pytest.mark.parametrize(
    ("score", "written"),
    [
        (60.0, "60"),
        (60.2, "60,2"),
        (60.004, "plus de 60"),
        (60.04, "plus de 60"),
        (59.6, "60"),
        (61.4, "61"),
        (float("nan"), "—"),
    ],
)
def test_a_score_is_written_so_that_it_stands_in_its_band(score, written):
    assert write_score(score, load_definitions().legend, Translator("fr")) == written


def test_a_service_without_measures_is_not_said_to_have_enough(figures):
    screen, means = make_screen(figures), load_means()
    means = replace(means, needs={k: n for k, n in means.needs.items() if n.sector is not Sector.HEALTH})
    nothing = pd.DataFrame({"missing_units": [], "status": [], "need_id": []})
    said = _remark(screen, means, TIZI, nothing, nothing, Sector.HEALTH)
    assert "aucune mesure n'est chiffrée" in said
    assert "100,0" in said
    assert "suffisent" not in said
