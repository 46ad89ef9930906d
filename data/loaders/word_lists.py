"""Words that an import recognises as a total of communes; a territory adds its own (``territory.yaml``)."""

from __future__ import annotations

from data.loaders.kind import Kind

TOTAL_WORDS = Kind("total_words", tuple[str, ...])
