"""Registers on the screen, in files, in papers, for each role; the page of the diaspora."""

import io
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest
from starlette.datastructures import QueryParams

from analytics.disclosure import DisclosureRule, protect_parts
from analytics.resource_gap import MAIN
from data.exporting.full_export import export_store
from data.i18n import Translator
from data.importing.accept import accept_import, prepare_for_store
from data.initialise import initialise
from data.people import handed_on
from data.people.viewer import EVERYTHING, Person, viewer_of
from data.records.achievements import ACHIEVEMENTS
from data.records.activities import ACTIVITIES
from data.records.animator_posts import ANIMATOR_POSTS
from data.records.donor_outputs import DONOR_OUTPUTS
from data.records.eligibility import ELIGIBILITY
from data.records.entry_store import read_entries
from data.records.kind import Role
from data.records.register import tidy, write_row
from data.records.table import registers
from data.store import Store
from data.store_error import StoreError
from pages.address.selection import read_selection
from pages.figures.load import load_figures
from pages.print.results import diaspora, papers
from pages.print.tables.donor import build_donor_table
from pages.print.tables.registers import write_register
from pages.web.api.parameters import PLAIN_FORMS, read_question
from pages.web.api.registers import REGISTERS
from pages.widgets.downloads import told
from pages.words.gaps import quick_gap
from pages.words.registers import read_rows, withheld, write_parts, write_sums
from pages.words.view import View
from tests.walking import open_screen

HERE, THERE = "09.541.04.59", "09.541.04.67"
# The other parts are walked through in test_every_screen_opens, or written to below.
PARTS = ("report", "diaspora", "network", "training", "targeting")


def view_of(store, language="fr", viewer=EVERYTHING):
    figures = load_figures(store.snapshot_id(), viewer=viewer)
    return View(figures, read_selection(figures, {"lang": language, "month": "2025-08"}), Translator(language))


@pytest.mark.parametrize("part", PARTS)
def test_each_part_of_the_screen_opens_in_arabic(built, part):
    app = open_screen("results", lang="ar", results=part, month="2025-08")
    assert not app.exception, app.exception
    assert app.session_state["results"] == part


def api_of(store, kind, viewer=EVERYTHING, **asked):
    figures = load_figures(store.snapshot_id(), viewer=viewer)
    (resource,) = (r for r in REGISTERS if r.name == kind.id)
    question = read_question(QueryParams({"date": "2025-08", **asked}), figures, PLAIN_FORMS, Person(viewer))
    return resource.build(question), resource.head(figures)["told"]


def test_the_api_gives_the_rows_of_the_screen_with_small_counts_withheld(built):
    for kind in (ACTIVITIES, ANIMATOR_POSTS, ELIGIBILITY):
        rows, told = api_of(built, kind)
        shown = read_rows(view_of(built), kind, date(2025, 8, 31))
        assert told
        assert len(rows) == len(shown) > 0
    counts, _ = api_of(built, ELIGIBILITY, commune=HERE)
    small = counts[counts["rule"] == "school_transport"].iloc[0]
    assert pd.isna(small["eligible"])
    assert pd.isna(small["appeals"])
    assert (small["assessed"], small["appeals_upheld"], small["status"]) == (90, 0, "suppressed")
    assert set(counts["commune_code"]) == {HERE}


@pytest.mark.parametrize(
    ("role", "kind", "told", "communes"),
    [
        (Role.PUBLIC, ELIGIBILITY, False, set()),
        (Role.ANIMATOR, ELIGIBILITY, False, set()),
        (Role.ANIMATOR, ANIMATOR_POSTS, True, {HERE}),
        (Role.COMMUNE, ELIGIBILITY, True, {HERE}),
        (Role.READER, ANIMATOR_POSTS, True, None),
    ],
)
def test_the_api_tells_each_role_what_its_screens_tell_and_says_where_it_tells_nothing(built, role, kind, told, communes):
    rows, said = api_of(built, kind, viewer_of(role, (HERE,)))
    assert said == told
    assert set(rows["commune_code"]) == communes if communes is not None else rows["commune_code"].nunique() > 1


def test_the_file_of_a_register_holds_small_counts_for_whoever_may_export_alone(built):
    exact, guarded = (
        pd.read_csv(io.BytesIO(write_register(view_of(built), ELIGIBILITY, exact=exact)), dtype=str).set_index("rule")
        for exact in (True, False)
    )
    small = exact["eligible"] == "3"
    assert small.sum() == 1
    assert guarded.loc[small.to_numpy(), "eligible"].tolist() == ["<5"]
    # The others are about as many, to the nearest five: two states never differ by the one who came between, and nobody imports them.
    told = exact.loc[~small.to_numpy(), "eligible"].astype(int)
    assert guarded.loc[~small.to_numpy(), "eligible"].tolist() == [f"~{5 * round(count / 5)}" for count in told]


