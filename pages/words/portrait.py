"""The portrait of a commune in words: sections of figures beside its cercle, the province and communes like it; what sets it apart;
what the earthquake did and what is being rebuilt. It rests on what was measured: no monthly figure is needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import pandas as pd

from analytics.portrait import How, Likeness, PortraitFigure, nearest, say, say_rows, set_apart
from data.dated_facts import COMMUNE
from data.i18n import NO_VALUE, isolate
from data.portrait_table import PortraitTable, read_portrait_table
from data.province import Province
from data.reference_files import read_communes
from pages.words.known import HALF, WHOLE, share_of_commune
from pages.words.portrait_figures import FIGURES, SECTIONS, TELLING
from pages.words.reconstruction import all_facts, list_facts
from pages.words.support_actions import list_here
from pages.words.view import View

_BY_ID = {figure.id: figure for figure in FIGURES}

_PEOPLE = "municipal_population_2024"
# The share of people that rests on the same distances.
_FAR_FROM_CARE = "HEA07"


@dataclass(frozen=True, slots=True)
class PortraitLine:
    """A figure in words: the commune's, its group's, the province's, that of communes like it; the year of the figure."""

    label: str
    value: str
    group: str
    province: str
    peers: str
    year: str


@dataclass(frozen=True, slots=True)
class PortraitSection:
    """A question of the portrait and its lines."""

    title: str
    lines: tuple[PortraitLine, ...]


@dataclass(frozen=True, slots=True)
class Portrait:
    """Everything that a portrait says, in the reader's language: the same on screen, on paper and on slides."""

    commune: str
    name: str
    other_name: str
    group: str
    title: str
    apart: tuple[str, ...]
    rule: str
    peers: tuple[str, ...]
    sections: tuple[PortraitSection, ...]
    rebuilding: tuple[str, ...]
    facts: tuple[dict[str, str], ...]
    support: tuple[str, ...]
    sources: str


def build_portrait(view: View, commune: str, likeness: Likeness = Likeness.SIZE, chosen: Sequence[str] = ()) -> Portrait:
    """The portrait of a commune.

    Args:
        likeness: by what communes are like it.
        chosen: communes that the reader wants beside it instead.
    """
    t, table = view.t, read_portrait_table(view.figures.province)
    identity = _communes(view).loc[commune]
    peers = [c for c in chosen if c in table.values.index and c != commune] or _find_peers(view, table, commune, likeness)
    rule = t("portrait.rule_chosen") if chosen else t(f"portrait.rule_{likeness}", count=len(peers))
    rows = table.values.index.get_indexer
    beside = _Beside(commune, rows([commune]), rows(_group(view, commune)), np.arange(len(table.values)), rows(peers))
    facts = all_facts(view)
    own = facts[(facts["area"] == COMMUNE) & (facts["commune_code"] == commune)]
    return Portrait(
        commune=commune,
        name=_name(view, commune),
        other_name=str(identity["name_fr" if t.language == "ar" else "name_ar"]),
        group=view.group_label(commune),
        title=_state(view, table, commune),
        apart=tuple(_write_apart(view, table, commune)),
        rule=rule,
        peers=tuple(_name(view, c) for c in peers),
        sections=tuple(s for s in (_section(view, table, name, beside) for name in SECTIONS) if s.lines),
        rebuilding=tuple(_write_rebuilding(view, commune, len(own))),
        facts=tuple(list_facts(view, own.iloc[::-1])),
        support=tuple(list_here(view, commune)),
        sources=_write_sources(view, table),
    )


def _find_peers(view: View, table: PortraitTable, commune: str, likeness: Likeness) -> list[str]:
    return nearest(table.values, _communes(view)["area_type"], commune, likeness)


def _communes(view: View) -> pd.DataFrame:
    """Every commune of the province, also for whoever sees a few of them only: what is measured of them is public."""
    return _by_code(view.figures.province)


