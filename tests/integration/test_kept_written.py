"""What is written for a selection is written once for all who look at the same, and never shown to whoever looks at something else."""

from dataclasses import replace

import pytest

from analytics.assumptions import Assumptions, FigureKinds
from data.i18n import Translator
from data.people.roles import Role
from data.people.viewer import viewer_of
from data.store import Store
from pages.address.selection import read_selection
from pages.figures.load import load_figures
from pages.figures.records import WRITTEN_KEPT
from pages.words.ranks import read_ranking
from pages.words.sources import cite, date_result
from pages.words.view import View


def view_of(figures, language="fr", **asked):
    return View(figures, read_selection(figures, {"lang": language, "figures": "all", **asked}), Translator(language))


@pytest.fixture
def figures(built):
    return load_figures(Store().snapshot_id())


def write(view, *further):
    return view.keep("a piece", lambda: f"{view.t.language} {view.chosen.month:%Y-%m} {view.codes} {further}", *further)


def test_each_selection_language_and_choice_has_words_of_its_own(figures):
    views = [
        view_of(figures),
        view_of(figures, "ar"),
        view_of(figures, month="2025-03"),
        view_of(figures, territory="urban"),
        view_of(figures, commune="09.541.04.67"),
        view_of(figures, indicator="EDU01"),
    ]
    found = [write(view, further) for view in views for further in ("", "another")]
    assert found == [write(view, further) for view in views for further in ("", "another")]
    assert found[0] != found[1]
    assert len({write(view) for view in views}) >= 4


def test_what_is_written_is_written_once_for_all_who_look_at_the_same(figures):
    written = []
    for _ in range(3):
        assert view_of(figures).keep("once", lambda: written.append(1) or "words") == "words"
    assert written == [1]


def test_another_snapshot_and_another_viewer_read_words_of_their_own(figures):
    view_of(figures).keep("of whom", lambda: "everybody")
    few = load_figures(figures.snapshot_id, viewer=viewer_of(Role.COMMUNE, ("09.541.04.67",)))
    assert view_of(few).keep("of whom", lambda: "a few") == "a few"
    measured = load_figures(figures.snapshot_id, Assumptions(figures=FigureKinds.REAL))
    assert view_of(measured).keep("of whom", lambda: "measured") == "measured"
    later = replace(figures, snapshot_id="later")
    assert view_of(later).keep("of whom", lambda: "later") == "later"


def test_kept_words_are_bounded_by_their_length(figures):
    view, size = view_of(replace(figures, snapshot_id="another")), WRITTEN_KEPT // 4
    for number in range(9):
        view.keep("long", lambda: "x" * size, number)
    kept = view.figures.records.written
    assert (len(kept), kept.weight) == (4, 4 * size)


def test_sources_dates_and_ranks_are_those_of_the_result_that_is_asked(figures):
    """Kept by what they depend on: one after the other they are what a view of its own, with nothing kept, says."""
    for indicator in ("ISP", "EDU01", "BASE"):
        for month in ("2025-08", "2024-05"):
            view = view_of(figures, indicator=indicator, month=month)
            anew = view_of(replace(figures), indicator=indicator, month=month)
            for one in (view, anew):
                cite(one, ["EDU01"]), date_result(one, "BASE")
            assert cite(view, [indicator]) == cite(anew, [indicator])
            assert cite(view, [indicator], codes=["09.541.04.67"]) == cite(anew, [indicator], codes=["09.541.04.67"])
            assert date_result(view, indicator) == date_result(anew, indicator)
            assert read_ranking(view).equals(read_ranking(anew))
