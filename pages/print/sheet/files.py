"""Sheets as files that are kept: one is printed again only when something on it has changed.

A file is named by what it says (its content, template and typesetter), not by when it was made. It carries the snapshot and the day
on which it was first printed: what it says still holds, or it would have another name.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from pages.print.fonts import FONTS
from pages.print.sheet.content import SheetContent
from pages.print.sheet.page import Edition, print_html, print_pdf
from pages.print.typeset import TEMPLATES

FOLDER = "sheets"
# For each commune, language and form: this month's sheet and those of two other months or addresses.
KEPT = 3


class Form(StrEnum):
    """What a sheet is printed as."""

    HTML = "html"
    PDF = "pdf"


_TEMPLATES = {Form.HTML: ("sheet.html.jinja",), Form.PDF: ("sheet.typ", "style.typ")}
_PRINTERS = {Form.HTML: "Jinja2", Form.PDF: "typst"}


@dataclass(frozen=True, slots=True)
class SheetFile:
    """A sheet as bytes, and whether it had to be printed."""

    content: bytes
    is_new: bool


def keep_sheet(content: SheetContent, form: Form, edition: Edition, folder: Path) -> SheetFile:
    """One commune's sheet, printed unless the folder holds it.

    Raises:
        OSError: the folder cannot be written.
    """
    group = f"{content.commune_code}-{content.language}"
    return _keep(folder, group, form, [content], lambda: _print(content, form, edition))


def keep_collection(contents: Sequence[SheetContent], edition: Edition, folder: Path) -> SheetFile:
    """Sheets of one language as one PDF, printed unless the folder holds it.

    Args:
        contents: at least one.

    Raises:
        OSError: the folder cannot be written.
    """
    group = f"all-{contents[0].language}"
    return _keep(folder, group, Form.PDF, contents, lambda: print_pdf(contents, edition))


def fingerprint(contents: Iterable[SheetContent], form: Form) -> str:
    """What decides how sheets look: their content, the template and what prints it."""
    digest = sha256(_printer(form).encode())
    for content in contents:
        digest.update(json.dumps(asdict(content), ensure_ascii=False, sort_keys=True).encode())
    return digest.hexdigest()[:32]


def _print(content: SheetContent, form: Form, edition: Edition) -> bytes:
    return print_html(content, edition).encode() if form is Form.HTML else print_pdf([content], edition)


@cache
def _printer(form: Form) -> str:
    """Template, library and fonts of a form."""
    parts = [version(_PRINTERS[form]), *(sha256((TEMPLATES / name).read_bytes()).hexdigest() for name in _TEMPLATES[form])]
    fonts = sorted(FONTS.glob("*.ttf")) if form is Form.PDF else []
    return " ".join([*parts, *(f"{path.name}:{path.stat().st_size}" for path in fonts)])


def _keep(folder: Path, group: str, form: Form, contents: Sequence[SheetContent], make: Callable[[], bytes]) -> SheetFile:
    path = folder / f"{group}-{fingerprint(contents, form)}.{form}"
    try:
        content = path.read_bytes()
        os.utime(path)
        return SheetFile(content, is_new=False)
    except FileNotFoundError:
        pass
    content = make()
    folder.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{uuid.uuid4().hex[:8]}.draft")
    draft.write_bytes(content)
    draft.replace(path)
    _forget_old(folder, group, form)
    return SheetFile(content, is_new=True)


def _forget_old(folder: Path, group: str, form: Form) -> None:
    """Leave the files of a group that were used last; another reader may forget the same ones at the same time."""
    used = {path: path.stat().st_mtime_ns for path in folder.glob(f"{group}-*.{form}") if path.exists()}
    for path in sorted(used, key=used.__getitem__, reverse=True)[KEPT:]:
        path.unlink(missing_ok=True)
