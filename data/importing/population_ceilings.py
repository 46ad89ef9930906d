"""How many people a commune can report beside its census: levels by commune and kind, from ``population_ceilings.yaml``."""

from __future__ import annotations

import pandas as pd

from analytics.ages import SCHOOL_SHARES, school_age
from analytics.model import Provenance
from data.loaders.ceilings import Ceiling
from data.loaders.today import load_ceilings, load_today

_PEOPLE = "municipal_population"
# What the levels of a commune are computed from.
COUNTED = ("population", "households", _PEOPLE, *SCHOOL_SHARES)

LEVEL_COLUMNS = ["commune_code", "ceiling", "reference", "census_year", "doubtful_above", "impossible_above"]


def build_levels(figures: pd.DataFrame) -> pd.DataFrame:
    """The levels of every commune and ceiling, in ``LEVEL_COLUMNS``; no row where the census figure is not known.

    Args:
        figures: figures in force, ``commune_code, reference_date, variable, value, provenance``.
    """
    counted = figures[figures["variable"].isin(COUNTED) & (figures["provenance"] == Provenance.MEASURED.value)]
    latest = counted.sort_values("reference_date").drop_duplicates(["commune_code", "variable"], keep="last")
    census = latest.pivot(index="commune_code", columns="variable", values="value").reindex(columns=list(COUNTED))
    census = census.assign(**school_age(census[_PEOPLE].to_numpy(), census[list(SCHOOL_SHARES)].to_numpy()))
    years = latest.groupby("commune_code")["reference_date"].max().dt.year.astype(str)
    tables = [_levels_of(ceiling, census[ceiling.against], years) for ceiling in load_ceilings().values()]
    return pd.concat(tables, ignore_index=True).dropna(subset=["reference"])


def people_of_province(figures: pd.DataFrame, communes: pd.DataFrame) -> float:
    """How many people the latest census counted in all communes; not a number where one of them is not known, or not the reader's."""
    counted = figures[(figures["variable"] == "population") & (figures["provenance"] == Provenance.MEASURED.value)]
    latest = counted.sort_values("reference_date").drop_duplicates("commune_code", keep="last")
    counts = latest.set_index("commune_code")["value"].reindex(communes["commune_code"])
    return float(counts.sum(skipna=False)) if len(counts) else float("nan")


def _levels_of(ceiling: Ceiling, reference: pd.Series, years: pd.Series) -> pd.DataFrame:
    """One ceiling for every commune. Without a figure of the whole province there is no limit."""
    province = reference.sum(skipna=False)
    most = load_today().ceilings["most_of_province"]["value"]
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
