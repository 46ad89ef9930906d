"""Pieces of HTML on screens and printed pages, from templates that escape every value they are given."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from data.i18n import Translator

TEMPLATES = (Path(__file__).parent / "templates", Path(__file__).parent / "print" / "templates")


@cache
def environment() -> Environment:
    """The templates, escaping always on and a missing value an error."""
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["css_string"] = css_string
    return templates


def css_string(text: str) -> Markup:
    """A text as a CSS string that ends neither its rule nor its style element."""
    escaped = "".join(c if c.isalnum() or c in " .,;:-" else f"\\{ord(c):x} " for c in text)
    return Markup(f'"{escaped}"')


def fill(template: str, t: Translator, **values: Any) -> Markup:
    """A template filled in; another one may take it as it stands, for every value in it is escaped."""
    return Markup(environment().get_template(f"{template}.html.jinja").render(t=t, **values))


def language_script(t: Translator) -> str:
    """Sets the language and direction of the document; the policy of the page knows it by its hash."""
    return f"var h=document.documentElement;h.lang='{t.language}';h.dir='{t.direction}';"
