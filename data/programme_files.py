"""Rules of targeting as criteria in words, read from the folder of a territory.

They compute no figure of a service and are no part of the definitions that a snapshot keeps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from data.loaders.yaml_text import parse
from data.province import Province, default_province

Labels = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TargetingRule:
    """Who is eligible for something, as criteria that all hold; whether somebody confirmed it."""

    id: str
    labels: Labels
    criteria: tuple[Labels, ...]
    source: str
    verified: bool


def load_rules(province: Province | None = None) -> dict[str, TargetingRule]:
    """The rules of a territory by id; none where its folder has none."""
    return {
        name: TargetingRule(name, rule["labels"], tuple(rule["criteria"]), rule.get("source", ""), bool(rule["verified"]))
        for name, rule in _read(province, "targeting_rules").items()
    }


def rule_ids() -> tuple[str, ...]:
    """Ids of the rules of the default territory."""
    return tuple(load_rules())


def _read(province: Province | None, name: str) -> dict[str, Any]:
    return _parse((province or default_province()).folder / "results" / f"{name}.yaml")


@cache
def _parse(path: Path) -> dict[str, Any]:
    return dict(parse(path.read_text(encoding="utf-8"))) if path.exists() else {}
