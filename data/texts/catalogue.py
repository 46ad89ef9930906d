"""The texts as they stand in their files, with ordinary spaces: one row a text, or one a plural form of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from data.i18n import plural_category
from data.languages import LANGUAGES
from data.province import Province
from data.texts.definition_texts import AREA, DefinitionTexts, read_definition_texts

TERRITORY = "territory"
# The order of CLDR.
FORMS = ("zero", "one", "two", "few", "many", "other")

Texts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class TextRow:
    """A text in every language; ``form`` is the plural form, empty where it counts nothing. A form that a language does not
    have is an empty text. ``area`` names the file, ``territory`` that of the territory, ``in_definitions`` the definitions;
    ``fixed`` are the languages in which the text is a name that is not corrected here."""

    key: str
    form: str
    area: str
    texts: Mapping[str, str]
    fixed: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The name of the row: ``means.delay [few]``."""
        return f"{self.key} [{self.form}]" if self.form else self.key


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The files of texts by area and language, what stands in each, and the texts of definitions."""

    paths: Mapping[tuple[str, str], Path]
    contents: Mapping[tuple[str, str], Texts]
    definitions: DefinitionTexts

    def rows(self) -> Iterator[TextRow]:
        """Every text, in the order of the French files."""
        for area in dict.fromkeys(area for area, _ in self.paths):
            by_language = {language: self.contents[area, language] for language in LANGUAGES}
            for key in by_language["fr"]:
                said = {language: texts[key] for language, texts in by_language.items()}
                for form in _forms(said):
                    yield TextRow(key, form, area, {language: _form(text, form) for language, text in said.items()})
        for text in self.definitions.texts.values():
            yield TextRow(text.key, "", AREA, text.texts, text.fixed)

    def with_texts(self, changed: Mapping[tuple[str, str, str], str]) -> Catalogue:
        """The same files with other texts, by key, form and language; an empty text takes a form away."""
        contents = {place: dict(texts) for place, texts in self.contents.items()}
        of_definitions = {(key, language): t for (key, _, language), t in changed.items() if key in self.definitions.texts}
        for (key, form, language), text in changed.items():
            if (key, language) in of_definitions:
                continue
            texts = next(texts for (_, spoken), texts in contents.items() if spoken == language and key in texts)
            texts[key] = _with_form(texts[key], form, text) if form else text
        return Catalogue(self.paths, contents, self.definitions.with_texts(of_definitions))

    def changed_files(self, other: Catalogue) -> dict[Path, bytes]:
        """The files that differ in another catalogue, as they are to be written."""
        return {
            self.paths[place]: write_texts(texts) for place, texts in other.contents.items() if texts != self.contents[place]
        } | other.definitions.changed_files()


def read_catalogue(locales: Path, province: Province) -> Catalogue:
    """Every text of the application, of a territory and of the definitions.

    Args:
        locales: the folder of the languages.
        province: the territory whose own texts are read.
    """
    areas = sorted(path.stem for path in (locales / "fr").glob("*.json"))
    paths = {(area, language): locales / language / f"{area}.json" for area in areas for language in LANGUAGES}
    paths |= {(TERRITORY, language): province.folder / "locales" / f"{language}.json" for language in LANGUAGES}
    contents = {place: json.loads(path.read_text(encoding="utf-8")) for place, path in paths.items()}
    return Catalogue(paths, contents, read_definition_texts(province))


def write_texts(texts: Texts) -> bytes:
    """A file of texts, written as all of them are."""
    return (json.dumps(texts, ensure_ascii=False, indent=1) + "\n").encode()


@cache
def needed_forms(language: str) -> frozenset[str]:
    """The plural forms that whole numbers of a language take (CLDR); the form of French millions ("un million de") is no such."""
    return frozenset(plural_category(language, number) for number in range(201)) | {"other"}


def _forms(said: Mapping[str, Any]) -> tuple[str, ...]:
    """The forms of which one language or another has need, in the order of CLDR; one without a name where nothing is counted."""
    if not any(isinstance(text, dict) for text in said.values()):
        return ("",)
    held = {form for text in said.values() if isinstance(text, dict) for form in text}
    needed = {form for language in said for form in needed_forms(language)}
    return tuple(form for form in FORMS if form in held | needed)


def _form(text: Any, form: str) -> str:
    if not form:
        return str(text)
    return str(text.get(form, "")) if isinstance(text, dict) else str(text if form == "other" else "")


def _with_form(text: Any, form: str, said: str) -> dict[str, str]:
    forms = {**(text if isinstance(text, dict) else {"other": text}), form: said}
    return {name: forms[name] for name in FORMS if forms.get(name)}
