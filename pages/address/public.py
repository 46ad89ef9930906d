"""The address that an installation is known by: printed on papers, in QR codes."""

from __future__ import annotations

import os

VARIABLE = "SERVICE_PRESSURE_ADDRESS"


def public_address(seen: str) -> str:
    """The configured address, ending with a slash; the one that was seen where none is configured.

    What a browser says of its host can be anything: an installation on a network sets ``SERVICE_PRESSURE_ADDRESS``, and papers
    carry that.
    """
    configured = os.environ.get(VARIABLE, "").strip()
    return f"{configured.rstrip('/')}/" if configured else seen
