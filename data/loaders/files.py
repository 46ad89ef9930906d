"""The definition files on disk as plain content by name, each read when it is first asked for."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from data.loaders.slips import DefinitionsError, Fault, Slip, SlipsError
from data.loaders.yaml_text import line_of, parse, value_at

# Where an installation keeps definitions of its own.
FOLDER_VARIABLE = "SERVICE_PRESSURE_DEFINITIONS"
DEFINITIONS = Path(__file__).parents[1] / "definitions"
_PROJECT = Path(__file__).parents[2]


class DefinitionFiles(Mapping[str, Any]):
    """Content by name: the path under its folder, without suffix (``norms/education``).

    Args:
        folders: where definitions lie; the same name in a later folder takes the place of the one before. Those that ship where
            none is given, or those of the folder that the environment names.
        territory: folder of a territory, whose own definitions lie beside its tables and layers, not below them.
        drafts: texts by name that are read in place of those on the disk.
    """

    def __init__(self, *folders: Path, territory: Path | None = None, drafts: Mapping[str, str] | None = None) -> None:
        self._folders = folders or (Path(os.environ.get(FOLDER_VARIABLE, DEFINITIONS)),)
        self._territory = territory
        self._drafts = drafts or {}
        self._read: dict[str, Any] = {}

    @cached_property
    def paths(self) -> dict[str, Path]:
        """Where each file is, in order of name."""
        found = {
            path.relative_to(folder).with_suffix("").as_posix(): path
            for folder in self._folders
            for path in folder.rglob("*.yaml")
        }
        found |= {path.stem: path for path in self._territory.glob("*.yaml")} if self._territory else {}
        return dict(sorted(found.items()))

    def __getitem__(self, name: str) -> Any:
        """The content of a file.

        Raises:
            KeyError: there is no such file.
            DefinitionsError: it cannot be read.
        """
        if name not in self._read:
            try:
                self._read[name] = parse(self._text(name))
            except (SlipsError, UnicodeDecodeError) as error:
                slips = error.slips if isinstance(error, SlipsError) else (Slip((), "not_yaml", {"line": 1}),)
                raise DefinitionsError(self._unread(name, s) for s in slips) from error
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)

    def with_drafts(self, drafts: Mapping[str, str]) -> DefinitionFiles:
        """The same files, some of them as they are to be written."""
        return DefinitionFiles(*self._folders, territory=self._territory, drafts=drafts)

    def locate(self, name: str, slip: Slip) -> Fault:
        """A slip of a file that can be read, with its line and what was found."""
        found = slip.path[-1] if slip.at_key else value_at(self[name], slip.path)
        return Fault(self.shown(name), line_of(self._text(name), slip.path), slip, found)

    def lost(self, name: str) -> Fault:
        """The fault of a file that should be there and is not."""
        return Fault(self.shown(name), 1, Slip((), "no_file", {"file": name}))

    def _unread(self, name: str, slip: Slip) -> Fault:
        line = slip.values["line"]
        assert isinstance(line, int)
        return Fault(self.shown(name), line, slip, slip.path[-1] if slip.path else None)

    @cached_property
    def texts(self) -> dict[str, bytes]:
        """All files as they were when the first of them was asked for: two sets are of the same files when these are equal."""
        return {name: path.read_bytes() for name, path in self.paths.items()}

    def _text(self, name: str) -> str:
        return self._drafts[name] if name in self._drafts else self.texts[name].decode("utf-8")

    def shown(self, name: str) -> str:
        """How a message names a file."""
        path = self.paths.get(name, self._folders[-1] / f"{name}.yaml")
        return path.relative_to(_PROJECT).as_posix() if path.is_relative_to(_PROJECT) else f"{path.parent.name}/{path.name}"
