"""What two sets of definitions say differently, value by value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from data.loaders.definition_set import DefinitionSet
from data.loaders.digest import digest_of

# Words and where they come from: they move no figure.
WORDS = frozenset(
    (
        "labels", "descriptions", "formulas", "assumptions", "help", "readings", "notes", "actions", "short_actions", "source",
        "sources", "references", "responsible", "delay", "rule", "reason", "hxl", "last_value_still_valid_on",
    )
)  # fmt: skip
WORD_FILES = ("source_words", "personal_data", "commune_aliases", "total_words", "records/", "plan")


@dataclass(frozen=True, slots=True)
class Difference:
    """One value: its file, its path in it, what it was and what it is (None where it was not there)."""

    name: str
    path: tuple[object, ...]
    before: Any
    after: Any

    @property
    def place(self) -> str:
        """The path as a person reads it."""
        return ".".join(map(str, self.path))

    @property
    def is_words(self) -> bool:
        """Whether only words differ."""
        return self.name.startswith(WORD_FILES) or bool(WORDS & set(map(str, self.path)))

    @staticmethod
    def written(value: Any) -> str:
        """A value in a few signs; of a whole entry its unit or its id, for its content says nothing in a line."""
        if value is None:
            return "—"
        if isinstance(value, Mapping):
            return str(value.get("id") or value.get("unit") or "…")
        if isinstance(value, float):
            return f"{value:g}"
        return value.isoformat() if isinstance(value, date) else str(value)[:60]


def differences(before: DefinitionSet, after: DefinitionSet) -> list[Difference]:
    """Every value that differs: figures first, then words; the version of the method is not one."""
    if before.digest == after.digest:
        return []
    names = sorted(set(before.contents) | set(after.contents))
    found = [
        Difference(name, path, old, new)
        for name in names
        for path, old, new in _compare(before.contents.get(name), after.contents.get(name))
        if path != ("method_version",)
    ]
    return sorted(found, key=lambda d: d.is_words)


def _compare(old: Any, new: Any, path: tuple[object, ...] = ()) -> Iterator[tuple[tuple[object, ...], Any, Any]]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys((*old, *new)):
            yield from _compare(old.get(key), new.get(key), (*path, key))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for at, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _compare(one, other, (*path, at))
    elif digest_of({"": old}) != digest_of({"": new}):
        yield path, old, new