def test_beside_a_small_part_the_other_part_of_a_total_is_withheld():
    counts = pd.DataFrame({"women": [3.0, 9.0, 0.0], "men": [50.0, 13.0, 8.0], "rated_poor": [1.0, 5.0, float("nan")]})
    parts = {"women": "sex", "men": "sex", "rated_poor": "rated_poor"}
    small = protect_parts(counts, parts, DisclosureRule(5))
    assert small.to_numpy().tolist() == [[True, True, True], [False, False, False], [False, False, False]]


def test_a_row_that_is_typed_is_checked_and_stands_in_the_table(store):
    app = open_screen("results", lang="fr", results="work", month="2025-08")
    texts = {w.label.split(" (")[0]: w for w in app.main.get("text_input")}
    for label, value in (("Code", "A9"), ("Intitulé", "Ouvrir une piste"), ("Année", "2025"), ("Trimestres prévus", "Q3"),
                         ("Fonction responsable", "Appeler le 0661234567")):  # fmt: skip
        texts[label].set_value(value)
    save = next(b for b in app.main.get("button") if b.label == Translator("fr")("register.save"))
    save.click().run()
    assert "Fonction responsable" in app.error[0].value
    assert "téléphone" in app.error[0].value
    texts = {w.label.split(" (")[0]: w for w in app.main.get("text_input")}
    texts["Fonction responsable"].set_value("Équipement")
    next(b for b in app.main.get("button") if b.label == save.label).click().run()
    assert not app.error
    t = Translator("fr")
    assert app.success[0].value == t("register.saved", kind=ACTIVITIES.label(t))
    rows = load_figures(store.snapshot_id()).records.register(ACTIVITIES).set_index("code")
    assert (rows.at["A9", "provenance"], rows.at["A9", "budget_mad"], rows.at["A9", "place"]) == ("declared", "", "all")
    # Begun from a row that is there, its fields stand in the form; withdrawn, it is gone.
    begin = next(w for w in app.main.get("selectbox") if w.label == Translator("fr")("register.begin"))
    begin.select("A9").run()
    texts = {w.label.split(" (")[0]: w for w in app.main.get("text_input")}
    assert texts["Intitulé"].value == "Ouvrir une piste"
    next(w for w in app.main.get("checkbox") if w.label == Translator("fr")("register.withdraw")).check()
    next(b for b in app.main.get("button") if b.label == save.label).click().run()
    assert "Ouvrir une piste" in app.warning[0].value
    next(b for b in app.main.get("button") if b.label == t("confirm.yes")).click().run()
    assert app.success[0].value == t("register.withdrawn", kind=ACTIVITIES.label(t))
    assert "A9" not in set(load_figures(store.snapshot_id()).records.register(ACTIVITIES)["code"])


def test_a_register_leaves_with_the_export_and_comes_back_equal(store, tmp_path):
    export_store(store, tmp_path / "out")
    again = Store(tmp_path / "again")
    initialise(again, reference=False)
    assert {path.stem for path in (tmp_path / "out").iterdir()} >= {kind.id for kind in registers()}
    for kind in (ACTIVITIES, ELIGIBILITY):
        content = (tmp_path / "out" / f"{kind.id}.csv").read_bytes()
        report = prepare_for_store(again, content, f"{kind.id}.csv")
        assert report.findings == (), kind.id
        accept_import(again, content, report)
        with store.open() as first, again.open() as second:
            pd.testing.assert_frame_equal(read_entries(first, kind), read_entries(second, kind))


def test_a_role_writes_its_own_commune_and_reads_its_own_rows(store):
    row = {"code": "ADL-09", "state": "vacant", "reference_date": date(2025, 8, 31)}
    entry = tidy(ANIMATOR_POSTS, {**row, "commune_code": HERE})
    animator = Person(viewer_of(Role.ANIMATOR, (HERE,)), "account")
    theirs = Store(store.root, province=store.province, writer=animator)
    write_row(theirs, ANIMATOR_POSTS, entry)
    with pytest.raises(StoreError, match="commune_not_own"):
        write_row(theirs, ANIMATOR_POSTS, {**entry, "commune_code": THERE})
    with pytest.raises(StoreError, match="role_may_not"):
        write_row(theirs, ACTIVITIES, tidy(ACTIVITIES, {}))
    with pytest.raises(StoreError, match="register_entry_telephone"):
        write_row(store, ANIMATOR_POSTS, {**entry, "noticed": "Appeler le 0661234567"})
    records = load_figures(store.snapshot_id(), viewer=animator.viewer).records
    assert set(records.register(ANIMATOR_POSTS)["commune_code"]) == {HERE}
    assert len(records.register(ANIMATOR_POSTS)) == 2
    assert records.register(ACHIEVEMENTS).empty
    theirs = load_figures(store.snapshot_id(), viewer=viewer_of(Role.COMMUNE, (HERE,))).records.register(ACTIVITIES)
    assert set(theirs["place"]) == {HERE, "programme"}
    for role, communes in ((Role.PUBLIC, None), (Role.COMMUNE, ())):
        records = load_figures(store.snapshot_id(), viewer=viewer_of(role, communes)).records
        assert all(records.register(kind).empty for kind in registers()), role


