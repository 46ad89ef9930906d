"""The table of kinds: every kind of record that there is, in the order of the template and of the full export."""

from __future__ import annotations

from data.records.achievements import ACHIEVEMENTS
from data.records.actions import ACTIONS
from data.records.activities import ACTIVITIES
from data.records.actors import ACTORS
from data.records.animator_posts import ANIMATOR_POSTS
from data.records.commitments import COMMITMENTS
from data.records.commune_notes import COMMUNE_NOTES
from data.records.decisions import DECISIONS
from data.records.displaced_sites import DISPLACED_SITES
from data.records.donor_outputs import DONOR_OUTPUTS
from data.records.eligibility import ELIGIBILITY
from data.records.entry_kind import EntryKind
from data.records.facilities import FACILITIES
from data.records.figure_corrections import FIGURE_CORRECTIONS
from data.records.figure_proofs import FIGURE_PROOFS
from data.records.initiatives import INITIATIVES
from data.records.kind import Kind
from data.records.movements import MOVEMENTS
from data.records.place_choices import PLACE_CHOICES
from data.records.plan_texts import PLAN_TEXTS
from data.records.plan_versions import PLAN_VERSIONS
from data.records.reconstruction_facts import RECONSTRUCTION_FACTS
from data.records.register import Register
from data.records.report_texts import REPORT_TEXTS
from data.records.results import RESULTS
from data.records.scenarios import SCENARIOS
from data.records.sheet_kind import SheetKind
from data.records.sign_offs import SIGN_OFFS
from data.records.training_levels import TRAINING_LEVELS
from data.records.training_sessions import TRAINING_SESSIONS

KINDS: dict[str, Kind] = {
    kind.id: kind
    for kind in (
        MOVEMENTS, FACILITIES, DISPLACED_SITES, ACTIONS, ACTORS, DECISIONS, COMMUNE_NOTES, SCENARIOS, PLAN_TEXTS, PLAN_VERSIONS,
        RECONSTRUCTION_FACTS, SIGN_OFFS, FIGURE_CORRECTIONS, FIGURE_PROOFS, RESULTS, ACHIEVEMENTS, ACTIVITIES, INITIATIVES,
        ANIMATOR_POSTS, TRAINING_LEVELS, TRAINING_SESSIONS, ELIGIBILITY, COMMITMENTS, DONOR_OUTPUTS, REPORT_TEXTS, PLACE_CHOICES,
    )
}  # fmt: skip


def entry_kinds() -> list[EntryKind]:
    """The kinds that people type on screens."""
    return [kind for kind in KINDS.values() if isinstance(kind, EntryKind)]


def sheet_kinds() -> list[SheetKind]:
    """The kinds that come as rows of sheets."""
    return [kind for kind in KINDS.values() if isinstance(kind, SheetKind)]


def registers() -> list[Register]:
    """The entries that are states of a thing."""
    return [kind for kind in KINDS.values() if isinstance(kind, Register)]


def actions_without_figures() -> frozenset[str]:
    """Names of the actions after which every computed figure is what it was before."""
    return frozenset(action.name for kind in KINDS.values() for action in kind.actions if not action.changes_figures)
