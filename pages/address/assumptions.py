"""The reader's assumptions as parameters of an address, the same for screens, sheets and the API."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from analytics.assumptions import (
    DEFAULTS,
    OFFERED_PROFILES,
    Assumptions,
    CensusCounting,
    FigureKinds,
    NormProfile,
    PopulationBasis,
    Recency,
)

OPTIONS: dict[str, tuple[str, ...]] = {
    "census": tuple(c.value for c in CensusCounting),
    "basis": tuple(b.value for b in PopulationBasis),
    "norms": tuple(p.value for p in OFFERED_PROFILES),
    # Which figures are looked at: the lens in the frame, not an assumption about them.
    "figures": tuple(k.value for k in FigureKinds),
    "known": tuple(k.value for k in Recency),
}
LENS, KNOWN = "figures", "known"
# The bare address opens the first screen.
OPEN_ON_MEASURED = ("", "overview", "map")


def read_assumptions(asked: Mapping[str, object]) -> Assumptions:
    """The assumptions that ``census``, ``basis``, ``norms`` and ``figures`` name; the default of each that is not known."""
    return Assumptions(
        CensusCounting(_known(asked, "census", DEFAULTS.counting)),
        PopulationBasis(_known(asked, "basis", DEFAULTS.basis)),
        NormProfile(_known(asked, "norms", DEFAULTS.profile)),
        FigureKinds(_known(asked, LENS, DEFAULTS.figures)),
        Recency(_known(asked, KNOWN, DEFAULTS.known)),
    )


def write_assumptions(assumptions: Assumptions) -> dict[str, str]:
    """The parameters that reopen a view with these assumptions; those of the defaults are left out, but for the census."""
    others = {
        "basis": (assumptions.basis, DEFAULTS.basis),
        "norms": (assumptions.profile, DEFAULTS.profile),
        LENS: (assumptions.figures, DEFAULTS.figures),
        KNOWN: (assumptions.known, DEFAULTS.known),
    }
    changed = {name: chosen.value for name, (chosen, default) in others.items() if chosen is not default}
    return {"census": assumptions.counting.value, **changed}


def opening_lens(screen: str, asked: Collection[str]) -> FigureKinds:
    """The figures that a screen opens on where its address does not say: what is measured on the first screen and the map.

    An address that names a month was made before there was a lens, or by hand: it shows what it has always shown.
    """
    is_bare = "month" not in asked
    return FigureKinds.REAL if screen in OPEN_ON_MEASURED and is_bare else FigureKinds.ALL


def opening_choices(screen: str, asked: Collection[str]) -> dict[str, str]:
    """What a screen opens on where its address does not say: the lens, and the latest known figure of each commune.

    An address that names a month means that month, as it always did.
    """
    known = Recency.STRICT if "month" in asked else Recency.LATEST
    return {LENS: opening_lens(screen, asked).value, KNOWN: known.value}


def _known(asked: Mapping[str, object], name: str, default: str) -> str:
    value = str(asked.get(name, ""))
    return value if value in OPTIONS[name] else default
