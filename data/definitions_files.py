"""Reads ``data/definitions`` into the value types that analytics computes with."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from analytics.access_profile import AccessRule
from analytics.assumptions import NormProfile
from analytics.faces import ClassedBy, Face
from analytics.model import (
    RELIABILITY_ORDER,
    Definitions,
    Goalposts,
    Indicator,
    Legend,
    Level,
    Measure,
    Provenance,
    ReliabilityRules,
    Sector,
    SeverityClass,
    Term,
    UncertaintyRules,
)
from analytics.norms import Norm, NormStatus, NormValue
from data.catalogue import DEFINITIONS, read_yaml
from data.source_fields import read_source


@cache
def load_definitions() -> Definitions:
    """All indicators, norms, legend and weights; an indicator is a file of ``definitions/indicators``, nothing else."""
    norms = {norm.id: norm for path in _files("norms") for norm in _read_norms(read_yaml(path))}
    indicators = [_read_indicator(read_yaml(path)) for path in _files("indicators")]
    legend = read_yaml(DEFINITIONS / "legends" / "severity.yaml")
    sectors = {Sector(key): entry for key, entry in legend["sectors"].items()}
    ordered = [i for sector in Sector for i in indicators if i.sector is sector]
    return Definitions(
        indicators={i.id: i for i in ordered if i.enabled and i.level is Level.COMMUNE},
        norms=norms,
        legend=_read_legend(legend),
        sector_weights={s: float(entry["weight"]) for s, entry in sectors.items() if "weight" in entry},
        headlines={s: entry["headline"] for s, entry in sectors.items() if "headline" in entry},
        sector_labels={s: entry["labels"] for s, entry in sectors.items()},
        composite_labels=legend["composite"]["labels"],
        method_version=legend["method_version"],
        extensions={i.id: i for i in ordered if not i.enabled},
        province_indicators={i.id: i for i in ordered if i.enabled and i.level is Level.PROVINCE},
        face_labels={Face(key): entry["labels"] for key, entry in legend["faces"].items()},
        reliability=_read_reliability(read_yaml(DEFINITIONS / "reliability.yaml")),
        uncertainty=_read_uncertainty(read_yaml(DEFINITIONS / "uncertainty.yaml")),
        composite_power=float(legend["composite"]["power"]),
    )


@cache
def load_access_rules() -> dict[Sector, AccessRule]:
    """How access to each service is measured (``definitions/access.yaml``)."""
    raw = read_yaml(DEFINITIONS / "access.yaml")
    shared = {**raw["huff"], "functional_share": raw["functional_share"]}
    return {Sector(sector): _read_access_rule({**shared, **entry}) for sector, entry in raw["services"].items()}


def _read_access_rule(raw: dict[str, Any]) -> AccessRule:
    steps = {name: tuple((float(km), float(weight)) for km, weight in raw[name]) for name in ("steps", "point_steps")}
    return AccessRule(**{**raw, **steps, "facility_kinds": tuple(raw["facility_kinds"])})


def _files(folder: str) -> list[Any]:
    return sorted((DEFINITIONS / folder).glob("*.yaml"))


def _read_norms(raw: dict[str, Any]) -> list[Norm]:
    return [Norm(key, entry["unit"], entry["labels"], _read_values(entry["values"])) for key, entry in raw.items()]


def _read_values(raw: list[dict[str, Any]]) -> tuple[NormValue, ...]:
    values = [
        NormValue(
            effective_from=entry["effective_from"],
            value=float(entry["value"]),
            status=NormStatus(entry["status"]),
            source=read_source(entry["source"]),
            last_value_still_valid_on=_day(entry.get("last_value_still_valid_on")),
            profile=NormProfile(entry.get("profile", NormProfile.PLANNING)),
        )
        for entry in raw
    ]
    return tuple(sorted(values, key=lambda v: v.effective_from))


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) else None


def _read_indicator(raw: dict[str, Any]) -> Indicator:
    terms = tuple(_read_term(term) for term in raw["terms"])
    special = {
        "sector": Sector(raw["sector"]),
        "measure": Measure(raw["measure"]),
        "terms": terms,
        "goalposts": _read_goalposts(raw.get("goalposts")),
        "sources": tuple(read_source(s) for s in raw["sources"]),
        "scale": float(raw.get("scale", 1)),
        "weight": float(raw.get("weight", 0)),
        "level": Level(raw.get("level", Level.COMMUNE)),
        "face": Face(raw.get("face", Face.LOAD)),
        "classed_by": ClassedBy(raw.get("classed_by", ClassedBy.POOLED)),
    }
    return Indicator(**{**raw, **special})


def _read_term(raw: dict[str, Any]) -> Term:
    return Term(**{**raw, "capacity": tuple(raw["capacity"]), "capacity_norms": tuple(raw.get("capacity_norms", ()))})


def _read_goalposts(raw: dict[str, Any] | None) -> Goalposts | None:
    if raw is None:
        return None
    return Goalposts(raw["scored"], tuple((float(a), float(b)) for a, b in raw["points"]))


def _read_reliability(raw: dict[str, Any]) -> ReliabilityRules:
    coverage = {variable: said_by for said_by, variables in raw["coverage"].items() for variable in variables}
    return ReliabilityRules(
        by_provenance={Provenance(kind): float(quality) for kind, quality in raw["by_provenance"].items()},
        by_age=tuple((float(entry["months"]), float(entry["quality"])) for entry in raw["by_age"]),
        when_older=float(raw["when_older"]),
        without_age=frozenset(raw["without_age"]),
        coverage=coverage,
        coverage_unknown=float(raw["coverage_unknown"]),
        lowest=tuple(float(raw["lowest"][grade]) for grade in RELIABILITY_ORDER[:-1]),
        variation=tuple(float(raw["variation"][grade]) for grade in RELIABILITY_ORDER),
    )


def _read_uncertainty(raw: dict[str, Any]) -> UncertaintyRules:
    low, high = (float(share) for share in raw["interval"])
    return UncertaintyRules(
        draws=int(raw["draws"]),
        seed=int(raw["seed"]),
        capacity_width=float(raw["capacity_width"]),
        norm_spread=float(raw["norm_spread"]),
        norm_shares=tuple(float(share) for share in raw["norm_shares"]),
        weight_concentration=float(raw["weight_concentration"]),
        powers=tuple(float(power) for power in raw["powers"]),
        interval=(low, high),
        first_communes=int(raw["first_communes"]),
    )


def _read_legend(raw: dict[str, Any]) -> Legend:
    classes = tuple(SeverityClass(**entry) for entry in raw["classes"])
    goalposts = _read_goalposts(raw["goalposts"])
    assert goalposts is not None, "the severity legend needs goalposts"
    return Legend(classes, goalposts, raw["no_data_color"], raw["not_assessed_color"], raw["range_color"])
