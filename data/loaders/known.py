"""The names that definitions may use for one another, gathered from the plain content of all files, broken ones too."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import Any

from analytics.ages import SCHOOL_AGES
from analytics.demand import FLOW_COLUMNS, PARTS
from analytics.population import PROJECTED
from data.i18n import LANGUAGES, Translator
from data.loaders.nearest import nearest
from data.loaders.slips import Slip

# Computed from what is observed (analytics.demand, analytics.population).
DERIVED = frozenset((*PARTS, *SCHOOL_AGES, *FLOW_COLUMNS, PROJECTED))


class Known:
    """Ids by what they name. ``provincial`` are the figures known of the province only."""

    def __init__(self, contents: Mapping[str, Any], provincial: Collection[str] = ()) -> None:
        self._contents = contents
        self.provincial = frozenset(provincial)

    @cached_property
    def variable(self) -> frozenset[str]:
        """Observed variables, those of extension sectors too, and derived ones."""
        return self.observed | DERIVED

    @cached_property
    def observed(self) -> frozenset[str]:
        """Variables of the catalogue."""
        return frozenset(key for raw in self._all("variables") for key in _part(raw, "variables"))

    @cached_property
    def norm(self) -> frozenset[str]:
        """Norms."""
        return frozenset(key for raw in self._all("norms") for key in raw)

    @cached_property
    def indicators(self) -> dict[str, Mapping[str, Any]]:
        """The plain content of each indicator, by id."""
        return {str(raw.get("id")): raw for raw in self._all("indicators")}

    @cached_property
    def indicator(self) -> frozenset[str]:
        """Indicators that are computed for each commune."""
        return frozenset(
            key
            for key, raw in self.indicators.items()
            if raw.get("enabled", True) and raw.get("level", "commune") == "commune"
        )

    @cached_property
    def need(self) -> frozenset[str]:
        """Needs."""
        return frozenset(_part(self._one("measures"), "needs"))

    @cached_property
    def cost(self) -> frozenset[str]:
        """Unit costs."""
        return frozenset(self._one("costs"))

    @cached_property
    def preset(self) -> frozenset[str]:
        """Presets of displacement."""
        return frozenset(self._one("displacement_presets"))

    @cached_property
    def ceiling(self) -> frozenset[str]:
        """Kinds of count that are laid beside the census."""
        return frozenset(_part(self._one("population_ceilings"), "ceilings"))

    @cached_property
    def census(self) -> frozenset[str]:
        """Census figures that a count is laid beside."""
        return frozenset(_part(self._one("population_ceilings"), "references"))

    @cached_property
    def facility(self) -> frozenset[str]:
        """Kinds of facility."""
        fields = _part(self._one("records/facilities"), "fields")
        return frozenset(_part(_part(fields, "kind"), "words"))

    def says(self, what: str, name: str, *path: object) -> Iterator[Slip]:
        """A slip at a path when nothing of this sort has that name."""
        known: Collection[str] = getattr(self, what)
        if name not in known:
            yield not_among(what, name, known, *path)

    def _all(self, folder: str) -> list[Mapping[str, Any]]:
        return [self._one(name) for name in self._contents if name.startswith(f"{folder}/")]

    def _one(self, name: str) -> Mapping[str, Any]:
        raw = self._contents.get(name)
        return raw if isinstance(raw, Mapping) else {}


def not_among(what: str, name: str, known: Collection[str], *path: object) -> Slip:
    """A name that is none of the known ones of its sort."""
    return Slip(path, "unknown_reference", {"what": f"@what_{what}", "nearest": nearest(name, sorted(known))})


def has_words(key: str, *path: object) -> Iterator[Slip]:
    """A slip at a path for a name that the screens would have to write and no text exists for."""
    missing = [language for language in LANGUAGES if not Translator(language).has(key)]
    if missing:
        yield Slip(path, "no_words", {"text": key, "missing": missing})


def _part(raw: Any, name: str) -> Mapping[str, Any]:
    part = raw.get(name) if isinstance(raw, Mapping) else None
    return part if isinstance(part, Mapping) else {}
