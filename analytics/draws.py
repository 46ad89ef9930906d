"""What a Monte Carlo draws once for all months: errors of each variable, norms, weights, aggregation rules (method note 2.5).

Each name has a random stream of its own, so that what is drawn for one variable does not depend on which others there are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from zlib import crc32

import numpy as np
import pandas as pd

from analytics.assumptions import OFFERED_PROFILES, Assumptions
from analytics.model import UncertaintyRules
from analytics.norms import Norm, NormStatus

Shape = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Draws:
    """``rules.draws`` draws for a number of communes; arrays are communes × draws, or 1 × draws where all communes share."""

    rules: UncertaintyRules
    assumptions: Assumptions
    communes: int
    _drawn: dict[tuple[str, str], np.ndarray] = field(default_factory=dict)

    @property
    def shape(self) -> Shape:
        """Communes and draws."""
        return self.communes, self.rules.draws

    def demand_error(self, variable: str) -> np.ndarray:
        """Errors of a demand, in standard units of the logarithm."""
        return self._once("demand", variable, lambda g: g.standard_normal(self.shape, dtype=np.float32))

    def capacity_error(self, variable: str) -> np.ndarray:
        """Errors of a capacity, triangular between -1 and 1."""
        return self._once("capacity", variable, self._triangle)

    def counted_share(self) -> np.ndarray:
        """Share of displaced persons already in the census where nobody declared it: anything from none to all."""
        return self._once("share", "counted_in_census", lambda g: g.random(self.shape, dtype=np.float32))

    def norm(self, norm: Norm, month: pd.Timestamp) -> np.ndarray:
        """Values of a norm in a month, 1 × draws: the lowest, the chosen and the highest of its profiles.

        Where the profiles agree and no text confirms the value, a tenth less and a tenth more stand for the others.
        """
        which = self._once("norm", norm.id, lambda g: g.choice(3, self.rules.draws, p=self.rules.norm_shares))
        chosen = norm.in_force(month.date(), self.assumptions.profile)
        offered = [norm.in_force(month.date(), profile).value for profile in OFFERED_PROFILES]
        low, high = min(offered), max(offered)
        if low == high and chosen.status is not NormStatus.VERIFIED:
            low, high = chosen.value * (1 - self.rules.norm_spread), chosen.value * (1 + self.rules.norm_spread)
        return np.array([low, chosen.value, high], dtype=np.float32)[which][None, :]

    def weights(self, name: str, central: Sequence[float]) -> np.ndarray:
        """Weights around their central values, parts × 1 × draws; each draw sums to 1."""
        concentration = self.rules.weight_concentration * np.asarray(central) / sum(central)
        drawn = self._once("weights", name, lambda g: g.dirichlet(concentration, self.rules.draws).astype(np.float32))
        return drawn.T[:, None, :]

    def powers(self) -> list[tuple[float, slice]]:
        """Each aggregation rule with its share of the draws, in equal parts."""
        bounds = np.linspace(0, self.rules.draws, len(self.rules.powers) + 1).astype(int)
        return [(p, slice(a, b)) for p, a, b in zip(self.rules.powers, bounds[:-1], bounds[1:], strict=True)]

    def _triangle(self, generator: np.random.Generator) -> np.ndarray:
        halves = generator.random((2, *self.shape), dtype=np.float32)
        return halves[0] + halves[1] - 1

    def _once(self, kind: str, name: str, draw: Callable[[np.random.Generator], np.ndarray]) -> np.ndarray:
        key = (kind, name)
        if key not in self._drawn:
            seed = [self.rules.seed, crc32(f"{kind} {name}".encode())]
            self._drawn[key] = draw(np.random.Generator(np.random.SFC64(seed)))
        return self._drawn[key]
