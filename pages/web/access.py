"""Which address needs what: the table that the gate reads. What stands nowhere in it counts as a screen."""

from __future__ import annotations

from enum import StrEnum

from data.people.roles import Right


class Need(StrEnum):
    """``anyone``: nothing, it tells nothing; ``screens``: somebody with a role, or the public where the installation is open to it."""

    ANYONE = "anyone"
    SCREENS = "screens"


# Where a program sends files.
RECEIVED = "/api/v1/import"
# What is worked out when it is asked for: whatever a program or a paper reads.
_COMPUTED = (Right.API, Right.PAPERS, Right.RECORDS)

# The first entry that an address begins with holds, as a whole name or up to a "/".
ACCESS: tuple[tuple[str, Need | Right], ...] = (
    ("/healthz", Need.ANYONE),
    ("/robots.txt", Need.ANYONE),
    ("/favicon.ico", Need.ANYONE),
    ("/sign-in", Need.ANYONE),
    ("/auth/login", Need.ANYONE),
    ("/auth/logout", Need.ANYONE),
    ("/oauth2callback", Need.ANYONE),
    # Code of Streamlit and of its parts, fonts, style rules, and boundaries, which are public.
    ("/static", Need.ANYONE),
    ("/app/static", Need.ANYONE),
    ("/assets/douars", Need.SCREENS),
    ("/assets/map", Need.SCREENS),
    ("/assets", Need.ANYONE),
    ("/component", Need.ANYONE),
    ("/_stcore/bidi-components", Need.ANYONE),
    ("/favicon.png", Need.ANYONE),
    ("/_stcore/health", Need.ANYONE),
    ("/_stcore/host-config", Need.ANYONE),
    ("/_stcore/stream", Need.SCREENS),
    ("/media", Need.SCREENS),
    ("/_stcore/upload_file", Right.IMPORT),
    # Whatever else Streamlit says of itself: measures, its agents' interface.
    ("/_stcore", Right.PEOPLE),
    (RECEIVED, Right.IMPORT),
    ("/api", Right.API),
    ("/openapi.json", Right.API),
    ("/embed", Right.PAPERS),
    ("/sheet", Right.PAPERS),
    ("/deck", Right.PAPERS),
    ("/portrait", Right.PAPERS),
    # What a diaspora association opens on a telephone: gaps and costs, no record.
    ("/diaspora", Right.PAPERS),
    # A report quotes decisions and registers.
    ("/report.docx", Right.RECORDS),
    ("/report.pdf", Right.RECORDS),
)


def need_of(path: str) -> Need | Right:
    """What an address needs; one that is written to look like another counts as a screen."""
    if any(part in ("..", ".") for part in path.split("/")) or "//" in path or "\\" in path:
        return Need.SCREENS
    return next((need for name, need in ACCESS if path == name or path.startswith(f"{name}/")), Need.SCREENS)


def is_computed(path: str) -> bool:
    """Whether an answer of ours is worked out when it is asked for: papers, the API, pages to embed, reports."""
    return need_of(path) in _COMPUTED
