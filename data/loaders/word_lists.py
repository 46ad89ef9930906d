"""Lists of words that an import recognises: other spellings of communes, and what stands for a total."""

from __future__ import annotations

from data.loaders.kind import Kind

ALIASES = Kind("commune_aliases", dict[str, tuple[str, ...]])
TOTAL_WORDS = Kind("total_words", tuple[str, ...])
