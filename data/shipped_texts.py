"""What the facts and examples that ship with a territory say, in the reader's language; what people wrote stays as it was written."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path

import pandas as pd

from data.i18n import Translator
from data.languages import DEFAULT_LANGUAGE
from data.loaders.yaml_text import parse
from data.province import Province
from data.typography import typeset

# A published fact gives its address.
_PUBLISHED = "https://"


def say_shipped(rows: pd.DataFrame, names: Collection[str], province: Province, t: Translator) -> pd.DataFrame:
    """The rows with some columns in the language of ``t``, where they ship with the territory, as their source says: published facts,
    our proposals, examples.

    Args:
        rows: with ``source``.
    """
    if t.language == DEFAULT_LANGUAGE or rows.empty:
        return rows
    texts = load_shipped_texts(province.folder)
    ships = rows["source"].isin(texts) | rows["source"].str.startswith(_PUBLISHED)
    said = lambda text: say(texts, text, t)  # noqa: E731
    return rows.assign(**{name: rows[name].where(~ships, rows[name].map(said)) for name in names})


def say(texts: Mapping[str, Mapping[str, str]], text: str, t: Translator) -> str:
    """A text in the language of ``t``; as it stands where it has no translation."""
    return typeset(t.language, texts[text][t.language]) if t.language in texts.get(text, {}) else text


@cache
def load_shipped_texts(folder: Path) -> Mapping[str, Mapping[str, str]]:
    """The texts of a territory's folder by their French text; none where it has no such file."""
    path = folder / "support" / "shipped_texts.yaml"
    return dict(parse(path.read_text(encoding="utf-8"))) if path.exists() else {}
