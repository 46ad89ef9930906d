"""What is wrong in a definition: a slip at a place inside a file, and the fault that tells it with file, line and remedy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.i18n import Translator

LONGEST_FOUND = 60

# Keys of mappings and positions in lists, from the top of the file.
Path = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """One thing that is wrong at a place of a file.

    ``key`` names the texts ``definition.<key>`` and ``definition.<key>.remedy``; ``values`` fill them. ``at_key`` says that
    the name at the end of the path is wrong itself, not what it holds.
    """

    path: Path
    key: str
    values: Mapping[str, object] = field(default_factory=dict)
    at_key: bool = False

    def under(self, prefix: object) -> Slip:
        """The same slip seen from one level higher."""
        return replace(self, path=(prefix, *self.path))


class SlipsError(ValueError):
    """Something is not what a definition may hold; ``slips`` with paths from the thing that was read."""

    def __init__(self, slips: Iterable[Slip]) -> None:
        self.slips = tuple(slips)
        super().__init__(", ".join(slip.key for slip in self.slips))


def slip(key: str, **values: object) -> SlipsError:
    """An error that holds one slip at the very place."""
    return SlipsError([Slip((), key, values)])


@dataclass(frozen=True, slots=True)
class Fault:
    """A slip where it stands: the file, its line (counted from 1), and what was found there (None where nothing is)."""

    file: str
    line: int
    slip: Slip
    found: object = None

    @property
    def place(self) -> str:
        """Names and positions from the top of the file, as ``terms[0].demand``."""
        written = ""
        for step in self.slip.path:
            written += f"[{step}]" if isinstance(step, int) and written else f".{step}" if written else str(step)
        return written

    def problem(self, t: Translator) -> str:
        """What is wrong, in words."""
        return t(f"definition.{self.slip.key}", **self._words(t))

    def remedy(self, t: Translator) -> str:
        """What to do about it."""
        return t(f"definition.{self.slip.key}.remedy", **self._words(t))

    def sentence(self, t: Translator) -> str:
        """One line: file, line, place, what is wrong, what to do."""
        place = self.place or t("definition.whole_file")
        return t(
            "definition.line",
            file=self.file,
            line=str(self.line),
            place=place,
            problem=self.problem(t),
            remedy=self.remedy(t),
        )

    def _words(self, t: Translator) -> dict[str, object]:
        words = {name: _written(value, t) for name, value in self.slip.values.items()}
        return {"name": str(self.slip.path[-1]) if self.slip.path else "", "found": write_found(self.found, t), **words}


class DefinitionsError(Exception):
    """Definitions that cannot be computed with; ``faults`` says all that is wrong."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{f.file}:{f.line} {f.place} {f.slip.key}" for f in self.faults))


def write_found(value: object, t: Translator) -> str:
    """A value of a file in a few words."""
    if value is None:
        return t("definition.found_nothing")
    if isinstance(value, (Mapping, list)):
        return t("definition.found_mapping" if isinstance(value, Mapping) else "definition.found_list")
    text = value.isoformat() if isinstance(value, date) else str(value)
    return text if len(text) <= LONGEST_FOUND else f"{text[: LONGEST_FOUND - 1]}…"


def _written(value: object, t: Translator) -> object:
    """A value in the reader's language: a key of a text comes as ``@key``, a list joined by commas."""
    if isinstance(value, str) and value.startswith("@"):
        return t(f"definition.{value[1:]}")
    if isinstance(value, (tuple, list)):
        return ", ".join(str(part) for part in value)
    return value
