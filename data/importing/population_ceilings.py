"""How many people a commune can report beside its census: levels by commune and kind, from ``population_ceilings.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from analytics.ages import SCHOOL_SHARES, school_age
from analytics.model import Provenance
from data.catalogue import DEFINITIONS, read_yaml

_PEOPLE = "municipal_population"
_COUNTED = ("population", "households", _PEOPLE, *SCHOOL_SHARES)

LEVEL_COLUMNS = ["commune_code", "ceiling", "reference", "census_year", "doubtful_above", "impossible_above"]


@dataclass(frozen=True, slots=True)
class Ceiling:
    """A kind of count: the census figure it stands beside, and the multiples of it above which a cell is asked about and set
    aside (``impossible_above``, yet never under ``least_of_province`` times the figure of the whole province)."""

    id: str
    against: str
    check_above: float
    impossible_above: float
    least_of_province: float
    highest: float
    reason: str
    silent_under: float = 0.0


@cache
def load_ceilings() -> dict[str, Ceiling]:
    """Every ceiling by id."""
    return {key: Ceiling(id=key, **entry) for key, entry in _definitions()["ceilings"].items()}


@cache
def load_reference_labels() -> dict[str, dict[str, str]]:
    """What each census figure counts, in words."""
    labels: dict[str, dict[str, str]] = _definitions()["references"]
    return labels


def build_levels(figures: pd.DataFrame) -> pd.DataFrame:
    """The levels of every commune and ceiling, in ``LEVEL_COLUMNS``; no row where the census figure is not known.

    Args:
        figures: figures in force, ``commune_code, reference_date, variable, value, provenance``.
    """
    counted = figures[figures["variable"].isin(_COUNTED) & (figures["provenance"] == Provenance.MEASURED.value)]
    latest = counted.sort_values("reference_date").drop_duplicates(["commune_code", "variable"], keep="last")
    census = latest.pivot(index="commune_code", columns="variable", values="value").reindex(columns=list(_COUNTED))
    census = census.assign(**school_age(census[_PEOPLE].to_numpy(), census[list(SCHOOL_SHARES)].to_numpy()))
    years = latest.groupby("commune_code")["reference_date"].max().dt.year.astype(str)
    tables = [_levels_of(ceiling, census[ceiling.against], years) for ceiling in load_ceilings().values()]
    return pd.concat(tables, ignore_index=True).dropna(subset=["reference"])


def _levels_of(ceiling: Ceiling, reference: pd.Series, years: pd.Series) -> pd.DataFrame:
    """One ceiling for every commune. Without a figure of the whole province there is no limit."""
    province = reference.sum(skipna=False)
    most = _definitions()["most_of_province"]["value"]
    impossible = (ceiling.impossible_above * reference).clip(
        lower=ceiling.least_of_province * province, upper=most * province
    )
    doubtful = (ceiling.check_above * reference).clip(lower=ceiling.silent_under)
    return pd.DataFrame(
        {
            "commune_code": reference.index,
            "ceiling": ceiling.id,
            "reference": reference.round().to_numpy(),
            "census_year": years.reindex(reference.index).to_numpy(),
            "doubtful_above": doubtful.to_numpy(),
            "impossible_above": impossible.to_numpy(),
        },
        columns=LEVEL_COLUMNS,
    )


@cache
def _definitions() -> dict[str, Any]:
    return read_yaml(DEFINITIONS / "population_ceilings.yaml")
