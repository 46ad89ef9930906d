"""The three readings of an uncertain figure: low, central and high."""

from __future__ import annotations

LOW, CENTRAL, HIGH = "low", "central", "high"
BOUNDS = (LOW, CENTRAL, HIGH)
