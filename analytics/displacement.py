"""How a stock of displaced people fades when nothing but its start is known: Weibull curves (method note 3.2)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.norms import NormStatus, Source


@dataclass(frozen=True, slots=True)
class DecayPreset:
    """How a stock of displaced people fades when nothing but its start is known: a Weibull curve, scale in months."""

    id: str
    labels: dict[str, str]
    shape: float
    scale: float
    status: NormStatus
    sources: tuple[Source, ...]

    def share_left(self, months: np.ndarray) -> np.ndarray:
        """Share (0–1) of the first stock still displaced after so many months."""
        return survival(months, self.shape, self.scale)


def survival(months: np.ndarray, shape: float, scale: float) -> np.ndarray:
    """Share of people still displaced after so many months (Weibull; method note 3.2)."""
    return np.exp(-((months / scale) ** shape))


def fitted_scale(first: float, later: float, months: float, shape: float) -> float:
    """Scale in months of the survival curve that leads from one count to a later one."""
    return months / (-np.log(later / first)) ** (1 / shape)
