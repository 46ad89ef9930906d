"""The rules of a choice of communes or douars as parameters of an address: weights, thresholds, exclusions, how many are retained."""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass

KEYS = ("weights", "least", "without", "retain")
MOST_WEIGHT, SIZES, FIRST_SIZE = 5, (1, 89), 10


@dataclass(frozen=True, slots=True)
class Rules:
    """``weights`` of criteria (0 to ``MOST_WEIGHT``), ``least`` value of a criterion in its unit, ``excluded`` codes, ``size`` of the
    list."""

    weights: Mapping[str, int]
    least: Mapping[str, float]
    excluded: tuple[str, ...]
    size: int

    @property
    def key(self) -> tuple[Hashable, ...]:
        """The rules as what depends on them is kept by."""
        return tuple(self.weights.items()), tuple(self.least.items()), self.excluded, self.size


def read_rules(
    asked: Mapping[str, str],
    criteria: Sequence[str],
    defaults: Mapping[str, int],
    codes: Collection[str],
    first_size: int = FIRST_SIZE,
) -> Rules:
    """The rules that an address asks for; what is not known in it is left out, weights that it does not name are the defaults."""
    weights = {n: int(v) for n, v in _pairs(asked.get("weights", ""), criteria).items() if 0 <= v <= MOST_WEIGHT}
    least = _pairs(asked.get("least", ""), criteria)
    excluded = tuple(code for code in dict.fromkeys(asked.get("without", "").split(",")) if code in codes)
    size = asked.get("retain", "")
    kept = int(size) if size.isascii() and size.isdigit() and SIZES[0] <= int(size) <= SIZES[1] else first_size
    given = {name: weights.get(name, 0) for name in criteria} if asked.get("weights") else dict(defaults)
    return Rules({name: given.get(name, 0) for name in criteria}, least, excluded, kept)


def write_rules(rules: Rules) -> dict[str, str]:
    """The parameters that lead back to these rules; what is empty is left out."""
    written = {
        "weights": ",".join(f"{name}:{weight}" for name, weight in rules.weights.items() if weight),
        "least": ",".join(f"{name}:{_plain(value)}" for name, value in rules.least.items()),
        "without": ",".join(rules.excluded),
        "retain": str(rules.size),
    }
    return {key: text for key, text in written.items() if text}


def _plain(value: float) -> str:
    """A threshold without an exponent, to three decimals at most."""
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _pairs(text: str, known: Sequence[str]) -> dict[str, float]:
    found = {}
    for part in text.split(","):
        name, _, number = part.partition(":")
        try:
            value = float(number)
        except ValueError:
            continue
        if name in known and math.isfinite(value):
            found[name] = value
    return found
