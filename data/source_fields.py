"""Where a definition comes from, as the YAML of every kind of definition writes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analytics.norms import Source


def read_source(raw: Mapping[str, Any]) -> Source:
    """A source from its fields ``title, publisher, url, date, licence``, whatever YAML took them for.

    Raises:
        TypeError: a field that no source has, or no title.
    """
    return Source(**{field: str(value) for field, value in raw.items()})
