"""What a class is called follows from what it says something of: load, access, a service, all services; in three languages."""

import re
from itertools import combinations

import numpy as np
import pytest

from analytics.faces import ClassKind
from analytics.pressure import class_of_score, cut_points, score, score_bands
from data.i18n import LANGUAGES, Translator
from data.loaders.today import load_definitions
from pages.words.class_words import list_classes, list_kind, list_readings, name_class, write_either

DEFINITIONS = load_definitions()
RESULTS = ["ISP", *(s.value for s in DEFINITIONS.services), *DEFINITIONS.faces, *DEFINITIONS.indicators]


def test_the_kind_of_a_class_is_a_property_of_its_result():
    kinds = {result: DEFINITIONS.class_kind(result).value for result in RESULTS}
    assert kinds["HEA07"] == kinds["EDU08"] == kinds["CIV10"] == kinds["health_access"] == "access"
    assert kinds["EDU01"] == kinds["CIV03"] == "load"
    # The load of a service is a mean of scores, as the service is.
    assert kinds["health"] == kinds["health_load"] == "service"
    assert kinds["ISP"] == "index"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_class_of_one_kind_bears_the_name_of_another(language):
    t = Translator(language)
    names = {kind: {line.label for line in list_kind(DEFINITIONS, kind, t)} for kind in ClassKind}
    assert all(len(of_kind) == 5 for of_kind in names.values())
    for one, other in combinations(ClassKind, 2):
        assert not names[one] & names[other]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_access_or_a_mean_of_scores_is_never_said_to_have_capacity_or_a_margin(language):
    t = Translator(language)
    of_load = [w for line in list_kind(DEFINITIONS, ClassKind.LOAD, t) for w in (line.label, line.reading)]
    for result in ("HEA07", "EDU08C", "health_access", "health", "health_load", "ISP"):
        for line in list_classes(DEFINITIONS, result, t):
            assert line.label not in of_load
            assert line.reading not in of_load
            assert line.label == name_class(DEFINITIONS, result, line.id, t)


def test_the_legend_of_a_share_reads_by_its_own_cut_points():
    """HEA07: 10, 20, 40, 60 % of people; CIV03: 1, 5, 10, 15 days: as their files say."""
    t = Translator("fr")
    assert [r.replace("\u202f", " ") for r in list_readings(DEFINITIONS, "HEA07", t)] == [
        "jusqu'à 10 %", "de 10 % à 20 %", "de 20 % à 40 %", "de 40 % à 60 %", "plus de 60 %",
    ]  # fmt: skip
    assert cut_points(DEFINITIONS.indicators["CIV03"].goalposts, DEFINITIONS.legend) == (1, 5, 10, 15)
    assert "15" in list_readings(DEFINITIONS, "CIV03", t)[4]
    assert list_readings(DEFINITIONS, "HEA01", t)[0] == "marge de 20\u202f% ou plus"


@pytest.mark.parametrize("result", [i.id for i in DEFINITIONS.indicators.values() if i.goalposts])
def test_a_figure_at_a_cut_point_is_the_last_of_its_class(result):
    goalposts = DEFINITIONS.indicators[result].goalposts
    ends = np.array(cut_points(goalposts, DEFINITIONS.legend))
    assert class_of_score(score(ends, goalposts), DEFINITIONS.legend).tolist() == [1, 2, 3, 4]
    assert class_of_score(score(ends * 1.001, goalposts), DEFINITIONS.legend).tolist() == [2, 3, 4, 5]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [ClassKind.SERVICE, ClassKind.INDEX])
def test_the_bands_in_words_are_the_bands_that_compute(kind, language):
    lines, bands = list_kind(DEFINITIONS, kind, Translator(language)), [f"{b:.0f}" for b in score_bands(DEFINITIONS.legend)]
    for line, low, high in zip(lines, [None, *bands], [*bands, None], strict=True):
        said = re.findall(r"\d{2}", line.reading)
        assert said[: 2 if low and high else 1] == [end for end in (low, high) if end]


@pytest.mark.parametrize(
    ("language", "one", "other", "said"),
    [
        ("fr", "pression d'ensemble forte", "pression d'ensemble très forte", "pression d'ensemble forte ou très forte"),
        ("fr", "forte tension", "rupture", "forte tension ou rupture"),
        ("ar", "ضغط إجمالي قوي", "ضغط إجمالي قوي جدا", "ضغط إجمالي قوي أو قوي جدا"),
        ("en", "strong overall pressure", "very strong overall pressure", "strong or very strong overall pressure"),
        ("en", "access difficult", "access very difficult", "access difficult or very difficult"),
    ],
)
def test_two_classes_share_the_words_that_both_names_have(language, one, other, said):
    assert write_either(one, other, Translator(language)) == said