@cache
def _by_code(province: Province) -> pd.DataFrame:
    return read_communes(province).set_index("commune_code")


def _name(view: View, commune: str) -> str:
    return _names(view.figures.province, "name_ar" if view.t.language == "ar" else "name_fr")[commune]


@cache
def _names(province: Province, script: str) -> dict[str, str]:
    return {str(code): str(name) for code, name in _by_code(province)[script].items()}


def _group(view: View, commune: str) -> list[str]:
    """Communes of its cercle, or the urban ones."""
    groups = _communes(view)["group_code"]
    return list(groups.index[groups == groups[commune]])


@dataclass(frozen=True, slots=True)
class _Beside:
    """A commune and whom it stands beside, as rows of the table: itself, its group, the province, communes like it."""

    commune: str
    own: np.ndarray
    group: np.ndarray
    province: np.ndarray
    peers: np.ndarray


def _section(view: View, table: PortraitTable, section: str, beside: _Beside) -> PortraitSection:
    lines = [
        _line(view, table, figure, beside) for figure in FIGURES if figure.section == section and table.has(figure.parts)
    ]
    return PortraitSection(view.t(f"portrait.section_{section}"), tuple(lines))


def _line(view: View, table: PortraitTable, figure: PortraitFigure, beside: _Beside) -> PortraitLine:
    def write(rows: np.ndarray) -> str:
        return write_value(view, figure, _say_several(view.figures.province, figure, tuple(rows.tolist())))

    def write_many(rows: np.ndarray) -> str:
        # Under "Province" a number of people would be read as that of the province.
        written = write(rows)
        return view.t("portrait.middle", figure=written) if figure.how is How.MEDIAN and written != NO_VALUE else written

    return PortraitLine(
        label=view.t(f"portrait.{figure.id}"),
        value=_own(view, table, figure, beside.commune),
        group=write_many(beside.group),
        province=write_many(beside.province),
        peers=write_many(beside.peers) if len(beside.peers) else NO_VALUE,
        year=figure.parts[0][-4:],
    )


@lru_cache(maxsize=8192)
def _say_several(province: Province, figure: PortraitFigure, rows: tuple[int, ...]) -> float:
    """Kept: the communes of a cercle are put beside the same others."""
    return say_rows(read_portrait_table(province).arrays, figure, np.array(rows, dtype=int))


def _own(view: View, table: PortraitTable, figure: PortraitFigure, commune: str) -> str:
    """The commune's own figure, of how many people where the census withholds some; why there is none where it measured rural communes
    only, or the map says "below"."""
    written = write_value(view, figure, _say_several(view.figures.province, figure, (table.row_of[commune],)))
    if written != NO_VALUE:
        return _write_known(view, table, figure, commune, written)
    if figure.id == "intensity":
        return view.t("portrait.below", limit=view.t.number(view.figures.province.event.censored_below, 1))
    is_urban = _communes(view).at[commune, "area_type"] == "urban"
    return view.t("portrait.rural_only" if is_urban else "portrait.unknown")


def _write_known(view: View, table: PortraitTable, figure: PortraitFigure, commune: str, written: str) -> str:
    if not table.has((figure.known, _PEOPLE)):
        return written
    t, row = view.t, table.row_of[commune]
    known, people = table.arrays[figure.known][row], table.arrays[_PEOPLE][row]
    if np.isnan(known) or known >= WHOLE * people:
        return written
    return t("portrait.known_of", figure=written, known=t.number(known, 0), people=t.number(people, 0))


def write_value(view: View, figure: PortraitFigure, value: float) -> str:
    """A figure with its unit; a dash where there is none."""
    if np.isnan(value):
        return NO_VALUE
    t, sign = view.t, "+" if figure.id == "change" and value > 0 else ""
    if figure.unit == "percent":
        said = sign + t.percent(value / 100, figure.decimals)
        # From right to left a sign would stand behind its number.
        return isolate(said) if t.direction == "rtl" and figure.id == "change" else said
    written = t.number(value, figure.decimals)
    return t("douar.km", km=written) if figure.unit == "km" else written


