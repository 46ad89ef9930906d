"""A territory that the application serves: a folder with its codes, names, event, reference tables, boundaries and texts.

The folders lie in ``data/territories`` and in the folders that ``SERVICE_PRESSURE_TERRITORY_FOLDERS`` names.
``SERVICE_PRESSURE_TERRITORIES`` says which of them this installation offers, the default one first; all of them when it is not
set. In the code such a territory is a ``Province``: "territory" is already the communes that a viewer sees or looks at.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from analytics.norms import Source
from analytics.shock import Shock
from data.catalogue import read_yaml
from data.source_fields import read_source
from geo.layer import Layer

SHIPPED = Path(__file__).parent / "territories"
OFFERED_VARIABLE = "SERVICE_PRESSURE_TERRITORIES"
FOLDERS_VARIABLE = "SERVICE_PRESSURE_TERRITORY_FOLDERS"
FILE = "territory.yaml"
LAYER_FILE = "communes.geojson"

Limits = Mapping[str, tuple[float, float]]


class UnknownProvinceError(LookupError):
    """No folder, or none that is offered, has this id; ``key`` names the text that says so."""

    key = "store.territory_unknown"

    def __init__(self, asked: str, offered: tuple[str, ...]) -> None:
        super().__init__(asked)
        self.values = {"asked": asked[:40], "offered": ", ".join(offered)}


@dataclass(frozen=True, slots=True)
class Event:
    """The earthquake that displaced people.

    ``shock`` is its source, ``censored_below`` the intensity under which its map says no more than "below".
    """

    day: date
    shock: Shock
    censored_below: float
    source: Source

    @property
    def month(self) -> date:
        """First day of its month."""
        return self.day.replace(day=1)


@dataclass(frozen=True, slots=True)
class Province:
    """What ``territory.yaml`` says, and where the rest of the folder lies; two are equal when their folders are.

    ``codes`` is the prefix of its communes' codes and the code of the territory as a whole. ``geography`` and ``country`` are how
    its table of totals names it and the country. ``names`` are short names by language. ``second_shock`` is the earthquake that
    the scenario "second shock" starts from, ``epicentre`` the bounds in degrees of one that may be asked for. ``projection`` and
    ``attribution`` are those of its layer. ``aliases`` are other spellings of communes' names by code, ``total_words`` what a row
    of totals is called here besides the usual words. ``at_store_root``: stores made before territories had folders of their own
    are this one's.
    """

    folder: Path
    codes: str = field(compare=False)
    geography: str = field(compare=False)
    country: str = field(compare=False)
    names: Mapping[str, str] = field(compare=False)
    event: Event = field(compare=False)
    second_shock: Shock = field(compare=False)
    epicentre: Limits = field(compare=False)
    projection: str = field(compare=False)
    attribution: str = field(compare=False)
    aliases: Mapping[str, list[str]] = field(compare=False)
    total_words: tuple[str, ...] = field(compare=False)
    at_store_root: bool = field(compare=False, default=False)

    @property
    def id(self) -> str:
        """Name of the folder: what addresses, settings and the store call the territory."""
        return self.folder.name

    @property
    def reference(self) -> Path:
        """Folder of the tables of facts."""
        return self.folder / "reference"

    @property
    def demonstration(self) -> Path:
        """Parameters of the demonstration figures; there need not be any."""
        return self.folder / "demonstration.yaml"

    @property
    def layer(self) -> Layer:
        """Boundaries of the communes, and the plane that distances are measured on."""
        return Layer(self.folder / "layers" / LAYER_FILE, self.projection, self.attribution)


def default_province() -> Province:
    """The territory of an address, a command or a call that names none."""
    return offered_provinces()[0]


def offered_provinces() -> tuple[Province, ...]:
    """The territories of this installation, the default one first.

    Raises:
        UnknownProvinceError: the setting names a folder that is not there.
    """
    folders = _folders()
    asked = [name.strip() for name in os.environ.get(OFFERED_VARIABLE, "").split(",")]
    return tuple(load_province(_find(name, folders)) for name in asked if name) or tuple(
        load_province(folder) for folder in folders.values()
    )


def find_province(asked: str | None) -> Province:
    """An offered territory by its id; the default one when none is asked for.

    Raises:
        UnknownProvinceError: none that is offered has this id.
    """
    offered = {p.id: p for p in offered_provinces()}
    if not asked:
        return next(iter(offered.values()))
    if asked not in offered:
        raise UnknownProvinceError(asked, tuple(offered))
    return offered[asked]


@cache
def load_province(folder: Path) -> Province:
    """The territory of a folder."""
    raw = read_yaml(folder / FILE)
    event = raw.pop("event")
    return Province(
        folder=folder,
        event=Event(
            day=event["date"],
            shock=Shock(**event["shock"]),
            censored_below=float(event["censored_below"]),
            source=read_source(event["source"]),
        ),
        second_shock=Shock(**raw.pop("second_shock")),
        epicentre={name: (float(low), float(high)) for name, (low, high) in raw.pop("epicentre").items()},
        total_words=tuple(raw.pop("total_words", ())),
        aliases=raw.pop("aliases", None) or {},
        **raw,
    )


def _folders() -> dict[str, Path]:
    """Every folder of a territory by id, in order of place and name."""
    places = [SHIPPED, *(Path(p) for p in os.environ.get(FOLDERS_VARIABLE, "").split(os.pathsep) if p)]
    found = [path.parent for place in places for path in sorted(place.glob(f"*/{FILE}"))]
    return {folder.name: folder for folder in found}


def _find(name: str, folders: Mapping[str, Path]) -> Path:
    if name not in folders:
        raise UnknownProvinceError(name, tuple(folders))
    return folders[name]
