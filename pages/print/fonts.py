"""Where the fonts that ship with the project lie; apart from what draws with them, so that a route need not load that."""

from __future__ import annotations

from pathlib import Path

FONTS = Path(__file__).parents[1] / "static" / "fonts"
