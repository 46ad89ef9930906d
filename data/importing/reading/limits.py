"""The largest file that is read: known without loading what reads it."""

from __future__ import annotations

MAXIMUM_BYTES = 50_000_000
