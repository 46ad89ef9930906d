"""The plan: every scenario and language, the same figures as the gap table and the API, two forms that open, no word lost."""

import io
import math
import re
from dataclasses import replace
from datetime import date, datetime

import pytest
from docx import Document

from analytics.bounds import CENTRAL
from analytics.resource_gap import MAIN, build_gap_table, total_cost
from data.i18n import Translator
from data.ingest import drop_demonstration
from data.loaders.today import load_definitions, load_library, load_means
from data.records.plan_versions import PlanDraft, PlanVersion
from pages.figures.load import load_figures
from pages.print.plan.blocks import Bullets, Pictures, Table
from pages.print.plan.content import build_chapter, build_document
from pages.print.plan.docx import write_docx
from pages.print.plan.pdf import print_pdf
from pages.words.gaps import less_support
from pages.words.money import write_mad
from tests.plan_words import TIZI, TODAY, basis, plain, text_of, words_of, words_of_block
from tests.territories import TAROUDANNT


@pytest.mark.parametrize(
    ("scenario", "language"),
    [*((scenario, "fr") for scenario in load_library(TAROUDANNT)), ("hard_winter", "ar"), ("staff_loss", "en")],
)
def test_every_scenario_fills_fourteen_chapters_in_every_language(figures, scenario, language):
    document = build_document(basis(figures, language, scenario), TODAY)
    assert [c.number for c in document.chapters] == list(range(1, 15))
    assert all(c.blocks for c in document.chapters)
    assert not re.search(r"\bnan\b|\{|\}|NaT", " ".join(words_of(document).values()))
    assert document.warnings
    # On every page, since a page travels alone.
    assert Translator(language)("deck.demonstration") in document.foot


def test_the_gap_table_says_what_the_means_say_for_the_same_month(figures):
    plan = basis(figures)
    projection = figures.projection(plan.scenario)
    at = projection.months.index(plan.month)
    scores = projection.table("ISP", "score")[projection.commune_codes.index(TIZI)]
    assert scores[at] == max(scores)
    rows = build_gap_table(projection.assessments[CENTRAL], figures.definitions, load_means(), plan.month)
    rows = less_support(plan.view, rows)
    own = rows[(rows["commune_code"] == TIZI) & (rows["role"] == MAIN)].set_index("need_id")
    table = next(b for b in build_chapter(plan, "resources").blocks if isinstance(b, Table))
    t = plan.t
    by_label = {t.label(need.labels): own.loc[need.id] for need in load_means().needs.values()}
    assert len(table.rows) > 5
    for need, needed, available, missing, _, cost, *_ in table.rows:
        row = by_label[need.text]
        assert (needed.text, available.text) == (t.number(row["need_units"], 1), t.number(row["available_units"], 1))
        assert missing.text == t.number(row["missing_units"])
        assert cost.text == (write_mad(row["cost_central_mad"], t) if row["missing_units"] else "—")


def test_the_budget_adds_up_by_service_and_by_competence(figures):
    plan = basis(figures)
    tables = [b for b in build_chapter(plan, "budget").blocks if isinstance(b, Table)]
    total = write_mad(total_cost(plan.needs).central_mad, plan.t)
    assert [table.rows[-1][2].text for table in tables[:2]] == [total, total]
    assert sum(plan.needs.groupby("competence")["cost_central_mad"].sum()) == total_cost(plan.needs).central_mad


def decisions_of(plan):
    """The numbered sentences of chapter 1."""
    return next(b for b in build_chapter(plan, "summary").blocks if isinstance(b, Bullets) and b.numbered).items


def amounts(text):
    """Each amount in brackets of a French text: in dirhams, and how far it may lie from what was rounded."""
    said = re.findall(r"\(([\d\u202f,]+)\u00a0(M?)DH\)", text)
    return [
        (float(figure.replace("\u202f", "").replace(",", ".")) * (1e6 if millions else 1), 5e4 if millions else 500)
        for figure, millions in said
    ]


def test_the_council_votes_three_classrooms_and_a_mobile_day_and_no_less(figures):
    """Chapter 8 of Tizi N'test: 5 rooms at 220 000, of which two are done; of 2 days a month of a mobile team at 14 000, twelve times,
    one is there; no clerk is missing."""
    plan = basis(figures, scenario="trend")
    decisions = decisions_of(plan)
    assert "3 salles modulaires (660\u202f000\u00a0DH)" in decisions[1]
    assert "1 journée d'équipe médicale mobile par mois (168\u202f000\u00a0DH)" in decisions[2]
    assert "×" not in decisions[3]
    budget = {row[0].text: row[2].text for row in tables_of(plan, "budget")[0].rows}
    assert (budget["Éducation"], budget["Santé"]) == ("660\u202f000\u00a0DH", "168\u202f000\u00a0DH")
    payers = {row[0].text: row[1].text for row in tables_of(plan, "budget")[-1].rows}
    assert payers["ministère de l'Éducation nationale (AREF)"] == "3 salles modulaires"


