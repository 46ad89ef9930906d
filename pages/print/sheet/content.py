"""What a commune's sheet says, once: words and pictures that the page for a browser and the page for paper both print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import segno

from analytics.assessment import COMPOSITE_ID
from analytics.model import RELIABILITY_ORDER, Provenance
from pages.print.sheet.needs import ServiceNeeds, write_deducted, write_needs, write_total
from pages.print.sheet.parts import (
    KeyFigure,
    NotePart,
    ServicePart,
    SheetClass,
    describe_indicator,
    describe_service,
    draw_neighbourhood,
    find_note,
    list_classes,
    list_facts,
    write_address,
    write_remarks,
)
from pages.words import titles
from pages.words.baseline import write_baseline
from pages.words.portrait import write_line
from pages.words.sign_offs import write_state
from pages.words.sources import date_sources
from pages.words.support_actions import state_here
from pages.words.two_dates import write_commune_changes
from pages.words.view import View

# Headings and fixed phrases, so that both templates print the same ones.
_WORDS = (
    "sheet.title", "sheet.services", "sheet.map", "sheet.history", "sheet.history_none", "sheet.history_line",
    "sheet.history_without", "sheet.table", "sheet.needs", "sheet.needs_total", "sheet.needs_terms", "sheet.need", "sheet.missing",
    "sheet.answer", "sheet.delay", "sheet.cost", "sheet.note", "sheet.note_none", "sheet.view", "sheet.print",
    "sheet.qr", "sheet.legal",
    "portrait.sheet_line", "commune.norm", "commune.in_programme", "rank.structural", "rank.displacement", "rank.scale",
    "behind.indicator", "behind.value", "behind.norm", "behind.pressure", "behind.class", "behind.gap", "behind.reliability",
    "sign.colon",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SheetContent:
    """Everything on a sheet except when and on which snapshot it was made: two equal contents make the same sheet."""

    language: str
    direction: str
    commune_code: str
    name: str
    other_name: str
    other_direction: str
    group: str
    in_programme: bool
    finding: str
    severity: SheetClass | None
    status: str
    remarks: tuple[str, ...]
    baseline: str
    changes: str
    facts: tuple[KeyFigure, ...]
    place: str
    services: tuple[ServicePart, ...]
    legend: tuple[SheetClass, ...]
    map: str
    map_description: str
    boundaries: str
    rows: tuple[dict[str, object], ...]
    reliability: str
    needs: tuple[ServiceNeeds, ...]
    needs_total: str
    needs_range: str
    support: str
    note: NotePart | None
    portrait: str
    warning: str
    has_demonstration: bool
    sources: str
    version: str
    address: str
    qr: str
    pages: tuple[str, str]
    words: dict[str, str]


def build_content(view: View, commune: str, base_url: str) -> SheetContent:
    """The content of a commune's sheet in the screen's month and language.

    Args:
        base_url: address of the application, for the short address and its QR code.
    """
    t, results = view.t, view.figures.of_commune(commune, view.chosen.month)
    address = write_address(view, commune, base_url)
    return SheetContent(
        **_identify(view, commune),
        **_state_pressure(view, commune, results),
        **_state_needs(view, commune),
        **_draw_map(view, commune),
        **_warn(view, commune, results),
        changes=write_commune_changes(view, commune),
        services=tuple(describe_service(view, commune, sector, results) for sector in view.figures.services),
        rows=tuple(
            describe_indicator(view, i.id, results) for i in view.figures.definitions.indicators.values() if i.in_brief
        ),
        reliability=t("sign.between").join(t(f"reliability.{letter}") for letter in RELIABILITY_ORDER),
        note=find_note(view, commune),
        portrait=write_line(view, commune),
        sources=t("sheet.sources", sources=date_sources(view, commune)),
        version=view.method,
        address=address,
        qr=segno.make(address, error="m").svg_inline(scale=2, border=2, omitsize=True, unit=None),
        pages=(t("sheet.page", page=1), t("sheet.page", page=2)),
        words={key: t(key) for key in _WORDS},
    )


def _identify(view: View, commune: str) -> dict[str, Any]:
    """Which commune, in which language and script."""
    t, identity = view.t, view.figures.communes.loc[commune]
    arabic = t.language == "ar"
    return {
        "language": t.language,
        "direction": t.direction,
        "commune_code": commune,
        "name": view.name(commune),
        "other_name": str(identity["name_fr" if arabic else "name_ar"]),
        "other_direction": "ltr" if arabic else "rtl",
        "group": view.group_label(commune),
        "in_programme": bool(identity["in_programme"]),
        "place": t("sheet.recto", province=t("territory.province"), month=t.month(view.chosen.month)),
    }


def _state_pressure(view: View, commune: str, results: pd.DataFrame) -> dict[str, Any]:
    """The finding, the class of the index and what stands beside it."""
    composite, legend = results.loc[COMPOSITE_ID], list_classes(view, commune)
    severity = None if pd.isna(composite["severity_class"]) else legend[int(composite["severity_class"]) - 1]
    return {
        "finding": titles.state_finding(view, commune, results),
        "severity": severity,
        "status": view.describe_class(composite) if severity is None else "",
        "remarks": write_remarks(view, composite),
        "baseline": write_baseline(view, results),
        "facts": list_facts(view, commune, composite),
        "legend": legend,
    }


def _state_needs(view: View, commune: str) -> dict[str, Any]:
    """What is missing, what it costs, and who helps already."""
    total, interval = write_total(view, commune)
    support = (write_deducted(view, commune), state_here(view, commune))
    return {
        "needs": write_needs(view, commune),
        "needs_total": total,
        "needs_range": interval,
        "support": " ".join(part for part in support if part),
    }


def _draw_map(view: View, commune: str) -> dict[str, Any]:
    t = view.t
    return {
        "map": draw_neighbourhood(view, commune),
        "map_description": t("sheet.map_description", name=view.name(commune), month=t.month(view.chosen.month)),
        "boundaries": t("map.boundaries", attribution=view.figures.attribution),
    }


def _warn(view: View, commune: str, results: pd.DataFrame) -> dict[str, Any]:
    """Whether a figure is simulated, and how far the month is signed off."""
    simulated = Provenance.DEMONSTRATION.value in set(results["provenance"])
    warned = "demonstration" if simulated else "without_demonstration"
    return {
        "has_demonstration": simulated,
        "warning": " ".join(part for part in (view.t(f"sheet.{warned}"), write_state(view, commune)) if part),
    }
