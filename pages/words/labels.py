"""Names of results and territories in the reader's language, and the results that a map may show."""

from __future__ import annotations

from analytics.baseline_rules import BASELINE_IDS
from analytics.model import Indicator
from data.i18n import Translator
from pages.address.selection import ALL, OWN, PROGRAMME, URBAN, read_own
from pages.figures.figures import Figures


def result_options(figures: Figures) -> list[str]:
    """What the map may show, in reading order: the composite, the sectors, their faces, then by sector the indicators that compare
    with a norm, those of the index first; last the starting point and its faces."""
    definitions = figures.definitions
    ordered = [i for s in definitions.sectors for i in sorted(definitions.of_sector(s), key=_after_index)]
    indicators = [i.id for i in ordered if i.has_pressure]
    baseline = [i for i in BASELINE_IDS if i in figures.results]
    return ["ISP", *(s.value for s in definitions.sector_weights), *definitions.faces, *indicators, *baseline]


def _after_index(indicator: Indicator) -> bool:
    return indicator.weight == 0


def result_label(figures: Figures, result_id: str, t: Translator) -> str:
    """Label of a result with its sector's name before an indicator's."""
    label = t.label(figures.definitions.labels(result_id))
    if result_id not in figures.definitions.indicators:
        return label
    sector = figures.definitions.indicators[result_id].sector
    return f"{t.label(figures.definitions.sector_labels[sector])} · {label}"


def territory_label(figures: Figures, territory: str, t: Translator) -> str:
    """Name of a territory in the reader's language."""
    if territory in (ALL, PROGRAMME, URBAN):
        return t(f"territory.{territory}")
    if territory.startswith(OWN):
        codes, name = read_own(figures, territory)
        said = t("territory.own", count=len(codes))
        return f"{name} ({said})" if name else said
    return t("territory.cercle", name=figures.cercles[territory]["ar" if t.language == "ar" else "fr"])
