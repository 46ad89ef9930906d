"""Demonstration figures: month by month what is not public by commune, seeded, fitted to named totals, marked everywhere.

Parameters and the row or rule each rests on: ``demonstration.yaml`` of the territory. Nothing here is an estimate of reality: the
figures show how the application works until communes send their own, and one command removes them.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from analytics.ages import SCHOOL_SHARES, school_age
from analytics.displacement import fitted_scale, survival
from analytics.model import Provenance, Status
from data.demonstration_details import detail_figures
from data.demonstration_services import Setting, health_figures, registry_figures, school_figures
from data.integer_shares import share_out
from data.loaders.today import load_today, load_variables
from data.province import Province


def name_source(province: Province) -> str:
    """What a demonstration figure names as its source."""
    return f"territories/{province.id}/{province.demonstration.name}"


def read_parameters(province: Province) -> dict[str, Any]:
    """The parameters of the generator, each with its rule."""
    return load_today(province).demonstration


def build_demonstration(
    province: Province,
    communes: pd.DataFrame,
    reference: pd.DataFrame,
    totals: pd.DataFrame,
    until: date | None = None,
) -> pd.DataFrame:
    """All monthly variables of the catalogue for every commune, as observations marked ``demonstration``; the extension sectors
    have none.

    Args:
        province: whose parameters are followed.
        communes: ``data.reference_files.read_communes``.
        reference: observations of the reference files.
        totals: ``data.reference_files.read_province_totals``; the fit holds for the rows that the parameters name.
        until: the last month; as many months as the parameters count where none is given, and never fewer.
    """
    parameters = read_parameters(province)
    setting = _setting(province, communes, reference, totals, until)
    figures = {
        **_displaced_figures(setting, parameters["displaced"]),
        **school_figures(setting, parameters["schools"], parameters["damage"]),
    }
    figures |= health_figures(setting, parameters["health"], parameters["damage"])
    figures |= registry_figures(setting, parameters["registry"])
    figures |= detail_figures(setting, figures, parameters["details"], parameters["damage"])
    return _observations(setting, figures, name_source(province))


def province_total(totals: pd.DataFrame, indicator: str, geography: str) -> float:
    """The first total of that name for a territory.

    Raises:
        LookupError: no such row.
    """
    rows = totals[(totals["indicator"] == indicator) & (totals["geography"] == geography)]
    if rows.empty:
        raise LookupError(f"no total {indicator} for {geography}")
    return float(rows["value"].iloc[0])


def displaced_by_month(proxy: np.ndarray, first: float, months: int, shape: float, months_between: int = 12) -> np.ndarray:
    """Displaced persons, communes × months: the proxy exactly at ``months_between``, where it is reached, the first count exactly
    at 0."""
    scale = fitted_scale(first, proxy.sum(), months_between, shape)
    curve = first * survival(np.arange(months, dtype=float), shape, scale)
    table = np.column_stack([share_out(round(total), proxy) for total in curve])
    if months > months_between:
        table[:, months_between] = proxy
    return table


def _months(parameters: dict[str, Any], until: date | None) -> pd.DatetimeIndex:
    """From the first month that the parameters name to the last one asked for."""
    stated = pd.date_range(parameters["first"], periods=parameters["count"], freq="MS")
    return stated if until is None else pd.date_range(stated[0], max(stated[-1], pd.Timestamp(until)), freq="MS")


def _setting(
    province: Province, communes: pd.DataFrame, reference: pd.DataFrame, totals: pd.DataFrame, until: date | None
) -> Setting:
    parameters = read_parameters(province)
    codes = communes["commune_code"].to_numpy()
    latest = reference.sort_values("reference_date").drop_duplicates(["commune_code", "variable"], keep="last")
    table = latest.pivot(index="commune_code", columns="variable", values="value").reindex(codes)
    months = _months(parameters["months"], until)
    ages = school_age(table["municipal_population"].to_numpy(), table[list(SCHOOL_SHARES)].to_numpy())
    displaced = parameters["displaced"]
    return Setting(
        codes=codes,
        months=months,
        population=table["population"].to_numpy(),
        school_age=ages,
        intensity=table["mmi_intensity"].fillna(0).to_numpy(),
        displaced=displaced_by_month(
            table[displaced["proxy"]["variable"]].to_numpy(),
            province_total(totals, displaced["first_count"]["indicator"], province.geography),
            len(months),
            displaced["weibull_shape"]["value"],
        ),
        total=lambda indicator: province_total(totals, indicator, province.geography),
        national=lambda indicator: province_total(totals, indicator, province.country),
        rng=np.random.default_rng(parameters["seed"]),
    )


def _displaced_figures(setting: Setting, parameters: dict[str, Any]) -> dict[str, np.ndarray]:
    households = np.ceil(setting.displaced / parameters["persons_per_household"]["value"])
    return {
        "displaced_persons": setting.displaced,
        "displaced_households": households,
        "displaced_counted_in_census_pct": np.full_like(setting.displaced, np.nan),
    }


def _observations(setting: Setting, figures: dict[str, np.ndarray], source: str) -> pd.DataFrame:
    # A variable that nobody simulates (a new one, an extension sector) stays missing.
    names = [v.id for v in load_variables().values() if v.monthly and v.id in figures]
    values = np.stack([figures[name] for name in names]).astype(float).ravel()
    communes, months, same = len(setting.codes), len(setting.months), np.zeros(len(values), dtype=np.int8)
    # As ranks of their few texts: a country over ten years has fourteen million rows.
    texts = {
        "commune_code": (np.tile(np.repeat(np.arange(communes), months), len(names)), list(setting.codes)),
        "variable": (np.repeat(np.arange(len(names)), communes * months), names),
        "status": (np.isnan(values).astype(np.int8), [Status.ESTIMATED.value, Status.MISSING.value]),
        "provenance": (same, [Provenance.DEMONSTRATION.value]),
        "reliability": (same, ["D"]),
        "source": (same, [source]),
        "cell": (same, [""]),
    }
    coded = {name: pd.Categorical.from_codes(codes, categories) for name, (codes, categories) in texts.items()}
    dates = {"reference_date": np.tile(setting.months.to_numpy(), communes * len(names)), "value": values}
    order = ["commune_code", "reference_date", "variable", "value", *list(coded)[2:]]
    return pd.DataFrame({**coded, **dates})[order]
