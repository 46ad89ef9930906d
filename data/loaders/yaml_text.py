"""Reads one YAML text into plain values, quickly; finds the line of a place only when there is something to tell of it."""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import Any

import yaml

from data.loaders.slips import Path, Slip, SlipsError

# There are a hundred of these files: libyaml reads them ten times as fast where it is there; both loaders are the safe ones.
_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Safe):
    """A safe loader that remembers each name that a mapping holds twice, which YAML leaves in silence to the last one."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.twice: list[tuple[str, int]] = []

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                self.twice.append((key.value, key.start_mark.line + 1))
            elif isinstance(key.value, str):
                seen.add(key.value)
        content: dict[Any, Any] = super().construct_mapping(node, deep)
        return content

    def construct_timestamp(self, node: Any) -> Any:
        """A date; one that looks like a date and is none (31 September) has its line told."""
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError as error:
            raise SlipsError([Slip((), "no_such_day", {"line": node.start_mark.line + 1})]) from error


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_timestamp)


def parse(text: str) -> Any:
    """The content of a YAML text.

    Raises:
        SlipsError: it is not YAML, a date is none, or a mapping holds a name twice; each slip gives its ``line`` among its values.
    """
    loader = _Loader(text)
    try:
        content = loader.get_single_data()
    except SlipsError:
        raise
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise SlipsError([Slip((), "not_yaml", {"line": line})]) from error
    finally:
        loader.dispose()
    if loader.twice:
        raise SlipsError(Slip((name,), "twice", {"line": line}, at_key=True) for name, line in loader.twice)
    return content


def line_of(text: str, path: Path) -> int:
    """Line, from 1, of a place in a YAML text; that of the nearest place around it where it is not there."""
    node = yaml.compose(text, Loader=_Safe)
    line = node.start_mark.line if node is not None else 0
    for step in path:
        found = _step(node, step)
        if found is None:
            break
        line, node = found
    return int(line) + 1


def _step(node: Any, step: object) -> tuple[int, Any] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key.start_mark.line, value
    elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark.line, node.value[step]
    return None


def value_at(content: Any, path: Path) -> Any:
    """What stands at a place of a content; None where nothing does."""
    for step in path:
        try:
            content = content[step]
        except (KeyError, IndexError, TypeError):
            return None
    return content


def read_yaml(path: FilePath) -> Any:
    """The content of a YAML file.

    Raises:
        SlipsError: as ``parse``.
    """
    return parse(path.read_text(encoding="utf-8"))
