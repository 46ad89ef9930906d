"""Reads every definition file and tells all that is wrong at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from data.loaders.definition_set import KINDS
from data.loaders.files import DefinitionFiles
from data.loaders.kind import Kind
from data.loaders.known import Known
from data.loaders.slips import DefinitionsError, Fault, Slip, SlipsError
from data.loaders.whole import check_whole


def check_files(files: DefinitionFiles, provincial: Collection[str] = ()) -> tuple[Fault, ...]:
    """Everything that is wrong, in order of file and line; empty when all can be computed with.

    Args:
        provincial: names of the figures that are known of the province only.
    """
    faults = [files.lost(kind.files) for kind in KINDS if not kind.optional and not any(kind.is_in(name) for name in files)]
    contents: dict[str, Any] = {}
    for name in files:
        try:
            contents[name] = files[name]
        except DefinitionsError as error:
            faults += error.faults
    known = Known(contents, provincial)
    # What refers into a file that cannot be read is not wrong itself.
    excused = {"unknown_reference"} if faults else set()
    for name in contents:
        faults += [files.locate(name, slip) for slip in _slips(name, contents, known) if slip.key not in excused]
    # A file that cannot be read would be missed everywhere.
    if len(contents) == len(files):
        faults += [files.locate(name, slip) for name, slip in check_whole(contents, known)]
    return tuple(sorted(faults, key=lambda f: (f.file, f.line, f.place)))


def _slips(name: str, contents: Mapping[str, Any], known: Known) -> list[Slip]:
    kind = _kind_of(name)
    if kind is None:
        return [Slip((), "unknown_file", {"known": sorted({k.files for k in KINDS})})]
    try:
        value = kind.read(contents[name])
    except SlipsError as error:
        return list(error.slips)
    return list(kind.check(value, known))


def _kind_of(name: str) -> Kind | None:
    return next((kind for kind in KINDS if kind.is_in(name)), None)