@pytest.mark.parametrize("scenario", load_library(TAROUDANNT))
def test_what_the_council_votes_adds_up_to_the_budget(figures, scenario):
    """Service by service, in several communes: the amounts in the decisions against the gap table, read without grouping it."""
    several = 0
    for commune in (TIZI, *figures.territory[::30]):
        plan = basis(figures, scenario=scenario, commune=commune)
        for sector, decision in zip(load_definitions().services, decisions_of(plan)[1:4], strict=True):
            rows = plan.needs[plan.needs["sector"] == sector.value]
            voted = amounts(decision)
            off = sum(precision for _, precision in voted)
            assert sum(amount for amount, _ in voted) == pytest.approx(rows["cost_central_mad"].sum(), abs=off), decision
            for resource in rows.loc[rows["resource_units"] > 0, "resource_id"].unique():
                units = rows.loc[rows["resource_id"] == resource, "resource_units"].sum()
                answer = plan.t(f"measure.{resource}", count=int(units))
                assert answer in decision
            several += (rows["resource_units"] > 0).sum() > 1
    assert several, "nowhere is more than one thing asked of a service: nothing was tested"


def tables_of(plan, chapter):
    return [b for b in build_chapter(plan, chapter).blocks if isinstance(b, Table)]


def test_a_service_with_an_unknown_need_votes_the_others_and_says_which_is_not_costed(figures):
    plan = basis(figures, scenario="trend")
    needs = plan.needs.copy()
    unknown = needs["need_id"] == "classrooms_college"
    needs.loc[unknown, ["missing_units", "resource_units", "cost_low_mad", "cost_central_mad", "cost_high_mad"]] = math.nan
    needs.loc[unknown, "status"] = "missing"
    plan.__dict__["needs"] = needs
    decision = decisions_of(plan)[1]
    assert "1 salle modulaire (220\u202f000\u00a0DH)" in decision
    assert "non chiffré faute de donnée\u00a0: Salles de classe, collège" in decision
    communal = needs["competence"].isin(["own", "shared"])
    needs.loc[communal, ["missing_units", "resource_units", "cost_low_mad", "cost_central_mad", "cost_high_mad"]] = math.nan
    needs.loc[communal, "status"] = "missing"
    assert "Ce qui relève de la commune ne peut être chiffré" in summary_of(plan)


def summary_of(plan):
    return " ".join(words_of_block(b) for b in build_chapter(plan, "summary").blocks)


def test_the_summary_tells_the_headline_of_a_service_from_its_class_and_names_what_lifts_it(figures):
    """Tizi N'test under the trend: the counter is used at 0.6, then 0.8 of what its clerk can do, in class 1; health has room at 0.4
    times the norm and is in class 3 all the same, for everybody lives beyond 5 km; pupils go from class 3 to 2 by the load's score
    of 61, then 60, the end of class 2."""
    plan = basis(figures, scenario="trend")
    (table,) = tables_of(plan, "summary")
    rows = {row[0].text: row[1:] for row in table.rows}
    registry, health, education = (rows[name] for name in ("État civil", "Santé", "Éducation"))
    counter = "Taux d'utilisation du guichet d'état civil"
    assert [cell.text for cell in registry[:3]] == [counter, "0,6\u00a0× la norme", "0,8\u00a0× la norme"]
    assert [cell.text[:8] for cell in registry[3:]] == ["classe 1", "classe 1"]
    assert [cell.note for cell in registry[3:]] == [
        f"score {n} sur 100\u202f; pèse le plus\u00a0: {counter}" for n in (13, 15)
    ]
    assert [cell.text for cell in health[1:3]] == ["0,4\u00a0× la norme", "0,4\u00a0× la norme"]
    assert [cell.text[:8] for cell in education[3:]] == ["classe 3", "classe 2"]
    far = "relevée par\u00a0: Habitants à plus de 5\u00a0km d'un centre de santé"
    assert [(cell.text[:8], cell.note) for cell in health[3:]] == [("classe 3", far)] * 2
    assert [cell.text[:8] for cell in rows["Indice de pression sur les services"][3:]] == ["classe 3"] * 2
    assert "Aucun indicateur projeté n'atteindrait la classe 5 d'ici août 2026" in summary_of(plan)


def test_a_pressure_in_words_names_its_indicator(figures):
    plan = basis(figures, scenario="trend")
    for chapter in ("pressure", "triggers"):
        (lines,) = [b.items for b in build_chapter(plan, chapter).blocks if isinstance(b, Bullets)][:1]
        assert [line.split("\u00a0: ")[0] for line in lines] == [
            "Éducation (Élèves par salle de classe utilisable)",
            "Santé (Habitants par établissement de soins de santé primaires ouvert)",
            "État civil (Taux d'utilisation du guichet d'état civil)",
        ]


