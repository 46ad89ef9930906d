"""The reader's assumptions as parameters of an address, the same for screens, sheets and the API."""

from __future__ import annotations

from collections.abc import Mapping

from analytics.assumptions import DEFAULTS, OFFERED_PROFILES, Assumptions, CensusCounting, NormProfile, PopulationBasis

OPTIONS: dict[str, tuple[str, ...]] = {
    "census": tuple(c.value for c in CensusCounting),
    "basis": tuple(b.value for b in PopulationBasis),
    "norms": tuple(p.value for p in OFFERED_PROFILES),
}


def read_assumptions(asked: Mapping[str, object]) -> Assumptions:
    """The assumptions that the parameters ``census``, ``basis`` and ``norms`` name; the default of each that is not known."""
    return Assumptions(
        CensusCounting(_known(asked, "census", DEFAULTS.counting)),
        PopulationBasis(_known(asked, "basis", DEFAULTS.basis)),
        NormProfile(_known(asked, "norms", DEFAULTS.profile)),
    )


def write_assumptions(assumptions: Assumptions) -> dict[str, str]:
    """The parameters that reopen a view with these assumptions; those of the defaults are left out, but for the census."""
    others = {"basis": (assumptions.basis, DEFAULTS.basis), "norms": (assumptions.profile, DEFAULTS.profile)}
    changed = {name: chosen.value for name, (chosen, default) in others.items() if chosen is not default}
    return {"census": assumptions.counting.value, **changed}


def _known(asked: Mapping[str, object], name: str, default: str) -> str:
    value = str(asked.get(name, ""))
    return value if value in OPTIONS[name] else default
