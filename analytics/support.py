"""Support against need: what is covered, only planned, open and beyond the need; who is helped twice and who by nobody."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from analytics.model import PROVENANCE_ORDER
from analytics.ratios import divide
from analytics.resource_gap import MAIN, units_to_close

PLANNED, FUNDED, UNDER_WAY, DONE, STOPPED = "planned", "funded", "under_way", "done", "stopped"
COMMITTED = (FUNDED, UNDER_WAY, DONE)
STATUSES = (PLANNED, *COMMITTED, STOPPED)
BALANCE = ("need", "covered", "planned", "open", "surplus")
_QUANTITIES = tuple(f"quantity_{status}" for status in (PLANNED, *COMMITTED))
_KEYS = ["commune_code", "need_id"]


def count_once(actions: pd.DataFrame) -> pd.DataFrame:
    """The actions without those that another one says already.

    One with a reference of its own counts by it. One without gives way to any other whose ``own_key`` (who, what, where, for whom,
    from when) is the same: to one with a reference first, then to the newest.

    Args:
        actions: ``own_key, has_reference``, the newest last.
    """
    said = set(actions.loc[actions["has_reference"], "own_key"])
    is_first = ~actions["own_key"].where(~actions["has_reference"]).duplicated(keep="last")
    kept = actions["has_reference"] | (is_first & ~actions["own_key"].isin(said))
    return actions[kept].reset_index(drop=True)


def read_needs(rows: pd.DataFrame) -> pd.DataFrame:
    """What is missing by commune and need, of the main answers of a gap table (``analytics.resource_gap.build_gap_table``):
    ``commune_code, need_id, sector, unit, need, status, provenance, reliability``; ``need`` in whole units, NaN where unknown."""
    main = rows[rows["role"] == MAIN].rename(columns={"missing_units": "need"})
    return main[[*_KEYS, "sector", "unit", "need", "status", "provenance", "reliability"]].reset_index(drop=True)


def weigh(actions: pd.DataFrame, worth: pd.DataFrame) -> pd.DataFrame:
    """The actions with ``need_units``: what their quantity is worth in units of their need; NaN where they name no commune, no
    need, no quantity, or a unit that is worth nothing known there.

    Args:
        actions: ``commune_code, need_id, unit, quantity``; a blank commune is a cercle or the whole province: never spread.
        worth: ``analytics.support_units.unit_values``.
    """
    weighed = actions.merge(worth, on=[*_KEYS, "unit"], how="left")
    return weighed.assign(need_units=weighed["quantity"] * weighed["worth"]).drop(columns="worth")


def balance(needs: pd.DataFrame, actions: pd.DataFrame) -> pd.DataFrame:
    """Support against need, one row a commune and need of ``needs``, with its columns and:

    ``covered`` = min(need, funded + under way + done), ``surplus`` = what is beyond, ``open`` = need − covered, ``planned`` = the
    part of ``open`` that somebody plans to cover; all NaN where the need is not known. ``quantity_planned, quantity_funded,
    quantity_under_way, quantity_done`` are the sums of the actions, known or not, ``actions`` and ``organisations`` how many stand
    behind them, ``support_provenance`` their least firm kind (empty without any).

    Args:
        actions: of ``weigh``, each counted once (``count_once``).
    """
    counted = actions[actions["need_units"].notna() & actions["action_status"].isin((PLANNED, *COMMITTED))]
    ranks = {kind.value: rank for rank, kind in enumerate(PROVENANCE_ORDER)}
    counted = counted.assign(rank=counted["provenance"].map(ranks).astype(int))
    sums = counted.pivot_table(index=_KEYS, columns="action_status", values="need_units", aggfunc="sum")
    sums = sums.reindex(columns=[PLANNED, *COMMITTED]).add_prefix("quantity_")
    groups = counted.groupby(_KEYS)
    behind = pd.DataFrame(
        {
            "actions": groups.size(),
            "organisations": groups["organisation"].nunique(),
            "support_provenance": groups["rank"].max().map(lambda rank: PROVENANCE_ORDER[rank].value),
        }
    )
    table = needs.merge(sums.reset_index(), on=_KEYS, how="left").merge(behind.reset_index(), on=_KEYS, how="left")
    table[[*_QUANTITIES, "actions", "organisations"]] = table[[*_QUANTITIES, "actions", "organisations"]].fillna(0.0)
    need = table["need"]
    committed = table[[f"quantity_{status}" for status in COMMITTED]].sum(axis=1)
    covered = np.minimum(need, committed)
    still = need - covered
    return table.assign(
        covered=covered,
        planned=np.minimum(still, table["quantity_planned"]),
        open=still,
        surplus=(committed - covered).where(need.notna()),
        support_provenance=table["support_provenance"].astype(object).where(table["support_provenance"].notna(), ""),
    )


def sum_balance(table: pd.DataFrame, by: str | list[str]) -> pd.DataFrame:
    """The balance over communes by some columns: sums of what is known (``need`` = ``covered`` + ``open``), ``unknown`` communes
    whose need is not known, ``helped`` and ``lacking`` communes with something covered and something open."""
    groups = table.groupby(by, sort=False)
    sums = groups[[*BALANCE, *_QUANTITIES]].sum(min_count=1)
    said = table.assign(
        unknown=table["need"].isna() & (table["status"] != "not_assessed"),
        helped=table["covered"] > 0,
        lacking=table["open"] > 0,
        surplused=table["surplus"] > 0,
    ).groupby(by, sort=False)
    return sums.join(said[["unknown", "helped", "lacking", "surplused"]].sum()).join(groups["unit"].first()).reset_index()


def find_twice(actions: pd.DataFrame) -> pd.DataFrame:
    """Communes that several organisations help for the same need, one row a commune and need: ``commune_code, need_id,
    organisations`` (names, sorted), ``count``; stopped actions and those that name no commune or no need are left out."""
    is_live = (actions["action_status"] != STOPPED) & (actions["commune_code"] != "") & (actions["need_id"] != "")
    live = actions.loc[is_live, [*_KEYS, "organisation"]].drop_duplicates()
    several = live[live.duplicated(_KEYS, keep=False)].sort_values([*_KEYS, "organisation"])
    names = several.groupby(_KEYS)["organisation"].agg(tuple).rename("organisations").reset_index()
    return names.assign(count=names["organisations"].map(len))


def find_orphans(table: pd.DataFrame, actions: pd.DataFrame) -> list[str]:
    """Communes in which something is missing and no action names them, those that lack the most needs first; stopped actions are
    no help."""
    helped = set(actions.loc[actions["action_status"] != STOPPED, "commune_code"])
    lacking = table[table["need"] > 0].groupby("commune_code").size()
    alone = lacking[~lacking.index.isin(helped)]
    return [str(code) for code in alone.sort_values(ascending=False, kind="stable").index]


def find_unhelped(table: pd.DataFrame, actions: pd.DataFrame, need_id: str) -> list[str]:
    """Communes that lack something of a need and in which nobody helps with it, those that lack most first; stopped actions are no
    help, planned ones are."""
    helped = actions.loc[(actions["need_id"] == need_id) & (actions["action_status"] != STOPPED), "commune_code"]
    needing = table[(table["need_id"] == need_id) & (table["need"] > 0)]
    lacking = needing[~needing["commune_code"].isin(helped)]
    return [str(code) for code in lacking.sort_values("need", ascending=False, kind="stable")["commune_code"]]


def presence(actions: pd.DataFrame, codes: Collection[str]) -> pd.Series:
    """Organisations with an action that is not stopped, by commune; 0 where there is none. Actions of a cercle or of the whole
    province name no commune and count in none."""
    live = actions.loc[actions["action_status"] != STOPPED, ["commune_code", "organisation"]]
    return live.groupby("commune_code")["organisation"].nunique().reindex(list(codes)).fillna(0).astype(int)


def after_support(rows: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """A gap table less what is committed, each support once: ``missing_units`` is what ``balance`` calls open, ``carried``, ``gap``,
    ``resource_units`` and costs follow; ``committed_units`` is what was taken off (0 where nothing was), ``done_units`` the part of it
    that is done: what of that stands among the commune's figures already is taken off twice.

    Pressure and class stay those of today: a promise opens no room.
    """
    taken = rows[_KEYS].reset_index(drop=True).merge(table[[*_KEYS, "covered", "quantity_done"]], on=_KEYS, how="left")
    covered, done = (taken[name].fillna(0.0).to_numpy() for name in ("covered", "quantity_done"))
    one = divide(rows["demand"].to_numpy(float), rows["need_units"].to_numpy(float))
    takes = covered > 0
    served = np.where(takes, np.minimum(rows["gap"], covered * np.nan_to_num(one)), 0.0)
    gap = rows["gap"] - served
    units = np.where(takes, units_to_close(gap.to_numpy(float), rows["gain"].to_numpy(float)), rows["resource_units"])
    share = np.where(takes, divide(units, rows["resource_units"].to_numpy(float)), 1.0)
    costs = [name for name in rows.columns if name.startswith("cost_")]
    return rows.assign(
        missing_units=rows["missing_units"] - covered,
        carried=rows["carried"] + served,
        gap=gap,
        resource_units=units,
        committed_units=covered,
        done_units=np.minimum(done, covered),
        **{name: rows[name] * share for name in costs},
    )
