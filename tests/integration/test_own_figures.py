"""What a viewer of some communes is handed: their rows and no others, equal to those of everybody, in figures, papers and files."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from analytics.assessment import COMPOSITE_ID
from data.exporting.full_export import export_store
from data.i18n import Translator
from data.importing.accept import accept_import, prepare_for_store
from data.people.viewer import EVERYTHING, NOBODY, PUBLIC, Person, Viewer, viewer_of
from data.records.commune_notes import write_note
from data.records.decisions import Draft, note_decision
from data.records.kind import Role
from data.records.plan_texts import write_text
from data.store import ROOT_VARIABLE, Store, StoreError
from pages.address.selection import read_selection
from pages.figures.access import read_access, services_with_access
from pages.figures.baseline import read_baseline_parts
from pages.figures.load import load_figures
from pages.print.plan.content import build_document
from pages.print.plan.context import PlanContext
from pages.print.sheet.content import build_content
from pages.print.tables.results import build_result_table, write_csv
from pages.words.sources import date_sources
from pages.words.view import View
from tests.workbooks import write_workbook

HERE, THERE = "09.541.04.67", "09.541.01.01"
OWN = viewer_of(Role.COMMUNE, (HERE,))


@pytest.fixture
def whole(built):
    return load_figures(built.snapshot_id())


@pytest.fixture
def own(built):
    return load_figures(built.snapshot_id(), viewer=OWN)


def view(figures, month=None, language="fr") -> View:
    asked = {"lang": language, "commune": HERE, **({"month": f"{month:%Y-%m}"} if month is not None else {})}
    return View(figures, read_selection(figures, asked), Translator(language))


def test_every_result_of_the_own_commune_is_that_of_the_province_to_the_last_digit(whole, own):
    assert own.territory == (HERE,)
    assert list(own.results) == list(whole.results)
    for name in whole.results:
        theirs = whole.results[name]
        pd.testing.assert_frame_equal(
            own.results[name], theirs[theirs["commune_code"] == HERE].reset_index(drop=True), check_exact=True
        )


def test_ranks_intervals_medians_and_access_are_those_of_the_whole_territory(whole, own):
    month = whole.default_month
    assert own.default_month == month
    for table in ("intervals", "bases"):
        mine, theirs = getattr(own, table)(month), getattr(whole, table)(month)
        pd.testing.assert_frame_equal(mine, theirs[theirs.index.get_level_values(-1) == HERE], check_exact=True)
    for result in (COMPOSITE_ID, "EDU01"):
        pd.testing.assert_frame_equal(own.ranking(result, month), whole.ranking(result, month).loc[[HERE]], check_exact=True)
    assert own.ranking(COMPOSITE_ID, month)["rank"].item() > 1
    assert own.ranked_communes(COMPOSITE_ID, month) == whole.ranked_communes(COMPOSITE_ID, month) == 89
    assert own.coverage("EDU01", month) == whole.coverage("EDU01", month)
    assert whole.coverage("EDU01", month).concerned > 80
    group = whole.communes.at[HERE, "group_code"]
    medians = whole.medians("EDU01", "pressure")
    pd.testing.assert_frame_equal(own.medians("EDU01", "pressure"), medians[["all", group]], check_exact=True)
    pd.testing.assert_frame_equal(own.reasons(month), whole.reasons(month).loc[[HERE]], check_exact=True)
    parts = read_baseline_parts(whole, month)
    pd.testing.assert_frame_equal(read_baseline_parts(own, month), parts.loc[[HERE]], check_exact=True)
    for sector in services_with_access(whole):
        pd.testing.assert_frame_equal(read_access(own, sector, month), read_access(whole, sector, month).loc[[HERE]])
    assert list(own.pairs(COMPOSITE_ID, month).columns) in ([HERE], [])


def test_a_scenario_of_the_own_commune_is_that_of_the_province(whole, own):
    scenario = next(iter(whole.definition_set.library.values()))
    mine, theirs = own.projection(scenario), whole.projection(scenario)
    row = theirs.commune_codes.index(HERE)
    assert mine.commune_codes == (HERE,)
    for result in ("EDU01", "HEA01"):
        for bound in ("low", "central", "high"):
            assert (mine.table(result, "pressure", bound)[0] == theirs.table(result, "pressure", bound)[row]).all()
    assert (mine.displaced()[0] == theirs.displaced()[row]).all()


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_sheet_is_the_same_paper_for_the_commune_and_for_the_steward(whole, own, language):
    sheets = [build_content(view(f, language=language), HERE, "http://127.0.0.1/") for f in (own, whole)]
    # A map of the surroundings has no class of a neighbour for who does not see it.
    assert sheets[0].map != sheets[1].map
    assert not any(own_name in sheets[0].map for own_name in names_around(whole))
    assert replace(sheets[0], map="") == replace(sheets[1], map="")


def names_around(figures) -> list[str]:
    return [view(figures).name(code) for code in figures.neighbours(HERE)]


def every_table(figures) -> dict[str, pd.DataFrame]:
    """Whatever figures hand out as a table."""
    month = figures.default_month
    tables = {f"result {name}": frame for name, frame in figures.results.items()}
    tables |= {
        "intervals": figures.intervals(month),
        "bases": figures.bases(month),
        "sources": figures.origins.sources(month),
    }
    tables |= {f"ranking {r}": figures.ranking(r, month) for r in (COMPOSITE_ID, "EDU01")}
    tables |= {f"pairs {r}": figures.pairs(r, month) for r in (COMPOSITE_ID, "EDU01")}
    tables |= {f"access {s}": read_access(figures, s, month) for s in services_with_access(figures)}
    tables |= {
        "communes": figures.communes,
        "facilities": figures.facilities(),
        "trace": figures.origins.trace(THERE, ["population"]),
    }
    tables["of month"] = figures.of_month(COMPOSITE_ID, month)
    return tables


def codes_in(table: pd.DataFrame) -> set[str]:
    flat = table.reset_index(drop=table.index.names == [None] or set(table.index.names) <= set(table.columns))
    words = {str(v) for column in flat.columns for v in pd.unique(flat[column].astype(str))} | {str(c) for c in flat.columns}
    return {word for word in words if word.startswith("09.541.") and len(word) == 12}


@pytest.mark.always
def test_no_table_holds_a_row_of_another_commune(whole, own):
    everybody = set(whole.territory)
    seen = {name: codes_in(table) & everybody for name, table in every_table(own).items()}
    assert {name: codes for name, codes in seen.items() if codes - {HERE}} == {}
    assert len([name for name, codes in seen.items() if codes == {HERE}]) > 50
    # The same tables of everybody do hold them: the search can find what it looks for.
    assert all(len(codes_in(t)) > 20 for name, t in every_table(whole).items() if name.startswith(("result", "ranking")))
    assert own.assessment.panel.commune_codes == (HERE,)
    assert {len(result.score) for result in own.assessment.results.values()} == {len(own.months)}


def test_whoever_is_not_signed_in_is_handed_no_row(built):
    figures = load_figures(built.snapshot_id(), viewer=NOBODY.viewer)
    assert figures.territory == ()
    assert all(frame.empty for frame in figures.results.values())
    assert figures.origins.uploads().empty


def test_an_answer_that_is_kept_for_one_viewer_is_never_that_of_another(built):
    viewers = [
        EVERYTHING, PUBLIC.viewer, NOBODY.viewer, OWN, viewer_of(Role.COMMUNE, (THERE,)), viewer_of(Role.ANIMATOR, (HERE,)),
        viewer_of(Role.COMMUNE, (HERE, THERE)), viewer_of(Role.READER), viewer_of(Role.ADVISER),
    ]  # fmt: skip
    for _ in range(2):
        for viewer in viewers:
            figures = load_figures(built.snapshot_id(), viewer=viewer)
            assert (figures.viewer, figures.territory) == (
                viewer,
                viewer.within(load_figures(built.snapshot_id()).territory),
            )
    assert load_figures(built.snapshot_id(), viewer=OWN) is load_figures(
        built.snapshot_id(), viewer=Viewer(Role.COMMUNE, (HERE,))
    )


@pytest.fixture(scope="module")
def written(built_store, tmp_path_factory) -> Path:
    """A store that two communes and a council wrote to, and that a file was sent to."""
    root = tmp_path_factory.mktemp("written") / "store"
    shutil.copytree(built_store, root)
    store = Store(root)
    content = write_workbook([["Commune", "Mois", "Demandes du mois"], ["Tizi N'Test", "2025-09", 1250]])
    accept_import(store, content, prepare_for_store(store, content, "envoi-secret.xlsx"))
    for place in (HERE, THERE):
        note_decision(store, Draft(place, "where", date(2025, 9, 1), f"Décision de {place}"), "")
        write_text(store, place, "fr", "context", "Un texte du plan")
        write_note(store, place, "president", "Une observation")
    note_decision(store, Draft("all", "where", date(2025, 9, 1), "Décision de tous"), "")
    return root


@pytest.fixture
def store(written, monkeypatch) -> Store:
    monkeypatch.setenv(ROOT_VARIABLE, str(written))
    return Store(written)


def test_the_public_sees_protected_figures_and_neither_files_nor_what_people_wrote(store):
    public, steward = (load_figures(store.snapshot_id(), viewer=v) for v in (PUBLIC.viewer, EVERYTHING))
    assert (len(steward.records.decisions), len(steward.records.plan_texts)) == (3, 2)
    assert (public.records.decisions, public.records.plan_texts, public.records.scenarios) == ([], (), {})
    assert set(public.records.notes) == {HERE, THERE}
    assert "envoi-secret.xlsx" in set(steward.origins.uploads()["file_name"])
    assert "envoi-secret.xlsx" not in set(public.origins.uploads()["file_name"])
    assert public.origins.trace(HERE, ["registry_requests"]).empty
    month = pd.Timestamp("2025-09-01")
    for figures, is_told in ((steward, True), (public, False)):
        assert ("envoi-secret" in date_sources(view(figures, month), HERE)) == is_told
    pd.testing.assert_frame_equal(public.of_month(COMPOSITE_ID, month), steward.of_month(COMPOSITE_ID, month))


def test_a_commune_reads_decisions_and_plans_of_its_own_only(store):
    records = load_figures(store.snapshot_id(), viewer=OWN).records
    assert [d.draft.subject for d in records.decisions] == [HERE]
    assert {text.commune_code for text in records.plan_texts} == set(records.notes) == {HERE}


def test_the_complete_export_of_a_commune_holds_its_own_rows(store, tmp_path):
    files = export_store(Store(store.root, writer=Person(OWN, "a")), tmp_path / "own")
    others = set(load_figures(store.snapshot_id()).territory) - {HERE}
    # A movement names its other end.
    held = {f.name: f.read_text(encoding="utf-8-sig") for f in files if f.name != "movements.csv"}
    assert {name for name, text in held.items() if any(code in text for code in others)} == set()
    assert HERE in held["observations.csv"]
    assert "Une observation" in held["commune_notes.csv"]
    movements = pd.read_csv(tmp_path / "own" / "movements.csv", dtype=str)
    assert ((movements["origin_code"] == HERE) | (movements["destination_code"] == HERE)).all()
    assert len(movements) > 0


@pytest.mark.parametrize("person", [PUBLIC, NOBODY, Person(viewer_of(Role.READER)), Person(viewer_of(Role.ADVISER))])
def test_complete_data_are_not_handed_to_a_role_without_that_right(built, person, tmp_path):
    with pytest.raises(StoreError) as refused:
        export_store(Store(built.root, writer=person), tmp_path / "export")
    assert refused.value.key == "store.role_may_not"
    assert not (tmp_path / "export").exists()


def test_a_table_of_results_is_the_own_part_of_that_of_the_province(whole, own):
    month = [whole.default_month]
    t = Translator("fr")
    mine = write_csv(build_result_table(own, t, list(own.results), month, [HERE]))
    assert mine == write_csv(build_result_table(whole, t, list(whole.results), month, [HERE]))


def test_the_plan_of_the_own_commune_reads_as_that_of_the_steward(whole, own):
    today, scenario = date(2025, 11, 3), whole.definition_set.library["hard_winter"]
    plans = [PlanContext(view(f), HERE, scenario, f.definition_set.means, today) for f in (own, whole)]
    mine, theirs = (build_document(plan, today).chapters for plan in plans)
    assert len(mine) == len(theirs) == 14
    differing = [a.id for a, b in zip(mine, theirs, strict=True) if a.blocks != b.blocks]
    # Maps of the surroundings, and the table of the neighbours: the rest is the same to the letter.
    assert differing == ["summary", "neighbours"]
