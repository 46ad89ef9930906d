"""Support in words: what is covered of what is missing, what nobody covers, who is helped twice, who by nobody, who does what."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache

import pandas as pd

from analytics.support import find_orphans, find_unhelped, presence, sum_balance
from data.i18n import NO_VALUE, Translator
from data.shipped_texts import say_shipped
from pages.figures.support import read_actions, read_around, read_balance, read_twice
from pages.words.gaps import decimals_of, write_units
from pages.words.links import name_source
from pages.words.totals import at_least, left_out
from pages.words.view import View

NAMED = 3
# What the map may show.
OPEN, PRESENCE = "open", "presence"
MAPS = (OPEN, PRESENCE)
# So many rows of a list are shown at once.
SHOWN = 60


def read_rows(view: View, codes: Collection[str] | None = None) -> pd.DataFrame:
    """Support against need of some communes in the chosen month; those of the chosen territory where none are named."""
    table = read_balance(view.figures, view.chosen.month)
    return table[table["commune_code"].isin(list(view.codes if codes is None else codes))]


def read_own_actions(view: View, codes: Collection[str] | None = None) -> pd.DataFrame:
    """The actions in some communes, then those of their cercles, then those of the whole province."""
    return read_around(view.figures, view.chosen.month, tuple(view.codes if codes is None else codes))


def list_needs(view: View) -> list[str]:
    """Needs of which something is missing, or is not known, or is helped, somewhere in the chosen territory; in the table's order."""
    rows = read_rows(view)
    told = rows[(rows["need"] > 0) | (rows["actions"] > 0)]
    present = set(told["need_id"])
    return [need for need in view.figures.definition_set.means.needs if need in present]


def need_label(view: View, need_id: str) -> str:
    """Label of a need."""
    return view.t.label(view.figures.definition_set.means.needs[need_id].labels)


def write_number(view: View, units: float) -> str:
    """A number of units of a need without its unit."""
    return _write_number(view.t, units)


@lru_cache(maxsize=4096)
def _write_number(t: Translator, units: float) -> str:
    return t.number(units, decimals_of(units))


def state_finding(view: View, need_id: str, codes: Collection[str] | None = None) -> str:
    """The title: how much of a need is covered and open, where nobody helps with it, who is helped twice for it."""
    rows = read_rows(view, codes)
    own = rows[rows["need_id"] == need_id]
    t, label = view.t, need_label(view, need_id) if need_id else ""
    if own.empty or own["need"].isna().all():
        return t("support.finding_unknown", need=label) if need_id else t("support.finding_nothing")
    total = sum_balance(own, "need_id").iloc[0]
    is_helped = total["covered"] > 0 or total["planned"] > 0
    said = t(
        "support.finding" if is_helped else "support.finding_none",
        need=label,
        covered=write_number(view, total["covered"]),
        of=at_least(t, write_units(view, total["need"], total["unit"]), int(total["unknown"])),
        open=write_number(view, total["open"]),
    )
    actions = read_actions(view.figures)
    alone = find_unhelped(own, actions, need_id)
    parts = [said]
    if alone:
        parts.append(_nobody(view, alone))
    twice = _twice_in(view, own["commune_code"], need_id)
    if twice:
        parts.append(t("support.finding_twice", places=_names(view, twice)))
    return t("support.join").join(parts)


def _nobody(view: View, codes: Sequence[str]) -> str:
    if len(codes) <= NAMED:
        return view.t("support.finding_nobody", places=_names(view, codes))
    return view.t("support.finding_nobody_many", count=len(codes), first=view.name(codes[0]))


def _twice_in(view: View, codes: Collection[str], need_id: str) -> list[str]:
    twice = read_twice(view.figures)
    found = twice[(twice["need_id"] == need_id) & twice["commune_code"].isin(list(codes))]
    return [str(code) for code in found["commune_code"]][:NAMED]


def _names(view: View, codes: Sequence[str]) -> str:
    return view.t("sign.comma").join(view.name(code) for code in codes)


def list_balance(view: View, codes: Collection[str] | None = None) -> list[dict[str, object]]:
    """One row a need over some communes: need, covered, planned, open, surplus in words, and the shares that a bar shows."""
    t, rows = view.t, read_rows(view, codes)
    found = []
    for row in sum_balance(rows, "need_id").to_dict("records"):
        known, missing = not pd.isna(row["need"]), int(row["unknown"])
        if known and not row["need"] and not row["surplus"] and not missing:
            continue
        need = float(row["need"]) if known else 0.0
        found.append(
            {
                "label": need_label(view, str(row["need_id"])),
                "need": at_least(t, write_number(view, row["need"]), missing) if known else NO_VALUE,
                "unit": t(f"unit.{row['unit']}"),
                "left_out": left_out(t, missing),
                **{name: write_number(view, row[name]) for name in ("covered", "planned", "open", "surplus")},
                "covered_share": row["covered"] / need if need else 0.0,
                "planned_share": row["planned"] / need if need else 0.0,
                "is_lacking": bool(row["open"] > 0),
            }
        )
    return found


