"""Reads the needs, resources and unit costs of ``data/definitions`` into the value types of ``analytics.resources``."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml

from analytics.model import Sector
from analytics.norms import NormStatus
from analytics.resources import Charge, Competence, Cost, Means, Need, Resource, Response
from data.catalogue import DEFINITIONS
from data.source_fields import read_source


@cache
def load_means() -> Means:
    """Every need, resource and cost, in the order of their files."""
    costs = _yaml("costs.yaml")
    measures = _yaml("measures.yaml")
    return Means(
        needs={key: _read_need(key, entry) for key, entry in measures["needs"].items()},
        resources={key: _read_resource(key, entry) for key, entry in measures["resources"].items()},
        costs={key: _read_cost(key, entry) for key, entry in costs.items()},
    )


def _yaml(name: str) -> dict[str, Any]:
    return yaml.safe_load((DEFINITIONS / name).read_text(encoding="utf-8"))


def _read_need(key: str, raw: dict[str, Any]) -> Need:
    return Need(**{**raw, "id": key, "sector": Sector(raw["sector"])})


def _read_resource(key: str, raw: dict[str, Any]) -> Resource:
    special = {
        "id": key,
        "closes": tuple(raw["closes"]),
        "charge": Charge(raw["charge"]),
        "response": Response(raw["response"]),
        "competence": Competence(raw["competence"]),
        "financing": tuple(raw["financing"]),
        "gain_norms": tuple(raw.get("gain_norms", ())),
        "gain_times": float(raw.get("gain_times", 1)),
    }
    return Resource(**{**raw, **special})


def _read_cost(key: str, raw: dict[str, Any]) -> Cost:
    amounts = {name: float(raw[name]) for name in ("low_mad", "central_mad", "high_mad")}
    return Cost(**{**raw, **amounts, "id": key, "status": NormStatus(raw["status"]), "source": read_source(raw["source"])})
