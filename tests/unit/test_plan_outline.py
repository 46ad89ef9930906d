"""The outline of the plan holds together: every name in it is known, every action has one who answers for it."""

import string

import pytest

from analytics.response_phases import phase_of
from data.i18n import LANGUAGES, Translator
from data.loaders.today import load_means, load_plan_outline
from pages.print.plan.content import _BUILDERS

OUTLINE = load_plan_outline()


def test_every_chapter_is_built_and_named_in_three_languages():
    assert tuple(_BUILDERS) == OUTLINE.chapters
    assert len(OUTLINE.chapters) == 14
    for language in LANGUAGES:
        assert all(Translator(language).has(f"contingency.chapter_{c}") for c in OUTLINE.chapters)


@pytest.mark.parametrize("row", OUTLINE.responsibilities, ids=lambda r: r.labels["en"])
def test_one_actor_answers_for_each_action_and_every_actor_has_a_role(row):
    assert len(row.roles) == len(OUTLINE.actors)
    assert sum("A" in role for role in row.roles) == 1
    assert any("R" in role for role in row.roles)
    assert {letter for role in row.roles for letter in role.split("/")} <= set("ARCI")


def test_every_actor_is_known():
    t = Translator("fr")
    named = {*OUTLINE.actors, *OUTLINE.unit, *(m.actor for m in OUTLINE.measures)}
    named |= {actor for r in load_means().resources.values() for actor in (r.responsible, r.accountable)}
    assert all(t.has(f"actor.{actor}") for actor in named)


def test_every_service_has_a_measure_in_each_of_the_first_three_phases():
    ids = [phase.id for phase in OUTLINE.phases]
    found = {(m.sector, m.phase) for m in OUTLINE.measures}
    assert len(found) == 3 * 3
    assert {phase for _, phase in found} == set(ids[:3])
    assert all(Translator("fr").has(f"contingency.phase_{phase}") for phase in ids)


def test_every_resource_falls_into_a_phase():
    assert all(phase_of(r.delay_days, OUTLINE.phases) for r in load_means().resources.values())


def test_sentences_exist_in_three_languages_with_the_same_values():
    written = [m.labels for m in OUTLINE.measures] + [r.labels for r in OUTLINE.responsibilities]
    written += [*OUTLINE.coordination, *OUTLINE.communication, *OUTLINE.follow_up, *OUTLINE.deliberation]
    for labels in written:
        assert set(labels) == set(LANGUAGES)
        values = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in labels.values()]
        assert values[0] == values[1] == values[2]
