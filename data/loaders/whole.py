"""What must hold over several definition files together: no id twice, no two variables of one name, weights that add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from analytics.model import Sector
from data.loaders.known import Known
from data.loaders.slips import Slip

Found = tuple[str, Slip]


def check_whole(contents: Mapping[str, Any], known: Known) -> Iterator[Found]:
    """Slips with the name of their file."""
    yield from _check_ids(contents)
    yield from _check_labels(contents)
    yield from _check_weights(contents, known)


def _check_ids(contents: Mapping[str, Any]) -> Iterator[Found]:
    first: dict[tuple[str, str], str] = {}
    for name, raw in contents.items():
        folder = name.partition("/")[0]
        for path, found in _ids(folder, raw):
            before = first.setdefault((folder, found), name)
            if before != name:
                yield name, Slip(path, "id_of_other_file", {"id": found, "file": f"{before}.yaml"})


def _ids(folder: str, raw: Any) -> Iterator[tuple[tuple[object, ...], str]]:
    if not isinstance(raw, Mapping):
        return
    if folder in ("indicators", "scenarios") and "id" in raw:
        yield ("id",), str(raw["id"])
    elif folder == "norms":
        yield from (((key,), str(key)) for key in raw)
    elif folder == "variables" and isinstance(raw.get("variables"), Mapping):
        yield from ((("variables", key), str(key)) for key in raw["variables"])


def _check_labels(contents: Mapping[str, Any]) -> Iterator[Found]:
    """A column of a workbook is known by its heading: two variables of one name could not be told apart, so that both are told."""
    places: dict[tuple[str, str], list[Found]] = {}
    for name, raw in contents.items():
        variables = raw.get("variables") if name.startswith("variables/") and isinstance(raw, Mapping) else None
        for key, variable in variables.items() if isinstance(variables, Mapping) else ():
            labels = variable.get("labels") if isinstance(variable, Mapping) else None
            for language, label in labels.items() if isinstance(labels, Mapping) else ():
                slip = Slip(("variables", key, "labels", language), "said_twice", {"text": str(label)})
                places.setdefault((language, str(label).strip().casefold()), []).append((name, slip))
    for found in places.values():
        yield from found if len(found) > 1 else ()


def _check_weights(contents: Mapping[str, Any], known: Known) -> Iterator[Found]:
    """In a sector that weighs in the index the weights of the indicators add up to one."""
    legend = contents.get("legends/severity")
    sectors = legend.get("sectors") if isinstance(legend, Mapping) else None
    for sector in (s for s in Sector if isinstance(sectors, Mapping) and _weighs(sectors.get(s.value))):
        weights = {
            name: float(raw["weight"])
            for name, raw in contents.items()
            if name.startswith("indicators/") and _counts(raw, sector, known)
        }
        if abs(sum(weights.values()) - 1) > 1e-9:
            listed = " + ".join(f"{name.partition('/')[2]} {weight:g}" for name, weight in weights.items())
            words = {"sector": sector.value, "listed": listed or "0", "sum": round(sum(weights.values()), 6)}
            yield (
                next(iter(weights), "legends/severity"),
                Slip(("weight",) if weights else ("sectors", sector.value), "weights_add_up", words),
            )


def _weighs(entry: Any) -> bool:
    return isinstance(entry, Mapping) and isinstance(entry.get("weight"), (int, float)) and entry["weight"] > 0


def _counts(raw: Any, sector: Sector, known: Known) -> bool:
    return (
        isinstance(raw, Mapping)
        and raw.get("sector") == sector.value
        and isinstance(raw.get("weight"), (int, float))
        and str(raw.get("id")) in known.indicator
    )
