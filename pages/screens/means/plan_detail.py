"""One plan in detail: who gains, who waits and why, what binds, what the next unit is worth, where the units go."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from analytics.allocation import AllocationPlan, Stage, StageName
from analytics.allocation_reading import Reason, list_bindings, list_next_units, list_places, list_units, units_by_commune
from analytics.provenance import least_firm
from analytics.resource_gap import worst_classes
from analytics.resources import Means
from analytics.situation import Situation
from geo.svg_map import MapText, render_choropleth
from pages.print.charts.means_catalogue import units_chart
from pages.print.media_types import XLSX
from pages.print.tables.means import write_gap_csv, write_gap_workbook
from pages.screens.means.settings import Choices
from pages.widgets.downloads import choose_hxl
from pages.widgets.html import show
from pages.widgets.pictures import show_places
from pages.widgets.screen import Screen
from pages.words.allocations import write_pressure, write_short, write_times
from pages.words.gaps import count_answer, file_name
from pages.words.links import commune_links
from pages.words.money import write_mad

SHOWN = 25


def render_detail(
    screen: Screen,
    means: Means,
    situation: Situation,
    plan: AllocationPlan,
    rows: pd.DataFrame,
    choices: Choices,
    equity: pd.DataFrame,
) -> None:
    """Everything that a council asks about one plan; its files carry the equity of all plans."""
    t = screen.t
    left, right = st.columns([2, 3], gap="large")
    with left:
        _render_map(screen, situation, plan, rows)
    with right:
        st.subheader(t("means.bindings"))
        _render_bindings(screen, means, plan)
        st.subheader(t("means.next"))
        _render_next(screen, means, situation, plan)
    st.subheader(t("means.gains"))
    _render_gains(screen, means, situation, plan)
    st.subheader(t("means.waits"))
    waiting = _waiting(plan, means, rows, choices)
    _render_waits(screen, means, situation, waiting)
    _render_files(screen, means, situation, plan, equity)
    with st.expander(t("means.how")):
        show("means_stages", t, rows=[_stage_row(screen, stage) for stage in plan.stages])


def _render_gains(screen: Screen, means: Means, situation: Situation, plan: AllocationPlan) -> None:
    t = screen.t
    places = list_places(plan).set_index(["commune_code", "need_id"])
    units = list_units(plan)
    words = {
        key: " + ".join(count_answer(t, means, r.resource_id, r.units) for r in group.itertuples())
        for key, group in units.groupby(["commune_code", "need_id"])
    }
    comparable = places.index.get_level_values("need_id").map(lambda n: means.needs[n].in_level)
    gains = places.assign(comparable=comparable)[places["units"] > 0]
    gains = gains.sort_values(["comparable", "pressure_before", "served"], ascending=False, kind="stable")
    shown = gains if st.toggle(t("means.all_rows"), key="means_all_gains") else gains.head(SHOWN)
    lines = [
        {
            "commune": screen.name(commune),
            "need": t.label(means.needs[need].labels),
            "units": words[commune, need],
            "before": write_short(screen, means, situation, need, row["pressure_before"]),
            "after": write_pressure(screen, means, situation, need, row["pressure_after"]),
            "served": _people(screen, means, need, row["served"]),
            "cost": write_mad(row["cost_mad"], t),
        }
        for (commune, need), row in shown.iterrows()
    ]
    show("means_gains", t, rows=lines, shown=len(lines), total=len(gains))


def _people(screen: Screen, means: Means, need: str, count: float) -> str:
    people = screen.figures.definitions.indicators[means.needs[need].indicator].people
    return screen.t.quantity(count, people)


def _waiting(plan: AllocationPlan, means: Means, rows: pd.DataFrame, choices: Choices) -> pd.DataFrame:
    """Places of the plan with something left, and those that it never looked at, each with its reason."""
    places = list_places(plan)
    left = places[~places["reason"].isin([Reason.NO_GAP, Reason.CLOSED])]
    left = left.assign(remaining=left["gap"] - left["served"])[
        ["commune_code", "need_id", "remaining", "pressure_after", "reason"]
    ]
    first = rows.drop_duplicates(["commune_code", "need_id"])
    covered = set(zip(places["commune_code"], places["need_id"], strict=True))
    apart = first[[key not in covered for key in zip(first["commune_code"], first["need_id"], strict=True)]]
    apart = apart[(apart["status"] == "missing") | (apart["gap"] > 0)]
    # What a chosen resource would close and the plan never looked at: the competences chosen left that resource out.
    chosen = {need for r in choices.resources for need in means.resources[r].closes}
    reasons = [
        Reason.NO_DATA if status == "missing" else Reason.COMPETENCE if need in chosen else Reason.NOT_CHOSEN
        for status, need in zip(apart["status"], apart["need_id"], strict=True)
    ]
    others = pd.DataFrame(
        {
            "commune_code": apart["commune_code"].to_numpy(),
            "need_id": apart["need_id"].to_numpy(),
            "remaining": apart["gap"].to_numpy(dtype=float),
            "pressure_after": apart["pressure"].to_numpy(dtype=float),
            "reason": [r.value for r in reasons],
        }
    )
    return pd.concat([left, others], ignore_index=True) if len(others) else left


def _render_waits(screen: Screen, means: Means, situation: Situation, waiting: pd.DataFrame) -> None:
    t = screen.t
    counts = waiting["reason"].value_counts()
    reasons = [str(r) for r in counts.index]
    chosen = st.pills(
        t("means.why"),
        reasons,
        format_func=lambda r: t("means.reason_count", reason=t(f"reason.{r}"), count=int(counts[r])),
        key="means_why",
    )
    listed = waiting[waiting["reason"] == chosen] if chosen else waiting[waiting["reason"] != Reason.NOT_CHOSEN.value]
    listed = listed.assign(comparable=listed["need_id"].map(lambda n: means.needs[n].in_level))
    order = ["comparable", "pressure_after", "remaining"]
    listed = listed.sort_values(order, ascending=False, na_position="last", kind="stable")
    shown = listed if st.toggle(t("means.all_rows"), key="means_all_waits") else listed.head(SHOWN)
    lines = [
        {
            "commune": screen.name(row.commune_code),
            "need": t.label(means.needs[row.need_id].labels),
            "remaining": _people(screen, means, row.need_id, row.remaining),
            "pressure": write_pressure(screen, means, situation, row.need_id, row.pressure_after),
            "reason": t(f"reason.{row.reason}"),
        }
        for row in shown.itertuples()
    ]
    show("means_waits", t, rows=lines, shown=len(lines), total=len(listed))


def _render_next(screen: Screen, means: Means, situation: Situation, plan: AllocationPlan) -> None:
    t = screen.t
    lines = [
        {
            "unit": t.label(means.resources[n.resource_id].labels),
            "commune": screen.name(n.commune_code),
            "need": t.label(means.needs[n.need_id].labels),
            "served": _people(screen, means, n.need_id, n.served),
            "before": write_short(screen, means, situation, n.need_id, n.pressure_before),
            "after": write_pressure(screen, means, situation, n.need_id, n.pressure_after),
            "cost": write_mad(n.cost_mad, t),
        }
        for n in list_next_units(plan)
    ]
    show("means_next", t, rows=lines)


def _render_bindings(screen: Screen, means: Means, plan: AllocationPlan) -> None:
    t = screen.t
    lines = []
    for b in list_bindings(plan):
        if b.kind == "budget":
            lines.append(t("binding.budget", limit=write_mad(b.limit, t), used=write_mad(b.used, t)))
        elif b.kind == "stock":
            label = t.label(means.resources[b.resource_id].labels)
            lines.append(t("binding.stock", label=label, limit=t.number(b.limit, 0)))
        elif b.kind == "ceiling":
            lines.append(t("binding.ceiling", count=int(b.used), limit=t.number(b.limit, 0)))
        else:
            lines.append(t("binding.floor", count=int(b.used), limit=t.percent(b.limit)))
    show("means_lines", t, lines=lines or [t("binding.none")])


def _render_map(screen: Screen, situation: Situation, plan: AllocationPlan, rows: pd.DataFrame) -> None:
    """Units by commune in discs, on the heaviest class before them."""
    t = screen.t
    units = units_by_commune(plan)
    needs = set(plan.problem.need_ids)
    classes = worst_classes(rows[rows["need_id"].isin(needs)])
    text = MapText(
        title=t("means.map_title", plan=t(f"plan.{plan.name}")),
        description=f"{t('means.map_description')}. {t('map.keys')}",
        direction=t.direction,
        names={code: screen.name(code) for code in screen.codes},
        links=commune_links(screen, screen.codes),
        details={c: t("means.map_detail", commune=screen.name(c), count=units.get(c, 0)) for c in screen.codes},
    )
    focus = screen.codes if len(screen.codes) < len(screen.figures.territory) else None
    svg = render_choropleth(
        screen.figures.province.layer,
        classes,
        screen.figures.definitions.legend,
        text,
        marks={c: str(n) for c, n in units.items()},
        focus=focus,
        identifier="units",
    )
    chart = units_chart(screen, situation, plan, classes, least_firm(rows["provenance"]))
    show_places(screen, f'<div class="map">{svg}</div>', [chart], key="units-map")
    st.caption(t("means.map_caption", attribution=screen.figures.attribution))


def _render_files(screen: Screen, means: Means, situation: Situation, plan: AllocationPlan, equity: pd.DataFrame) -> None:
    t = screen.t
    table = list_units(plan)
    name = partial(file_name, screen, f"repartition-{plan.name}", situation)
    with st.container(horizontal=True, vertical_alignment="center"):
        hxl = choose_hxl(t, "plan-units-hxl")
        st.download_button(
            t("table.xlsx"),
            lambda: write_gap_workbook(table, screen.figures, means, situation, t, equity, hxl=hxl),
            name("xlsx"),
            XLSX,
            on_click="ignore",
            icon=":material/table:",
        )
        st.download_button(
            t("table.csv"),
            lambda: write_gap_csv(table, screen.figures, means, situation, t, hxl=hxl),
            name("csv"),
            "text/csv",
            on_click="ignore",
        )


def _stage_row(screen: Screen, stage: Stage) -> dict[str, str]:
    t = screen.t
    write = {
        StageName.PRESSURE: lambda v: write_times(v, t),
        StageName.COVERAGE: lambda v: t.number(v, 0),
        StageName.COST: lambda v: write_mad(v, t),
    }[stage.name]
    return {
        "name": t(f"stage.{stage.name}"),
        "value": write(stage.value),
        "bound": write(stage.bound),
        "gap": t.percent(stage.gap, 2),
        "ended": t("stage.ended" if stage.ended else "stage.at_limit"),
    }
