"""The ends between which the choices of the index are moved are those that the method note names."""

import pytest

from analytics.index_audit_variance import list_choices
from data.loaders.today import load_definitions

DEFINITIONS = load_definitions()
CHOICES = {choice.id: choice for choice in list_choices(DEFINITIONS)}


def in_force(norm):
    return next(value.value for value in DEFINITIONS.norms[norm].values if value.profile.value == "planning")


@pytest.mark.parametrize(
    ("choice", "norm", "ends"),
    # Pupils a room of a primary school; requests a clerk and day, 32.4 of the usual mix.
    [("norm_education", "pupils_per_classroom_primary", (30, 40)), ("norm_civil_registry", None, (12, 40))],
)
def test_a_norm_moves_between_its_sourced_ends(choice, norm, ends):
    today = 32.4 if norm is None else in_force(norm)
    assert (CHOICES[choice].low * today, CHOICES[choice].high * today) == pytest.approx(ends)


def test_every_choice_moves_between_the_ends_of_the_method_note():
    # Visits needed 1 to 4 a year for 2; weights of services by half; access from nothing to full; cut-points by a quarter up, and
    # down by what that is from there; the rule from the plain mean to nearly the worst service; up to a fifth of the figures silent.
    ends = {name: (choice.low, choice.high) for name, choice in CHOICES.items() if not name.startswith("norm_")}
    services = {f"weight_{s.value}": (0.5, 1.5) for s in DEFINITIONS.services}
    assert ends == services | {"access": (0, 1), "scale": (0.8, 1.25), "power": (1, 8), "silence": (0, 0.2)}
    assert (CHOICES["norm_health"].low * 2, CHOICES["norm_health"].high * 2) == (1, 4)
