"""A second shock: from an epicentre, a magnitude and a depth to intensity, unusable buildings and people displaced.

Intensity follows the equation of Allen, Wald and Worden (2012), "Intensity attenuation for active crustal regions", Journal of
Seismology 16:409–433, in its form for hypocentral distance and without site effects; coefficients, fragility and their sources
stand in ``data/definitions/second_shock.yaml``. Vulnerability by dwelling type is a working assumption.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from analytics.bounds import BOUNDS, CENTRAL
from analytics.norms import NormStatus, Source
from analytics.panel import Panel

EARTH_RADIUS_KM = 6371.0
_FAR_KM = 50.0
_REFERENCE_MAGNITUDE = 5.0

# Shares of dwellings in the census (per cent) by the type of the fragility assumption; the rest is of masonry or concrete.
DWELLING_VARIABLES = {"rural": "dwelling_rural_pct", "basic": "dwelling_basic_pct", "other": "dwelling_other_pct"}
REST_OF_DWELLINGS = "masonry"
PUBLIC_BUILDINGS = "public"


@dataclass(frozen=True, slots=True)
class Shock:
    """An earthquake that may come: epicentre in degrees, moment magnitude, depth in km, and the month of the horizon it strikes."""

    latitude: float
    longitude: float
    magnitude: float
    depth_km: float = 15.0
    month: int = 1


@dataclass(frozen=True, slots=True)
class IntensityEquation:
    """Coefficients of I = c0 + c1·M + c2·ln √(R² + Rm²) + c4·ln(R/50) beyond 50 km, Rm = m1 + m2·exp(M − 5), R hypocentral.

    One earthquake and one place scatter around it with the standard deviation s1 + s2 / (1 + (R/s3)²); ``between_share`` of its
    variance is between earthquakes, the same at all places of one; the rest differs from place to place.
    """

    c0: float
    c1: float
    c2: float
    c4: float
    m1: float
    m2: float
    s1: float
    s2: float
    s3: float
    between_share: float
    source: Source

    def scatter(self, distance_km: np.ndarray) -> np.ndarray:
        """Standard deviation of the intensity at hypocentral distances, in degrees of intensity."""
        return self.s1 + self.s2 / (1 + (distance_km / self.s3) ** 2)


@dataclass(frozen=True, slots=True)
class Fragility:
    """Share of buildings that cannot be used at an intensity: normal, with a median by type and bound, and one spread.

    ``medians`` low, central and high by type: the intensity at which half of the buildings of the type are unusable.
    """

    medians: Mapping[str, tuple[float, float, float]]
    spread: float
    status: NormStatus
    source: Source
    labels: Mapping[str, str]

    def unusable_share(
        self, kind: str, intensity: np.ndarray, bound: str = CENTRAL, scatter: np.ndarray | float = 0.0
    ) -> np.ndarray:
        """Share (0–1) of the buildings of a type that cannot be used at each intensity.

        Args:
            bound: of the vulnerability.
            scatter: standard deviation of an intensity that is not known: the share is then the one expected over it, which is
                the normal distribution with both spreads.
        """
        from scipy.special import ndtr

        return ndtr((intensity - self.medians[kind][BOUNDS.index(bound)]) / np.hypot(self.spread, scatter))


@dataclass(frozen=True, slots=True)
class ShockModel:
    """What turns a shock into effects: the equation, the fragility, the bounds of a shock, and the event it is checked against."""

    equation: IntensityEquation
    fragility: Fragility
    reference: Shock
    reference_month: date
    censored_below: float
    limits: Mapping[str, tuple[float, float]]


def hypocentral_km(shock: Shock, latitude: np.ndarray, longitude: np.ndarray) -> np.ndarray:
    """Distance in km from the hypocentre to places given in degrees (sphere of 6,371 km)."""
    lat, lon = np.radians(latitude), np.radians(longitude)
    lat0, lon0 = np.radians(shock.latitude), np.radians(shock.longitude)
    chord = np.sin((lat - lat0) / 2) ** 2 + np.cos(lat0) * np.cos(lat) * np.sin((lon - lon0) / 2) ** 2
    return np.hypot(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(chord)), shock.depth_km)


def predict_intensity(magnitude: float, distance_km: np.ndarray, equation: IntensityEquation) -> np.ndarray:
    """Modified Mercalli intensity at hypocentral distances (Allen, Wald and Worden 2012)."""
    e = equation
    saturation = e.m1 + e.m2 * np.exp(magnitude - _REFERENCE_MAGNITUDE)
    near = e.c0 + e.c1 * magnitude + e.c2 * np.log(np.hypot(distance_km, saturation))
    return near + e.c4 * np.log(np.maximum(distance_km / _FAR_KM, 1.0))


def shock_intensity(shock: Shock, centroids: np.ndarray, equation: IntensityEquation) -> np.ndarray:
    """Intensity of a shock at places, ``n × 2`` latitude and longitude; NaN where a place is not known."""
    return predict_intensity(shock.magnitude, hypocentral_km(shock, centroids[:, 0], centroids[:, 1]), equation)


def share_displaced(
    panel: Panel,
    intensity: np.ndarray,
    fragility: Fragility,
    bound: str = CENTRAL,
    scatter: np.ndarray | float = 0.0,
) -> np.ndarray:
    """Share (0–1) of a commune's people whose dwelling is unusable, by the census's dwelling types in the panel's first month.

    People are taken to live in each type as its dwellings are shared out; NaN where a share or the intensity is not known.

    Args:
        intensity: one a commune, or communes × draws.
        bound, scatter: as for ``Fragility.unusable_share``.
    """
    shares = {kind: panel[name].value[:: len(panel.months)] / 100 for kind, name in DWELLING_VARIABLES.items()}
    shares[REST_OF_DWELLINGS] = np.maximum(0.0, 1 - np.sum(list(shares.values()), axis=0))
    down = (slice(None), *[None] * (intensity.ndim - 1))
    return np.sum(
        [s[down] * fragility.unusable_share(kind, intensity, bound, scatter) for kind, s in shares.items()], axis=0
    )


@dataclass(frozen=True, slots=True)
class ResidualCheck:
    """Observed less predicted intensity of the reference event.

    ``residual`` by place, NaN where the intensity is only known as below the limit (``is_censored``); ``bias`` and ``rmse``
    over the known ones; ``bias_with_censored`` and ``spread_with_censored`` by maximum likelihood over all of them, a censored
    one entering with the probability of lying below the limit; ``censored_predicted_above`` how many of these are predicted at
    or above it.
    """

    predicted: np.ndarray
    residual: np.ndarray
    is_censored: np.ndarray
    bias: float
    rmse: float
    bias_with_censored: float
    spread_with_censored: float
    censored_predicted_above: int


def check_residuals(observed: np.ndarray, centroids: np.ndarray, model: ShockModel) -> ResidualCheck:
    """Check the equation against the intensities of the reference event at the same places; NaN observed is censored."""
    predicted = shock_intensity(model.reference, centroids, model.equation)
    residual = observed - predicted
    censored = np.isnan(observed)
    limit = model.censored_below - predicted[censored]
    known = residual[~censored]
    bias, spread = _censored_normal(known, limit)
    return ResidualCheck(
        predicted=predicted,
        residual=residual,
        is_censored=censored,
        bias=float(known.mean()),
        rmse=float(np.sqrt((known**2).mean())),
        bias_with_censored=bias,
        spread_with_censored=spread,
        censored_predicted_above=int((limit <= 0).sum()),
    )


def _censored_normal(known: np.ndarray, below: np.ndarray) -> tuple[float, float]:
    """Mean and standard deviation of a normal of which some values are only known to lie below limits (maximum likelihood)."""
    from scipy.optimize import minimize
    from scipy.stats import norm

    def negative(parameters: np.ndarray) -> float:
        mean, spread = parameters[0], np.exp(parameters[1])
        return -float(norm.logpdf(known, mean, spread).sum() + norm.logcdf(below, mean, spread).sum())

    found = minimize(negative, np.array([known.mean(), np.log(known.std())]), method="Nelder-Mead")
    return float(found.x[0]), float(np.exp(found.x[1]))
