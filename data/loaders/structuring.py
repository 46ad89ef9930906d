"""Turns plain values into the value types of analytics and data, strictly; whatever is not so is told with its path."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal, get_args, get_origin, is_typeddict

from cattrs import Converter
from cattrs.errors import ClassValidationError, ForbiddenExtraKeysError, IterableValidationError
from cattrs.gen import make_dict_structure_fn, override
from cattrs.gen.typeddicts import make_dict_structure_fn as make_typed_dict_structure_fn

from analytics.norms import Source
from data.languages import LANGUAGES
from data.loaders.nearest import nearest
from data.loaders.slips import Slip, SlipsError, slip

# A field of this name holds ids by role, not texts by language.
_IDS = frozenset(("parameters",))


def structure(raw: Any, kind: Any) -> Any:
    """Plain values as a value of a kind (a data class, a typed dictionary, or a collection of them).

    In a mapping of things that have an ``id`` the key is the id. A field that maps text to text holds words, complete in
    every language.

    Raises:
        SlipsError: every value that is not what it should be, name that is not known, and thing that is missing.
    """
    try:
        return _CONVERTER.structure(raw, kind)
    except (SlipsError, ClassValidationError, IterableValidationError) as error:
        raise SlipsError(_slips(error)) from error


def register(kind: Any, read: Callable[[Any, Any], Any]) -> None:
    """Have a kind read by a function of its own, for a file that writes it in another shape."""
    _CONVERTER.register_structure_hook_func(lambda asked: asked == kind, read)


def _slips(error: BaseException) -> Iterator[Slip]:
    if isinstance(error, SlipsError):
        yield from error.slips
    elif isinstance(error, ClassValidationError):
        inside, others = error.group_exceptions()
        for part, note in inside:
            name = note.rpartition(" ")[2] if isinstance(note, str) else note.name
            yield from _of_field(part, name)
        for part in others:
            yield from _slips(part)
    elif isinstance(error, ForbiddenExtraKeysError):
        known = _field_names(error.cl)
        for name in sorted(error.extra_fields, key=str):
            yield Slip((name,), "unknown_name", {"nearest": nearest(str(name), known)}, at_key=True)
    else:
        yield Slip((), "wrong", {"reason": str(error)})


def _of_field(error: BaseException, name: str) -> Iterator[Slip]:
    if isinstance(error, KeyError) and error.args == (name,):
        yield Slip((), "missing_name", {"missing": name})
        return
    for inner in _slips(error):
        yield inner.under(name)


def _field_names(kind: Any) -> list[str]:
    if dataclasses.is_dataclass(kind):
        return [f.name for f in dataclasses.fields(kind)]
    return list(kind.__annotations__)


def _text(raw: Any, _kind: Any = str) -> str:
    if not isinstance(raw, str):
        raise slip("wrong_kind", wanted="@kind_text")
    if not raw.strip():
        raise slip("empty_text")
    return raw


def _whole_number(raw: Any, _kind: Any = int) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise slip("wrong_kind", wanted="@kind_whole_number")
    return raw


def _number(raw: Any, _kind: Any = float) -> float:
    if isinstance(raw, bool) or not isinstance(raw, (int, float)) or raw != raw:
        raise slip("wrong_kind", wanted="@kind_number")
    return float(raw)


def _yes_or_no(raw: Any, _kind: Any = bool) -> bool:
    if not isinstance(raw, bool):
        raise slip("wrong_kind", wanted="@kind_yes_no")
    return raw


def _day(raw: Any, _kind: Any = date) -> date:
    if not isinstance(raw, date) or isinstance(raw, datetime):
        raise slip("wrong_kind", wanted="@kind_day")
    return raw


_SIMPLE: dict[Any, Any] = {str: _text, int: _whole_number, float: _number, bool: _yes_or_no, date: _day}


def _word(raw: Any, kind: type[StrEnum]) -> StrEnum:
    words = [member.value for member in kind]
    if not isinstance(raw, str) or raw not in words:
        raise slip("unknown_word", known=words, nearest=nearest(str(raw), words))
    return kind(raw)


def _texts(raw: Any, _kind: Any = None) -> dict[str, str]:
    """Words in every language, and in no other."""
    if not isinstance(raw, Mapping):
        raise slip("wrong_kind", wanted="@kind_texts")
    found = [Slip((), "missing_language", {"missing": missing}) for missing in LANGUAGES if missing not in raw]
    for language, words in raw.items():
        if language not in LANGUAGES:
            found.append(Slip((language,), "unknown_name", {"nearest": list(LANGUAGES)}, at_key=True))
        elif not isinstance(words, str) or not words.strip():
            wanted = {"wanted": "@kind_text"}
            found.append(Slip((language,), "empty_text" if words in (None, "") else "wrong_kind", wanted))
    if found:
        raise SlipsError(found)
    return dict(raw)


def _each(pairs: Iterator[tuple[object, Any]], read: Callable[[object, Any], Any]) -> list[tuple[object, Any]]:
    """Every part of a collection, or the slips of all of them."""
    done: list[tuple[object, Any]] = []
    found: list[Slip] = []
    for step, part in pairs:
        try:
            done.append((step, read(step, part)))
        except (SlipsError, ClassValidationError, IterableValidationError) as error:
            found.extend(inner.under(step) for inner in _slips(error))
    if found:
        raise SlipsError(found)
    return done


def _literal(raw: Any, kind: Any) -> Any:
    words = get_args(kind)
    if raw not in words:
        raise slip("unknown_word", known=words, nearest=nearest(str(raw), words))
    return raw


_LISTS: dict[Any, Callable[..., Any]] = {tuple: tuple, Sequence: tuple, frozenset: frozenset}


def _list(raw: Any, kind: Any) -> Any:
    """A tuple of so many, a tuple of any number, or a set."""
    if not isinstance(raw, list):
        raise slip("wrong_kind", wanted="@kind_list")
    parts = get_args(kind)
    if get_origin(kind) is tuple and parts[-1] is not Ellipsis:
        if len(raw) != len(parts):
            raise slip("wrong_length", wanted=len(parts))
        kinds: dict[object, Any] = dict(enumerate(parts))
    else:
        kinds = dict.fromkeys(range(len(raw)), parts[0])
    read = _each(iter(enumerate(raw)), lambda step, part: _CONVERTER.structure(part, kinds[step]))
    return _LISTS[get_origin(kind)](part for _, part in read)


def _mapping(raw: Any, kind: Any) -> dict[Any, Any]:
    if not isinstance(raw, Mapping):
        raise slip("wrong_kind", wanted="@kind_mapping")
    of_key, of_value = get_args(kind)
    has_id = dataclasses.is_dataclass(of_value) and any(f.name == "id" for f in dataclasses.fields(of_value))

    def read(step: object, part: Any) -> Any:
        if has_id and isinstance(part, Mapping):
            if "id" in part:
                raise SlipsError([Slip(("id",), "unknown_name", {"nearest": ""}, at_key=True)])
            part = {**part, "id": step}
        return _CONVERTER.structure(step, of_key), _CONVERTER.structure(part, of_value)

    return dict(pair for _, pair in _each(iter(raw.items()), read))


def _source(raw: Any, _kind: Any = Source) -> Source:
    """A source; YAML takes some of its dates for numbers or days, and they are meant as they are written."""
    if isinstance(raw, Mapping):
        raw = {k: str(v) if isinstance(v, (int, float, date)) and not isinstance(v, bool) else v for k, v in raw.items()}
    found: Source = _SOURCE(raw, Source)
    return found


def _needs_mapping(read: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def checked(raw: Any, kind: Any) -> Any:
        if not isinstance(raw, Mapping):
            raise slip("wrong_kind", wanted="@kind_mapping")
        if empty := [name for name, part in raw.items() if part is None]:
            raise SlipsError(Slip((name,), "nothing_said") for name in empty)
        return read(raw, kind)

    return checked


def _pattern(raw: Any, _kind: Any = None) -> re.Pattern[str]:
    try:
        return re.compile(_text(raw))
    except re.error as error:
        raise slip("not_a_pattern", reason=str(error)) from error


def _data_class(kind: Any, converter: Converter) -> Callable[[Any, Any], Any]:
    names = (f.name for f in dataclasses.fields(kind) if f.name in _IDS)
    ids: dict[str, Any] = {name: override(struct_hook=_mapping) for name in names}
    return _needs_mapping(make_dict_structure_fn(kind, converter, **ids))


def _typed_dictionary(kind: Any, converter: Converter) -> Callable[[Any, Any], Any]:
    return _needs_mapping(make_typed_dict_structure_fn(kind, converter))


def _is_mapping(kind: Any) -> bool:
    origin = get_origin(kind)
    return isinstance(origin, type) and issubclass(origin, Mapping)


def _build() -> Converter:
    """Later hooks go before earlier ones."""
    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    register, make = converter.register_structure_hook_func, converter.register_structure_hook_factory
    make(dataclasses.is_dataclass, _data_class)
    make(is_typeddict, _typed_dictionary)
    register(lambda kind: kind is Source, _source)
    register(lambda kind: get_origin(kind) in _LISTS, _list)
    register(lambda kind: get_origin(kind) is re.Pattern, _pattern)
    register(lambda kind: get_origin(kind) is Literal, _literal)
    register(_is_mapping, _mapping)
    register(lambda kind: _is_mapping(kind) and get_args(kind) == (str, str), _texts)
    # By class: an enumeration of words is nearer to StrEnum than to the text that it is too.
    for simple, hook in {**_SIMPLE, StrEnum: _word}.items():
        converter.register_structure_hook(simple, hook)
    return converter


_CONVERTER = _build()
_SOURCE = _data_class(Source, _CONVERTER)