def test_an_animator_meets_its_own_posts_and_nothing_else(built, monkeypatch):
    person = Person(viewer_of(Role.ANIMATOR, (HERE,)), "account")
    monkeypatch.setattr(handed_on, "read", lambda _headers, _setting: person)
    app = open_screen("results", lang="fr", results="work", month="2025-08")
    assert not app.exception
    assert app.session_state["results"] == "network"


def test_a_match_for_a_donor_is_typed_confirmed_and_withdrawn_with_its_history(store):
    entry = {"code": "rooms", "donor": "Bailleur", "indicator": "Salles rendues", "unit": "salles", "results": "R1.1 R1.2",
             "verified": "not_verified", "reference_date": date(2025, 8, 1), "source": "Réunion"}  # fmt: skip
    read = lambda: build_donor_table(view_of(store), date(2025, 8, 31)).set_index("output_code")  # noqa: E731
    write_row(store, DONOR_OUTPUTS, tidy(DONOR_OUTPUTS, entry))
    assert (read().at["rooms", "achieved"], read().at["rooms", "verified"]) == ("604", "no")
    write_row(store, DONOR_OUTPUTS, tidy(DONOR_OUTPUTS, entry | {"verified": "verified"}))
    assert read().at["rooms", "verified"] == "yes"
    write_row(store, DONOR_OUTPUTS, tidy(DONOR_OUTPUTS, entry), withdrawn=True)
    assert "rooms" not in read().index
    assert len(view_of(store).figures.records.states(DONOR_OUTPUTS).query("code == 'rooms'")) == 3
    with pytest.raises(StoreError):
        write_row(store, DONOR_OUTPUTS, tidy(DONOR_OUTPUTS, entry | {"results": "R1.1;R1.2"}))


def test_what_an_animator_noticed_becomes_the_note_of_the_commune(store):
    entry = {"code": "ADL-77", "commune_code": HERE, "state": "covered", "noticed": "Le pont est coupé",
             "reference_date": date(2025, 8, 20)}  # fmt: skip
    write_row(store, ANIMATOR_POSTS, tidy(ANIMATOR_POSTS, entry))
    app = open_screen("results", lang="fr", results="network", month="2025-08")
    next(b for b in app.main.get("button") if b.label == Translator("fr")("results.make_note")).click().run()
    assert not app.exception
    note = view_of(store).figures.records.notes[HERE]
    assert (note.text, note.author_role) == ("Le pont est coupé", "technician")


def test_offers_meet_no_more_than_the_gap_table_says(built):
    view = view_of(built)
    rows = diaspora.read_matches(view, papers.read_rows(view, diaspora.INITIATIVES))
    gaps = quick_gap(view, view.figures.definition_set.means, view.codes)
    missing = gaps[gaps["role"] == MAIN].set_index(["commune_code", "need_id"])["missing_units"]
    met = rows.groupby(["commune_code", "need_id"])["met"].sum()
    assert (met > 0).any()
    # A commune of origin without that need is listed with nothing met.
    assert all(units <= missing.get(key, 0.0) for key, units in met.items())


def test_small_counts_of_registers_are_given_back_by_no_total(built):
    view, t = view_of(built), Translator("fr")
    rows = pd.DataFrame({"women": [3, 9], "men": [12, 20]})
    assert write_sums(view, rows, ("women", "men")) == dict.fromkeys(("women", "men"), t("observation.suppressed"))
    assert write_sums(view, rows.tail(1), ("women", "men")) == {"women": "9", "men": "20"}
    assert write_parts(view, [12, 3, 8]) == ["12", "moins de 5", t("observation.suppressed")]
    counts = pd.DataFrame([{"assessed": 12, "eligible": 9, "appeals": 8, "appeals_upheld": 8}])
    assert withheld(view, ELIGIBILITY, counts).iloc[0].to_dict() == {
        "assessed": False, "eligible": True, "appeals": False, "appeals_upheld": False,
    }  # fmt: skip


def test_a_file_with_small_counts_is_told_to_the_audit_log_when_it_is_taken_away(store):
    screen = SimpleNamespace(store=store, figures=load_figures(store.snapshot_id()))
    assert told(screen, "eligibility.csv", lambda: b"x")() == b"x"
    entry = store.audit.entries(1)[0]
    assert (entry.action, "eligibility.csv" in entry.detail) == ("download", True)