def _state(view: View, table: PortraitTable, commune: str) -> str:
    """Who they are, how many more or fewer since the census before; how far they go where that is known of half of them at
    least, and of how many where not of all."""
    t = view.t

    def write(name: str) -> str:
        return write_value(view, _BY_ID[name], say(table.values, _BY_ID[name], [commune]))

    far = say(table.values, _BY_ID["health_centre"], [commune])
    parts = {"name": _name(view, commune), "people": write("population"), "change": write("change")}
    known = share_of_commune(view.figures, view.chosen.month, _FAR_FROM_CARE, commune)
    if np.isnan(far) or known < HALF:
        return t("portrait.title", **parts)
    key = "portrait.title_far" if known >= WHOLE else "portrait.title_far_known"
    return t(key, **parts, km=write("health_centre"), share=t.percent(known))


def _write_apart(view: View, table: PortraitTable, commune: str) -> list[str]:
    """What hardly any other commune of the province has, high or low."""
    t, values = view.t, table.values
    whole = np.arange(len(values))
    lines = []
    for name, is_high in _set_apart(view.figures.province)[commune]:
        figure = _BY_ID[name]
        value, all_ = _own(view, table, figure, commune), write_value(view, figure, say_rows(table.arrays, figure, whole))
        word = t("portrait.among_highest" if is_high else "portrait.among_lowest")
        lines.append(t("portrait.apart", label=t(f"portrait.{name}"), value=value, word=word, province=all_))
    return lines


@cache
def _set_apart(province: Province) -> dict[str, list[tuple[str, bool]]]:
    """For all communes at once: ninety sheets ask for it one after the other."""
    values = read_portrait_table(province).values
    return set_apart(values, [f for f in TELLING if set(f.parts) <= set(values.columns)])


def _write_rebuilding(view: View, commune: str, facts: int) -> list[str]:
    """Whether the programme names it, and how many dated facts there are of it."""
    t = view.t
    in_programme = bool(_communes(view).at[commune, "in_programme"])
    return [
        t("portrait.in_programme" if in_programme else "portrait.not_in_programme"),
        t("portrait.facts", count=facts) if facts else t("portrait.no_fact"),
    ]


def _write_sources(view: View, table: PortraitTable) -> str:
    """Whose figures these are, each source once, with the dates of the censuses."""
    used = {part for figure in FIGURES for part in figure.parts if part in table.sources}
    named = dict.fromkeys(sorted(table.sources[part] for part in used))
    years = sorted({part[-4:] for part in used})
    return view.t(
        "portrait.sources", sources=view.t("sign.between").join(named), years=f"{years[0]}–{years[-1]}" if years else ""
    )


def write_line(view: View, commune: str) -> str:
    """The portrait in a few lines, for the sheet: who they are, and what sets the commune apart."""
    table = read_portrait_table(view.figures.province)
    return " ".join([f"{_state(view, table, commune)}.", *_write_apart(view, table, commune)])


def others(view: View, commune: str) -> list[str]:
    """Communes that a reader may put beside it, by name."""
    return sorted((c for c in _communes(view).index if c != commune), key=lambda c: _name(view, c))


def name_of(view: View, commune: str) -> str:
    """Name of any commune of the province, for a list to choose from."""
    return _name(view, commune)


def as_table(portrait: Portrait) -> pd.DataFrame:
    """The portrait's figures as rows of text: section, label, and the four columns."""
    rows = [
        (section.title, line.label, line.value, line.group, line.province, line.peers, line.year)
        for section in portrait.sections
        for line in section.lines
    ]
    return pd.DataFrame(rows, columns=["section", "label", "value", "group", "province", "peers", "year"])
