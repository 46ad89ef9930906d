"""A territory that the application serves: a folder with its codes, names, event, reference tables, boundaries and texts.

The folders lie in ``data/territories`` and in the folders that ``SERVICE_PRESSURE_TERRITORY_FOLDERS`` names.
``SERVICE_PRESSURE_TERRITORIES`` says which of them this installation offers, the default one first; all of them when it is not
set. In the code such a territory is a ``Province``: "territory" is already the communes that a viewer sees or looks at.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path

from analytics.shock import Shock
from data.loaders.files import DefinitionFiles
from data.loaders.slips import DefinitionsError, SlipsError
from data.loaders.territory import TERRITORY, Event, TerritoryFile
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
    aliases: Mapping[str, tuple[str, ...]] = field(compare=False)
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
    return tuple(load_province(_find(name, folders)) for name in offered_ids())


def offered_ids() -> tuple[str, ...]:
    """Ids of the territories of this installation, the default one first; no file of theirs is read."""
    asked = [name.strip() for name in os.environ.get(OFFERED_VARIABLE, "").split(",")]
    return tuple(name for name in asked if name) or tuple(_folders())


def known_provinces() -> tuple[Province, ...]:
    """Every territory that has a folder, offered or not."""
    return tuple(load_province(folder) for folder in _folders().values())


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
    """The territory of a folder.

    Raises:
        DefinitionsError: everything that is wrong in its ``territory.yaml``.
    """
    files = DefinitionFiles(territory=folder)
    try:
        file: TerritoryFile = TERRITORY.read(files[TERRITORY.files])
    except SlipsError as error:
        raise DefinitionsError(files.locate(TERRITORY.files, slip) for slip in error.slips) from error
    own = {entry.name: getattr(file, entry.name) for entry in fields(file)}
    return Province(folder=folder, **{**own, "aliases": file.aliases or {}})


def _folders() -> dict[str, Path]:
    """Every folder of a territory by id, in order of place and name; in each place the one that was there alone comes first, so
    that a new folder does not take over addresses and commands that name no territory."""
    return _list_folders(SHIPPED, os.environ.get(FOLDERS_VARIABLE, ""))


@cache
def _list_folders(shipped: Path, further: str) -> dict[str, Path]:
    """Cached by the setting: an import asks for the territory of each cell, and must not read the disk each time. A folder that is
    added is found by the next process."""
    places = [shipped, *(Path(p) for p in further.split(os.pathsep) if p)]
    found = [path.parent for place in places for path in sorted(place.glob(f"*/{FILE}"), key=_by_age)]
    return {folder.name: folder for folder in found}


def _by_age(file: Path) -> tuple[bool, Path]:
    """Sorts a territory whose stores lie where there was one only before the others; its text is searched, for a file that cannot
    be read is told elsewhere."""
    return "\nat_store_root: true" not in file.read_text(encoding="utf-8", errors="replace"), file


def _find(name: str, folders: Mapping[str, Path]) -> Path:
    if name not in folders:
        raise UnknownProvinceError(name, tuple(folders))
    return folders[name]
