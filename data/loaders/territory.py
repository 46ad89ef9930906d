"""What ``territory.yaml`` of a territory's folder says: codes, names, the event, where a second shock may strike, spellings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from analytics.norms import Source
from analytics.shock import Shock
from data.loaders.kind import Kind
from data.loaders.slips import Slip

if TYPE_CHECKING:
    from data.loaders.known import Known

DEGREES = ("latitude", "longitude")


@dataclass(frozen=True, slots=True)
class Event:
    """The earthquake that displaced people: its day and source point; ``censored_below`` is the intensity under which its map says
    no more than "below"."""

    day: date
    shock: Shock
    censored_below: float
    source: Source

    @property
    def month(self) -> date:
        """First day of its month."""
        return self.day.replace(day=1)


@dataclass(frozen=True, slots=True)
class TerritoryFile:
    """The whole file; see ``data.province.Province`` for what each field means."""

    codes: str
    names: dict[str, str]
    geography: str
    country: str
    projection: str
    attribution: str
    event: Event
    second_shock: Shock
    epicentre: dict[str, tuple[float, float]]
    at_store_root: bool = False
    total_words: tuple[str, ...] = ()
    aliases: dict[str, tuple[str, ...]] | None = None


def _check(file: TerritoryFile, _known: Known) -> Iterator[Slip]:
    for name in (name for name in DEGREES if name not in file.epicentre):
        yield Slip(("epicentre",), "missing_name", {"missing": name})
    for name in (name for name in file.epicentre if name not in DEGREES):
        yield Slip(("epicentre", name), "unknown_name", {"nearest": ", ".join(DEGREES)}, at_key=True)
    for name, (low, high) in file.epicentre.items():
        if not low < high:
            yield Slip(("epicentre", name), "not_rising")
        elif name in DEGREES and not low <= getattr(file.second_shock, name) <= high:
            yield Slip(("second_shock", name), "out_of_range", {"low": low, "high": high})
    for code in file.aliases or {}:
        if not code.startswith(f"{file.codes}.") or not code.removeprefix(f"{file.codes}.").replace(".", "").isdecimal():
            yield Slip(("aliases", code), "unknown_name", {"nearest": f"{file.codes}.…"}, at_key=True)


TERRITORY = Kind("territory", TerritoryFile, check=_check)
