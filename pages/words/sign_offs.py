"""How far a commune's month is signed off, in a sentence for screens, paper, slides and the API."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from data.i18n import Translator, isolate
from data.records.sign_offs import SignOff, Step
from pages.figures.figures import Figures
from pages.words.view import View

DRAFT, SUBMITTED, VALIDATED = "draft", "submitted", "validated"
STATES = (VALIDATED, SUBMITTED, DRAFT)


@dataclass(frozen=True, slots=True)
class MonthState:
    """``draft``, ``submitted`` or ``validated``; the last step, also where it no longer holds; whether figures changed since."""

    state: str
    last: SignOff | None = None
    is_changed: bool = False


def read_state(figures: Figures, commune: str, month: pd.Timestamp) -> MonthState | None:
    """The state of a commune's month; None where it has no figure of its own (nothing, or demonstration)."""
    digest = figures.origins.month_figures(month).get(commune)
    if digest is None:
        return None
    last = figures.records.sign_offs.get((commune, month.date()))
    if last is None:
        return MonthState(DRAFT)
    if last.figures != digest:
        return MonthState(DRAFT, last, True)
    return MonthState(DRAFT if last.step is Step.RETURNED else last.step.value, last)


def write_state(view: View, commune: str) -> str:
    """The state in a sentence: by which role, on which day, why not; empty where there is nothing to sign off."""
    found = read_state(view.figures, commune, view.chosen.month)
    return "" if found is None else _write(found, view.t, view.t.month(view.chosen.month))


def _write(found: MonthState, t: Translator, month: str) -> str:
    if found.last is None:
        return t("sign_off.draft", month=month)
    said = {"month": month, "role": t(f"role.{found.last.role}"), "day": t.date(found.last.noted_at.date())}
    if found.is_changed:
        return t("sign_off.changed", **said, step=t(f"sign_off.step_{found.last.step}"))
    if found.last.step is Step.RETURNED:
        return t("sign_off.returned", **said, reason=isolate(found.last.reason))
    return t(f"sign_off.{found.state}", **said)


def count_states(view: View, communes: Iterable[str]) -> dict[str, int]:
    """How many of some communes with figures of their own are validated, submitted, drafts; empty where none has any."""
    found = [read_state(view.figures, commune, view.chosen.month) for commune in communes]
    states = [one.state for one in found if one is not None]
    return {state: states.count(state) for state in STATES} if states else {}


def write_states(view: View) -> str:
    """The same in a sentence; empty where no commune of the chosen territory has figures of its own in the month."""
    counts = count_states(view, view.codes)
    if not counts:
        return ""
    t = view.t
    return t("sign_off.counts", month=t.month(view.chosen.month), **{state: t.number(n) for state, n in counts.items()})
