"""Training needs: levels declared beside levels aimed at, and what the figures of a commune show of them."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import pandas as pd


class Sign(StrEnum):
    """What a need is read from."""

    DECLARED = "declared"
    BACKLOG = "backlog"
    RETURNED = "returned"
    NOT_REPORTED = "not_reported"


# A registry under this class needs no training for its backlog (working assumption); months are of the last half-year.
BACKLOG_CLASS = 4
MONTHS_RETURNED = 1
MONTHS_NOT_REPORTED = 2


def training_gaps(levels: pd.DataFrame) -> pd.DataFrame:
    """Levels missing, the widest first.

    Args:
        levels: ``commune_code, post, skill, level, target`` and ``agents``, NaN where not known.

    Returns:
        The same rows where a level is missing, with ``gap`` (levels) and ``places`` (agents to train; NaN where not known).
    """
    gap = levels["target"] - levels["level"]
    rows = levels.assign(gap=gap, places=levels["agents"])[gap > 0]
    return rows.sort_values(["gap", "commune_code", "skill"], ascending=[False, True, True], ignore_index=True)


def signs_of_figures(backlog_class: pd.Series, returned: pd.Series, not_reported: pd.Series) -> pd.DataFrame:
    """Needs that figures show, one row each: ``commune_code, skill, sign, figure``.

    Args:
        backlog_class: class of the registry's backlog by commune. returned, not_reported: months of the half-year sent back, and
            without a figure of the commune's own.
    """
    found = [
        ("civil_registry", Sign.BACKLOG, backlog_class[backlog_class >= BACKLOG_CLASS]),
        ("data", Sign.RETURNED, returned[returned >= MONTHS_RETURNED]),
        ("data", Sign.NOT_REPORTED, not_reported[not_reported >= MONTHS_NOT_REPORTED]),
    ]
    rows = [
        {"commune_code": code, "skill": skill, "sign": sign.value, "figure": float(figure)}
        for skill, sign, figures in found
        for code, figure in figures.items()
    ]
    table = pd.DataFrame(rows, columns=["commune_code", "skill", "sign", "figure"])
    return table.sort_values(["skill", "commune_code", "sign"], ignore_index=True)


def places_by_skill(gaps: pd.DataFrame, sessions: pd.DataFrame) -> pd.DataFrame:
    """Places to fill by skill beside the seats of sessions to come: ``skill, communes, places, unknown, seats, short``.

    Args:
        gaps: ``training_gaps``. sessions: ``skill, seats`` of sessions that are planned.

    Returns:
        ``unknown``: rows whose agents are not known, left out of ``places``; ``short`` is never below zero.
    """
    seats = sessions.groupby("skill")["seats"].sum()
    table = gaps.groupby("skill").agg(
        communes=("commune_code", "nunique"),
        places=("places", "sum"),
        unknown=("places", lambda places: int(places.isna().sum())),
    )
    table = table.assign(seats=seats.reindex(table.index).fillna(0.0))
    return table.assign(short=np.maximum(0.0, table["places"] - table["seats"])).reset_index()
