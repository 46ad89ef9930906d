"""The versions of a commune's plan: listed, and the draft saved as the next one."""

from __future__ import annotations

import streamlit as st

from data.records.plan_versions import LONGEST_REMARK, PLAN_VERSIONS, PlanDraft, PlanVersion, save_version
from data.store import Store
from pages.address.assumptions import write_assumptions
from pages.print.plan.context import PlanContext
from pages.screens.plan.choice import VERSION, versions_of
from pages.widgets import store_action
from pages.widgets.html import show
from pages.widgets.screen import Screen
from pages.widgets.session_costs import current_costs
from pages.words.data_version import name_version
from pages.words.scenario import base_figures, label


def render_versions(screen: Screen, plan: PlanContext) -> None:
    """What was saved, the newest first; the form that saves the draft."""
    t, versions = screen.t, versions_of(screen, plan.commune)
    st.caption(t("contingency.versions_lead"))
    if versions:
        show("plan_versions", t, rows=[_row(screen, version) for version in versions])
    else:
        st.caption(t("contingency.versions_none"))
    if plan.version is not None or not screen.writes(PLAN_VERSIONS, plan.commune):
        return
    with st.form(f"plan-version-{store_action.edition(VERSION)}", border=False):
        remark = st.text_input(t("contingency.remark_label"), max_chars=LONGEST_REMARK)
        asked = st.form_submit_button(t("contingency.save_version"), type="primary", icon=":material/save:")
    if asked:
        store_action.do(screen, VERSION, lambda: _save(screen.store, plan, remark))


def _row(screen: Screen, version: PlanVersion) -> dict[str, str]:
    t, draft = screen.t, version.draft
    return {
        "name": t("contingency.version_option", number=version.number, day=t.date(version.saved_at.date())),
        "details": t(
            "contingency.version_line",
            scenario=label(screen, draft.scenario),
            month=t.month(draft.month),
            snapshot=name_version(t, draft.base_snapshot_id),
        ),
        "remark": draft.remark,
    }


def _save(store: Store, plan: PlanContext, remark: str) -> str:
    figures = plan.figures
    draft = PlanDraft(
        scenario=plan.scenario,
        assumptions=write_assumptions(figures.assumptions),
        month=plan.view.chosen.month.date(),
        base_snapshot_id=figures.snapshot_id,
        base_figures=base_figures(figures),
        remark=remark,
        definitions=figures.definition_set.digest,
        costs=current_costs(),
    )
    number = save_version(store, plan.commune, draft, figures.definition_set)
    return plan.t("contingency.version_saved", number=number)
