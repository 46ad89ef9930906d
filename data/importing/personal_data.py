"""Refuses a file that looks like a list of persons; nothing of what it holds is repeated."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml

from data.catalogue import DEFINITIONS
from data.importing.findings import RefusedError
from data.importing.headers import HEADER_SEARCHED_ROWS, known_headings, reduce_heading
from data.importing.workbook import RawSheet
from geo.spelling import plain


def refuse_personal_data(sheets: list[RawSheet], known: Mapping[str, str] | None = None) -> None:
    """Look at headings and at every text cell.

    Args:
        known: headings that are no person's datum in these sheets, such as the latitude of a public facility; those of
            monthly figures where nothing is given.

    Raises:
        RefusedError: a heading names a person's datum, or a cell holds an identity number, a telephone or an address.
    """
    for sheet in sheets:
        heading = _personal_heading(sheet, known_headings() if known is None else known)
        if heading:
            raise RefusedError("personal_heading", sheet=sheet.name or "CSV", heading=heading)
        kind, count = _personal_contents(sheet)
        if kind:
            raise RefusedError(f"personal_{kind}", sheet=sheet.name or "CSV", count=count)


@cache
def _rules() -> tuple[frozenset[str], dict[str, re.Pattern[str]]]:
    raw: dict[str, Any] = yaml.safe_load((DEFINITIONS / "personal_data.yaml").read_text(encoding="utf-8"))
    headings = frozenset(plain(h) for h in raw["headings"])
    return headings, {kind: re.compile(pattern) for kind, pattern in raw["patterns"].items()}


def _personal_heading(sheet: RawSheet, known: Mapping[str, str]) -> str:
    headings, _ = _rules()
    for row in sheet.rows[:HEADER_SEARCHED_ROWS]:
        for cell in row:
            if isinstance(cell, str) and plain(cell) in headings and reduce_heading(cell) not in known:
                return cell.strip()
    return ""


def _personal_contents(sheet: RawSheet) -> tuple[str, int]:
    _, patterns = _rules()
    cells = [cell for row in sheet.rows for cell in row]
    texts = [cell.strip() for cell in cells if isinstance(cell, str) and any(c.isdigit() or c == "@" for c in cell)]
    # A telephone number typed as a number has lost its leading zero.
    numbers = [f"0{cell:.0f}" for cell in cells if isinstance(cell, (int, float)) and 5e8 <= cell < 8e8]
    for kind, pattern in patterns.items():
        count = sum(bool(pattern.fullmatch(text)) for text in (*texts, *numbers))
        if count:
            return kind, count
    return "", 0
