"""The table of the API: a resource that stands here has its address, its forms, its place in the OpenAPI document and its tests."""

from __future__ import annotations

from pages.web.api.catalogues import INDICATORS, NORMS, SCENARIOS, SNAPSHOTS
from pages.web.api.records import FACILITIES, MOVEMENTS, OBSERVATIONS
from pages.web.api.registers import REGISTERS
from pages.web.api.resource import Resource
from pages.web.api.results import COMMUNES, DOUARS, INTERVALS, PRESSURE, SERVICE_POINTS, WORTH
from pages.web.api.support import SUPPORT

RESOURCES: tuple[Resource, ...] = (
    COMMUNES,
    DOUARS,
    SERVICE_POINTS,
    INDICATORS,
    NORMS,
    PRESSURE,
    INTERVALS,
    WORTH,
    SUPPORT,
    *REGISTERS,
    OBSERVATIONS,
    MOVEMENTS,
    FACILITIES,
    SCENARIOS,
    SNAPSHOTS,
)
