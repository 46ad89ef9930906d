"""The texts that stand in definitions: labels, helps, formulas in words; corrected where they stand, all else of a file kept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path as FilePath
from typing import Any

import yaml

from data.languages import LANGUAGES
from data.loaders.check import check_files
from data.loaders.files import DefinitionFiles
from data.loaders.slips import Fault, Path
from data.loaders.today import load_today, provincial_names
from data.loaders.yaml_text import value_at
from data.province import Province

AREA = "in_definitions"
# French titles of sources are names by which other files call them: the two other languages are corrected.
SOURCE_WORDS = "source_words"
VERSION = ("legends/severity", ("method_version",))

# A text by file and place, in one language.
Spot = tuple[str, Path]


@dataclass(frozen=True, slots=True)
class DefinitionText:
    """A text in every language; ``fixed`` are the languages in which it is a name that cannot be corrected here."""

    key: str
    spots: Mapping[str, Spot]
    texts: Mapping[str, str]
    fixed: tuple[str, ...] = ()


@dataclass(frozen=True)
class DefinitionTexts:
    """Files of definitions, and what was written in them instead (nothing when they are as they lie on the disk)."""

    files: DefinitionFiles
    drafts: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def texts(self) -> dict[str, DefinitionText]:
        """Every text of every file by key, in the order of the files."""
        found = (text for name in self.files for text in _texts_of(name, self.files[name]))
        return {text.key: text for text in found}

    @property
    def method_version(self) -> str:
        """The version of the method that these definitions write."""
        return str(value_at(self.files[VERSION[0]], VERSION[1]))

    def with_texts(self, changed: Mapping[tuple[str, str], str]) -> DefinitionTexts:
        """The same definitions with other texts, by key and language, and the version of the method raised: words count in the
        digest of definitions."""
        if not changed:
            return self
        by_file: dict[str, dict[Path, str]] = {VERSION[0]: {VERSION[1]: raised(self.method_version)}}
        for (key, language), said in changed.items():
            name, path = self.texts[key].spots[language]
            by_file.setdefault(name, {})[path] = said
        written = {name: self.files.paths[name].read_text(encoding="utf-8") for name in by_file}
        drafts = {**self.drafts, **{name: write_scalars(written[name], said) for name, said in by_file.items()}}
        return DefinitionTexts(self.files.with_drafts(drafts), drafts)

    def changed_files(self) -> dict[FilePath, bytes]:
        """The files that were written otherwise."""
        return {self.files.paths[name]: text.encode() for name, text in self.drafts.items()}

    def faults(self) -> list[tuple[Fault, str | None, str | None]]:
        """What the checks of definitions say of the changed files, each with key and language of the text, if it lies in one."""
        by_spot = {spot: (t.key, language) for t in self.texts.values() for language, spot in t.spots.items()}
        at = {self.files.shown(name): name for name in self.files}
        return [(fault, *self._text_of(fault, at, by_spot)) for fault in check_files(self.files, provincial_names())]

    def _text_of(
        self, fault: Fault, at: Mapping[str, str], by_spot: Mapping[Spot, tuple[str, str]]
    ) -> tuple[str | None, str | None]:
        name, path = at.get(fault.file, ""), fault.slip.path
        for length in range(len(path), 0, -1):
            if found := by_spot.get((name, path[:length])):
                return found
        return None, None


def read_definition_texts(province: Province) -> DefinitionTexts:
    """The texts of today's definitions, those of the territory's own files among them."""
    files = load_today(province).contents
    assert isinstance(files, DefinitionFiles), "today's definitions are files"
    return DefinitionTexts(files)


def raised(version: str) -> str:
    """The next version: its last number and one."""
    return re.sub(r"(\d+)(?!.*\d)", lambda found: str(int(found[1]) + 1), version)


def write_scalars(text: str, said: Mapping[Path, str]) -> str:
    """A YAML text with other values at some places; comments, order and ways to write all else stay.

    Raises:
        KeyError: a place is not in the text.
    """
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    spots = sorted(((_scalar(root, path), new) for path, new in said.items()), key=lambda s: -s[0].start_mark.index)
    for node, new in spots:
        text = text[: node.start_mark.index] + json.dumps(new, ensure_ascii=False) + text[node.end_mark.index :]
    return text


def _scalar(node: Any, path: Path) -> yaml.ScalarNode:
    for step in path:
        if isinstance(node, yaml.MappingNode):
            node = {key.value: value for key, value in node.value}[str(step)]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
        else:
            raise KeyError(path)
    if not isinstance(node, yaml.ScalarNode):
        raise KeyError(path)
    return node


def _texts_of(name: str, content: Any) -> Iterator[DefinitionText]:
    if name == SOURCE_WORDS:
        yield from _source_words(name, content["words"])
        return
    for path, words, texts in _worded(content):
        spots = {language: (name, (*path, language)) for language in LANGUAGES}
        yield DefinitionText(f"{name}#{'.'.join(words)}", spots, texts)


def _source_words(name: str, words: Mapping[str, Mapping[str, str]]) -> Iterator[DefinitionText]:
    for french, others in words.items():
        spots = {language: (name, ("words", french, language)) for language in others}
        key = f"{name}#{sha256(french.encode()).hexdigest()[:8]}"
        yield DefinitionText(key, spots, {"fr": french, **others}, fixed=("fr",))


def _worded(
    value: Any, path: Path = (), words: tuple[str, ...] = ()
) -> Iterator[tuple[Path, tuple[str, ...], dict[str, str]]]:
    """Each mapping of languages to texts, with its path and how a row names it: an entry of a list by its id, where it has one."""
    if isinstance(value, Mapping):
        if set(LANGUAGES) == set(value) and all(isinstance(text, str) for text in value.values()):
            yield path, words, {language: value[language] for language in LANGUAGES}
            return
        for key, inner in value.items():
            yield from _worded(inner, (*path, key), (*words, str(key)))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            named = inner.get("id") if isinstance(inner, Mapping) else None
            yield from _worded(inner, (*path, at), (*words, str(named or at)))