def test_the_summary_holds_five_decisions_and_three_maps_on_one_page(figures):
    plan = basis(figures)
    blocks = build_chapter(plan, "summary").blocks
    assert len(next(b for b in blocks if isinstance(b, Bullets) and b.numbered).items) == 5
    assert len(next(b for b in blocks if isinstance(b, Pictures)).items) == 3
    pages = text_of(print_pdf(build_document(plan, TODAY), plan.t, TODAY))
    summary = [at for at, page in enumerate(pages) if at and plain("Cinq décisions proposées") in plain(page)]
    assert summary == [1]
    assert plain(plan.t("contingency.chapter_summary")) in plain(pages[1])
    assert plain(plan.t("contingency.chapter_context")) in plain(pages[2])


@pytest.mark.parametrize(("language", "limit"), [("fr", "7,5 km"), ("ar", "7,5 كلم"), ("en", "7.5 km")])
def test_a_share_of_people_far_from_a_service_says_how_far(figures, language, limit):
    """Chapter 2 counts from 5 km (the indicator), chapter 3 from 7.5 km (the last step of the access rule): both say so."""
    plan = basis(figures, language)
    said = {chapter: " ".join(map(words_of_block, build_chapter(plan, chapter).blocks)) for chapter in ("context", "risks")}
    said = {chapter: text.replace("\u00a0", " ") for chapter, text in said.items()}
    assert limit in said["risks"]
    assert limit.replace("7,5", "5").replace("7.5", "5") in said["context"]


def test_the_next_sessions_lie_ahead_of_the_day_of_the_plan(figures):
    """Figures of August 2025, printed on 27 November 2026: February, May and October 2027."""
    said = words_of(build_document(basis(figures), TODAY))
    assert "février 2027, mai 2027, octobre 2027" in said["follow_up"]
    assert "(février 2027)" in said["summary"]
    draft = PlanDraft(load_library(TAROUDANNT)["trend"], {}, date(2025, 8, 1), figures.snapshot_id, {})
    saved = basis(figures, version=PlanVersion(TIZI, 1, draft, datetime(2026, 2, 5, 9, 30)))
    # A version of February 2026: read that month it proposes May, printed in November no session that is over.
    assert "(mai 2026)" in words_of(build_document(saved, date(2026, 2, 6)))["summary"]
    assert "(février 2027)" in words_of(build_document(saved, TODAY))["summary"]


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_without_demonstration_figures_the_plan_says_what_it_cannot_say(store, language):
    with store.write("drop-demonstration") as connection:
        drop_demonstration(connection)
    plan = basis(load_figures(store.snapshot_id()), language)
    document = build_document(plan, TODAY)
    assert plan.t("sheet.demonstration") not in document.warnings
    assert plan.t("deck.demonstration") not in document.foot
    said = words_of(document)
    # Two days a month of a mobile team for who lives far from care: measured; at least so much, the rest is not known.
    assert "336" in said["summary"]
    assert len(print_pdf(document, plan.t, TODAY)) > 50_000
    assert Document(io.BytesIO(write_docx(document, plan.t, TODAY))).tables
    assert "au moins 0" not in said["budget"]
    # No level is known, neither now nor ahead: that is not to stay where it is.
    tables = [b for chapter in document.chapters for b in chapter.blocks if isinstance(b, Table)]
    levels = next(table for table in tables if table.columns[-1].label == plan.t("contingency.reached"))
    assert {cell.text for row in levels.rows for cell in row[1:]} == {plan.t("alerts.unknown")}
    assert plan.t("contingency.no_higher") not in " ".join(said.values())


def test_a_count_of_one_or_none_is_not_followed_by_a_plural(figures):
    """One clerk needed in some commune, and nobody who comes from elsewhere to some service: units stand with the name."""
    ones = figures.of_month("CIV07", figures.default_month)["value"] == 1
    plan = basis(figures, commune=str(ones.index[ones][0]))
    (row,) = [row for row in tables_of(plan, "context")[1].rows if row[0].text.startswith("CIV07")]
    assert (row[1].text, row[1].note) == ("1", "")
    assert row[0].text.endswith("(agents)")
    said = words_of(build_document(plan, TODAY))
    assert not re.search(
        r"(?<![\d,.\u202f])[01][ \u00a0]+(agents|usagers|jours|salles|places|documents|demandes)\b", " ".join(said.values())
    )


def test_a_urban_commune_and_a_shock_are_planned_for(figures):
    shocked = replace(basis(figures, scenario="second_shock", commune="09.541.01.13"))
    assert "6" in words_of(build_document(shocked, TODAY))["scenarios"]