def list_matrix(view: View, sector: str) -> tuple[list[dict[str, str]], list[dict[str, object]]]:
    """Communes × needs of a service: headings, then a row for each commune of which something is missing, not known or helped."""
    rows = read_rows(view)
    own = rows[rows["sector"] == sector]
    told = own[(own["need"] > 0) | (own["actions"] > 0) | (own["need"].isna() & (own["status"] != "not_assessed"))]
    needs = [need for need in view.figures.definition_set.means.needs if need in set(told["need_id"])]
    headings = [{"label": need_label(view, need), "unit": view.t(f"unit.{_unit(view, need)}")} for need in needs]
    cells = {(row["commune_code"], row["need_id"]): row for row in own.to_dict("records")}
    here = presence(read_actions(view.figures), view.codes)
    lacking = own[own["open"] > 0].groupby("commune_code").size()
    codes = sorted(set(told["commune_code"]), key=lambda code: (-int(lacking.get(code, 0)), view.name(code)))
    return headings, [
        {
            "commune": view.name(code),
            "code": code,
            "cells": [_cell(view, cells[code, need]) for need in needs],
            "organisations": view.t.number(int(here[code])),
        }
        for code in codes
    ]


def _unit(view: View, need_id: str) -> str:
    return view.figures.definition_set.means.needs[need_id].unit


def _cell(view: View, row: dict[str, object]) -> dict[str, object]:
    """One cell of the matrix: what is open, and of what; a dash where the need is not known, never zero."""
    t, number = view.t, lambda name: write_number(view, float(row[name]))  # type: ignore[arg-type]
    if pd.isna(row["need"]):
        return {"open": NO_VALUE, "said": t(f"status.{row['status']}"), "kind": "unknown"}
    if not row["need"] and not row["surplus"]:
        return {"open": t.number(0), "said": "", "kind": "nothing"}
    parts = [t("support.cell", covered=number("covered"), need=number("need"))]
    if row["planned"]:
        parts.append(t("support.cell_planned", planned=number("planned")))
    if row["surplus"]:
        parts.append(t("support.cell_surplus", surplus=number("surplus")))
    kind = "open" if row["open"] else "covered"
    return {"open": number("open"), "said": t("sign.between").join(parts), "kind": kind}


def describe_cells(view: View, need_id: str) -> dict[str, str]:
    """One line for each commune of the chosen territory on the map: its name, what is open of a need, and how many help there."""
    t, rows = view.t, read_rows(view).set_index(["need_id", "commune_code"])
    here = presence(read_actions(view.figures), view.codes)
    found = {}
    for code in view.codes:
        row = rows.loc[need_id, code]
        cell = _cell(view, {**row.to_dict(), "status": row["status"]})
        said = t("support.described", name=view.name(code), open=cell["open"], organisations=int(here[code]))
        found[code] = t("sign.between").join(part for part in (said, str(cell["said"])) if part)
    return found


def title_map(view: View, need_id: str, shown: str) -> str:
    """What the map shows (``MAPS``)."""
    return view.t(f"support.map_title_{shown}", need=need_label(view, need_id))


def marks_of(view: View, need_id: str, shown: str) -> dict[str, float]:
    """The discs of the map by commune: what is open of a need, or how many organisations help there with anything."""
    if shown == OPEN:
        rows = read_rows(view)
        found = rows[rows["need_id"] == need_id].set_index("commune_code")["open"]
    else:
        found = presence(read_actions(view.figures), view.codes)
    return {str(code): float(figure) for code, figure in found[found > 0].items()}


def list_twice(view: View) -> list[dict[str, str]]:
    """Communes of the chosen territory that several organisations help for the same need."""
    support, twice = view.figures.records.support, read_twice(view.figures)
    own = twice[twice["commune_code"].isin(view.codes)]
    surplus = read_rows(view).set_index(["commune_code", "need_id"])["surplus"]
    return [
        {
            "commune": view.name(row.commune_code),
            "need": need_label(view, row.need_id),
            "organisations": view.t("sign.comma").join(support.name(o, view.t.language) for o in row.organisations),
            "surplus": write_number(view, float(surplus.get((row.commune_code, row.need_id), float("nan")))),
        }
        for row in own.head(SHOWN).itertuples()
    ]


def write_orphans(view: View) -> str:
    """How many communes of the chosen territory lack something and have nobody, and which; empty where there is none."""
    rows = read_rows(view)
    alone = find_orphans(rows, read_actions(view.figures))
    if not alone:
        return ""
    return view.t("support.orphans", count=len(alone), places=_names(view, alone))


def cite_support(view: View) -> str:
    """Whose word the actions are, the latest day on which one was said."""
    actions = read_own_actions(view)
    if actions.empty:
        return ""
    said = say_shipped(actions, ("said_by",), view.figures.province, view.t)["said_by"]
    latest, named = actions["reported_on"].max(), list(dict.fromkeys(said))
    hosts = [name_source(text)["shown"] for text in named][:NAMED]
    return view.t("support.cite", sources=view.t("sign.between").join(dict.fromkeys(hosts)), day=view.t.date(latest))
