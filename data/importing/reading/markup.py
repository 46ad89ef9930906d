"""Reading of XML parts: by local names, so that any namespace will do; nothing from outside, no entity, no network."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from data.importing.findings import RefusedError
from data.importing.reading.letters import raised


def parse(content: bytes) -> etree._Element:
    """A whole part.

    Raises:
        RefusedError: it is no XML, or cut short.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise RefusedError("file_damaged") from error
    if root is None:
        raise RefusedError("file_damaged")
    return root


def stream(content: bytes, *names: str) -> Iterator[etree._Element]:
    """Elements of some local names, one after the other, each forgotten once the next is asked for.

    Raises:
        RefusedError: the part is no XML, or cut short.
    """
    tags = [f"{{*}}{name}" for name in names]
    try:
        found = etree.iterparse(
            io.BytesIO(content), tag=tags, resolve_entities=False, no_network=True, huge_tree=True, load_dtd=False
        )
        for _, element in found:
            yield element
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
    except (etree.XMLSyntaxError, ValueError) as error:
        raise RefusedError("file_damaged") from error


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for a comment."""
    return _without_namespace(element.tag) if isinstance(element.tag, str) else ""


# A part repeats a few names a hundred thousand times.
@lru_cache(maxsize=1_000)
def _without_namespace(name: str) -> str:
    return name.rpartition("}")[2]


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Its direct children of some local names."""
    return element.iterchildren(*(f"{{*}}{name}" for name in names))


def attribute(element: etree._Element, name: str) -> str:
    """An attribute by its local name, whatever its namespace; empty where there is none."""
    plain = element.get(name)
    return attributes(element).get(name, "") if plain is None else str(plain)


def attributes(element: etree._Element) -> dict[str, str]:
    """All attributes by their local names; one without a namespace goes before one of the same name that has one."""
    said: dict[str, str] = dict(element.items())
    for name in [name for name in said if name[0] == "{"]:
        said.setdefault(_without_namespace(name), said[name])
    return said


def set_apart(element: etree._Element) -> None:
    """What stands in an element above or below the line gets signs of its own: it is no digit of the number before it."""
    for within in element.iter():
        within.text = raised(within.text or "")
        if within is not element:
            within.tail = raised(within.tail or "")
